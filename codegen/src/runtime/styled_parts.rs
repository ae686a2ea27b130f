//! Parts of a body that are written by a [`Style`].

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::escape::Escape;
use super::json::Json;
use super::multipart::Multipart;
use super::request_error::RequestError;
use super::style::{Style, Writer};

impl Multipart {
    /// Adds the parts that a value has in a style: what would be parameters of a query, by their names
    /// and as text. Nothing is sent of what is undefined.
    #[doc(hidden)]
    pub fn styled<T: Serialize + ?Sized>(mut self, name: &str, style: Style, value: &T) -> Self {
        match pairs(name, style, serde_json::to_string(value)) {
            Ok(pairs) => pairs.into_iter().fold(self, |parts, (name, text)| parts.text(name, text)),
            Err(error) => {
                self.fail(error);
                self
            }
        }
    }
}

/// A part has no need to escape anything, so what the style of a query escapes is undone. Before that,
/// the first `=` is the one after the name.
fn pairs(
    name: &str,
    style: Style,
    json: Result<String, serde_json::Error>,
) -> Result<Vec<(String, String)>, RequestError> {
    let json = json.map_err(|fault| RequestError::value(name, fault))?;
    // Only what nests deeper than JSON is read here is written and cannot be read.
    let tree = Json::parse(&json).map_err(|fault| RequestError::value(name, serde::ser::Error::custom(fault)))?;
    let pairs = Writer { name, style, escape: Escape::Uri }.pairs(&tree)?;
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    Ok(pairs.iter().filter_map(|pair| pair.split_once('=')).map(|(name, text)| (plain(name), plain(text))).collect())
}
