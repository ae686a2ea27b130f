//! Documented examples of bodies, which the emitted client's tests hold it to.

use std::collections::HashMap;

use openapiv3::MediaType;
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Lowering;
use crate::api::{Example, Name, Origin, Type};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;
use crate::{parse, pointer};

impl Lowering<'_> {
    /// Takes along the examples of a body. `title` says what they are examples of.
    pub fn media_examples(&mut self, media: &MediaType, ty: &Type, title: &str, origin: &Origin) {
        if media.example.is_some() {
            self.example("", ty, title, &origin.child("example"));
        }
        for (name, example) in &media.examples {
            let at = origin.child("examples").child(name);
            let Some((example, at)) = self.resolve::<openapiv3::Example, _>(example, &at) else { continue };
            if example.value.is_some() {
                self.example(name, ty, title, &at.child("value"));
            } else {
                let message = "an example without a `value` is not taken along yet";
                self.push(Diagnostic::error(Rule::UnsupportedExample, &at, message).on_key());
            }
        }
    }

    fn example(&mut self, name: &str, ty: &Type, title: &str, origin: &Origin) {
        // A response that several operations share is one example, named after the response.
        if self.examples.iter().any(|example| example.origin.pointer() == origin.pointer()) {
            return;
        }
        let mut tokens = pointer::tokens(origin.pointer());
        let component = match (tokens.next().as_deref(), tokens.next().as_deref()) {
            (Some("components"), Some("responses" | "requestBodies")) => {
                tokens.next().map(std::borrow::Cow::into_owned)
            }
            _ => None,
        };
        let title = component.unwrap_or_else(|| title.to_owned());
        let title = format!("{title} {name}").trim_end().to_owned();
        self.examples.push(Example {
            name: Name::new(title.clone(), None),
            title,
            ty: ty.clone(),
            json: String::new(),
            origin: origin.clone(),
        });
    }

    /// Writes the examples as JSON, with numbers spelled as the description spells them.
    pub fn spell_examples(&mut self) {
        let tree = &self.document.tree;
        let mut numbers = Vec::new();
        for example in &self.examples {
            if let Some(value) = tree.pointer(example.origin.pointer()) {
                numbers_in(value, &example.origin, &mut numbers);
            }
        }
        let spellings = parse::spellings(self.document.source, numbers.iter().map(Origin::pointer));
        for index in 0..self.examples.len() {
            let origin = self.examples[index].origin.clone();
            let value = self.document.tree.pointer(origin.pointer()).unwrap_or(&Value::Null);
            match serde_json::to_string_pretty(&Spelled { value, origin: origin.clone(), spellings: &spellings }) {
                Ok(json) => self.examples[index].json = json,
                Err(error) => self.push(Diagnostic::error(Rule::UnsupportedExample, &origin, error.to_string())),
            }
        }
    }
}

fn numbers_in(value: &Value, origin: &Origin, numbers: &mut Vec<Origin>) {
    match value {
        Value::Number(_) => numbers.push(origin.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                numbers_in(item, &origin.child(index.to_string()), numbers);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                numbers_in(member, &origin.child(name), numbers);
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// A value that serializes with the spelling of its numbers.
struct Spelled<'a> {
    value: &'a Value,
    origin: Origin,
    spellings: &'a HashMap<String, String>,
}

impl Spelled<'_> {
    fn child<'b>(&'b self, value: &'b Value, token: &str) -> Spelled<'b> {
        Spelled { value, origin: self.origin.child(token), spellings: self.spellings }
    }
}

impl Serialize for Spelled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Number(number) => match self.spellings.get(self.origin.pointer()) {
                Some(text) => RawValue::from_string(text.clone()).map_err(S::Error::custom)?.serialize(serializer),
                None => number.serialize(serializer),
            },
            Value::Array(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for (index, item) in items.iter().enumerate() {
                    seq.serialize_element(&self.child(item, &index.to_string()))?;
                }
                seq.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, member) in members {
                    map.serialize_entry(name, &self.child(member, name))?;
                }
                map.end()
            }
            plain => plain.serialize(serializer),
        }
    }
}
