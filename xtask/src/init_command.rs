//! The command `init`: the beginning of a configuration, from what the messages about a description propose.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{eprintln, println};
use clap::Args;
use codegen::Shown;

use crate::Home;
use crate::described;
use crate::draft::Draft;

/// Begin a configuration for a description, from what is said about it.
///
/// For `theirs.yaml`, it is `theirs.codegen.yaml` beside it, where the other commands find it. It lets the
/// mistakes pass that one can live with, names what had to be told apart, so that the names stay whatever else
/// comes, and has comments that say why. What would read other files or run the code of others stands in
/// comments, too: that is for you to decide. A file that is there is never changed.
#[derive(Args)]
pub struct Arguments {
    /// The description: OpenAPI 3.0, 3.1 or 3.2, as YAML or JSON
    #[arg(long, value_name = "PATH")]
    spec: PathBuf,
}

/// Runs the command; the exit code is 0 if the configuration was written.
pub fn run(home: &Home, arguments: &Arguments) -> ExitCode {
    match attempt(home, &arguments.spec) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn attempt(home: &Home, spec: &Path) -> Result<(), String> {
    let [at, others @ ..] = ["yaml", "yml", "json"].map(|ending| spec.with_extension(format!("codegen.{ending}")));
    if let Some(other) = others.iter().find(|other| other.exists()) {
        return Err(is_there(other));
    }
    let source = described::read(home, spec)?;
    let draft = Draft::of(&source);
    let mut file = File::create_new(&at).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => is_there(&at),
        _ => format!("error: {} cannot be written: {error}", Shown::from(&*at)),
    })?;
    let written = file.write_all(draft.text(&format!("{} init", home.command)).as_bytes());
    written.map_err(|error| format!("error: {} cannot be written: {error}", Shown::from(&*at)))?;
    println!("{}  {}", Shown::from(&*at), draft.summary());
    if draft.errors > 0 {
        eprintln!("help: `{} codegen` shows the errors that are left, with what to do", home.command);
    }
    Ok(())
}

fn is_there(at: &Path) -> String {
    format!("error: {} is there, and is unchanged", Shown::from(at))
}
