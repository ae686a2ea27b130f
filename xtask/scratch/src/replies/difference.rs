//! Where two JSON texts differ.

use serde_json::Value;

/// The first difference, in a line.
pub fn difference(documented: &str, written: &str) -> String {
    let value = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    match below(&value(documented), &value(written), String::new()) {
        Some((at, what)) if at.is_empty() => what,
        Some((at, what)) => format!("{at}: {what}"),
        None => "a number is spelled differently".to_owned(),
    }
}

fn below(documented: &Value, written: &Value, at: String) -> Option<(String, String)> {
    match (documented, written) {
        (Value::Object(left), Value::Object(right)) => {
            let members = left.iter().find_map(|(name, value)| match right.get(name) {
                None => Some((format!("{at}/{name}"), "is lost".to_owned())),
                Some(other) => below(value, other, format!("{at}/{name}")),
            });
            let more = || right.keys().find(|name| !left.contains_key(*name));
            members.or_else(|| Some((format!("{at}/{}", more()?), "is new".to_owned())))
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(index, (left, right))| below(left, right, format!("{at}/{index}")))
        }
        _ if documented == written => None,
        _ => Some((at, format!("{} becomes {}", short(documented), short(written)))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 60 { text } else { text.chars().take(60).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_is_told_with_its_place() {
        let cases = [
            (r#"{"a":[{"b":1},{"b":2,"c":3}]}"#, r#"{"a":[{"b":1},{"b":2}]}"#, "/a/1/c: is lost"),
            (r#"{"a":1}"#, r#"{"a":1,"b":null}"#, "/b: is new"),
            (r#"{"a":"1.0"}"#, r#"{"a":1}"#, r#"/a: "1.0" becomes 1"#),
            ("[1,2]", "[1]", "[1,2] becomes [1]"),
            (r#"{"a":1.50}"#, r#"{"a":1.5}"#, "a number is spelled differently"),
        ];
        for (documented, written, expected) in cases {
            assert_eq!(difference(documented, written), expected);
        }
    }
}
