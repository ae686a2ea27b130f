//! The emitted files in memory, and the only code that writes to the disk.
//!
//! What the generator wrote it knows again, see `owned`. Other files are a person's: they are never
//! changed, and never removed. Neither is anything that a link leads to, or that another crate has.

mod difference;
mod owned;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use self::owned::{LIST, Written, list, made_from, standing};
pub(crate) use self::owned::{MARK, RUNTIME};
use crate::maps::HashSet;
use crate::texts::Shown;
use crate::threads;

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
    /// When something in the folder cannot be read, or something that is not the generator's stands
    /// where one of its files belongs, or on the way there.
    pub fn plan(&self, folder: &Path) -> Result<Plan, WriteError> {
        let written = Written::read(folder)?;
        let list = list(self.iter());
        let list = list.as_deref().map(|list| (LIST, list));
        let (mut changes, mut unchanged, mut sources) = (Vec::new(), 0, Vec::new());
        for (path, text) in self.iter().chain(list) {
            let old = standing(folder, path)?;
            sources.extend(old.as_deref().and_then(made_from).map(str::to_owned));
            let (path, text) = (path.to_owned(), text.to_owned());
            match old {
                None => changes.push(Change::Add { path, text }),
                Some(old) if old == text.as_bytes() => unchanged += 1,
                Some(old) if written.is_replaceable(&path, &old) => {
                    changes.push(Change::Update { path, old: String::from_utf8_lossy(&old).into_owned(), text });
                }
                Some(_) => return Err(WriteError::HandWritten { path: folder.join(path) }),
            }
        }
        // For some file systems, paths that differ in their case are the same one.
        let new: HashSet<_> = self.0.keys().map(|path| path.to_lowercase()).collect();
        let gone = written.still_there(folder).into_iter().filter(|path| !new.contains(&path.to_lowercase()));
        for path in gone.chain(list.is_none().then(|| LIST.to_owned())) {
            if let Some(old) = standing(folder, &path)?.filter(|old| written.is_replaceable(&path, old)) {
                changes.push(Change::Remove { path, old: String::from_utf8_lossy(&old).into_owned() });
            }
        }
        let source = self.0.values().find_map(|text| made_from(text.as_bytes())).map(str::to_owned);
        let made_from = sources.into_iter().next();
        Ok(Plan { folder: folder.to_owned(), written, changes, unchanged, source, made_from })
    }
}

/// What it takes to make a folder hold the files.
#[derive(Clone, Debug)]
pub struct Plan {
    folder: PathBuf,
    /// What the generator wrote there before.
    written: Written,
    changes: Vec<Change>,
    unchanged: usize,
    /// The description that the files are made from.
    source: Option<String>,
    made_from: Option<String>,
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

    /// The description that the crate in the folder was made from, by the name that its files say, if there
    /// is such a crate.
    pub fn made_from(&self) -> Option<&str> {
        self.made_from.as_deref()
    }

    /// The same, if it is another one than that of the files.
    pub fn replaces(&self) -> Option<&str> {
        self.made_from().filter(|old| self.source.as_deref().is_some_and(|new| new != *old))
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
        let existed = self.folder.symlink_metadata().is_ok();
        let outcome = self.stage().and_then(|stage| {
            let mut done = Vec::new();
            let outcome = self.changes.iter().try_for_each(|change| self.carry_out(change, stage.path(), &mut done));
            if outcome.is_err() {
                self.undo(&done, stage.path());
            }
            outcome
        });
        self.remove_empty_folders(|change| outcome.is_err() || matches!(change, Change::Remove { .. }));
        if outcome.is_err() && !existed {
            let _ = fs::remove_dir(&self.folder);
        }
        outcome
    }

    /// Writes the new texts beside the folder's files, where moving them is a matter of a rename.
    fn stage(&self) -> Result<tempfile::TempDir, WriteError> {
        fs::create_dir_all(&self.folder).map_err(WriteError::at("create", &self.folder))?;
        let stage = tempfile::Builder::new().prefix(".codegen-").tempdir_in(&self.folder);
        let stage = stage.map_err(WriteError::at("write to", &self.folder))?;
        let write = |change: &Change| match change {
            Change::Add { path, text } | Change::Update { path, text, .. } => {
                let at = stage.path().join("new").join(path);
                create_parent(&at)?;
                fs::write(&at, text).map_err(WriteError::at("write", &self.folder.join(path)))
            }
            Change::Remove { .. } => Ok(()),
        };
        threads::with_stack(|| self.changes.par_iter().try_for_each(write))?;
        Ok(stage)
    }

    fn carry_out<'a>(&self, change: &'a Change, stage: &Path, done: &mut Vec<&'a Change>) -> Result<(), WriteError> {
        let path = change.path();
        let at = self.folder.join(path);
        let (new, old) = (stage.join("new").join(path), stage.join("old").join(path));
        self.check(change)?;
        create_parent(&at)?;
        if !matches!(change, Change::Add { .. }) {
            create_parent(&old)?;
        }
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

    /// Whether a file is still as it was when the change was planned.
    fn check(&self, change: &Change) -> Result<(), WriteError> {
        let path = change.path();
        let is_same = match (change, standing(&self.folder, path)?) {
            (Change::Add { .. }, old) => old.is_none(),
            (_, old) => old.is_some_and(|old| self.written.is_replaceable(path, &old)),
        };
        if is_same { Ok(()) } else { Err(WriteError::HandWritten { path: self.folder.join(path) }) }
    }

    /// Folders that hold nothing any more after some changes. That one stays is no failure.
    fn remove_empty_folders(&self, of: impl Fn(&&Change) -> bool) {
        for change in self.changes.iter().filter(of) {
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
        difference::unified((&from, old), (&to, new))
    }
}

fn create_parent(at: &Path) -> Result<(), WriteError> {
    let parent = at.parent().unwrap_or(at);
    if parent.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(parent).map_err(WriteError::at("create", parent))
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
    /// A symbolic link stands where an emitted file belongs, or on the way there.
    Link {
        /// Where it is.
        path: PathBuf,
    },
    /// A folder where emitted files belong is a crate of its own.
    OtherCrate {
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
                Shown::from(&**path)
            ),
            Self::Link { path } => write!(
                f,
                "{} is a symbolic link, so nothing is written there; remove it, or choose another folder",
                Shown::from(&**path)
            ),
            Self::OtherCrate { path } => write!(
                f,
                "{} has a Cargo.toml of its own, so nothing is written there; move it away, or choose another folder",
                Shown::from(&**path)
            ),
            Self::Io { action, path, source } => write!(f, "cannot {action} {}: {source}", Shown::from(&**path)),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::HandWritten { .. } | Self::Link { .. } | Self::OtherCrate { .. } => None,
            Self::Io { source, .. } => Some(source),
        }
    }
}
