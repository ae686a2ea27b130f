//! All emitted crates as modules of one: what takes longest in a crate is its support code, which they share.
//!
//! Their examples and their `uses.rs` are tests of that crate. A warning in any of it is an error.

mod manifest;
mod module;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::{fs, io};

use client_tests::project;
use client_tests::workspace::{cargo, target, write_if_changed};
use libtest_mimic::Failed;

use super::case::{CRATES, Case};

/// The crate that the emitted ones are modules of.
pub const NAME: &str = "goldens";

/// Compiles the emitted crates as one, and runs the tests that there are of them.
pub fn compile(cases: &[Case]) -> Result<(), Failed> {
    let folder = write(cases)?;
    eprintln!("compiling all goldens as one crate, which takes a minute");
    run("test", &["--tests", "--no-fail-fast"], &folder).map(drop)
}

/// Holds them to what clippy and rustdoc think of them, and tries the examples in their documentation.
pub fn look_over(cases: &[Case]) -> Result<(), Failed> {
    let folder = write(cases)?;
    run("clippy", &["--lib", "--tests", "--", "-D", "warnings"], &folder)?;
    run("doc", &["--no-deps"], &folder)?;
    run("test", &["--doc"], &folder)?;
    examples_are_ours(&run("test", &["--doc", "--", "--list"], &folder)?)
}

/// The fixture whose texts would all be examples of their own.
const HOSTILE: &str = "texts_hostile";

/// Whatever a description says, rustdoc finds the examples of the generator alone: how a call is made, and
/// what a layer is.
fn examples_are_ours(listed: &str) -> Result<(), Failed> {
    let examples: Vec<_> = listed.lines().filter(|line| line.contains(" (line ")).collect();
    let is_ours = |example: &&str| example.split_once(" - ").is_some_and(|(file, _)| file.ends_with("/mod.rs"));
    let of_hostile = examples.iter().filter(|example| example.contains(HOSTILE)).count();
    match examples.iter().all(is_ours) && of_hostile == 2 {
        true => Ok(()),
        false => Err(format!("rustdoc would run these:\n{listed}").into()),
    }
}

/// Runs a command of Cargo, and gives what it printed. How far it is can be seen meanwhile.
///
/// It is built where the project is, so that what the project was compiled with is there.
fn run(command: &str, arguments: &[&str], folder: &Path) -> Result<String, Failed> {
    let target = target(env!("CARGO_TARGET_TMPDIR"));
    let mut cargo = cargo(command);
    cargo.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target).env("RUSTDOCFLAGS", "-D warnings");
    let output = cargo.stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(said);
    }
    Err(format!("cargo {command} failed in {}\n{said}", folder.display()).into())
}

/// Writes the crate, and removes what is left of another time.
fn write(cases: &[Case]) -> Result<PathBuf, Failed> {
    let folder = target(env!("CARGO_TARGET_TMPDIR")).join("fixtures/together");
    let mut files = Files::default();
    let mut dependencies = manifest::of_the_project()?;
    for case in cases {
        let Ok(generated) = case.generate(Some(&case.name))? else { continue };
        let emitted = generated.files();
        let name = module::add(&mut files, case, emitted)?;
        let crates = Path::new(CRATES).join(&name);
        case.copy_crates(&folder.join(&crates))?;
        manifest::add_local(&mut dependencies, emitted.get("Cargo.toml").unwrap_or_default(), &crates)?;
    }
    files.declare();
    files.add("Cargo.toml", manifest::text(dependencies)?);
    // The versions that the project itself was tested with.
    files.add("Cargo.lock", fs::read_to_string(project("Cargo.lock"))?);
    files.write(&folder)?;
    Ok(folder)
}

/// Files by their paths in the crate.
#[derive(Default)]
struct Files(BTreeMap<PathBuf, String>);

/// The roots of the crate's targets, each with the first of its modules.
const ROOTS: [(&str, &str); 3] = [
    ("src/lib.rs", "#[allow(dead_code, unused_imports, unused_macros)]\nmod runtime;\n"),
    ("tests/examples/main.rs", ""),
    ("tests/uses/main.rs", ""),
];

/// Some have a module of their own name, as `servers` has.
const LINTS: &str = "#![deny(warnings)]\n#![allow(clippy::module_inception)]\n\n";

impl Files {
    fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// Adds the roots, of which each folder beside one is a module.
    fn declare(&mut self) {
        for (root, first) in ROOTS {
            let folder = Path::new(root).parent().unwrap_or(Path::new(""));
            let within = self.0.keys().filter_map(|path| path.strip_prefix(folder).ok());
            let names: BTreeSet<_> = within.filter_map(|path| path.iter().next()?.to_str()).collect();
            let modules = names.iter().filter(|name| **name != "runtime").map(|name| format!("pub mod {name};\n"));
            let text = format!("{LINTS}{first}{}", modules.collect::<String>());
            self.add(root, text);
        }
    }

    /// Writes what differs, and removes what is not among it.
    fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, text) in &self.0 {
            let at = folder.join(path);
            fs::create_dir_all(at.parent().unwrap_or(&at))?;
            write_if_changed(&at, text)?;
        }
        ["src", "tests"].iter().try_for_each(|within| self.remove_others(folder, Path::new(within)))
    }

    fn remove_others(&self, folder: &Path, within: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder.join(within))? {
            let entry = entry?;
            let path = within.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.remove_others(folder, &path)?;
            } else if !self.0.contains_key(&path) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}
