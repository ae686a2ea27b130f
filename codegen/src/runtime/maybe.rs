//! A member that may be absent, null or a value.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::option;

/// A member of an object that may be left out, and may be `null`, which are two different things: a request that
/// leaves a member out mostly leaves it as it is, and one that says `null` takes its value away. A member that may
/// only be one of the two is an `Option`.
///
/// ```text
/// let nickname = user.nickname.as_deref().unwrap_or("nobody");
/// let change = UpdateUser::new().nickname("Tom").phone(Maybe::Null);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is there, and null.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        self.as_ref().into_value()
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// The value, if there is one, as with an `Option`.
    pub fn ok(self) -> Option<T> {
        self.into_value()
    }

    /// Whether the member is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Maybe::Absent)
    }

    /// Whether the member is there, and null.
    pub fn is_null(&self) -> bool {
        matches!(self, Maybe::Null)
    }

    /// Whether the member has a value.
    pub fn is_value(&self) -> bool {
        matches!(self, Maybe::Value(_))
    }

    /// The same, with a reference to the value.
    pub fn as_ref(&self) -> Maybe<&T> {
        match self {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(value) => Maybe::Value(value),
        }
    }

    /// The same, with a reference to the value by which it can be changed.
    pub fn as_mut(&mut self) -> Maybe<&mut T> {
        match self {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(value) => Maybe::Value(value),
        }
    }

    /// The same, with a reference to what the value stands for: a text as `&str`, a list as a slice.
    pub fn as_deref(&self) -> Maybe<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(T::deref)
    }

    /// The same, with the value converted.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(value) => Maybe::Value(convert(value)),
        }
    }

    /// The value, or an error where there is none.
    ///
    /// # Errors
    ///
    /// The one given, if the member is absent or null.
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {
        self.into_value().ok_or(error)
    }

    /// What becomes of the value, which may come to none: a member of a member that may be left out.
    pub fn and_then<U>(self, convert: impl FnOnce(T) -> Maybe<U>) -> Maybe<U> {
        match self {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(value) => convert(value),
        }
    }

    /// The value, or another one where there is none.
    pub fn unwrap_or(self, default: T) -> T {
        self.into_value().unwrap_or(default)
    }

    /// The value, or the one that a function makes where there is none.
    pub fn unwrap_or_else(self, default: impl FnOnce() -> T) -> T {
        self.into_value().unwrap_or_else(default)
    }

    /// The value, or that of its type where there is none: an empty text, an empty list, zero.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_value().unwrap_or_default()
    }

    /// The value, if there is one.
    pub fn iter(&self) -> option::IntoIter<&T> {
        self.value().into_iter()
    }
}

impl<T> IntoIterator for Maybe<T> {
    type Item = T;
    type IntoIter = option::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_value().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Maybe<T> {
    type Item = &'a T;
    type IntoIter = option::IntoIter<&'a T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Maybe::Value(value)
    }
}

/// `None` becomes [`Absent`](Maybe::Absent); write [`Null`](Maybe::Null) for null.
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Maybe::Absent, Maybe::Value)
    }
}

impl From<&str> for Maybe<String> {
    fn from(value: &str) -> Self {
        Maybe::Value(value.to_owned())
    }
}

impl<T: Into<U>, U, const N: usize> From<[T; N]> for Maybe<Vec<U>> {
    fn from(values: [T; N]) -> Self {
        Maybe::Value(values.into_iter().map(Into::into).collect())
    }
}

impl<K: Into<String>, T: Into<U>, U, const N: usize> From<[(K, T); N]> for Maybe<BTreeMap<String, U>> {
    fn from(values: [(K, T); N]) -> Self {
        Maybe::Value(values.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Without a value, whichever the reason.
impl<T> From<Maybe<T>> for Option<T> {
    fn from(value: Maybe<T>) -> Self {
        value.into_value()
    }
}
