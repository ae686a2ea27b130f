//! What can be read from JSON.

use std::any::TypeId;
use std::collections::BTreeMap;

use super::lexer::Kind;
use super::members::Others;
use super::number::whole;
use super::{Json, JsonValue, Reader, Stop};

/// A type that can be read from JSON.
pub trait Read: Sized + 'static {
    /// Whether it holds integers, which may be spelled in other ways than it writes them.
    const IS_INTEGER: bool = false;

    /// Whether it has one value only, so that an answer without content says as much.
    const IS_UNIT: bool = false;

    /// Reads the value that comes next, and goes behind it.
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop>;

    /// The type that arrays and objects are read as: what only holds a value of another type goes by
    /// that.
    fn id() -> TypeId {
        TypeId::of::<Self>()
    }
}

impl Read for JsonValue {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        if json.is_for_value() { json.tree().map(Json::into_owned) } else { json.skip().map(|_| Json::Null) }
    }
}

impl Read for String {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        let text = json.text("a string")?;
        Ok(if json.is_for_value() { text.into_owned() } else { Self::new() })
    }
}

/// What is `null` and nothing else.
impl Read for () {
    const IS_UNIT: bool = true;

    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        if json.take_null() { Ok(()) } else { Err(json.mismatch("null")) }
    }
}

impl Read for bool {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        json.bool()
    }
}

/// Reads integers of one type, by their value: some servers write `1.0` for 1,
/// and `1e3` for 1000.
macro_rules! read_integer {
    ($($type:ty => $expected:literal),+ $(,)?) => {$(
        impl Read for $type {
            const IS_INTEGER: bool = true;

            fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
                let mark = json.mark();
                let text = json.number($expected)?;
                let value = text.parse().ok().or_else(|| whole(text)?.parse().ok());
                value.ok_or_else(|| json.mismatch_at(mark, $expected))
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

/// `null` or a value. A member that may be absent has a
/// `Slot` instead.
impl<T: Read> Read for Option<T> {
    const IS_INTEGER: bool = T::IS_INTEGER;

    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        if json.take_null() { Ok(None) } else { T::read(json).map(Some) }
    }

    fn id() -> TypeId {
        T::id()
    }
}

impl<T: Read> Read for Box<T> {
    const IS_INTEGER: bool = T::IS_INTEGER;

    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        T::read(json).map(Box::new)
    }

    fn id() -> TypeId {
        T::id()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        json.enter(Kind::Array, "an array")?;
        let mut items = Self::new();
        let mut index = 0;
        while json.next_item(index == 0)? {
            match json.read() {
                Ok(item) => items.push(item),
                Err(Stop::Fits) => {}
                Err(stop) => return Err(stop.inside(index.to_string())),
            }
            index += 1;
        }
        Ok(items)
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut map = Self::new();
        json.members(&[], &mut (), Others::default().rest(&mut map))?;
        Ok(map)
    }
}
