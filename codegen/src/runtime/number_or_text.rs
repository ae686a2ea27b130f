//! Numbers that may come as text.

use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::{Kind, Read, Reader, Stop, deserialize, is_number, serialize_number, whole};

/// A number that JSON has as a number or as a text, and that is written again as it came.
///
/// ```text
/// order.quantity = 3.into();                        // 3
/// order.quantity = NumberOrText::from(3).into_text(); // "3"
/// let quantity: Option<i32> = order.quantity.get();
/// ```
///
/// Two are equal if they are written the same.
pub struct NumberOrText<T> {
    written: String,
    is_text: bool,
    number: PhantomData<fn() -> T>,
}

impl<T> NumberOrText<T> {
    /// A text, of whatever number it may be.
    pub fn of_text(text: impl Into<String>) -> Self {
        Self { written: text.into(), is_text: true, number: PhantomData }
    }

    /// The same number as a text.
    #[must_use]
    pub fn into_text(self) -> Self {
        Self { is_text: true, ..self }
    }

    /// How it is written, without quotes.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it is a text.
    pub fn is_text(&self) -> bool {
        self.is_text
    }
}

impl<T: FromStr> NumberOrText<T> {
    /// The number; `None` if it is a text of something else, or of a number that has no room in the type.
    pub fn get(&self) -> Option<T> {
        let written = self.written.as_str();
        let other = || if is_number(written) { whole(written)?.parse().ok() } else { None };
        written.parse().ok().or_else(other)
    }
}

impl<T: fmt::Display> From<T> for NumberOrText<T> {
    fn from(number: T) -> Self {
        Self { written: number.to_string(), is_text: false, number: PhantomData }
    }
}

impl<T> FromStr for NumberOrText<T> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::of_text(text))
    }
}

impl<T: Read> Read for NumberOrText<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        const EXPECTED: &str = "a number, or a string of one";
        if json.kind() == Some(Kind::String) {
            return json.text(EXPECTED).map(Self::of_text);
        }
        let mark = json.mark();
        let text = json.number(EXPECTED)?;
        json.go_back(mark);
        T::read(json).map(|_| Self { is_text: false, ..Self::of_text(text) })
    }
}

impl<T> Serialize for NumberOrText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.is_text {
            true => serializer.serialize_str(&self.written),
            false => serialize_number(&self.written, serializer),
        }
    }
}

impl<'de, T: Read> Deserialize<'de> for NumberOrText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<T> fmt::Display for NumberOrText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}

/// As JSON has it.
impl<T> fmt::Debug for NumberOrText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_text { fmt::Debug::fmt(&self.written, f) } else { f.write_str(&self.written) }
    }
}

impl<T> Clone for NumberOrText<T> {
    fn clone(&self) -> Self {
        Self { written: self.written.clone(), ..*self }
    }
}

impl<T> PartialEq for NumberOrText<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.is_text, &self.written) == (other.is_text, &other.written)
    }
}

impl<T> Eq for NumberOrText<T> {}

impl<T> Hash for NumberOrText<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.is_text, &self.written).hash(state);
    }
}
