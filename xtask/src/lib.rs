//! Commands that take a description, for the project's own `cargo xtask` and for the program that is installed.

mod codegen_command;
mod described;
mod diff_command;
mod draft;
mod explain;
mod git;
mod home;
mod init_command;

use std::process::ExitCode;

use clap::Subcommand;

pub use home::Home;

/// A command that takes a description.
#[derive(Subcommand)]
#[expect(missing_docs, reason = "what is said of their arguments is the help")]
pub enum Command {
    Codegen(codegen_command::Arguments),
    Diff(diff_command::Arguments),
    Init(init_command::Arguments),
}

impl Command {
    /// Runs the command; the exit code is 0 if all went well.
    pub fn run(&self, home: &Home) -> ExitCode {
        match self {
            Self::Codegen(arguments) => codegen_command::run(home, arguments),
            Self::Diff(arguments) => diff_command::run(home, arguments),
            Self::Init(arguments) => init_command::run(home, arguments),
        }
    }
}
