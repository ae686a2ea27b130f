//! Which schemas are those of files: what is sent and read as it is.

use serde_json::Value;

use super::Reading;
use crate::lower::media_type::{Kind, MediaName};

/// What of a part is files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lower) struct Files {
    pub are_several: bool,
    /// Whether there may be something else in their place, such as a text.
    pub are_optional: bool,
    /// What the schema says that they are.
    pub media_type: Option<String>,
}

impl Reading<'_, '_> {
    /// What of the values of a schema is files: they, the items of lists, some or all of several choices.
    pub fn files(&self, schema: &Value) -> Option<Files> {
        // Schemas that combine each other have no end.
        const NESTED: usize = 8;
        self.files_within(schema, NESTED)
    }

    fn files_within(&self, schema: &Value, depth: usize) -> Option<Files> {
        let depth = depth.checked_sub(1)?;
        let schema = self.behind(schema);
        if is_file(schema) {
            let media_type = content_media_type(schema).map(str::to_owned);
            return Some(Files { are_several: false, are_optional: false, media_type });
        }
        if let Some(items) = schema.get("items") {
            let files = self.files_within(items, depth)?;
            return Some(Files { are_several: true, ..files });
        }
        let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
        if let Some(files) = list("allOf").find_map(|part| self.files_within(part, depth)) {
            return Some(files);
        }
        let choices = list("oneOf").chain(list("anyOf")).filter(|choice| !is_null(self.behind(choice)));
        let choices: Vec<_> = choices.map(|choice| self.files_within(choice, depth)).collect();
        let mut files = choices.iter().flatten();
        let first = files.next()?.clone();
        let are_several = first.are_several || files.any(|files| files.are_several);
        let are_optional = choices.iter().any(|choice| choice.as_ref().is_none_or(|files| files.are_optional));
        let is_said = choices.iter().flatten().all(|files| files.media_type == first.media_type);
        Some(Files { are_several, are_optional, media_type: first.media_type.filter(|_| is_said) })
    }
}

/// Whether a schema is that of bytes.
pub(in crate::lower) fn is_binary(schema: &Value) -> bool {
    is(schema, "format", "binary") && is_string(schema)
}

/// The same, also in the words of JSON Schema.
pub(in crate::lower) fn is_file(schema: &Value) -> bool {
    is_binary(schema) || content_media_type(schema).is_some() && is_string(schema)
}

/// The media type of text that stands for bytes as they are, which is said in any version.
fn content_media_type(schema: &Value) -> Option<&str> {
    let is_encoded = schema.get("contentEncoding").is_some()
        || ["byte", "base64", "base64url"].iter().any(|format| is(schema, "format", format));
    let media_type = schema.get("contentMediaType").and_then(Value::as_str).filter(|_| !is_encoded)?;
    MediaName::parse(media_type).filter(|name| name.kind() == Kind::Bytes).map(|_| media_type)
}

fn is(schema: &Value, keyword: &str, text: &str) -> bool {
    schema.get(keyword).and_then(Value::as_str) == Some(text)
}

fn is_string(schema: &Value) -> bool {
    schema.get("type").is_none_or(|name| name == "string")
}

/// Whether nothing but `null` is allowed.
fn is_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    is(schema, "type", "null") || values.is_some_and(|values| values.iter().all(Value::is_null))
}
