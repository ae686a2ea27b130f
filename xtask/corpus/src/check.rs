//! Compiles crates by `cargo check`, each with nothing but its own dependencies.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use scratch::Cargo;
use serde::Deserialize;

use super::place::Place;
use super::progress::Progress;
use super::report::Check;
use super::rustc::{self, Measured};
use super::step::in_a_line;

/// How long the dependencies may take. They are fetched first, where they are not there yet.
const DEPENDENCIES: Duration = Duration::from_secs(30 * 60);

/// What `cargo check` came to, with the first error.
pub type Checked = (Check, Option<String>);

/// How to compile.
pub struct Checker<'a> {
    /// Where crates are, and what is compiled goes.
    pub place: &'a Place,
    /// How many crates at the same time.
    pub jobs: usize,
    /// The longest that rustc may take for one crate.
    pub limit: Duration,
}

impl Checker<'_> {
    /// Compiles the crates of these names, and calls `done` with the index of each that it is
    /// through with.
    ///
    /// Cargo lets nobody else into a folder that it compiles into, so each job has its own.
    ///
    /// # Errors
    ///
    /// When the dependencies cannot be compiled.
    pub fn check(
        &self,
        names: &[String],
        progress: &Progress,
        done: impl Fn(usize, Checked) + Sync,
    ) -> Result<(), String> {
        let Some(first) = names.first() else { return Ok(()) };
        let jobs = self.jobs.min(names.len());
        for job in 0..jobs {
            progress.note(&format!("dependencies, {} of {jobs}", job + 1));
            self.dependencies(first, job)?;
        }
        let open: Mutex<VecDeque<usize>> = Mutex::new((0..names.len()).collect());
        let next = || open.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        std::thread::scope(|scope| {
            for job in 0..jobs {
                let (next, done) = (&next, &done);
                scope.spawn(move || {
                    while let Some((index, name)) = next().and_then(|index| Some((index, names.get(index)?))) {
                        progress.begin(name);
                        done(index, self.check_one(name, job));
                    }
                });
            }
        });
        Ok(())
    }

    /// Compiles what a crate depends on, by a crate of the same manifest with nothing in it.
    ///
    /// What others need beyond that is compiled with them, and is not measured either.
    fn dependencies(&self, name: &str, job: usize) -> Result<(), String> {
        let unable = |error: std::io::Error| format!("error: cannot prepare the dependencies: {error}");
        let folder = self.place.dependencies();
        fs::create_dir_all(folder.join("src")).map_err(unable)?;
        fs::copy(self.place.crate_of(name).join("Cargo.toml"), folder.join("Cargo.toml")).map_err(unable)?;
        fs::write(folder.join("src/lib.rs"), "").map_err(unable)?;
        let log = self.place.log("dependencies");
        let run =
            Run { folder: &folder, target: &self.place.target(job), log: &log, limit: DEPENDENCIES, measure: None };
        if run.go().map_err(unable)? == Some(true) {
            return Ok(());
        }
        let said = fs::read_to_string(&log).unwrap_or_default();
        Err(format!("error: the dependencies of the crates do not compile:\n{}", said.trim()))
    }

    fn check_one(&self, name: &str, job: usize) -> Checked {
        let (folder, log) = (self.place.crate_of(name), self.place.log(&format!("{name}.check")));
        let report = log.with_extension("usage.json");
        let _ = fs::remove_file(&report);
        let run = Run {
            folder: &folder,
            target: &self.place.target(job),
            log: &log,
            limit: DEPENDENCIES + self.limit,
            measure: Some((&report, self.limit)),
        };
        let success = run.go();
        let measured: Option<Measured> = fs::read(&report).ok().and_then(|report| serde_json::from_slice(&report).ok());
        let said = Said::read(&log.with_extension("json"));
        let check = Check {
            compiled: matches!(success, Ok(Some(true))),
            warnings: said.warnings,
            errors: said.errors,
            usage: measured.as_ref().map(|measured| measured.usage),
        };
        let stopped = measured.and_then(|measured| measured.stopped);
        let first = match success {
            Ok(Some(true)) => None,
            Ok(Some(false)) => said.first.or(stopped).or_else(|| first_error_of_cargo(&log)),
            Ok(None) => Some("cargo took too long".to_owned()),
            Err(error) => Some(format!("cannot run cargo: {error}")),
        };
        (check, first)
    }
}

/// One run of `cargo check`.
struct Run<'a> {
    folder: &'a Path,
    target: &'a Path,
    log: &'a Path,
    limit: Duration,
    /// Where the usage of rustc is to be written, and how long it may take.
    measure: Option<(&'a Path, Duration)>,
}

impl Run<'_> {
    /// Whether it went well; `None` if it took too long.
    fn go(&self) -> std::io::Result<Option<bool>> {
        let output = self.log.with_extension("json");
        let Self { folder, target, log, limit, measure } = *self;
        let cargo = Cargo { folder, target, log, output: Some(&output), limit };
        cargo.run(&["check", "--lib", "--message-format=json"], |command| match measure {
            Some((report, limit)) => rustc::measure(command, report, limit).map(|_| ()),
            None => Ok(()),
        })
    }
}

/// What cargo complains about when it does not get as far as rustc.
fn first_error_of_cargo(log: &PathBuf) -> Option<String> {
    let said = fs::read_to_string(log).ok()?;
    let at = said.find("error")?;
    said.get(at..).map(|said| in_a_line(said.split("\n\n").next().unwrap_or(said)))
}

/// What rustc said, as Cargo hands it on.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    warnings: usize,
    errors: usize,
    first: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    code: Option<Code>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    column_start: usize,
    is_primary: bool,
}

impl Said {
    fn read(messages: &Path) -> Self {
        let mut said = Self::default();
        let Ok(file) = File::open(messages) else { return said };
        for line in BufReader::new(file).lines().map_while(Result::ok) {
            if let Ok(Line { message: Some(message) }) = serde_json::from_str(&line) {
                said.take(&message);
            }
        }
        said
    }

    fn take(&mut self, message: &Message) {
        if message.is_tally() {
            return;
        }
        if message.level == "warning" {
            self.warnings += 1;
        } else if message.level.starts_with("error") {
            self.errors += 1;
            self.first.get_or_insert_with(|| message.in_a_line());
        }
    }
}

impl Message {
    /// Whether it only counts the others.
    fn is_tally(&self) -> bool {
        let counts = self.message.ends_with(" emitted") || self.message.starts_with("aborting due to");
        counts && self.code.is_none() && self.spans.is_empty()
    }

    fn in_a_line(&self) -> String {
        let code = self.code.as_ref().map(|code| format!("[{}]", code.code)).unwrap_or_default();
        let place =
            self.spans.iter().find(|span| span.is_primary).map(|span| {
                format!("{}:{}:{}: ", span.file_name.replace('\\', "/"), span.line_start, span.column_start)
            });
        in_a_line(&format!("{}{}{code}: {}", place.unwrap_or_default(), self.level, self.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustc_says_is_counted_without_its_own_count() {
        let lines = [
            r#"{"reason":"compiler-artifact","package_id":"cats"}"#,
            r#"{"reason":"compiler-message","message":{"level":"warning","message":"unused\nimport","code":{"code":"unused_imports"},"spans":[]}}"#,
            r#"{"reason":"compiler-message","message":{"level":"error","message":"mismatched\n types","code":{"code":"E0308"},"spans":[
                {"file_name":"src/a.rs","line_start":1,"column_start":2,"is_primary":false},
                {"file_name":"src/b.rs","line_start":3,"column_start":4,"is_primary":true}]}}"#,
            r#"{"reason":"compiler-message","message":{"level":"error","message":"cannot find `x`","code":null,"spans":[]}}"#,
            r#"{"reason":"compiler-message","message":{"level":"error","message":"aborting due to 2 previous errors; 1 warning emitted","code":null,"spans":[]}}"#,
            r#"{"reason":"compiler-message","message":{"level":"warning","message":"1 warning emitted","code":null,"spans":[]}}"#,
            r#"{"reason":"build-finished","success":false}"#,
        ];
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("messages.json");
        fs::write(&file, lines.map(|line| line.replace('\n', "")).join("\n")).expect("a file");
        let first = Some("src/b.rs:3:4: error[E0308]: mismatched types".to_owned());
        assert_eq!(Said::read(&file), Said { warnings: 1, errors: 2, first });
    }
}
