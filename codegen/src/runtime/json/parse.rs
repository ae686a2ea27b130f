//! From text to tree.

use super::check::check;
use super::{Json, JsonError, Reader};

impl<'a> Json<'a> {
    /// Reads a text that is one JSON value, borrowing from it what it can.
    ///
    /// # Errors
    ///
    /// The text is not JSON, has something behind the value, or nests more
    /// than 128 levels.
    pub fn parse(text: &'a str) -> Result<Self, JsonError> {
        let mut reader = Reader::new(text);
        match reader.tree() {
            Ok(tree) if reader.lexer.is_at_end() => Ok(tree),
            _ => check(text).map(|()| Json::Null),
        }
    }
}
