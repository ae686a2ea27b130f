//! Writing the members of an object.

use std::collections::{BTreeMap, HashSet};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::maybe::Maybe;
use crate::runtime::undeclared::Undeclared;

/// Writes an object, member by member. The first failure is kept for [`end`](Self::end), and nothing
/// is written after it. Of what has the same name, the first is written.
pub struct ObjectWriter<'a, S: Serializer> {
    members: Result<S::SerializeMap, S::Error>,
    undeclared: Option<&'a Undeclared>,
    /// The names that were written, if any could be written twice.
    written: Option<HashSet<&'a str>>,
}

impl<'a, S: Serializer> ObjectWriter<'a, S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Self {
        Self { members: serializer.serialize_map(None), undeclared: None, written: None }
    }

    /// Begins an object that ends with these members.
    pub fn keeping(serializer: S, undeclared: &'a Undeclared) -> Self {
        let written = (!undeclared.is_empty()).then(HashSet::new);
        Self { members: serializer.serialize_map(None), undeclared: Some(undeclared), written }
    }

    /// Says what [`rest`](Self::rest) will write.
    pub fn before<T>(&mut self, rest: &BTreeMap<String, T>) {
        if !rest.is_empty() {
            self.written.get_or_insert_default();
        }
    }

    /// Writes a member whatever its value.
    pub fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.declared(name, value);
    }

    /// Writes a member whatever its value; `None` becomes null.
    pub fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.declared(name, value);
    }

    /// Writes a member unless it is absent.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.declared(name, value);
        }
    }

    /// Writes a member unless it is absent; null is written.
    pub fn maybe<T: Serialize>(&mut self, name: &'static str, value: &Maybe<T>) {
        match value {
            Maybe::Absent => {}
            Maybe::Null => self.write(name, &()),
            Maybe::Value(value) => self.declared(name, value),
        }
    }

    /// Writes the members that have no field of their own.
    pub fn rest<T: Serialize>(&mut self, members: &'a BTreeMap<String, T>) {
        for (name, value) in members {
            self.write(name, value);
        }
    }

    /// Writes a member as it was spelled, if that is kept and it is still the same number.
    fn declared<T: Serialize>(&mut self, name: &'static str, value: &T) {
        match self.undeclared.and_then(|kept| kept.spelling_of(name, value)) {
            Some(spelled) => self.write(name, &spelled),
            None => self.write(name, value),
        }
    }

    fn write<T: Serialize>(&mut self, name: &'a str, value: &T) {
        if let Some(written) = &mut self.written
            && !written.insert(name)
        {
            return;
        }
        if let Ok(members) = &mut self.members
            && let Err(error) = members.serialize_entry(name, value)
        {
            self.members = Err(error);
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// The first of the serializer's.
    pub fn end(mut self) -> Result<S::Ok, S::Error> {
        for (name, value) in self.undeclared.into_iter().flat_map(Undeclared::written) {
            self.write(name, value);
        }
        self.members?.end()
    }
}
