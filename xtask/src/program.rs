//! Commands that are programs of their own: each is built when somebody wants it, so that nothing else waits for it.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use anstream::eprintln;
use clap::Args;

/// What the program is told.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    #[arg(hide = true, allow_hyphen_values = true, trailing_var_arg = true)]
    arguments: Vec<OsString>,
}

/// A package in the folder of its name, and the profile that it is built by.
pub struct Program {
    pub package: &'static str,
    pub profile: &'static str,
}

impl Program {
    /// Builds the program if need be, and runs it; the exit code is its own.
    pub fn run(&self, arguments: &Arguments) -> ExitCode {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["run", "--profile", self.profile, "--package", self.package, "--manifest-path"]);
        cargo.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(self.package).join("Cargo.toml"));
        cargo.arg("--").args(&arguments.arguments);
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
}
