//! Reading the members of an object.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::{Json, Mismatch, Read};
use crate::runtime::maybe::Maybe;

type Member<'a> = (Cow<'a, str>, Json<'a>);

/// The members of an object, to be taken one by one.
///
/// Members that nobody takes are ignored. Of members with the same name, the
/// last one counts.
pub(crate) struct ObjectReader<'a> {
    /// `None` where a member has been taken.
    members: Vec<Option<Member<'a>>>,
    /// Where the next member is expected: servers mostly write the members in
    /// the order of the description, so that no search is needed.
    next: usize,
}

impl<'a> Json<'a> {
    /// The members, if this is an object.
    pub(crate) fn into_object(self) -> Result<ObjectReader<'a>, Mismatch> {
        match self {
            Json::Object(members) => {
                Ok(ObjectReader { members: without_repeats(members).into_iter().map(Some).collect(), next: 0 })
            }
            other => Err(Mismatch::new("an object", &other)),
        }
    }
}

impl<'a> ObjectReader<'a> {
    /// Reads a member that must be there.
    pub(crate) fn required<T: Read>(&mut self, name: &'static str) -> Result<T, Mismatch> {
        match self.take(name) {
            Some(json) => read(name, json),
            None => Err(Mismatch::missing(name)),
        }
    }

    /// Reads a member that may be absent; null counts as absent.
    pub(crate) fn optional<T: Read>(&mut self, name: &'static str) -> Result<Option<T>, Mismatch> {
        match self.take(name) {
            None | Some(Json::Null) => Ok(None),
            Some(json) => read(name, json).map(Some),
        }
    }

    /// Reads a member that must be there, but may be null.
    pub(crate) fn nullable<T: Read>(&mut self, name: &'static str) -> Result<Option<T>, Mismatch> {
        self.required(name)
    }

    /// Reads a member that may be absent, null or a value.
    pub(crate) fn maybe<T: Read>(&mut self, name: &'static str) -> Result<Maybe<T>, Mismatch> {
        match self.take(name) {
            None => Ok(Maybe::Absent),
            Some(Json::Null) => Ok(Maybe::Null),
            Some(json) => read(name, json).map(Maybe::Value),
        }
    }

    /// Reads the members that have not been taken.
    pub(crate) fn rest<T: Read>(&mut self) -> Result<BTreeMap<String, T>, Mismatch> {
        self.next = 0;
        let rest = std::mem::take(&mut self.members).into_iter().flatten();
        rest.map(|(name, json)| {
            let name = name.into_owned();
            match T::read(json) {
                Ok(value) => Ok((name, value)),
                Err(error) => Err(error.inside(name)),
            }
        })
        .collect()
    }

    fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let is_named = |member: &Option<Member<'_>>| matches!(member, Some((other, _)) if other == name);
        let (before, after) = self.members.split_at(self.next);
        let index = match after.iter().position(is_named) {
            Some(offset) => self.next + offset,
            None => before.iter().position(is_named)?,
        };
        self.next = index + 1;
        self.members[index].take().map(|(_, json)| json)
    }
}

fn read<T: Read>(name: &'static str, json: Json<'_>) -> Result<T, Mismatch> {
    T::read(json).map_err(|error| error.inside(name))
}

fn without_repeats(mut members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    if repeats_a_name(&members) {
        let mut seen = HashSet::new();
        members.reverse();
        members.retain(|(name, _)| seen.insert(name.clone()));
        members.reverse();
    }
    members
}

fn repeats_a_name(members: &[Member<'_>]) -> bool {
    /// Up to here, comparing each with each is faster than sorting.
    const FEW: usize = 32;

    if members.len() <= FEW {
        let mut rest = members;
        while let [(name, _), others @ ..] = rest {
            if others.iter().any(|(other, _)| other == name) {
                return true;
            }
            rest = others;
        }
        return false;
    }
    let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}
