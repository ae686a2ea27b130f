//! One value into another, as the Overlay Specification has it.

use serde_json::Value;

use crate::parse::structure::found;
use crate::places::{Origins, Places};
use crate::pointer;

/// Two values that do not go together.
pub(super) struct Clash {
    /// The place of the one that was to be changed.
    pub at: String,
    /// The place of the other one, from what it is a part of.
    pub part: String,
    pub message: String,
}

/// Merges `update` into what a target selects: to a list, anything else is added as an item.
pub(super) fn update(
    target: &mut Value,
    at: &str,
    update: &Value,
    origins: &Origins,
    places: &mut Places,
) -> Result<(), Clash> {
    let mut merge = Merge { origins, places };
    match (target, update) {
        (Value::Array(items), update) if !update.is_array() => {
            merge.places.arrive(&child(at, &items.len().to_string()), origins);
            items.push(update.clone());
            Ok(())
        }
        (target, update) => merge.value(target, at, update, ""),
    }
}

struct Merge<'a> {
    origins: &'a Origins,
    places: &'a mut Places,
}

impl Merge<'_> {
    fn value(&mut self, target: &mut Value, at: &str, update: &Value, part: &str) -> Result<(), Clash> {
        match (target, update) {
            (Value::Object(members), Value::Object(update)) => {
                for (name, value) in update {
                    let (at, part) = (child(at, name), child(part, name));
                    match members.get_mut(name) {
                        Some(member) => self.value(member, &at, value, &part)?,
                        None => {
                            self.places.arrive(&at, &self.origins.part(&part));
                            members.insert(name.clone(), value.clone());
                        }
                    }
                }
            }
            (Value::Array(items), Value::Array(update)) => {
                for (index, value) in update.iter().enumerate() {
                    let part = self.origins.part(&child(part, &index.to_string()));
                    self.places.arrive(&child(at, &items.len().to_string()), &part);
                    items.push(value.clone());
                }
            }
            (target, update) if is_plain(target) && is_plain(update) => {
                self.places.arrive(at, &self.origins.part(part));
                target.clone_from(update);
            }
            (target, update) => {
                let message = format!("{} does not go together with {}", found(update), found(target));
                return Err(Clash { at: at.to_owned(), part: part.to_owned(), message });
            }
        }
        Ok(())
    }
}

/// Whether a value is what the specification calls a primitive.
pub(super) fn is_plain(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn child(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", pointer::escape(token))
}
