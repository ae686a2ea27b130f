//! Schemas as JSON Schema, OpenAPI 3.1 and OpenAPI 2 write them.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Repair;
use super::coerce::flag;
use super::types::{self, is_about};
use crate::parse::closest;
use crate::pointer;

/// The keywords whose numbers the documentation shows.
const LIMITS: [&str; 9] = [
    "maximum",
    "minimum",
    "multipleOf",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
];

impl Repair {
    pub(super) fn schema(&mut self, schema: &mut Map<String, Value>) {
        self.required_members(schema);
        self.required_alone(schema);
        self.constant(schema);
        self.examples(schema);
        for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            self.exclusive(schema, limit, exclusive);
        }
        self.tuple(schema);
        for keyword in ["anyOf", "oneOf"] {
            self.null_variant(schema, keyword);
        }
        self.kind(schema);
        self.texts(schema);
        for keyword in LIMITS {
            // An f64 holds no more than this many digits.
            let is_rounded =
                |number: &serde_json::Number| number.as_f64().is_some_and(|number| number.abs() >= 2_f64.powi(53));
            if schema.get(keyword).and_then(Value::as_number).is_some_and(is_rounded) {
                let mark = self.path.enter(keyword);
                self.limits.push((self.path.current().to_owned(), self.path.original().to_owned()));
                self.path.leave(mark);
            }
        }
    }

    /// Values of strings that were read as numbers or flags, as they are written without quotes.
    fn texts(&mut self, schema: &mut Map<String, Value>) {
        let kind = schema.get("type").and_then(Value::as_str);
        if kind.is_none() {
            let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten().enumerate();
            let values = values.filter(|(_, value)| value.is_number() || value.is_boolean());
            let place = |index: usize| {
                let (at, from) = (self.path.current(), self.path.original_of("/enum"));
                (format!("{at}/enum/{index}"), format!("{from}/{index}"))
            };
            self.listed.extend(values.map(|(index, _)| place(index)));
        }
        if kind != Some("string") {
            return;
        }
        if let Some(default) = schema.get_mut("default") {
            self.within("default", |repair| repair.text(default));
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            self.within("enum", |repair| {
                for (index, value) in values.iter_mut().enumerate() {
                    repair.within(&index.to_string(), |repair| repair.text(value));
                }
            });
        }
    }

    /// `required: true` on properties, which the schema around them should list.
    fn required_members(&mut self, schema: &mut Map<String, Value>) {
        let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
        let mut required = Vec::new();
        for (name, property) in properties.iter_mut() {
            let Some(property) = property.as_object_mut() else { continue };
            let Some(is_required) = property.get("required").and_then(as_flag) else { continue };
            property.shift_remove("required");
            let at = format!("{}/properties/{}", self.path.original(), pointer::escape(name));
            let (text, help) = if is_required {
                required.push(name.clone());
                (
                    format!("`required` of a property is read as `{name}` in the list of the object around it"),
                    format!("write `required: [{name}]` beside `properties`"),
                )
            } else {
                (
                    format!("`required: false` is read as `{name}` not being required"),
                    "remove it: what is not listed as required is not".to_owned(),
                )
            };
            self.says_at(&at, "required", text, help);
        }
        if required.is_empty() {
            return;
        }
        let list = schema.entry("required").or_insert_with(|| Value::Array(Vec::new()));
        if !list.is_array() {
            // What else stands there is not about the properties.
            self.says_of(
                "required",
                "`required` is a list of properties; what is here is left out",
                "write a list of names",
            );
            *list = Value::Array(Vec::new());
        }
        if let Some(list) = list.as_array_mut() {
            let known: HashSet<_> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            list.extend(required.into_iter().filter(|name| !known.contains(name)).map(Value::from));
        }
    }

    /// A flag where no object is around it.
    fn required_alone(&mut self, schema: &mut Map<String, Value>) {
        if schema.get("required").and_then(as_flag).is_some() {
            let text = "`required` of a schema lists its properties; `true` and `false` say nothing, and are left out";
            self.says_of("required", text, "write the list of the required properties, or remove it");
            schema.shift_remove("required");
        }
    }

    fn constant(&mut self, schema: &mut Map<String, Value>) {
        if schema.contains_key("enum") {
            return;
        }
        let Some(value) = schema.get("const").cloned() else { return };
        schema.shift_remove("const");
        self.says_of(
            "const",
            "`const` is read as an `enum` of one value",
            "write `enum` with a list of the value alone",
        );
        self.path.moved("/enum/0", "/const");
        self.path.moved("/enum", "/const");
        schema.insert("enum".to_owned(), Value::Array(vec![value]));
    }

    /// A list of examples, of which OpenAPI 3.0 has one.
    fn examples(&mut self, schema: &mut Map<String, Value>) {
        let Some(examples) = schema.shift_remove("examples") else { return };
        let first = match &examples {
            Value::Array(items) => items.first().map(|first| (first, "/0".to_owned())),
            _ => None,
        };
        match first.filter(|_| !schema.contains_key("example")) {
            Some((first, token)) => {
                self.says_of("examples", "a schema has one `example`; the first one is taken", "write `example`");
                self.path.moved("/example", &format!("/examples{token}"));
                schema.insert("example".to_owned(), first.clone());
            }
            None => self.says_of(
                "examples",
                "a schema has one `example`, and no `examples`; they are left out",
                "write `example`",
            ),
        }
    }

    /// A limit that excludes itself, as JSON Schema writes it since its draft 6.
    fn exclusive(&mut self, schema: &mut Map<String, Value>, limit: &str, exclusive: &str) {
        let number = match schema.get(exclusive) {
            Some(Value::Number(number)) => number.clone(),
            Some(Value::String(text)) if flag(&Value::from(text.as_str())).is_none() => match text.trim().parse() {
                Ok(number) => number,
                Err(_) => return,
            },
            _ => return,
        };
        let narrower = |other: f64| {
            let own = number.as_f64().unwrap_or_default();
            if limit == "minimum" { own >= other } else { own <= other }
        };
        let counts = schema.get(limit).and_then(Value::as_f64).is_none_or(narrower);
        let text = if counts {
            format!("`{exclusive}` is a flag beside `{limit}` in OpenAPI 3.0; it is read that way")
        } else {
            format!("`{exclusive}` is a flag beside `{limit}` in OpenAPI 3.0; `{limit}` says more and counts")
        };
        self.says_of(exclusive, text, format!("write `{limit}: {number}` and `{exclusive}: true`"));
        if counts {
            self.path.moved(&format!("/{limit}"), &format!("/{exclusive}"));
            schema.insert(limit.to_owned(), Value::Number(number));
            schema.insert(exclusive.to_owned(), true.into());
        } else {
            schema.shift_remove(exclusive);
        }
    }

    /// A list of schemas for items.
    fn tuple(&mut self, schema: &mut Map<String, Value>) {
        let Some(Value::Array(items)) = schema.get_mut("items") else { return };
        let items = std::mem::take(items);
        let (new, text) = match <[Value; 1]>::try_from(items) {
            Ok([only]) => {
                self.path.moved("/items", "/items/0");
                (only, "`items` is one schema; the one of the list is taken")
            }
            Err(items) if items.is_empty() => {
                schema.shift_remove("items");
                self.says_of("items", "`items` is one schema; the empty list is left out", "write a schema");
                return;
            }
            Err(items) => {
                self.path.moved("/items/anyOf", "/items");
                let any = Map::from_iter([("anyOf".to_owned(), Value::Array(items))]);
                (Value::Object(any), "`items` is one schema; the list is read as `anyOf`")
            }
        };
        self.says_of("items", text, "write one schema");
        schema.insert("items".to_owned(), new);
    }

    /// A variant that is nothing but `null`, as OpenAPI 3.1 writes it.
    fn null_variant(&mut self, schema: &mut Map<String, Value>, keyword: &str) {
        let is_null = |variant: &Value| {
            variant.as_object().is_some_and(|object| object.len() == 1)
                && variant.get("type").is_some_and(|kind| kind.is_null() || *kind == "null")
        };
        let Some(Value::Array(variants)) = schema.get_mut(keyword) else { return };
        // A list of nothing else is no choice.
        if !variants.iter().any(is_null) || variants.iter().all(is_null) {
            return;
        }
        let mut said = Vec::new();
        let mut kept = 0;
        for (index, variant) in variants.iter().enumerate() {
            if is_null(variant) {
                said.push(index);
                continue;
            }
            if kept != index {
                self.path.moved(&format!("/{keyword}/{kept}"), &format!("/{keyword}/{index}"));
            }
            kept += 1;
        }
        variants.retain(|variant| !is_null(variant));
        for index in said {
            let at = format!("{}/{keyword}", self.path.original());
            let text = "OpenAPI 3.0 has no type `null`; it is read as `nullable: true` of the whole";
            self.says_at(&at, &index.to_string(), text, format!("write `nullable: true` beside `{keyword}`"));
        }
        schema.insert("nullable".to_owned(), true.into());
    }

    /// The type, or the types.
    fn kind(&mut self, schema: &mut Map<String, Value>) {
        let words: Vec<String> = match schema.get("type") {
            Some(Value::String(word)) if types::TYPES.contains(&word.as_str()) => return,
            Some(Value::String(words)) => words.split([',', '|']).map(|word| word.trim().to_owned()).collect(),
            Some(Value::Array(words)) => {
                let texts = words.iter().map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
                texts.collect()
            }
            // What is nothing is left out elsewhere.
            None | Some(Value::Null) => return,
            Some(_) => vec![String::new()],
        };
        let is_null = |word: &String| word.eq_ignore_ascii_case("null") || word.eq_ignore_ascii_case("nil");
        let nullable = words.iter().any(is_null);
        let mut kinds: Vec<_> = words.iter().filter(|word| !is_null(word)).map(|word| types::known(word)).collect();
        kinds.dedup();
        if nullable {
            schema.insert("nullable".to_owned(), true.into());
        }
        let meant = match kinds.as_slice() {
            // Some word that is no type: anything may be meant.
            kinds if kinds.iter().any(Option::is_none) => {
                schema.shift_remove("type");
                "any value".to_owned()
            }
            [] => {
                schema.shift_remove("type");
                "any value".to_owned()
            }
            [kind] => self.one_kind(schema, kind.unwrap_or_default()),
            kinds => {
                let kinds: Vec<_> = kinds.iter().flatten().copied().collect();
                self.several_kinds(schema, &kinds)
            }
        };
        let or_null = if nullable && !kinds.is_empty() { ", or `null`" } else { "" };
        let unknown = words.iter().find(|word| !is_null(word) && types::known(word).is_none());
        let close = unknown.and_then(|word| closest(word, types::TYPES.iter().copied()));
        let help = match close {
            Some(close) => format!("did you mean `{close}`?"),
            None if nullable => "write one type, and `nullable: true`".to_owned(),
            None => "write one of the types of OpenAPI, or none for any value".to_owned(),
        };
        self.says_of("type", format!("this `type` is not one of OpenAPI 3.0; it is read as {meant}{or_null}"), help);
    }

    fn one_kind(
        &mut self,
        schema: &mut Map<String, Value>,
        (kind, format): (&'static str, Option<&'static str>),
    ) -> String {
        schema.insert("type".to_owned(), kind.into());
        match format.filter(|_| !schema.contains_key("format")) {
            Some(format) => {
                schema.insert("format".to_owned(), format.into());
                format!("`{kind}` of the format `{format}`")
            }
            None => format!("`{kind}`"),
        }
    }

    /// A variant for each type, with the keywords that are about it.
    fn several_kinds(
        &mut self,
        schema: &mut Map<String, Value>,
        kinds: &[(&'static str, Option<&'static str>)],
    ) -> String {
        schema.shift_remove("type");
        let is_free = !schema.contains_key("anyOf");
        let at = if is_free {
            "/anyOf".to_owned()
        } else {
            format!("/allOf/{}/anyOf", schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len))
        };
        self.path.moved(&at, "/type");
        let about: Vec<_> =
            schema.keys().filter(|key| kinds.iter().any(|(kind, _)| is_about(key, kind))).cloned().collect();
        let mut variants = Vec::new();
        for (index, (kind, format)) in kinds.iter().enumerate() {
            let mut variant = Map::from_iter([("type".to_owned(), Value::from(*kind))]);
            variant.extend(format.map(|format| ("format".to_owned(), format.into())));
            for key in about.iter().filter(|key| is_about(key, kind)) {
                self.path.moved(&format!("{at}/{index}/{key}"), &format!("/{key}"));
                variant.extend(schema.get(key).map(|value| (key.clone(), value.clone())));
            }
            variants.push(Value::Object(variant));
        }
        for key in &about {
            schema.shift_remove(key);
        }
        let variants = Value::Array(variants);
        if is_free {
            schema.insert("anyOf".to_owned(), variants);
        } else {
            let inner = Value::Object(Map::from_iter([("anyOf".to_owned(), variants)]));
            let all = schema.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
            if let Some(all) = all.as_array_mut() {
                all.push(inner);
            }
        }
        let names: Vec<_> = kinds.iter().map(|(kind, _)| format!("`{kind}`")).collect();
        format!("any of {}", names.join(", "))
    }
}

/// A flag, also as a text.
fn as_flag(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| flag(value)?.as_bool())
}
