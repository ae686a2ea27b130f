//! Parameters, and how their values are written.

use super::{Form, Name, Origin, Type};
use crate::texts::Doc;

#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub name: Name,
    pub location: Location,
    pub written: Written,
    pub required: bool,
    pub deprecated: bool,
    pub ty: Type,
    pub call_id: Option<CallId>,
    pub doc: Doc,
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    /// The query as a whole.
    Querystring,
    Header,
    Cookie,
}

impl Location {
    /// The word that OpenAPI has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Querystring => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// One value, as it is.
    Plain,
    /// `name=a&name=b`
    Repeated,
    /// `a,b` in a query
    Commas,
    /// By what it turns out to be.
    Styled(Style),
    /// As a form, which is the whole query.
    Form(Form),
}

/// How a value is written into a parameter or a form, whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub kind: StyleKind,
    pub explode: bool,
    /// `allowReserved`
    pub reserved: bool,
    /// `allowEmptyValue`
    pub empty: bool,
}

impl Style {
    pub fn new(kind: StyleKind) -> Self {
        Self { kind, explode: false, reserved: false, empty: false }
    }

    /// The same without an `explode` that says nothing: `deepObject` is exploded by its nature.
    pub fn settled(self) -> Self {
        Self { explode: self.explode && self.kind != StyleKind::DeepObject, ..self }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    /// As a form, with nothing escaped.
    Cookie,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// JSON: `content`, or `contentType` in a form.
    Json,
    /// What a property of a form has by itself.
    Property,
}

impl StyleKind {
    /// The word that OpenAPI has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::Cookie => "cookie",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Json | Self::Property => "content",
        }
    }
}

/// What a header that identifies the call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallId {
    Request,
    Correlation,
    Idempotency,
}
