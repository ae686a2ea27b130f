//! What the process holds, as Linux tells it. Elsewhere there is nothing to read, and nothing is claimed.

use std::fmt;
use std::fs;

/// Open files and memory at one moment.
#[derive(Clone, Copy)]
pub struct Held {
    /// Open file descriptors.
    pub files: Option<usize>,
    /// Resident memory, in KiB.
    pub memory: Option<u64>,
}

impl Held {
    pub fn now() -> Self {
        // Reading the folder is one of them.
        let files = fs::read_dir("/proc/self/fd").ok().map(|entries| entries.count().saturating_sub(1));
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = memory.and_then(|text| text.trim().trim_end_matches("kB").trim().parse().ok());
        Self { files, memory }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.files {
            Some(files) => write!(f, "{files:>6} files")?,
            None => f.write_str("files are not measured here")?,
        }
        match self.memory {
            Some(memory) => write!(f, "  {memory:>8} KiB"),
            None => f.write_str("  memory is not measured here"),
        }
    }
}
