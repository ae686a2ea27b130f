//! What numbers, texts, lists and objects keep to by themselves.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

/// What is wrong with a number, if anything is.
pub fn of_number(keyword: &str, said: &Value, number: &Number) -> Option<String> {
    let limit = said.as_number()?;
    let is = compare(number, limit)?;
    match keyword {
        "minimum" if is.is_lt() => Some(format!("is less than {limit}")),
        "maximum" if is.is_gt() => Some(format!("is greater than {limit}")),
        "exclusiveMinimum" if is.is_le() => Some(format!("is not greater than {limit}")),
        "exclusiveMaximum" if is.is_ge() => Some(format!("is not less than {limit}")),
        "multipleOf" if !is_multiple(number.as_f64()?, limit.as_f64()?) => Some(format!("is no multiple of {limit}")),
        _ => None,
    }
}

/// What is wrong with a text, if anything is.
pub fn of_text(keyword: &str, said: &Value, text: &str) -> Option<String> {
    // No text has more characters than bytes.
    let limit = count(said)?;
    match keyword {
        "minLength" if text.len() < limit || text.chars().count() < limit => {
            Some(format!("is shorter than {}", counted(limit, "character")))
        }
        "maxLength" if text.len() > limit && text.chars().count() > limit => {
            Some(format!("is longer than {}", counted(limit, "character")))
        }
        _ => None,
    }
}

/// What is wrong with a list of so many items, if anything is.
pub fn of_list(keyword: &str, said: &Value, items: usize) -> Option<String> {
    let limit = count(said)?;
    match keyword {
        "minItems" if items < limit => Some(format!("has fewer than {}", counted(limit, "item"))),
        "maxItems" if items > limit => Some(format!("has more than {}", counted(limit, "item"))),
        _ => None,
    }
}

/// What is wrong with a list that has so many items of one kind, if anything is.
pub fn of_contained(schema: &Map<String, Value>, items: usize) -> Option<String> {
    let least = schema.get("minContains").and_then(count).unwrap_or(1);
    let most = schema.get("maxContains").and_then(count).unwrap_or(usize::MAX);
    match items {
        _ if items < least => Some(format!("has fewer than {} of a kind", counted(least, "item"))),
        _ if items > most => Some(format!("has more than {} of a kind", counted(most, "item"))),
        _ => None,
    }
}

/// What is wrong with an object of so many members, if anything is.
pub fn of_object(keyword: &str, said: &Value, members: usize) -> Option<String> {
    let limit = count(said)?;
    match keyword {
        "minProperties" if members < limit => Some(format!("has fewer than {}", counted(limit, "member"))),
        "maxProperties" if members > limit => Some(format!("has more than {}", counted(limit, "member"))),
        _ => None,
    }
}

fn count(limit: &Value) -> Option<usize> {
    limit.as_u64().map(|limit| usize::try_from(limit).unwrap_or(usize::MAX))
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Whether a number is an integer, however it is written.
pub fn is_whole(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Whether two values are the same to JSON Schema, for which a number is what it comes to.
pub fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => compare(one, other) == Some(Ordering::Equal),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_in = |(name, member): (&String, &Value)| other.get(name).is_some_and(|other| is_same(member, other));
            one.len() == other.len() && one.iter().all(is_in)
        }
        _ => one == other,
    }
}

fn compare(one: &Number, other: &Number) -> Option<Ordering> {
    let whole = |number: &Number| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

/// Whether a number is a multiple of another one, but for what is lost where decimals are written in binary.
fn is_multiple(number: f64, of: f64) -> bool {
    let times = number / of;
    (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
}
