//! Which schemas are those of files: what is sent and read as it is.

use serde_json::Value;

use super::Reading;
use crate::description::{Additional, Child, Items, Keywords};
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

impl<'a> Reading<'_, 'a> {
    /// What of the values of a schema is files: they, the items of lists, some or all of several choices.
    pub fn files(&self, schema: Child<'a>) -> Option<Files> {
        // Schemas that combine each other have no end.
        const NESTED: usize = 8;
        self.files_within(schema, NESTED)
    }

    fn files_within(&self, schema: Child<'a>, depth: usize) -> Option<Files> {
        let depth = depth.checked_sub(1)?;
        let keywords = self.behind(schema)?.keywords();
        if is_file(&keywords) {
            let media_type = content_media_type(&keywords).map(str::to_owned);
            return Some(Files { are_several: false, are_optional: false, media_type });
        }
        if let Some((Items::Schema(items), _)) = keywords.items {
            let files = self.files_within(items, depth)?;
            return Some(Files { are_several: true, ..files });
        }
        if let Some(files) = keywords.all_of.iter().find_map(|part| self.files_within(part.child, depth)) {
            return Some(files);
        }
        let choices = keywords.one_of.iter().chain(&keywords.any_of).map(|choice| choice.child);
        let choices = choices.filter(|choice| !self.behind(*choice).is_some_and(|choice| is_null(&choice.keywords())));
        let choices: Vec<_> = choices.map(|choice| self.files_within(choice, depth)).collect();
        let mut files = choices.iter().flatten();
        let first = files.next()?.clone();
        let are_several = first.are_several || files.any(|files| files.are_several);
        let are_optional = choices.iter().any(|choice| choice.as_ref().is_none_or(|files| files.are_optional));
        let is_said = choices.iter().flatten().all(|files| files.media_type == first.media_type);
        Some(Files { are_several, are_optional, media_type: first.media_type.filter(|_| is_said) })
    }

    /// Whether there are files among the properties of a schema, and of those that it combines.
    pub fn has_files(&self, schema: Child<'a>) -> bool {
        // Schemas that combine each other have no end.
        const MOST: usize = 100;
        let mut schemas: Vec<_> = self.behind(schema).into_iter().collect();
        for index in 0..MOST {
            let Some(keywords) = schemas.get(index).map(|schema| schema.keywords()) else { break };
            let additional = match keywords.additional {
                Some((Additional::Schema(schema), _)) => Some(schema),
                Some((Additional::Any(_), _)) | None => None,
            };
            let mut values = keywords.properties.iter().map(|(_, property)| *property).chain(additional);
            if values.any(|value| self.files(value).is_some()) {
                return true;
            }
            schemas.extend(keywords.all_of.iter().filter_map(|part| self.behind(part.child)));
        }
        false
    }
}

/// Whether a schema is that of bytes.
pub(in crate::lower) fn is_binary(schema: &Keywords<'_>) -> bool {
    (schema.format == Some("binary") || schema.content_encoding == Some("binary")) && is_string(schema)
}

/// The same, also in the words of JSON Schema.
pub(in crate::lower) fn is_file(schema: &Keywords<'_>) -> bool {
    is_binary(schema) || content_media_type(schema).is_some() && is_string(schema)
}

/// The media type of text that stands for bytes as they are, which is said in any version.
fn content_media_type<'a>(schema: &Keywords<'a>) -> Option<&'a str> {
    let is_encoded = schema.content_encoding.is_some_and(|encoding| encoding != "binary")
        || matches!(schema.format, Some("byte" | "base64" | "base64url"));
    let media_type = schema.content_media_type.filter(|_| !is_encoded)?;
    MediaName::parse(media_type).filter(|name| matches!(name.kind(), Kind::Bytes | Kind::Items(_))).map(|_| media_type)
}

fn is_string(schema: &Keywords<'_>) -> bool {
    schema.typ.is_none_or(|name| name == "string")
}

/// Whether nothing but `null` is allowed.
fn is_null(schema: &Keywords<'_>) -> bool {
    !schema.enumeration.is_empty() && schema.values().all(Value::is_null)
}
