//! What a schema says to its reader: its texts, and the keywords that Rust's types do not express.

use serde_json::Value;

use crate::api::Direction;
use crate::description::{Annotations, Bound, ExternalDocs, Keywords, Limits, Range, whole};
use crate::texts::{Doc, Paragraph, Prose, code, joined, number, said};

/// The documentation of a schema, before what is said about its limits.
pub(super) fn texts(said: Annotations<'_>) -> Doc {
    let Annotations { title, description, deprecated, read_only, write_only, default, example, external_docs } = said;
    // A title is a name more often than a sentence: it only stands in for a missing description. How a
    // type looks in XML does not matter where all bodies are JSON.
    let mut doc = Doc::of([title.filter(|_| description.is_none()), description]);
    if deprecated {
        doc.push("Deprecated.");
    }
    doc.extend(match (read_only, write_only) {
        (true, false) => Some(one_way(Direction::Received)),
        (false, true) => Some(one_way(Direction::Sent)),
        (false, false) | (true, true) => None,
    });
    if let Some(default) = default {
        doc.push(crate::texts::said("Default: ") + value(default) + ".");
    }
    doc.extend(example.filter(|(example, _)| !is_structured(example)).map(|(example, _)| example_text(example)));
    doc.extend(external_docs.map(see_also));
    doc
}

/// That a member has a single direction.
pub(super) fn one_way(direction: Direction) -> Paragraph {
    match direction {
        Direction::Received => "Read-only: the server sets it.".into(),
        Direction::Sent => "Write-only: the server does not send it.".into(),
    }
}

/// Where to read on.
pub(super) fn see_also(docs: ExternalDocs<'_>) -> Paragraph {
    let ExternalDocs { description, url } = docs;
    let text = description.unwrap_or("See also");
    Paragraph::described(format!("{}: {url}", text.trim_end_matches(['.', ':'])))
}

fn is_structured(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// An example that is an object or a list.
pub(super) fn structured_example(example: &Value) -> Option<Paragraph> {
    is_structured(example).then(|| example_text(example))
}

/// An example in a line, or in a block of its own if it is long.
pub(super) fn example_text(example: &Value) -> Paragraph {
    const LINE: usize = 80;
    if is_structured(example) && example.to_string().chars().count() > LINE - 2 {
        return Paragraph::Listing("Example:", format!("{example:#}"));
    }
    (said("Example: ") + value(example) + ".").into()
}

/// That a value is the only one that the description lists.
pub(crate) fn always(only: &Value) -> Paragraph {
    (said("Always ") + value(only) + ".").into()
}

/// The values that a schema lists, where they do not become variants of a type.
pub(super) fn values(keywords: &Keywords<'_>) -> Option<Paragraph> {
    let is = |of: fn(&Value) -> bool| keywords.values().all(|value| value.is_null() || of(value));
    let become_variants = match keywords.typ {
        Some("string") => true,
        Some("integer") => is(|value| whole(value).is_some()),
        Some(_) => false,
        None => is(Value::is_string) || is(|value| value.is_i64() || value.is_u64()),
    };
    if keywords.enumeration.is_empty() || become_variants {
        return None;
    }
    Some(listed(keywords.values().map(value)))
}

/// That there are these texts.
pub(super) fn one_of(texts: &[&str]) -> Paragraph {
    listed(texts.iter().map(|text| code(text)))
}

fn listed(values: impl ExactSizeIterator<Item = Prose>) -> Paragraph {
    const SHOWN: usize = 20;
    let more = if values.len() > SHOWN { ", …" } else { "" };
    (said("One of ") + joined(values.take(SHOWN), ", ") + more + ".").into()
}

/// That a value is of a format.
pub(super) fn format(format: &str) -> Paragraph {
    (said("Format: ") + code(format) + ".").into()
}

/// The limits that the description sets and the client leaves to the server, as one paragraph.
/// `written` gives those that a number does not hold as the description writes them.
pub(super) fn limits<'a>(limits: &Limits<'_>, written: impl Fn(&str) -> Option<&'a String>) -> Option<Paragraph> {
    let size = |keyword: &str, size: Option<usize>| {
        written(keyword).cloned().or_else(|| size.map(|number| number.to_string()))
    };
    let amount = |keyword: &str, amount: f64| written(keyword).cloned().unwrap_or_else(|| amount.to_string());
    let bound = |words: &'static str, bound: Option<Bound>| {
        bound.map(|bound| said(words) + number(&amount(bound.keyword, bound.value)))
    };
    let sizes = |least: &str, most: &str, (from, to): Range| (size(least, from), size(most, to));
    let mut texts = Vec::new();
    let mut limit = |text: Option<Prose>| texts.extend(text);
    limit(range("character", sizes("minLength", "maxLength", limits.characters)));
    limit(range("item", sizes("minItems", "maxItems", limits.items)));
    limit(range("member", sizes("minProperties", "maxProperties", limits.members)));
    limit(limits.unique_items.then(|| said("all items different")));
    limit(bound("at least ", limits.minimum));
    limit(bound("above ", limits.exclusive_minimum));
    limit(bound("at most ", limits.maximum));
    limit(bound("below ", limits.exclusive_maximum));
    limit(limits.multiple_of.map(|of| said("a multiple of ") + number(&amount("multipleOf", of))));
    limit(limits.pattern.map(|pattern| said("matching ") + code(pattern)));
    limit(limits.not.then(|| said("nothing that the description excludes with `not`")));
    if texts.is_empty() { None } else { Some((said("Limits: ") + joined(texts, ", ") + ".").into()) }
}

fn range(what: &'static str, range: (Option<String>, Option<String>)) -> Option<Prose> {
    let count = |amount: &str| number(amount) + " " + what + if amount == "1" { "" } else { "s" };
    match range {
        (None, None) => None,
        (Some(least), Some(most)) if least == most => Some(count(&least)),
        (Some(least), Some(most)) => Some(number(&least) + " to " + count(&most)),
        (Some(least), None) => Some(said("at least ") + count(&least)),
        (None, Some(most)) => Some(said("at most ") + count(&most)),
    }
}

/// A value as inline code: a text as it is, all else as JSON.
fn value(value: &Value) -> Prose {
    match value {
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    }
}
