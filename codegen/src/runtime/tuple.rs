//! Lists whose items have types of their own, by their places.

use serde::ser::{Error as _, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::{Kind, Mismatch, Read, Reader, Stop, deserialize};

/// A list whose first items have types of their own, where some of these may be missing, or others follow.
///
/// `F` and `T` are tuples; what is in the second one are options.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tuple<F, T = (), R = Nothing> {
    /// The items that are always there.
    pub first: F,
    /// The items behind them that may be missing: each of them only if there is none behind it.
    pub then: T,
    /// All items behind those.
    pub rest: Vec<R>,
}

/// What there is none of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nothing {}

impl<F, T: Default, R> Tuple<F, T, R> {
    /// With the items that are always there, and no others.
    pub fn new(first: F) -> Self {
        Self { first, then: T::default(), rest: Vec::new() }
    }
}

impl<F, T: Default, R> From<F> for Tuple<F, T, R> {
    fn from(first: F) -> Self {
        Self::new(first)
    }
}

impl<F: Default, T: Default, R> Default for Tuple<F, T, R> {
    fn default() -> Self {
        Self::new(F::default())
    }
}

impl<F: First, T: Then, R: Read> Read for Tuple<F, T, R> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut items = Items::of(json)?;
        let (first, then) = (F::take(&mut items)?, T::take(&mut items)?);
        let rest = items.rest()?;
        first.zip(then).map(|(first, then)| Self { first, then, rest }).ok_or(Stop::Fits)
    }
}

impl<F: First, T: Then, R: Serialize> Serialize for Tuple<F, T, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = Writer { list: serializer.serialize_seq(None)?, is_missing: false };
        self.first.put(&mut list)?;
        self.then.put(&mut list)?;
        self.rest.iter().try_for_each(|item| list.item(item))?;
        list.list.end()
    }
}

impl<'de, F: First, T: Then, R: Read> Deserialize<'de> for Tuple<F, T, R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl Read for Nothing {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        Err(json.mismatch("nothing"))
    }
}

impl Serialize for Nothing {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

/// Items that are all there.
pub trait First: Sized + 'static {
    /// None in a trial, if one of them has no value then.
    fn take(items: &mut Items<'_, '_>) -> Result<Option<Self>, Stop>;

    fn put<S: SerializeSeq>(&self, list: &mut Writer<S>) -> Result<(), S::Error>;
}

/// Items that may be missing, from the end.
pub trait Then: Sized + 'static {
    /// None in a trial, if one of them has no value then.
    fn take(items: &mut Items<'_, '_>) -> Result<Option<Self>, Stop>;

    fn put<S: SerializeSeq>(&self, list: &mut Writer<S>) -> Result<(), S::Error>;
}

/// The items of a list, to be taken one by one.
pub struct Items<'i, 'a> {
    list: &'i mut Reader<'a>,
    /// How many have been taken.
    count: usize,
    is_over: bool,
}

/// What a trial gives: a value, or only that there is one.
type Trial<T> = Option<T>;

impl<'i, 'a> Items<'i, 'a> {
    fn of(list: &'i mut Reader<'a>) -> Result<Self, Stop> {
        list.enter(Kind::Array, "an array")?;
        Ok(Self { list, count: 0, is_over: false })
    }

    fn take<T: Read>(&mut self) -> Result<Option<Trial<T>>, Stop> {
        self.is_over = self.is_over || !self.list.next_item(self.count == 0)?;
        if self.is_over {
            return Ok(None);
        }
        let index = self.count;
        self.count += 1;
        match self.list.read() {
            Ok(item) => Ok(Some(Some(item))),
            Err(Stop::Fits) => Ok(Some(None)),
            Err(stop) => Err(stop.inside(index.to_string())),
        }
    }

    fn required<T: Read>(&mut self) -> Result<Trial<T>, Stop> {
        self.take()?.ok_or_else(|| Stop::Mismatch(Mismatch::missing_item(self.count)))
    }

    fn optional<T: Read>(&mut self) -> Result<Trial<Option<T>>, Stop> {
        Ok(match self.take()? {
            Some(Some(item)) => Some(Some(item)),
            Some(None) => None,
            None => Some(None),
        })
    }

    fn rest<T: Read>(&mut self) -> Result<Vec<T>, Stop> {
        let mut rest = Vec::new();
        while let Some(item) = self.take()? {
            rest.extend(item);
        }
        Ok(rest)
    }

    /// Makes sure that there are no others.
    fn end(mut self) -> Result<(), Stop> {
        self.rest::<Nothing>().map(|_| ())
    }
}

/// Writes the items of a list.
pub struct Writer<S> {
    list: S,
    /// Whether one is missing, so that none can follow.
    is_missing: bool,
}

impl<S: SerializeSeq> Writer<S> {
    fn item<T: Serialize>(&mut self, item: &T) -> Result<(), S::Error> {
        if self.is_missing {
            return Err(S::Error::custom("an item is missing before another one"));
        }
        self.list.serialize_element(item)
    }

    fn optional<T: Serialize>(&mut self, item: &Option<T>) -> Result<(), S::Error> {
        match item {
            Some(item) => self.item(item),
            None => {
                self.is_missing = true;
                Ok(())
            }
        }
    }
}

impl First for () {
    fn take(_: &mut Items<'_, '_>) -> Result<Option<Self>, Stop> {
        Ok(Some(()))
    }

    fn put<S: SerializeSeq>(&self, _: &mut Writer<S>) -> Result<(), S::Error> {
        Ok(())
    }
}

impl Then for () {
    fn take(_: &mut Items<'_, '_>) -> Result<Option<Self>, Stop> {
        Ok(Some(()))
    }

    fn put<S: SerializeSeq>(&self, _: &mut Writer<S>) -> Result<(), S::Error> {
        Ok(())
    }
}

/// A tuple of what is in all options, if there is something in each.
macro_rules! all {
    ($($item:ident),+) => {
        match ($($item,)+) {
            ($(Some($item),)+) => Some(($($item,)+)),
            _ => None,
        }
    };
}

/// Reads and writes tuples of some length.
macro_rules! tuple {
    ($($item:ident: $ty:ident),+) => {
        impl<$($ty: Read),+> Read for ($($ty,)+) {
            fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
                let mut items = Items::of(json)?;
                $(let $item = items.required()?;)+
                items.end()?;
                all!($($item),+).ok_or(Stop::Fits)
            }
        }

        impl<$($ty: Read + Serialize),+> First for ($($ty,)+) {
            fn take(items: &mut Items<'_, '_>) -> Result<Option<Self>, Stop> {
                $(let $item = items.required()?;)+
                Ok(all!($($item),+))
            }

            fn put<Z: SerializeSeq>(&self, list: &mut Writer<Z>) -> Result<(), Z::Error> {
                let ($($item,)+) = self;
                $(list.item($item)?;)+
                Ok(())
            }
        }

        impl<$($ty: Read + Serialize),+> Then for ($(Option<$ty>,)+) {
            fn take(items: &mut Items<'_, '_>) -> Result<Option<Self>, Stop> {
                $(let $item = items.optional()?;)+
                Ok(all!($($item),+))
            }

            fn put<Z: SerializeSeq>(&self, list: &mut Writer<Z>) -> Result<(), Z::Error> {
                let ($($item,)+) = self;
                $(list.optional($item)?;)+
                Ok(())
            }
        }
    };
}

tuple!(a: A);
tuple!(a: A, b: B);
tuple!(a: A, b: B, c: C);
tuple!(a: A, b: B, c: C, d: D);
tuple!(a: A, b: B, c: C, d: D, e: E);
tuple!(a: A, b: B, c: C, d: D, e: E, f: F);
tuple!(a: A, b: B, c: C, d: D, e: E, f: F, g: G);
tuple!(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H);
tuple!(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I);
tuple!(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J);
tuple!(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J, k: K);
tuple!(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J, k: K, l: L);
