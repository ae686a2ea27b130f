//! Which programs against the client compile, and what the compiler says about those that do not.
//!
//! `TRYBUILD=overwrite cargo test -p ui-tests` writes the messages that are there now; read
//! them before you commit them: would they put someone right who makes the mistake?

use std::process::Command;

/// The compiler whose messages are in `fail/`. Another one has other words for the same mistakes.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn programs_compile_or_are_told_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    let version = Command::new("rustc").arg("--version").output().expect("there is a compiler").stdout;
    if version.starts_with(COMPILER.as_bytes()) {
        cases.compile_fail("fail/*.rs");
    } else {
        eprintln!("fail/ was not looked at: its messages are those of {COMPILER}");
    }
}
