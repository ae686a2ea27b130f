//! Whether the examples of a description are what its schemas say.

use std::collections::HashSet;

use codegen::{Documented, DocumentedExample};

use crate::class::Class;
use crate::classify::{Classifier, is_of_format};
use crate::finding::Finding;
use crate::members::Look;
use crate::schemas::Directions;

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
/// When the schemas cannot be compiled.
pub fn judge(documented: &Documented) -> Result<Vec<Verdict>, String> {
    let directions = Directions::of(documented)?;
    Ok(documented.examples().iter().map(|example| verdict(example, &directions)).collect())
}

fn verdict(example: &DocumentedExample, directions: &Directions) -> Verdict {
    let (Some(value), Some(fragment)) = (&example.value, &example.schema) else { return Verdict::NotJudged };
    let schemas = directions.of_direction(example.direction);
    let mut look = Look { schemas, found: Vec::new() };
    let root = fragment.trim_start_matches('#');
    look.value(value, &[root.to_owned()], "");
    let mut classifier = Classifier { schemas, found: Vec::new() };
    let mut fits = true;
    schemas.each_error(root, value, |error| {
        fits &= is_of_format(error);
        classifier.error(error);
    });
    let findings = without_echoes(look.found, classifier.found);
    Verdict::Judged { fits, findings }
}

/// All that was found, once, and without what follows from something else: of what has nothing in common with its schema,
/// that something is missing; of a name that is written in another way, that one is missing and the other is too much.
fn without_echoes(seen: Vec<Finding>, said: Vec<Finding>) -> Vec<Finding> {
    let strangers: HashSet<_> = seen
        .iter()
        .filter(|finding| finding.class == Class::NothingInCommon)
        .map(|finding| finding.value.clone())
        .collect();
    let renamed = |object: &str, name: &str| {
        seen.iter().any(|finding| {
            let parent = finding.value.rsplit_once('/').map(|(parent, _)| parent);
            finding.class == Class::EqualButForCase
                && parent == Some(object)
                && [&finding.member, &finding.called].into_iter().flatten().any(|known| known == name)
        })
    };
    let is_echo = |finding: &Finding| match (finding.class, &finding.member) {
        (Class::RequiredMissing | Class::ForbiddenMember, Some(name)) => {
            strangers.contains(&finding.value) || renamed(&finding.value, name)
        }
        _ => false,
    };
    let said: Vec<_> = said.into_iter().filter(|finding| !is_echo(finding)).collect();
    let mut known = HashSet::new();
    said.into_iter().chain(seen).filter(|finding| known.insert(finding.key())).collect()
}
