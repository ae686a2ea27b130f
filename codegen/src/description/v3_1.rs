//! Schemas of OpenAPI 3.1 and newer, which are those of JSON Schema 2020-12, read from the tree where they stand.
//!
//! What OpenAPI 3.0 had in other words is read as it was meant there.

use std::slice;

use serde_json::{Map, Value};

use super::schema::{
    Additional, Annotations, At, Bound, Child, Discriminator, Inner, Items, Keywords, Limits, Nullable,
};
use super::{Extensions, ExternalDocs, Read as _};

/// A schema, or what is one in effect.
#[derive(Clone, Copy)]
pub(super) struct Schema<'a> {
    value: &'a Value,
    view: View<'a>,
}

#[derive(Clone, Copy)]
enum View<'a> {
    Whole,
    /// What it is by one of its types.
    Only(&'a str),
    /// Schemas under names, of which a value is any.
    AnyOfMembers,
}

/// The types that together take every value but `null`.
const EVERY: [&str; 5] = ["array", "boolean", "number", "object", "string"];

impl<'a> Child<'a> {
    /// What is written in a place: a reference where nothing else is said.
    pub(super) fn written(value: &'a Value) -> Self {
        match reference(value) {
            Some(reference) => Self::Reference(reference),
            None => Self::Schema(Schema { value, view: View::Whole }.into()),
        }
    }

    /// What the place of a part is read as that is no schema of its own: the reference among other keywords, or a
    /// type among others. `parent` is the schema around it.
    pub(super) fn part(parent: &'a Value, value: &'a Value, keyword: &str) -> Option<Self> {
        match (keyword, value) {
            ("$ref", Value::String(reference)) => Some(Self::Reference(reference)),
            ("type", Value::String(typ)) => Some(only(parent, typ)),
            ("patternProperties", Value::Object(_)) => Some(any_of_members(value)),
            _ => None,
        }
    }
}

/// The reference that a schema consists of, if it says nothing else.
pub(super) fn reference(value: &Value) -> Option<&str> {
    let object = value.as_object()?;
    let reference = object.get("$ref")?.as_str()?;
    (!object.keys().any(|key| says_something(key))).then_some(reference)
}

/// Whether a keyword beside a reference makes a difference to values or to their reader.
fn says_something(keyword: &str) -> bool {
    const WORDS: [&str; 46] = [
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "default",
        "dependentSchemas",
        "deprecated",
        "description",
        "discriminator",
        "else",
        "enum",
        "example",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "externalDocs",
        "format",
        "items",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "not",
        "nullable",
        "oneOf",
        "pattern",
        "patternProperties",
        "prefixItems",
        "properties",
        "readOnly",
        "required",
        "then",
        "title",
        "type",
        "unevaluatedItems",
        "unevaluatedProperties",
        "uniqueItems",
        "writeOnly",
    ];
    WORDS.contains(&keyword) || keyword.starts_with("x-rust-") || keyword == "x-enum-varnames"
}

fn only<'a>(value: &'a Value, typ: &'a str) -> Child<'a> {
    Child::Schema(Schema { value, view: View::Only(typ) }.into())
}

fn any_of_members(value: &Value) -> Child<'_> {
    Child::Schema(Schema { value, view: View::AnyOfMembers }.into())
}

impl<'a> Schema<'a> {
    pub const ANYTHING: Self = Self { value: &Value::Bool(true), view: View::Whole };

    fn get(self, keyword: &str) -> Option<&'a Value> {
        self.value.get(keyword)
    }

    fn text(self, keyword: &str) -> Option<&'a str> {
        self.get(keyword)?.as_str()
    }

    fn flag(self, keyword: &str) -> bool {
        self.get(keyword).and_then(Value::as_bool) == Some(true)
    }

    fn count(self, keyword: &str) -> Option<usize> {
        self.get(keyword)?.as_u64()?.try_into().ok()
    }

    fn members(self, keyword: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let members = self.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::iter);
        members.map(|(name, value)| (name.as_str(), value))
    }

    fn list(self, keyword: &'static str) -> Vec<Inner<'a>> {
        let items = self.get(keyword).and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter().enumerate();
        items.map(|(index, item)| Inner { at: At::Item(keyword, index), child: Child::written(item) }).collect()
    }

    /// What a value may be; what no value can be is no choice.
    fn choices(self, keyword: &'static str) -> Vec<Inner<'a>> {
        let items = self.get(keyword).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let listed = self.list(keyword).into_iter().zip(items);
        listed.filter(|(_, item)| !takes_nothing(item)).map(|(choice, _)| choice).collect()
    }

    fn inner(self, keyword: &'static str) -> Option<Inner<'a>> {
        self.get(keyword).map(|value| Inner { at: At::Keyword(keyword), child: Child::written(value) })
    }

    /// The words of `type`, each with its place.
    fn words(self) -> Vec<(&'a str, At<'static>)> {
        let (list, is_list) = match self.get("type") {
            Some(Value::Array(words)) => (words.as_slice(), true),
            Some(word) => (slice::from_ref(word), false),
            None => (&[][..], false),
        };
        let at = |index| if is_list { At::Item("type", index) } else { At::Keyword("type") };
        list.iter().enumerate().filter_map(|(index, word)| Some((word.as_str()?, at(index)))).collect()
    }

    /// The types but for `null`; none if they are all that there are.
    fn types(self) -> Vec<(&'a str, At<'static>)> {
        if let View::Only(typ) = self.view {
            return vec![(typ, At::Keyword("type"))];
        }
        let words = self.words();
        let has = |typ: &str| words.iter().any(|(word, _)| *word == typ);
        if EVERY.iter().all(|typ| has(typ)) {
            return Vec::new();
        }
        let counts = |typ: &str| typ != "null" && !(typ == "integer" && has("number"));
        words.iter().filter(|(word, _)| counts(word)).copied().collect()
    }

    pub fn annotations(self) -> Annotations<'a> {
        if !matches!(self.view, View::Whole) {
            return Annotations::default();
        }
        let listed = self.get("examples").and_then(Value::as_array).and_then(|examples| examples.first());
        let example = self.get("example").map(|example| (example, At::Keyword("example")));
        Annotations {
            title: self.text("title"),
            description: self.text("description"),
            deprecated: self.flag("deprecated"),
            read_only: self.flag("readOnly"),
            write_only: self.flag("writeOnly"),
            default: self.get("default"),
            example: example.or(listed.map(|example| (example, At::Item("examples", 0)))),
            external_docs: self.get("externalDocs").map(ExternalDocs::read),
        }
    }

    pub fn discriminator(self) -> Option<Discriminator<'a>> {
        let discriminator = self.get("discriminator").filter(|_| matches!(self.view, View::Whole))?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
        Some(Discriminator {
            property_name: discriminator.get("propertyName")?.as_str()?,
            mapping: mapping.filter_map(|(value, target)| Some((value.as_str(), target.as_str()?))).collect(),
            default_mapping: discriminator.get("defaultMapping").and_then(Value::as_str),
        })
    }

    pub fn extensions(self) -> Extensions<'a> {
        if matches!(self.view, View::Whole) { Extensions::of(self.value) } else { Extensions::NONE }
    }

    /// Whether it has a keyword that other schemas are under, or several types.
    pub fn may_combine(self) -> bool {
        match self.view {
            View::Whole => {
                let has = |keyword: &str| self.get(keyword).is_some();
                ["$ref", "allOf", "anyOf", "oneOf"].into_iter().any(has)
                    || self.get("type").is_some_and(Value::is_array)
            }
            View::Only(_) => false,
            View::AnyOfMembers => true,
        }
    }

    pub fn keywords(self) -> Keywords<'a> {
        match self.view {
            View::AnyOfMembers => {
                let members = self.value.as_object().into_iter().flatten();
                let any_of = members.map(|(name, value)| Inner { at: At::Name(name), child: Child::written(value) });
                Keywords { any_of: any_of.collect(), ..Keywords::default() }
            }
            View::Only(typ) => self.of_types(&[(typ, At::Keyword("type"))]),
            View::Whole if takes_nothing(self.value) => {
                Keywords { limits: Limits { not: true, ..Limits::default() }, ..Keywords::default() }
            }
            View::Whole => self.whole(),
        }
    }

    fn whole(self) -> Keywords<'a> {
        let types = self.types();
        let mut keywords = match types.as_slice() {
            [_, _, ..] => Keywords {
                types: types.iter().map(|(typ, at)| Inner { at: *at, child: only(self.value, typ) }).collect(),
                ..Keywords::default()
            },
            types => self.of_types(types),
        };
        let null = self.words().into_iter().find(|(word, _)| *word == "null");
        let is_anything = types.is_empty() && self.words().len() > 1;
        keywords.nullable = match null {
            _ if self.flag("nullable") => Nullable::Yes,
            _ if is_anything => Nullable::Unsaid,
            Some(_) => Nullable::AmongTypes,
            None => Nullable::Unsaid,
        };
        if let (true, Some((_, at))) = (types.is_empty() && self.words().len() == 1, null) {
            keywords.enumeration = vec![(Value::Null, at)];
        }
        let reference = self.get("$ref").and_then(Value::as_str).map(Child::Reference);
        let reference = reference.map(|child| Inner { at: At::Keyword("$ref"), child });
        keywords.all_of = reference.into_iter().chain(self.list("allOf")).collect();
        keywords.one_of = self.choices("oneOf");
        keywords.any_of = self.choices("anyOf");
        keywords.limits.not = self.get("not").is_some();
        let dependent = self.members("dependentSchemas");
        let dependent = dependent
            .map(|(name, value)| Inner { at: At::Member("dependentSchemas", name), child: Child::written(value) });
        let alternatives = ["then", "else"].into_iter().filter_map(|keyword| self.inner(keyword));
        keywords.conditional = alternatives.chain(dependent).collect();
        keywords
    }

    /// What is said about values of some type, or of any.
    fn of_types(self, types: &[(&'a str, At<'_>)]) -> Keywords<'a> {
        let typ = types.first().map(|(typ, _)| *typ);
        let is = |name: &str| typ.is_none_or(|typ| typ == name);
        let is_number = is("number") || is("integer");
        let mut keywords = Keywords {
            typ,
            format: self.text("format").filter(|_| is("string") || is_number),
            enumeration: self.values(typ),
            ..Keywords::default()
        };
        if is("object") {
            self.of_objects(&mut keywords);
        }
        if is("array") {
            self.of_lists(&mut keywords);
        }
        if is("string") {
            keywords.content_encoding = self.text("contentEncoding");
            keywords.content_media_type = self.text("contentMediaType");
            keywords.content_schema = self.inner("contentSchema");
            keywords.limits.characters = (self.count("minLength"), self.count("maxLength"));
            keywords.limits.pattern = self.text("pattern");
        }
        if is_number {
            self.bounds(&mut keywords.limits);
        }
        keywords
    }

    /// The values that are listed, those of a type where there are several.
    fn values(self, typ: Option<&str>) -> Vec<(Value, At<'a>)> {
        let listed = self.get("enum").and_then(Value::as_array).into_iter().flatten().enumerate();
        let listed = listed.map(|(index, value)| (value, At::Item("enum", index)));
        let constant = self.get("const").map(|value| (value, At::Keyword("const")));
        let mut values: Vec<_> = match constant {
            Some(constant) => vec![constant],
            None => listed.collect(),
        };
        if let (View::Only(_), Some(typ)) = (self.view, typ) {
            values.retain(|(value, _)| is_of(value, typ));
        }
        values.into_iter().map(|(value, at)| (value.clone(), at)).collect()
    }

    fn of_objects(self, keywords: &mut Keywords<'a>) {
        // What can never be there is no member.
        let properties = self.members("properties").filter(|(_, value)| !takes_nothing(value));
        keywords.properties = properties.map(|(name, value)| (name, Child::written(value))).collect();
        let required = self.get("required").and_then(Value::as_array).into_iter().flatten();
        keywords.required = required.filter_map(Value::as_str).collect();
        keywords.limits.members = (self.count("minProperties"), self.count("maxProperties"));
        let other = |keyword: &'static str| {
            let said = match self.get(keyword)? {
                schema if takes_nothing(schema) => Additional::Any(false),
                Value::Bool(_) => Additional::Any(true),
                schema => Additional::Schema(Child::written(schema)),
            };
            Some((said, At::Keyword(keyword)))
        };
        let other = other("additionalProperties").or_else(|| other("unevaluatedProperties"));
        let mut patterns = self.members("patternProperties");
        keywords.additional = match (patterns.next(), patterns.next(), other) {
            (None, _, other) => other,
            (Some(_), _, Some((Additional::Any(true) | Additional::Schema(_), at))) => {
                Some((Additional::Any(true), at))
            }
            (Some((pattern, schema)), None, _) => {
                Some((Additional::Schema(Child::written(schema)), At::Member("patternProperties", pattern)))
            }
            (Some(_), Some(_), _) => self
                .get("patternProperties")
                .map(|all| (Additional::Schema(any_of_members(all)), At::Keyword("patternProperties"))),
        };
    }

    fn of_lists(self, keywords: &mut Keywords<'a>) {
        keywords.prefix_items = self.list("prefixItems");
        let item = |keyword: &'static str| {
            let said = match self.get(keyword)? {
                schema if takes_nothing(schema) => Items::None,
                schema => Items::Schema(Child::written(schema)),
            };
            Some((said, At::Keyword(keyword)))
        };
        keywords.items = item("items").or_else(|| item("unevaluatedItems"));
        keywords.limits.items = (self.count("minItems"), self.count("maxItems"));
        keywords.limits.unique_items = self.flag("uniqueItems");
    }

    fn bounds(self, limits: &mut Limits<'a>) {
        let bound = |keyword: &'static str| {
            let value = self.get(keyword)?.as_f64()?;
            Some(Bound { value, keyword })
        };
        (limits.minimum, limits.maximum) = (bound("minimum"), bound("maximum"));
        limits.exclusive_minimum = bound("exclusiveMinimum");
        limits.exclusive_maximum = bound("exclusiveMaximum");
        // As flags, these were about the limits.
        if self.flag("exclusiveMinimum") {
            limits.exclusive_minimum = limits.minimum.take();
        }
        if self.flag("exclusiveMaximum") {
            limits.exclusive_maximum = limits.maximum.take();
        }
        // Of two, the narrower one says all.
        let is_narrower = |one: Option<Bound>, other: Option<Bound>, narrows: fn(f64, f64) -> bool| {
            one.zip(other).is_some_and(|(one, other)| narrows(one.value, other.value))
        };
        if is_narrower(limits.exclusive_minimum, limits.minimum, |one, other| one >= other) {
            limits.minimum = None;
        } else if limits.minimum.is_some() {
            limits.exclusive_minimum = None;
        }
        if is_narrower(limits.exclusive_maximum, limits.maximum, |one, other| one <= other) {
            limits.maximum = None;
        } else if limits.maximum.is_some() {
            limits.exclusive_maximum = None;
        }
        limits.multiple_of = self.get("multipleOf").and_then(Value::as_f64);
    }
}

/// Whether a schema is `false`, or says the same in other words.
fn takes_nothing(schema: &Value) -> bool {
    let not = schema.as_object().filter(|schema| schema.len() == 1).and_then(|schema| schema.get("not"));
    let takes_all = |not: &Value| not.as_bool() == Some(true) || not.as_object().is_some_and(Map::is_empty);
    *schema == Value::Bool(false) || not.is_some_and(takes_all)
}

/// Whether a value is of a type of JSON Schema.
fn is_of(value: &Value, typ: &str) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) => typ == "boolean",
        Value::Number(number) => {
            typ == "number" || typ == "integer" && number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        Value::String(_) => typ == "string",
        Value::Array(_) => typ == "array",
        Value::Object(_) => typ == "object",
    }
}
