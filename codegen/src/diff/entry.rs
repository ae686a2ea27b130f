//! What callers meet of an emitted crate: a tree of entries, each with all that a comparison looks at.

use crate::api::{Origin, Type};
use crate::texts::Doc;

use super::asked::Asked;
use super::callers::Callers;

/// Something of an emitted crate that callers have to do with, and what is inside of it.
pub(super) struct Entry<'a> {
    pub kind: Kind,
    /// What it is known by in both descriptions: it stays the same whatever Rust calls it.
    pub key: String,
    /// What it is known by where no key is the same.
    pub second: String,
    /// The key, as people are told it.
    pub place: String,
    /// What Rust calls it; empty if it has no name of its own.
    pub name: String,
    /// What else Rust calls it.
    pub other_names: Vec<String>,
    /// Where callers find it.
    pub path: String,
    /// Its type, as the emitted code has it.
    pub code: String,
    /// The types that it is made of, and the rest of what rustc sees of it: both have to stay the same.
    pub types: Vec<&'a Type>,
    pub form: String,
    /// Whether whoever makes what is around it has to give it, one behind the other.
    pub is_asked: bool,
    /// What is sent or received on account of it that rustc does not see, each with what it is called.
    pub facts: Vec<(&'static str, String)>,
    /// What callers sign in with.
    pub asked: Option<Asked>,
    pub is_deprecated: bool,
    pub doc: Option<&'a Doc>,
    /// Who has to do with its name and its type.
    pub users: Callers,
    pub origin: &'a Origin,
    pub inner: Vec<Self>,
}

impl<'a> Entry<'a> {
    /// Something that is known by one key and name alone.
    pub fn new(kind: Kind, key: impl Into<String>, name: impl Into<String>, origin: &'a Origin) -> Self {
        let (key, name) = (key.into(), name.into());
        Self {
            kind,
            place: key.clone(),
            key,
            second: name.clone(),
            other_names: Vec::new(),
            path: name.clone(),
            name,
            code: String::new(),
            types: Vec::new(),
            form: String::new(),
            is_asked: false,
            facts: Vec::new(),
            asked: None,
            is_deprecated: false,
            doc: None,
            users: Callers::NONE,
            origin,
            inner: Vec::new(),
        }
    }

    /// Puts it below a path.
    pub fn below(self, path: &str) -> Self {
        Self { path: format!("{path}::{}", self.name), ..self }
    }

    /// A fact, where there is something to say.
    pub fn fact(mut self, name: &'static str, value: Option<String>) -> Self {
        self.facts.extend(value.map(|value| (name, value)));
        self
    }
}

/// The form of a type that only is another name.
pub(super) const OTHER_NAME: &str = "another name";

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Crate,
    Feature,
    Operation,
    Marker,
    Parameter,
    Body,
    BodyVariant,
    Parts,
    Setter,
    Output,
    Error,
    Reply,
    Headers,
    Header,
    Type,
    Field,
    Value,
    Variant,
    Other,
    Trait,
    Conversion,
    Webhook,
    Servers,
    Server,
    ServerMethod,
    ServerVariable,
    Credential,
    CredentialMethod,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Feature => "feature",
            Self::Operation => "operation",
            Self::Marker => "type of the operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::BodyVariant => "variant of the body",
            Self::Parts => "type of the parts",
            Self::Setter => "setter",
            Self::Output => "output",
            Self::Error => "error",
            Self::Reply => "reply",
            Self::Headers => "type of the headers",
            Self::Header => "header",
            Self::Type => "type",
            Self::Field => "field",
            Self::Value => "value",
            Self::Variant => "variant",
            Self::Other => "variant of other values",
            Self::Trait => "trait",
            Self::Conversion => "conversion",
            Self::Webhook => "webhook",
            Self::Servers => "choice of servers",
            Self::Server => "server",
            Self::ServerMethod | Self::CredentialMethod => "method",
            Self::ServerVariable => "variable",
            Self::Credential => "credential",
        }
    }

    /// Whether people are told about it, and about all inside of it, under a title of its own.
    pub fn is_title(self) -> bool {
        matches!(self, Self::Crate | Self::Operation | Self::Type | Self::Webhook | Self::Servers | Self::Credential)
    }

    /// What makes a value of what is around it, and takes what is asked.
    pub fn maker(self) -> &'static str {
        match self {
            Self::Field => "`new`",
            Self::ServerVariable => "the constructor",
            _ => "the method",
        }
    }
}
