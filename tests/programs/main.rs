//! Programs as people write them against the client: they compile, and do not fail.
//!
//! `ui/` has those that are not to compile.

mod matches;
mod names;
mod scenario;
mod transport;
mod values;

#[test]
fn programs_that_compile_do_not_fail() {
    matches::main();
    names::main();
    scenario::main();
    transport::main();
    values::main().expect("values can be made");
}
