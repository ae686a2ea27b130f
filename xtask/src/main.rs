//! The project's own commands, run as `cargo xtask …`.

mod codegen_command;
mod corpus;

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
    #[command(name = corpus::step::SUBCOMMAND, hide = true)]
    CorpusStep(corpus::step::Arguments),
}

/// Generating makes and drops millions of small values, which takes twice as long with the allocator
/// of some systems.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(code) = corpus::rustc::in_its_place() {
        return code;
    }
    match Arguments::parse().command {
        Command::Codegen(arguments) => codegen_command::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::CorpusStep(arguments) => corpus::step::run(&arguments),
    }
}
