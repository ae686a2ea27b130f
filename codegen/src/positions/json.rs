//! The nodes of a JSON text along some pointers. What does not lead to one is skipped, so that large
//! documents take little time.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Node;
use crate::pointer::Tree;

/// The tree; `None` if the text is not JSON.
pub(super) fn read(text: &str, wanted: &Tree) -> Option<Node> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    Some(Walk { base: text.as_ptr() as usize, wanted }.node(raw))
}

#[derive(Clone, Copy)]
struct Walk<'a> {
    /// The address of the text: a raw value is a part of it.
    base: usize,
    wanted: &'a Tree,
}

impl<'a> Walk<'a> {
    fn range(self, raw: &RawValue) -> (usize, usize) {
        let start = raw.get().as_ptr() as usize - self.base;
        (start, start + raw.get().len())
    }

    fn node(self, raw: &RawValue) -> Node {
        let mut node = Node { value: self.range(raw), ..Node::default() };
        if !self.wanted.is_leaf() {
            let visitor = Entries { walk: self, entries: &mut node.entries };
            // The text was read as a whole; should a part fail, the tree ends there.
            let _ = serde_json::Deserializer::from_str(raw.get()).deserialize_any(visitor);
        }
        node
    }

    fn child(self, token: &str) -> Option<Walk<'a>> {
        Some(Self { wanted: self.wanted.child(token)?, ..self })
    }
}

/// The entries of a mapping or a list that are wanted. Plain values have none.
struct Entries<'a, 'b> {
    walk: Walk<'a>,
    entries: &'b mut FxHashMap<String, Node>,
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<&RawValue>()? {
            let name: Cow<'_, str> = serde_json::from_str(key.get()).unwrap_or_default();
            match self.walk.child(&name) {
                Some(walk) => {
                    let node = walk.node(map.next_value()?);
                    self.entries.insert(name.into_owned(), Node { key: Some(walk.range(key)), ..node });
                }
                None => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        for index in 0_usize.. {
            let name = index.to_string();
            let found = match self.walk.child(&name) {
                Some(walk) => items.next_element()?.map(|raw| drop(self.entries.insert(name, walk.node(raw)))),
                None => items.next_element::<IgnoredAny>()?.map(drop),
            };
            if found.is_none() {
                break;
            }
        }
        Ok(())
    }
}
