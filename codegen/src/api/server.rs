//! Addresses.

use super::{Name, Origin, Variant};
use crate::texts::Doc;

/// A server that callers can choose: a variant of `Server`. With something to fill in, a type too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    pub name: Name,
    /// As the description calls it, if it does.
    pub key: Option<String>,
    /// What it may be called, the shorter first, if nothing gives it a name.
    pub names: Vec<String>,
    /// Set by `plan`.
    pub type_name: String,
    /// The address, without a slash at its end; only its path if it is relative.
    pub url: Vec<Segment>,
    /// Whether the description leaves open on which host it is.
    pub relative: bool,
    pub variables: Vec<ServerVariable>,
    /// The scheme and host from which its tokens come. All servers have one, or none.
    pub authority: Option<String>,
    pub doc: Doc,
    pub origin: Origin,
}

impl Server {
    /// The address with `{name}` for each variable.
    pub fn template(&self) -> String {
        Segment::template(&self.url)
    }

    /// Whether callers have something to fill in.
    pub fn is_open(&self) -> bool {
        self.relative || !self.variables.is_empty()
    }
}

/// A variable in the address of a server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ServerVariable {
    pub name: Name,
    /// The type of its values, if they are listed. Set by `plan`.
    pub type_name: String,
    /// Empty: any text.
    pub values: Vec<Variant>,
    /// None: callers have to give a value.
    pub default: Option<String>,
    pub doc: Doc,
    pub origin: Origin,
}

/// The servers that an operation has instead of those of the document.
#[derive(Clone, Debug)]
pub(crate) struct OwnServers {
    /// The first, with the defaults of its variables. A path, if it is on the host of the others.
    pub url: String,
    pub doc: Doc,
    /// For clients of a server of the document, where that is another one.
    pub beside: Vec<(String, String)>,
    /// Those that callers may choose instead.
    pub others: Vec<String>,
}

/// A piece of the template of a path or an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Segment {
    Literal(String),
    /// The wire name of a parameter or a variable.
    Param(String),
}

impl Segment {
    /// The text with `{name}` for each parameter.
    pub fn template(segments: &[Self]) -> String {
        let pieces = segments.iter().map(|segment| match segment {
            Self::Literal(text) => text.clone(),
            Self::Param(name) => format!("{{{name}}}"),
        });
        pieces.collect()
    }
}
