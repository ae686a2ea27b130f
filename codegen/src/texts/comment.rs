//! Comments in code and in TOML.

use std::borrow::Cow;
use std::fmt;

use super::signs::visible;

/// A text in a comment, which ends with the line.
pub(crate) struct Comment<'a>(Cow<'a, str>);

impl<'a> Comment<'a> {
    pub fn of(text: &'a str) -> Self {
        Self(visible(text))
    }
}

impl fmt::Display for Comment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
