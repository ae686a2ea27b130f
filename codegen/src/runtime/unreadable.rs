//! Why an answer is not what the API description promises.

use std::fmt;

use http::HeaderValue;

use super::excerpt::{self, excerpt};
use super::json::{JsonError, Mismatch};

/// An answer that does not fit the API description: a status that it does not mention, or a body
/// that is not what it says.
///
/// Its Display is part of a sentence. The answer itself is kept by the
/// [`Error`](super::error::Error).
#[derive(Debug)]
pub struct Unreadable(Reason);

#[derive(Debug)]
enum Reason {
    Undocumented,
    TooLarge { limit: usize },
    Empty,
    Encoded { encoding: String },
    Encoding { offset: usize },
    Syntax { error: JsonError, media_type: Option<String>, near: String },
    Mismatch(Mismatch),
    NoItems { media_type: String },
}

impl Unreadable {
    pub(crate) fn undocumented() -> Self {
        Self(Reason::Undocumented)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self(Reason::TooLarge { limit })
    }

    pub(crate) fn empty() -> Self {
        Self(Reason::Empty)
    }

    /// `encoding` is the `Content-Encoding` of a body that is not as the API description has it.
    pub(crate) fn encoded(encoding: String) -> Self {
        Self(Reason::Encoded { encoding })
    }

    /// `offset` counts the bytes of the body before the first one that is not UTF-8.
    pub(crate) fn encoding(offset: usize) -> Self {
        Self(Reason::Encoding { offset })
    }

    /// `text` is what was parsed, or empty if it is not to be shown.
    pub(crate) fn syntax(error: JsonError, media_type: Option<&HeaderValue>, text: &str) -> Self {
        let media_type = media_type.map(|value| excerpt::of_bytes(value.as_bytes()));
        let near = near(text, error.line(), error.column());
        Self(Reason::Syntax { error, media_type, near })
    }

    /// `media_type` is what there is in place of items that come one after the other.
    pub(crate) fn no_items(media_type: &str) -> Self {
        Self(Reason::NoItems { media_type: excerpt(media_type) })
    }

    pub(crate) fn mismatch(mismatch: Mismatch) -> Self {
        Self(Reason::Mismatch(mismatch))
    }
}

/// What stands around a place in `text`, on its line. Lines and columns count from 1.
fn near(text: &str, line: usize, column: usize) -> String {
    const BEFORE: usize = 20;
    const AROUND: usize = 60;
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or("");
    let around = line.chars().skip(column.saturating_sub(BEFORE + 1));
    excerpt(&around.take(AROUND).collect::<String>())
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Undocumented => f.write_str("the API description does not mention this status"),
            Reason::TooLarge { limit } => write!(
                f,
                "the body is larger than {limit} bytes, the limit that \
                 `ClientBuilder::max_body_size` sets"
            ),
            Reason::Empty => f.write_str("the body is empty where JSON should be"),
            Reason::Encoded { encoding } => write!(
                f,
                "the body has the Content-Encoding {encoding}, which was not asked for: check the server, and what \
                 stands between here and there"
            ),
            Reason::Encoding { offset } => {
                write!(f, "the body is not UTF-8: the byte at offset {offset} does not fit")
            }
            Reason::Syntax { error, media_type, near } => {
                f.write_str("the body is not JSON")?;
                if let Some(media_type) = media_type {
                    write!(f, " (Content-Type: {media_type})")?;
                }
                write!(f, ": {} at {}:{}", error.message(), error.line(), error.column())?;
                if !near.is_empty() {
                    write!(f, ", near `{near}`")?;
                }
                Ok(())
            }
            Reason::NoItems { media_type } => {
                write!(f, "the body has the Content-Type {media_type}, which is no stream of items")
            }
            Reason::Mismatch(mismatch) => {
                let mismatch = excerpt(&mismatch.to_string());
                write!(f, "the body does not fit the API description: {mismatch}")
            }
        }
    }
}

impl std::error::Error for Unreadable {}
