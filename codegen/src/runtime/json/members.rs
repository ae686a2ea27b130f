//! Reading the members of an object.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::lexer::Kind;
use super::reader::{Mark, Reader, Stop};
use super::slots::Slots;
use super::{Mismatch, Read};
use crate::runtime::maybe::Maybe;
use crate::runtime::undeclared::{Kept, Undeclared};

/// Where the value of a member goes.
pub trait Slot {
    /// Reads the value. Of several members of a name, the last one counts.
    fn fill(&mut self, json: &mut Reader<'_>) -> Result<Filled, Stop>;

    /// Whether the object must have the member and does not.
    fn is_missing(&self) -> bool {
        false
    }
}

/// What became of a member.
pub enum Filled {
    Wholly,
    /// It is null, and the type has no null.
    ButNull,
    /// It is an integer that is spelled otherwise than by its digits.
    ButSpelling,
}

/// The value of a member that must be there.
pub enum Required<T> {
    Missing,
    /// There is one, of which no more than that is wanted.
    There,
    Value(T),
}

impl<T> Required<T> {
    /// The value of a member of an object that has been read.
    pub fn value(self) -> T {
        match self {
            Self::Value(value) => value,
            Self::Missing | Self::There => unreachable!("`Reader::members` fails without the member, and in a trial"),
        }
    }
}

impl<T: Read> Slot for Required<T> {
    fn fill(&mut self, json: &mut Reader<'_>) -> Result<Filled, Stop> {
        let (value, filled) = read(json)?;
        *self = value.map_or(Self::There, Self::Value);
        Ok(filled)
    }

    fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

/// A member that may be absent; null counts as absent.
impl<T: Read> Slot for Option<T> {
    fn fill(&mut self, json: &mut Reader<'_>) -> Result<Filled, Stop> {
        if json.take_null() {
            *self = None;
            return Ok(Filled::ButNull);
        }
        let (value, filled) = read(json)?;
        *self = value;
        Ok(filled)
    }
}

/// A member that may be absent, null or a value.
impl<T: Read> Slot for Maybe<T> {
    fn fill(&mut self, json: &mut Reader<'_>) -> Result<Filled, Stop> {
        if json.take_null() {
            *self = Self::Null;
            return Ok(Filled::Wholly);
        }
        let (value, filled) = read(json)?;
        *self = value.map_or(Self::Absent, Self::Value);
        Ok(filled)
    }
}

/// Reads a value, of which there may be none in a trial.
fn read<T: Read>(json: &mut Reader<'_>) -> Result<(Option<T>, Filled), Stop> {
    let mark = T::IS_INTEGER.then(|| json.mark());
    let value = match json.read() {
        Ok(value) => Some(value),
        Err(Stop::Fits) => None,
        Err(stop) => return Err(stop),
    };
    let is_spelled = mark.is_some_and(|mark| json.is_spelled_number(mark));
    Ok((value, if is_spelled { Filled::ButSpelling } else { Filled::Wholly }))
}

/// Where members go for which there is no slot.
pub trait Rest {
    /// Reads the value of one.
    fn add(&mut self, name: &str, json: &mut Reader<'_>) -> Result<(), Stop>;

    /// Forgets one.
    fn forget(&mut self, name: &str);
}

impl<T: Read> Rest for BTreeMap<String, T> {
    fn add(&mut self, name: &str, json: &mut Reader<'_>) -> Result<(), Stop> {
        match json.read() {
            Ok(value) => _ = self.insert(name.to_owned(), value),
            Err(Stop::Fits) => {}
            Err(stop) => return Err(stop),
        }
        Ok(())
    }

    fn forget(&mut self, name: &str) {
        self.remove(name);
    }
}

/// A member: one of the fields, by its number, or another one by its name.
enum Member<'a> {
    Field(usize),
    Other(Cow<'a, str>),
}

impl Member<'_> {
    fn name<'m>(&'m self, names: &[&'static str]) -> &'m str {
        match self {
            Self::Field(index) => names.get(*index).copied().unwrap_or_default(),
            Self::Other(name) => name,
        }
    }
}

/// What becomes of members that are not among the fields.
#[derive(Default)]
pub struct Others<'o> {
    rest: Option<&'o mut dyn Rest>,
    undeclared: Option<&'o mut Undeclared>,
    /// What is left of members that is to be kept, by name.
    kept: Vec<(String, Kept)>,
    spellings: Vec<(String, Box<str>)>,
}

impl<'o> Others<'o> {
    /// All are of one type.
    pub fn rest(self, rest: &'o mut dyn Rest) -> Self {
        Self { rest: Some(rest), ..self }
    }

    /// They are kept.
    pub fn undeclared(self, undeclared: &'o mut Undeclared) -> Self {
        Self { undeclared: Some(undeclared), ..self }
    }

    /// Takes a member that has no slot.
    fn take(&mut self, name: &str, json: &mut Reader<'_>) -> Result<(), Stop> {
        let Some(rest) = &mut self.rest else {
            return self.keep(name, json);
        };
        let mark = json.mark();
        match rest.add(name, json) {
            Ok(()) => self.kept.retain(|(kept, _)| kept != name),
            Err(Stop::Mismatch(_)) if self.undeclared.is_some() && json.is_null_at(mark) => {
                rest.forget(name);
                return self.keep(name, json);
            }
            Err(stop) => return Err(stop),
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, json: &mut Reader<'_>) -> Result<(), Stop> {
        if self.undeclared.is_some() && json.is_for_value() {
            let mark = json.mark();
            json.note_undescribed(mark);
            self.kept.push((name.to_owned(), Kept::of(json.raw()?)));
            Ok(())
        } else {
            json.lose_value()
        }
    }

    /// Notes what became of a member that has a slot.
    fn note(&mut self, name: &str, filled: Filled, value: &str) {
        // What was kept of one of the same name does not count.
        self.kept.retain(|(kept, _)| kept != name);
        self.spellings.retain(|(kept, _)| kept != name);
        match filled {
            Filled::Wholly => {}
            Filled::ButNull => self.kept.push((name.to_owned(), Kept::of(value))),
            Filled::ButSpelling => self.spellings.push((name.to_owned(), value.into())),
        }
    }

    fn end(mut self) {
        if let Some(undeclared) = self.undeclared {
            forget_repeats(&mut self.kept);
            *undeclared = Undeclared::of(self.kept, self.spellings);
        }
    }
}

/// Leaves the last member of each name.
fn forget_repeats(members: &mut Vec<(String, Kept)>) {
    if members.len() > 1 {
        let mut seen = HashSet::new();
        let mut counts: Vec<bool> = members.iter().rev().map(|(name, _)| seen.insert(name.as_str())).collect();
        members.retain(|_| counts.pop().unwrap_or_default());
    }
}

impl<'a> Reader<'a> {
    /// Reads an object, the values of the members that have these names into the slots of the same numbers.
    ///
    /// # Errors
    ///
    /// It is none, a member is missing or not what it should be; or this is a trial.
    pub fn members(
        &mut self,
        names: &[&'static str],
        slots: &mut dyn Slots,
        mut others: Others<'_>,
    ) -> Result<(), Stop> {
        let mut tag = self.take_tag();
        self.enter(Kind::Object, "an object")?;
        let mut is_first = true;
        let mut next = 0;
        while self.next_member(std::mem::take(&mut is_first))? {
            let member = self.member(names, next)?;
            let mark = self.mark();
            if let Some(tag) = &mut tag {
                self.watch(tag, member.name(names));
            }
            let taken = match &member {
                Member::Field(index) => {
                    next = index + 1;
                    let filled = slots.fill(*index, self);
                    filled.map(|filled| self.note(names, *index, filled, &mut others, mark))
                }
                Member::Other(name) => others.take(name, self),
            };
            if let Err(stop) = taken {
                self.go_back(mark);
                if !self.is_repeated(member.name(names))? {
                    return Err(stop.inside(member.name(names).to_owned()));
                }
            }
        }
        match slots.missing().and_then(|index| names.get(index)) {
            Some(name) => Err(Stop::Mismatch(Mismatch::missing(name))),
            None if self.is_for_value() => {
                others.end();
                Ok(())
            }
            None => Err(Stop::Fits),
        }
    }

    /// Takes the name of a member that stands behind the one of the field before `next`.
    fn member(&mut self, names: &[&'static str], next: usize) -> Result<Member<'a>, Stop> {
        let expected = self.order().expected(next, names.len());
        if let Some(name) = names.get(expected)
            && self.take_name(name)
        {
            return Ok(Member::Field(expected));
        }
        let name = self.name()?;
        match names.iter().position(|field| is_same(field, &name)) {
            Some(index) => {
                self.order().learn(next, index, names.len());
                Ok(Member::Field(index))
            }
            None => Ok(Member::Other(name)),
        }
    }

    /// Notes what became of a member that has a slot.
    #[inline]
    fn note(&mut self, names: &[&'static str], index: usize, filled: Filled, others: &mut Others<'_>, mark: Mark) {
        let is_whole = matches!(filled, Filled::Wholly);
        if others.undeclared.is_some() && !(is_whole && others.kept.is_empty() && others.spellings.is_empty()) {
            if matches!(filled, Filled::ButNull) && self.is_for_value() {
                self.note_undescribed(mark);
            }
            let name = names.get(index).copied().unwrap_or_default();
            others.note(name, filled, self.text_from(mark));
        }
    }

    /// Passes the value of a member by. Tells whether another one of the same name follows, which counts in
    /// its place.
    fn is_repeated(&mut self, name: &str) -> Result<bool, Stop> {
        self.skip()?;
        let mark = self.mark();
        let mut is_repeated = false;
        while self.next_member(false)? {
            is_repeated |= self.name()? == name;
            self.skip()?;
        }
        self.go_back(mark);
        Ok(is_repeated)
    }
}

/// Whether two names are the same: most that are not differ in length or at the end.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().last() == other.as_bytes().last() && one == other
}
