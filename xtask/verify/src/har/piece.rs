//! A part of a request or of an answer.

use codegen::Direction;
use serde_json::Value;

use super::Entry;
use crate::class::Class;
use crate::finding::Finding;
use crate::sample::Sample;

/// A part of a request or of an answer: a parameter, a header, a body; or what there is to say of it as a whole.
pub struct Piece {
    pub title: String,
    pub value: Option<Value>,
    pub schema: Option<String>,
    pub direction: Direction,
    pub is_sent_as_text: bool,
    pub style: Option<String>,
    /// What is known without a look at a schema.
    pub findings: Vec<Finding>,
}

impl Piece {
    pub fn new(title: String, direction: Direction) -> Self {
        let findings = Vec::new();
        Self { title, value: None, schema: None, direction, is_sent_as_text: false, style: None, findings }
    }

    pub fn with(self, value: Option<Value>, schema: Option<&String>) -> Self {
        Self { value, schema: schema.cloned(), ..self }
    }

    pub fn text(self, style: Option<&String>) -> Self {
        Self { is_sent_as_text: true, style: style.cloned(), ..self }
    }

    pub fn found(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
    }

    /// A request of no operation.
    pub(super) fn undescribed_operation(entry: &Entry) -> Self {
        let finding = Finding::new(Class::UndescribedOperation, "", "/paths").says(
            format!("no operation is described for `{} {}`", entry.method, entry.url.path()),
            "describe the operation, or correct its path or its servers",
        );
        Self::new(entry.title(), Direction::Sent).found(finding)
    }

    /// As what is held to a schema; `is_shown`: somebody asked to see values.
    pub fn sample(&self, is_shown: bool) -> Sample<'_> {
        Sample {
            title: self.title.clone(),
            value: self.value.as_ref(),
            schema: self.schema.as_deref(),
            direction: Some(self.direction),
            is_sent_as_text: self.is_sent_as_text,
            style: self.style.as_deref(),
            pointer: None,
            is_shown,
        }
    }
}
