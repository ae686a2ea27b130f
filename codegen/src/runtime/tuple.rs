//! Lists whose items have types of their own, by their places.

use serde::ser::{Error as _, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::{Json, Mismatch, Read, View, deserialize};

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
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        let mut items = Items::of(json)?;
        let (first, then) = (F::take(&mut items)?, T::take(&mut items)?);
        Ok(Self { first, then, rest: items.rest()? })
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
    fn read(json: View<'_>) -> Result<Self, Mismatch> {
        Err(Mismatch::new("nothing", &json))
    }
}

impl Serialize for Nothing {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

/// Items that are all there.
pub(crate) trait First: Sized + 'static {
    fn take(items: &mut Items<'_>) -> Result<Self, Mismatch>;

    fn put<S: SerializeSeq>(&self, list: &mut Writer<S>) -> Result<(), S::Error>;
}

/// Items that may be missing, from the end.
pub(crate) trait Then: Sized + 'static {
    fn take(items: &mut Items<'_>) -> Result<Self, Mismatch>;

    fn put<S: SerializeSeq>(&self, list: &mut Writer<S>) -> Result<(), S::Error>;
}

/// The items of a list, to be taken one by one.
pub(crate) struct Items<'a> {
    list: View<'a>,
    items: &'a [Json<'a>],
    next: usize,
}

impl<'a> Items<'a> {
    fn of(list: View<'a>) -> Result<Self, Mismatch> {
        match list.json() {
            Json::Array(items) => Ok(Self { list, items, next: 0 }),
            other => Err(Mismatch::new("an array", other)),
        }
    }

    fn take<T: Read>(&mut self) -> Option<Result<T, Mismatch>> {
        let index = self.next;
        let item = self.items.get(index)?;
        self.next += 1;
        Some(self.list.inside(item).read().map_err(|error| error.inside(index.to_string())))
    }

    fn required<T: Read>(&mut self) -> Result<T, Mismatch> {
        self.take().unwrap_or_else(|| Err(Mismatch::missing_item(self.next)))
    }

    fn optional<T: Read>(&mut self) -> Result<Option<T>, Mismatch> {
        if self.list.is_to_stand() { Ok(None) } else { self.take().transpose() }
    }

    fn rest<T: Read>(&mut self) -> Result<Vec<T>, Mismatch> {
        if self.list.is_to_stand() { Ok(Vec::new()) } else { std::iter::from_fn(|| self.take()).collect() }
    }

    /// Makes sure that there are no others.
    fn end(mut self) -> Result<(), Mismatch> {
        self.rest::<Nothing>().map(|_| ())
    }
}

/// Writes the items of a list.
pub(crate) struct Writer<S> {
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
    fn take(_: &mut Items<'_>) -> Result<Self, Mismatch> {
        Ok(())
    }

    fn put<S: SerializeSeq>(&self, _: &mut Writer<S>) -> Result<(), S::Error> {
        Ok(())
    }
}

impl Then for () {
    fn take(_: &mut Items<'_>) -> Result<Self, Mismatch> {
        Ok(())
    }

    fn put<S: SerializeSeq>(&self, _: &mut Writer<S>) -> Result<(), S::Error> {
        Ok(())
    }
}

/// Reads and writes tuples of some length.
macro_rules! tuple {
    ($($item:ident: $ty:ident),+) => {
        impl<$($ty: Read),+> Read for ($($ty,)+) {
            fn read(json: View<'_>) -> Result<Self, Mismatch> {
                let mut items = Items::of(json)?;
                $(let $item = items.required()?;)+
                items.end()?;
                Ok(($($item,)+))
            }
        }

        impl<$($ty: Read + Serialize),+> First for ($($ty,)+) {
            fn take(items: &mut Items<'_>) -> Result<Self, Mismatch> {
                Ok(($(items.required::<$ty>()?,)+))
            }

            fn put<Z: SerializeSeq>(&self, list: &mut Writer<Z>) -> Result<(), Z::Error> {
                let ($($item,)+) = self;
                $(list.item($item)?;)+
                Ok(())
            }
        }

        impl<$($ty: Read + Serialize),+> Then for ($(Option<$ty>,)+) {
            fn take(items: &mut Items<'_>) -> Result<Self, Mismatch> {
                Ok(($(items.optional::<$ty>()?,)+))
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
