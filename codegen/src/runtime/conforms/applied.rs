//! Schemas that apply to what is in objects and lists.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::way::{At, Step};
use super::{Look, disagreement_within, limits};

impl<'a> Look<'a, '_> {
    pub(super) fn object(
        &mut self,
        (keyword, said): (&'a str, &'a Value),
        schema: &'a Map<String, Value>,
        (value, members): (&'a Value, &'a Map<String, Value>),
        at: At<'_>,
    ) -> bool {
        match (keyword, said) {
            ("properties", Value::Object(properties)) => members.iter().all(|(name, member)| {
                let property = properties.get(name);
                property.is_none_or(|property| self.member((keyword, name), property, (name, member), at))
            }),
            ("patternProperties", Value::Object(patterns)) => {
                members.iter().all(|member| self.by_pattern(patterns, schema, member, at))
            }
            ("additionalProperties", _) => {
                let mut others = members.iter().filter(|(name, _)| is_additional(schema, name));
                others.all(|member| self.other(keyword, said, member, at))
            }
            ("propertyNames", _) => members.keys().all(|name| self.is_name(said, name, at)),
            ("required", Value::Array(names)) => {
                let missing = names.iter().filter_map(Value::as_str).find(|name| !members.contains_key(*name));
                missing.is_none_or(|name| self.lacks(name, keyword, at))
            }
            ("dependentRequired", Value::Object(names)) => {
                let names = names.iter().filter(|(name, _)| members.contains_key(*name));
                let mut names = names.filter_map(|(_, names)| names.as_array()).flatten().filter_map(Value::as_str);
                names.find(|name| !members.contains_key(*name)).is_none_or(|name| self.lacks(name, keyword, at))
            }
            ("dependentSchemas", Value::Object(schemas)) => {
                let mut schemas = schemas.iter().filter(|(name, _)| members.contains_key(*name));
                schemas.all(|(name, schema)| at.part(keyword, Step::Name(name), |at| self.fits(schema, value, at)))
            }
            _ => match limits::of_object(keyword, said, members.len()) {
                Some(text) => self.fails(at, keyword, false, || text),
                None => true,
            },
        }
    }

    /// Whether a member fits what a part of a keyword says.
    fn member(
        &mut self,
        (keyword, part): (&str, &str),
        said: &'a Value,
        (name, member): (&'a String, &'a Value),
        at: At<'_>,
    ) -> bool {
        at.part(keyword, Step::Name(part), |at| at.within(Step::Name(name), |at| self.fits(said, member, at)))
    }

    /// Whether a member fits what the patterns of names say. Where it is not known which of them match, it may be any,
    /// or none.
    fn by_pattern(
        &mut self,
        patterns: &'a Map<String, Value>,
        schema: &'a Map<String, Value>,
        member: (&'a String, &'a Value),
        at: At<'_>,
    ) -> bool {
        let (name, value) = member;
        let matching = |is: Option<bool>| patterns.iter().filter(move |(pattern, _)| matches(pattern, name) == is);
        let certain = (schema.get("properties").is_some_and(|properties| properties.get(name).is_some()))
            || matching(Some(true)).next().is_some();
        if let Some((pattern, said)) = matching(None).next().filter(|_| !certain) {
            self.is_unknown = true;
            return schema.get("additionalProperties").is_none_or(|other| self.tries(other, value, at))
                || matching(None).any(|(_, said)| self.tries(said, value, at))
                || self.member(("patternProperties", pattern), said, member, at);
        }
        matching(Some(true)).all(|(pattern, said)| self.member(("patternProperties", pattern), said, member, at))
    }

    /// Whether a member fits that nothing else is said of.
    fn other(&mut self, keyword: &str, said: &'a Value, (name, member): (&'a String, &'a Value), at: At<'_>) -> bool {
        match said {
            Value::Bool(false) => self.fails(at, keyword, false, || format!("has `{name}`, which is not allowed")),
            _ => at.of(keyword, |at| at.within(Step::Name(name), |at| self.fits(said, member, at))),
        }
    }

    fn lacks(&mut self, name: &str, keyword: &str, at: At<'_>) -> bool {
        self.fails(at, keyword, false, || format!("lacks `{name}`, which is required"))
    }

    fn is_name(&mut self, said: &Value, name: &str, at: At<'_>) -> bool {
        let name = Value::from(name);
        match disagreement_within(self.steps, self.root, said, &name) {
            Some(_) => self.fails(at, "propertyNames", false, || format!("has {name}, which is no name for a member")),
            None => true,
        }
    }

    pub(super) fn list(
        &mut self,
        (keyword, said): (&'a str, &'a Value),
        schema: &'a Map<String, Value>,
        items: &'a [Value],
        at: At<'_>,
    ) -> bool {
        let first = schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        match (keyword, said) {
            ("prefixItems", Value::Array(schemas)) => {
                let mut items = items.iter().zip(schemas).enumerate();
                items.all(|(index, (item, said))| {
                    let step = Step::Index(index);
                    at.part(keyword, step, |at| at.within(step, |at| self.fits(said, item, at)))
                })
            }
            ("items", _) => self.items(keyword, said, (items, first), at),
            ("contains", _) => {
                let count = items.iter().filter(|item| self.tries(said, item, at)).count();
                match limits::of_contained(schema, count) {
                    Some(text) => self.fails(at, keyword, false, || text),
                    None => true,
                }
            }
            ("uniqueItems", Value::Bool(true)) => {
                let mut known = HashSet::new();
                let twice = items.iter().position(|item| !known.insert(item.to_string()));
                twice.is_none_or(|index| self.fails(at, keyword, false, || format!("has item {index} twice")))
            }
            _ => match limits::of_list(keyword, said, items.len()) {
                Some(text) => self.fails(at, keyword, false, || text),
                None => true,
            },
        }
    }

    /// Whether the items from one on fit.
    fn items(&mut self, keyword: &str, said: &'a Value, (items, first): (&'a [Value], usize), at: At<'_>) -> bool {
        let mut items = items.iter().enumerate().skip(first);
        items.all(|(index, item)| at.of(keyword, |at| at.within(Step::Index(index), |at| self.fits(said, item, at))))
    }

    /// Whether what no other keyword speaks of fits, in an object or a list.
    pub(super) fn unevaluated(&mut self, schema: &'a Map<String, Value>, value: &'a Value, at: At<'_>) -> bool {
        let Some(keyword) =
            ["unevaluatedProperties", "unevaluatedItems"].into_iter().find(|it| schema.contains_key(*it))
        else {
            return true;
        };
        let mut evaluated = Evaluated::default();
        self.evaluated(schema, value, at, &mut evaluated);
        match (value, schema.get(keyword)) {
            (Value::Object(members), Some(said)) if keyword == "unevaluatedProperties" => {
                let mut members = members.iter().filter(|(name, _)| !evaluated.names.contains(name.as_str()));
                members.all(|member| self.other(keyword, said, member, at))
            }
            (Value::Array(items), Some(said)) if keyword == "unevaluatedItems" => {
                self.items(keyword, said, (items, evaluated.items), at)
            }
            _ => true,
        }
    }

    /// Finds out what the keywords of a schema that a value fits speak of, but for those of what none speaks of.
    fn evaluated(&mut self, schema: &'a Map<String, Value>, value: &'a Value, at: At<'_>, found: &mut Evaluated<'a>) {
        let mut parts: Vec<&'a Value> = Vec::new();
        for (keyword, said) in schema {
            match (keyword.as_str(), said, value) {
                ("properties", Value::Object(named), Value::Object(members)) => {
                    found.names.extend(members.keys().filter(|name| named.contains_key(*name)).map(String::as_str));
                }
                ("patternProperties", Value::Object(patterns), Value::Object(members)) => {
                    let may_match =
                        |name: &&String| patterns.keys().any(|pattern| matches(pattern, name) != Some(false));
                    found.names.extend(members.keys().filter(may_match).map(String::as_str));
                }
                ("additionalProperties", _, Value::Object(members)) => {
                    found.names.extend(members.keys().map(String::as_str));
                }
                ("prefixItems", Value::Array(schemas), _) => found.items = found.items.max(schemas.len()),
                ("items", _, _) => found.items = usize::MAX,
                ("$ref", Value::String(reference), _) => parts.extend(super::way::target(self.root, reference)),
                ("allOf" | "anyOf" | "oneOf", Value::Array(schemas), _) => parts.extend(schemas),
                ("dependentSchemas", Value::Object(schemas), Value::Object(members)) => {
                    parts.extend(schemas.iter().filter(|(name, _)| members.contains_key(*name)).map(|(_, said)| said));
                }
                ("if", _, _) => match self.tries(said, value, at) {
                    true => parts.extend([Some(said), schema.get("then")].into_iter().flatten()),
                    false => parts.extend(schema.get("else")),
                },
                _ => {}
            }
        }
        for part in parts {
            let Some(keywords) = part.as_object().filter(|_| self.tries(part, value, at)) else { continue };
            for keyword in ["unevaluatedProperties", "unevaluatedItems"] {
                match (keywords.contains_key(keyword), value) {
                    (true, Value::Object(members)) => found.names.extend(members.keys().map(String::as_str)),
                    (true, _) => found.items = usize::MAX,
                    (false, _) => {}
                }
            }
            at.of("", |at| self.evaluated(keywords, value, at, found));
        }
    }
}

/// What some keywords speak of.
#[derive(Default)]
struct Evaluated<'a> {
    names: HashSet<&'a str>,
    /// How many items, from the first one on.
    items: usize,
}

/// Whether `additionalProperties` is about a member.
fn is_additional(schema: &Map<String, Value>, name: &str) -> bool {
    let has = |keyword: &str| schema.get(keyword).and_then(Value::as_object);
    let is_named = has("properties").is_some_and(|properties| properties.contains_key(name));
    let may_match =
        |patterns: &Map<String, Value>| patterns.keys().any(|pattern| matches(pattern, name) != Some(false));
    !is_named && !has("patternProperties").is_some_and(may_match)
}

/// Whether a name matches a pattern, as far as that is seen without reading regular expressions.
fn matches(pattern: &str, name: &str) -> Option<bool> {
    let (pattern, at_start) = pattern.strip_prefix('^').map_or((pattern, false), |rest| (rest, true));
    let (pattern, at_end) = pattern.strip_suffix('$').map_or((pattern, false), |rest| (rest, true));
    let is_plain =
        pattern.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'_' | b'-' | b'/' | b' '));
    match pattern {
        ".*" => Some(true),
        ".+" => Some(!name.is_empty()),
        _ if !is_plain => None,
        _ => Some(match (at_start, at_end) {
            (true, true) => name == pattern,
            (true, false) => name.starts_with(pattern),
            (false, true) => name.ends_with(pattern),
            (false, false) => name.contains(pattern),
        }),
    }
}
