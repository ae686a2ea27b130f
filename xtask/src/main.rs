//! The project's own commands, run as `cargo xtask …`.

mod codegen_command;
mod described;
mod diff_command;
mod git;
mod program;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use program::Program;

/// The project's own commands.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Codegen(codegen_command::Arguments),
    /// Generate a crate from each description of a folder, and show what became of it
    Corpus(program::Arguments),
    Diff(diff_command::Arguments),
    /// Answer calls over HTTP with the examples that a description documents
    Mock(program::Arguments),
    /// Hold the examples that a description documents to its schemas
    Verify(program::Arguments),
}

/// Fully optimised: it takes all descriptions of a folder.
const CORPUS: Program = Program { package: "corpus", profile: "release" };

const MOCK: Program = Program { package: "mock", profile: "xtask" };

const VERIFY: Program = Program { package: "verify", profile: "xtask" };

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Codegen(arguments) => codegen_command::run(&arguments),
        Command::Corpus(arguments) => CORPUS.run(&arguments),
        Command::Diff(arguments) => diff_command::run(&arguments),
        Command::Mock(arguments) => MOCK.run(&arguments),
        Command::Verify(arguments) => VERIFY.run(&arguments),
    }
}
