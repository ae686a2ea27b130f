//! Writing the members of an object.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::maybe::Maybe;

/// Writes an object, member by member.
pub(crate) struct ObjectWriter<M> {
    members: M,
}

impl<M: SerializeMap> ObjectWriter<M> {
    /// Begins an object.
    pub(crate) fn new<S: Serializer<SerializeMap = M>>(serializer: S) -> Result<Self, S::Error> {
        let members = serializer.serialize_map(None)?;
        Ok(Self { members })
    }

    /// Writes a member whatever its value; `None` becomes null.
    pub(crate) fn required<T: Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), M::Error> {
        self.members.serialize_entry(name, value)
    }

    /// Writes a member unless it is absent.
    pub(crate) fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.members.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Writes a member unless it is absent; null is written.
    pub(crate) fn maybe<T: Serialize>(&mut self, name: &'static str, value: &Maybe<T>) -> Result<(), M::Error> {
        match value {
            Maybe::Absent => Ok(()),
            Maybe::Null => self.members.serialize_entry(name, &()),
            Maybe::Value(value) => self.members.serialize_entry(name, value),
        }
    }

    /// Writes the members that have no field of their own.
    pub(crate) fn rest<T: Serialize>(&mut self, members: &BTreeMap<String, T>) -> Result<(), M::Error> {
        members.iter().try_for_each(|(name, value)| self.members.serialize_entry(name, value))
    }

    /// Ends the object.
    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        self.members.end()
    }
}
