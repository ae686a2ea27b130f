//! How the work of the generator grows with a description: for each of many families of descriptions, the
//! processor time at a size, at twice that and at four times that.
//!
//! Twice the description may take at most three times the work: time grows with the document, not with the
//! number of pairs of its parts or of ways through it. Each size is tried in a process of its own, so that
//! one that crashes or never ends is a line of the table like any other.
//!
//! What is measured is the processor time of a process with a single thread, the least of several tries,
//! without what a description of nothing takes. Unlike the time on the clock, it does not grow when others
//! use the machine; unlike the number of allocations, it counts what merely compares; unlike the number of
//! instructions, every system tells it. A ratio that is too large is measured again before it counts: at last
//! alone, as all families are measured beside others at first, one for each processor.
//!
//! `cargo bench -p client-tests --bench growth`, or with `-- TEXT` only the families whose names have the text
//! in them. `GROWTH_SCALE=10` makes all of them ten times larger, which is for an optimised build.

mod documents;
mod files;
mod input;
mod json_schema;
mod measure;
mod operations;
mod references;
mod schemas;
mod texts;
mod unions;

use std::env;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use input::{Expected, Family};
use measure::{Measured, Outcome};

/// The most that twice the description may take, in the work of one.
const LIMIT: f64 = 3.0;

/// The sizes that are measured, in the family's own.
const FACTORS: [usize; 3] = [1, 2, 4];

/// How often a family is measured beside others before it is measured alone.
const TRIES_BESIDE: usize = 3;

/// How often a family is measured alone before a ratio counts against it.
const TRIES: usize = 10;

fn families() -> Vec<Family> {
    [
        references::FAMILIES,
        schemas::FAMILIES,
        json_schema::FAMILIES,
        unions::FAMILIES,
        operations::FAMILIES,
        files::FAMILIES,
        documents::FAMILIES,
        texts::FAMILIES,
    ]
    .concat()
}

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, family, size] = arguments.as_slice()
        && flag == measure::FLAG
    {
        return measure::in_this_process(families(), family, size);
    }
    let is_wanted = |family: &Family| arguments.is_empty() || arguments.iter().any(|text| family.name.contains(text));
    let wanted: Vec<_> = families().into_iter().filter(is_wanted).collect();
    let nothing = match measure::measure(input::NOTHING, 0) {
        Ok(measured) => measured.seconds,
        Err(why) => {
            eprintln!("FAILED: not even a description of nothing can be measured: {why}");
            return ExitCode::FAILURE;
        }
    };
    println!("a description of nothing: {:.1} ms\n", nothing * 1e3);
    println!("{:<66}{:>7}{:>10}{:>10}{:>10}{:>7}{:>7}", "family", "size", "ms", "x2", "x4", "ratio", "ratio");
    let doubtful = beside_each_other(&wanted, nothing);
    let mut complaints = Vec::new();
    for family in doubtful {
        let judged = judge(family, nothing, TRIES);
        println!("{}", judged.line);
        complaints.extend(judged.complaint);
    }
    println!();
    if complaints.is_empty() {
        println!("twice the description takes at most {LIMIT} times the work in all {} families", wanted.len());
        return ExitCode::SUCCESS;
    }
    complaints.iter().for_each(|complaint| eprintln!("FAILED: {complaint}"));
    ExitCode::FAILURE
}

/// Judges as many families at a time as there are processors, and prints the lines of those that are good; the others.
fn beside_each_other(families: &[Family], nothing: f64) -> Vec<&Family> {
    let (next, doubtful) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(family) = families.get(next.fetch_add(1, Ordering::Relaxed)) {
            let judged = judge(family, nothing, TRIES_BESIDE);
            match judged.complaint {
                None => println!("{}", judged.line),
                Some(_) => doubtful.lock().expect("nobody panicked").push(family),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    doubtful.into_inner().expect("nobody panicked")
}

/// What a family takes.
struct Judged {
    /// Its line of the table.
    line: String,
    /// What is wrong with it.
    complaint: Option<String>,
}

/// Measures a family, so often at most.
fn judge(family: &Family, nothing: f64, tries: usize) -> Judged {
    let scale = env::var("GROWTH_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1);
    let sizes = FACTORS.map(|factor| family.size * scale * factor);
    let is_good = |seconds: [f64; 3]| ratios(seconds, nothing).iter().all(|ratio| *ratio <= LIMIT);
    let mut best = [f64::INFINITY; FACTORS.len()];
    for _ in 0..tries {
        let mut now = best;
        for (size, now) in sizes.iter().zip(&mut now) {
            match measure::measure(family.name, *size) {
                Ok(Measured { seconds, outcome }) if fits(family.expected, outcome) => *now = seconds,
                Ok(Measured { outcome, .. }) => return failed(family, *size, &format!("it is {outcome}")),
                Err(why) => return failed(family, *size, &why),
            }
        }
        // A processor has times at which all it does takes longer: those of one try belong together.
        if is_good(now) {
            best = now;
            break;
        }
        best.iter_mut().zip(now).for_each(|(best, now)| *best = best.min(now));
        if is_good(best) {
            break;
        }
    }
    let [one, two, four] = best.map(|seconds| (seconds - nothing).max(0.0) * 1e3);
    let [first, second] = ratios(best, nothing);
    let is_good = is_good(best);
    let mark = if is_good { "" } else { "  TOO MUCH" };
    let complaint = || format!("{}: twice the description takes {:.2} times the work", family.name, first.max(second));
    Judged {
        line: format!(
            "{:<66}{:>7}{one:>10.1}{two:>10.1}{four:>10.1}{first:>7.2}{second:>7.2}{mark}",
            family.name, sizes[0]
        ),
        complaint: (!is_good).then(complaint),
    }
}

fn failed(family: &Family, size: usize, why: &str) -> Judged {
    Judged {
        line: format!("{:<66}{size:>7} {why}", family.name),
        complaint: Some(format!("{} of size {size}: {why}", family.name)),
    }
}

fn fits(expected: Expected, outcome: Outcome) -> bool {
    match expected {
        Expected::Crate => outcome == Outcome::Crate,
        Expected::Mistakes => outcome == Outcome::Mistakes,
        Expected::Either => true,
    }
}

/// By how much the work grows from each size to the next. What is less than a description of nothing counts as
/// much as that: it is not measured well enough to tell.
fn ratios([one, two, four]: [f64; 3], nothing: f64) -> [f64; 2] {
    let work = |seconds: f64| (seconds - nothing).max(nothing);
    [work(two) / work(one), work(four) / work(two)]
}
