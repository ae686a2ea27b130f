//! Text that is not to be shown.

use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};

use super::json::{Json, Kind, Mismatch, Read, Reader, Stop, deserialize_from_json};

/// Text that is not to be shown, such as a password.
///
/// `Debug` shows nothing of it, there is no `Display`, and its memory is cleared when it is dropped.
/// Serialized, it is the text itself: that is how it is sent.
#[derive(Clone, Default)]
pub struct Secret(SecretString);

impl Secret {
    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<SecretString> for Secret {
    fn from(text: SecretString) -> Self {
        Self(text)
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose_secret() == other.expose_secret()
    }
}

impl Eq for Secret {}

impl Hash for Secret {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.expose_secret().hash(state);
    }
}

impl Read for Secret {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        // A number may be a secret too, and mismatches are printed.
        if json.kind() == Some(Kind::Number) {
            return Err(Stop::Mismatch(Mismatch::new("a string", &Json::Number("[secret]".into()))));
        }
        json.text("a string").map(|text| text.into_owned().into())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose_secret())
    }
}

deserialize_from_json!(Secret);
