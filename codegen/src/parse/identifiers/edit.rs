//! What is changed in a document, and where things are then that were elsewhere in the text.

use std::mem;

use serde_json::{Map, Value};

use crate::maps::HashMap;
use crate::pointer;

/// A change of an object, or of a text.
pub(super) struct Edit {
    pub place: String,
    /// Where that is in the text.
    pub old: String,
    pub change: Change,
}

pub(super) enum Change {
    Refer(String),
    /// The same, in place of a `$dynamicRef`.
    ReferDynamically(String),
    Forget(&'static str),
    Text(String),
    /// Other names for members.
    Rename(HashMap<String, String>),
}

/// A copy of a schema.
pub(super) struct Addition {
    pub place: String,
    pub content: Value,
    pub old: String,
    /// Whether it is put in place of a reference, which others stand beside.
    pub is_merged: bool,
}

impl Addition {
    pub fn apply(self, tree: &mut Value, moved: &mut Vec<(String, String)>) {
        let Self { place, content, old, is_merged } = self;
        if !is_merged {
            moved.push((place.clone(), old));
            return insert(tree, &place, content);
        }
        let Some(Value::Object(object)) = tree.pointer_mut(&place) else { return };
        object.retain(|key, _| !matches!(key.as_str(), "$ref" | "$dynamicRef"));
        let Value::Object(content) = content else { return };
        for (key, value) in content {
            let token = pointer::escape(&key).into_owned();
            match (object.get_mut(&key), value) {
                (Some(Value::Object(own)), Value::Object(theirs)) if key == "$defs" => {
                    for (name, schema) in theirs {
                        let name = pointer::escape(&name).into_owned();
                        moved.push((format!("{place}/$defs/{name}"), format!("{old}/$defs/{name}")));
                        own.insert(pointer::unescape(&name).into_owned(), schema);
                    }
                }
                (Some(_), _) => {}
                (None, _) if matches!(key.as_str(), "$anchor" | "$dynamicAnchor") => {}
                (None, value) => {
                    moved.push((format!("{place}/{token}"), format!("{old}/{token}")));
                    object.insert(key, value);
                }
            }
        }
    }
}

impl Edit {
    pub fn apply(self, tree: &mut Value, moved: &mut Vec<(String, String)>) {
        let Self { place, old, change } = self;
        let Some(value) = tree.pointer_mut(&place) else { return };
        match (change, value) {
            (Change::Text(text), value) => *value = text.into(),
            (Change::Refer(text), Value::Object(object)) => _ = object.insert("$ref".to_owned(), text.into()),
            (Change::Forget(keyword), Value::Object(object)) => _ = object.shift_remove(keyword),
            (Change::Rename(names), Value::Object(object)) => {
                for (from, to) in &names {
                    let [to, from] = [to, from].map(|name| pointer::escape(name));
                    moved.push((format!("{place}/{to}"), format!("{old}/{from}")));
                }
                // In their order, which can be seen.
                let members = mem::take(object).into_iter();
                object.extend(members.map(|(key, value)| (names.get(&key).cloned().unwrap_or(key), value)));
            }
            (Change::ReferDynamically(text), Value::Object(object)) => {
                object.shift_remove("$dynamicRef");
                let from = format!("{old}/$dynamicRef");
                if !object.contains_key("$ref") {
                    object.insert("$ref".to_owned(), text.into());
                    return moved.push((format!("{place}/$ref"), from));
                }
                let parts = object.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(parts) = parts {
                    moved.push((format!("{place}/allOf/{}/$ref", parts.len()), from));
                    parts.push(Value::Object([("$ref".to_owned(), text.into())].into_iter().collect()));
                }
            }
            _ => {}
        }
    }
}

/// Puts a schema at a place, with the mappings around it.
fn insert(tree: &mut Value, place: &str, content: Value) {
    let mut value = tree;
    for token in pointer::tokens(place) {
        let Value::Object(object) = value else { return };
        value = object.entry(token.into_owned()).or_insert_with(|| Value::Object(Map::new()));
    }
    *value = content;
}
