//! Schemas, keyword by keyword, in the words of JSON Schema 2020-12.

use serde_json::Value;

use super::{Extensions, ExternalDocs, v3_0, v3_1};
use crate::api::Origin;

/// A schema as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'a>(Written<'a>);

#[derive(Clone, Copy)]
enum Written<'a> {
    V3_0(v3_0::Schema<'a>),
    V3_1(v3_1::Schema<'a>),
}

/// What stands in the place of a schema.
#[derive(Clone, Copy)]
pub(crate) enum Child<'a> {
    /// A reference to one.
    Reference(&'a str),
    Schema(Schema<'a>),
}

/// A schema within another one, and the way to it.
#[derive(Clone, Copy)]
pub(crate) struct Inner<'a> {
    pub at: At<'a>,
    pub child: Child<'a>,
}

/// The way from a schema to a part of it.
#[derive(Clone, Copy)]
pub(crate) enum At<'a> {
    Keyword(&'static str),
    /// In the list of a keyword.
    Item(&'static str, usize),
    /// Under a name that the author chose.
    Member(&'static str, &'a str),
    /// Under such a name, where nothing else is.
    Name(&'a str),
}

impl At<'_> {
    /// The place, from that of the schema.
    pub fn of(self, schema: &Origin) -> Origin {
        match self {
            Self::Keyword(keyword) => schema.child(keyword),
            Self::Item(keyword, index) => schema.child(keyword).child(index.to_string()),
            Self::Member(keyword, name) => schema.child(keyword).child(name),
            Self::Name(name) => schema.child(name),
        }
    }
}

/// All keywords that say what values look like, without those that have no effect on values of its type.
#[derive(Default)]
pub(crate) struct Keywords<'a> {
    /// The one type of its values, beside `null`.
    pub typ: Option<&'a str>,
    pub nullable: Nullable,
    pub format: Option<&'a str>,
    /// The only values that there are, each with its place.
    pub enumeration: Vec<(Value, At<'a>)>,
    pub properties: Vec<(&'a str, Child<'a>)>,
    pub required: Vec<&'a str>,
    /// What other members there may be.
    pub additional: Option<(Additional<'a>, At<'a>)>,
    /// The first items, each by itself.
    pub prefix_items: Vec<Inner<'a>>,
    /// All items behind these.
    pub items: Option<(Items<'a>, At<'a>)>,
    pub all_of: Vec<Inner<'a>>,
    pub one_of: Vec<Inner<'a>>,
    pub any_of: Vec<Inner<'a>>,
    /// What it is by each of several types.
    pub types: Vec<Inner<'a>>,
    /// What only some of its values keep to, such as those that have a certain member.
    pub conditional: Vec<Inner<'a>>,
    /// How bytes are written as text, such as by `base64`.
    pub content_encoding: Option<&'a str>,
    pub content_media_type: Option<&'a str>,
    /// What a text is that is written in that.
    pub content_schema: Option<Inner<'a>>,
    pub limits: Limits<'a>,
}

/// What is said about `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Nullable {
    #[default]
    Unsaid,
    /// It is one of the types, of which a value must keep to all that are said.
    AmongTypes,
    /// It may stand in place of all that is said.
    Yes,
}

/// What members there may be beside the properties.
#[derive(Clone, Copy)]
pub(crate) enum Additional<'a> {
    Any(bool),
    Schema(Child<'a>),
}

/// What items there may be behind the first ones.
#[derive(Clone, Copy)]
pub(crate) enum Items<'a> {
    None,
    Schema(Child<'a>),
}

/// What values must keep to, beyond their type. The client leaves that to the server.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Limits<'a> {
    pub characters: Range,
    pub items: Range,
    pub members: Range,
    pub unique_items: bool,
    pub minimum: Option<Bound>,
    pub exclusive_minimum: Option<Bound>,
    pub maximum: Option<Bound>,
    pub exclusive_maximum: Option<Bound>,
    pub multiple_of: Option<f64>,
    pub pattern: Option<&'a str>,
    /// Whether `not` excludes some values.
    pub not: bool,
}

/// The least and the most of something countable.
pub(crate) type Range = (Option<usize>, Option<usize>);

/// A limit of numbers, and the keyword that has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bound {
    pub value: f64,
    pub keyword: &'static str,
}

/// What a schema says to its reader, and of how it is used.
#[derive(Clone, Copy, Default)]
pub(crate) struct Annotations<'a> {
    pub title: Option<&'a str>,
    pub description: Option<&'a str>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub default: Option<&'a Value>,
    /// The first example, and its place.
    pub example: Option<(&'a Value, At<'static>)>,
    pub external_docs: Option<ExternalDocs<'a>>,
}

/// The member that tells what a value is.
#[derive(Clone)]
pub(crate) struct Discriminator<'a> {
    pub property_name: &'a str,
    /// What its values stand for, each the name of a component or a reference.
    pub mapping: Vec<(&'a str, &'a str)>,
    /// What a value is without the member, or with another value of it.
    pub default_mapping: Option<&'a str>,
}

impl<'a> From<v3_0::Schema<'a>> for Schema<'a> {
    fn from(schema: v3_0::Schema<'a>) -> Self {
        Self(Written::V3_0(schema))
    }
}

impl<'a> From<v3_1::Schema<'a>> for Schema<'a> {
    fn from(schema: v3_1::Schema<'a>) -> Self {
        Self(Written::V3_1(schema))
    }
}

impl<'a> Schema<'a> {
    /// One that takes anything.
    pub fn anything() -> Self {
        v3_1::Schema::ANYTHING.into()
    }

    pub fn keywords(self) -> Keywords<'a> {
        match self.0 {
            Written::V3_0(schema) => schema.keywords(),
            Written::V3_1(schema) => schema.keywords(),
        }
    }

    /// Whether it can combine other schemas: a look that takes less than all keywords do. Most schemas do not.
    pub fn may_combine(self) -> bool {
        match self.0 {
            Written::V3_0(schema) => schema.may_combine(),
            Written::V3_1(schema) => schema.may_combine(),
        }
    }

    pub fn annotations(self) -> Annotations<'a> {
        match self.0 {
            Written::V3_0(schema) => schema.annotations(),
            Written::V3_1(schema) => schema.annotations(),
        }
    }

    pub fn discriminator(self) -> Option<Discriminator<'a>> {
        match self.0 {
            Written::V3_0(schema) => schema.discriminator(),
            Written::V3_1(schema) => schema.discriminator(),
        }
    }

    pub fn extensions(self) -> Extensions<'a> {
        match self.0 {
            Written::V3_0(schema) => schema.extensions(),
            Written::V3_1(schema) => schema.extensions(),
        }
    }
}

impl<'a> Keywords<'a> {
    /// Whether it says nothing about what values look like, but for lists of other schemas.
    pub fn is_bare(&self) -> bool {
        self.typ.is_none() && self.is_bare_but_for_type()
    }

    /// The same, whatever its type is.
    pub fn is_bare_but_for_type(&self) -> bool {
        self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.prefix_items.is_empty()
            && self.items.is_none()
            && self.conditional.is_empty()
            && self.content_encoding.is_none()
            && self.content_media_type.is_none()
            && self.content_schema.is_none()
    }

    /// The values that are listed.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.enumeration.iter().map(|(value, _)| value)
    }

    /// The lists of schemas of which a value is one, or some, each with its keyword.
    pub fn choices(&self) -> [(&'static str, &Vec<Inner<'a>>); 3] {
        [("anyOf", &self.any_of), ("oneOf", &self.one_of), ("type", &self.types)]
    }

    /// Whether it combines other schemas.
    pub fn combines(&self) -> bool {
        !self.all_of.is_empty() || self.choices().iter().any(|(_, list)| !list.is_empty())
    }
}
