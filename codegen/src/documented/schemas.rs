//! Schemas as JSON Schema 2020-12 has them, for a validator that knows nothing else.
//!
//! They are taken as they are written, and not as the generator reads them: only what 3.0 says in other words is said
//! in the words of JSON Schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::api::{Direction, Origin};
use crate::grammar::{SCHEMA, Want};
use crate::lower::Ground;
use crate::maps::HashMap;

/// The dialect that all of them are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// How many schemas of a member are looked through for its direction, one inside of the other.
const DEEPEST: usize = 8;

/// The schemas that examples belong to, and those that these refer to, by their places.
pub(super) struct Schemas<'g, 'a> {
    ground: &'g Ground<'a>,
    places: Vec<Origin>,
    numbers: HashMap<String, usize>,
}

/// How a schema is read.
#[derive(Clone, Copy)]
struct Reading<'a, 'r> {
    direction: Option<Direction>,
    /// Members of which it does not matter whether they are there.
    excused: &'r BTreeSet<&'a str>,
}

impl<'g, 'a> Schemas<'g, 'a> {
    pub fn new(ground: &'g Ground<'a>) -> Self {
        Self { ground, places: Vec::new(), numbers: HashMap::default() }
    }

    /// The number of the schema at a place, by which the others refer to it.
    pub fn number(&mut self, at: &Origin) -> usize {
        let next = self.places.len();
        let number = *self.numbers.entry(at.pointer().to_owned()).or_insert(next);
        if number == next {
            self.places.push(at.clone());
        }
        number
    }

    /// All of them, of either direction, of what is sent, and of what is received.
    pub fn finish(mut self) -> [Value; 3] {
        [None, Some(Direction::Sent), Some(Direction::Received)].map(|direction| self.all(direction))
    }

    fn all(&mut self, direction: Option<Direction>) -> Value {
        let mut all = Map::new();
        // What they refer to is put behind them.
        while let Some(at) = self.places.get(all.len()).cloned() {
            let value = self.ground.document.at(at.pointer()).unwrap_or(&Value::Bool(true));
            let schema = self.schema(value, &at, Reading { direction, excused: &BTreeSet::new() });
            all.insert(all.len().to_string(), schema);
        }
        json!({ "$schema": DIALECT, "$defs": all })
    }

    fn schema(&mut self, value: &'a Value, at: &Origin, reading: Reading<'a, '_>) -> Value {
        let Some(members) = value.as_object() else { return json!(value.as_bool().unwrap_or(true)) };
        let mut schema = Map::new();
        schema.insert("$comment".to_owned(), at.pointer().into());
        if let Some(reference) = self.ground.document.reference(value, at.pointer()) {
            self.refer(reference, at, &mut schema);
            return schema.into();
        }
        let mut excused = reading.excused.clone();
        self.excuse(value, at, reading.direction, &mut excused, 0);
        for (keyword, value) in members {
            let Some(want) = SCHEMA.member(keyword).map(Want::solid) else { continue };
            let at = at.child(keyword);
            match (keyword.as_str(), value) {
                ("$ref", Value::String(reference)) => self.refer(reference, &at, &mut schema),
                ("required", Value::Array(names)) => {
                    let names = names.iter().filter_map(Value::as_str).filter(|name| !excused.contains(name));
                    schema.insert(keyword.clone(), json!(names.collect::<BTreeSet<_>>()));
                }
                _ => {
                    let excused = if says_more(keyword) { &excused } else { &BTreeSet::new() };
                    let said = self.said((keyword, value), want, &at, Reading { excused, ..reading });
                    schema.extend(said.map(|said| (keyword.clone(), said)));
                }
            }
        }
        exclude_limits(&mut schema);
        limit_integers(&mut schema, at);
        if members.get("nullable").and_then(Value::as_bool) == Some(true) {
            return json!({ "$comment": at.pointer(), "if": { "type": "null" }, "else": schema });
        }
        schema.into()
    }

    /// What a keyword says: other schemas, or what values keep to. What is not well-formed says nothing.
    fn said(
        &mut self,
        (keyword, value): (&str, &'a Value),
        want: &'static Want,
        at: &Origin,
        reading: Reading<'a, '_>,
    ) -> Option<Value> {
        Some(match (want, value) {
            // Of what stands in a text, nothing is checked, and what is only referred to is put with the others.
            _ if matches!(keyword, "contentSchema" | "$defs") => return None,
            (Want::RefOr(_) | Want::FlagOr(_), Value::Object(_) | Value::Bool(_)) => self.schema(value, at, reading),
            (Want::Map(Want::RefOr(_)), Value::Object(members)) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.clone(), self.schema(value, &at.child(name), reading)));
                members.collect::<Map<_, _>>().into()
            }
            (Want::List(Want::RefOr(_)) | Want::Filled(Want::RefOr(_)), Value::Array(items)) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, value)| self.schema(value, &at.child(index.to_string()), reading));
                items.collect::<Vec<_>>().into()
            }
            _ => Some(value).filter(|value| says_what_values_are(keyword, value))?.clone(),
        })
    }

    fn refer(&mut self, reference: &str, at: &Origin, schema: &mut Map<String, Value>) {
        match self.ground.find(reference, at) {
            Ok((_, target)) => _ = schema.insert("$ref".to_owned(), format!("#/$defs/{}", self.number(&target)).into()),
            Err(diagnostic) => self.ground.push(diagnostic),
        }
    }

    /// Finds the members that a schema, and those that it is made of, have in the other direction alone.
    fn excuse(
        &self,
        value: &'a Value,
        at: &Origin,
        direction: Option<Direction>,
        excused: &mut BTreeSet<&'a str>,
        depth: usize,
    ) {
        let properties = value.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (name, property) in properties {
            let place = at.child("properties").child(name);
            let is_read_only = || direction != Some(Direction::Received) && self.says("readOnly", property, &place, 0);
            let is_write_only = || direction != Some(Direction::Sent) && self.says("writeOnly", property, &place, 0);
            if is_read_only() || is_write_only() {
                excused.insert(name);
            }
        }
        for (part, place) in self.parts(value, at).into_iter().filter(|_| depth < DEEPEST) {
            self.excuse(part, &place, direction, excused, depth + 1);
        }
    }

    /// Whether a flag is set by a schema, or by one that it is made of.
    fn says(&self, flag: &str, value: &'a Value, at: &Origin, depth: usize) -> bool {
        let own = value.get(flag).and_then(Value::as_bool) == Some(true);
        let parts = || self.parts(value, at).into_iter().filter(|_| depth < DEEPEST);
        own || parts().any(|(part, place)| self.says(flag, part, &place, depth + 1))
    }

    /// The schemas that all values of a schema keep to, too.
    fn parts(&self, value: &'a Value, at: &Origin) -> Vec<(&'a Value, Origin)> {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| self.ground.find(reference, at).ok());
        let all = value.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate();
        let all = all.map(|(index, part)| (part, at.child("allOf").child(index.to_string())));
        target.into_iter().chain(all).collect()
    }
}

/// Whether the schemas of a keyword say more of the same values.
fn says_more(keyword: &str) -> bool {
    matches!(keyword, "allOf" | "anyOf" | "oneOf" | "if" | "then" | "else" | "dependentSchemas")
}

/// Whether a keyword says what values look like, in a way that JSON Schema takes.
fn says_what_values_are(keyword: &str, value: &Value) -> bool {
    let is_text = |value: &Value| value.is_string();
    let is_texts = |value: &Value| value.as_array().is_some_and(|items| items.iter().all(Value::is_string));
    match keyword {
        "minimum" | "maximum" => value.is_number(),
        // As flags, these are about the limits.
        "exclusiveMinimum" | "exclusiveMaximum" => value.is_number() || value.is_boolean(),
        "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minContains" | "maxContains" | "minProperties"
        | "maxProperties" => value.is_u64(),
        "uniqueItems" => value.is_boolean(),
        "pattern" | "format" => value.is_string(),
        "type" => is_text(value) || is_texts(value),
        "enum" => value.is_array(),
        "const" => true,
        "dependentRequired" => value.as_object().is_some_and(|members| members.values().all(is_texts)),
        _ => false,
    }
}

/// Says of the limits that flags exclude that they are excluded.
fn exclude_limits(schema: &mut Map<String, Value>) {
    for (limit, flag) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let Some(is_excluded) = schema.get(flag).and_then(Value::as_bool) else { continue };
        schema.shift_remove(flag);
        if let Some(value) = schema.get(limit).cloned().filter(|_| is_excluded) {
            schema.shift_remove(limit);
            schema.insert(flag.to_owned(), value);
        }
    }
}

/// Says what the formats of integers say, which JSON Schema does not know.
fn limit_integers(schema: &mut Map<String, Value>, at: &Origin) {
    let limits = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => json!({ "minimum": i32::MIN, "maximum": i32::MAX }),
        Some("int64") => json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
        _ => return,
    };
    let Value::Object(mut limits) = limits else { return };
    limits.insert("$comment".to_owned(), at.child("format").pointer().into());
    if let Value::Array(all) = schema.entry("allOf").or_insert_with(|| json!([])) {
        all.push(limits.into());
    }
}
