//! The work of one description, measured in a process of its own.

use std::fmt;
use std::io::Read;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, hint};

use codegen::{Options, Source};
use wait_timeout::ChildExt;

use crate::input::{Family, NOTHING};

/// What tells the process what to do; a family and a size follow.
pub const FLAG: &str = "--measure";

/// By then the work is far more than any of these descriptions is worth.
const DEADLINE: Duration = Duration::from_secs(60);

/// Small ones are tried until so much time is spent, a few times at most.
const ENOUGH: Duration = Duration::from_millis(40);
const MOST: usize = 5;

/// What became of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Crate,
    Mistakes,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Crate => "a crate",
            Self::Mistakes => "refused",
        })
    }
}

pub struct Measured {
    pub seconds: f64,
    pub outcome: Outcome,
}

/// Measures a family at a size; why it cannot be.
pub fn measure(family: &str, size: usize) -> Result<Measured, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    // Threads that wait for work use the processor, too.
    command.args([FLAG, family, &size.to_string()]).env("RAYON_NUM_THREADS", "1").stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let status = child.wait_timeout(DEADLINE).map_err(|error| error.to_string())?;
    let Some(status) = status else {
        // It may have ended by itself just now.
        let _ = child.kill();
        let _ = child.wait();
        return Err(format!("it takes more than {} s", DEADLINE.as_secs()));
    };
    let mut said = String::new();
    if let Some(stdout) = &mut child.stdout {
        stdout.read_to_string(&mut said).map_err(|error| error.to_string())?;
    }
    let outcome = if said.ends_with("refused") { Outcome::Mistakes } else { Outcome::Crate };
    let seconds = said.split_whitespace().next().and_then(|seconds| seconds.parse().ok());
    seconds.filter(|_| status.success()).map(|seconds| Measured { seconds, outcome }).ok_or_else(|| status.to_string())
}

/// Measures a family at a size here, and prints what it takes.
pub fn in_this_process(families: Vec<Family>, name: &str, size: &str) -> ExitCode {
    let family = families.into_iter().find(|family| family.name == name);
    let make = match (family, name) {
        (Some(family), _) => family.make,
        (None, NOTHING) => crate::input::nothing,
        (None, _) => return ExitCode::FAILURE,
    };
    let input = make(size.parse().unwrap_or(1));
    // What the first run of all does once, such as starting threads, is nobody's.
    let nothing = crate::input::nothing(0);
    let _ = hint::black_box(codegen::generate(&nothing.source, &nothing.options));
    let (started, mut best, mut outcome) = (Instant::now(), f64::INFINITY, Outcome::Crate);
    for _ in 0..MOST {
        let before = processor_time();
        outcome = run(&input.source, &input.options);
        best = best.min(processor_time() - before);
        if started.elapsed() > ENOUGH {
            break;
        }
    }
    print!("{best} {outcome}");
    ExitCode::SUCCESS
}

/// All that a user waits for but the disk: the crate, and the messages as they are printed.
fn run(source: &Source, options: &Options) -> Outcome {
    match codegen::generate(source, options) {
        Ok(generated) => {
            hint::black_box((generated.warnings().to_string(), generated.allowances().len()));
            Outcome::Crate
        }
        Err(errors) => {
            hint::black_box(errors.to_string());
            Outcome::Mistakes
        }
    }
}

/// What all threads of this process used so far, in seconds.
#[cfg(unix)]
fn processor_time() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("every process may know its own");
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e6
}

/// Where the system does not tell, the clock does.
#[cfg(not(unix))]
fn processor_time() -> f64 {
    use std::sync::LazyLock;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64()
}
