//! What the compiler says about programs against the client that do not compile.
//!
//! `TRYBUILD=overwrite cargo test -p ui-tests` writes the messages that are there now; read
//! them before you commit them: would they put someone right who makes the mistake?
//!
//! All that the client depends on is compiled once more for these programs. The default transport is most of it, so they
//! do without: their clients come from `Client::builder`.

use std::process::Command;

/// The compiler whose messages are in `fail/`. Another one has other words for the same mistakes.
const COMPILER: &str = "rustc 1.95.";

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
