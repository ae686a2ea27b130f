//! Where the values of an object's members go, until all have been read.

use std::collections::BTreeMap;

use super::members::{Filled, Others, Required, Slot};
use super::{Read, Reader, Stop};
use crate::runtime::maybe::Maybe;
use crate::runtime::undeclared::Undeclared;

/// The slots of an object's members, each behind its number.
pub trait Slots {
    /// Reads a value into the slot of this number, which they have from 0 on.
    fn fill(&mut self, index: usize, json: &mut Reader<'_>) -> Result<Filled, Stop>;

    /// The number of the first one that must have a value and has none.
    fn missing(&self) -> Option<usize>;
}

/// The values of an object's members: a tuple of up to 16, or [`And`] what follows them.
pub trait Members: Sized {
    type Slots: Slots;

    /// Slots with nothing in them.
    fn slots() -> Self::Slots;

    /// The values of an object that has been read.
    fn taken(slots: Self::Slots) -> Self;
}

/// The value of a member.
pub trait Member: Sized {
    type Slot: Slot;

    fn slot() -> Self::Slot;

    fn taken(slot: Self::Slot) -> Self;
}

/// The value of a member that must be there.
pub struct Must<T>(pub T);

impl<T: Read> Member for Must<T> {
    type Slot = Required<T>;

    #[inline(always)]
    fn slot() -> Required<T> {
        Required::Missing
    }

    #[inline(always)]
    fn taken(slot: Required<T>) -> Self {
        Self(slot.value())
    }
}

impl<T: Read> Member for Option<T> {
    type Slot = Self;

    #[inline(always)]
    fn slot() -> Self {
        None
    }

    #[inline(always)]
    fn taken(slot: Self) -> Self {
        slot
    }
}

impl<T: Read> Member for Maybe<T> {
    type Slot = Self;

    #[inline(always)]
    fn slot() -> Self {
        Self::Absent
    }

    #[inline(always)]
    fn taken(slot: Self) -> Self {
        slot
    }
}

impl Slots for () {
    fn fill(&mut self, _: usize, json: &mut Reader<'_>) -> Result<Filled, Stop> {
        json.skip().map(|_| Filled::Wholly)
    }

    fn missing(&self) -> Option<usize> {
        None
    }
}

impl Members for () {
    type Slots = ();

    #[inline(always)]
    fn slots() {}

    #[inline(always)]
    fn taken((): ()) {}
}

macro_rules! tuples {
    ($($name:ident $index:tt)*) => { tuples!(@ [] $($name $index)*); };
    (@ [$($name:ident $index:tt)*] $next:ident $next_index:tt $($rest:tt)*) => {
        tuples!(@impl $($name $index)* $next $next_index);
        tuples!(@ [$($name $index)* $next $next_index] $($rest)*);
    };
    (@ [$($all:tt)*]) => {};
    (@impl $($name:ident $index:tt)+) => {
        impl<$($name: Slot),+> Slots for ($($name,)+) {
            fn fill(&mut self, index: usize, json: &mut Reader<'_>) -> Result<Filled, Stop> {
                match index {
                    $($index => self.$index.fill(json),)+
                    _ => ().fill(index, json),
                }
            }

            fn missing(&self) -> Option<usize> {
                $(if self.$index.is_missing() {
                    return Some($index);
                })+
                None
            }
        }

        impl<$($name: Member),+> Members for ($($name,)+) {
            type Slots = ($($name::Slot,)+);

            #[inline(always)]
            fn slots() -> Self::Slots {
                ($($name::slot(),)+)
            }

            #[inline(always)]
            fn taken(slots: Self::Slots) -> Self {
                ($($name::taken(slots.$index),)+)
            }
        }
    };
}

tuples! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15 }

/// As many members as a tuple has at most.
const FULL: usize = 16;

/// A full tuple of members, and those that follow them.
pub struct And<A, B>(pub A, pub B);

impl<A: Slots, B: Slots> Slots for And<A, B> {
    fn fill(&mut self, index: usize, json: &mut Reader<'_>) -> Result<Filled, Stop> {
        match index.checked_sub(FULL) {
            None => self.0.fill(index, json),
            Some(index) => self.1.fill(index, json),
        }
    }

    fn missing(&self) -> Option<usize> {
        self.0.missing().or_else(|| self.1.missing().map(|index| index + FULL))
    }
}

impl<A: Members, B: Members> Members for And<A, B> {
    type Slots = And<A::Slots, B::Slots>;

    #[inline(always)]
    fn slots() -> Self::Slots {
        And(A::slots(), B::slots())
    }

    #[inline(always)]
    fn taken(slots: Self::Slots) -> Self {
        Self(A::taken(slots.0), B::taken(slots.1))
    }
}

/// What a struct has for members that have no fields.
pub trait Leftovers: Sized {
    fn new() -> Self;

    fn others(&mut self) -> Others<'_>;
}

impl Leftovers for () {
    fn new() {}

    fn others(&mut self) -> Others<'_> {
        Others::default()
    }
}

impl Leftovers for (Undeclared,) {
    fn new() -> Self {
        (Undeclared::new(),)
    }

    fn others(&mut self) -> Others<'_> {
        Others::default().undeclared(&mut self.0)
    }
}

impl<T: Read> Leftovers for (BTreeMap<String, T>,) {
    fn new() -> Self {
        (BTreeMap::new(),)
    }

    fn others(&mut self) -> Others<'_> {
        Others::default().rest(&mut self.0)
    }
}

impl<T: Read> Leftovers for (BTreeMap<String, T>, Undeclared) {
    fn new() -> Self {
        (BTreeMap::new(), Undeclared::new())
    }

    fn others(&mut self) -> Others<'_> {
        Others::default().rest(&mut self.0).undeclared(&mut self.1)
    }
}

impl Reader<'_> {
    /// Reads an object: the values of the members that have these names, and what there is of others.
    ///
    /// # Errors
    ///
    /// It is none, a member is missing or not what it should be; or this is a trial.
    #[inline(always)]
    pub fn object<M: Members, L: Leftovers>(&mut self, names: &[&'static str]) -> Result<(M, L), Stop> {
        let (mut slots, mut leftovers) = (M::slots(), L::new());
        self.members(names, &mut slots, leftovers.others())?;
        Ok((M::taken(slots), leftovers))
    }
}
