//! From tree to type.

use std::any::TypeId;
use std::collections::BTreeMap;

use super::number::whole;
use super::{Json, JsonValue, Mismatch, View, member};

/// A type that can be read from JSON.
pub(crate) trait Read: Sized + 'static {
    /// Whether it holds integers, which may be spelled in other ways than it writes them.
    const IS_INTEGER: bool = false;

    /// Reads the value, copying from the tree what it needs.
    fn read(json: View<'_>) -> Result<Self, Mismatch>;

    /// The type that arrays and objects are read as: what only holds a value of another type goes by
    /// that.
    fn id() -> TypeId {
        TypeId::of::<Self>()
    }
}

impl Read for JsonValue {
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        Ok(if json.is_for_value() { json.copied() } else { Json::Null })
    }
}

impl Read for String {
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        match json.json() {
            Json::String(text) => Ok(if json.is_for_value() { text.to_string() } else { Self::new() }),
            other => Err(Mismatch::new("a string", other)),
        }
    }
}

/// What is `null` and nothing else.
impl Read for () {
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        if json.is_null() { Ok(()) } else { Err(Mismatch::new("null", &json)) }
    }
}

impl Read for bool {
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        json.as_bool().ok_or_else(|| Mismatch::new("true or false", &json))
    }
}

/// Reads integers of one type, by their value: some servers write `1.0` for 1,
/// and `1e3` for 1000.
macro_rules! read_integer {
    ($($type:ty => $expected:literal),+ $(,)?) => {$(
        impl Read for $type {
            const IS_INTEGER: bool = true;

            fn read(json: View<'_>) -> Result<Self, Mismatch> {
                let parse = |text: &str| text.parse().ok().or_else(|| whole(text)?.parse().ok());
                let value = json.as_number().and_then(parse);
                value.ok_or_else(|| Mismatch::new($expected, &json))
            }
        }
    )+};
}

read_integer! {
    i8 => "an integer of 8 bits",
    i16 => "an integer of 16 bits",
    i32 => "an integer of 32 bits",
    i64 => "an integer of 64 bits",
    u8 => "an unsigned integer of 8 bits",
    u16 => "an unsigned integer of 16 bits",
    u32 => "an unsigned integer of 32 bits",
    u64 => "an unsigned integer of 64 bits",
}

/// `null` or a value. A member that may be absent is read by
/// `ObjectReader` instead.
impl<T: Read> Read for Option<T> {
    const IS_INTEGER: bool = T::IS_INTEGER;

    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        if json.is_null() { Ok(None) } else { T::read(json).map(Some) }
    }

    fn id() -> TypeId {
        T::id()
    }
}

impl<T: Read> Read for Box<T> {
    const IS_INTEGER: bool = T::IS_INTEGER;

    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        T::read(json).map(Box::new)
    }

    fn id() -> TypeId {
        T::id()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        let Json::Array(items) = json.json() else {
            return Err(Mismatch::new("an array", &json));
        };
        if json.is_to_stand() {
            return Ok(Self::new());
        }
        let read = |(index, item)| json.inside(item).read().map_err(|error| error.inside(format!("{index}")));
        items.iter().enumerate().map(read).collect()
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        let mut object = member!(json.into_object());
        object.rest()
    }
}
