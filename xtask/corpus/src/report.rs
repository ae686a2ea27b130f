//! What a run found out, as `--json` prints it.
//!
//! Times are in seconds, memory in bytes. What is `null` was not measured, or the platform cannot
//! tell. Members may be added; those that are here keep their meaning.

use serde::{Deserialize, Serialize};

use super::examples::Examples;

/// The whole of a run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether this program, and the generator in it, was built with optimisation.
    pub profile: Profile,
    /// Whether the crates were compiled.
    pub checked: bool,
    /// How many crates were compiled at the same time.
    pub jobs: usize,
    /// One entry for each document, by file name.
    pub documents: Vec<Document>,
    /// What became of documented answers, for each document that has any; `null` without `--examples`.
    pub examples: Option<Vec<Examples>>,
    /// The documents counted by what became of them.
    pub summary: Summary,
}

/// How this program was built.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Without optimisation: generating takes several times as long as it could.
    Debug,
    /// With optimisation.
    Release,
}

impl Profile {
    /// How this very program was built.
    pub fn current() -> Self {
        if cfg!(debug_assertions) { Self::Debug } else { Self::Release }
    }

    /// The name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// What became of one document.
#[derive(Debug, Serialize)]
pub struct Document {
    /// The name of its file.
    pub document: String,
    /// The name of the crate made from it, and of the crate's folder.
    pub crate_name: String,
    /// What the document itself has; `null` if it could not be read.
    pub input: Option<Input>,
    /// What became of it.
    pub outcome: Outcome,
    /// How many mistakes or limits refused it.
    pub errors: usize,
    /// The first of them; of a crate that does not compile, the first error of rustc.
    pub first_error: Option<String>,
    /// The rules that it was allowed to break, since it was refused without.
    pub allowances: Vec<String>,
    /// How long reading, generating and writing took, and at how much memory.
    pub generating: Option<Usage>,
    /// What was made of it.
    pub output: Option<Output>,
    /// What rustc said to that; `null` without `--check`.
    pub check: Option<Check>,
}

/// What a document has, counted in its text and not by the generator.
#[derive(Debug, Deserialize, Serialize)]
pub struct Input {
    /// The version as written after `openapi` or `swagger`.
    pub version: Option<String>,
    /// Methods of path items; references to path items are followed.
    pub operations: usize,
    /// Entries of `components.schemas`.
    pub schemas: usize,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// There is a crate.
    Generated,
    /// The generator refused it.
    Refused,
    /// The generator took too long, or stopped without saying what is wrong with the document.
    Stopped,
    /// It is of a version of OpenAPI that the generator does not take.
    UnsupportedVersion,
}

/// What was made of a document.
#[derive(Debug, Deserialize, Serialize)]
pub struct Output {
    /// Operations.
    pub operations: usize,
    /// Types made from schemas.
    pub types: usize,
    /// Warnings of the generator.
    pub warnings: usize,
    /// Files of the crate.
    pub files: usize,
    /// Lines of its Rust files.
    pub lines: usize,
}

/// What rustc said to a crate.
#[derive(Debug, Serialize)]
pub struct Check {
    /// Whether it compiled.
    pub compiled: bool,
    /// Warnings of rustc.
    pub warnings: usize,
    /// Errors of rustc.
    pub errors: usize,
    /// What the rustc of this one crate used; `null` if it did not get that far.
    pub usage: Option<Usage>,
}

/// What a process used.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Usage {
    /// Wall-clock time.
    pub seconds: f64,
    /// Time on processors.
    pub cpu_seconds: Option<f64>,
    /// The most memory that was resident at one time.
    pub peak_memory: Option<u64>,
}

/// The documents counted by what became of them.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// There is a crate.
    pub generated: usize,
    /// The crate compiles.
    pub compiled: usize,
    /// It compiles, and rustc warns of nothing.
    pub without_warnings: usize,
    /// Refused, or stopped without an answer.
    pub refused: usize,
    /// Of a version of OpenAPI that the generator does not take.
    pub unsupported_version: usize,
    /// There is a crate, but not with as many operations as the document has.
    pub operations_differ: usize,
}

impl Document {
    /// Whether there is a crate, but not with as many operations as the document has.
    pub fn operations_differ(&self) -> bool {
        let expected = self.input.as_ref().map(|input| input.operations);
        self.output.as_ref().is_some_and(|output| expected != Some(output.operations))
    }
}

impl Summary {
    /// Counts the documents.
    pub fn of(documents: &[Document]) -> Self {
        let mut summary = Self::default();
        for document in documents {
            match document.outcome {
                Outcome::Generated => summary.generated += 1,
                Outcome::Refused | Outcome::Stopped => summary.refused += 1,
                Outcome::UnsupportedVersion => summary.unsupported_version += 1,
            }
            let compiled = document.check.as_ref().filter(|check| check.compiled);
            summary.compiled += usize::from(compiled.is_some());
            summary.without_warnings += usize::from(compiled.is_some_and(|check| check.warnings == 0));
            summary.operations_differ += usize::from(document.operations_differ());
        }
        summary
    }

    /// Whether every document of a supported version came through whole.
    pub fn is_good(&self, checked: bool) -> bool {
        let clean = !checked || self.without_warnings == self.generated;
        self.refused == 0 && self.operations_differ == 0 && clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of two operations, with so many of them in its crate, which compiles.
    fn document(operations: usize, outcome: Outcome, warnings: usize) -> Document {
        let is_generated = outcome == Outcome::Generated;
        let output = Output { operations, types: 1, warnings: 1, files: 1, lines: 1 };
        let check = Check { compiled: true, warnings, errors: 0, usage: None };
        Document {
            document: "cats.yaml".to_owned(),
            crate_name: "cats-client".to_owned(),
            input: Some(Input { version: None, operations: 2, schemas: 0 }),
            outcome,
            errors: 0,
            first_error: None,
            allowances: Vec::new(),
            generating: None,
            output: is_generated.then_some(output),
            check: is_generated.then_some(check),
        }
    }

    #[test]
    fn a_run_is_good_if_every_document_came_through_whole() {
        let good = [document(2, Outcome::Generated, 0), document(0, Outcome::UnsupportedVersion, 0)];
        let summary = Summary::of(&good);
        let expected =
            Summary { generated: 1, compiled: 1, without_warnings: 1, unsupported_version: 1, ..Summary::default() };
        assert_eq!(summary, expected);
        assert!(summary.is_good(true));

        let is_good = |document| Summary::of(&[document]).is_good(true);
        assert!(!is_good(document(0, Outcome::Refused, 0)));
        assert!(!is_good(document(0, Outcome::Stopped, 0)));
        assert!(!is_good(document(1, Outcome::Generated, 0)));
        assert!(!is_good(document(2, Outcome::Generated, 1)));
        assert!(!is_good(Document { input: None, ..document(2, Outcome::Generated, 0) }));
        let broken = Check { compiled: false, warnings: 0, errors: 1, usage: None };
        assert!(!is_good(Document { check: Some(broken), ..document(2, Outcome::Generated, 0) }));
    }

    #[test]
    fn what_was_not_compiled_can_be_good() {
        let unchecked = Document { check: None, ..document(2, Outcome::Generated, 0) };
        let summary = Summary::of(&[unchecked]);
        assert!(summary.is_good(false) && !summary.is_good(true));
    }
}
