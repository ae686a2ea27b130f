//! Why a text is not JSON.

use std::fmt;

/// A text is not JSON, or nests too deeply to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    line: usize,
    column: usize,
    message: String,
}

impl JsonError {
    /// An error found before the last `rest` bytes of `text`.
    pub(super) fn new(text: &str, rest: usize, message: String) -> Self {
        let read = &text.as_bytes()[..text.len().saturating_sub(rest)];
        let line_start = read.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        Self {
            line: 1 + read.iter().filter(|&&byte| byte == b'\n').count(),
            column: 1 + read[line_start..].iter().filter(|&&byte| starts_char(byte)).count(),
            message,
        }
    }

    /// The line of the error; the first line is 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of the error, in characters; the first one is 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// Whether a byte of UTF-8 is the first one of a character.
fn starts_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid JSON at {}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for JsonError {}
