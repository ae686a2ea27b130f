//! Reading a value of one of several types.

use std::any::TypeId;
use std::cmp::Reverse;

use super::json::{Json, JsonValue, Mismatch, Trials, View};

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
///
/// All are rated before one is read, and one is tried before it is read: unions inside of it are read
/// once, whatever becomes of the types around them.
pub(crate) struct Choice<'a, T> {
    json: View<'a>,
    variants: Vec<Variant<'a, T>>,
}

/// What the values of one of the types look like, and what reads them.
type Variant<'a, T> = (&'a [Fit], fn(View<'_>) -> Result<T, Mismatch>);

impl<'a, T: 'static> Choice<'a, T> {
    pub(crate) fn new(json: View<'a>) -> Self {
        Self { json, variants: Vec::new() }
    }

    /// One of the types, with what its values look like: one look, or several if it is a choice itself.
    pub(crate) fn variant(mut self, fits: &'a [Fit], read: fn(View<'_>) -> Result<T, Mismatch>) -> Self {
        self.variants.push((fits, read));
        self
    }

    /// The value; as it came, if it is of none of the types.
    ///
    /// # Errors
    ///
    /// The value is being read as another union already, and is best read as that.
    pub(crate) fn or(self, other: fn(JsonValue) -> T) -> Result<T, Mismatch> {
        let json = self.json;
        if json.is_open_to_anything() {
            return Ok(other(Json::Null));
        }
        match self.end() {
            Err(mismatch) if mismatch.leads_back_to().is_some() => Err(mismatch),
            Err(_) if json.is_for_value() => Ok(other(json.json().clone().into_owned())),
            Err(_) => Ok(other(Json::Null)),
            value => value,
        }
    }

    /// The value, if it is of one of the types.
    pub(crate) fn end(self) -> Result<T, Mismatch> {
        let rate = |fits: &[Fit]| fits.iter().filter_map(|fit| fit.rate(&self.json)).max();
        let rated = self.variants.iter().filter_map(|(fits, read)| Some((rate(fits)?, read)));
        let mut rated: Vec<_> = rated.collect();
        rated.sort_by_key(|(rating, _)| Reverse(*rating));
        if self.json.is_open_to_anything() {
            // What takes anything takes no work.
            rated.reverse();
        }
        let (union, trials) = (TypeId::of::<T>(), Trials::default());
        let unions = self.json.unions_with(union);
        let json = self.json.within(&unions, &trials);
        let (mut mismatch, mut back) = (None, None);
        for (rating, read) in rated {
            // The union around it has a better variant.
            if back.as_ref().is_some_and(|(best, _)| *best > rating) {
                break;
            }
            match json.read_after_trial(*read) {
                Ok(value) => return Ok(value),
                Err(error) if error.leads_back_to() == Some(union) => {}
                Err(error) if error.leads_back_to().is_some() => back = back.or(Some((rating, error))),
                Err(error) => mismatch = mismatch.or(Some(error)),
            }
        }
        if let Some((_, mismatch)) = back {
            return Err(mismatch);
        }
        Err(mismatch.unwrap_or_else(|| Mismatch::new("a value of one of the types of the union", &self.json)))
    }
}
