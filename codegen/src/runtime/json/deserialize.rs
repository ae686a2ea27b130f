//! serde's `Deserialize` for types that can be read from JSON.
//!
//! serde's data model has no place for a number's text. So serde_json is asked
//! for the raw JSON, which is then read like a response. Everything else, such
//! as the buffer behind `#[serde(flatten)]`, has no raw JSON to give: it is
//! asked for its values, and numbers come as it holds them.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapDeserializer;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;

use super::{Json, JsonValue, Read, is_number, read_tree};

/// Implements `Deserialize` for types that implement [`Read`].
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
pub(crate) use deserialize_from_json;

deserialize_from_json!(JsonValue);

/// Reads a value from any self-describing format.
pub(crate) fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(RawFrom(deserializer))?;
    let json = Json::parse(raw.get()).map_err(D::Error::custom)?;
    read_tree(&json).map_err(D::Error::custom)
}

/// Answers the request for raw JSON for every deserializer.
///
/// serde_json makes that request by a name of its own, which other
/// deserializers do not know. They see a newtype around any value, and the
/// raw JSON is made from that value.
struct RawFrom<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for RawFrom<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, RawFromVisitor { name, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct RawFromVisitor<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for RawFromVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    /// serde_json's answer.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    /// Everybody else's answer.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let Buffered(json) = Buffered::deserialize(deserializer)?;
        let text = serde_json::to_string(&json).map_err(D::Error::custom)?;
        let answer = std::iter::once((self.name, text));
        self.visitor.visit_map(MapDeserializer::new(answer))
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
