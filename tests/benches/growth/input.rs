//! Descriptions in parts.

use codegen::{Options, Rule, Source};
use serde_json::{Map, Value, json};

/// Descriptions that are alike, of any size.
#[derive(Clone, Copy)]
pub struct Family {
    pub name: &'static str,
    /// The smallest size that is measured, in what the family has many of: so much that it takes longer than
    /// what every description takes.
    pub size: usize,
    pub make: fn(usize) -> Input,
    pub expected: Expected,
}

/// What becomes of a description.
#[derive(Clone, Copy)]
pub enum Expected {
    Crate,
    Mistakes,
    /// Too much of it is refused.
    Either,
}

/// What the generator is given.
pub struct Input {
    pub source: Source,
    pub options: Options,
}

impl Family {
    pub const fn new(name: &'static str, size: usize, make: fn(usize) -> Input) -> Self {
        Self { name, size, make, expected: Expected::Crate }
    }

    /// A family of descriptions with mistakes.
    pub const fn refused(name: &'static str, size: usize, make: fn(usize) -> Input) -> Self {
        Self { expected: Expected::Mistakes, ..Self::new(name, size, make) }
    }

    /// A family of which large ones are more than is made.
    pub const fn limited(name: &'static str, size: usize, make: fn(usize) -> Input) -> Self {
        Self { expected: Expected::Either, ..Self::new(name, size, make) }
    }
}

impl Input {
    pub fn json(description: &Value) -> Self {
        Self { source: Source::new("growth.json", description.to_string()), options: Options::default() }
    }

    pub fn yaml(text: impl AsRef<str>) -> Self {
        Self { source: Source::new("growth.yaml", text), options: Options::default() }
    }

    pub fn allow(self, rule: Rule) -> Self {
        Self { options: self.options.allow(rule), ..self }
    }

    pub fn config(self, config: &Value) -> Self {
        Self { options: self.options.config(Source::new("growth.codegen.json", config.to_string())), ..self }
    }

    pub fn overlay(self, overlay: &Value) -> Self {
        Self { options: self.options.overlay(Source::new("growth.overlay.json", overlay.to_string())), ..self }
    }
}

/// What a description of nothing is called.
pub const NOTHING: &str = "nothing";

pub fn nothing(_: usize) -> Input {
    with(json!({}))
}

/// A description with these members.
pub fn description(members: Value) -> Value {
    let mut description = json!({ "openapi": "3.0.3", "info": { "title": "Growth", "version": "1" }, "paths": {} });
    if let (Value::Object(description), Value::Object(members)) = (&mut description, members) {
        description.extend(members);
    }
    description
}

pub fn with(members: Value) -> Input {
    Input::json(&description(members))
}

/// A mapping of so many members, by their numbers.
pub fn many(count: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..count).map(member).collect::<Map<_, _>>())
}

/// A list of so many items, by their numbers.
pub fn list(count: usize, item: impl Fn(usize) -> Value) -> Value {
    Value::Array((0..count).map(item).collect())
}

/// A description of so many schemas.
pub fn schemas(count: usize, schema: impl Fn(usize) -> (String, Value)) -> Input {
    with(json!({ "components": { "schemas": many(count, schema) } }))
}

/// A description of one schema.
pub fn schema(schema: Value) -> Input {
    with(json!({ "components": { "schemas": { "Whole": schema } } }))
}

/// A reference to a schema.
pub fn refer(name: impl AsRef<str>) -> Value {
    json!({ "$ref": format!("#/components/schemas/{}", name.as_ref()) })
}

/// An object with one member of its own.
pub fn object(member: impl AsRef<str>) -> Value {
    json!({ "type": "object", "properties": { member.as_ref(): { "type": "string" } } })
}

/// A description of so many operations, each at a path of its own.
pub fn operations(count: usize, operation: impl Fn(usize) -> Value) -> Value {
    many(count, |number| (format!("/things/t{number}"), json!({ "get": operation(number) })))
}

/// What every operation has.
pub fn responses() -> Value {
    json!({ "204": { "description": "Done" } })
}

/// A name for each number, which are all as long as each other, so that twice the names are twice the text.
pub fn in_two(number: usize, zero: &str, one: &str) -> String {
    format!("{number:012b}").replace('0', zero).replace('1', one)
}

/// Names of which Rust makes one.
pub fn alike(number: usize) -> String {
    in_two(number, "a-b", "a_b")
}
