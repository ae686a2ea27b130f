//! What a mock of a service has to know of it: the table that the runtime's `mock` reads.
//!
//! The table is JSON: the operations with their parameters, bodies and answers, the examples, and the schemas of what is
//! sent. Examples and schemas stand there once, and the operations refer to them by their numbers; and so do answers that
//! operations share, by their places. Where the description
//! has no example of an answer, one is made from the schema, and says so.

mod answers;
mod examples;
mod made;
mod operations;
mod sketch;
#[cfg(test)]
mod tests;

pub(crate) use self::sketch::Sketch;
use crate::diagnostics::Diagnostics;

/// The table of a mock.
#[derive(Clone, Debug)]
pub struct Mocked {
    table: String,
    warnings: Diagnostics,
}

impl Mocked {
    pub(crate) fn new(table: String, warnings: Diagnostics) -> Self {
        Self { table, warnings }
    }

    /// The table, as JSON.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// What is wrong with the description, as far as it can be read: references that lead nowhere among it.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }
}
