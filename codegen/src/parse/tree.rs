//! Text → value tree: one visitor for JSON and YAML, which finds repeated keys on the way.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::depth::too_deep;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::pointer;
use crate::rule::Rule;
use crate::source::{Language, Source};

/// Reads the text into a tree; `None` after an error. A key that is repeated is an error, too, but the
/// last one counts.
pub(super) fn read(source: &Source, file: usize, report: &mut Report) -> Option<Value> {
    if is_blank(source) {
        let diagnostic = Diagnostic::at_offset(Rule::EmptyDocument, None, "the description is empty");
        let diagnostic = diagnostic.help("start with `openapi: 3.0.3`, `info` and `paths`");
        report.push(diagnostic.in_file(file));
        return None;
    }
    let mut walk = Walk { most: source.text().len() + REPEATED, ..Walk::default() };
    let tree = match source.language() {
        Language::Json => read_json(source, &mut walk),
        Language::Yaml => {
            walk.merges = true;
            read_yaml(source, &mut walk)
        }
    };
    for repeated in walk.repeated {
        let key = pointer::tokens(&repeated).next_back().unwrap_or_default().into_owned();
        let origin = Origin::new(repeated);
        let diagnostic = Diagnostic::error(Rule::DuplicateKey, &origin, format!("the key `{key}` is here twice"));
        report.push(diagnostic.on_key().help("remove one of the two").in_file(file));
    }
    for merged in walk.merged {
        let message = "YAML 1.2 has no merge keys; the members are taken over, as YAML 1.1 does";
        let diagnostic = Diagnostic::warning(Rule::Repaired, &Origin::new(merged), message).on_key();
        let diagnostic = diagnostic.help("write the members out, or refer to them by `$ref`");
        report.push(diagnostic.in_file(file));
    }
    for infinite in walk.infinite {
        let message = "this is not a number of JSON; it is read as `null`";
        let diagnostic = Diagnostic::warning(Rule::Repaired, &Origin::new(infinite), message);
        report.push(diagnostic.help("write a number, or text in quotes").in_file(file));
    }
    tree.map_err(|diagnostic| report.push(diagnostic.in_file(file))).ok()
}

/// Whether there is nothing in a text but comments.
pub(super) fn is_blank(source: &Source) -> bool {
    let is_blank = |line: &str| line.is_empty() || line == "---" || line.starts_with('#');
    source.text().lines().all(|line| is_blank(line.trim()))
}

fn read_json(source: &Source, walk: &mut Walk) -> Result<Value, Box<Diagnostic>> {
    let mut deserializer = serde_json::Deserializer::from_str(source.text());
    let tree = Seed { walk, at: None }.deserialize(&mut deserializer);
    tree.and_then(|tree| deserializer.end().map(|()| tree)).map_err(|error| {
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or(&text);
        let offset = source.offset(error.line(), error.column());
        Box::new(Diagnostic::at_offset(Rule::Syntax, Some(offset), format!("not valid JSON: {message}")))
    })
}

fn read_yaml(source: &Source, walk: &mut Walk) -> Result<Value, Box<Diagnostic>> {
    if let Some((offset, why)) = too_deep(source.text()) {
        return Err(Box::new(Diagnostic::at_offset(Rule::Syntax, Some(offset), format!("not valid YAML: {why}"))));
    }
    Seed { walk, at: None }.deserialize(serde_yaml::Deserializer::from_str(source.text())).map_err(|error| {
        // What is wrong with the document as a whole, such as a second one after it, has no location.
        let offset = error.location().map_or(0, |location| source.offset(location.line(), location.column()));
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or(&text);
        Box::new(Diagnostic::at_offset(Rule::Syntax, Some(offset), format!("not valid YAML: {message}")))
    })
}

/// The pointers of what there is something to say about.
#[derive(Default)]
struct Walk {
    /// Keys that came again.
    repeated: Vec<String>,
    /// Whether `<<` takes over the members of other mappings.
    merges: bool,
    /// Such keys.
    merged: Vec<String>,
    /// Numbers that are infinite, or none.
    infinite: Vec<String>,
    /// How many values there are.
    values: usize,
    /// How many there may be. Each takes a byte of the text at least, but for those that aliases repeat.
    most: usize,
}

/// How many values aliases may add to those that are written out.
const REPEATED: usize = 100_000;

/// Where a value stands. Few are ever spoken of, so that a pointer is made for these alone.
struct Place<'a> {
    around: Option<&'a Self>,
    token: Token<'a>,
}

#[derive(Clone, Copy)]
enum Token<'a> {
    Key(&'a str),
    Index(usize),
}

impl Place<'_> {
    fn pointer(&self) -> String {
        let mut pointer = self.around.map(Place::pointer).unwrap_or_default();
        pointer.push('/');
        match self.token {
            Token::Key(key) => pointer.push_str(&pointer::escape(key)),
            Token::Index(index) => pointer.push_str(&index.to_string()),
        }
        pointer
    }
}

/// Reads the value of a place; without one, the whole document.
struct Seed<'a> {
    walk: &'a mut Walk,
    at: Option<&'a Place<'a>>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.walk.values += 1;
        if self.walk.values > self.walk.most {
            return Err(D::Error::custom(format!("its aliases repeat more than {REPEATED} values")));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        if number.is_none() {
            self.walk.infinite.push(self.at.map(Place::pointer).unwrap_or_default());
        }
        Ok(number.map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(A::Error::custom("a YAML tag such as `!name` has no meaning here"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            let place = Place { around: self.at, token: Token::Index(values.len()) };
            match items.next_element_seed(Seed { walk: self.walk, at: Some(&place) })? {
                Some(item) => values.push(item),
                None => return Ok(Value::Array(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            let place = Place { around: self.at, token: Token::Key(&key) };
            let value = entries.next_value_seed(Seed { walk: self.walk, at: Some(&place) })?;
            if self.walk.merges && key == "<<" && is_mergeable(&value) {
                self.walk.merged.push(place.pointer());
                merged.push(value);
                continue;
            }
            match map.entry(key) {
                Entry::Vacant(entry) => _ = entry.insert(value),
                Entry::Occupied(mut entry) => {
                    let place = Place { around: self.at, token: Token::Key(entry.key()) };
                    self.walk.repeated.push(place.pointer());
                    entry.insert(value);
                }
            }
        }
        // What is written here wins over what is taken over, and the first of several over the others.
        for (key, value) in merged.into_iter().flat_map(members) {
            map.entry(key).or_insert(value);
        }
        Ok(Value::Object(map))
    }
}

/// Whether a value is a mapping, or a list of them.
fn is_mergeable(value: &Value) -> bool {
    value.is_object() || value.as_array().is_some_and(|items| items.iter().all(Value::is_object))
}

/// The members of a mapping, or of all mappings of a list.
fn members(value: Value) -> Vec<(String, Value)> {
    match value {
        Value::Object(map) => map.into_iter().collect(),
        Value::Array(items) => items.into_iter().flat_map(members).collect(),
        _ => Vec::new(),
    }
}

/// A key, as it is spelled; YAML allows `200:` where JSON has `"200":`.
pub(super) struct Key(pub String);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor).map(Self)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain text as a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_yaml(text: &str) -> Result<Value, String> {
        let source = Source::new("spec.yaml", text);
        let mut report = Report::new(source.clone());
        read(&source, 0, &mut report).ok_or_else(|| report.finish().to_string())
    }

    #[test]
    fn aliases_repeat_only_so_much() {
        let repeated = |count: usize| format!("a: &a [{}]\nb: [{}]\n", "1, ".repeat(count), "*a, ".repeat(count));
        let tree = read_yaml(&repeated(200)).expect("a tree");
        assert_eq!(tree.pointer("/b/199/199"), Some(&Value::from(1)));
        let mistake = read_yaml(&repeated(400)).expect_err("160,000 values");
        assert!(mistake.contains("repeat more than 100000 values"), "{mistake}");
    }

    #[test]
    fn what_is_written_out_may_be_large() {
        let text = format!("a: [{}]", "1,".repeat(2 * REPEATED));
        assert!(read_yaml(&text).is_ok());
    }
}
