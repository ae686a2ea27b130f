//! The schemas that something was put together from, and what makes them the same ones.

use std::sync::Arc;

use super::merge::Merged;
use super::node::Target;
use crate::api::Origin;
use crate::maps::HashSet;

/// More than so many are not looked through one by one.
const FEW: usize = 16;

/// Schemas in the order in which they came together, each of them once.
#[derive(Clone, Default)]
pub(in crate::lower) struct Parts<'a> {
    list: Vec<Target<'a>>,
    /// The places of all of them, if they are more than a few.
    places: HashSet<Arc<str>>,
}

impl<'a> Parts<'a> {
    /// Whether a schema is one of them.
    pub fn has(&self, target: &Target<'_>) -> bool {
        let place = target.origin.pointer();
        match self.places.is_empty() {
            true => self.list.iter().any(|part| part.origin.pointer() == place),
            false => self.places.contains(place),
        }
    }

    /// Adds a schema; says whether it is new.
    pub fn insert(&mut self, target: Target<'a>) -> bool {
        if self.has(&target) {
            return false;
        }
        if self.list.len() == FEW {
            self.places.extend(self.list.iter().map(|part| part.origin.shared()));
        }
        if self.list.len() >= FEW {
            self.places.insert(target.origin.shared());
        }
        self.list.push(target);
        true
    }

    /// The one that the others belong to.
    pub fn first(&self) -> Option<&Target<'a>> {
        self.list.first()
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Target<'a>> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for Parts<'a> {
    type Item = Target<'a>;
    type IntoIter = std::vec::IntoIter<Target<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// What a type is made from: merged schemas of the same key make the same type, wherever they meet.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::lower) struct Key {
    /// The places of the schemas, in any order.
    parts: Vec<Arc<str>>,
    /// The places of the choices that are left, and of one whose variants these are.
    choices: Vec<Arc<str>>,
    is_parent: bool,
}

impl Key {
    pub fn of(merged: &Merged<'_>) -> Self {
        let mut parts: Vec<_> = merged.parts.iter().map(|part| part.origin.shared()).collect();
        parts.sort_unstable();
        let choices = merged.choices.iter().map(|choice| &choice.origin).chain(&merged.any_of);
        let choices = choices.map(Origin::shared).collect();
        Self { parts, choices, is_parent: merged.discriminator.is_some() }
    }
}
