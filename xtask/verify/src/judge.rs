//! Whether the examples of a description are what its schemas say.

use codegen::{Documented, DocumentedExample, Subject};
use serde_json::Value;

use crate::classify::{Classifier, is_of_format};
use crate::finding::Finding;
use crate::members::Look;
use crate::schemas::Directions;
use crate::wire;

/// What became of an example.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing says what it should be, or it is no JSON.
    NotJudged,
    /// What is to be said of it, and whether it fits its schema all the same: what the schema does not have it allows,
    /// and formats are hints.
    Judged { fits: bool, findings: Vec<Finding> },
}

impl Verdict {
    pub fn fits(&self) -> bool {
        matches!(self, Self::Judged { fits: true, .. })
    }

    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::NotJudged => &[],
            Self::Judged { findings, .. } => findings,
        }
    }
}

/// Judges all examples, in their order.
///
/// # Errors
///
/// When the schemas cannot be compiled, as text to show.
pub fn judge(documented: &Documented) -> Result<Vec<Verdict>, String> {
    let directions =
        Directions::of(documented).map_err(|error| format!("error: the schemas cannot be compiled: {error}"))?;
    Ok(documented.examples().iter().map(|example| verdict(example, &directions)).collect())
}

fn verdict(example: &DocumentedExample, directions: &Directions) -> Verdict {
    let (Some(value), Some(fragment)) = (&example.value, &example.schema) else { return Verdict::NotJudged };
    let schemas = directions.of_direction(example.direction);
    let is_sent_as_text = matches!(example.subject, Subject::Parameter(..) | Subject::Header(_));
    let fits = |value: &Value| schemas.is_valid(fragment.trim_start_matches('#'), value);
    if is_sent_as_text && wire::readings(value, example.style.as_deref()).iter().any(fits) {
        return Verdict::Judged { fits: true, findings: Vec::new() };
    }
    let mut look = Look::new(schemas);
    let root = fragment.trim_start_matches('#');
    look.value(value, &[root.to_owned()], "");
    let mut classifier = Classifier::new(schemas, look.echoes);
    let mut fits = true;
    schemas.each_error(root, value, |error| {
        fits &= is_of_format(error);
        classifier.error(error);
    });
    let findings = classifier.found.into_iter().chain(look.found).collect();
    Verdict::Judged { fits, findings }
}
