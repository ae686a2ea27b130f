//! Values that may be the empty text instead.

use std::any::TypeId;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::{Kind, Read, Reader, Stop, deserialize};

/// A value, or the empty text, by which some services mean that there is to be none.
///
/// ```text
/// request.address = Some(Address::new("Berlin").into()); // sets it
/// request.address = Some(OrEmpty::Empty);                // takes it away
/// request.address = None;                                // leaves it as it is
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrEmpty<T> {
    /// A value.
    Value(T),

    /// The empty text.
    Empty,

    /// Another text, which the description of the API does not list.
    Unknown(String),
}

impl<T> OrEmpty<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        self.as_ref().into_value()
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            OrEmpty::Value(value) => Some(value),
            OrEmpty::Empty | OrEmpty::Unknown(_) => None,
        }
    }

    /// Whether it is the empty text.
    pub fn is_empty(&self) -> bool {
        matches!(self, OrEmpty::Empty)
    }

    /// The same, with a reference to the value.
    pub fn as_ref(&self) -> OrEmpty<&T> {
        match self {
            OrEmpty::Value(value) => OrEmpty::Value(value),
            OrEmpty::Empty => OrEmpty::Empty,
            OrEmpty::Unknown(text) => OrEmpty::Unknown(text.clone()),
        }
    }

    /// The same, with the value converted.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> OrEmpty<U> {
        match self {
            OrEmpty::Value(value) => OrEmpty::Value(convert(value)),
            OrEmpty::Empty => OrEmpty::Empty,
            OrEmpty::Unknown(text) => OrEmpty::Unknown(text),
        }
    }
}

impl<T> From<T> for OrEmpty<T> {
    fn from(value: T) -> Self {
        OrEmpty::Value(value)
    }
}

/// `None` becomes [`Empty`](OrEmpty::Empty).
impl<T> From<Option<T>> for OrEmpty<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(OrEmpty::Empty, OrEmpty::Value)
    }
}

impl<T: Into<U>, U, const N: usize> From<[T; N]> for OrEmpty<Vec<U>> {
    fn from(values: [T; N]) -> Self {
        OrEmpty::Value(values.into_iter().map(Into::into).collect())
    }
}

impl<K: Into<String>, T: Into<U>, U, const N: usize> From<[(K, T); N]> for OrEmpty<BTreeMap<String, U>> {
    fn from(values: [(K, T); N]) -> Self {
        OrEmpty::Value(values.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl<T: Read> Read for OrEmpty<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        if json.kind() != Some(Kind::String) {
            return T::read(json).map(OrEmpty::Value);
        }
        let text = String::read(json)?;
        Ok(if text.is_empty() { OrEmpty::Empty } else { OrEmpty::Unknown(text) })
    }

    fn id() -> TypeId {
        T::id()
    }
}

impl<T: Serialize> Serialize for OrEmpty<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OrEmpty::Value(value) => value.serialize(serializer),
            OrEmpty::Empty => serializer.serialize_str(""),
            OrEmpty::Unknown(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de, T: Read> Deserialize<'de> for OrEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
