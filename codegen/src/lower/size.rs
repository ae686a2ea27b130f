//! The net under schemas that multiply: a few that extend each other can come to more types than anybody
//! would wait for.

use serde_json::Value;

use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;

/// What any description may come to, and how much more for each of its values. Real ones come to three
/// steps a value at most.
const FREE: usize = 100_000;
const PER_VALUE: usize = 40;

/// What a type costs, against the step that it takes to look at a schema or to make a member.
const TYPE: usize = 20;

/// How much a description comes to: a count, so that the same one is always taken, or never.
pub(super) struct Size {
    steps: usize,
    limit: usize,
}

impl Size {
    pub fn limit_for(tree: &Value) -> Self {
        Self { steps: 0, limit: FREE + PER_VALUE * values(tree) }
    }

    /// Whether it is too much. Nothing is worth another step then.
    pub fn is_exceeded(&self) -> bool {
        self.steps > self.limit
    }

    /// Counts a step for what is at a place; `false` if that was one too many.
    pub fn step(&mut self, at: &Origin, report: &mut Report) -> bool {
        self.add(1, at, report)
    }

    /// Counts a type.
    pub fn add_type(&mut self, at: &Origin, report: &mut Report) {
        self.add(TYPE, at, report);
    }

    fn add(&mut self, steps: usize, at: &Origin, report: &mut Report) -> bool {
        let was_exceeded = self.is_exceeded();
        self.steps += steps;
        if self.is_exceeded() && !was_exceeded {
            let message = "the schemas of this description, put together as they say, come to an enormous number of types";
            let diagnostic = Diagnostic::error(Rule::TooLarge, at, message);
            report.push(diagnostic.help(
                "here it became too much: where schemas that extend each other, or lists of alternatives beside each \
                 other, meet again and again, refer to one schema instead",
            ));
        }
        !self.is_exceeded()
    }
}

/// How many values there are in a document.
fn values(tree: &Value) -> usize {
    match tree {
        Value::Array(items) => 1 + items.iter().map(values).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(values).sum::<usize>(),
        _ => 1,
    }
}
