//! A value together with the way it was written.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::{Read, Reader, Stop, deserialize, is_number, serialize_number};

/// A value, and how it was written.
///
/// One value can be spelled in several ways, such as `1000` and `1e3`. What was
/// read is written again in its own spelling; a value made in code, by `From`,
/// is written in the usual one. Comparing and hashing look at the value only.
#[derive(Clone, Default)]
pub struct Spelled<T> {
    value: T,
    /// The spelling, where it is not the usual one.
    spelling: Option<Box<str>>,
}

/// A type that has a form in text.
pub trait Format: Sized + 'static {
    /// What a text of this form is, as in "expected a UUID".
    const EXPECTED: &'static str;

    /// Whether JSON writes it as a number or as a string.
    const KIND: Kind;

    /// Reads the text; `None` if it is not of this form, or if the value does
    /// not fit the type exactly.
    fn parse(text: &str) -> Option<Self>;

    /// Reads the text if it is the usual spelling of a value. `None` if it is another one, or if that takes long to
    /// find out.
    fn parse_usual(text: &str) -> Option<Self> {
        _ = text;
        None
    }

    /// Writes the value in its usual spelling.
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result;
}

/// How JSON writes a type that has a form in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A JSON number.
    Number,
    /// A JSON string.
    String,
}

/// A text is not of the form that it should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellingError {
    expected: &'static str,
    text: String,
}

impl<T> Spelled<T> {
    /// The value, without its spelling.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: Format> Spelled<T> {
    fn parse(text: &str) -> Option<Self> {
        if let Some(value) = T::parse_usual(text) {
            return Some(Self { value, spelling: None });
        }
        let value = T::parse(text)?;
        let spelling = (!is_usual(&value, text)).then(|| text.into());
        Some(Self { value, spelling })
    }

    /// The value that the description of the API writes like this.
    #[doc(hidden)]
    pub fn written(text: &str) -> Self
    where
        T: Default,
    {
        Self::parse(text).unwrap_or_else(|| Self::from(T::default()))
    }

    /// Does something with the text.
    fn with_text<R>(&self, act: impl FnOnce(&str) -> R) -> Result<R, fmt::Error> {
        let mut short = Short { bytes: [0; 48], length: 0 };
        match &self.spelling {
            Some(spelling) => Ok(act(spelling)),
            None if self.value.write(&mut short).is_ok() => Ok(act(short.text()?)),
            None => {
                let mut text = String::new();
                self.value.write(&mut text)?;
                Ok(act(&text))
            }
        }
    }
}

fn is_usual<T: Format>(value: &T, text: &str) -> bool {
    let mut expected = Expected(text);
    value.write(&mut expected).is_ok() && expected.0.is_empty()
}

/// A writer that has room for a short text, as most are.
struct Short {
    bytes: [u8; 48],
    length: usize,
}

impl Short {
    fn text(&self) -> Result<&str, fmt::Error> {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| fmt::Error)
    }
}

impl fmt::Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// A writer that accepts this text and no other.
struct Expected<'a>(&'a str);

impl fmt::Write for Expected<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

impl<T> Deref for Spelled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> From<T> for Spelled<T> {
    fn from(value: T) -> Self {
        Self { value, spelling: None }
    }
}

impl<T: Format> FromStr for Spelled<T> {
    type Err = SpellingError;

    fn from_str(text: &str) -> Result<Self, SpellingError> {
        let writable = T::KIND == Kind::String || is_number(text);
        let parsed = if writable { Self::parse(text) } else { None };
        parsed.ok_or_else(|| SpellingError { expected: T::EXPECTED, text: text.to_owned() })
    }
}

impl fmt::Display for SpellingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {:?}", self.expected, self.text)
    }
}

impl std::error::Error for SpellingError {}

/// The value as it is written.
impl<T: Format> fmt::Display for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))?
    }
}

/// The value as it is written.
impl<T: Format> fmt::Debug for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.write_str(text))?
    }
}

impl<T: Format> Read for Spelled<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        let mark = json.mark();
        let text = match T::KIND {
            Kind::Number => json.number(T::EXPECTED)?.into(),
            Kind::String => json.text(T::EXPECTED)?,
        };
        Self::parse(&text).ok_or_else(|| json.mismatch_at(mark, T::EXPECTED))
    }
}

impl<T: Format> Serialize for Spelled<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = self.with_text(|text| match T::KIND {
            Kind::Number => serialize_number(text, serializer),
            Kind::String => serializer.serialize_str(text),
        });
        written.map_err(serde::ser::Error::custom)?
    }
}

impl<'de, T: Format> Deserialize<'de> for Spelled<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<T: PartialEq> PartialEq for Spelled<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spelled<T> {}

impl<T: PartialOrd> PartialOrd for Spelled<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Spelled<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Spelled<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}
