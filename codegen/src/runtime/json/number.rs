//! Numbers by their text.

use std::io;

use hifijson::SliceLexer;
use hifijson::num::LexWrite as _;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

/// Whether a text is a number as JSON writes it.
pub(crate) fn is_number(text: &str) -> bool {
    let mut lexer = SliceLexer::new(text.as_bytes());
    lexer.num_string().validated().is_ok() && lexer.as_slice().is_empty()
}

/// Serializes a number so that it comes out as `text`.
///
/// A number that serde's own types would spell differently goes out as raw
/// JSON, which only serde_json can write.
pub(crate) fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(value) = text.parse::<i64>().ok().filter(|value| is_written_as(value, text)) {
        return serializer.serialize_i64(value);
    }
    if let Some(value) = text.parse::<u64>().ok().filter(|value| is_written_as(value, text)) {
        return serializer.serialize_u64(value);
    }
    if !is_number(text) {
        return Err(S::Error::custom(format_args!("{text:?} is not a JSON number")));
    }
    if let Some(value) = text.parse::<f64>().ok().filter(|value| is_written_as(value, text)) {
        return serializer.serialize_f64(value);
    }
    let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
    raw.serialize(serializer)
}

fn is_written_as(value: &impl Serialize, text: &str) -> bool {
    let mut expected = Expected(text.as_bytes());
    serde_json::to_writer(&mut expected, value).is_ok() && expected.0.is_empty()
}

/// A writer that accepts these bytes and no others.
struct Expected<'a>(&'a [u8]);

impl io::Write for Expected<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
