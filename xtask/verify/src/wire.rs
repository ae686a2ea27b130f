//! Parameters and headers as what goes over the wire.

use serde_json::Value;

/// What a value of a parameter may be read as by who receives it: an example may be the value itself, or how it is sent,
/// and there a number and its digits are the same.
pub fn readings(value: &Value, style: Option<&str>) -> Vec<Value> {
    match value {
        Value::String(text) => {
            let items: Vec<_> = text.split(delimiter(style)).collect();
            let texts = items.iter().map(|item| Value::from(*item)).collect();
            let scalars = items.iter().map(|item| scalar(item)).collect();
            vec![scalar(text), Value::Array(texts), Value::Array(scalars)]
        }
        Value::Number(_) | Value::Bool(_) => vec![value.to_string().into()],
        Value::Array(items) => {
            let scalars = items.iter().map(|item| item.as_str().map_or_else(|| item.clone(), scalar)).collect();
            vec![value.clone(), Value::Array(scalars)]
        }
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

/// What stands between the items of a list.
fn delimiter(style: Option<&str>) -> char {
    match style {
        Some("spaceDelimited") => ' ',
        Some("pipeDelimited") => '|',
        _ => ',',
    }
}

/// The number or the boolean that a text says, or the text.
pub fn scalar(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn digits_are_a_number_and_commas_make_a_list() {
        assert_eq!(readings(&json!("1,a"), None), [json!("1,a"), json!(["1", "a"]), json!([1, "a"])]);
        assert_eq!(readings(&json!("true"), None)[0], json!(true));
        assert_eq!(readings(&json!("a|b"), Some("pipeDelimited"))[1], json!(["a", "b"]));
        assert_eq!(readings(&json!(7), None), [json!("7")]);
        assert_eq!(readings(&json!(["1", "a"]), None)[1], json!([1, "a"]));
        assert_eq!(readings(&json!({}), None), [] as [Value; 0]);
    }
}
