//! JSON as a person lays it out: what fits in a line is in one, with numbers spelled as they were.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::api::Origin;
use crate::maps::HashMap;

/// The most characters of a line that a list or an object takes.
const WIDTH: usize = 100;

/// The text of a value that stands at a place. `spellings` has the numbers, by their places.
pub(super) fn of(value: &Value, origin: &Origin, spellings: &HashMap<String, String>) -> String {
    let mut layout = Layout { spellings, text: Vec::new(), line: 0 };
    layout.value(value, origin, 0);
    // All of it is text, and JSON has no other bytes.
    String::from_utf8(layout.text).unwrap_or_default()
}

/// The text of a value whose numbers are spelled nowhere else.
pub(crate) fn laid_out(value: &Value) -> String {
    of(value, &Origin::new(""), &HashMap::default())
}

struct Layout<'a> {
    spellings: &'a HashMap<String, String>,
    text: Vec<u8>,
    /// Where the last line begins.
    line: usize,
}

impl Layout<'_> {
    /// The place of a part, as far as it matters.
    fn child<T: AsRef<str>>(&self, origin: &Origin, token: impl FnOnce() -> T) -> Origin {
        if self.spellings.is_empty() { origin.clone() } else { origin.child(token()) }
    }

    /// Writes a value, in lines that are indented by so much.
    fn value(&mut self, value: &Value, origin: &Origin, indentation: usize) {
        let start = self.text.len();
        if self.in_line(value, origin, start + WIDTH.saturating_sub(start - self.line)) {
            return;
        }
        self.text.truncate(start);
        let inner = indentation + 2;
        match value {
            // There is nothing to put into lines of its own.
            Value::Array(items) if items.is_empty() => self.put("[]"),
            Value::Object(members) if members.is_empty() => self.put("{}"),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.begin(if index == 0 { "[" } else { "," }, inner);
                    self.value(item, &self.child(origin, || index.to_string()), inner);
                }
                self.end("]", indentation);
            }
            Value::Object(members) => {
                for (index, (name, member)) in members.iter().enumerate() {
                    self.begin(if index == 0 { "{" } else { "," }, inner);
                    self.name(name);
                    self.value(member, &self.child(origin, || name), inner);
                }
                self.end("}", indentation);
            }
            plain => self.plain(plain, origin),
        }
    }

    /// Writes a value in the line, as far as the text is not longer than that, and tells whether that is all of it.
    fn in_line(&mut self, value: &Value, origin: &Origin, most: usize) -> bool {
        match value {
            Value::Array(items) => {
                self.put("[");
                for (index, item) in items.iter().enumerate() {
                    self.put(if index == 0 { "" } else { ", " });
                    if !self.in_line(item, &self.child(origin, || index.to_string()), most) {
                        return false;
                    }
                }
                self.put("]");
            }
            Value::Object(members) => return self.members_in_line(members, origin, most),
            Value::String(text) if text.len() > WIDTH => return false,
            plain => self.plain(plain, origin),
        }
        self.text.len() <= most
    }

    fn members_in_line(&mut self, members: &Map<String, Value>, origin: &Origin, most: usize) -> bool {
        for (index, (name, member)) in members.iter().enumerate() {
            if name.len() > WIDTH {
                return false;
            }
            self.put(if index == 0 { "{ " } else { ", " });
            self.name(name);
            if !self.in_line(member, &self.child(origin, || name), most) {
                return false;
            }
        }
        self.put(if members.is_empty() { "{}" } else { " }" });
        self.text.len() <= most
    }

    fn plain(&mut self, value: &Value, origin: &Origin) {
        let spelled = if value.is_number() { self.spellings.get(origin.pointer()) } else { None };
        match spelled {
            Some(spelled) => self.put(spelled),
            None => self.json(value),
        }
    }

    fn name(&mut self, name: &str) {
        self.json(name);
        self.put(": ");
    }

    /// Writes JSON as it comes. To write it as what can be shown takes several times as long.
    fn json(&mut self, value: &(impl Serialize + ?Sized)) {
        // Neither can fail: the text takes whatever is written, and the keys of JSON are texts.
        let _ = serde_json::to_writer(&mut self.text, value);
    }

    fn put(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    fn begin(&mut self, sign: &str, indentation: usize) {
        self.put(sign);
        self.end("", indentation);
    }

    fn end(&mut self, sign: &str, indentation: usize) {
        self.put("\n");
        self.line = self.text.len();
        self.text.extend(std::iter::repeat_n(b' ', indentation));
        self.put(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(json: &str) -> String {
        of(&serde_json::from_str(json).expect("JSON"), &Origin::new(""), &HashMap::default())
    }

    #[test]
    fn what_fits_in_a_line_is_in_one() {
        assert_eq!(laid_out(r#"{"a":[1,{"b":"c"}],"d":{},"e":[]}"#), r#"{ "a": [1, { "b": "c" }], "d": {}, "e": [] }"#);
        let long = "x".repeat(60);
        let lines = format!("{{\n  \"a\": [1, 2],\n  \"b\": \"{long}\",\n  \"c\": \"{long}\"\n}}");
        assert_eq!(laid_out(&lines), lines);
        assert_eq!(laid_out(&format!(r#"["{long}","{long}"]"#)), format!("[\n  \"{long}\",\n  \"{long}\"\n]"));
    }

    #[test]
    fn what_is_empty_stays_whole_behind_a_long_name() {
        let name = "x".repeat(WIDTH);
        for empty in ["[]", "{}"] {
            let text = format!("{{\n  \"{name}\": {empty},\n  \"{name}y\": {empty}\n}}");
            assert_eq!(laid_out(&text), text);
        }
    }

    #[test]
    fn no_line_is_longer_for_being_one() {
        for length in 80..120 {
            let text = laid_out(&format!(r#"{{"a":{{"b":["{}"]}}}}"#, "x".repeat(length)));
            let lines = text.lines().filter(|line| line.chars().count() > WIDTH);
            assert!(lines.clone().all(|line| line.trim_start().starts_with('"')), "{text}");
            assert_eq!(text.lines().count() == 1, length + r#"{ "a": { "b": [""] } }"#.len() <= WIDTH, "{text}");
        }
    }

    #[test]
    fn numbers_are_spelled_as_they_were() {
        let spellings = [("/a/1".to_owned(), "1.50".to_owned())].into_iter().collect();
        let value = serde_json::from_str(r#"{"a":[1.5,1.5]}"#).expect("JSON");
        assert_eq!(of(&value, &Origin::new(""), &spellings), r#"{ "a": [1.5, 1.50] }"#);
    }
}
