//! The table that is printed.

use std::fmt;
use std::path::Path;

use crate::measure::Usage;

/// What stands above the numbers.
pub const HEAD: &str = "description           by           processor     clock    memory";

/// What a description takes; by a peer, too, if there is one.
pub struct Row<'a> {
    pub description: &'a Path,
    pub ours: Option<Usage>,
    pub peer: Option<Usage>,
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.description.file_stem().unwrap_or_default().to_string_lossy();
        if let Some(ours) = self.ours {
            write!(f, "{name:<20}  {:<10}  {}", "codegen", Numbers(ours))?;
        }
        if let (Some(ours), Some(peer)) = (self.ours, self.peer) {
            write!(f, "\n{:<20}  {:<10}  {}", "", "oas3-gen", Numbers(peer))?;
            let ratio = |of: fn(Usage) -> Option<f64>| Some(of(ours)? / of(peer)?);
            let ratios = [ratio(|it| it.processor), ratio(|it| Some(it.clock)), ratio(|it| it.memory)];
            write!(f, "\n{:<20}  {:<10}  ", "", "ratio")?;
            for ratio in ratios {
                match ratio {
                    Some(ratio) => write!(f, "{ratio:>8.2}  ")?,
                    None => write!(f, "{:>8}  ", "?")?,
                }
            }
        }
        Ok(())
    }
}

/// Seconds and MiB, or nothing where the system does not tell.
struct Numbers(Usage);

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Usage { processor, clock, memory } = self.0;
        match processor {
            Some(processor) => write!(f, "{processor:>8.3} s")?,
            None => write!(f, "{:>10}", "?")?,
        }
        write!(f, "{clock:>8.3} s")?;
        match memory {
            Some(memory) => write!(f, "{memory:>6.0} MiB"),
            None => write!(f, "{:>10}", "?"),
        }
    }
}
