//! Where a walk through the document stands.

use std::collections::BTreeMap;

use crate::api::Origin;
use crate::maps::HashMap;
use crate::pointer;

/// The pointer of the present place, in the document as it becomes and in the text that it came from.
#[derive(Default)]
pub(super) struct Path {
    new: String,
    /// Where that is another one.
    old: Option<String>,
    /// What stands elsewhere than in the text: the new pointer, and the old one.
    moved: BTreeMap<String, String>,
}

/// What [`Path::leave`] goes back to.
pub(super) struct Mark {
    new: usize,
    old: Old,
}

/// What was the old pointer.
enum Old {
    /// So much of what it is now, if that is another one.
    Start(usize),
    Other(Option<String>),
}

impl Path {
    /// A place that is another one in the text.
    pub fn at(new: impl Into<String>, old: impl Into<String>) -> Self {
        Self { new: new.into(), old: Some(old.into()), moved: BTreeMap::new() }
    }

    /// The same place, without what was noted to have moved.
    pub fn here(&self) -> Self {
        Self { new: self.new.clone(), old: self.old.clone(), moved: BTreeMap::new() }
    }

    /// A path of its own for what is below a token of this place. It takes along what was noted to have moved there.
    pub fn apart(&mut self, token: &str) -> Self {
        let mark = self.enter(token);
        let mut apart = self.here();
        apart.moved = self.moved.split_off(&below(&self.new));
        self.moved.append(&mut apart.moved.split_off(&behind(&self.new)));
        self.leave(mark);
        apart
    }

    /// Notes all that another path noted to have moved.
    pub fn join(&mut self, other: Self) {
        self.moved.extend(other.moved);
    }

    pub fn enter(&mut self, token: &str) -> Mark {
        let token = pointer::escape(token);
        let new = self.new.len();
        self.new.push('/');
        self.new.push_str(&token);
        let elsewhere = if self.moved.is_empty() { None } else { self.moved.get(&self.new) };
        let old = match elsewhere {
            Some(old) => Old::Other(self.old.replace(old.clone())),
            None => Old::Start(self.old.as_mut().map_or(0, |old| {
                let length = old.len();
                old.push('/');
                old.push_str(&token);
                length
            })),
        };
        Mark { new, old }
    }

    pub fn leave(&mut self, mark: Mark) {
        self.new.truncate(mark.new);
        match mark.old {
            Old::Start(length) => self.old.iter_mut().for_each(|old| old.truncate(length)),
            Old::Other(old) => self.old = old,
        }
    }

    /// Notes that what is at one pointer below this place came from another one, both with their slash.
    pub fn moved(&mut self, to: &str, from: &str) {
        let from = self.original_of(from);
        self.moved.insert(format!("{}{to}", self.new), from);
    }

    /// Forgets what was noted below a place that is no more.
    pub fn forget(&mut self, token: &str) {
        let gone = format!("{}/{}", self.new, pointer::escape(token));
        let below = self.moved.range(below(&gone)..behind(&gone));
        for pointer in below.map(|(pointer, _)| pointer.clone()).collect::<Vec<_>>() {
            self.moved.remove(&pointer);
        }
        self.moved.remove(&gone);
    }

    pub fn into_moved(self) -> HashMap<String, String> {
        self.moved.into_iter().collect()
    }

    /// The pointer in the finished document.
    pub fn current(&self) -> &str {
        &self.new
    }

    /// The pointer in the text.
    pub fn original(&self) -> &str {
        self.old.as_ref().unwrap_or(&self.new)
    }

    /// The pointer in the text, of what is at a pointer below this place.
    pub fn original_of(&self, below: &str) -> String {
        let known = self.moved.get(&format!("{}{below}", self.new));
        known.cloned().unwrap_or_else(|| format!("{}{below}", self.original()))
    }

    /// The place of a member, in the text.
    pub fn origin(&self, member: Option<&str>) -> Origin {
        let here = Origin::new(self.original());
        member.map_or(here.clone(), |member| here.child(member))
    }
}

/// The first of all pointers that begin with another one and a slash.
fn below(pointer: &str) -> String {
    format!("{pointer}/")
}

/// The first pointer behind all of these.
fn behind(pointer: &str) -> String {
    format!("{pointer}0")
}
