//! The names of types, each from the place of its schema: a component is called by its own name,
//! a schema inside another by the way that leads to it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::{At, Case, Namer, status_words};
use super::reserved::Use;
use crate::api::{Api, Shape, Status};
use crate::pointer;

pub(super) fn name(api: &mut Api, namer: &mut Namer<'_>) {
    let places = Places::of(api);
    for (id, definition) in &mut api.types {
        definition.name.wire = places.words(&id.0).join(" ");
        namer.assign(&mut definition.name, Case::Type, Use::Schema, At::key(&definition.origin));
    }
}

/// What is called something else than the last token of its pointer: operations, parameters, and what
/// an extension gives a name.
struct Places(HashMap<String, String>);

impl Places {
    fn of(api: &Api) -> Self {
        let mut places = HashMap::new();
        for operation in api.groups.iter().flat_map(|group| &group.operations) {
            places.insert(operation.origin.pointer().to_owned(), operation.type_name.clone());
            for param in &operation.params {
                places.insert(param.origin.pointer().to_owned(), param.name.wire.clone());
            }
        }
        let types = api.types.values();
        let fields = types.clone().flat_map(|definition| match &definition.shape {
            Shape::Struct(shape) => shape.fields.as_slice(),
            Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => &[],
        });
        let types = types.map(|definition| (&definition.origin, &definition.name));
        for (origin, name) in types.chain(fields.map(|field| (&field.origin, &field.name))) {
            if let Some(given) = &name.given {
                places.entry(origin.pointer().to_owned()).or_insert_with(|| given.clone());
            }
        }
        Self(places)
    }

    fn at(&self, tokens: &[Cow<'_, str>]) -> Option<&String> {
        let pointer: String = tokens.iter().map(|token| format!("/{}", pointer::escape(token))).collect();
        self.0.get(&pointer)
    }

    /// The words that a reader expects of a place.
    fn words(&self, pointer: &str) -> Vec<String> {
        let tokens: Vec<_> = pointer::tokens(pointer).collect();
        let (mut words, mut at) = self.root(&tokens);
        while let Some(keyword) = tokens.get(at) {
            let name = tokens.get(at + 1);
            let called = self.at(tokens.get(..at + 2).unwrap_or_default()).filter(|_| takes_name(keyword));
            words.extend(called.cloned().or_else(|| step(keyword, name.map_or("", |name| name.as_ref()))));
            at += if takes_name(keyword) { 2 } else { 1 };
        }
        words
    }

    /// What the place is in, a component or an operation, and how many tokens that takes.
    fn root(&self, tokens: &[Cow<'_, str>]) -> (Vec<String>, usize) {
        match tokens {
            [first, _, name, ..] if first == "components" => {
                let given = self.at(tokens.get(..3).unwrap_or_default());
                (vec![given.map_or_else(|| name.to_string(), String::clone)], 3)
            }
            [first, path, ..] if first == "paths" => match self.at(tokens.get(..3).unwrap_or_default()) {
                Some(operation) => (vec![operation.clone()], 3),
                // A parameter that all operations of the path share.
                None => (vec![path.to_string()], 2),
            },
            _ => (Vec::new(), 0),
        }
    }
}

/// Whether a name that the author chose follows the keyword, or an index.
fn takes_name(keyword: &str) -> bool {
    matches!(keyword, "properties" | "headers" | "parameters" | "responses" | "content" | "oneOf" | "anyOf" | "allOf")
}

/// The word that a keyword and the name after it add.
fn step(keyword: &str, name: &str) -> Option<String> {
    match keyword {
        "properties" | "headers" => Some(name.to_owned()),
        "responses" => Some(reply_words(name)),
        "oneOf" | "anyOf" => Some(format!("variant {name}")),
        "items" => Some("item".to_owned()),
        "additionalProperties" => Some("value".to_owned()),
        "requestBody" => Some("body".to_owned()),
        "allOf" | "content" | "parameters" | "schema" => None,
        other => Some(other.to_owned()),
    }
}

/// `200` is what everybody expects of a response; any other status is said.
fn reply_words(status: &str) -> String {
    let range = status.chars().next().and_then(|digit| digit.to_digit(10)).and_then(|digit| digit.try_into().ok());
    match (status.parse(), range) {
        (Ok(200), _) => "response".to_owned(),
        (Ok(code), _) => status_words(Status::Code(code)),
        (Err(_), Some(digit)) => status_words(Status::Range(digit)),
        (Err(_), None) => format!("{status} response"),
    }
}
