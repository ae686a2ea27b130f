//! Schemas as JSON Schema 2020-12 has them, for a validator that knows nothing else.
//!
//! They are taken as they are written, and not as the generator reads them: only what 3.0 says in other words is said
//! in the words of JSON Schema.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::api::{Direction, Origin};
use crate::grammar::{SCHEMA, Want};
use crate::lower::Ground;
use crate::maps::HashMap;
use crate::pointer;

/// The dialect that all of them are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// How many schemas are looked through for one member. Those of people are a handful.
const MOST: usize = 100;

/// The schemas that examples belong to, and those that these refer to, by their places.
pub(crate) struct Schemas<'g, 'a> {
    ground: &'g Ground<'a>,
    /// Whether each schema says where it is.
    tells_places: bool,
    /// Whether they keep what is no matter of JSON Schema: the direction that a value is for, and what tells variants
    /// apart.
    is_annotated: bool,
    places: Vec<Origin>,
    numbers: HashMap<String, usize>,
}

/// A schema, and its place.
type Placed<'a> = (&'a Value, Origin);

/// How a schema is read.
#[derive(Clone, Copy)]
struct Reading<'a, 'r> {
    direction: Option<Direction>,
    /// The schemas that say something of the same values.
    around: &'r [Placed<'a>],
}

impl<'g, 'a> Schemas<'g, 'a> {
    pub fn new(ground: &'g Ground<'a>) -> Self {
        Self { ground, tells_places: true, is_annotated: false, places: Vec::new(), numbers: HashMap::default() }
    }

    /// Those that do not say where they are, for whom nobody asks.
    pub fn without_places(ground: &'g Ground<'a>) -> Self {
        Self { tells_places: false, ..Self::new(ground) }
    }

    /// The same with `readOnly` and `writeOnly`, and of each `discriminator` its `propertyName` and the `values` that
    /// tell of a variant.
    pub fn annotated(self) -> Self {
        Self { is_annotated: true, ..self }
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

    /// Those of a direction.
    pub fn all(&mut self, direction: Option<Direction>) -> Value {
        let mut all = Map::new();
        // What they refer to is put behind them.
        while let Some(at) = self.places.get(all.len()).cloned() {
            let value = self.ground.document.at(at.pointer()).unwrap_or(&Value::Bool(true));
            let schema = self.schema(value, &at, Reading { direction, around: &[] });
            all.insert(all.len().to_string(), schema);
        }
        Map::from_iter([("$schema".to_owned(), DIALECT.into()), ("$defs".to_owned(), all.into())]).into()
    }

    fn schema(&mut self, value: &'a Value, at: &Origin, reading: Reading<'a, '_>) -> Value {
        let Some(members) = value.as_object() else { return json!(value.as_bool().unwrap_or(true)) };
        let mut schema = self.placed(at);
        if let Some(reference) = self.ground.document.reference(value, at.pointer()) {
            self.refer(reference, at, &mut schema);
            return schema.into();
        }
        let own = [(value, at.clone())];
        let is_about_more = |keyword: &String| keyword == "required" || says_more(keyword);
        let around: Vec<_> = match members.keys().any(is_about_more) {
            true => reading.around.iter().chain(&own).cloned().collect(),
            false => Vec::new(),
        };
        for (keyword, value) in members {
            // What stands for itself needs no look at the grammar.
            if says_what_values_are(keyword, value) {
                schema.insert(keyword.clone(), value.clone());
                continue;
            }
            let Some(want) = SCHEMA.member(keyword).map(Want::solid) else { continue };
            match (keyword.as_str(), value) {
                ("$ref", Value::String(reference)) => self.refer(reference, &at.child(keyword), &mut schema),
                ("discriminator", Value::Object(told)) if self.is_annotated => {
                    let values = told_values(told, members);
                    let told = json!({ "propertyName": told.get("propertyName"), "values": values });
                    schema.insert(keyword.clone(), told);
                }
                ("readOnly" | "writeOnly", Value::Bool(_)) if self.is_annotated => {
                    schema.insert(keyword.clone(), value.clone());
                }
                ("required", Value::Array(names)) => {
                    let names = names.iter().filter_map(Value::as_str);
                    let made_of = self.made_of(&around);
                    let names = names.filter(|name| !self.is_of_other_direction(name, &made_of, reading.direction));
                    schema.insert(keyword.clone(), json!(names.collect::<BTreeSet<_>>()));
                }
                _ => {
                    let around = if says_more(keyword) { around.as_slice() } else { &[] };
                    let said = self.said((keyword, value), want, at, Reading { around, ..reading });
                    schema.extend(said.map(|said| (keyword.clone(), said)));
                }
            }
        }
        exclude_limits(&mut schema);
        if let Some((at, limits)) = limits_of_format(&schema, at) {
            let mut part = self.placed(&at);
            part.extend(limits);
            if let Value::Array(all) = schema.entry("allOf").or_insert_with(|| json!([])) {
                all.push(part.into());
            }
        }
        if members.get("nullable").and_then(Value::as_bool) == Some(true) {
            let mut choice = self.placed(at);
            choice.insert("if".to_owned(), json!({ "type": "null" }));
            choice.insert("else".to_owned(), schema.into());
            return choice.into();
        }
        schema.into()
    }

    /// A schema that says nothing but where it is.
    fn placed(&self, at: &Origin) -> Map<String, Value> {
        let place = self.tells_places.then(|| ("$comment".to_owned(), at.pointer().into()));
        place.into_iter().collect()
    }

    /// What a keyword says of other schemas. What is not well-formed says nothing.
    fn said(
        &mut self,
        (keyword, value): (&str, &'a Value),
        want: &'static Want,
        within: &Origin,
        reading: Reading<'a, '_>,
    ) -> Option<Value> {
        Some(match (want, value) {
            // Of what stands in a text, nothing is checked, and what is only referred to is put with the others.
            _ if matches!(keyword, "contentSchema" | "$defs") => return None,
            (Want::RefOr(_) | Want::FlagOr(_), Value::Object(_) | Value::Bool(_)) => {
                self.schema(value, &within.child(keyword), reading)
            }
            (Want::Map(Want::RefOr(_)), Value::Object(members)) => {
                let (at, members) = (within.child(keyword), members.iter());
                let members = members.map(|(name, value)| (name.clone(), self.schema(value, &at.child(name), reading)));
                members.collect::<Map<_, _>>().into()
            }
            (Want::List(Want::RefOr(_)) | Want::Filled(Want::RefOr(_)), Value::Array(items)) => {
                let (at, items) = (within.child(keyword), items.iter().enumerate());
                let items = items.map(|(index, value)| self.schema(value, &at.child(index.to_string()), reading));
                items.collect::<Vec<_>>().into()
            }
            _ => return None,
        })
    }

    fn refer(&mut self, reference: &str, at: &Origin, schema: &mut Map<String, Value>) {
        match self.ground.find(reference, at) {
            Ok((_, target)) => _ = schema.insert("$ref".to_owned(), format!("#/$defs/{}", self.number(&target)).into()),
            Err(diagnostic) => self.ground.push(diagnostic),
        }
    }

    /// Whether a member is one of the other direction alone, as some schemas say.
    fn is_of_other_direction(&self, name: &str, schemas: &[Placed<'a>], direction: Option<Direction>) -> bool {
        let member = |(schema, at): &Placed<'a>| {
            let member = schema.get("properties")?.get(name)?;
            Some((member, at.child("properties").child(name)))
        };
        let said: Vec<_> = schemas.iter().filter_map(member).collect();
        let said = self.made_of(&said);
        let says = |flag: &str| said.iter().any(|(schema, _)| schema.get(flag).and_then(Value::as_bool) == Some(true));
        // What is said to be both is neither.
        match (says("readOnly"), says("writeOnly")) {
            (true, false) => direction != Some(Direction::Received),
            (false, true) => direction != Some(Direction::Sent),
            (true, true) | (false, false) => false,
        }
    }

    /// Some schemas, and those that all of their values keep to, too.
    fn made_of(&self, schemas: &[Placed<'a>]) -> Vec<Placed<'a>> {
        let mut found: Vec<_> = schemas.to_vec();
        let mut next = 0;
        while let Some((schema, at)) = found.get(next).cloned().filter(|_| next < MOST) {
            let is_new = |(_, at): &Placed<'a>| !found.iter().any(|(_, known)| known.pointer() == at.pointer());
            let parts: Vec<_> = self.parts(schema, &at).into_iter().filter(is_new).collect();
            found.extend(parts);
            next += 1;
        }
        found
    }

    /// The schemas that all values of a schema keep to, too.
    fn parts(&self, value: &'a Value, at: &Origin) -> Vec<Placed<'a>> {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| self.ground.find(reference, at).ok());
        let all = value.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate().take(MOST);
        let all = all.map(|(index, part)| (part, at.child("allOf").child(index.to_string())));
        target.into_iter().chain(all).collect()
    }
}

/// The values of a discriminator that tell of variants: those that it lists, and the names of the schemas.
fn told_values(told: &Map<String, Value>, schema: &Map<String, Value>) -> Vec<String> {
    let listed = told.get("mapping").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned();
    let variants = ["anyOf", "oneOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten();
    let references = variants.filter_map(|variant| variant.get("$ref")?.as_str());
    let names = references.filter_map(|reference| pointer::tokens(reference).next_back().map(Cow::into_owned));
    listed.chain(names).collect()
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

/// What the format of integers says, which JSON Schema does not know, and where.
fn limits_of_format(schema: &Map<String, Value>, at: &Origin) -> Option<(Origin, Map<String, Value>)> {
    let limits = match schema.get("format").and_then(Value::as_str)? {
        "int32" => json!({ "minimum": i32::MIN, "maximum": i32::MAX }),
        "int64" => json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
        _ => return None,
    };
    let Value::Object(limits) = limits else { return None };
    Some((at.child("format"), limits))
}
