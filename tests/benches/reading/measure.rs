//! The program and the client that it uses, built and run as a user's would be.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use client_tests::project;
use client_tests::workspace::{Workspace, write_if_changed};
use codegen::{Options, Source};
use serde_json::Value;

/// What is measured, by the names that the program has for it.
pub type Measured<T> = BTreeMap<String, T>;

/// What it takes to do something.
pub struct Work {
    /// Of the processor.
    pub seconds: f64,
    /// If they can be counted.
    pub instructions: Option<f64>,
}

/// What it takes to read a value, in bytes.
pub struct Memory {
    /// The most at once, without the text.
    pub peak: f64,
    /// What is left in the value.
    pub size: f64,
}

const SPEC: &str = "tests/benches/reading/spec.yaml";
const SOURCES: &str = "tests/benches/reading/program";

const CLIENT: &str = "reading-client";
const PROGRAM: &str = "program";

/// What runs the benchmarks of gungraun: of the same version as gungraun in the program's manifest.
const RUNNER: &str = "gungraun-runner";
const RUNNER_VERSION: &str = "0.20.0";

pub struct Program {
    workspace: Workspace,
}

impl Program {
    /// The program of today, with the client of today.
    pub fn new() -> Result<Self, String> {
        let prepare = || {
            let workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "reading")?;
            workspace.describe(&[CLIENT, PROGRAM])?;
            copy(&project(SOURCES), &workspace.crates.join(PROGRAM))?;
            Ok(workspace)
        };
        let workspace = prepare().map_err(|error: io::Error| error.to_string())?;
        generate(&workspace.crates.join(CLIENT))?;
        Ok(Self { workspace })
    }

    /// Makes sure that everything is read and written as it should be, and measures what that takes.
    pub fn work(&self) -> Result<Measured<Work>, String> {
        let times = self.run("times")?;
        let instructions = if has_valgrind() { self.instructions()? } else { vec![None; times.len()] };
        if times.len() != instructions.len() {
            return Err(format!("{} works are timed and {} are counted", times.len(), instructions.len()));
        }
        let work = times.into_iter().zip(instructions);
        Ok(work.map(|((name, [seconds]), instructions)| (name, Work { seconds, instructions })).collect())
    }

    /// Measures the memory that reading takes.
    pub fn memory(&self) -> Result<Measured<Memory>, String> {
        let memory = self.run("memory")?;
        Ok(memory.into_iter().map(|(name, [peak, size])| (name, Memory { peak, size })).collect())
    }

    /// What one of the program's binaries prints: lines of a name and some numbers, with tabs between them.
    fn run<const COUNT: usize>(&self, binary: &str) -> Result<Vec<(String, [f64; COUNT])>, String> {
        let printed = self.workspace.cargo("run", &["--release", "--package", PROGRAM, "--bin", binary])?;
        let read = |line: &str| {
            let (name, numbers) = line.split_once('\t')?;
            let numbers: Vec<_> = numbers.split('\t').map_while(|number| number.parse().ok()).collect();
            Some((name.to_owned(), numbers.try_into().ok()?))
        };
        printed.lines().map(|line| read(line).ok_or_else(|| format!("`{binary}` prints {line:?}"))).collect()
    }

    /// The instructions of all work, in the order of the program.
    fn instructions(&self) -> Result<Vec<Option<f64>>, String> {
        let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tools");
        let root = tools.to_string_lossy();
        let version = ["--version", RUNNER_VERSION, "--locked"];
        // It runs for a moment, so that it is built unoptimised.
        let install = [&[RUNNER], &version[..], &["--debug", "--root", &root]].concat();
        self.workspace.cargo("install", &install)?;
        let runner = format!("env.GUNGRAUN_RUNNER={:?}", tools.join("bin").join(RUNNER));
        let count =
            ["--package", PROGRAM, "--bench", "instructions", "--config", &runner, "--", "--output-format=json"];
        let printed = self.workspace.cargo("bench", &count)?;
        let count = |summary: Value| summary.pointer("/profiles/0/data/total/metrics/Ir/values/new")?.as_f64();
        let read = |line: &str| serde_json::from_str(line).ok().and_then(count).map(Some);
        printed.lines().map(|line| read(line).ok_or_else(|| format!("gungraun prints {line:?}"))).collect()
    }
}

pub fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Makes the client of the description.
fn generate(to: &Path) -> Result<(), String> {
    let source = Source::read_as(SPEC, &project(SPEC)).map_err(|errors| errors.to_string())?;
    let options = Options::default().crate_name(CLIENT);
    let generated = codegen::generate(&source, &options).map_err(|errors| errors.to_string())?;
    let plan = generated.files().plan(to).map_err(|error| error.to_string())?;
    plan.write().map_err(|error| error.to_string())
}

/// Copies the files of a folder.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        write_if_changed(&to.join(entry.file_name()), &fs::read_to_string(entry.path())?)?;
    }
    Ok(())
}
