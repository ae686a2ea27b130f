//! What is said of what does not have the structure of OpenAPI.

use serde_json::Value;

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::grammar::{EXTENSIONS, Shape, Version, Want};
use crate::rule::Rule;

/// The word that is likely to be meant by one that is wrong.
pub(super) fn meant(value: &Value, want: &Want) -> Option<&'static str> {
    let words = match want {
        Want::Word(words) | Want::Types(words) => *words,
        _ => return None,
    };
    let mut wrong = match value {
        Value::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    }
    .iter()
    .filter_map(Value::as_str)
    .filter(|word| !words.contains(word));
    crate::parse::closest(wrong.next()?, words.iter().copied())
}

pub(super) fn is_ours(extension: &str) -> bool {
    EXTENSIONS.iter().any(|(name, _)| *name == extension)
}

pub(super) fn sibling(key: &str, shape: &Shape, origin: &Origin) -> Diagnostic {
    let message = format!("`{key}` stands beside a `$ref` and is ignored, as OpenAPI says");
    let diagnostic = Diagnostic::warning(Rule::IgnoredSibling, origin, message).on_key();
    match shape.name {
        "Schema" => diagnostic.help("put the `$ref` into an `allOf` to keep what stands beside it"),
        _ => diagnostic,
    }
}

/// An extension of the generator's own, where it does not understand it.
pub(super) fn without_meaning(key: &str, shape: &Shape, origin: impl Fn() -> Origin) -> Option<Diagnostic> {
    let (_, places) = EXTENSIONS.iter().find(|(name, _)| *name == key)?;
    if places.contains(&shape.name) {
        return None;
    }
    let message = format!("`{key}` has no meaning on {} Object; it is ignored", with_article(shape.name));
    let places: Vec<_> = places.iter().map(|place| format!("{place} Objects")).collect();
    let help = format!("it has one on {}", places.join(", "));
    Some(Diagnostic::warning(Rule::UnknownMember, &origin(), message).on_key().help(help))
}

/// That a keyword of a schema is of another version, and how to write it, unless that is usual.
pub(super) fn of_another_version(key: &str, value: &Value, version: Version, own: Version) -> Option<(String, String)> {
    // Descriptions of 3.0 say by these what a file is, such as those of FastAPI.
    if matches!(key, "contentMediaType" | "contentEncoding") {
        return None;
    }
    let help = match key {
        "nullable" if *value == false => "take it out".to_owned(),
        "nullable" => "write `null` among the types, or as one more `anyOf`".to_owned(),
        "exclusiveMinimum" | "exclusiveMaximum" if version < own => "write the limit itself, as a number".to_owned(),
        "exclusiveMinimum" => "write `minimum`, and `exclusiveMinimum: true`".to_owned(),
        "exclusiveMaximum" => "write `maximum`, and `exclusiveMaximum: true`".to_owned(),
        "const" if version > own => "write `enum` with a list of the value alone".to_owned(),
        "examples" if version > own => "write `example`".to_owned(),
        "type" if version > own && *value != "null" => "write one type, and `nullable: true` for `null`".to_owned(),
        _ => format!("write `openapi: {version}.0`, or say it in the words of {own}"),
    };
    let message = format!("this `{key}` belongs to OpenAPI {version}, and this is {own}; it is read as meant");
    Some((message, help))
}

/// What is said of places, of many only once.
pub(super) fn said_of_places(message: &str, help: &str, places: &[Origin]) -> Vec<Diagnostic> {
    const FEW: usize = 3;
    let of = |place: &Origin, message: String| {
        Diagnostic::warning(Rule::Repaired, place, message).on_key().help(help.to_owned())
    };
    match places {
        [first, others @ ..] if others.len() >= FEW => {
            vec![of(first, format!("{message}, as it is at {} other places", others.len()))]
        }
        few => few.iter().map(|place| of(place, message.to_owned())).collect(),
    }
}

pub(super) fn unknown(key: &str, shape: &Shape, origin: &Origin) -> Diagnostic {
    if shape.name == "Responses" {
        let message = format!("`{key}` is not a status");
        let diagnostic = Diagnostic::error(Rule::InvalidValue, origin, message).on_key();
        return diagnostic.help("write a status such as `200`, a range such as `2XX`, or `default`");
    }
    let message = format!("{} has no member `{key}`; it is ignored", with_article(&shape.title()));
    suggest(Diagnostic::warning(Rule::UnknownMember, origin, message).on_key(), key, shape)
}

/// The same, in a file of the generator's own kinds.
pub(super) fn mistaken(key: &str, shape: &Shape, origin: &Origin) -> Diagnostic {
    let message = format!("{} has no member `{key}`", with_article(&shape.title()));
    suggest(Diagnostic::error(Rule::UnknownMember, origin, message).on_key(), key, shape)
}

pub(super) fn suggest(diagnostic: Diagnostic, key: &str, shape: &Shape) -> Diagnostic {
    match crate::parse::closest(key, shape.fields.iter().map(|(name, ..)| *name)) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic,
    }
}

impl Want {
    pub(in crate::parse) fn describe(&self) -> String {
        match self {
            Self::Anything => "anything".to_owned(),
            Self::Text | Self::Target => "text".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Natural => "a whole number from 0".to_owned(),
            Self::Word(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                format!("one of {}", words.join(", "))
            }
            Self::Types(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                format!("one of {}, or a list of several", words.join(", "))
            }
            Self::Object(shape) => with_article(&shape.title()),
            Self::RefOr(shape) => format!("{} Object or a `$ref`", with_article(shape.name)),
            Self::List(_) => "a list".to_owned(),
            Self::Filled(_) => "a list with at least one item".to_owned(),
            Self::Map(_) => "a mapping".to_owned(),
            Self::Aside(want) => want.describe(),
            Self::FlagOr(want) => format!("`true`, `false` or {}", want.describe()),
        }
    }
}

pub(super) fn with_article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    format!("{article} {name}")
}

pub(in crate::parse) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing (`null`)".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text {text:?}"),
        Value::String(_) => "a long text".to_owned(),
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}
