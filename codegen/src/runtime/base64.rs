//! Bytes in the midst of text.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, Engine};
use serde::{Serialize, Serializer};

use super::json::{Read, Reader, Stop, deserialize_from_json};

/// How many characters are shown for debugging.
const SHOWN: usize = 40;

/// Bytes as Base64 (RFC 4648), as they were written.
///
/// Any text is taken as it comes and written again as it was; whether it is Base64 is known when it is
/// [decoded](Self::decode). Two values are equal if their texts are. `Display` shows the whole text,
/// and `Debug` its beginning.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(String);

impl Base64 {
    /// Encodes bytes, in the standard alphabet and with padding.
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        Self(engine(&STANDARD).encode(bytes))
    }

    /// Takes text that is Base64 already.
    pub fn from_encoded(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bytes.
    ///
    /// The alphabet may be the standard one or the one for URLs and file names, which has `-` and `_`.
    /// Padding may be there or not, and white space between the characters does not count.
    ///
    /// # Errors
    ///
    /// If the text is not Base64.
    pub fn decode(&self) -> Result<Vec<u8>, Base64Error> {
        let is_url_safe = self.0.contains(['-', '_']);
        let alphabet = if is_url_safe { &URL_SAFE } else { &STANDARD };
        let signs: Vec<u8> = self.0.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        engine(alphabet).decode(&signs).map_err(|error| self.error(&error))
    }

    fn error(&self, error: &DecodeError) -> Base64Error {
        let index = match error {
            DecodeError::InvalidByte(index, _) | DecodeError::InvalidLastSymbol { offset: index, .. } => Some(*index),
            DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => None,
        };
        let mut signs = self.0.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace());
        Base64Error { offset: index.and_then(|index| signs.nth(index)).map(|(offset, _)| offset) }
    }
}

fn engine(alphabet: &Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(alphabet, config)
}

/// A text is not Base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base64Error {
    /// Where a character is that cannot be there; nowhere, if the text ends too early.
    offset: Option<usize>,
}

impl fmt::Display for Base64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Some(offset) => write!(f, "the text is not Base64 at byte {offset}"),
            None => f.write_str("the text is not Base64: it ends too early, or its padding is wrong"),
        }
    }
}

impl std::error::Error for Base64Error {}

/// Text that is Base64 already.
impl FromStr for Base64 {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from_encoded(text))
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(f, "{:?} and more, {} bytes of text", &self.0[..end], self.0.len()),
            None => fmt::Debug::fmt(&self.0, f),
        }
    }
}

impl Read for Base64 {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        json.text("a string of Base64").map(|text| Self(text.into_owned()))
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

deserialize_from_json!(Base64);
