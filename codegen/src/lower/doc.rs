//! What a schema says to its reader: its texts, and the keywords that Rust's types do not express.

use openapiv3::{ExternalDocumentation, SchemaData};
use serde_json::Value;

use super::keywords::{Keywords, Limits, Range};
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
        // The variants of the union say it.
        discriminator: _,
        default,
        extensions: _,
    } = data;
    // A title is a name more often than a sentence: it only stands in for a missing description. How a
    // type looks in XML (`xml`, which openapiv3 leaves out) does not matter where all bodies are JSON.
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
    doc.0.extend(example.as_ref().filter(|example| !is_structured(example)).map(example_text));
    doc.0.extend(external_docs.as_ref().map(see_also));
    doc
}

/// Where to read on.
pub(super) fn see_also(docs: &ExternalDocumentation) -> String {
    let ExternalDocumentation { description, url, extensions: _ } = docs;
    let text = description.as_deref().unwrap_or("See also");
    format!("{}: {url}", text.trim_end_matches(['.', ':']))
}

fn is_structured(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// An example that is an object or a list.
pub(super) fn structured_example(example: &Value) -> Option<String> {
    is_structured(example).then(|| example_text(example))
}

/// An example in a line, or in a block of its own if it is long.
pub(super) fn example_text(example: &Value) -> String {
    const LINE: usize = 80;
    let line = code(example);
    if line.chars().count() <= LINE || !is_structured(example) {
        return format!("Example: {line}.");
    }
    format!("Example:\n\n```json\n{example:#}\n```")
}

/// That a text is the only one that the description lists.
pub(super) fn always(text: &str) -> String {
    format!("Always {}.", code(&Value::from(text)))
}

/// The values that a schema lists, where they do not become variants of a type.
pub(super) fn values(keywords: &Keywords<'_>) -> Option<String> {
    let values = &keywords.enumeration;
    let is = |of: fn(&Value) -> bool| values.iter().all(|value| value.is_null() || of(value));
    let become_variants = match keywords.typ {
        Some("string") => true,
        Some("integer") => is(Value::is_i64),
        Some(_) => false,
        None => is(Value::is_string) || is(Value::is_i64),
    };
    if values.is_empty() || become_variants {
        return None;
    }
    Some(listed(values.iter().map(code)))
}

/// That there are these texts.
pub(super) fn one_of(texts: &[&str]) -> String {
    listed(texts.iter().map(|text| code(&Value::from(*text))))
}

fn listed(values: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 20;
    let more = if values.len() > SHOWN { ", …" } else { "" };
    format!("One of {}{more}.", values.take(SHOWN).collect::<Vec<_>>().join(", "))
}

/// That a value is of a format.
pub(super) fn format(format: &str) -> String {
    format!("Format: {}.", code(&Value::from(format)))
}

/// The limits that the description sets and the client leaves to the server, as one paragraph.
/// `written` gives those that a number does not hold as the description writes them.
pub(super) fn limits<'a>(limits: &Limits<'_>, written: impl Fn(&str) -> Option<&'a String>) -> Option<String> {
    let size = |keyword: &str, number: Option<usize>| {
        written(keyword).cloned().or_else(|| number.map(|number| number.to_string()))
    };
    let number = |keyword: &str, number: Option<f64>| {
        written(keyword).cloned().or_else(|| number.map(|number| number.to_string()))
    };
    let sizes = |least: &str, most: &str, (from, to): Range| (size(least, from), size(most, to));
    let mut texts = Vec::new();
    let mut limit = |text: Option<String>| texts.extend(text);
    limit(range("character", sizes("minLength", "maxLength", limits.characters)));
    limit(range("item", sizes("minItems", "maxItems", limits.items)));
    limit(range("member", sizes("minProperties", "maxProperties", limits.members)));
    limit(limits.unique_items.then(|| "all items different".to_owned()));
    limit(bound("above", "at least", limits.exclusive_minimum, number("minimum", limits.minimum)));
    limit(bound("below", "at most", limits.exclusive_maximum, number("maximum", limits.maximum)));
    limit(number("multipleOf", limits.multiple_of).map(|number| format!("a multiple of {number}")));
    limit(limits.pattern.map(|pattern| format!("matching {}", code(&Value::from(pattern)))));
    limit(limits.not.then(|| "nothing that the description excludes with `not`".to_owned()));
    if texts.is_empty() { None } else { Some(format!("Limits: {}.", texts.join(", "))) }
}

fn range(what: &str, range: (Option<String>, Option<String>)) -> Option<String> {
    let count = |number: &str| if number == "1" { format!("1 {what}") } else { format!("{number} {what}s") };
    match range {
        (None, None) => None,
        (Some(least), Some(most)) if least == most => Some(count(&least)),
        (Some(least), Some(most)) => Some(format!("{least} to {}", count(&most))),
        (Some(least), None) => Some(format!("at least {}", count(&least))),
        (None, Some(most)) => Some(format!("at most {}", count(&most))),
    }
}

fn bound(exclusive_word: &str, word: &str, exclusive: bool, value: Option<String>) -> Option<String> {
    let word = if exclusive { exclusive_word } else { word };
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
