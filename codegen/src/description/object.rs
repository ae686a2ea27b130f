//! Objects of the document, whose members have been held against the table of what OpenAPI knows.

use serde_json::{Map, Value};

use super::Extensions;
use crate::pointer;

/// An object of the document.
#[derive(Clone, Copy)]
pub(super) struct Object<'a>(&'a Value);

/// Objects under names that the author chose, each with its own.
#[derive(Clone, Copy, Default)]
pub(crate) struct Members<'a>(Option<&'a Map<String, Value>>);

impl<'a> Object<'a> {
    pub fn of(value: &'a Value) -> Self {
        Self(value)
    }

    pub fn get(self, name: &str) -> Option<&'a Value> {
        pointer::member(self.0.as_object()?, name)
    }

    pub fn text(self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    /// Whether it is set; what is not there is not.
    pub fn flag(self, name: &str) -> bool {
        self.said(name) == Some(true)
    }

    pub fn said(self, name: &str) -> Option<bool> {
        self.get(name)?.as_bool()
    }

    pub fn list(self, name: &str) -> &'a [Value] {
        self.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    pub fn texts(self, name: &str) -> Vec<&'a str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    pub fn members(self, name: &str) -> Members<'a> {
        Members(self.get(name).and_then(Value::as_object))
    }

    pub fn extensions(self) -> Extensions<'a> {
        Extensions::of(self.0)
    }
}

impl<'a> Members<'a> {
    pub fn of(value: &'a Value) -> Self {
        Self(value.as_object())
    }

    pub fn iter(self) -> impl Iterator<Item = (&'a str, &'a Value)> + Clone {
        self.0.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    pub fn keys(self) -> impl Iterator<Item = &'a str> + Clone {
        self.iter().map(|(name, _)| name)
    }

    pub fn get(self, name: &str) -> Option<&'a Value> {
        pointer::member(self.0?, name)
    }

    pub fn len(self) -> usize {
        self.0.map_or(0, Map::len)
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl<'a> IntoIterator for Members<'a> {
    type Item = (&'a str, &'a Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}
