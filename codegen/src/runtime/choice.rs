//! Reading a value of one of several types.

use std::any::TypeId;
use std::cmp::Reverse;

use super::json::{Json, JsonValue, Mismatch, Trials, View, is_same_number};

/// What JSON values of a type look like.
#[derive(Clone, Copy)]
pub(crate) struct Fit {
    kind: Option<Kind>,
    /// Members with the texts that say that a value is of the type.
    texts: &'static [(&'static str, &'static [&'static str])],
    tags: &'static [Tag<'static>],
    required: &'static [&'static str],
    known: &'static [&'static str],
    /// Whether there may be members that are not known, as far as that is said.
    others: Others,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Unsaid,
    Any,
    /// There should be none, though a newer service may have some.
    None,
    /// The type is not to be chosen where there are some.
    Never,
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
    pub(crate) const ANY: Self =
        Self { kind: None, texts: &[], tags: &[], required: &[], known: &[], others: Others::Any };
    pub(crate) const BOOL: Self = Self { kind: Some(Kind::Bool), ..Self::ANY };
    pub(crate) const NUMBER: Self = Self { kind: Some(Kind::Number), ..Self::ANY };
    pub(crate) const STRING: Self = Self { kind: Some(Kind::String), ..Self::ANY };
    pub(crate) const ARRAY: Self = Self { kind: Some(Kind::Array), ..Self::ANY };
    /// Objects with any members.
    pub(crate) const OBJECT: Self = Self { kind: Some(Kind::Object), ..Self::ANY };

    /// Objects that have all `required` members, and maybe others of those that are `known`.
    pub(crate) const fn object(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self { required, known, others: Others::Unsaid, ..Self::OBJECT }
    }

    /// Objects that may have other members as well.
    pub(crate) const fn open(self) -> Self {
        Self { others: Others::Any, ..self }
    }

    /// Objects that should not have other members.
    pub(crate) const fn closed(self) -> Self {
        Self { others: Others::None, ..self }
    }

    /// Objects that are of another type if they have other members.
    pub(crate) const fn only(self) -> Self {
        Self { others: Others::Never, ..self }
    }

    /// Objects whose members, where they are there, have one of the texts.
    pub(crate) const fn tagged(self, texts: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { texts, ..self }
    }

    /// Values of which other things are said as well.
    pub(crate) const fn told(self, tags: &'static [Tag<'static>]) -> Self {
        Self { tags, ..self }
    }

    /// How well a value fits; `None` if it does not.
    fn rate(&self, json: &Json<'_>) -> Option<Rating> {
        let Some(kind) = self.kind else { return Some(Rating::default()) };
        if Some(kind) != kind_of(json) {
            return None;
        }
        let mut rating = Rating { is_kind: true, ..Rating::default() };
        if let Json::Object(members) = json {
            let has = |name: &&str| members.iter().any(|(member, _)| member == name);
            if !self.required.iter().all(has) {
                return None;
            }
            rating.known = members.iter().filter(|(member, _)| self.known.contains(&&**member)).count();
            let unknown = members.len() - rating.known;
            if self.others == Others::Never && unknown > 0 {
                return None;
            }
            rating.unknown = Reverse(if self.others == Others::Any { 0 } else { unknown });
            rating.odd = Reverse(usize::from(self.others == Others::None && unknown > 0));
        }
        let texts = self
            .texts
            .iter()
            .try_fold(rating, |rating, (member, texts)| Tag::Is(&[member], Values::Texts(texts)).rate(json, rating))?;
        self.tags.iter().try_fold(texts, |rating, tag| tag.rate(json, rating))
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

/// What stands at a place in the values of a type, if anything does.
pub(crate) enum Tag<'p> {
    /// One of these values.
    Is(Path<'p>, Values),
    /// One of these, or one that a newer service has.
    IsRather(Path<'p>, Values),
    /// None of these.
    IsNot(Path<'p>, Values),
}

/// The members that lead to a place, by way of all items of lists.
type Path<'p> = &'p [&'static str];

#[derive(Clone, Copy)]
pub(crate) enum Values {
    Texts(&'static [&'static str]),
    Scalars(&'static [Scalar]),
}

/// A value that is no list and no object; a number by its digits.
#[derive(Clone, Copy)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Number(&'static str),
    Text(&'static str),
}

/// Which values stand at a place, and at the same one in other items of lists.
#[derive(Default)]
struct Found {
    listed: bool,
    other: bool,
}

impl Found {
    fn look(&mut self, json: &Json<'_>, path: &[&str], values: Values) {
        match (json, path.split_first()) {
            (Json::Array(items), _) => items.iter().for_each(|item| self.look(item, path, values)),
            (_, Some((member, path))) => {
                if let Some(json) = json.get(member) {
                    self.look(json, path, values);
                }
            }
            _ if values.has(json) => self.listed = true,
            // Where no value is said to be null, that says as much as nothing.
            (Json::Null, None) => {}
            _ => self.other = true,
        }
    }
}

impl Tag<'_> {
    /// Adds to a rating what a value has at the place; `None` if the value is not of the type then.
    fn rate(&self, json: &Json<'_>, rating: Rating) -> Option<Rating> {
        let (Self::Is(path, values) | Self::IsRather(path, values) | Self::IsNot(path, values)) = self;
        let mut found = Found::default();
        found.look(json, path, *values);
        match (self, found) {
            (Self::Is(..), Found { other: true, .. }) | (Self::IsNot(..), Found { listed: true, .. }) => None,
            (Self::IsRather(..), Found { other: true, .. }) => {
                Some(Rating { odd: Reverse(rating.odd.0 + 1), ..rating })
            }
            (Self::Is(..) | Self::IsRather(..), Found { listed: true, .. }) => {
                Some(Rating { tags: rating.tags + 1, ..rating })
            }
            // That it is not a value of others does not say that it is one of this type.
            _ => Some(rating),
        }
    }
}

impl Values {
    fn has(self, json: &Json<'_>) -> bool {
        match self {
            Self::Texts(texts) => json.as_str().is_some_and(|text| texts.contains(&text)),
            Self::Scalars(scalars) => scalars.iter().any(|scalar| scalar.is(json)),
        }
    }
}

impl Scalar {
    fn is(self, json: &Json<'_>) -> bool {
        match (self, json) {
            (Self::Null, Json::Null) => true,
            (Self::Bool(value), Json::Bool(other)) => value == *other,
            (Self::Number(text), Json::Number(other)) => is_same_number(text, other),
            (Self::Text(text), Json::String(other)) => text == other,
            _ => false,
        }
    }
}

/// How well a value fits a type: first by what it says itself, then by how few of its members the type
/// would not know, then by how many it knows.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rating {
    is_kind: bool,
    tags: usize,
    /// At how many places there is none of the values that are listed, or what should not be there.
    odd: Reverse<usize>,
    unknown: Reverse<usize>,
    known: usize,
}

impl Rating {
    /// Whether types differ at most in how much of a value they know.
    fn is_as_good_as(&self, other: &Self) -> bool {
        Self { known: 0, ..*self } == Self { known: 0, ..*other }
    }
}

/// A value that is being read as one of several types: as the one that it fits best, of those that can
/// be read; of several that fit it as well, as the first.
///
/// All are rated by what is near, and of those that are as good by that, the one is taken that loses least of what is
/// inside of the value. A trial comes before a value is read: unions inside of it are read once, whatever
/// becomes of the types around them.
pub(crate) struct Choice<'a, T> {
    json: View<'a>,
    variants: Vec<Variant<'a, T>>,
}

/// What the values of one of the types look like, and what reads them.
type Variant<'a, T> = (&'a [Fit], Reader<T>);

type Reader<T> = fn(View<'_>) -> Result<T, Mismatch>;

impl<'a, T: 'static> Choice<'a, T> {
    pub(crate) fn new(json: View<'a>) -> Self {
        Self { json, variants: Vec::new() }
    }

    /// One of the types, with what its values look like: one look, or several if it is a choice itself.
    pub(crate) fn variant(mut self, fits: &'a [Fit], read: Reader<T>) -> Self {
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
            Err(_) if json.is_for_value() => Ok(other(json.copied())),
            Err(_) => {
                json.lose_value(&json);
                Ok(other(Json::Null))
            }
            value => value,
        }
    }

    /// The value, if it is of one of the types.
    pub(crate) fn end(self) -> Result<T, Mismatch> {
        let rated = self.rated();
        let (union, trials) = (TypeId::of::<T>(), Trials::default());
        let unions = self.json.unions_with(union);
        let json = self.json.within(&unions, &trials);
        let (mut best, mut mismatch, mut back) = (None::<Best<T>>, None, None);
        let mut rated = rated.into_iter().peekable();
        while let Some((rating, read)) = rated.next() {
            // The union around it has a better variant.
            if back.as_ref().is_some_and(|(best, _)| *best > rating) {
                break;
            }
            if best.as_ref().is_some_and(|best| best.loss == 0 || !rating.is_as_good_as(&best.rating)) {
                break;
            }
            let is_tied = best.is_some() || rated.peek().is_some_and(|(next, _)| next.is_as_good_as(&rating));
            let (outcome, loss) = if json.is_weighed() || (json.is_for_value() && is_tied) {
                json.weighed(read)
            } else if json.is_for_value() && json.nests() {
                (json.tried(read), 0)
            } else {
                match read(json) {
                    Err(error) => (Err(error), 0),
                    value => return value,
                }
            };
            match outcome {
                Ok(value) if best.as_ref().is_none_or(|best| loss < best.loss) => {
                    best = Some(Best { rating, loss, read, value });
                }
                Ok(_) => {}
                Err(error) if error.leads_back_to() == Some(union) => {}
                Err(error) if error.leads_back_to().is_some() => back = back.or(Some((rating, error))),
                Err(error) => mismatch = mismatch.or(Some(error)),
            }
        }
        match (best, back) {
            (Some(best), _) => {
                self.json.lose(best.loss);
                if json.is_for_value() { (best.read)(json) } else { Ok(best.value) }
            }
            (None, Some((_, mismatch))) => Err(mismatch),
            (None, None) => {
                Err(mismatch.unwrap_or_else(|| Mismatch::new("a value of one of the types of the union", &self.json)))
            }
        }
    }

    /// The variants that the value may be, the best first.
    fn rated(&self) -> Vec<(Rating, Reader<T>)> {
        let rate = |fits: &[Fit]| fits.iter().filter_map(|fit| fit.rate(&self.json)).max();
        let rated = self.variants.iter().filter_map(|(fits, read)| Some((rate(fits)?, *read)));
        let mut rated: Vec<_> = rated.collect();
        rated.sort_by_key(|(rating, _)| Reverse(*rating));
        if self.json.is_open_to_anything() {
            // What takes anything takes no work.
            rated.reverse();
        }
        rated
    }
}

/// The variant that a value fits best, of those that were tried.
struct Best<T> {
    rating: Rating,
    loss: usize,
    read: Reader<T>,
    value: T,
}
