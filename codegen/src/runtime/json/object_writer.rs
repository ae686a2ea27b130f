//! Writing the members of an object.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::maybe::Maybe;

/// Writes an object, member by member. The first failure is kept for [`end`](Self::end), and nothing
/// is written after it.
pub(crate) struct ObjectWriter<M: SerializeMap> {
    members: Result<M, M::Error>,
}

impl<M: SerializeMap> ObjectWriter<M> {
    /// Begins an object.
    pub(crate) fn new<S: Serializer<SerializeMap = M, Error = M::Error>>(serializer: S) -> Self {
        Self { members: serializer.serialize_map(None) }
    }

    /// Writes a member whatever its value; `None` becomes null.
    pub(crate) fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.write(name, value);
    }

    /// Writes a member unless it is absent.
    pub(crate) fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.write(name, value);
        }
    }

    /// Writes a member unless it is absent; null is written.
    pub(crate) fn maybe<T: Serialize>(&mut self, name: &'static str, value: &Maybe<T>) {
        match value {
            Maybe::Absent => {}
            Maybe::Null => self.write(name, &()),
            Maybe::Value(value) => self.write(name, value),
        }
    }

    /// Writes the members that have no field of their own.
    pub(crate) fn rest<T: Serialize>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.write(name, value);
        }
    }

    fn write<T: Serialize>(&mut self, name: &str, value: &T) {
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
    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        self.members?.end()
    }
}
