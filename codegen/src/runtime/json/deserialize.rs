//! serde's `Deserialize` for types that can be read from JSON.
//!
//! serde's data model has no place for a number's text. So serde_json is asked
//! for the raw JSON, which is then read like a response. Everything else, such
//! as the buffer behind `#[serde(flatten)]`, has no raw JSON to give: it is
//! asked for its values, and numbers come as it holds them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;

use super::{Json, JsonValue, Read, is_number, read_text};

/// Implements `Deserialize` for types that implement [`Read`].
#[macro_export]
#[doc(hidden)]
macro_rules! deserialize_from_json {
    ($($type:ty),+ $(,)?) => {$(
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                $crate::runtime::json::deserialize(deserializer)
            }
        }
    )+};
}
pub use deserialize_from_json;

deserialize_from_json!(JsonValue);

/// Reads a value from any self-describing format.
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = raw(deserializer)?;
    read_text(&text).map_err(D::Error::custom)
}

/// The text of a value.
///
/// serde_json gives it to whoever asks by a name of its own, which other deserializers do not know. They see a
/// newtype around any value, and the text is made from that value.
fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    let mut name = "";
    // This fails, and leaves the name behind.
    let _ = Box::<RawValue>::deserialize(NameAskedFor(&mut name));
    deserializer.deserialize_newtype_struct(name, RawVisitor(name))
}

/// Notes the name of the newtype that is asked for.
struct NameAskedFor<'n>(&'n mut &'static str);

impl<'de> Deserializer<'de> for NameAskedFor<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, _: V) -> Result<V::Value, Self::Error> {
        *self.0 = name;
        Err(Self::Error::custom(""))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom(""))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct RawVisitor(&'static str);

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    /// serde_json's answer: the text as a member of that name.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_key::<String>()? {
            Some(name) if name == self.0 => map.next_value().map(|Text(text)| text),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }

    /// Everybody else's answer.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let Buffered(json) = Buffered::deserialize(deserializer)?;
        serde_json::to_string(&json).map(Cow::Owned).map_err(D::Error::custom)
    }
}

/// A text, copied only if it has to be.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// A tree from serde's data model.
struct Buffered(JsonValue);

impl<'de> Deserialize<'de> for Buffered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BufferedVisitor).map(Buffered)
    }
}

struct BufferedVisitor;

impl<'de> Visitor<'de> for BufferedVisitor {
    type Value = JsonValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<JsonValue, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<JsonValue, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonValue, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonValue, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<JsonValue, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<JsonValue, E> {
        Ok(Json::Number(value.to_string().into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<JsonValue, E> {
        Ok(Json::Number(value.to_string().into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<JsonValue, E> {
        let number =
            serde_json::Number::from_f64(value).ok_or_else(|| E::custom(format_args!("JSON has no number {value}")))?;
        Ok(Json::Number(number.to_string().into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<JsonValue, E> {
        Ok(Json::from(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<JsonValue, E> {
        Ok(Json::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<JsonValue, A::Error> {
        let mut array = Vec::new();
        while let Some(Buffered(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<JsonValue, A::Error> {
        let mut object = Vec::new();
        while let Some((name, Buffered(value))) = members.next_entry::<String, _>()? {
            object.push((name.into(), value));
        }
        Ok(number_in_disguise(&object).unwrap_or(Json::Object(object)))
    }
}

/// The number behind an object that stands for it.
///
/// If anything in a build switches on `arbitrary_precision` of serde_json, its
/// numbers come as an object with this one member, holding their text.
fn number_in_disguise(members: &[(Cow<'static, str>, JsonValue)]) -> Option<JsonValue> {
    match members {
        [(name, Json::String(text))] if name == "$serde_json::private::Number" && is_number(text) => {
            Some(Json::Number(text.clone()))
        }
        _ => None,
    }
}
