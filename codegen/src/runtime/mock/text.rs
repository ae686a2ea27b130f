//! Texts of requests and answers.

use serde_json::Value;

/// Text without its `%XX`; what is none stays.
pub fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The same of a form or a query, where a plus is a blank.
pub fn of_form(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

/// JSON without the blanks between its parts, and with everything else as it is spelled.
pub fn compact(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let (mut is_within, mut is_escaped) = (false, false);
    for sign in json.chars() {
        if is_within || !sign.is_ascii_whitespace() {
            text.push(sign);
        }
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = is_within,
            '"' => is_within = !is_within,
            _ => {}
        }
    }
    text
}

/// JSON as text: what a string holds, and anything else as it is spelled.
pub fn plain(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(Value::String(text)) => text,
        _ => compact(json),
    }
}

/// JSON as the value of a header: items one after the other, and names in front of their values.
pub fn of_header(json: &str) -> String {
    let scalar = |value: &Value| match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    match serde_json::from_str(json) {
        Ok(Value::Array(items)) => items.iter().map(scalar).collect::<Vec<_>>().join(","),
        Ok(Value::Object(members)) => {
            let pairs = members.iter().map(|(name, value)| format!("{name},{}", scalar(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        _ => plain(json),
    }
}
