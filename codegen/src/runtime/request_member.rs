//! Members of the JSON that a request sends.

use std::iter::once;

use super::json::{Kind, Reader, Stop};
use super::request::Request;

impl Request {
    /// Sets the member of the body that is at the end of a way; the members that lead there are made if they are missing,
    /// and so is the body. `None` if the body, or something on the way, is no object.
    pub fn member(&mut self, way: &[&str], json: &str) -> Option<()> {
        let body = std::str::from_utf8(self.body.as_bytes()?).ok()?;
        let changed = if body.is_empty() { around(way, json) } else { with_member(body, way, json)? };
        if body.is_empty() {
            self.body("application/json", changed);
        } else {
            self.body = changed.into();
        }
        Some(())
    }
}

/// The text of an object with this JSON as the member at the end of a way.
pub fn with_member(text: &str, way: &[&str], json: &str) -> Option<String> {
    let Some((name, rest)) = way.split_first() else { return Some(json.to_owned()) };
    let Some((start, value)) = values(text, name).ok()?.pop() else {
        let (before, behind) = text.split_once('{')?;
        let comma = if behind.trim_start().starts_with('}') { "" } else { "," };
        return Some(format!("{before}{{{}:{}{comma}{behind}", quoted(name), around(rest, json)));
    };
    let (before, behind) = (&text[..start], &text[start + value.len()..]);
    let value = if value == "null" { around(rest, json) } else { with_member(value, rest, json)? };
    Some([before, &value, behind].concat())
}

/// The objects that lead to a member of this JSON, and nothing beside it.
fn around(way: &[&str], json: &str) -> String {
    let open = way.iter().map(|name| format!("{{{}:", quoted(name)));
    open.chain(once(json.to_owned())).chain(way.iter().map(|_| "}".to_owned())).collect()
}

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The values of a member of an object, each with its place.
pub fn values<'a>(text: &'a str, member: &str) -> Result<Vec<(usize, &'a str)>, Stop> {
    let mut json = Reader::new(text);
    json.enter(Kind::Object, "an object")?;
    let mut values = Vec::new();
    let mut is_first = true;
    while json.next_member(std::mem::take(&mut is_first))? {
        let is_it = json.name()? == member;
        let place = json.mark().place();
        let value = json.raw()?;
        if is_it {
            values.push((place, value));
        }
    }
    Ok(values)
}
