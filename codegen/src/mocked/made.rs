//! Values that are made from schemas: small ones that show what there is.
//!
//! What is required is there, and what is optional as far as there is room. What a schema says by example, as its default
//! or as one of a list is taken before anything is made up.

mod numbers;
mod parts;
pub(super) mod pattern;
mod strings;

use serde_json::{Map, Value, json};

use self::parts::Parts;
use crate::api::Origin;
use crate::lower::Ground;
use crate::maps::HashSet;

/// How many optional members a value shows.
const OPTIONAL: usize = 24;

/// How deep they may be.
const OPTIONAL_DEPTH: usize = 2;

/// How deep a value is in any case.
const DEEPEST: usize = 16;

/// How many members and items a value has in any case.
const MOST: usize = 2000;

/// How many those of all values have together before they get fewer: many more than descriptions of people need.
const TOGETHER: usize = 500_000;

/// How many a value has then.
const FEW: usize = 100;

/// How many items a list has at most, however many it wants.
const ITEMS: u64 = 20;

/// Makes values.
pub(super) struct Maker<'g, 'a> {
    ground: &'g Ground<'a>,
    /// How many optional members may still be shown.
    room: usize,
    /// How many members and items may still be made of a value.
    left: usize,
    /// How many of all values, before these get fewer.
    together: usize,
    /// The places of the schemas that a value is being made of.
    open: Vec<Origin>,
}

impl<'g, 'a> Maker<'g, 'a> {
    pub fn new(ground: &'g Ground<'a>) -> Self {
        Self { ground, room: 0, left: 0, together: TOGETHER, open: Vec::new() }
    }

    /// A value of a schema, as it is received. What cannot be made is an empty object.
    pub fn value(&mut self, schema: &'a Value, at: &Origin) -> Value {
        let most = if self.together == 0 { FEW } else { MOST };
        (self.room, self.left) = (OPTIONAL, most);
        self.open.clear();
        let made = self.make(schema, at, 0);
        self.together = self.together.saturating_sub(most - self.left);
        made.unwrap_or_else(|| json!({}))
    }

    /// Where a schema has an example of its own.
    pub fn example(&mut self, schema: &'a Value, at: &Origin) -> Option<Origin> {
        self.open.clear();
        let parts = self.parts(schema, at)?;
        parts.example().map(|(_, at)| at)
    }

    fn parts(&self, schema: &'a Value, at: &Origin) -> Option<Parts<'a>> {
        Parts::of(self.ground, &self.open, schema, at)
    }

    /// A value, unless that would be one within itself.
    fn make(&mut self, schema: &'a Value, at: &Origin, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let parts = self.parts(schema, at)?;
        self.make_of(&parts, depth)
    }

    fn make_of(&mut self, parts: &Parts<'a>, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        if let Some(value) = parts.constant() {
            return Some(value.clone());
        }
        if let Some((value, _)) = parts.example() {
            return Some(value.clone());
        }
        if let Some(value) = parts.default().or_else(|| parts.listed()) {
            return Some(value.clone());
        }
        let before = self.open.len();
        self.open.extend(parts.places());
        let made = match parts.kind() {
            Some("object") => self.object(parts, depth),
            Some("array") => Some(self.list(parts, depth)),
            Some("string") => Some(strings::string(parts).into()),
            Some("integer") => Some(numbers::number(parts, true)),
            Some("number") => Some(numbers::number(parts, false)),
            Some("boolean") => Some(true.into()),
            Some("null") => Some(Value::Null),
            _ => Some(json!({})),
        };
        self.open.truncate(before);
        made
    }

    fn object(&mut self, parts: &Parts<'a>, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        let required: HashSet<_> = parts.required().collect();
        let mut missing = required.len();
        for (name, schema, among) in parts.properties() {
            let is_required = required.contains(&name);
            let has_room = self.room > 0 && depth < OPTIONAL_DEPTH;
            if missing == 0 && !has_room {
                break;
            }
            if members.contains_key(name) || (!is_required && !has_room) {
                continue;
            }
            // It may be described more than once.
            missing = missing.saturating_sub(usize::from(is_required));
            let member = self.parts(schema, &among.child(name));
            // It is one of requests alone.
            if member.as_ref().is_some_and(|member| member.flag("writeOnly") && !member.flag("readOnly")) {
                continue;
            }
            self.room = self.room.saturating_sub(usize::from(!is_required));
            let made = member.filter(|_| depth < DEEPEST).and_then(|member| self.make_of(&member, depth + 1));
            if made.is_none() && is_required {
                return None;
            }
            members.extend(made.map(|value| (name.to_owned(), value)));
        }
        let additional = parts.additional();
        for name in parts.required().filter(|name| !parts.has_property(name)) {
            let made = additional.as_ref().and_then(|(schema, at)| self.make(schema, at, depth + 1));
            members.entry(name).or_insert_with(|| made.unwrap_or_else(|| "value".into()));
        }
        if let Some((schema, at)) = additional.filter(|_| members.is_empty())
            && let Some(value) = self.make(schema, &at, depth + 1)
        {
            members.insert("key".to_owned(), value);
        }
        for (name, tag) in &parts.tags {
            members.insert((*name).to_owned(), tag.as_str().into());
        }
        Some(members.into())
    }

    fn list(&mut self, parts: &Parts<'a>, depth: usize) -> Value {
        let first: Vec<_> = parts.prefix_items().map_while(|(schema, at)| self.make(schema, &at, depth + 1)).collect();
        let most = parts.natural("maxItems").unwrap_or(u64::MAX);
        let least = parts.natural("minItems").unwrap_or(0).max(u64::from(first.is_empty())).min(most).min(ITEMS);
        let mut items = first;
        if let Some((schema, at)) = parts.items() {
            while (items.len() as u64) < least {
                let Some(item) = self.make(schema, &at, depth + 1) else { break };
                items.push(item);
            }
        }
        items.into()
    }
}
