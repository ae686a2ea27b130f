//! What the table of OpenAPI's objects is made of, and what it answers.

use super::shapes::{OPENAPI, is_status};

/// What may stand in a place.
pub(super) enum Want {
    Anything,
    Text,
    Flag,
    Number,
    Natural,
    /// One of a few words.
    Word(&'static [&'static str]),
    Object(&'static Shape),
    /// An object, or a reference to one.
    RefOr(&'static Shape),
    List(&'static Want),
    /// A list with at least one item.
    Filled(&'static Want),
    Map(&'static Want),
    FlagOr(&'static Want),
    /// What says nothing about requests and responses: unreadable, it can be left out.
    Aside(&'static Want),
}

/// An object of the specification.
pub(super) struct Shape {
    pub name: &'static str,
    pub required: &'static [&'static str],
    pub fields: &'static [(&'static str, Want)],
    pub pattern: Option<Pattern>,
}

/// Which keys are names that the author chooses, and what they hold.
pub(super) type Pattern = (fn(&str) -> bool, Want);

use Want::{Aside, Filled, FlagOr, List, Map, Object, RefOr};

/// What stands in for a member that is missing, and says so.
pub(super) enum Default {
    Empty,
    Mapping,
}

impl Shape {
    /// The member that a bare text in place of the object is meant as.
    pub fn short(&self) -> Option<&'static str> {
        match self.name {
            "Discriminator" => Some("propertyName"),
            "Server" | "External Documentation" => Some("url"),
            "Tag" | "Contact" | "License" => Some("name"),
            _ => None,
        }
    }

    /// What a missing member means, where that is known.
    pub fn default(&self, member: &str) -> Option<Default> {
        match (self.name, member) {
            ("Info", "title" | "version") | ("Response", "description") | ("Security Scheme", "openIdConnectUrl") => {
                Some(Default::Empty)
            }
            ("OpenAPI", "info" | "paths") | ("Operation", "responses") => Some(Default::Mapping),
            ("Request Body", "content") | ("OAuth Flow", "scopes") => Some(Default::Mapping),
            _ => None,
        }
    }

    /// How a key is written that names the same as this one; `None` if it is right, or nothing of the kind.
    pub fn right_key(&'static self, key: &str) -> Option<String> {
        if key.starts_with("x-") {
            return None;
        }
        match self.name {
            "Paths" if !key.starts_with('/') && !key.contains("://") => Some(format!("/{key}")),
            "Responses" if self.member(key).is_none() && key.eq_ignore_ascii_case("default") => {
                Some("default".to_owned())
            }
            "Responses" => Some(key.trim().to_ascii_uppercase()).filter(|right| right != key && is_status(right)),
            _ => None,
        }
    }
}

impl Shape {
    /// What stands under a key; `None` if the object has no such member.
    pub fn member(&'static self, key: &str) -> Option<&'static Want> {
        let field = self.fields.iter().find(|(name, _)| *name == key).map(|(_, want)| want);
        let patterned = || self.pattern.as_ref().filter(|(matches, _)| matches(key)).map(|(_, want)| want);
        let extension = key.starts_with("x-");
        field.or_else(|| if extension { None } else { patterned() })
    }

    /// The object that the specification wants at the end of some keys of the document.
    pub fn at<T: AsRef<str>>(keys: impl Iterator<Item = T>) -> Option<&'static Self> {
        static ROOT: Want = Object(&OPENAPI);
        let mut want = &ROOT;
        for key in keys {
            want = match want.object() {
                Some(shape) => shape.member(key.as_ref())?,
                None => match want.solid() {
                    List(item) | Filled(item) => item,
                    Map(value) => value,
                    _ => return None,
                },
            };
        }
        want.object()
    }
}

impl Want {
    /// The object that may stand here.
    fn object(&self) -> Option<&'static Shape> {
        match self {
            Object(shape) | RefOr(shape) => Some(shape),
            FlagOr(want) | Aside(want) => want.object(),
            _ => None,
        }
    }

    /// What is wanted here, whether or not it can be left out.
    pub fn solid(&self) -> &Self {
        match self {
            Aside(want) => want.solid(),
            want => want,
        }
    }
}
