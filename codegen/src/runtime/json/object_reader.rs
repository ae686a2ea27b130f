//! Reading the members of an object.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::{Json, Mismatch, Read, View};
use crate::runtime::maybe::Maybe;
use crate::runtime::undeclared::{Kept, Undeclared};

type Member<'a> = (Cow<'a, str>, Json<'a>);

/// The members of an object, to be taken one by one.
///
/// Members that nobody takes are left for [`undeclared`](Self::undeclared). Of
/// members with the same name, the last one counts.
pub(crate) struct ObjectReader<'a> {
    object: View<'a>,
    members: &'a [Member<'a>],
    gone: Gone,
    /// Those that were taken, and are null where the type has no null.
    nulls: Vec<usize>,
    /// Integers that are spelled otherwise than by their digits.
    spellings: Vec<usize>,
    /// Where the next member is expected: servers mostly write the members in
    /// the order of the description, so that no search is needed.
    next: usize,
}

/// What was read of a member, or else the end of the function with what is wrong: what `?` does, for less of the
/// time that rustc takes to check a client.
macro_rules! member {
    ($read:expr) => {
        match $read {
            Ok(value) => value,
            Err(mismatch) => return Err(mismatch),
        }
    };
}
pub(crate) use member;

/// Which of the members have been taken, or do not count.
struct Gone {
    /// The first ones, a bit each, as most objects have no more.
    few: u64,
    more: Vec<bool>,
}

impl Gone {
    const FEW: usize = u64::BITS as usize;

    /// None, of so many members.
    fn none(count: usize) -> Self {
        Self { few: 0, more: vec![false; count.saturating_sub(Self::FEW)] }
    }

    fn has(&self, index: usize) -> bool {
        match index.checked_sub(Self::FEW) {
            None => self.few >> index & 1 == 1,
            Some(index) => self.more[index],
        }
    }

    fn add(&mut self, index: usize) {
        match index.checked_sub(Self::FEW) {
            None => self.few |= 1 << index,
            Some(index) => self.more[index] = true,
        }
    }

    fn remove(&mut self, index: usize) {
        match index.checked_sub(Self::FEW) {
            None => self.few &= !(1 << index),
            Some(index) => self.more[index] = false,
        }
    }

    fn count(&self) -> usize {
        self.few.count_ones() as usize + self.more.iter().filter(|gone| **gone).count()
    }
}

impl<'a> View<'a> {
    /// The members, if this is an object.
    pub(crate) fn into_object(self) -> Result<ObjectReader<'a>, Mismatch> {
        match self.json() {
            Json::Object(members) => {
                let gone = repeats(members);
                Ok(ObjectReader { object: self, members, gone, nulls: Vec::new(), spellings: Vec::new(), next: 0 })
            }
            other => Err(Mismatch::new("an object", other)),
        }
    }
}

impl<'a> ObjectReader<'a> {
    /// Reads a member that must be there.
    pub(crate) fn required<T: Read>(&mut self, name: &'static str) -> Result<T, Mismatch> {
        match self.take(name) {
            Some(json) => self.read(name, json),
            None => Err(Mismatch::missing(name)),
        }
    }

    /// Reads a member that may be absent; null counts as absent.
    pub(crate) fn optional<T: Read>(&mut self, name: &'static str) -> Result<Option<T>, Mismatch> {
        match self.take_optional(name) {
            Some(json) if !json.is_null() => self.read(name, json).map(Some),
            Some(_) => {
                // The last one that was taken.
                self.nulls.push(self.next - 1);
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// Reads a member that must be there, but may be null.
    pub(crate) fn nullable<T: Read>(&mut self, name: &'static str) -> Result<Option<T>, Mismatch> {
        self.required(name)
    }

    /// Reads a member that may be absent, null or a value.
    pub(crate) fn maybe<T: Read>(&mut self, name: &'static str) -> Result<Maybe<T>, Mismatch> {
        match self.take_optional(name) {
            None => Ok(Maybe::Absent),
            Some(json) if json.is_null() => Ok(Maybe::Null),
            Some(json) => self.read(name, json).map(Maybe::Value),
        }
    }

    /// Reads the member that was just taken. How an integer is spelled is kept, if not by its digits.
    fn read<T: Read>(&mut self, name: &'static str, json: View<'a>) -> Result<T, Mismatch> {
        let value = read(name, json)?;
        let is_spelled = |text: &str| text == "-0" || text.contains(['.', 'e', 'E']);
        if T::IS_INTEGER && json.as_number().is_some_and(is_spelled) {
            self.spellings.push(self.next - 1);
        }
        Ok(value)
    }

    /// Reads the members that have not been taken.
    pub(crate) fn rest<T: Read>(&mut self) -> Result<BTreeMap<String, T>, Mismatch> {
        self.others(false)
    }

    /// The same, but for those that are null and may not be.
    pub(crate) fn rest_but_nulls<T: Read>(&mut self) -> Result<BTreeMap<String, T>, Mismatch> {
        self.others(true)
    }

    fn others<T: Read>(&mut self, leaves_nulls: bool) -> Result<BTreeMap<String, T>, Mismatch> {
        let mut others = BTreeMap::new();
        if self.object.is_to_stand() {
            return Ok(others);
        }
        for (index, (name, json)) in self.members.iter().enumerate() {
            if self.gone.has(index) {
                continue;
            }
            self.gone.add(index);
            match self.object.inside(json).read() {
                Ok(value) => {
                    others.insert(name.to_string(), value);
                }
                Err(_) if leaves_nulls && json.is_null() => self.nulls.push(index),
                Err(error) => return Err(error.inside(name.to_string())),
            }
        }
        Ok(others)
    }

    /// The members that have not been taken, and what the type cannot say: nulls, and how integers are spelled.
    pub(crate) fn undeclared(mut self) -> Undeclared {
        for index in std::mem::take(&mut self.nulls) {
            self.gone.remove(index);
        }
        if !self.object.is_for_value() || (self.gone.count() == self.members.len() && self.spellings.is_empty()) {
            return Undeclared::new();
        }
        let left = self.members.iter().enumerate().filter(|(index, _)| !self.gone.has(*index));
        let left = left.map(|(_, (name, json))| (name.to_string(), Kept::of(json))).collect();
        let spelled = self.spellings.iter().filter_map(|index| self.members.get(*index));
        let spelled = spelled.filter_map(|(name, json)| Some((name.to_string(), json.as_number()?.into()))).collect();
        Undeclared::of(left, spelled)
    }

    fn take_optional(&mut self, name: &str) -> Option<View<'a>> {
        if self.object.is_to_stand() { None } else { self.take(name) }
    }

    fn take(&mut self, name: &str) -> Option<View<'a>> {
        let is_named = |index: &usize| self.members[*index].0 == name && !self.gone.has(*index);
        let count = self.members.len();
        let index = (self.next..count).find(is_named).or_else(|| (0..self.next).find(is_named))?;
        self.next = index + 1;
        self.gone.add(index);
        Some(self.object.inside(&self.members[index].1))
    }
}

/// What is left is what the type does not know.
impl Drop for ObjectReader<'_> {
    fn drop(&mut self) {
        if self.object.is_weighed() && self.gone.count() < self.members.len() {
            let left = self.members.iter().enumerate().filter(|(index, _)| !self.gone.has(*index));
            left.for_each(|(_, (_, value))| self.object.lose_value(value));
        }
    }
}

fn read<T: Read>(name: &'static str, json: View<'_>) -> Result<T, Mismatch> {
    json.read().map_err(|error| error.inside(name))
}

/// The members that do not count, as another one of the same name follows.
fn repeats(members: &[Member<'_>]) -> Gone {
    let mut gone = Gone::none(members.len());
    if repeats_a_name(members) {
        let mut seen = HashSet::new();
        for (index, (name, _)) in members.iter().enumerate().rev() {
            if !seen.insert(&**name) {
                gone.add(index);
            }
        }
    }
    gone
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
