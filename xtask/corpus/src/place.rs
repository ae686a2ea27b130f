//! Where a run keeps crates, what is compiled, and what the processes printed.

use std::path::{Path, PathBuf};

use codegen::Shown;

/// The folder of a run.
#[derive(Clone, Debug)]
pub struct Place(PathBuf);

impl Place {
    /// The folder; by default `corpus` in the folder that Cargo compiles this project into.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn new(folder: Option<&Path>) -> Result<Self, String> {
        let folder = folder.map_or_else(|| scratch::folder("corpus"), Path::to_owned);
        let failed = |error: std::io::Error| format!("error: cannot make {}: {error}", Shown::from(&*folder));
        let place = Self(std::path::absolute(&folder).map_err(failed)?);
        std::fs::create_dir_all(place.0.join("logs")).map_err(failed)?;
        Ok(place)
    }

    /// The folder of a crate.
    pub fn crate_of(&self, name: &str) -> PathBuf {
        self.0.join("crates").join(name)
    }

    /// The folder of the crate that has the dependencies of the others.
    pub fn dependencies(&self) -> PathBuf {
        self.0.join("dependencies")
    }

    /// The folder that a job compiles into.
    pub fn target(&self, job: usize) -> PathBuf {
        self.0.join("target").join(job.to_string())
    }

    /// The folder of the program that reads and writes the examples of a crate.
    pub fn program_of(&self, name: &str) -> PathBuf {
        self.0.join("programs").join(name)
    }

    /// The folder that these programs are compiled into.
    pub fn target_of_programs(&self) -> PathBuf {
        self.0.join("target").join("programs")
    }

    /// The file for what a process prints.
    pub fn log(&self, of: &str) -> PathBuf {
        self.0.join("logs").join(format!("{of}.log"))
    }
}
