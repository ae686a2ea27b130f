//! Actions of an overlay.

use serde_json::{Map, Value, json};

/// An action of an overlay.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// An RFC 9535 path.
    target: String,
    /// What is added; `None`: the target goes.
    update: Option<Value>,
    /// What the action is for.
    evidence: String,
}

impl Action {
    pub fn update(target: String, update: Value) -> Self {
        Self { target, update: Some(update), evidence: String::new() }
    }

    pub fn remove(target: String) -> Self {
        Self { target, update: None, evidence: String::new() }
    }

    pub fn because(self, evidence: &str) -> Self {
        Self { evidence: evidence.to_owned(), ..self }
    }

    pub fn value(&self) -> Value {
        let mut action = Map::new();
        action.insert("target".to_owned(), self.target.as_str().into());
        action.insert("description".to_owned(), self.evidence.as_str().into());
        match &self.update {
            Some(update) => action.insert("update".to_owned(), update.clone()),
            None => action.insert("remove".to_owned(), json!(true)),
        };
        action.into()
    }
}

/// The path to what a JSON Pointer of a document leads to.
pub fn path(document: &Value, pointer: &str) -> String {
    let mut path = "$".to_owned();
    let mut place = Some(document);
    for token in pointer.split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        path += &match place {
            Some(Value::Array(_)) => format!("[{name}]"),
            _ => member(&name),
        };
        place = place.and_then(|value| value.pointer(&format!("/{token}")));
    }
    path
}

/// The step to a member.
fn member(name: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    if name.chars().all(is_plain) && !name.starts_with(|sign: char| sign.is_ascii_digit()) && !name.is_empty() {
        format!(".{name}")
    } else {
        format!("[{}]", quoted(name))
    }
}

/// A text as a literal of such a path.
pub fn quoted(text: &str) -> String {
    let mut literal = "'".to_owned();
    for sign in text.chars() {
        match sign {
            '\'' | '\\' => literal.extend(['\\', sign]),
            sign if sign < ' ' => literal += &format!("\\u{:04x}", u32::from(sign)),
            sign => literal.push(sign),
        }
    }
    literal + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_that_of_the_pointer() {
        let document = json!({ "paths": { "/a'b": { "get": { "tags": ["x"], "0": [] } } } });
        let get = path(&document, "/paths/~1a'b/get");
        assert_eq!(get, r"$.paths['/a\'b'].get");
        assert_eq!(path(&document, "/paths/~1a'b/get/tags/0"), format!("{get}.tags[0]"));
        assert_eq!(path(&document, "/paths/~1a'b/get/0"), format!("{get}['0']"));
        assert_eq!(quoted("a\n\\"), r"'a\u000a\\'");
    }
}
