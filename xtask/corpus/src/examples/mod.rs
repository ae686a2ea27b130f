//! Whether documented answers come back as the same JSON from the types of the crates.
//!
//! For the document `NAME.yaml`, they are in `examples/NAME.jsonl` of the folder: a JSON object a line, with `method`,
//! `path` and `status` of the answer, the `example`, maybe its `name`, and whether it is `valid` by its schema.

mod row;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::Shown;
use scratch::replies::{Answer, Program, Reply};
use serde::Serialize;

use self::row::Row;
use super::documents::Input;
use super::place::Place;
use super::progress::Progress;
use super::report::{Document, Outcome};
use super::table;

/// What became of the examples of one document.
#[derive(Debug, Serialize)]
pub struct Examples {
    /// The name of the document's file.
    pub document: String,
    /// How many examples there are.
    pub all: usize,
    /// How many of them come back as the same JSON, with numbers as they are spelled.
    pub equal: usize,
    /// How many are valid by their own schemas.
    pub valid: usize,
    /// How many of the valid ones come back.
    pub valid_equal: usize,
    /// How many the types of the crate refuse to read.
    pub refused: usize,
    /// Those that do not come back.
    pub short: Vec<Short>,
}

/// An example that does not come back.
#[derive(Debug, Serialize)]
pub struct Short {
    /// The answer and the name of the example, such as `GET /cats 200 two cats`.
    pub example: String,
    /// Whether it is valid by its schema.
    pub valid: bool,
    /// What became of it, in a line.
    pub problem: String,
}

impl Examples {
    /// Whether all that are valid come back.
    pub fn are_good(&self) -> bool {
        self.valid == self.valid_equal
    }

    fn of(document: &str, rows: &[Row], answers: Vec<Result<Answer, String>>) -> Self {
        let mut examples = Self {
            document: document.to_owned(),
            all: rows.len(),
            equal: 0,
            valid: 0,
            valid_equal: 0,
            refused: 0,
            short: Vec::new(),
        };
        for (row, answer) in rows.iter().zip(answers) {
            examples.valid += usize::from(row.valid);
            examples.refused += usize::from(matches!(answer, Ok(Answer::Unreadable(_))));
            match answer.and_then(|answer| answer.verdict(row.json())) {
                Ok(()) => {
                    examples.equal += 1;
                    examples.valid_equal += usize::from(row.valid);
                }
                Err(problem) => {
                    let example = Shown::from(row.title()).to_string();
                    examples.short.push(Short { example, valid: row.valid, problem: Shown::from(problem).to_string() });
                }
            }
        }
        examples
    }
}

/// Where the examples of a document are, if there are any.
fn of_document(document: &Path) -> Option<PathBuf> {
    let mut name = document.file_stem()?.to_owned();
    name.push(".jsonl");
    Some(document.parent()?.join("examples").join(name)).filter(|file| file.is_file())
}

/// Reads the examples of all documents that there are crates of, and writes them again.
///
/// # Errors
///
/// When a file of examples cannot be read, or is none.
pub fn examples(
    inputs: &[Input],
    documents: &[Document],
    place: &Place,
    limit: Duration,
) -> Result<Vec<Examples>, String> {
    let generated = inputs.iter().zip(documents).filter(|(_, document)| document.outcome == Outcome::Generated);
    let with_examples: Vec<_> =
        generated.filter_map(|(input, document)| Some((document, of_document(&input.path)?))).collect();
    let progress = Progress::new("examples", with_examples.len());
    let mut all = Vec::new();
    for (document, file) in with_examples {
        progress.begin(&document.document);
        let said = |error: &dyn std::fmt::Display| format!("error: {}: {error}", Shown::from(&*file));
        let rows =
            row::rows(&fs::read_to_string(&file).map_err(|error| said(&error))?).map_err(|error| said(&error))?;
        let name = document.crate_name.as_str();
        let (folder, target) = (place.program_of(name), place.target_of_programs());
        let log = place.log(&format!("{name}.examples"));
        let program = Program { name, folder: &folder, target: &target, log: &log, limit };
        let replies: Vec<_> = rows.iter().map(|row| Reply { answer: row.answer(), json: row.json() }).collect();
        let answers = program.answers(&replies);
        let examples = match answers {
            Ok(answers) => Examples::of(&document.document, &rows, answers),
            // Nothing is known of any of them.
            Err(problem) => {
                let unknown = rows.iter().map(|_| Err(problem.clone())).collect();
                Examples::of(&document.document, &rows, unknown)
            }
        };
        progress.done(&table::examples_line(&examples));
        all.push(examples);
    }
    Ok(all)
}
