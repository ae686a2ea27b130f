//! What the members of one object have to do with each other, which the table cannot say.

use serde_json::{Map, Value};

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::grammar::Shape;
use crate::grammar::Version;
use crate::rule::Rule;

/// What is wrong with an object whose members are good, each on its own.
pub(super) fn check(
    object: &Map<String, Value>,
    shape: &Shape,
    version: Version,
    origin: impl Fn() -> Origin,
) -> Vec<Diagnostic> {
    match shape.name {
        "Responses" => no_response(object, &origin()).into_iter().collect(),
        "Link" => link(object, &origin()).into_iter().collect(),
        "OpenAPI" if version > Version::V3_0 => nothing_described(object, &origin()).into_iter().collect(),
        "Schema" if version > Version::V3_0 => without_effect(object, &origin).collect(),
        "Schema" => without_effect(object, &origin).chain(items(object, &origin)).collect(),
        _ => Vec::new(),
    }
}

fn nothing_described(root: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let describes = ["paths", "components", "webhooks"].iter().any(|member| root.contains_key(*member));
    let message = "this description has neither `paths` nor `components` nor `webhooks`";
    (!describes).then(|| Diagnostic::error(Rule::MissingMember, origin, message).help("write at least one of them"))
}

fn no_response(responses: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let is_empty = responses.keys().all(|key| key.starts_with("x-"));
    let message = "this operation has no response; every answer is an error of the call";
    is_empty.then(|| Diagnostic::warning(Rule::MissingMember, origin, message).on_key())
}

fn link(link: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let is_one = link.contains_key("operationRef") != link.contains_key("operationId");
    let message = "a Link Object needs either `operationRef` or `operationId`";
    (!is_one).then(|| Diagnostic::error(Rule::InvalidValue, origin, message).on_key())
}

/// The keywords of schemas that are about values of some types only.
const TYPED_KEYWORDS: &[(&str, &[&str])] = &[
    ("additionalProperties", &["object"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("items", &["array"]),
    ("maxItems", &["array"]),
    ("maxLength", &["string"]),
    ("maxProperties", &["object"]),
    ("maximum", &["integer", "number"]),
    ("minItems", &["array"]),
    ("minLength", &["string"]),
    ("minProperties", &["object"]),
    ("minimum", &["integer", "number"]),
    ("multipleOf", &["integer", "number"]),
    ("pattern", &["string"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("uniqueItems", &["array"]),
];

fn without_effect(schema: &Map<String, Value>, origin: impl Fn() -> Origin) -> impl Iterator<Item = Diagnostic> {
    let kinds: Vec<_> = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect(),
        kind => kind.and_then(Value::as_str).into_iter().collect(),
    };
    let present = TYPED_KEYWORDS.iter().filter(|(keyword, _)| schema.contains_key(*keyword));
    present.filter_map(move |(keyword, typed)| {
        let kind = kinds.first().filter(|_| !kinds.iter().any(|kind| typed.contains(kind)))?;
        let message = format!("`{keyword}` has no effect beside `type: {kind}`");
        Some(Diagnostic::warning(Rule::WithoutEffect, &origin().child(keyword), message).on_key())
    })
}

fn items(schema: &Map<String, Value>, origin: impl Fn() -> Origin) -> Option<Diagnostic> {
    let is_list = schema.get("type").and_then(Value::as_str) == Some("array");
    if !is_list || schema.contains_key("items") {
        return None;
    }
    let message = "the member `items` of this list is missing; it can hold anything";
    Some(Diagnostic::warning(Rule::MissingMember, &origin(), message).on_key())
}
