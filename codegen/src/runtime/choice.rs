//! Reading a value of one of several types.

use std::cmp::Reverse;

use super::json::{Json, JsonValue, Mismatch, Read};

/// What JSON values of a type look like.
#[derive(Clone, Copy)]
pub(crate) struct Fit {
    kind: Option<Kind>,
    /// Members with the texts that say that a value is of the type.
    tags: &'static [(&'static str, &'static [&'static str])],
    required: &'static [&'static str],
    known: &'static [&'static str],
    /// Whether there may be members that are not known.
    open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Fit {
    pub(crate) const ANY: Self = Self { kind: None, tags: &[], required: &[], known: &[], open: true };
    pub(crate) const BOOL: Self = Self { kind: Some(Kind::Bool), ..Self::ANY };
    pub(crate) const NUMBER: Self = Self { kind: Some(Kind::Number), ..Self::ANY };
    pub(crate) const STRING: Self = Self { kind: Some(Kind::String), ..Self::ANY };
    pub(crate) const ARRAY: Self = Self { kind: Some(Kind::Array), ..Self::ANY };
    /// Objects with any members.
    pub(crate) const OBJECT: Self = Self { kind: Some(Kind::Object), ..Self::ANY };

    /// Objects that have all `required` members, and maybe others of those that are `known`.
    pub(crate) const fn object(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self { required, known, open: false, ..Self::OBJECT }
    }

    /// Objects that may have other members as well.
    pub(crate) const fn open(self) -> Self {
        Self { open: true, ..self }
    }

    /// Objects whose members, where they are there, have one of the texts.
    pub(crate) const fn tagged(self, tags: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { tags, ..self }
    }

    /// How well a value fits; `None` if it does not.
    fn rate(&self, json: &Json<'_>) -> Option<Rating> {
        let Some(kind) = self.kind else { return Some(Rating::default()) };
        if Some(kind) != kind_of(json) {
            return None;
        }
        let Json::Object(members) = json else {
            return Some(Rating { is_kind: true, ..Rating::default() });
        };
        let has = |name: &&str| members.iter().any(|(member, _)| member == name);
        if !self.required.iter().all(has) {
            return None;
        }
        let mut tags = 0;
        for (member, texts) in self.tags {
            match json.get(member) {
                Some(value) if value.as_str().is_some_and(|text| texts.contains(&text)) => tags += 1,
                Some(_) => return None,
                None => {}
            }
        }
        let known = members.iter().filter(|(member, _)| self.known.contains(&&**member)).count();
        let unknown = if self.open { 0 } else { members.len() - known };
        Some(Rating { is_kind: true, tags, unknown: Reverse(unknown), known })
    }
}

fn kind_of(json: &Json<'_>) -> Option<Kind> {
    match json {
        Json::Null => None,
        Json::Bool(_) => Some(Kind::Bool),
        Json::Number(_) => Some(Kind::Number),
        Json::String(_) => Some(Kind::String),
        Json::Array(_) => Some(Kind::Array),
        Json::Object(_) => Some(Kind::Object),
    }
}

/// How well a value fits a type: first by what it says itself, then by how few of its members the type
/// would lose, then by how many it knows.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rating {
    is_kind: bool,
    tags: usize,
    unknown: Reverse<usize>,
    known: usize,
}

/// A value that is being read as one of several types: as the one that it fits best, of those that can
/// be read; of several that fit it as well, as the first.
pub(crate) struct Choice<'a, T> {
    json: Json<'a>,
    best: Option<(Rating, T)>,
    mismatch: Option<Mismatch>,
}

impl<'a, T> Choice<'a, T> {
    pub(crate) fn new(json: Json<'a>) -> Self {
        Self { json, best: None, mismatch: None }
    }

    /// One of the types, with what its values look like: one look, or several if it is a choice itself.
    pub(crate) fn variant<V: Read>(mut self, fits: &[Fit], wrap: fn(V) -> T) -> Self {
        let Some(rating) = fits.iter().filter_map(|fit| fit.rate(&self.json)).max() else { return self };
        if self.best.as_ref().is_some_and(|(best, _)| *best >= rating) {
            return self;
        }
        match V::read(self.json.clone()) {
            Ok(value) => self.best = Some((rating, wrap(value))),
            Err(mismatch) => self.mismatch = Some(self.mismatch.unwrap_or(mismatch)),
        }
        self
    }

    /// The value; as it came, if it is of none of the types.
    pub(crate) fn or(self, other: fn(JsonValue) -> T) -> T {
        match self.best {
            Some((_, value)) => value,
            None => other(self.json.into_owned()),
        }
    }

    /// The value, if it is of one of the types.
    pub(crate) fn end(self) -> Result<T, Mismatch> {
        match (self.best, self.mismatch) {
            (Some((_, value)), _) => Ok(value),
            (None, Some(mismatch)) => Err(mismatch),
            (None, None) => Err(Mismatch::new("a value of one of the types of the union", &self.json)),
        }
    }
}
