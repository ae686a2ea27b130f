//! What a command uses, told by a process that runs nothing else: the system tells of all children together.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::makers::Maker;

/// What tells this program to run a command and to print what that used; the command follows.
pub const FLAG: &str = "--measure";

/// What a run takes.
#[derive(Clone, Copy)]
pub struct Usage {
    /// Of all processors, in seconds; where the system tells it.
    pub processor: Option<f64>,
    /// On the clock, in seconds.
    pub clock: f64,
    /// At most at once, in MiB; where the system tells it.
    pub memory: Option<f64>,
}

impl Usage {
    /// What counts of two runs.
    pub fn and(self, other: Self) -> Self {
        Self {
            processor: self.processor.zip(other.processor).map(|(one, other)| one.min(other)),
            clock: self.clock.min(other.clock),
            memory: self.memory.zip(other.memory).map(|(one, other)| one.max(other)),
        }
    }
}

/// Makes the crate of a description in a folder that does not exist, and tells what that takes; why it cannot be made.
pub fn measure(maker: &Maker, description: &Path, folder: &Path) -> Result<Usage, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.arg(FLAG).args(maker.command(description, folder)).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut numbers = said.split_whitespace().map(|number| number.parse::<f64>().ok());
    match (output.status.success(), numbers.next().flatten()) {
        (true, Some(clock)) => {
            Ok(Usage { clock, processor: numbers.next().flatten(), memory: numbers.next().flatten() })
        }
        _ => Err(format!("no crate of {}", description.display())),
    }
}

/// Runs a command here, and prints what it takes: the clock, the processor, the memory.
pub fn in_this_process(command: &[OsString]) -> Result<(), String> {
    let (program, arguments) = command.split_first().ok_or("a command is missing")?;
    let started = Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.map_err(|error| format!("cannot run {}: {error}", program.display()))?;
    let clock = started.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{} ends with {status}", program.display()));
    }
    match of_children() {
        Some((processor, memory)) => println!("{clock} {processor} {memory}"),
        None => println!("{clock}"),
    }
    Ok(())
}

/// The processor time of this process's children in seconds, and the memory that one of them had at most in MiB.
#[cfg(unix)]
fn of_children() -> Option<(f64, f64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    // Apple counts bytes, the others count kibibytes.
    let units = if cfg!(target_vendor = "apple") { 1 << 20 } else { 1 << 10 };
    Some((microseconds as f64 / 1e6, usage.max_rss() as f64 / f64::from(units)))
}

#[cfg(not(unix))]
fn of_children() -> Option<(f64, f64)> {
    None
}
