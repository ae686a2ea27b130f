//! Requests that the server sends.

use http::Method;

use super::{Content, Format, Name, Origin};
use crate::texts::Doc;

/// A request that the server sends to whoever has asked for it.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    /// In Rust, the name of its body's type.
    pub name: Name,
    /// As the description calls it, whatever the method.
    pub key: String,
    pub method: Method,
    /// What its body may be; only JSON has a type.
    pub content: Vec<Content>,
    /// The security schemes by which the server proves who it is.
    pub schemes: Vec<String>,
    pub deprecated: bool,
    pub doc: Doc,
    pub origin: Origin,
}

impl Webhook {
    /// The body that there is a type for.
    pub fn json(&self) -> Option<&Content> {
        self.content.iter().find(|content| matches!(content.format, Format::Json))
    }
}
