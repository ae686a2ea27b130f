//! `cargo xtask corpus`: how the generator does on a folder of other people's documents.

mod allow;
mod check;
mod count;
mod documents;
mod examples;
mod place;
mod progress;
mod report;
mod rustc;
mod step;
mod table;
mod tree;
mod usage;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use anstream::{eprintln, println};
use clap::Parser;

use check::Checker;
use documents::Input;
use examples::Examples;
use place::Place;
use progress::Progress;
use report::{Document, Outcome, Profile, Report, Summary};
use step::{Attempt, Step};

/// The memory that rustc may need for one crate, in bytes.
const MEMORY_OF_A_CHECK: u64 = 4_000_000_000;

/// Generate a crate from each description of a folder, and show what became of it.
///
/// Takes the .json, .yaml and .yml files of the folder itself. Each is generated in a process of its
/// own, one after the other, so that times and memory can be compared. A description that is refused
/// does not stop the others. Configurations beside them do not count. The command fails if one was refused, lost an operation, or made a crate
/// that does not compile without warnings, or if a valid example does not come back; versions of OpenAPI
/// that are not supported do not count.
#[derive(Parser)]
#[command(bin_name = "cargo xtask corpus", max_term_width = 100)]
struct Arguments {
    /// The folder of the descriptions
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Compile the crates too
    #[arg(long)]
    check: bool,

    /// Read the documented answers of `DIR/examples` with the types of the crates, write them again, and
    /// show how many come back as the same JSON
    #[arg(long)]
    examples: bool,

    /// Print one JSON document instead of the table
    #[arg(long)]
    json: bool,

    /// How many crates to compile at the same time [default: as many as processors and memory
    /// allow, at 4 GB each]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// The longest that generating one crate may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    generate_limit: u32,

    /// The longest that compiling one crate may take, without its dependencies
    #[arg(long, value_name = "SECONDS", default_value_t = 20 * 60)]
    check_limit: u32,

    /// The folder for crates, logs and what is compiled [default: target/corpus]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Generating makes and drops millions of small values, which takes twice as long with the allocator
/// of some systems.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code is 0 if every document of a supported version came through whole.
fn main() -> ExitCode {
    if let Some(code) = rustc::in_its_place().or_else(step::in_a_process_of_its_own) {
        return code;
    }
    match attempt(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn attempt(arguments: &Arguments) -> Result<bool, String> {
    let inputs = documents::documents(&arguments.folder)?;
    let place = Place::new(arguments.out.as_deref())?;
    let mut documents = generate(&inputs, &place, Duration::from_secs(arguments.generate_limit.into()));
    let limit = Duration::from_secs(arguments.check_limit.into());
    let jobs = arguments.jobs.map_or_else(default_jobs, usize::from);
    if arguments.check {
        check(&mut documents, &Checker { place: &place, jobs, limit })?;
    }
    let examples = arguments.examples.then(|| examples::examples(&inputs, &documents, &place, limit)).transpose()?;
    let summary = Summary::of(&documents);
    let come_back = examples.iter().flatten().all(Examples::are_good);
    let good = summary.is_good(arguments.check) && come_back;
    let report = Report { profile: Profile::current(), checked: arguments.check, jobs, documents, examples, summary };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report).map_err(|error| format!("error: {error}"))?);
    } else {
        println!("{}", table::text(&report));
    }
    Ok(good)
}

/// As many as have a processor and the memory that the largest crates need.
fn default_jobs() -> usize {
    let processors = available_parallelism().map_or(1, usize::from);
    let memory = usage::available_memory().map_or(1, |memory| memory / MEMORY_OF_A_CHECK);
    processors.min(usize::try_from(memory).unwrap_or(usize::MAX)).max(1)
}

fn generate(inputs: &[Input], place: &Place, limit: Duration) -> Vec<Document> {
    let progress = Progress::new("generate", inputs.len());
    let mut documents = Vec::new();
    for input in inputs {
        progress.begin(&input.file);
        let document = generate_one(input, place, limit);
        progress.done(&table::generated_line(&document));
        documents.push(document);
    }
    documents
}

fn generate_one(input: &Input, place: &Place, limit: Duration) -> Document {
    let count = Step::Count { document: input.path.clone() };
    let counted = count.run_apart(&place.log(&format!("{}.count", input.crate_name)), limit);
    let counted: Result<report::Input, String> = counted.and_then(|counted| counted);
    let (allowances, attempt) = attempts(input, place, limit);
    let mut document = Document {
        document: input.file.clone(),
        crate_name: input.crate_name.clone(),
        input: None,
        outcome: Outcome::Stopped,
        errors: 0,
        first_error: None,
        allowances,
        generating: attempt.as_ref().ok().map(|attempt| attempt.usage),
        output: None,
        check: None,
    };
    match attempt.map(|attempt| attempt.result) {
        Ok(Ok(output)) => {
            document.outcome = Outcome::Generated;
            document.first_error = problem_of_operations(&counted, &output);
            document.output = Some(output);
        }
        Ok(Err(refusal)) => {
            let unsupported = refusal.unsupported_version;
            document.outcome = if unsupported { Outcome::UnsupportedVersion } else { Outcome::Refused };
            document.errors = refusal.errors;
            document.first_error = Some(refusal.first);
        }
        Err(reason) => document.first_error = Some(format!("generating {reason}")),
    }
    document.input = counted.ok();
    document
}

/// Tries without allowances first, then with as many as it takes; returns the last attempt.
fn attempts(input: &Input, place: &Place, limit: Duration) -> (Vec<String>, Result<Attempt, String>) {
    let log = place.log(&format!("{}.generate", input.crate_name));
    let mut allow = Vec::new();
    loop {
        let step = Step::Generate {
            document: input.path.clone(),
            name: input.crate_name.clone(),
            out: place.crate_of(&input.crate_name),
            program: place.program_of(&input.crate_name),
            allow: allow.clone(),
        };
        let attempt: Result<Attempt, String> = step.run_apart(&log, limit);
        let refusal = attempt.as_ref().ok().and_then(|attempt| attempt.result.as_ref().err());
        match refusal.and_then(|refusal| allow::next(&allow, &refusal.rules)) {
            Some(more) => allow = more,
            None => return (allow, attempt),
        }
    }
}

fn problem_of_operations(counted: &Result<report::Input, String>, output: &report::Output) -> Option<String> {
    match counted {
        Err(reason) => Some(format!("the operations of the document cannot be counted: {reason}")),
        Ok(input) if input.operations == output.operations => None,
        Ok(input) => Some(format!("the document has {} operations, the crate {}", input.operations, output.operations)),
    }
}

/// Compiles what was generated, the largest first, so that the last ones are short.
fn check(documents: &mut [Document], checker: &Checker<'_>) -> Result<(), String> {
    let lines = |document: &&mut Document| document.output.as_ref().map_or(0, |output| output.lines);
    let mut generated: Vec<_> =
        documents.iter_mut().filter(|document| document.outcome == Outcome::Generated).collect();
    generated.sort_by_key(|document| std::cmp::Reverse(lines(document)));
    let names: Vec<_> = generated.iter().map(|document| document.crate_name.clone()).collect();
    let progress = Progress::new("check", names.len());
    let results = Mutex::new(Vec::new());
    checker.check(&names, &progress, |index, (check, first_error)| {
        progress.done(&table::checked_line(&names[index], &check, first_error.as_deref()));
        results.lock().unwrap_or_else(PoisonError::into_inner).push((index, check, first_error));
    })?;
    for (index, check, first_error) in results.into_inner().unwrap_or_else(PoisonError::into_inner) {
        generated[index].check = Some(check);
        generated[index].first_error = first_error.or(generated[index].first_error.take());
    }
    Ok(())
}
