//! The folders of `fixtures/`, and what the generator makes of them.

use std::path::{Path, PathBuf};
use std::{fs, io};

use client_tests::workspace::write_if_changed;
use client_tests::{options_of, project};
use codegen::{Generated, Options, Source};
use libtest_mimic::Failed;

/// The crates that an emitted one depends on.
pub const CRATES: &str = "crates";

/// A folder of `fixtures/`.
#[derive(Clone)]
pub struct Case {
    pub name: String,
    pub folder: PathBuf,
}

pub fn cases() -> Vec<Case> {
    let folder = project("tests/fixtures");
    let mut cases: Vec<_> = fs::read_dir(&folder)
        .expect("there are fixtures")
        .map(|entry| entry.expect("a fixture").path())
        .map(|folder| Case { name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(), folder })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    fn source(&self) -> Result<Source, Failed> {
        let names = ["spec.yaml", "spec.json"].into_iter().filter(|name| self.folder.join(name).is_file());
        let [name] = names.collect::<Vec<_>>()[..] else {
            return Err("there must be one spec.yaml or spec.json".into());
        };
        Source::read_as(name, &self.folder.join(name)).map_err(|diagnostics| diagnostics.to_string().into())
    }

    /// What the generator makes of it: a crate, or messages.
    pub fn generate(&self, name: Option<&str>) -> Result<Result<Generated, String>, Failed> {
        let options = options_of(&self.folder);
        let options = name.into_iter().fold(options, Options::crate_name);
        Ok(codegen::generate(&self.source()?, &options).map_err(|diagnostics| diagnostics.to_string() + "\n"))
    }

    /// A file that says what is expected, if there is one of that name.
    pub fn golden(&self, name: &str) -> io::Result<Option<String>> {
        match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Copies the crates that the emitted one depends on.
    pub fn copy_crates(&self, to: &Path) -> io::Result<()> {
        copy(&self.folder.join(CRATES), to)
    }
}

/// Copies a folder, if it is there.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &to)?,
            false => write_if_changed(&to, &fs::read_to_string(entry.path())?)?,
        }
    }
    Ok(())
}
