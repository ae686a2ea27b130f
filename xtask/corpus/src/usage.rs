//! Time and memory of processes, as the system tells them.

use super::report::Usage;
use std::time::Duration;

/// Whose usage is meant.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// This process.
    Itself,
    /// The processes that it has started and waited for.
    Children,
}

/// What was used so far; the wall-clock time is the caller's measurement.
///
/// Peak memory of [`Of::Children`] is that of the largest one.
pub fn usage(of: Of, elapsed: Duration) -> Usage {
    let (cpu_seconds, peak_memory) = told_by_the_system(of).unzip();
    Usage { seconds: elapsed.as_secs_f64(), cpu_seconds, peak_memory: peak_memory.flatten() }
}

#[cfg(unix)]
fn told_by_the_system(of: Of) -> Option<(f64, Option<u64>)> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let who = match of {
        Of::Itself => UsageWho::RUSAGE_SELF,
        Of::Children => UsageWho::RUSAGE_CHILDREN,
    };
    let usage = getrusage(who).ok()?;
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    // Apple counts bytes, the others count kibibytes.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let memory = u64::try_from(usage.max_rss()).ok().map(|size| size * unit);
    Some((microseconds as f64 / 1e6, memory))
}

#[cfg(not(unix))]
fn told_by_the_system(_: Of) -> Option<(f64, Option<u64>)> {
    None
}

/// The memory that new processes can have, in bytes, where the system tells it.
pub fn available_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
