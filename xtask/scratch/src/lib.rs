//! Cargo at work on crates that are made of descriptions, outside of the project.

pub mod replies;
mod wait;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub use self::wait::wait;

/// The folder of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// Where a path of the project is, from the folder that the command runs in.
pub fn from_root(path: &str) -> PathBuf {
    match std::env::current_dir() {
        Ok(current) if current == project() => PathBuf::from(path),
        _ => project().join(path),
    }
}

/// What a description is called: its path from the project's root, wherever the command runs.
pub fn name_of(spec: &Path) -> String {
    let below = || Some(spec.canonicalize().ok()?.strip_prefix(project().canonicalize().ok()?).ok()?.to_owned());
    below().as_deref().unwrap_or(spec).display().to_string()
}

/// A folder of this name in the one that Cargo compiles the project into.
pub fn folder(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    target.map_or_else(|| project().join("target"), PathBuf::from).join(name)
}

/// Cargo in the folder of a crate that is none of the project's.
pub struct Cargo<'a> {
    /// The folder of the crate.
    pub folder: &'a Path,
    /// The folder that it compiles into.
    pub target: &'a Path,
    /// The file for what it says of its work.
    pub log: &'a Path,
    /// The file for what it is asked for, if anybody wants that.
    pub output: Option<&'a Path>,
    /// The longest that it may take.
    pub limit: Duration,
}

impl Cargo<'_> {
    /// Whether it went well; `None` if it took too long. `prepare` sets what else there is to set of the process.
    ///
    /// The versions of dependencies are those that the project itself is tested with. Its own build has fetched them, as
    /// a rule: the network is asked only where it has not.
    ///
    /// # Errors
    ///
    /// When Cargo cannot be run.
    pub fn run(
        &self,
        arguments: &[&str],
        prepare: impl Fn(&mut Command) -> io::Result<()>,
    ) -> io::Result<Option<bool>> {
        fs::copy(project().join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        let ended = self.once(arguments, &["--offline"], &prepare)?;
        if ended == Some(false) && fs::read_to_string(self.log)?.contains("--offline") {
            return self.once(arguments, &[], &prepare);
        }
        Ok(ended)
    }

    fn once(
        &self,
        arguments: &[&str],
        network: &[&str],
        prepare: &impl Fn(&mut Command) -> io::Result<()>,
    ) -> io::Result<Option<bool>> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).args(network).current_dir(self.folder);
        command.env("CARGO_TARGET_DIR", self.target).env("CARGO_INCREMENTAL", "0");
        let output = self.output.map(File::create).transpose()?;
        command.stdin(Stdio::null()).stdout(output.map_or_else(Stdio::null, Stdio::from));
        command.stderr(File::create(self.log)?);
        prepare(&mut command)?;
        let mut child = command.spawn()?;
        Ok(wait(&mut child, self.limit)?.map(|status| status.success()))
    }
}
