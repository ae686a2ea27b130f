//! The narrowest schema that takes some values.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

/// The formats of texts that a schema is given, where all values have them.
const FORMATS: [&str; 3] = ["uuid", "date-time", "date"];

/// The narrowest schema of some values, in the words of a version. What members objects need is not known from those
/// that were seen.
pub fn infer(values: &[&Value], is_3_0: bool) -> Value {
    let has_null = values.iter().any(|value| value.is_null());
    let mut kinds: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for value in values.iter().copied().filter(|value| !value.is_null()) {
        kinds.entry(kind(value)).or_default().push(value);
    }
    // Every integer is a number.
    if let Some(numbers) = kinds.get_mut("number").map(std::mem::take) {
        let integers = kinds.remove("integer").unwrap_or_default();
        kinds.insert("number", [numbers, integers].concat());
    }
    let kinds: Vec<_> = kinds.into_iter().collect();
    match kinds.as_slice() {
        [] if !has_null => json!({}),
        [] if is_3_0 => json!({ "nullable": true }),
        [] => json!({ "type": "null" }),
        [(kind, values)] => match (of_kind(kind, values, is_3_0), has_null) {
            (schema, false) => schema,
            (schema, true) => or_null(schema, kind, is_3_0),
        },
        several => {
            let variants: Vec<_> = several.iter().map(|(kind, values)| of_kind(kind, values, is_3_0)).collect();
            match has_null {
                false => json!({ "anyOf": variants }),
                true if is_3_0 => json!({ "anyOf": variants, "nullable": true }),
                true => json!({ "anyOf": ([variants, vec![json!({ "type": "null" })]].concat()) }),
            }
        }
    }
}

fn or_null(mut schema: Value, kind: &str, is_3_0: bool) -> Value {
    if is_3_0 {
        schema["nullable"] = true.into();
    } else {
        schema["type"] = json!([kind, "null"]);
    }
    schema
}

fn of_kind(kind: &str, values: &[&Value], is_3_0: bool) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), kind.into());
    match kind {
        "string" => {
            let has = |format: &&&str| values.iter().all(|value| is_of(value, format));
            schema.extend(FORMATS.iter().find(has).map(|format| ("format".to_owned(), (*format).into())));
        }
        "array" => {
            let items: Vec<_> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
            schema.insert("items".to_owned(), infer(&items, is_3_0));
        }
        "object" => {
            let mut seen: Vec<(&str, Vec<&Value>)> = Vec::new();
            let mut numbers = HashMap::new();
            for (name, value) in values.iter().filter_map(|value| value.as_object()).flatten() {
                let number = *numbers.entry(name).or_insert(seen.len());
                if number == seen.len() {
                    seen.push((name, Vec::new()));
                }
                seen[number].1.push(value);
            }
            let members = seen.iter().map(|(name, values)| ((*name).to_owned(), infer(values, is_3_0)));
            let members: Map<_, _> = members.collect();
            schema.insert("properties".to_owned(), members.into());
        }
        _ => {}
    }
    schema.into()
}

fn is_of(value: &Value, format: &str) -> bool {
    let schema = json!({ "format": format });
    let options = jsonschema::options().should_validate_formats(true).offline();
    options.build(&schema).is_ok_and(|validator| validator.is_valid(value))
}

/// The type of a value in JSON Schema.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_as_narrow_as_the_values_are() {
        let cases = [
            (json!([1, 2]), json!({ "type": "integer" }), None),
            (json!([1, 2.5]), json!({ "type": "number" }), None),
            (json!(["2024-01-31"]), json!({ "type": "string", "format": "date" }), None),
            (json!(["2024-01-31", "soon"]), json!({ "type": "string" }), None),
            (json!([null]), json!({ "type": "null" }), Some(json!({ "nullable": true }))),
            (
                json!([true, null]),
                json!({ "type": ["boolean", "null"] }),
                Some(json!({ "type": "boolean", "nullable": true })),
            ),
            (
                json!([1, "a", null]),
                json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }, { "type": "null" }] }),
                Some(json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }], "nullable": true })),
            ),
            (json!([[], [1]]), json!({ "type": "array", "items": { "type": "integer" } }), None),
            (json!([[]]), json!({ "type": "array", "items": {} }), None),
            (
                json!([{ "a": 1 }, { "b": "x" }]),
                json!({ "type": "object", "properties": { "a": { "type": "integer" }, "b": { "type": "string" } } }),
                None,
            ),
        ];
        for (values, newer, older) in cases {
            let values: Vec<_> = values.as_array().expect("values").iter().collect();
            assert_eq!(infer(&values, false), newer);
            assert_eq!(infer(&values, true), older.unwrap_or(newer));
        }
    }
}
