//! What a crate costs to make: the processor time, the time on the clock and the peak memory of the generator,
//! for large descriptions, and how that compares with `oas3-gen` where there is one.
//!
//! The two are run alternately, a few times each, in processes of their own that write to new folders. Of the times
//! the least counts, which others who use the machine disturb the least, and of the memory the most. Nothing is judged
//! but that crates are made: compare ratios of one sitting, and nothing else.
//!
//! `cargo bench -p client-tests --bench generating`, or with `-- FILE…` other descriptions than those of `../shared/corpus`
//! or, where these are not, the project's own; paths count from the folder of the project. `--generator FILE` is for another build of `cargo xtask` than this
//! program, which has all that it does built with the profile of benchmarks; `--times COUNT` for more or fewer runs.

mod makers;
mod measure;
mod table;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use makers::Maker;
use measure::Usage;
use table::Row;

/// Generating makes and drops millions of small values; `cargo xtask` has this allocator for it, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is run.
const TIMES: usize = 5;

/// Large descriptions of services that everybody knows, where they are at hand.
const CORPUS: &str = "../shared/corpus";
const DESCRIPTIONS: [&str; 3] = ["github.json", "stripe.json", "nexus.json"];

const OWN: &str = "spec/partner-center.yaml";

struct Arguments {
    generator: Option<PathBuf>,
    times: usize,
    descriptions: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).filter(|argument| argument != "--bench").collect();
    let done = match arguments.split_first() {
        Some((flag, [description, folder])) if flag == makers::FLAG => makers::make(description, folder),
        Some((flag, command)) if flag == measure::FLAG => measure::in_this_process(command),
        _ => read(arguments.into_iter().map(PathBuf::from)).and_then(|arguments| compare(&arguments)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("FAILED: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(mut given: impl Iterator<Item = PathBuf>) -> Result<Arguments, String> {
    let mut arguments = Arguments { generator: None, times: TIMES, descriptions: Vec::new() };
    while let Some(argument) = given.next() {
        let mut value = |what: &str| given.next().ok_or(format!("{what} is missing behind {}", argument.display()));
        match argument.to_str() {
            Some("--generator") => arguments.generator = Some(root().join(value("a file")?)),
            Some("--times") => {
                let times = value("a number")?;
                let times = times.to_str().and_then(|times| times.parse().ok()).filter(|times| *times > 0);
                arguments.times = times.ok_or("--times takes a number from 1 on")?;
            }
            _ => arguments.descriptions.push(root().join(argument)),
        }
    }
    if arguments.descriptions.is_empty() {
        arguments.descriptions = at_hand();
    }
    Ok(arguments)
}

/// The folder of the project; Cargo runs benchmarks in that of their package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The large descriptions that are there, or else the project's own.
fn at_hand() -> Vec<PathBuf> {
    let corpus = DESCRIPTIONS.iter().map(|name| root().join(CORPUS).join(name));
    let found: Vec<_> = corpus.filter(|path| path.is_file()).collect();
    if found.is_empty() { vec![root().join(OWN)] } else { found }
}

fn compare(arguments: &Arguments) -> Result<(), String> {
    let ours = Maker::ours(arguments.generator.clone())?;
    let peer = Maker::peer();
    if peer.is_none() {
        println!("there is no oas3-gen on the path to compare with\n");
    }
    println!("{}", table::HEAD);
    // All crates are kept to the end: some file systems take longer to make files where others were just removed.
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut runs = 0_usize;
    for description in &arguments.descriptions {
        let mut usage = [None, None];
        for _ in 0..arguments.times {
            for (maker, usage) in [Some(&ours), peer.as_ref()].into_iter().zip(&mut usage) {
                let Some(maker) = maker else { continue };
                runs += 1;
                let run = measure::measure(maker, description, &folder.path().join(runs.to_string()))?;
                *usage = Some(usage.map_or(run, |known: Usage| known.and(run)));
            }
        }
        let [ours, peer] = usage;
        println!("{}", Row { description, ours, peer });
    }
    Ok(())
}
