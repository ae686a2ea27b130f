//! The net under schemas that multiply: a few that extend each other can come to more types than anybody
//! would wait for.

use std::cell::Cell;

use super::ground::Ground;
use crate::api::Origin;
use crate::description::Description;
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// What any description may come to, and how much more for each of its values. Those of real APIs come to
/// 3 to 22 steps a value.
const FREE: usize = 100_000;
const PER_VALUE: usize = 200;

/// What a type costs, against the step that it takes to look at a schema or to make a member.
const TYPE: usize = 100;

/// How much a description comes to: a count, so that the same one is always taken, or never.
pub(super) struct Size {
    steps: Cell<usize>,
    limit: usize,
}

impl Size {
    pub fn limit_for(document: &Description) -> Self {
        Self { steps: Cell::new(0), limit: FREE + PER_VALUE * document.values }
    }

    /// Whether it is too much. Nothing is worth another step then.
    pub fn is_exceeded(&self) -> bool {
        self.steps.get() > self.limit
    }
}

impl Ground<'_> {
    /// Counts a step for what is at a place; `false` if that was one too many.
    pub fn step(&self, at: &Origin) -> bool {
        self.count(1, at)
    }

    /// Counts a type.
    pub fn count_type(&self, at: &Origin) {
        self.count(TYPE, at);
    }

    fn count(&self, steps: usize, at: &Origin) -> bool {
        let was_exceeded = self.size.is_exceeded();
        self.size.steps.update(|before| before + steps);
        if self.size.is_exceeded() && !was_exceeded {
            let message = "put together as they say, the schemas come to an enormous number of types";
            self.push(Diagnostic::error(Rule::TooLarge, at, message).help(
                "the limit, which grows with the description, was reached here; where the same schemas are combined \
                 again and again, give the combination a name and refer to it",
            ));
        }
        !self.size.is_exceeded()
    }
}
