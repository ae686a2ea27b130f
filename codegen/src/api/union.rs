//! Values of one of several types, and what tells which.

use std::sync::Arc;

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
    /// Whether the JSON type of a value tells which variant it is. Of one variant alone it does not: a
    /// value may be none.
    pub fn is_told_by_kind(&self) -> bool {
        let mut kinds = Vec::new();
        let mut fits = self.variants.iter().flat_map(|variant| &variant.fits);
        self.other.is_none()
            && self.variants.len() > 1
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
    /// The method that gives what it holds, if that is a value at all; set by `plan`.
    pub accessor: Option<String>,
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
    /// What stands at places of the values, what is near first.
    pub tags: Vec<Tag>,
    /// The members that are always there.
    pub required: Vec<String>,
    /// The members that there may be.
    pub known: Vec<String>,
    pub others: Others,
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

/// Whether there may be other members than those that are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Others {
    #[default]
    Any,
    /// As nothing is said of it.
    Unsaid,
    None,
    /// A value that has others is of another type.
    Never,
}

/// A place at which there is one of a few values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tag {
    /// The members that lead there, by way of all items of lists.
    pub path: Vec<Arc<str>>,
    pub values: Vec<Scalar>,
    pub says: Says,
    /// Whether there always is a value.
    pub required: bool,
    /// Whether it is a discriminator.
    pub told: bool,
}

/// What a tag says about its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Says {
    /// It is one of them.
    Is,
    /// It is one of them, and there may be more in a newer service.
    IsRather,
    /// It is none of them.
    IsNot,
}

/// A value that is no list and no object; a number by its digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
}

impl Scalar {
    pub fn text(&self) -> Option<&String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Number(_) => None,
        }
    }
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
