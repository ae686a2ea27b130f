//! Schemas as no version of OpenAPI writes them.

use serde_json::{Map, Value};

use super::Repair;
use super::coerce::flag;
use super::types::{self, is_type};
use crate::grammar::Version;
use crate::maps::HashSet;
use crate::parse::closest;
use crate::pointer;

/// The keywords whose numbers the documentation shows.
const LIMITS: [&str; 11] = [
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
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
        self.tuple(schema);
        for keyword in ["anyOf", "oneOf"] {
            self.null_variant(schema, keyword);
        }
        self.kind(schema);
        self.texts(schema);
        for (keyword, value) in schema.iter().filter(|(keyword, _)| LIMITS.contains(&keyword.as_str())) {
            // An f64 holds no more than this many digits.
            if value.as_f64().is_some_and(|number| number.abs() >= 2_f64.powi(53)) {
                let mark = self.path.enter(keyword);
                self.limits.push((self.path.current().to_owned(), self.path.original().to_owned()));
                self.path.leave(mark);
            }
        }
    }

    /// Values of strings that were read as numbers or flags, as they are written without quotes.
    fn texts(&mut self, schema: &mut Map<String, Value>) {
        let kinds: Vec<_> = match pointer::member(schema, "type") {
            Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
            word => word.and_then(Value::as_str).into_iter().collect(),
        };
        let is_text = kinds.contains(&"string") && kinds.iter().all(|kind| matches!(*kind, "string" | "null"));
        if kinds.is_empty() {
            let values = pointer::member(schema, "enum").and_then(Value::as_array).into_iter().flatten().enumerate();
            let values = values.filter(|(_, value)| value.is_number() || value.is_boolean());
            let place = |index: usize| {
                let (at, from) = (self.path.current(), self.path.original_of("/enum"));
                (format!("{at}/enum/{index}"), format!("{from}/{index}"))
            };
            self.listed.extend(values.map(|(index, _)| place(index)));
        }
        if !is_text {
            return;
        }
        for keyword in ["default", "const"] {
            if let Some(value) = pointer::member_mut(schema, keyword) {
                self.within(keyword, |repair| repair.text(value));
            }
        }
        if let Some(Value::Array(values)) = pointer::member_mut(schema, "enum") {
            self.within("enum", |repair| {
                for (index, value) in values.iter_mut().enumerate() {
                    repair.within(&index.to_string(), |repair| repair.text(value));
                }
            });
        }
    }

    /// `required: true` on properties, which the schema around them should list.
    fn required_members(&mut self, schema: &mut Map<String, Value>) {
        let Some(Value::Object(properties)) = pointer::member_mut(schema, "properties") else { return };
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
        if pointer::member(schema, "required").and_then(as_flag).is_some() {
            let text = "`required` of a schema lists its properties; `true` and `false` say nothing, and are left out";
            self.says_of("required", text, "write the list of the required properties, or remove it");
            schema.shift_remove("required");
        }
    }

    /// A list of schemas for items, as JSON Schema wrote what is `prefixItems` today.
    fn tuple(&mut self, schema: &mut Map<String, Value>) {
        let Some(Value::Array(items)) = pointer::member_mut(schema, "items") else { return };
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
            Err(items) if self.version > Version::V3_0 => {
                let text = "`items` is one schema since JSON Schema 2020-12; the list is read as `prefixItems`";
                self.says_of("items", text, "write `prefixItems`");
                self.path.moved("/prefixItems", "/items");
                schema.insert("prefixItems".to_owned(), Value::Array(items));
                match schema.shift_remove("additionalItems") {
                    Some(rest) => {
                        self.path.moved("/items", "/additionalItems");
                        schema.insert("items".to_owned(), rest);
                    }
                    None => _ = schema.shift_remove("items"),
                }
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

    /// A variant whose type is the word `null` without its quotes, which YAML reads as nothing.
    fn null_variant(&mut self, schema: &mut Map<String, Value>, keyword: &str) {
        let Some(Value::Array(variants)) = pointer::member_mut(schema, keyword) else { return };
        for (index, variant) in variants.iter_mut().enumerate() {
            let Some(object) = variant.as_object_mut().filter(|object| object.len() == 1) else { continue };
            let Some(kind) = object.get_mut("type").filter(|kind| kind.is_null()) else { continue };
            *kind = "null".into();
            let at = format!("{}/{keyword}/{index}", self.path.original());
            self.says_at(
                &at,
                "type",
                "without quotes this is nothing; it is read as the type `null`",
                "write `'null'`",
            );
        }
    }

    /// The type, or the types.
    fn kind(&mut self, schema: &mut Map<String, Value>) {
        let words: Vec<String> = match pointer::member(schema, "type") {
            Some(Value::String(word)) if is_type(word) => return,
            Some(Value::String(words)) => words.split([',', '|']).map(|word| word.trim().to_owned()).collect(),
            Some(Value::Array(words)) => {
                let texts = words.iter().map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
                texts.collect()
            }
            // What is nothing is left out elsewhere.
            None | Some(Value::Null) => return,
            Some(_) => vec![String::new()],
        };
        let known: Vec<_> = words.iter().map(|word| types::known(word)).collect();
        let mut kinds: Vec<(&str, Option<&str>)> = Vec::new();
        known.iter().flatten().for_each(|kind| {
            if !kinds.contains(kind) {
                kinds.push(*kind)
            }
        });
        let are_right = kinds.len() == words.len() && words.iter().all(|word| is_type(word));
        if are_right && pointer::member(schema, "type").is_some_and(Value::is_array) {
            return;
        }
        let unknown = words.iter().zip(&known).find(|(_, known)| known.is_none()).map(|(word, _)| word);
        let close = unknown.and_then(|word| closest(word, types::TYPES.iter().copied()));
        // Of a version that has a word for everything, a word that is none is a mistake.
        if unknown.is_some() && self.version > Version::V3_0 && close.is_some() {
            return;
        }
        let meant = match kinds.as_slice() {
            // Some word that is no type: anything may be meant.
            _ if unknown.is_some() => {
                schema.shift_remove("type");
                "any value".to_owned()
            }
            [kind] => self.one_kind(schema, *kind),
            kinds => {
                let names: Vec<_> = kinds.iter().map(|(kind, _)| format!("`{kind}`")).collect();
                schema.insert("type".to_owned(), kinds.iter().map(|(kind, _)| *kind).collect());
                let formats: Vec<_> = kinds.iter().filter_map(|(_, format)| *format).collect();
                if let ([format], false) = (formats.as_slice(), schema.contains_key("format")) {
                    schema.insert("format".to_owned(), (*format).into());
                }
                format!("any of {}", names.join(", "))
            }
        };
        let help = match close {
            Some(close) => format!("did you mean `{close}`?"),
            None if unknown.is_none() && kinds.len() > 1 => "write a list of types".to_owned(),
            None if words.iter().all(|word| is_type(word)) => "write each type once".to_owned(),
            None => "write one of the types of OpenAPI, or none for any value".to_owned(),
        };
        self.says_of("type", format!("this `type` is not one of OpenAPI; it is read as {meant}"), help);
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
}

/// A flag, also as a text.
fn as_flag(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| flag(value)?.as_bool())
}
