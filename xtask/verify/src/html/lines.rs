//! JSON in lines, and the few of them that are shown.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::escape;

/// How many lines are shown before and behind one that is marked.
const AROUND: usize = 3;

/// A value, a line for each of its parts.
#[derive(Default)]
pub struct Lines {
    lines: Vec<String>,
    /// In which line a part begins, by its JSON Pointer.
    begins: HashMap<String, usize>,
}

/// The lines around one that is marked.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt<'l> {
    /// How many lines there are before these.
    pub before: usize,
    pub lines: &'l [String],
    /// Which of these is marked.
    pub marked: Option<usize>,
    /// How many lines there are behind these.
    pub behind: usize,
}

impl Lines {
    pub fn of(value: &Value) -> Self {
        let mut lines = Self::default();
        lines.write(value, Place { pointer: String::new(), depth: 0, name: String::new(), end: "" });
        lines
    }

    /// The lines around the one in which a part begins, or the first ones.
    pub fn around(&self, pointer: &str) -> Excerpt<'_> {
        let marked = self.begins.get(pointer).copied();
        let line = marked.unwrap_or_default();
        let start = line.saturating_sub(AROUND);
        let end = (line + AROUND + 1).min(self.lines.len());
        let behind = self.lines.len() - end;
        Excerpt { before: start, lines: &self.lines[start..end], marked: marked.map(|line| line - start), behind }
    }

    fn write(&mut self, value: &Value, at: Place) {
        self.begins.insert(at.pointer.clone(), self.lines.len());
        let inside: Vec<(String, String, &Value)> = match value {
            Value::Object(members) => {
                let member =
                    |(name, value): (&String, _)| (escape(name), format!("{}: ", Value::from(name.as_str())), value);
                members.iter().map(member).collect()
            }
            Value::Array(items) => {
                items.iter().enumerate().map(|(index, item)| (index.to_string(), String::new(), item)).collect()
            }
            _ => Vec::new(),
        };
        let [begin, end] = match value {
            _ if inside.is_empty() => return self.line(at.depth, format!("{}{value}{}", at.name, at.end)),
            Value::Object(_) => ["{", "}"],
            _ => ["[", "]"],
        };
        self.line(at.depth, format!("{}{begin}", at.name));
        let last = inside.len() - 1;
        for (index, (token, name, value)) in inside.into_iter().enumerate() {
            let pointer = format!("{}/{token}", at.pointer);
            self.write(value, Place { pointer, depth: at.depth + 1, name, end: if index == last { "" } else { "," } });
        }
        self.line(at.depth, format!("{end}{}", at.end));
    }

    fn line(&mut self, depth: usize, text: String) {
        self.lines.push(format!("{}{text}", "  ".repeat(depth)));
    }
}

/// Where a value is written.
struct Place {
    pointer: String,
    depth: usize,
    /// What stands before it in its line: the name of a member.
    name: String,
    /// What stands behind it.
    end: &'static str,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_near_is_left_out() {
        let lines = Lines::of(&json!({ "a/b": [], "list": (0..9).collect::<Vec<_>>(), "end": { "deep": null } }));
        let around = lines.around("/list/8");
        assert_eq!((around.before, around.marked, around.behind), (8, Some(3), 2));
        assert_eq!(
            around.lines,
            ["    5,", "    6,", "    7,", "    8", "  ],", r#"  "end": {"#, r#"    "deep": null"#]
        );
        let around = lines.around("/a~1b");
        assert_eq!((around.before, around.marked, around.behind), (0, Some(1), 12));
        assert_eq!(around.lines, ["{", r#"  "a/b": [],"#, r#"  "list": ["#, "    0,", "    1,"]);
        assert_eq!(lines.around("/nowhere").marked, None);
    }
}
