//! What Cargo and rustc use, as the system tells it of the children of a process.

use std::fmt;
use std::path::Path;
use std::process::{Command, ExitCode};

/// What tells the process what to do; a crate and a target directory follow.
pub const FLAG: &str = "--check";

/// What it took to check a crate.
#[derive(Clone, Copy)]
pub struct Measured {
    pub lines: usize,
    /// Of the processor.
    pub seconds: f64,
    /// The most that one process had, in MB.
    pub memory: u64,
}

impl Measured {
    /// The better of two.
    pub fn or(self, other: Self) -> Self {
        if other.seconds < self.seconds { other } else { self }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>12}{:>12.2}{:>10}", self.lines, self.seconds, self.memory)
    }
}

/// Checks a crate from a process of its own, which has no other children.
pub fn measure(folder: &Path, target: &Path, lines: usize) -> Result<Measured, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program).arg(FLAG).arg(folder).arg(target).output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut words = said.split_whitespace();
    match (words.next().map(str::parse), words.next().map(str::parse)) {
        (Some(Ok(seconds)), Some(Ok(memory))) if output.status.success() => Ok(Measured { lines, seconds, memory }),
        _ => Err(format!("{} does not compile:\n{}", folder.display(), String::from_utf8_lossy(&output.stderr))),
    }
}

/// Checks a crate here, and prints what it took.
pub fn in_this_process(folder: &Path, target: &Path) -> ExitCode {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["check", "--quiet", "--lib"]).current_dir(folder).env("CARGO_TARGET_DIR", target);
    // Warnings are nobody's here, but looked for all the same.
    cargo.env("CARGO_INCREMENTAL", "0").env("RUSTFLAGS", "--cap-lints allow");
    let status = cargo.status();
    if !status.is_ok_and(|status| status.success()) {
        return ExitCode::FAILURE;
    }
    let (seconds, memory) = used_by_children();
    print!("{seconds} {memory}");
    ExitCode::SUCCESS
}

/// The processor time of all processes that this one has started, in seconds, and the most memory that one of
/// them had, in MB.
#[cfg(unix)]
fn used_by_children() -> (f64, i64) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    // Apple counts bytes, and everybody else KiB.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("every process may know that of its own");
    let seconds = (usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e6;
    (seconds, usage.max_rss() * unit / 1_000_000)
}

/// Where the system does not tell, the clock does; of memory, nothing.
#[cfg(not(unix))]
fn used_by_children() -> (f64, i64) {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    (START.elapsed().as_secs_f64(), 0)
}
