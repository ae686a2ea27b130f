//! Which programs against the client compile, and what the compiler says about those that do not.
//!
//! `BLESS=1 cargo test -p client-tests --test ui` writes the messages that are there now; read
//! them before you commit them: would they put someone right who makes the mistake?

mod messages;

/// Those that compile, which are called here as well.
mod pass {
    pub mod matches;
    pub mod names;
    pub mod scenario;
    pub mod transport;
    pub mod values;
}

use std::process::Command;
use std::{env, fs};

use client_tests::project;
use similar::TextDiff;

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

#[test]
fn programs_are_told_why_they_do_not_compile() {
    let version = Command::new("rustc").arg("--version").output().expect("there is a compiler").stdout;
    if !version.starts_with(COMPILER.as_bytes()) {
        eprintln!("fail/ was not looked at: its messages are those of {COMPILER}");
        return;
    }
    let mut differences = String::new();
    for (program, said) in messages::of_programs(&project("tests/ui/fail")) {
        let known = program.with_extension("stderr");
        let expected = fs::read_to_string(&known).unwrap_or_default();
        if expected == said && !said.is_empty() {
            continue;
        }
        if env::var_os("BLESS").is_some() && !said.is_empty() {
            fs::write(&known, said).expect("the messages can be written");
            continue;
        }
        let diff = TextDiff::from_lines(&expected, &said);
        differences += &format!("{}\n{}\n", program.display(), diff.unified_diff().header("expected", "said"));
    }
    assert!(differences.is_empty(), "{differences}");
}
