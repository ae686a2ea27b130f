//! What a schema says to its reader: its texts, and the keywords that Rust's types do not express.

use openapiv3::{AnySchema, SchemaData};
use serde_json::Value;

use crate::api::Doc;

/// The documentation of a schema, before what is said about its limits.
pub(super) fn texts(data: &SchemaData) -> Doc {
    let SchemaData {
        nullable: _,
        read_only,
        write_only,
        deprecated,
        external_docs,
        example,
        title,
        description,
        discriminator: _,
        default,
        extensions: _,
    } = data;
    let mut doc = Doc::of([title.as_ref().filter(|_| description.is_none()), description.as_ref()]);
    if *deprecated {
        doc.push("Deprecated.");
    }
    if *read_only {
        doc.push("Read-only: the server sets it.");
    }
    if *write_only {
        doc.push("Write-only: the server does not send it.");
    }
    if let Some(default) = default {
        doc.push(format!("Default: {}.", code(default)));
    }
    if let Some(example) = example.as_ref().filter(|example| !example.is_object() && !example.is_array()) {
        doc.push(format!("Example: {}.", code(example)));
    }
    if let Some(docs) = external_docs {
        let text = docs.description.as_deref().unwrap_or("See also");
        doc.push(format!("{}: {}", text.trim_end_matches(['.', ':']), docs.url));
    }
    doc
}

/// The limits that the description sets and the client leaves to the server, as one paragraph.
pub(super) fn limits(keywords: &AnySchema) -> Option<String> {
    let mut limits = Vec::new();
    let mut limit = |text: Option<String>| limits.extend(text);
    limit(range("characters", keywords.min_length, keywords.max_length));
    limit(range("items", keywords.min_items, keywords.max_items));
    limit(range("members", keywords.min_properties, keywords.max_properties));
    limit(keywords.unique_items.filter(|unique| *unique).map(|_| "all items different".to_owned()));
    limit(bound("above", "at least", keywords.exclusive_minimum, keywords.minimum));
    limit(bound("below", "at most", keywords.exclusive_maximum, keywords.maximum));
    limit(keywords.multiple_of.map(|number| format!("a multiple of {number}")));
    limit(keywords.pattern.as_ref().map(|pattern| format!("matching {}", code(&Value::from(pattern.as_str())))));
    if limits.is_empty() { None } else { Some(format!("Limits: {}.", limits.join(", "))) }
}

fn range(what: &str, least: Option<usize>, most: Option<usize>) -> Option<String> {
    match (least, most) {
        (None, None) => None,
        (Some(least), Some(most)) if least == most => Some(format!("{least} {what}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {what}")),
        (Some(least), None) => Some(format!("at least {least} {what}")),
        (None, Some(most)) => Some(format!("at most {most} {what}")),
    }
}

fn bound(exclusive_word: &str, word: &str, exclusive: Option<bool>, value: Option<f64>) -> Option<String> {
    let word = if exclusive == Some(true) { exclusive_word } else { word };
    value.map(|value| format!("{word} {value}"))
}

/// A value as inline code, with as many backticks as it takes.
pub(super) fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.replace(['\r', '\n'], " "),
        other => other.to_string(),
    };
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let pad = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
