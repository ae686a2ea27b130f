//! What the generator makes of small descriptions, each about one thing.
//!
//! Every folder of `fixtures/` is a test. It holds `spec.yaml` or `spec.json`, and perhaps more:
//!
//! - `files/` holds other files that these refer to;
//! - `config.yaml`, `overlay.yaml` and `overlay.json` say what else the generator is told;
//! - `spec.codegen.yaml` is a configuration that it finds;
//! - `crates/` holds crates that the emitted one depends on, by paths from its own folder.
//!
//! What is expected:
//!
//! - `expected.rs`: the emitted files, without those that are the same for every description;
//! - `expected.err` instead, if the description is refused: the messages;
//! - `expected.warn` beside `expected.rs`, if and only if there are warnings.
//!
//! Beside them there can be `uses.rs`: a test of the emitted crate, as its user would write it. What
//! several of them share is the module in `exchange.rs`.
//!
//! All that is emitted is compiled, and its tests are run. What clippy and rustdoc say of it takes longer, and is
//! asked for with `cargo test --workspace --test fixtures -- --ignored`.
//!
//! A difference fails. `BLESS=1 cargo test -p client-tests --test fixtures` writes what is there now;
//! read it before you commit it.

mod case;
mod kinds;
mod text;
mod together;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = case::cases();
    let (to_compile, to_look_over, of_rules) = (cases.clone(), cases.clone(), cases.clone());
    let mut trials = vec![
        Trial::test("goldens_compile", move || together::compile(&to_compile)),
        Trial::test("goldens_are_clean", move || are_clean(&to_look_over)).with_ignored_flag(true),
        Trial::test("every_rule_is_shown", move || text::every_rule_is_shown(&of_rules)),
    ];
    trials.extend(cases.into_iter().map(|case| Trial::test(case.name.clone(), move || text::check(&case))));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Neither clippy nor rustdoc has anything to say about what is emitted.
fn are_clean(cases: &[case::Case]) -> Result<(), Failed> {
    together::look_over(cases)?;
    kinds::look_over(cases)
}
