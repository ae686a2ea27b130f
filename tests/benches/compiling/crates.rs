//! The crates that are compiled: ours and the other's, of one description.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use client_tests::project;
use codegen::{Options, Source};

use crate::measure::{self, Measured};

/// The program that ours is measured beside.
const PEER: &str = "openapi-to-rust";

/// Who makes a crate.
#[derive(Clone, Copy)]
pub enum Maker {
    Ours,
    Peer,
}

/// An emitted crate on the disk.
pub struct Crate {
    folder: PathBuf,
    /// What was compiled for all crates of its maker.
    target: PathBuf,
    lines: usize,
}

/// Whether the other program can be run.
pub fn has_peer() -> bool {
    Command::new(PEER).arg("--version").output().is_ok()
}

impl Crate {
    /// Makes the crate of a description, or says why there is none.
    pub fn make(maker: Maker, description: &Path) -> Result<Self, String> {
        let name = description.file_stem().unwrap_or_default();
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiling");
        let root = root.join(match maker {
            Maker::Ours => "ours",
            Maker::Peer => "peer",
        });
        let folder = root.join("crates").join(name);
        match maker {
            Maker::Ours => emit(description, &folder)?,
            Maker::Peer => emit_by_peer(description, &folder)?,
        }
        let lines = lines(&folder.join("src")).map_err(|error| error.to_string())?;
        Ok(Self { folder, target: root.join("target"), lines })
    }

    /// Checks the crate once more.
    pub fn check(&self) -> Result<Measured, String> {
        let library = fs::File::options().append(true).open(self.folder.join("src/lib.rs"));
        let touched = library.and_then(|library| library.set_modified(std::time::SystemTime::now()));
        touched.map_err(|error| error.to_string())?;
        measure::measure(&self.folder, &self.target, self.lines)
    }
}

fn emit(description: &Path, folder: &Path) -> Result<(), String> {
    let source = Source::read(description).map_err(|diagnostics| diagnostics.to_string())?;
    let options = Options::default().crate_name("measured-client");
    let generated = codegen::generate(&source, &options).map_err(|diagnostics| diagnostics.to_string())?;
    let plan = generated.files().plan(folder).map_err(|error| error.to_string())?;
    plan.write().map_err(|error| error.to_string())?;
    // The versions that the project itself was tested with.
    fs::copy(project("Cargo.lock"), folder.join("Cargo.lock")).map_err(|error| error.to_string())?;
    Ok(())
}

fn emit_by_peer(description: &Path, folder: &Path) -> Result<(), String> {
    let generated = folder.join("src/generated");
    fs::create_dir_all(&generated).map_err(|error| error.to_string())?;
    let output = Command::new(PEER).arg("generate").arg(description).arg("--output-dir").arg(&generated).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err("it generates nothing".to_owned());
    }
    let write = || {
        let dependencies = fs::read_to_string(generated.join("REQUIRED_DEPS.toml"))?;
        let package = "[package]\nname = \"measured-client\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
        fs::write(folder.join("Cargo.toml"), package.to_owned() + &dependencies)?;
        fs::write(folder.join("src/lib.rs"), "pub mod generated;\n")
    };
    write().map_err(|error: io::Error| error.to_string())
}

/// The lines of the Rust in a folder and below.
fn lines(folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            count += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(count)
}
