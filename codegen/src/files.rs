//! The emitted files in memory, and the only code that writes to the disk.
//!
//! A file of a folder belongs to the generator if its first line carries the generator's mark.
//! Other files are a person's: they are never changed, and never removed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use similar::TextDiff;

/// What the first line of an emitted file starts with, after the comment sign.
pub(crate) const MARK: &str = "@generated";

/// The files of a crate: path, with `/`, below the crate's folder → text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    pub(crate) fn insert(&mut self, path: String, text: String) -> Option<String> {
        self.0.insert(path, text)
    }

    /// Path and text of each file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Compares with what is in `folder`, which need not exist, and changes nothing.
    ///
    /// # Errors
    ///
    /// When something in the folder cannot be read, or a person's file stands where a file of the
    /// generator belongs.
    pub fn plan(&self, folder: &Path) -> Result<Plan, WriteError> {
        let mut changes = Vec::new();
        for (path, text) in &self.0 {
            let at = folder.join(path);
            match read(&at)? {
                None => changes.push(Change::Add { path: path.clone(), text: text.clone() }),
                Some(old) if old == text.as_bytes() => {}
                Some(old) if is_marked(&old) => {
                    let old = String::from_utf8_lossy(&old).into_owned();
                    changes.push(Change::Update { path: path.clone(), old, text: text.clone() });
                }
                Some(_) => return Err(WriteError::HandWritten { path: at }),
            }
        }
        for path in marked(folder)? {
            if !self.0.contains_key(&path) {
                let old = read(&folder.join(&path))?.unwrap_or_default();
                changes.push(Change::Remove { path, old: String::from_utf8_lossy(&old).into_owned() });
            }
        }
        let unchanged = self.0.len() - changes.iter().filter(|change| !matches!(change, Change::Remove { .. })).count();
        Ok(Plan { folder: folder.to_owned(), changes, unchanged })
    }
}

/// What it takes to make a folder hold the files.
#[derive(Clone, Debug)]
pub struct Plan {
    folder: PathBuf,
    changes: Vec<Change>,
    unchanged: usize,
}

/// A change to one file; paths are below the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The file is not there yet.
    Add {
        /// Where it belongs.
        path: String,
        /// What it will hold.
        text: String,
    },
    /// The file holds something else.
    Update {
        /// Where it is.
        path: String,
        /// What it holds.
        old: String,
        /// What it will hold.
        text: String,
    },
    /// The generator made the file once, and does no more.
    Remove {
        /// Where it is.
        path: String,
        /// What it holds.
        old: String,
    },
}

impl Plan {
    /// The changes, those of files to write by path, then those of files to remove.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// How many files are as they should be.
    pub fn unchanged(&self) -> usize {
        self.unchanged
    }

    /// The changes as a unified diff.
    pub fn diff(&self) -> String {
        self.changes.iter().map(Change::diff).collect()
    }

    /// Carries the changes out: all of them, or, on an error, none. Files that are as they should be
    /// are not touched.
    ///
    /// # Errors
    ///
    /// When a file cannot be written, moved or removed; the folder is then as it was.
    pub fn write(&self) -> Result<(), WriteError> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let existed = self.folder.exists();
        let outcome = self.stage().and_then(|stage| {
            let mut done = Vec::new();
            let outcome = self.changes.iter().try_for_each(|change| self.carry_out(change, stage.path(), &mut done));
            if outcome.is_err() {
                self.undo(&done, stage.path());
            }
            outcome
        });
        if outcome.is_ok() {
            self.remove_empty_folders();
        } else if !existed {
            // Only what this run made can be in there.
            let _ = fs::remove_dir_all(&self.folder);
        }
        outcome
    }

    /// Writes the new texts beside the folder's files, where moving them is a matter of a rename.
    fn stage(&self) -> Result<tempfile::TempDir, WriteError> {
        fs::create_dir_all(&self.folder).map_err(WriteError::at("create", &self.folder))?;
        let stage = tempfile::Builder::new().prefix(".codegen-").tempdir_in(&self.folder);
        let stage = stage.map_err(WriteError::at("write to", &self.folder))?;
        for change in &self.changes {
            if let Change::Add { path, text } | Change::Update { path, text, .. } = change {
                let at = stage.path().join("new").join(path);
                create_parent(&at)?;
                fs::write(&at, text).map_err(WriteError::at("write", &self.folder.join(path)))?;
            }
        }
        Ok(stage)
    }

    fn carry_out<'a>(&self, change: &'a Change, stage: &Path, done: &mut Vec<&'a Change>) -> Result<(), WriteError> {
        let path = change.path();
        let at = self.folder.join(path);
        let (new, old) = (stage.join("new").join(path), stage.join("old").join(path));
        create_parent(&at)?;
        create_parent(&old)?;
        match change {
            Change::Add { .. } => fs::rename(new, &at).map_err(WriteError::at("write", &at))?,
            Change::Update { .. } => {
                fs::copy(&at, old).map_err(WriteError::at("read", &at))?;
                fs::rename(new, &at).map_err(WriteError::at("replace", &at))?;
            }
            Change::Remove { .. } => fs::rename(&at, old).map_err(WriteError::at("remove", &at))?,
        }
        done.push(change);
        Ok(())
    }

    /// Folders that held nothing but what was removed. That one stays is no failure.
    fn remove_empty_folders(&self) {
        for change in self.changes.iter().filter(|change| matches!(change, Change::Remove { .. })) {
            let parents = Path::new(change.path()).ancestors().skip(1);
            for parent in parents.take_while(|parent| *parent != Path::new("")) {
                let _ = fs::remove_dir(self.folder.join(parent));
            }
        }
    }

    /// Best effort: the disk that failed a moment ago may fail again.
    fn undo(&self, done: &[&Change], stage: &Path) {
        for change in done.iter().rev() {
            let at = self.folder.join(change.path());
            let _ = match change {
                Change::Add { .. } => fs::remove_file(&at),
                Change::Update { .. } | Change::Remove { .. } => fs::rename(stage.join("old").join(change.path()), &at),
            };
        }
    }
}

impl Change {
    /// The path of the file.
    pub fn path(&self) -> &str {
        match self {
            Self::Add { path, .. } | Self::Update { path, .. } | Self::Remove { path, .. } => path,
        }
    }

    fn diff(&self) -> String {
        let (old, new) = match self {
            Self::Add { text, .. } => ("", text.as_str()),
            Self::Update { old, text, .. } => (old.as_str(), text.as_str()),
            Self::Remove { old, .. } => (old.as_str(), ""),
        };
        let name = |prefix: &str, absent: bool| {
            if absent { "/dev/null".to_owned() } else { format!("{prefix}/{}", self.path()) }
        };
        let from = name("a", matches!(self, Self::Add { .. }));
        let to = name("b", matches!(self, Self::Remove { .. }));
        TextDiff::from_lines(old, new).unified_diff().header(&from, &to).to_string()
    }
}

fn create_parent(at: &Path) -> Result<(), WriteError> {
    let parent = at.parent().unwrap_or(at);
    fs::create_dir_all(parent).map_err(WriteError::at("create", parent))
}

fn read(at: &Path) -> Result<Option<Vec<u8>>, WriteError> {
    match fs::read(at) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::at("read", at)(error)),
    }
}

fn is_marked(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    line.trim_start_matches(['/', '#', ' ']).starts_with(MARK)
}

/// The marked files below a folder, as paths with `/`.
fn marked(folder: &Path) -> Result<Vec<String>, WriteError> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let at = folder.join(&below);
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(WriteError::at("read", &at)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(WriteError::at("read", &at))?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            let kind = entry.file_type().map_err(WriteError::at("read", &entry.path()))?;
            // Build output and what version control keeps are nobody's sources.
            if kind.is_dir() && name != "target" && !name.starts_with('.') {
                open.push(path);
            } else if kind.is_file()
                && (name.ends_with(".rs") || name.ends_with(".toml"))
                && read(&entry.path())?.is_some_and(|bytes| is_marked(&bytes))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Why the files could not be compared or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A file that a person wrote stands where an emitted file belongs.
    HandWritten {
        /// Where it is.
        path: PathBuf,
    },
    /// The file system refused.
    Io {
        /// What was tried.
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

impl WriteError {
    fn at(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HandWritten { path } => write!(
                f,
                "{} was not made by the generator, so it is not overwritten; move it away, or choose another folder",
                path.display()
            ),
            Self::Io { action, path, source } => write!(f, "cannot {action} {}: {source}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::HandWritten { .. } => None,
            Self::Io { source, .. } => Some(source),
        }
    }
}
