//! This program in the place of rustc: Cargo calls it for the crates of its workspace, which is the
//! one that is checked, and it measures what the real rustc uses for that crate alone.
//!
//! Dependencies are compiled without it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::time::{Duration, Instant};

use codegen::Shown;
use scratch::wait;
use serde::{Deserialize, Serialize};

use super::report::Usage;
use super::usage::{Of, usage};

/// The variable with the path of the file that takes the [`Measured`].
const REPORT: &str = "XTASK_CORPUS_RUSTC_REPORT";
/// The variable with the longest that rustc may take, in milliseconds.
const LIMIT: &str = "XTASK_CORPUS_RUSTC_LIMIT";

/// What the rustc of a crate used, and how it ended.
#[derive(Debug, Deserialize, Serialize)]
pub struct Measured {
    /// What it used.
    pub usage: Usage,
    /// Why it did not end by itself, in a line.
    pub stopped: Option<String>,
}

/// Makes Cargo call this program instead of rustc.
///
/// # Errors
///
/// When the system does not tell where this program is.
pub fn measure<'a>(cargo: &'a mut Command, report: &Path, limit: Duration) -> std::io::Result<&'a mut Command> {
    let wrapper = std::env::current_exe()?;
    let limit = limit.as_millis().to_string();
    // A cache of the user's would be what is measured, and would not know this program.
    Ok(cargo.env("RUSTC_WORKSPACE_WRAPPER", wrapper).env("RUSTC_WRAPPER", "").env(REPORT, report).env(LIMIT, limit))
}

/// If Cargo called this program instead of rustc: calls rustc.
pub fn in_its_place() -> Option<ExitCode> {
    let report = PathBuf::from(std::env::var_os(REPORT)?);
    let limit = std::env::var(LIMIT).ok().and_then(|limit| limit.parse().ok()).map(Duration::from_millis)?;
    let mut command = std::env::args_os().skip(1);
    let rustc = command.next()?;
    let arguments: Vec<_> = command.collect();
    Some(call(&rustc, &arguments, &report, limit).unwrap_or_else(|error| {
        eprintln!("error: cannot measure {}: {error}", Shown::from(Path::new(&rustc)));
        ExitCode::FAILURE
    }))
}

fn call(rustc: &OsString, arguments: &[OsString], report: &Path, limit: Duration) -> std::io::Result<ExitCode> {
    let mut command = Command::new(rustc);
    command.args(arguments).env_remove(REPORT).env_remove(LIMIT);
    // Cargo also asks rustc about itself.
    if !arguments.iter().any(|argument| argument.as_encoded_bytes().starts_with(b"--emit")) {
        return Ok(code(command.status()?));
    }
    let started = Instant::now();
    let status = wait(&mut command.spawn()?, limit)?;
    let usage = usage(Of::Children, started.elapsed());
    let stopped = match status {
        None => Some(format!("rustc took longer than {} s", limit.as_secs_f64())),
        Some(status) if status.code().is_none() => Some(format!("rustc ended with {status}")),
        Some(_) => None,
    };
    std::fs::write(report, serde_json::to_string(&Measured { usage, stopped })?)?;
    Ok(status.map_or(ExitCode::FAILURE, code))
}

fn code(status: ExitStatus) -> ExitCode {
    status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
