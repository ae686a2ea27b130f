//! An overlay that makes a description say what its examples show.
//!
//! Each disagreement comes to an edit of the schema, or, where JSON is written as a string, of the example. The edits are
//! applied and the examples are judged again, until nothing is left that an edit is known for: what one edit brings to
//! light, such as the next value of a list, the next round mends.

mod action;
mod carry_out;
mod infer;
mod plan;

use std::collections::HashSet;

use codegen::{Options, Source};
use serde_json::{Value, json};

use crate::finding::Finding;
use crate::har::Traffic;
use crate::judge;
use crate::sample::Sample;
use action::Action;
use carry_out::Editor;
use plan::Edits;

/// How often what was mended is judged again.
const ROUNDS: usize = 16;

/// What is proposed.
pub struct Proposal {
    actions: Vec<Action>,
    /// How many disagreements the edits are for.
    pub before: usize,
    /// How many are left of them.
    pub left: usize,
}

/// What the edits are for.
#[derive(Clone, Copy, Default)]
pub struct Evidence<'e> {
    pub traffic: Option<&'e Traffic>,
    /// Whether values of the traffic may be in the proposal.
    pub is_shown: bool,
    /// Of examples, those alone that stand at these places.
    pub only: Option<&'e HashSet<String>>,
}

/// Finds the edits for a description.
///
/// # Errors
///
/// When the description cannot be read, or its schemas cannot be compiled, as text to show.
pub fn propose(
    source: &Source,
    options: &Options,
    Evidence { traffic, is_shown, only }: Evidence<'_>,
    show: impl Fn(codegen::Diagnostics) -> String,
) -> Result<Proposal, String> {
    let mut proposal = Proposal { actions: Vec::new(), before: 0, left: 0 };
    for round in 0..ROUNDS {
        let options = match proposal.actions.as_slice() {
            [] => options.clone(),
            _ => options.clone().overlay(Source::new("the proposed overlay", proposal.overlay(source.name()))),
        };
        let documented = codegen::described(source, &options).map_err(&show)?;
        let verdicts = judge::judge(&documented)?;
        let found = traffic.map(|traffic| traffic.found(&documented));
        let pieces = found.as_ref().map_or(&[][..], |found| &found.pieces);
        let of_pieces = judge::judge_traffic(&documented, pieces, is_shown)?;
        let is_wanted =
            |sample: &Sample<'_>| only.is_none_or(|only| sample.pointer.is_some_and(|pointer| only.contains(pointer)));
        let examples = documented.examples().iter().map(Sample::of).zip(&verdicts);
        let examples = examples
            .filter(|(sample, _)| is_wanted(sample))
            .flat_map(|(sample, verdict)| verdict.findings().iter().map(move |finding| (sample.clone(), finding)));
        let pieces = pieces.iter().zip(&of_pieces).flat_map(|(piece, verdict)| {
            piece.findings.iter().chain(verdict.findings()).map(|finding| (piece.sample(is_shown), finding))
        });
        let findings: Vec<_> = examples.chain(pieces).collect();
        proposal.left = findings.len();
        if round == 0 {
            proposal.before = proposal.left;
        }
        let actions = actions(documented.document(), &findings);
        if actions.is_empty() {
            break;
        }
        proposal.actions.extend(actions);
    }
    Ok(proposal)
}

fn actions(document: &Value, findings: &[(Sample<'_>, &Finding)]) -> Vec<Action> {
    let version = document.get("openapi").and_then(Value::as_str);
    let is_3_0 = version.is_some_and(|version| version.starts_with("3.0"));
    let mut edits = Edits::new(document, is_3_0);
    findings.iter().for_each(|(sample, finding)| edits.add(sample, finding));
    let editor = Editor { document, is_3_0 };
    edits.finish().iter().flat_map(|planned| editor.actions(planned)).collect()
}

impl Proposal {
    /// Whether there is anything to propose.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// The overlay as JSON.
    fn value(&self, description: &str) -> Value {
        let title = format!("What the examples of {} show", codegen::Shown::from(description));
        let actions: Vec<_> = self.actions.iter().map(Action::value).collect();
        json!({ "overlay": "1.1.0", "info": { "title": title, "version": "1.0.0" }, "actions": actions })
    }

    /// The overlay as YAML, for a description of this name.
    pub fn overlay(&self, description: &str) -> String {
        serde_yaml::to_string(&self.value(description)).unwrap_or_default()
    }
}
