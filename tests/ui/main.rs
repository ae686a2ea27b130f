//! Which programs against the client compile, and what the compiler says about those that do not.
//!
//! `TRYBUILD=overwrite cargo test -p ui-tests` writes the messages that are there now; read
//! them before you commit them: would they put someone right who makes the mistake?

/// Those that compile, which are called here as well.
mod pass {
    pub mod matches;
    pub mod names;
    pub mod scenario;
    pub mod transport;
    pub mod values;
}

use std::process::Command;

/// The compiler whose messages are in `fail/`. Another one has other words for the same mistakes.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn programs_that_compile_do_not_fail() {
    pass::matches::main();
    pass::names::main();
    pass::scenario::main();
    pass::transport::main();
    pass::values::main().expect("values can be made");
}

/// Without others that compile, as all of these are then checked at once, and none is linked.
#[test]
fn programs_are_told_why_they_do_not_compile() {
    let version = Command::new("rustc").arg("--version").output().expect("there is a compiler").stdout;
    if version.starts_with(COMPILER.as_bytes()) {
        trybuild::TestCases::new().compile_fail("fail/*.rs");
    } else {
        eprintln!("fail/ was not looked at: its messages are those of {COMPILER}");
    }
}
