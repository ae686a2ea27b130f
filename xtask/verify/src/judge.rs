//! Whether the examples of a description are what its schemas say.

use codegen::Documented;
use serde_json::Value;

use crate::classify::{Classifier, hidden, is_of_format, shortened};
use crate::finding::Finding;
use crate::har::Piece;
use crate::members::Look;
use crate::sample::Sample;
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

/// What is said of schemas that cannot be compiled.
pub fn uncompiled(error: String) -> String {
    format!("error: the schemas cannot be compiled: {error}")
}

/// Judges all examples, in their order.
///
/// # Errors
///
/// When the schemas cannot be compiled, as text to show.
pub fn judge(documented: &Documented) -> Result<Vec<Verdict>, String> {
    let directions = Directions::of(documented).map_err(uncompiled)?;
    let judged = documented.examples().iter().map(|example| verdict(&Sample::of(example), &directions));
    Ok(judged.collect())
}

/// Judges the parts of requests and answers, in their order.
///
/// # Errors
///
/// As [`judge`].
pub fn judge_traffic(documented: &Documented, pieces: &[Piece], is_shown: bool) -> Result<Vec<Verdict>, String> {
    let directions = Directions::of(documented).map_err(uncompiled)?;
    Ok(pieces.iter().map(|piece| verdict(&piece.sample(is_shown), &directions)).collect())
}

/// Holds a sample to its schema.
fn verdict(sample: &Sample<'_>, directions: &Directions) -> Verdict {
    let (Some(value), Some(fragment)) = (sample.value, sample.schema) else { return Verdict::NotJudged };
    let schemas = directions.of_direction(sample.direction);
    let root = fragment.trim_start_matches('#');
    let fits = |value: &Value| schemas.is_valid(root, value);
    if sample.is_sent_as_text && wire::readings(value, sample.style).iter().any(fits) {
        return Verdict::Judged { fits: true, findings: Vec::new() };
    }
    let mut look = Look::new(schemas);
    look.value(value, &[root.to_owned()], "");
    let show = if sample.is_shown { shortened } else { hidden };
    let mut classifier = Classifier::new(schemas, show, look.echoes);
    let mut fits = true;
    schemas.each_error(root, value, |error| {
        fits &= is_of_format(error);
        classifier.error(error);
    });
    let findings = classifier.found.into_iter().chain(look.found).collect();
    Verdict::Judged { fits, findings }
}
