//! Schemas, keyword by keyword.

use serde_json::Value;

use super::{Extensions, ExternalDocs, v3_0};

/// A schema as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'a>(v3_0::Schema<'a>);

/// What stands in the place of a schema.
#[derive(Clone, Copy)]
pub(crate) enum Child<'a> {
    /// A reference to one.
    Reference(&'a str),
    Schema(Schema<'a>),
}

/// All keywords that say what values look like, without those that have no effect on values of its type.
#[derive(Default)]
pub(crate) struct Keywords<'a> {
    pub typ: Option<&'a str>,
    pub format: Option<&'a str>,
    pub enumeration: Vec<Value>,
    pub properties: Vec<(&'a str, Child<'a>)>,
    pub required: &'a [String],
    pub additional_properties: Option<Additional<'a>>,
    pub items: Option<Child<'a>>,
    pub all_of: Vec<Child<'a>>,
    pub one_of: Vec<Child<'a>>,
    pub any_of: Vec<Child<'a>>,
    pub limits: Limits<'a>,
}

/// What members there may be beside the properties.
#[derive(Clone, Copy)]
pub(crate) enum Additional<'a> {
    Any(bool),
    Schema(Child<'a>),
}

/// What values must keep to, beyond their type. The client leaves that to the server.
#[derive(Clone, Default)]
pub(crate) struct Limits<'a> {
    pub characters: Range,
    pub items: Range,
    pub members: Range,
    pub unique_items: bool,
    pub minimum: Option<f64>,
    pub exclusive_minimum: bool,
    pub maximum: Option<f64>,
    pub exclusive_maximum: bool,
    pub multiple_of: Option<f64>,
    pub pattern: Option<&'a str>,
    /// Whether `not` excludes some values.
    pub not: bool,
}

/// The least and the most of something countable.
pub(crate) type Range = (Option<usize>, Option<usize>);

/// What a schema says to its reader, and of how it is used.
#[derive(Clone, Copy, Default)]
pub(crate) struct Annotations<'a> {
    pub title: Option<&'a str>,
    pub description: Option<&'a str>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub default: Option<&'a Value>,
    pub example: Option<&'a Value>,
    pub external_docs: Option<ExternalDocs<'a>>,
}

/// The member that tells what a value is.
#[derive(Clone)]
pub(crate) struct Discriminator<'a> {
    pub property_name: &'a str,
    /// What its values stand for, each the name of a component or a reference.
    pub mapping: Vec<(&'a str, &'a str)>,
}

impl<'a> Schema<'a> {
    pub(super) fn of(schema: v3_0::Schema<'a>) -> Self {
        Self(schema)
    }

    pub fn keywords(self) -> Keywords<'a> {
        self.0.keywords()
    }

    pub fn annotations(self) -> Annotations<'a> {
        self.0.annotations()
    }

    pub fn discriminator(self) -> Option<Discriminator<'a>> {
        self.0.discriminator()
    }

    pub fn extensions(self) -> Extensions<'a> {
        self.0.extensions()
    }
}

impl Keywords<'_> {
    /// Whether it says nothing about what values look like, but for lists of other schemas.
    pub fn is_bare(&self) -> bool {
        self.typ.is_none()
            && self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.additional_properties.is_none()
            && self.items.is_none()
    }
}
