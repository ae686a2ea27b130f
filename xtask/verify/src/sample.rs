//! What is held to a schema.

use codegen::{Direction, DocumentedExample, Subject};
use serde_json::Value;

/// A value, and the schema that says what it should be: an example, or what went over the wire.
#[derive(Clone)]
pub struct Sample<'s> {
    /// What it is, such as `GET /cats 200 application/json`.
    pub title: String,
    /// `None`: it is no JSON.
    pub value: Option<&'s Value>,
    /// A URI fragment of the schemas of its direction; `None` if it may be anything.
    pub schema: Option<&'s str>,
    pub direction: Option<Direction>,
    /// Whether a text may be how the value is sent.
    pub is_sent_as_text: bool,
    /// The style of that, where the description names one.
    pub style: Option<&'s str>,
    /// Where it stands in the description, as a JSON Pointer; nothing, if it is in a file of its own, or in none.
    pub pointer: Option<&'s str>,
    /// Whether the value may be shown, or written into a proposal.
    pub is_shown: bool,
}

impl<'s> Sample<'s> {
    pub fn of(example: &'s DocumentedExample) -> Self {
        let title = match example.uses.as_slice() {
            [] => format!("{} at {}", example.title(), example.pointer),
            _ => example.title().to_string(),
        };
        Self {
            title,
            value: example.value.as_ref(),
            schema: example.schema.as_deref(),
            direction: example.direction,
            is_sent_as_text: matches!(example.subject, Subject::Parameter(..) | Subject::Header(_)),
            style: example.style.as_deref(),
            pointer: Some(example.pointer.as_str()).filter(|_| example.file.is_none()),
            is_shown: true,
        }
    }
}
