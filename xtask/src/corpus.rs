//! `cargo xtask corpus`: a program of its own, which is fully optimised. It is built when somebody wants it.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use anstream::eprintln;
use clap::Args;

/// Generate a crate from each description of a folder, and show what became of it.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    #[arg(hide = true, allow_hyphen_values = true, trailing_var_arg = true)]
    arguments: Vec<OsString>,
}

/// Builds the program if need be, and runs it; the exit code is its own.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "--package", "corpus", "--manifest-path"]);
    cargo.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/Cargo.toml")).arg("--").args(&arguments.arguments);
    match cargo.status() {
        Ok(status) => match status.code().map(u8::try_from) {
            Some(Ok(code)) => ExitCode::from(code),
            _ => ExitCode::FAILURE,
        },
        Err(error) => {
            eprintln!("error: cargo cannot be run: {error}");
            ExitCode::FAILURE
        }
    }
}
