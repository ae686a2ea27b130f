//! Who makes crates of descriptions.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::{Options, Source};

/// What tells this program to make a crate; the description and the folder follow.
pub const FLAG: &str = "--make";

/// A generator, as a command.
pub enum Maker {
    /// This program.
    Ours(PathBuf),
    /// Another build of `cargo xtask`.
    Xtask(PathBuf),
    Peer,
}

impl Maker {
    pub fn ours(generator: Option<PathBuf>) -> Result<Self, String> {
        match generator {
            Some(generator) => Ok(Self::Xtask(generator)),
            None => env::current_exe().map(Self::Ours).map_err(|error| error.to_string()),
        }
    }

    /// `oas3-gen`, if it is installed.
    pub fn peer() -> Option<Self> {
        let is_there = Command::new("oas3-gen").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        is_there.is_ok_and(|status| status.success()).then_some(Self::Peer)
    }

    /// What it takes to make the crate of a description in a folder that does not exist.
    pub fn command(&self, description: &Path, folder: &Path) -> Vec<OsString> {
        let words: Vec<&OsStr> = match self {
            Self::Ours(program) => vec![program.as_ref(), FLAG.as_ref(), description.as_ref(), folder.as_ref()],
            Self::Xtask(program) => vec![
                program.as_ref(),
                "codegen".as_ref(),
                "--spec".as_ref(),
                description.as_ref(),
                "--out".as_ref(),
                folder.as_ref(),
            ],
            // Of what it can make, this is the types and the client, too.
            Self::Peer => vec![
                "oas3-gen".as_ref(),
                "generate".as_ref(),
                "--input".as_ref(),
                description.as_ref(),
                "--output".as_ref(),
                folder.as_ref(),
                "client-mod".as_ref(),
            ],
        };
        words.into_iter().map(OsStr::to_owned).collect()
    }
}

/// Makes a crate, as `cargo xtask codegen` does.
pub fn make(description: &OsStr, folder: &OsStr) -> Result<(), String> {
    let source = Source::read(Path::new(description)).map_err(|errors| errors.to_string())?;
    let generated = codegen::generate(&source, &Options::default()).map_err(|errors| errors.to_string())?;
    println!("{}", generated.warnings());
    let plan = generated.files().plan(Path::new(folder)).map_err(|error| error.to_string())?;
    plan.write().map_err(|error| error.to_string())
}
