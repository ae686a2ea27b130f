//! A workspace of emitted crates, which shares what is compiled for them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, io};

use super::project;

/// A workspace of emitted crates, which shares what is compiled for them, also with other such workspaces.
pub struct Workspace {
    /// Where the crates are.
    pub crates: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The workspace of a name, beside what Cargo has for temporary files of tests.
    ///
    /// # Errors
    ///
    /// When its folder cannot be made.
    pub fn new(temporary: &str, name: &str) -> io::Result<Self> {
        let target = target(temporary).join("fixtures");
        let workspace = Self { crates: target.join(name), target: target.join("target") };
        fs::create_dir_all(&workspace.crates)?;
        Ok(workspace)
    }

    /// Writes the workspace's own files and removes the crates that are none of `members`.
    ///
    /// # Errors
    ///
    /// When files cannot be written or removed.
    pub fn describe(&self, members: &[impl AsRef<str>]) -> io::Result<()> {
        let list: Vec<_> = members.iter().map(|name| format!("    {:?},\n", name.as_ref())).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
            list.concat()
        );
        write_if_changed(&self.crates.join("Cargo.toml"), &manifest)?;
        // The versions that the project itself was tested with.
        write_if_changed(&self.crates.join("Cargo.lock"), &fs::read_to_string(project("Cargo.lock"))?)?;
        for entry in fs::read_dir(&self.crates)? {
            let entry = entry?;
            let known =
                entry.file_name().to_str().is_some_and(|name| members.iter().any(|known| known.as_ref() == name));
            if entry.file_type()?.is_dir() && !known {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    /// Runs a command of Cargo, in which a warning is an error, and gives what it printed.
    ///
    /// # Errors
    ///
    /// What it said, if it failed.
    pub fn cargo(&self, command: &str, arguments: &[&str]) -> Result<String, String> {
        let output = self.output(command, arguments)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(format!("cargo {command} failed in {}\n{}", self.crates.display(), String::from_utf8_lossy(&said)))
    }

    /// Runs such a command, and gives what came of it.
    ///
    /// # Errors
    ///
    /// When there is no Cargo.
    pub fn output(&self, command: &str, arguments: &[&str]) -> Result<Output, String> {
        let run = |network: &[&str]| {
            cargo(command)
                .arg("--quiet")
                .args(network)
                .args(arguments)
                .current_dir(&self.crates)
                .env("CARGO_TARGET_DIR", &self.target)
                .env("RUSTFLAGS", "-D warnings")
                .env("RUSTDOCFLAGS", "-D warnings")
                .output()
        };
        let run = |network: &[&str]| run(network).map_err(|error| format!("cargo cannot be run: {error}"));
        // The project's own build has fetched what there is to fetch, as a rule.
        let output = run(&["--offline"])?;
        match String::from_utf8_lossy(&output.stderr).contains("--offline") {
            true => run(&[]),
            false => Ok(output),
        }
    }
}

/// A command of Cargo, for a program that Cargo itself may have started.
pub fn cargo(command: &str) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // They describe that program, and would make build scripts run again.
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            cargo.env_remove(name);
        }
    }
    cargo.arg(command);
    cargo
}

/// The folder that the project is built in, by the one that Cargo has in it for temporary files of tests.
pub fn target(temporary: &str) -> &Path {
    Path::new(temporary).parent().unwrap_or(Path::new("target"))
}

/// Writes a file, unless it is so already: Cargo compiles anew what has a new time.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_if_changed(at: &Path, text: &str) -> io::Result<()> {
    if fs::read(at).is_ok_and(|old| old == text.as_bytes()) { Ok(()) } else { fs::write(at, text) }
}
