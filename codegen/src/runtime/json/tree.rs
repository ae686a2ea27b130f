//! The tree that a JSON text becomes.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A JSON value as it was written.
///
/// Numbers keep their text, so `100.00` stays `100.00` and no digit is lost.
/// Objects keep the order of their members, and members that repeat a name.
///
/// Two values are equal if they have the same structure: the order of an
/// object's members does not count, the spelling of a number does.
#[derive(Clone, Debug)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, in its own spelling. Text that is not a JSON number cannot
    /// be serialized.
    Number(Cow<'a, str>),
    /// A string, without its quotes and escapes.
    String(Cow<'a, str>),
    /// The items of an array.
    Array(Vec<Json<'a>>),
    /// The members of an object, each a name and a value.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// A JSON value that owns its text: any value that the description of the
/// API says nothing about.
pub type JsonValue = Json<'static>;

impl<'a> Json<'a> {
    /// Copies the text that is still borrowed.
    pub fn into_owned(self) -> JsonValue {
        match self {
            Json::Null => Json::Null,
            Json::Bool(value) => Json::Bool(value),
            Json::Number(text) => Json::Number(owned(text)),
            Json::String(text) => Json::String(owned(text)),
            Json::Array(items) => Json::Array(items.into_iter().map(Json::into_owned).collect()),
            Json::Object(members) => {
                Json::Object(members.into_iter().map(|(name, value)| (owned(name), value.into_owned())).collect())
            }
        }
    }

    /// The value of an object's member, the last one if the name repeats.
    ///
    /// `None` if there is no such member, or if this is not an object.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(members) => members.iter().rev().find(|(member, _)| member == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    /// The value, if this is `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The text of the number, if this is one.
    pub fn as_number(&self) -> Option<&str> {
        match self {
            Json::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if this is an array.
    pub fn as_array(&self) -> Option<&[Json<'a>]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

impl<'b> PartialEq<Json<'b>> for Json<'_> {
    fn eq(&self, other: &Json<'b>) -> bool {
        match (self, other) {
            (Json::Null, Json::Null) => true,
            (Json::Bool(left), Json::Bool(right)) => left == right,
            (Json::Number(left), Json::Number(right)) => left == right,
            (Json::String(left), Json::String(right)) => left == right,
            (Json::Array(left), Json::Array(right)) => left == right,
            (Json::Object(left), Json::Object(right)) => by_name(left) == by_name(right),
            _ => false,
        }
    }
}

impl Eq for Json<'_> {}

fn by_name<'t, 'a>(members: &'t [(Cow<'a, str>, Json<'a>)]) -> BTreeMap<&'t str, &'t Json<'a>> {
    members.iter().map(|(name, value)| (&**name, value)).collect()
}

impl From<bool> for Json<'_> {
    fn from(value: bool) -> Self {
        Json::Bool(value)
    }
}

impl From<i64> for Json<'_> {
    fn from(value: i64) -> Self {
        Json::Number(value.to_string().into())
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Json::String(text.into())
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Json::String(text.into())
    }
}

impl<'a> From<Vec<Json<'a>>> for Json<'a> {
    fn from(items: Vec<Json<'a>>) -> Self {
        Json::Array(items)
    }
}
