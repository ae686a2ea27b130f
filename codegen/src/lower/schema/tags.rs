//! What stands at the places of values, where a schema lists it: any of these can tell one variant of a union
//! from another.

use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

use super::Reading;
use super::classify::Class;
use super::merge::{Choice, Merged};
use super::node::Node;
use super::parts::Key;
use crate::api::{Origin, Says, Scalar, Tag};
use crate::maps::IndexMap;

/// How many members deep tags are looked for, where those of the values themselves do not tell enough.
pub(super) const DEEP: usize = 5;

/// How many tags a schema has at most: those that are nearest.
const MOST: usize = 64;

impl<'a> Reading<'_, 'a> {
    /// The tags of schemas that were merged, so many members deep.
    pub fn tags_in(&mut self, merged: &Merged<'a>, levels: usize) -> Rc<Vec<Tag>> {
        let key = (Key::of(merged), levels);
        if let Some(known) = self.known_tags.get(&key) {
            return Rc::clone(known);
        }
        // What leads back here has no more to say.
        self.known_tags.insert(key.clone(), Rc::default());
        let mut tags = self.tags_of(merged, levels);
        tags.sort_by_key(|tag| tag.path.len());
        tags.truncate(MOST);
        let tags = Rc::new(tags);
        self.known_tags.insert(key, Rc::clone(&tags));
        tags
    }

    fn tags_of(&mut self, merged: &Merged<'a>, levels: usize) -> Vec<Tag> {
        let mut merged = merged.clone();
        match self.classify(&mut merged) {
            _ if merged.contradiction.is_some() => Vec::new(),
            Class::Union => {
                let choice = merged.choices.remove(0);
                self.tags_of_all(&choice, &merged, levels)
            }
            // What is at one place says nothing of the others.
            Class::Array if !merged.prefix_items.is_empty() => Vec::new(),
            Class::Array => {
                let items = self.merge(&merged.items);
                self.tags_in(&items, levels).iter().map(|tag| Tag { required: false, ..tag.clone() }).collect()
            }
            Class::Struct | Class::Map => self.tags_of_members(&merged, levels),
            Class::Any | Class::Plain(_) | Class::Strings | Class::Integers(_) => {
                self.listed_values(&merged).into_iter().collect()
            }
        }
    }

    fn tags_of_members(&mut self, merged: &Merged<'a>, levels: usize) -> Vec<Tag> {
        let Some(levels) = levels.checked_sub(1) else { return Vec::new() };
        let mut tags = Vec::new();
        for (name, nodes) in &merged.properties {
            if levels == 0 && !nodes.iter().any(|node| self.may_list(node)) {
                continue;
            }
            let required = merged.required.contains_key(name) && self.directions(nodes).only().is_none();
            let member = self.merge(nodes);
            let name: Arc<str> = (*name).into();
            tags.extend(self.tags_in(&member, levels).iter().map(|tag| Tag {
                path: std::iter::once(&name).chain(&tag.path).cloned().collect(),
                required: required && tag.required,
                ..tag.clone()
            }));
            if tags.len() > MOST * MOST {
                break;
            }
        }
        tags
    }

    /// Whether a member may be a list of values by itself, and not by what is in it.
    fn may_list(&mut self, node: &Node<'a>) -> bool {
        self.schema_of(node).is_some_and(|target| {
            let keywords = target.schema.keywords();
            !keywords.enumeration.is_empty() || keywords.items.is_some() || keywords.combines()
        })
    }

    /// The tags that all variants of a union have, with the values of all of them.
    fn tags_of_all(&mut self, choice: &Choice<'a>, base: &Merged<'a>, levels: usize) -> Vec<Tag> {
        let mut common: Option<IndexMap<Vec<Arc<str>>, Tag>> = None;
        for merged in self.variants_of(choice, base) {
            let tags = self.tags_in(&merged, levels);
            let mut known = common.unwrap_or_else(|| tags.iter().map(|tag| (tag.path.clone(), tag.clone())).collect());
            let by_path: IndexMap<_, _> = tags.iter().map(|tag| (&tag.path, tag)).collect();
            known.retain(|path, tag| {
                let Some(other) = by_path.get(path) else { return false };
                tag.required &= other.required;
                let new = other.values.iter().filter(|value| !tag.values.contains(value)).cloned();
                tag.values.extend(new.collect::<Vec<_>>());
                true
            });
            common = Some(known);
        }
        common.unwrap_or_default().into_values().collect()
    }

    /// What is listed for a value itself. `null` beside others is left out, as it says nothing about the type.
    pub fn listed_values(&self, merged: &Merged<'a>) -> Option<Tag> {
        let listed = merged.enumeration.as_ref().filter(|listed| !listed.is_open)?;
        let mut values = Vec::new();
        for one in &listed.values {
            values.push(self.scalar(&one.value, merged.typ == Some("string"), &one.origin)?);
        }
        if values.iter().any(|value| *value != Scalar::Null) {
            values.retain(|value| *value != Scalar::Null);
        }
        Some(Tag { path: Vec::new(), values, says: Says::Is, required: true, told: false })
    }

    /// `None` for lists and objects.
    fn scalar(&self, value: &Value, is_text: bool, at: &Origin) -> Option<Scalar> {
        match value {
            Value::Array(_) | Value::Object(_) => None,
            Value::Null => Some(Scalar::Null),
            value if is_text => self.text_of(value, at).map(Scalar::Text),
            Value::Bool(value) => Some(Scalar::Bool(*value)),
            Value::Number(number) => Some(Scalar::Number(number.to_string())),
            Value::String(text) => Some(Scalar::Text(text.clone())),
        }
    }
}

impl Tag {
    /// Whether it is about a member of the values themselves.
    pub fn is_of(&self, member: &str) -> bool {
        matches!(self.path.as_slice(), [only] if **only == *member)
    }

    /// The only value, if it is a text.
    pub fn sole_text(&self) -> Option<&String> {
        match self.values.as_slice() {
            [only] => only.text(),
            _ => None,
        }
    }
}
