//! Values of one of several types, and what tells which.

use super::{Direction, Name, Origin, Type};
use crate::texts::Doc;

/// A value of one of several types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Union {
    pub variants: Vec<UnionVariant>,
    /// The name of the variant that takes every other value. Without it, the JSON type alone tells
    /// which variant a value is.
    pub other: Option<Name>,
}

impl Union {
    /// Whether the JSON type of a value tells which variant it is.
    pub fn is_told_by_kind(&self) -> bool {
        let mut kinds = Vec::new();
        let mut fits = self.variants.iter().flat_map(|variant| &variant.fits);
        self.other.is_none()
            && self.variants.iter().all(|variant| !variant.fits.is_empty())
            && fits.all(|fit| {
                let is_new = fit.kind.is_some() && !kinds.contains(&fit.kind);
                kinds.push(fit.kind);
                is_new
            })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UnionVariant {
    /// On the wire, what its schema is called.
    pub name: Name,
    pub ty: Type,
    /// What its values look like: one look for each variant of a union inside.
    pub fits: Vec<Fit>,
    /// The JSON type of all its values.
    pub kind: Option<JsonKind>,
    pub doc: Doc,
    pub origin: Origin,
}

/// What JSON values of a type look like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Fit {
    /// `None`: they may be of any.
    pub kind: Option<JsonKind>,
    /// What members say that a value is of this type.
    pub tags: Vec<Tag>,
    /// The members that are always there.
    pub required: Vec<String>,
    /// The members that there may be.
    pub known: Vec<String>,
    /// Whether there may be any others.
    pub open: bool,
    /// The members that only one direction has; empty once it is known which one that is.
    pub only: Vec<(String, Direction)>,
}

impl Fit {
    /// Keeps to what there is in one direction, or in whichever of them.
    pub fn keep_to(&mut self, direction: Option<Direction>) {
        for (member, only) in std::mem::take(&mut self.only) {
            if direction != Some(only) {
                self.required.retain(|name| *name != member);
            }
            if direction.is_some_and(|direction| direction != only) {
                self.known.retain(|name| *name != member);
            }
        }
    }
}

/// A member that has one of a few values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tag {
    pub member: String,
    pub values: Vec<String>,
}

/// The types of JSON that a union can be decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum JsonKind {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl JsonKind {
    /// The word that JSON has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}
