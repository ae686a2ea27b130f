//! What is found of an example.

use crate::class::Class;

/// A disagreement of an example with its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub class: Class,
    /// The way to the value, as a JSON Pointer in the example.
    pub value: String,
    /// The keyword that it breaks, or the schema that says nothing of it, as a JSON Pointer in the document.
    pub keyword: String,
    /// The member that it is about, if it is about one.
    pub member: Option<String>,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What would make it right, in words.
    pub edit: String,
}

impl Finding {
    pub fn new(class: Class, value: impl Into<String>, keyword: impl Into<String>) -> Self {
        let (value, keyword) = (value.into(), keyword.into());
        Self { class, value, keyword, member: None, message: String::new(), edit: String::new() }
    }

    pub fn says(self, message: impl Into<String>, edit: impl Into<String>) -> Self {
        Self { message: message.into(), edit: edit.into(), ..self }
    }

    pub fn of_member(self, member: &str) -> Self {
        Self { member: Some(member.to_owned()), ..self }
    }
}

/// The way to a value, in which items of a list are alike.
pub fn alike(way: &str) -> String {
    let is_number = |token: &str| token.bytes().all(|sign| sign.is_ascii_digit()) && !token.is_empty();
    let tokens: Vec<_> = way.split('/').map(|token| if is_number(token) { "*" } else { token }).collect();
    tokens.join("/")
}

/// A token, as it stands in a JSON Pointer.
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
