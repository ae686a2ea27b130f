//! Files as they were in the last commit.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};

use codegen::{Found, Loader, Shown, Source};

use crate::Home;
use crate::described::failed;

/// A file as it was in the last commit, with those that it refers to; `None` if it was not there.
pub fn at_head(home: &Home, path: &Path) -> Result<Option<Source>, String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let head = Head { folder: folder.to_owned() };
    let Some(file) = path.file_name() else { return Ok(None) };
    if !head.git(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"]).is_ok_and(|output| output.status.success()) {
        return Err(format!("error: git knows no commit with {}\n{}", Shown::from(path), instead(home)));
    }
    let id = PathBuf::from(file);
    if !head.has(&id) {
        return Ok(None);
    }
    let bytes = head.bytes(&id).map_err(|error| format!("error: git cannot read {}: {error}", Shown::from(path)))?;
    // Without a folder in it, a name says nothing of those of files beside it.
    let name = home.name_of(path);
    let name = if name.contains(['/', '\\']) { format!("HEAD:{name}") } else { format!("HEAD:./{name}") };
    let source = Source::from_bytes(name, &bytes).map_err(|diagnostics| failed(&diagnostics))?;
    Ok(Some(source.with_files(head)))
}

/// What is said of a file that the last commit does not have.
pub fn unknown(home: &Home, path: &Path) -> String {
    format!("error: {} is not in the last commit\n{}", Shown::from(path), instead(home))
}

fn instead(home: &Home) -> String {
    format!("help: give the older description as a file: `{} diff OLD`", home.command)
}

/// A folder in the last commit.
#[derive(Debug)]
struct Head {
    folder: PathBuf,
}

impl Head {
    fn git(&self, arguments: &[&str]) -> io::Result<Output> {
        Command::new("git").arg("-C").arg(&self.folder).args(arguments).output()
    }

    /// What git calls a file by whose path counts from the folder.
    fn object(path: &Path) -> String {
        format!("HEAD:./{}", path.to_string_lossy().replace('\\', "/"))
    }

    fn has(&self, path: &Path) -> bool {
        let output = self.git(&["cat-file", "-t", &Self::object(path)]);
        output.is_ok_and(|output| output.status.success() && output.stdout.starts_with(b"blob"))
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        let output = self.git(&["cat-file", "blob", &Self::object(path)])?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
        }
    }
}

impl Loader for Head {
    fn find(&self, path: &str) -> io::Result<Found> {
        let mut id = PathBuf::new();
        for part in Path::new(path).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if id.file_name().is_some() => {
                    id.pop();
                }
                Component::ParentDir | Component::Normal(_) => id.push(part),
                // A commit has nothing outside of itself.
                Component::RootDir | Component::Prefix(_) => return Err(io::ErrorKind::NotFound.into()),
            }
        }
        if !self.has(&id) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let is_outside = id.starts_with("..");
        Ok(Found { id, is_outside })
    }

    fn read(&self, found: &Found) -> io::Result<Vec<u8>> {
        self.bytes(&found.id)
    }
}
