//! Whether JSON conforms to a schema of JSON Schema 2020-12, as far as types of Rust depend on it.
//!
//! A pattern is not looked at, and a value of a `oneOf` may fit several of its variants. A format counts where a type
//! reads it, and only as far as that refuses a text. No schema and no value makes it take long: it counts its steps.

mod applied;
pub mod formats;
mod limits;
mod way;

use std::collections::HashMap;

use serde_json::{Map, Value};

use self::way::{At, Step, Way};

/// How many steps are enough for any value that people write.
const STEPS: usize = 1_000_000;

/// How deep schemas are looked through: a few for each level of JSON that is read at all.
const DEPTH: usize = 600;

/// What a value breaks of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The way to the value, as a JSON Pointer.
    pub value: String,
    /// The way to the keyword: a JSON Pointer from the schema, or behind a reference a URI fragment of the root.
    pub keyword: String,
    /// What is wrong with the value, such as "is a string, not a number". It may quote the schema and the value.
    pub text: String,
    /// Whether it is only that nobody looked any further.
    pub is_given_up: bool,
}

/// The first thing that a value breaks of a schema, whose references lead into `root`.
pub fn disagreement(root: &Value, schema: &Value, value: &Value) -> Option<Disagreement> {
    disagreement_within(&mut STEPS.clone(), root, schema, value)
}

/// The same in no more than so many steps, which are counted down. What takes more is taken for a disagreement.
pub fn disagreement_within(steps: &mut usize, root: &Value, schema: &Value, value: &Value) -> Option<Disagreement> {
    let mut look = Look {
        root,
        steps,
        known: HashMap::new(),
        trials: 0,
        is_unknown: false,
        last: None,
        is_given_up: false,
        found: None,
    };
    let fits = look.fits(schema, value, At { value: &Way::START, keyword: &Way::START });
    if fits { None } else { look.found }
}

/// A look at a value.
struct Look<'a, 's> {
    root: &'a Value,
    steps: &'s mut usize,
    /// Schemas that were referred to, by their address and that of the value: whether the value fits, or is taken to
    /// while that is found out, and why it does not.
    known: HashMap<(usize, usize), Option<Reason>>,
    /// In how many choices this is: nobody wants to know why a variant does not fit.
    trials: usize,
    /// Whether anything was met that is not looked at.
    is_unknown: bool,
    /// Why the last value did not fit.
    last: Option<Reason>,
    /// Whether anything was too much to look at.
    is_given_up: bool,
    found: Option<Disagreement>,
}

/// Why a value does not fit a variant of a choice.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Reason {
    /// How deep the value is; of one that is not listed, how deep that is which has it: it may be there to tell
    /// variants apart.
    depth: usize,
    /// Whether it is another value than any that is listed, or of another type.
    is_other: bool,
}

impl<'a> Look<'a, '_> {
    /// Whether a value fits a schema. If not, what is wrong is noted.
    fn fits(&mut self, schema: &'a Value, value: &'a Value, at: At<'_>) -> bool {
        let Some(steps) = self.steps.checked_sub(1).filter(|_| at.keyword.depth < DEPTH) else {
            self.is_given_up = true;
            return self.fails(at, "", false, || "takes too long to be checked, or is nested too deep".to_owned());
        };
        *self.steps = steps;
        match schema {
            Value::Object(schema) => self.keywords(schema, value, at),
            Value::Bool(false) => self.fails(at, "", false, || "is not allowed".to_owned()),
            _ => true,
        }
    }

    fn keywords(&mut self, schema: &'a Map<String, Value>, value: &'a Value, at: At<'_>) -> bool {
        // Where the type is another one, the rest is not worth a word.
        let types = schema.iter().find(|(keyword, _)| *keyword == "type").map(|(_, types)| types);
        if let Some(types) = types.filter(|types| !is_of(types, value)) {
            return self.fails(at, "type", true, || not_of(types, value));
        }
        let fits = schema.iter().all(|(keyword, said)| self.keyword((keyword, said), schema, value, at));
        fits && self.unevaluated(schema, value, at)
    }

    fn keyword(
        &mut self,
        (keyword, said): (&'a str, &'a Value),
        schema: &'a Map<String, Value>,
        value: &'a Value,
        at: At<'_>,
    ) -> bool {
        match (keyword, said) {
            ("$ref", Value::String(reference)) => self.refers(reference, value, at),
            ("allOf", Value::Array(parts)) => {
                let mut parts = parts.iter().enumerate();
                parts.all(|(index, part)| at.part(keyword, Step::Index(index), |at| self.fits(part, value, at)))
            }
            ("anyOf" | "oneOf", Value::Array(variants)) => self.any(keyword, variants, value, at),
            ("not", _) => self.excludes(said, value, at),
            ("if", _) => self.depends(schema, said, value, at),
            ("const", _) if !limits::is_same(said, value) => {
                self.fails(at, keyword, true, || "is not the only value that is allowed".to_owned())
            }
            ("enum", Value::Array(listed)) if !listed.iter().any(|listed| limits::is_same(listed, value)) => {
                self.fails(at, keyword, true, || "is not one of the values that are listed".to_owned())
            }
            _ => match value {
                Value::Object(members) => self.object((keyword, said), schema, (value, members), at),
                Value::Array(items) => self.list((keyword, said), schema, items, at),
                Value::String(text) => self.text((keyword, said), schema, text, at),
                Value::Number(number) => match limits::of_number(keyword, said, number) {
                    Some(text) => self.fails(at, keyword, false, || text),
                    None => true,
                },
                Value::Null | Value::Bool(_) => true,
            },
        }
    }

    fn text(
        &mut self,
        (keyword, said): (&'a str, &'a Value),
        schema: &Map<String, Value>,
        text: &str,
        at: At<'_>,
    ) -> bool {
        match (keyword, said) {
            ("pattern", _) => {
                self.is_unknown = true;
                true
            }
            // What is listed is of no other type than that.
            ("format", Value::String(format)) if !schema.contains_key("enum") && !formats::is_of(format, text) => {
                self.fails(at, keyword, false, || format!("is not of the format `{format}`"))
            }
            _ => match limits::of_text(keyword, said, text) {
                Some(text) => self.fails(at, keyword, false, || text),
                None => true,
            },
        }
    }

    fn refers(&mut self, reference: &'a str, value: &'a Value, at: At<'_>) -> bool {
        // What leads nowhere takes anything.
        let Some(target) = way::target(self.root, reference) else { return true };
        let key = (std::ptr::from_ref(target).addr(), std::ptr::from_ref(value).addr());
        match self.known.get(&key) {
            Some(None) => {
                // Whether it depends on what is not looked at is not kept.
                self.is_unknown = true;
                return true;
            }
            Some(Some(reason)) if self.trials > 0 => {
                self.last = Some(*reason);
                return false;
            }
            _ => {}
        }
        self.known.insert(key, None);
        let there = Way { before: Some(at.keyword), step: Step::Root(reference), depth: at.keyword.depth + 1 };
        let fits = self.fits(target, value, At { keyword: &there, ..at });
        if !fits {
            self.known.insert(key, self.last);
        }
        fits
    }

    /// Whether a value fits any of some variants. If not, and all but one are for something else, what is wrong is
    /// what that one says.
    fn any(&mut self, keyword: &'a str, variants: &'a [Value], value: &'a Value, at: At<'_>) -> bool {
        let mut near = Vec::new();
        for (index, variant) in variants.iter().enumerate() {
            if self.tries(variant, value, at) {
                return true;
            }
            let is_other = |reason: Reason| reason.is_other && reason.depth <= at.value.depth;
            if !self.last.is_some_and(is_other) {
                near.push((index, variant));
            }
        }
        match near.as_slice() {
            [(index, variant)] if self.trials == 0 => {
                at.part(keyword, Step::Index(*index), |at| self.fits(variant, value, at))
            }
            [] => self.fails(at, keyword, true, || no_variant(variants, value)),
            _ => self.fails(at, keyword, false, || no_variant(variants, value)),
        }
    }

    /// Whether a value fits, of which nobody wants to know why not.
    fn tries(&mut self, schema: &'a Value, value: &'a Value, at: At<'_>) -> bool {
        self.trials += 1;
        let deeper = Way { before: Some(at.keyword), step: Step::Index(0), depth: at.keyword.depth + 1 };
        let fits = self.fits(schema, value, At { keyword: &deeper, ..at });
        self.trials -= 1;
        fits
    }

    /// Whether a value fits for certain; nothing is certain of what is not looked at.
    fn is_certain(&mut self, schema: &'a Value, value: &'a Value, at: At<'_>) -> Option<bool> {
        let was_unknown = std::mem::take(&mut self.is_unknown);
        let fits = self.tries(schema, value, at);
        let is_unknown = std::mem::replace(&mut self.is_unknown, was_unknown);
        if fits && is_unknown { None } else { Some(fits) }
    }

    fn excludes(&mut self, schema: &'a Value, value: &'a Value, at: At<'_>) -> bool {
        match self.is_certain(schema, value, at) {
            Some(true) => self.fails(at, "not", false, || "is what the schema excludes".to_owned()),
            Some(false) | None => true,
        }
    }

    fn depends(&mut self, schema: &'a Map<String, Value>, said: &'a Value, value: &'a Value, at: At<'_>) -> bool {
        let keyword = match self.is_certain(said, value, at) {
            Some(true) => "then",
            Some(false) => "else",
            None => return true,
        };
        schema.get(keyword).is_none_or(|said| at.of(keyword, |at| self.fits(said, value, at)))
    }

    /// Notes what is wrong, if nothing is noted yet and anybody wants to know.
    fn fails(&mut self, at: At<'_>, keyword: &str, is_other: bool, text: impl FnOnce() -> String) -> bool {
        let is_listed = matches!(keyword, "const" | "enum");
        self.last = Some(Reason { depth: at.value.depth.saturating_sub(is_listed.into()), is_other });
        if self.trials == 0 && self.found.is_none() {
            let keyword =
                if keyword.is_empty() { at.keyword.to_string() } else { at.of(keyword, |at| at.keyword.to_string()) };
            let is_given_up = self.is_given_up;
            self.found = Some(Disagreement { value: at.value.to_string(), keyword, text: text(), is_given_up });
        }
        false
    }
}

/// Whether a value is of a type, or of one of several.
fn is_of(types: &Value, value: &Value) -> bool {
    let is_of = |name: &Value| match (name.as_str().unwrap_or_default(), value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("string", Value::String(_))
        | ("number", Value::Number(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => limits::is_whole(number),
        _ => false,
    };
    match types {
        Value::Array(types) => types.iter().any(is_of),
        name => is_of(name),
    }
}

/// What is wrong with a value of another type.
fn not_of(types: &Value, value: &Value) -> String {
    let single = std::slice::from_ref(types);
    let names = types.as_array().map_or(single, Vec::as_slice).iter().filter_map(Value::as_str);
    let names: Vec<_> = names.filter(|name| *name != "null").map(in_words).collect();
    match value {
        Value::Null => "is `null`, which is not allowed".to_owned(),
        _ if names.is_empty() => format!("is {}, not `null`", in_words(type_of(value))),
        _ => format!("is {}, not {}", in_words(type_of(value)), names.join(" or ")),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn in_words(name: &str) -> &str {
    match name {
        "null" => "`null`",
        "boolean" => "a boolean",
        "number" => "a number",
        "integer" => "an integer",
        "string" => "a string",
        "array" => "a list",
        "object" => "an object",
        _ => "something else",
    }
}

fn no_variant(variants: &[Value], value: &Value) -> String {
    match (value, variants.len()) {
        (Value::Null, _) => "is `null`, which is not allowed".to_owned(),
        (_, count) => format!("fits none of the {count} variants"),
    }
}
