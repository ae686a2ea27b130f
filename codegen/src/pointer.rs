//! JSON Pointer (RFC 6901): escaping, splitting, and the pointers inside `$ref`.

use std::borrow::Cow;

use crate::maps::HashMap;
use serde_json::{Map, Value};

/// The unescaped tokens of a pointer.
pub(crate) fn tokens(pointer: &str) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
    let tokens = pointer.strip_prefix('/').map(|tokens| tokens.split('/'));
    tokens.into_iter().flatten().map(unescape)
}

pub(crate) fn unescape(token: &str) -> Cow<'_, str> {
    if token.bytes().any(|byte| byte == b'~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}

/// One token, escaped to stand in a pointer.
pub(crate) fn escape(token: &str) -> Cow<'_, str> {
    if token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        token.replace('~', "~0").replace('/', "~1").into()
    } else {
        token.into()
    }
}

/// The value that a pointer leads to. serde_json's own lookup copies every token twice.
pub(crate) fn lookup<'a>(tree: &'a Value, pointer: &str) -> Option<&'a Value> {
    if !(pointer.is_empty() || pointer.starts_with('/')) {
        return None;
    }
    tokens(pointer).try_fold(tree, |value, token| child(value, &token))
}

/// The value that a token leads to.
pub(crate) fn child<'a>(value: &'a Value, token: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => member(members, token),
        Value::Array(items) => items.get(index(token)?),
        _ => None,
    }
}

/// So few members are looked at one by one, which takes less time than to hash a name. Most objects have no more.
const FEW: usize = 16;

/// The member of an object that has a name.
pub(crate) fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    match object.len() {
        ..=FEW => object.iter().find(|(key, _)| *key == name).map(|(_, value)| value),
        _ => object.get(name),
    }
}

/// The same, to be changed.
pub(crate) fn member_mut<'a>(object: &'a mut Map<String, Value>, name: &str) -> Option<&'a mut Value> {
    match object.len() {
        ..=FEW => object.iter_mut().find(|(key, _)| *key == name).map(|(_, value)| value),
        _ => object.get_mut(name),
    }
}

/// The number of an item; one place has one pointer, so that it has neither a sign nor leading zeros.
fn index(token: &str) -> Option<usize> {
    let is_plain = token == "0" || token.starts_with(|first: char| matches!(first, '1'..='9'));
    token.parse().ok().filter(|_| is_plain)
}

/// The one spelling of a pointer: the same place must give the same type.
pub(crate) fn canonical(pointer: &str) -> String {
    tokens(pointer).map(|token| format!("/{}", escape(&token))).collect()
}

/// The pointer of a reference within the document; a URI fragment may be percent-encoded.
pub(crate) fn of_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let decoded = percent_decode(fragment);
    (decoded.is_empty() || decoded.starts_with('/')).then_some(decoded)
}

/// Undoes percent-encoding; what is none stays.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Some pointers, token by token; the way to walk a document along them alone.
#[derive(Default)]
pub(crate) struct Tree(HashMap<String, Self>);

impl Tree {
    pub fn of<'a>(pointers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut root = Self::default();
        for pointer in pointers {
            tokens(pointer).fold(&mut root, |node, token| node.0.entry(token.into_owned()).or_default());
        }
        root
    }

    /// What is below a token, if a pointer leads through it.
    pub fn child(&self, token: &str) -> Option<&Self> {
        self.0.get(token)
    }

    /// Whether no pointer leads any further.
    pub fn is_leaf(&self) -> bool {
        self.0.is_empty()
    }
}
