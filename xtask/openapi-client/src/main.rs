//! Makes typed Rust clients of OpenAPI descriptions, in any folder.

use std::process::ExitCode;

use xtask::{Command, Home};

fn main() -> ExitCode {
    const NAME: &str = "openapi-client";
    let home =
        Home { name: NAME, command: NAME, about: "Makes typed Rust clients of OpenAPI descriptions", root: None };
    home.parse::<Command>().map_or(ExitCode::SUCCESS, |command| command.run(&home))
}
