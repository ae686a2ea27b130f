//! A documented answer, as it is listed.

use serde::Deserialize;
use serde_json::value::RawValue;

/// An example of an answer.
#[derive(Debug, Deserialize)]
pub struct Row {
    method: String,
    path: String,
    status: String,
    #[serde(default)]
    name: String,
    example: Box<RawValue>,
    /// Whether it is valid by its schema.
    pub valid: bool,
}

impl Row {
    /// Which answer it is one of: method, path and status.
    pub fn answer(&self) -> String {
        format!("{} {} {}", self.method, self.path, self.status)
    }

    /// What it is called.
    pub fn title(&self) -> String {
        format!("{} {}", self.answer(), self.name).trim_end().to_owned()
    }

    /// The JSON, as it is spelled, in a line.
    pub fn json(&self) -> &str {
        self.example.get()
    }
}

/// The rows of a file, one a line.
///
/// # Errors
///
/// When a line is something else.
pub fn rows(text: &str) -> Result<Vec<Row>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |(index, line)| serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1));
    lines.map(row).collect()
}
