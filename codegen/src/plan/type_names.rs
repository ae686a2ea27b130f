//! The names of types, each from the place of its schema: a component is called by its own name,
//! a schema inside another by the way that leads to it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::{Case, Namer, status_words, type_name};
use crate::api::{Api, Name, Status};
use crate::pointer;

pub(super) fn name(api: &mut Api, namer: &mut Namer<'_>) {
    let places = places(api);
    for (id, definition) in &mut api.types {
        if definition.name.given.is_some() {
            namer.assign(&mut definition.name, Case::Type, &definition.origin);
            continue;
        }
        let words = words(&id.0, &places);
        let rust = type_name(namer, &words, &definition.origin);
        definition.name = Name { wire: words.join(" "), given: None, rust };
    }
}

/// What the operations and parameters at some pointers are called.
fn places(api: &Api) -> HashMap<String, String> {
    let mut places = HashMap::new();
    for operation in api.groups.iter().flat_map(|group| &group.operations) {
        places.insert(operation.origin.pointer().to_owned(), operation.type_name.clone());
        for param in &operation.params {
            places.insert(param.origin.pointer().to_owned(), param.name.wire.clone());
        }
    }
    places
}

/// The words of a place. Keywords of OpenAPI on the way become the words that a reader expects.
fn words(pointer: &str, places: &HashMap<String, String>) -> Vec<String> {
    let tokens: Vec<_> = pointer::tokens(pointer).collect();
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        let taken = match (token.as_ref(), next) {
            ("components", Some(_)) if at == 0 => {
                words.extend(tokens.get(2).map(|name| name.to_string()));
                3
            }
            ("paths", Some(path)) if at == 0 => {
                match places.get(&join(&tokens[..tokens.len().min(3)])) {
                    Some(operation) => words.push(operation.clone()),
                    None => words.push(path.to_string()),
                }
                if places.contains_key(&join(&tokens[..tokens.len().min(3)])) { 3 } else { 2 }
            }
            ("properties" | "headers" | "patternProperties", Some(name)) => {
                words.push(name.to_string());
                2
            }
            ("parameters", Some(_)) => {
                words.extend(places.get(&join(&tokens[..at + 2])).cloned());
                2
            }
            ("responses", Some(status)) => {
                words.push(reply_word(status));
                2
            }
            ("content", Some(_)) => 2,
            ("oneOf" | "anyOf", Some(index)) => {
                words.push(format!("variant {index}"));
                2
            }
            ("allOf", Some(_)) => 2,
            ("items", _) => {
                words.push("item".to_owned());
                1
            }
            ("additionalProperties", _) => {
                words.push("value".to_owned());
                1
            }
            ("requestBody", _) => {
                words.push("body".to_owned());
                1
            }
            ("schema", _) => 1,
            (other, _) => {
                words.push(other.to_owned());
                1
            }
        };
        at += taken;
    }
    words
}

fn join(tokens: &[Cow<'_, str>]) -> String {
    tokens.iter().map(|token| format!("/{}", pointer::escape(token))).collect()
}

/// `200` is what everybody expects of a response; any other status says so.
fn reply_word(status: &str) -> String {
    match status.parse() {
        Ok(200) => "response".to_owned(),
        Ok(code) => status_words(Status::Code(code)),
        Err(_) if status == "default" => "default response".to_owned(),
        Err(_) => status
            .chars()
            .next()
            .and_then(|digit| digit.to_digit(10))
            .map_or_else(String::new, |digit| status_words(Status::Range(digit as u16))),
    }
}
