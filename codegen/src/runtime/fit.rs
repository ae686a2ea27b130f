//! What the values of types look like, to tell the type of one before it is read.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::json::{Json, Kind, Lexer, MAX_DEPTH, is_same_number};

/// What JSON values of a type look like.
#[derive(Clone, Copy)]
pub struct Fit {
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

impl Fit {
    pub const ANY: Self = Self { kind: None, texts: &[], tags: &[], required: &[], known: &[], others: Others::Any };
    pub const BOOL: Self = Self { kind: Some(Kind::Bool), ..Self::ANY };
    pub const NUMBER: Self = Self { kind: Some(Kind::Number), ..Self::ANY };
    pub const STRING: Self = Self { kind: Some(Kind::String), ..Self::ANY };
    pub const ARRAY: Self = Self { kind: Some(Kind::Array), ..Self::ANY };
    /// Objects with any members.
    pub const OBJECT: Self = Self { kind: Some(Kind::Object), ..Self::ANY };

    /// Objects that have all `required` members, and maybe others of those that are `known`.
    pub const fn object(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self { required, known, others: Others::Unsaid, ..Self::OBJECT }
    }

    /// Objects that may have other members as well.
    pub const fn open(self) -> Self {
        Self { others: Others::Any, ..self }
    }

    /// Objects that should not have other members.
    pub const fn closed(self) -> Self {
        Self { others: Others::None, ..self }
    }

    /// Objects that are of another type if they have other members.
    pub const fn only(self) -> Self {
        Self { others: Others::Never, ..self }
    }

    /// Objects whose members, where they are there, have one of the texts.
    pub const fn tagged(self, texts: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { texts, ..self }
    }

    /// Values of which other things are said as well.
    pub const fn told(self, tags: &'static [Tag<'static>]) -> Self {
        Self { tags, ..self }
    }

    /// The member whose text alone says whether an object is of the type.
    pub fn tag(&self) -> Option<&'static str> {
        match self.texts {
            [(name, _)] if self.tags.is_empty() && self.others != Others::Never => Some(name),
            _ => None,
        }
    }

    /// Whether a text of that member says so.
    pub fn is_told_by(&self, text: &str) -> bool {
        self.texts.iter().any(|(_, texts)| texts.contains(&text))
    }

    /// How well a value fits; `None` if it does not.
    pub fn rate(&self, value: &mut Outline<'_>) -> Option<Rating> {
        let Some(kind) = self.kind else { return Some(Rating::default()) };
        if kind != value.kind {
            return None;
        }
        let mut rating = Rating { is_kind: true, ..Rating::default() };
        for (member, texts) in self.texts {
            rating = Tag::Is(&[member], Values::Texts(texts)).rate(value, rating)?;
        }
        for tag in self.tags {
            rating = tag.rate(value, rating)?;
        }
        if kind != Kind::Object { Some(rating) } else { self.rate_members(&value.members, rating) }
    }

    fn rate_members(&self, members: &[Member<'_>], rating: Rating) -> Option<Rating> {
        let has = |name: &&str| members.iter().any(|member| member.name == *name);
        if !self.required.iter().all(has) {
            return None;
        }
        let known = members.iter().filter(|member| self.known.contains(&&*member.name)).count();
        let unknown = members.len() - known;
        if self.others == Others::Never && unknown > 0 {
            return None;
        }
        let unsaid = if self.others == Others::Any { 0 } else { unknown };
        let odd = rating.odd.0 + usize::from(self.others == Others::None && unknown > 0);
        Some(Rating { known, unknown: Reverse(unsaid), odd: Reverse(odd), ..rating })
    }
}

/// What stands at a place in the values of a type, if anything does.
pub enum Tag<'p> {
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
pub enum Values {
    Texts(&'static [&'static str]),
    Scalars(&'static [Scalar]),
}

/// A value that is no list and no object; a number by its digits.
#[derive(Clone, Copy)]
pub enum Scalar {
    Null,
    Bool(bool),
    Number(&'static str),
    Text(&'static str),
}

/// A value that has been looked at, and not been read.
pub struct Outline<'a> {
    kind: Kind,
    /// Of an object.
    members: Vec<Member<'a>>,
    start: Lexer<'a>,
    /// Whether there are arrays or objects in this array or object.
    pub nests: bool,
    /// What was found at places, as all types of a union mostly look at the same ones.
    found: Vec<(Vec<&'static str>, Vec<Json<'a>>)>,
}

struct Member<'a> {
    name: Cow<'a, str>,
    value: Lexer<'a>,
}

impl<'a> Outline<'a> {
    /// Looks at the next value, and goes behind it. `None` if it is none.
    pub fn of(lexer: &mut Lexer<'a>, room: usize) -> Option<Self> {
        let kind = lexer.kind()?;
        let mut outline = Self { kind, members: Vec::new(), start: lexer.clone(), nests: false, found: Vec::new() };
        let close = match kind {
            Kind::Object => b'}',
            Kind::Array => b']',
            _ => return lexer.skip(room).map(|_| outline),
        };
        let room = room.checked_sub(1)?;
        lexer.take();
        let mut is_first = true;
        while lexer.step(close, std::mem::take(&mut is_first))? {
            let name = if kind == Kind::Object { Some(lexer.name()?) } else { None };
            outline.nests |= matches!(lexer.kind(), Some(Kind::Array | Kind::Object));
            outline.members.extend(name.map(|name| Member { name, value: lexer.clone() }));
            lexer.skip(room)?;
        }
        Some(outline)
    }

    /// The scalars that stand at a place; an array or object where there should be one stands for itself, as an
    /// empty one.
    fn found(&mut self, path: &[&'static str]) -> &[Json<'a>] {
        let index = self.found.iter().position(|(known, _)| known == path).unwrap_or_else(|| {
            let mut found = Vec::new();
            match (self.kind, path) {
                (Kind::Object, [first, rest @ ..]) => {
                    if let Some(member) = self.members.iter().rfind(|member| member.name == *first) {
                        look(&mut member.value.clone(), rest, &mut found);
                    }
                }
                _ => _ = look(&mut self.start.clone(), path, &mut found),
            }
            self.found.push((path.to_vec(), found));
            self.found.len() - 1
        });
        self.found.get(index).map_or(&[], |(_, found)| found)
    }
}

/// Looks for what stands at a place in the next value, by way of all items of lists.
fn look<'a>(lexer: &mut Lexer<'a>, path: &[&str], found: &mut Vec<Json<'a>>) -> Option<()> {
    let (close, mut is_first) = match (lexer.kind()?, path) {
        (Kind::Array, _) => (b']', true),
        (Kind::Object, [_, ..]) => (b'}', true),
        (_, []) => {
            found.push(lexer.scalar()?);
            return Some(());
        }
        _ => return Some(()),
    };
    lexer.take();
    let mut last = None;
    while lexer.step(close, std::mem::take(&mut is_first))? {
        if close == b']' {
            look(&mut lexer.clone(), path, found)?;
        } else if Some(&&*lexer.name()?) == path.first() {
            last = Some(lexer.clone());
        }
        lexer.skip(MAX_DEPTH)?;
    }
    let inside = path.get(1..).unwrap_or_default();
    last.map_or(Some(()), |mut lexer| look(&mut lexer, inside, found))
}

impl Tag<'_> {
    /// Adds to a rating what a value has at the place; `None` if the value is not of the type then.
    fn rate(&self, value: &mut Outline<'_>, rating: Rating) -> Option<Rating> {
        let (Self::Is(path, values) | Self::IsRather(path, values) | Self::IsNot(path, values)) = self;
        let (mut is_listed, mut is_other) = (false, false);
        for json in value.found(path) {
            match values.has(json) {
                true => is_listed = true,
                // Where no value is said to be null, that says as much as nothing.
                false => is_other |= !json.is_null(),
            }
        }
        match self {
            Self::Is(..) if is_other => None,
            Self::IsNot(..) if is_listed => None,
            Self::IsRather(..) if is_other => Some(Rating { odd: Reverse(rating.odd.0 + 1), ..rating }),
            Self::Is(..) | Self::IsRather(..) if is_listed => Some(Rating { tags: rating.tags + 1, ..rating }),
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
pub struct Rating {
    is_kind: bool,
    tags: usize,
    /// At how many places there is none of the values that are listed, or what should not be there.
    odd: Reverse<usize>,
    unknown: Reverse<usize>,
    known: usize,
}

impl Rating {
    /// Whether types differ at most in how much of a value they know.
    pub fn is_as_good_as(&self, other: &Self) -> bool {
        Self { known: 0, ..*self } == Self { known: 0, ..*other }
    }
}
