//! Bodies, of requests and responses.

use super::{Flag, Name, Origin, Struct, Style, Type};
use crate::texts::Doc;

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub required: bool,
    /// One for each type that the body may have; with several, it is an enum.
    pub content: Vec<Content>,
    /// The type of that enum; set by `plan`.
    pub type_name: String,
    /// The member of it that asks for a stream, if it has one.
    pub flag: Option<Flag>,
    pub doc: Doc,
}

/// A type that a body may have.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// The variant, where there is an enum. On the wire, the media type as the description has it.
    pub name: Name,
    /// The media type that is sent, or asked for.
    pub media_type: String,
    /// Those that are written and read in the same way.
    pub also: Vec<String>,
    pub format: Format,
    pub ty: Type,
    /// Where the examples of it are, each with its media type as the description has that.
    pub examples: Vec<(Origin, String)>,
    pub origin: Origin,
}

impl Content {
    /// All media types that it is written and read in.
    pub fn media_types(&self) -> impl Iterator<Item = &str> {
        [&self.media_type].into_iter().chain(&self.also).map(String::as_str)
    }

    /// Whether the caller has to say what it is sent as.
    pub fn is_open(&self) -> bool {
        self.media_type.split(';').next().is_some_and(|essence| essence.contains('*'))
    }

    /// The parts that the description names, if it is a body of such.
    pub fn parts(&self) -> Option<&Parts> {
        match &self.format {
            Format::Multipart(parts) => parts.as_ref(),
            Format::Json | Format::Text | Format::Bytes | Format::Items(_) | Format::Form(_) => None,
        }
    }
}

/// How a body is written and read.
#[derive(Clone, Debug)]
pub(crate) enum Format {
    Json,
    /// Text, in a type that holds nothing else.
    Text,
    /// Whatever it is, as it is.
    Bytes,
    /// Items, one after the other.
    Items(Framing),
    /// In parts, which the description names or leaves open.
    Multipart(Option<Parts>),
    Form(Form),
}

/// How items follow each other in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Framing {
    /// JSON, an item in each line.
    Lines,
    /// JSON, each item behind a sign (RFC 7464).
    Records,
    /// `text/event-stream`, of which these are the data.
    Events(Data),
}

/// What the data of events are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Data {
    Json,
    Text,
    /// JSON in some events, and text in others.
    Either,
}

/// The parts of a multipart body: a struct, written field by field.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// Set by `plan`.
    pub type_name: String,
    pub shape: Struct,
    /// How each field is written.
    pub written: Vec<PartWritten>,
    /// How the parts are that are not among the fields, each by its own name.
    pub rest: PartWritten,
}

/// How a field becomes parts, with the media type where the description says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartWritten {
    /// By its content: text as it is, an object as JSON, a list item by item.
    Value(Option<String>),
    /// As JSON, whatever it is.
    Json(String),
    /// In a style of forms, as text.
    Style(Style),
    /// As it is, with the name of a file.
    File(Option<String>),
    /// As it is, as the caller wrote it.
    AsIs(Option<String>),
}

/// What stands in a form, `application/x-www-form-urlencoded`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Properties in a style, but for those that have one of their own.
    Properties(Style, Vec<(String, Style)>),
    /// Text that is a form already.
    Text,
}
