//! The project's own commands, run as `cargo xtask …`.

mod codegen_command;
mod corpus;
mod described;
mod diff_command;
mod git;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    Corpus(corpus::Arguments),
    Diff(diff_command::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Codegen(arguments) => codegen_command::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Diff(arguments) => diff_command::run(&arguments),
    }
}
