//! What reading and writing JSON costs with the types of an emitted client, beside types that an expert writes by hand
//! with serde.
//!
//! `spec.yaml` describes pages as APIs have them: of plain objects, and of unions. `program/` has such types by hand,
//! and uses the client beside them. It makes sure that both read all that there is and write it again. Then there are
//! measured:
//!
//! - the instructions of reading 1,000 items and of dropping them, by a call and by `serde_json::from_str`, and those of
//!   writing them. They are the same in every run. gungraun counts them, by valgrind; where that is not installed, only
//!   times are shown, which are not judged;
//! - the most memory at once while 20 MB are read, for each byte that is left in the value, and while 32 MiB are passed
//!   by that are not kept. The text itself does not count.
//!
//! `cargo bench -p client-tests --bench reading`. The program is always optimised, so that it is the same with
//! `--profile dev`.

mod measure;
mod table;

use std::process::ExitCode;

use measure::Program;

fn main() -> ExitCode {
    match run() {
        Ok(complaints) if complaints.is_empty() => {
            println!("nothing costs more than it may");
            ExitCode::SUCCESS
        }
        Ok(complaints) => {
            complaints.iter().for_each(|complaint| eprintln!("FAILED: {complaint}"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("FAILED: the benchmark cannot be run: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures everything and prints it; what is too much.
fn run() -> Result<Vec<String>, String> {
    let program = Program::new()?;
    let (work, memory) = (program.work()?, program.memory()?);
    if !measure::has_valgrind() {
        println!("there is no valgrind here, so that no instructions are counted\n");
    }
    let mut complaints = table::of_work(&work);
    println!();
    complaints.extend(table::of_memory(&memory));
    println!();
    Ok(complaints)
}
