//! What is done to one document in a process of its own, so that time and memory can be measured,
//! and a crash or an endless loop costs no more than that document.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use codegen::{Diagnostics, Files, Generated, Rule, Severity, Source};
use scratch::wait;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::report::{Output, Usage};
use super::usage::{Of, usage};
use super::{allow, count};

/// The first argument of a process that runs a step.
const STEP: &str = "corpus-step";

/// One step for one document; prints JSON.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    step: Step,
}

/// A step. The command line of the process that runs it is made of the same type.
#[derive(Clone, Debug, Subcommand)]
pub enum Step {
    /// Counts what a document has; answers with `Result<Input, String>`.
    Count {
        /// The document.
        document: PathBuf,
    },
    /// Makes a crate; answers with an [`Attempt`].
    Generate {
        /// The document.
        document: PathBuf,
        /// The name of the crate.
        name: String,
        /// The folder of the crate.
        out: PathBuf,
        /// The folder of the program that reads and writes its examples.
        program: PathBuf,
        /// Rules that the document may break.
        allow: Vec<String>,
    },
}

/// What it took to try to make a crate, and what came of it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Attempt {
    /// What the process used.
    pub usage: Usage,
    /// What came of it.
    pub result: Result<Output, Refusal>,
}

/// Why there is no crate.
#[derive(Debug, Deserialize, Serialize)]
pub struct Refusal {
    /// How many errors there are.
    pub errors: usize,
    /// The first of them, in a line.
    pub first: String,
    /// The rules that were broken, each once.
    pub rules: Vec<String>,
    /// Whether all that is wrong is the version of OpenAPI.
    pub unsupported_version: bool,
}

/// If this is the process of a step: runs it.
pub fn in_a_process_of_its_own() -> Option<ExitCode> {
    let is_step = std::env::args_os().nth(1)? == STEP;
    is_step.then(|| run(&Arguments::parse_from(std::env::args_os().skip(1)).step))
}

fn run(step: &Step) -> ExitCode {
    let answer = match step {
        Step::Count { document } => serde_json::to_string(&count::count(document)),
        Step::Generate { document, name, out, program, allow } => {
            serde_json::to_string(&generate(document, name, out, program, allow))
        }
    };
    match answer {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(document: &Path, name: &str, out: &Path, program: &Path, allow: &[String]) -> Attempt {
    let unwritable = |error| Refusal::of_one(format!("cannot write the crate: {error}"));
    // What is in the folder afterwards is of this document, or nothing.
    let cleared = Files::default().plan(out).and_then(|plan| plan.write()).map_err(unwritable);
    let started = Instant::now();
    let generated = cleared.and_then(|()| {
        let file = document.file_name().unwrap_or_default().to_string_lossy();
        let source = Source::read_as(file, document).map_err(|errors| Refusal::of(&errors))?;
        let options = allow::options(name, allow);
        let generated = codegen::generate(&source, &options).map_err(|errors| Refusal::of(&errors))?;
        generated.files().plan(out).and_then(|plan| plan.write()).map_err(unwritable)?;
        Ok(generated)
    });
    let usage = usage(Of::Itself, started.elapsed());
    let generated = generated.and_then(|generated| {
        let written = scratch::replies::write(&generated, name, out, program);
        written.map_err(|error| Refusal::of_one(format!("cannot write a program: {error}")))?;
        Ok(generated)
    });
    Attempt { usage, result: generated.map(|generated| output(&generated)) }
}

fn output(generated: &Generated) -> Output {
    let rust = generated.files().iter().filter(|(path, _)| path.ends_with(".rs"));
    Output {
        operations: generated.counts().operations,
        types: generated.counts().types,
        warnings: generated.warnings().len(),
        files: generated.files().iter().count(),
        lines: rust.map(|(_, text)| text.lines().count()).sum(),
    }
}

impl Refusal {
    fn of(diagnostics: &Diagnostics) -> Self {
        let errors: Vec<_> = diagnostics.iter().filter(|message| message.severity() == Severity::Error).collect();
        let first = errors.first().map(|error| {
            let place = diagnostics.position(error).map(|(line, column)| format!("{line}:{column}: "));
            format!("{}error[{}]: {}", place.unwrap_or_default(), error.rule(), error.message())
        });
        let mut rules: Vec<_> = errors.iter().map(|error| error.rule().name().to_owned()).collect();
        rules.sort_unstable();
        rules.dedup();
        let unsupported_version = rules == [Rule::UnsupportedVersion.name()];
        Self { errors: errors.len(), first: in_a_line(&first.unwrap_or_default()), rules, unsupported_version }
    }

    fn of_one(message: String) -> Self {
        Self { errors: 1, first: in_a_line(&message), rules: Vec::new(), unsupported_version: false }
    }
}

impl Step {
    fn arguments(&self) -> Vec<PathBuf> {
        match self {
            Self::Count { document } => vec!["count".into(), "--".into(), document.clone()],
            Self::Generate { document, name, out, program, allow } => {
                let fixed =
                    ["generate".into(), "--".into(), document.clone(), name.into(), out.clone(), program.clone()];
                fixed.into_iter().chain(allow.iter().map(PathBuf::from)).collect()
            }
        }
    }

    /// Runs the step in a process of its own, and reads its answer. What it prints is kept in `log`.
    ///
    /// # Errors
    ///
    /// When it takes longer than `limit`, or ends without an answer.
    pub fn run_apart<T: DeserializeOwned>(&self, log: &Path, limit: Duration) -> Result<T, String> {
        let unable = |error: std::io::Error| format!("cannot start a process: {error}");
        let answer = log.with_extension("json");
        let mut child = Command::new(std::env::current_exe().map_err(unable)?)
            .arg(STEP)
            .args(self.arguments())
            .stdin(Stdio::null())
            .stdout(File::create(&answer).map_err(unable)?)
            .stderr(File::create(log).map_err(unable)?)
            .spawn()
            .map_err(unable)?;
        let Some(status) = wait(&mut child, limit).map_err(unable)? else {
            return Err(format!("took longer than {} s", limit.as_secs_f64()));
        };
        let answer = std::fs::read_to_string(&answer).unwrap_or_default();
        serde_json::from_str(&answer).map_err(|_| {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            format!("ended with {status}: {}", in_a_line(first_lines(&said)))
        })
    }
}

/// As much of a crash as says what it is: where, and why.
fn first_lines(said: &str) -> &str {
    let said = said.trim_start();
    let end = said.match_indices('\n').nth(1).map_or(said.len(), |(at, _)| at);
    said.get(..end).unwrap_or(said)
}

/// Text with its line breaks made spaces.
pub fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_is_told_in_a_line() {
        let panic = "\nthread 'main' (7) panicked at src/a.rs:1:2:\nindex out of\tbounds\nnote: run with …\n";
        assert_eq!(in_a_line(first_lines(panic)), "thread 'main' (7) panicked at src/a.rs:1:2: index out of bounds");
        let overflow = "\nthread 'main' has overflowed its stack\n";
        assert_eq!(in_a_line(first_lines(overflow)), "thread 'main' has overflowed its stack");
        assert_eq!(in_a_line(first_lines("")), "");
    }
}
