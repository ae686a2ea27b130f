//! From the document that the stages see back to the files that it was made of.
//!
//! Bundling puts what stands in other files where the description refers to it, overlays and the
//! configuration add and take away, and repairing moves members to where OpenAPI wants them. Each
//! notes what it does, so that messages point at the text.

use crate::maps::HashMap;
use std::collections::{BTreeMap, btree_map};

/// A file, and a pointer in it.
pub(crate) type Spot = (usize, String);

/// Where a value and the parts of it come from, by the pointers from that value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(BTreeMap<String, Spot>);

/// Where the parts of the document come from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// What is not where it is in the description: as it is before it is repaired.
    brought: Origins,
    repaired: HashMap<String, String>,
}

impl Origins {
    /// Of a value that stands in a file as it is.
    pub fn of(file: usize, pointer: impl Into<String>) -> Self {
        Self([(String::new(), (file, pointer.into()))].into())
    }

    /// Notes where what is at a pointer comes from.
    pub fn put(&mut self, pointer: String, from: Spot) {
        self.0.insert(pointer, from);
    }

    /// Where what is at a pointer comes from.
    pub fn at(&self, pointer: &str) -> Option<Spot> {
        if self.0.is_empty() {
            return None;
        }
        let ((file, from), rest) = nearest(pointer, |start| self.0.get(start))?;
        Some((*file, format!("{from}{rest}")))
    }

    /// Where a part of the value comes from, with the parts of that.
    pub fn part(&self, pointer: &str) -> Self {
        let rest = |known: &String| known.get(pointer.len()..).unwrap_or_default().to_owned();
        let below = self.below(pointer).map(|(known, spot)| (rest(known), spot.clone()));
        let own = self.at(pointer).map(|spot| (String::new(), spot));
        Self(below.chain(own).collect())
    }

    fn below(&self, pointer: &str) -> impl Iterator<Item = (&String, &Spot)> {
        // Between these two stands all that begins with the pointer and a slash.
        self.0.range(format!("{pointer}/")..format!("{pointer}0"))
    }

    fn forget(&mut self, pointer: &str) {
        let below: Vec<_> = self.below(pointer).map(|(known, _)| known.clone()).collect();
        for known in below {
            self.0.remove(&known);
        }
        self.0.remove(pointer);
    }
}

impl IntoIterator for Origins {
    type Item = (String, Spot);
    type IntoIter = btree_map::IntoIter<String, Spot>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Places {
    /// Notes that something of a file was put at a pointer.
    pub fn put(&mut self, pointer: String, file: usize, from: String) {
        self.brought.put(pointer, (file, from));
    }

    /// Where what is at a pointer comes from, with all that is below it.
    pub fn origins(&self, pointer: &str) -> Origins {
        let mut origins = self.brought.part(pointer);
        origins.0.entry(String::new()).or_insert_with(|| (0, pointer.to_owned()));
        origins
    }

    /// Notes that something is at a pointer now, in place of what was there.
    pub fn arrive(&mut self, pointer: &str, origins: &Origins) {
        self.brought.forget(pointer);
        let arrived = origins.0.iter().map(|(rest, spot)| (format!("{pointer}{rest}"), spot.clone()));
        self.brought.0.extend(arrived);
    }

    /// Notes what repairing moved: to where, from where.
    pub fn repair(&mut self, moved: impl IntoIterator<Item = (String, String)>) {
        self.repaired.extend(moved);
    }

    /// The file and the pointer in it, of a pointer in the finished document.
    pub fn in_text(&self, pointer: &str) -> Spot {
        if self.repaired.is_empty() {
            return self.before_repair(pointer);
        }
        match nearest(pointer, |start| self.repaired.get(start)) {
            Some((from, rest)) => self.before_repair(&format!("{from}{rest}")),
            None => self.before_repair(pointer),
        }
    }

    /// The same, of a pointer in the document before it was repaired.
    pub fn before_repair(&self, pointer: &str) -> Spot {
        self.brought.at(pointer).unwrap_or_else(|| (0, pointer.to_owned()))
    }
}

/// What is known about a pointer, or about the nearest place around it, and the rest of the pointer.
fn nearest<'a, T>(pointer: &'a str, find: impl Fn(&'a str) -> Option<T>) -> Option<(T, &'a str)> {
    let mut end = pointer.len();
    loop {
        let (start, rest) = pointer.split_at(end);
        if let Some(found) = find(start) {
            return Some((found, rest));
        }
        end = start.rfind('/')?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_takes_along_where_its_parts_came_from() {
        let mut places = Places::default();
        places.put("/a/1".to_owned(), 1, "/one".to_owned());
        places.put("/a/1/x".to_owned(), 2, "/two".to_owned());
        places.put("/a/10".to_owned(), 3, "/three".to_owned());
        places.put("/b/y".to_owned(), 4, "/four".to_owned());
        let origins = places.origins("/a/1");
        places.arrive("/b", &origins);
        assert_eq!(places.before_repair("/b/x/y"), (2, "/two/y".to_owned()));
        assert_eq!(places.before_repair("/b/y"), (1, "/one/y".to_owned()));
        assert_eq!(places.before_repair("/a/10/x"), (3, "/three/x".to_owned()));
    }

    #[test]
    fn what_stands_in_the_description_still_does_after_it_was_moved() {
        let mut places = Places::default();
        places.put("/a/0".to_owned(), 1, "/one".to_owned());
        let origins = places.origins("/a/1");
        places.arrive("/a/0", &origins);
        assert_eq!(places.before_repair("/a/0/x"), (0, "/a/1/x".to_owned()));
    }
}
