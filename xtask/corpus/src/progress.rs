//! Tells on stderr what is going on: a moving line at a terminal, and a line for each document.

use indicatif::{ProgressBar, ProgressStyle};

/// How far a stage is.
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts a stage of so many documents. Nothing moves where stderr is not a terminal.
    pub fn new(stage: &'static str, documents: usize) -> Self {
        let bar = ProgressBar::new(documents as u64);
        // The template is a constant that is known to be one.
        if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:20} {pos}/{len} {elapsed} {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(stage);
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        Self(bar)
    }

    /// What is being done, besides documents.
    pub fn note(&self, what: &str) {
        self.begin(what);
        if self.0.is_hidden() {
            anstream::eprintln!("{what}");
        }
    }

    /// What is being worked on.
    pub fn begin(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }

    /// A document is through.
    pub fn done(&self, what: &str) {
        self.0.inc(1);
        // Nothing may be asked of the bar while it is suspended.
        let (position, all) = (self.0.position(), self.0.length().unwrap_or_default());
        let line = format!("{} {position:>3}/{all} {what}", self.0.prefix());
        self.0.suspend(|| anstream::eprintln!("{line}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
