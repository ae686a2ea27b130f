//! One value, read as what is wanted in its place.

use serde_json::{Map, Number, Value};

use crate::grammar::{Shape, Version, Want};
use crate::parse::structure::found;
use crate::pointer;

/// What came of it.
pub(super) enum Coerced {
    /// It is as wanted, or nothing can be done.
    Fits,
    /// It was a number or a flag and is text, which must be spelled as that was.
    Spelled,
    /// It was read as something else; its parts may have moved: to where, from where.
    Read { what: String, help: String, moved: Vec<(String, String)> },
}

/// Makes of a value what is wanted, if it can only mean one thing.
pub(super) fn coerce(value: &mut Value, want: &Want, version: Version) -> Coerced {
    match want {
        Want::Text | Want::Target => text(value),
        Want::Flag => read(value, || Want::Flag.describe(), flag),
        Want::FlagOr(_) if value.is_string() => read(value, || Want::Flag.describe(), flag),
        Want::Number => read(value, || want.describe(), |value| number(value).filter(|_| !value.is_number())),
        Want::Natural => read(value, || want.describe(), natural),
        Want::Word(words) => read(
            value,
            || want.describe(),
            |value| {
                let text = value.as_str()?.trim();
                let word = words.iter().find(|word| word.eq_ignore_ascii_case(text))?;
                (Some(*word) != value.as_str()).then(|| Value::from(*word))
            },
        ),
        Want::List(item) | Want::Filled(item) => list(value, item),
        Want::Object(shape) | Want::RefOr(shape) if value.is_boolean() && shape.is_json_schema(version) => {
            Coerced::Fits
        }
        Want::Map(inner) => mapping(value, None, Some(inner)),
        Want::Object(shape) | Want::RefOr(shape) => mapping(value, Some(shape), None),
        // Types have more to them than this.
        Want::Anything | Want::Types(_) | Want::FlagOr(_) | Want::Aside(_) => Coerced::Fits,
    }
}

fn text(value: &mut Value) -> Coerced {
    if !matches!(value, Value::Number(_) | Value::Bool(_)) {
        return Coerced::Fits;
    }
    *value = value.to_string().into();
    Coerced::Spelled
}

/// Replaces a value by another one, and says so.
fn read(value: &mut Value, wanted: impl Fn() -> String, make: impl FnOnce(&Value) -> Option<Value>) -> Coerced {
    match make(value) {
        Some(new) => {
            let what = format!("expected {}, found {}; it is read as `{}`", wanted(), found(value), plain(&new));
            let help = format!("write `{new}`");
            *value = new;
            Coerced::Read { what, help, moved: Vec::new() }
        }
        None => Coerced::Fits,
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A flag as a text, which may be a word that YAML 1.1 has for it.
pub(super) fn flag(value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim().to_ascii_lowercase();
    match text.as_str() {
        "true" | "yes" => Some(true.into()),
        "false" | "no" => Some(false.into()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<Value> {
    match value {
        Value::Number(_) => Some(value.clone()),
        Value::String(text) => text.trim().parse::<Number>().ok().map(Value::Number),
        _ => None,
    }
}

/// A whole number, which may be written as a text or with `.0`.
fn natural(value: &Value) -> Option<Value> {
    /// The numbers up to this are exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number = number(value)?;
    let whole = match (number.as_u64(), number.as_f64()) {
        (Some(whole), _) => whole,
        (None, Some(float)) if float.fract() == 0.0 && (0.0..=EXACT).contains(&float) => float as u64,
        _ => return None,
    };
    (value.as_u64() != Some(whole)).then(|| whole.into())
}

fn list(value: &mut Value, item: &Want) -> Coerced {
    if value.is_array() {
        return Coerced::Fits;
    }
    let takes_object = matches!(item.solid(), Want::Object(_) | Want::RefOr(_) | Want::Map(_));
    let short = match item.solid() {
        Want::Object(shape) | Want::RefOr(shape) => shape.short().is_some(),
        Want::Map(inner) => is_of_lists(Some(inner)),
        _ => false,
    };
    let old = value.take();
    let (new, what, moved) = match old {
        Value::Null => (Vec::new(), "an empty list", Vec::new()),
        Value::Object(object) if takes_object && is_numbered(&object) => {
            (object.into_iter().map(|(_, value)| value).collect(), "one by its numbers", Vec::new())
        }
        Value::Object(object) if object.is_empty() => (Vec::new(), "an empty list", Vec::new()),
        one if fits_alone(&one, item, takes_object, short) => {
            (vec![one], "a list of it alone", vec![("/0".to_owned(), String::new())])
        }
        other => {
            *value = other;
            return Coerced::Fits;
        }
    };
    *value = Value::Array(new);
    let what = format!("expected a list; this is read as {what}");
    Coerced::Read { what, help: "write a list".to_owned(), moved }
}

fn fits_alone(value: &Value, item: &Want, takes_object: bool, short: bool) -> bool {
    match value {
        Value::Object(_) => takes_object || matches!(item, Want::Anything),
        Value::String(_) => short || matches!(item.solid(), Want::Text | Want::Anything | Want::Word(_)),
        Value::Number(_) => matches!(item.solid(), Want::Text | Want::Anything),
        Value::Bool(_) => matches!(item, Want::Anything),
        Value::Null | Value::Array(_) => false,
    }
}

/// A list as some languages write it: a mapping with the keys 0, 1, 2.
fn is_numbered(object: &Map<String, Value>) -> bool {
    !object.is_empty() && object.keys().enumerate().all(|(index, key)| *key == index.to_string())
}

fn mapping(value: &mut Value, shape: Option<&'static Shape>, inner: Option<&Want>) -> Coerced {
    let is_schema = shape.is_some_and(Shape::is_schema);
    let old = value.take();
    let (new, what, moved) = match old {
        Value::Null => (Map::new(), "an empty mapping", Vec::new()),
        Value::Bool(true) if is_schema => (Map::new(), "a schema that takes anything", Vec::new()),
        Value::Bool(false) if is_schema => {
            let nothing = Map::from_iter([("not".to_owned(), Value::Object(Map::new()))]);
            (nothing, "a schema that takes nothing", Vec::new())
        }
        Value::String(text) if is_schema && super::types::may_be_type(&text) => (
            Map::from_iter([("type".to_owned(), text.into())]),
            "its `type`",
            vec![("/type".to_owned(), String::new())],
        ),
        Value::String(text) if shape.is_some_and(|shape| shape.short().is_some()) => {
            let name = shape.and_then(Shape::short).unwrap_or_default();
            let moved = vec![(format!("/{name}"), String::new())];
            (Map::from_iter([(name.to_owned(), text.into())]), "the one member that it needs", moved)
        }
        // A security scheme without the mapping from it to its scopes.
        Value::String(text) if is_of_lists(inner) => {
            let moved = vec![(format!("/{}", pointer::escape(&text)), String::new())];
            (Map::from_iter([(text, Value::Array(Vec::new()))]), "its one name, with an empty list", moved)
        }
        Value::Array(items) => match from_list(items, shape.is_some(), inner) {
            Ok((map, what, moved)) => (map, what, moved),
            Err(items) => {
                *value = Value::Array(items);
                return Coerced::Fits;
            }
        },
        other => {
            *value = other;
            return Coerced::Fits;
        }
    };
    *value = Value::Object(new);
    let what = format!("expected a mapping; this is read as {what}");
    Coerced::Read { what, help: "write a mapping".to_owned(), moved }
}

fn is_of_lists(inner: Option<&Want>) -> bool {
    matches!(inner, Some(Want::List(_)))
}

type Made = (Map<String, Value>, &'static str, Vec<(String, String)>);

/// What a list in place of a mapping means.
fn from_list(items: Vec<Value>, is_object: bool, inner: Option<&Want>) -> Result<Made, Vec<Value>> {
    if items.is_empty() {
        return Ok((Map::new(), "an empty mapping", Vec::new()));
    }
    // The names of OAuth's scopes, without a word about each.
    let takes_prose = matches!(inner, Some(Want::Aside(Want::Text)));
    if takes_prose && items.iter().all(Value::is_string) {
        let entries = items.iter().filter_map(|item| Some((item.as_str()?.to_owned(), Value::from(""))));
        return Ok((entries.collect(), "the names alone", Vec::new()));
    }
    let all = || items.iter().filter_map(Value::as_object).flatten();
    let distinct = all().map(|(key, _)| key).collect::<std::collections::HashSet<_>>().len() == all().count();
    let one_each = items.iter().all(|item| item.as_object().is_some_and(|object| is_object || object.len() == 1));
    if !distinct || !one_each || (is_object && items.len() > 1) {
        return Err(items);
    }
    let mut map = Map::new();
    let mut moved = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let Value::Object(object) = item else { continue };
        for (key, value) in object {
            let token = pointer::escape(&key).into_owned();
            moved.push((format!("/{token}"), format!("/{index}/{token}")));
            map.insert(key, value);
        }
    }
    Ok((map, "its members", moved))
}
