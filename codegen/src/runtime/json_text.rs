//! JSON that is the text of a JSON string.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::excerpt::excerpt;
use super::json::{Read, Reader, Stop, deserialize, read_text};

/// A text that should be JSON of a type: a JSON string holds it. It is kept as it came, and is read when somebody asks
/// for that.
///
/// ```text
/// let address: Address = order.address.read()?;
/// order.address = JsonText::of(&address)?;
/// ```
///
/// Two are equal if their texts are.
pub struct JsonText<T> {
    text: String,
    value: PhantomData<fn() -> T>,
}

impl<T> JsonText<T> {
    /// The text, whatever it is.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, whatever it is.
    pub fn into_text(self) -> String {
        self.text
    }
}

impl<T: Serialize> JsonText<T> {
    /// The JSON of a value.
    ///
    /// # Errors
    ///
    /// If the value cannot be written.
    pub fn of(value: &T) -> serde_json::Result<Self> {
        serde_json::to_string(value).map(Self::from)
    }
}

impl<T: Read> JsonText<T> {
    /// Reads the text.
    ///
    /// # Errors
    ///
    /// If it is not JSON, or not of this type.
    pub fn read(&self) -> Result<T, JsonTextError> {
        read_text(&self.text).map_err(|fault| JsonTextError(excerpt(&fault.to_string())))
    }
}

impl<T> From<String> for JsonText<T> {
    fn from(text: String) -> Self {
        Self { text, value: PhantomData }
    }
}

impl<T> From<&str> for JsonText<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T> Deref for JsonText<T> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl<T: 'static> Read for JsonText<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        String::read(json).map(Self::from)
    }
}

impl<T> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: 'static> Deserialize<'de> for JsonText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<T> fmt::Display for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// As JSON has it.
impl<T> fmt::Debug for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> Clone for JsonText<T> {
    fn clone(&self) -> Self {
        self.text.clone().into()
    }
}

impl<T> PartialEq for JsonText<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for JsonText<T> {}

impl<T> Hash for JsonText<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Why a [`JsonText`] cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonTextError(String);

impl fmt::Display for JsonTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text does not fit the API description: {}", self.0)
    }
}

impl std::error::Error for JsonTextError {}
