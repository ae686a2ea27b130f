//! What the table of OpenAPI's objects is made of, and what it answers.

use serde_json::Value;

use super::objects::{OPENAPI, is_status};
use super::versions::{Version, Versions};

/// What may stand in a place.
pub(crate) enum Want {
    Anything,
    Text,
    /// A schema, by its name or by a reference.
    Target,
    Flag,
    Number,
    Natural,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// One of a few words, or a list of several of them.
    Types(&'static [&'static str]),
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
pub(crate) struct Shape {
    pub name: &'static str,
    pub required: &'static [(&'static str, Versions)],
    /// What differs from one version to another is here more than once.
    pub fields: &'static [Field],
    pub pattern: Option<Pattern>,
}

/// A member of an object: its name, what it holds, and the versions that have it so.
pub(crate) type Field = (&'static str, Want, Versions);

/// Which keys are names that the author chooses, and what they hold.
pub(crate) type Pattern = (fn(&str) -> bool, Want);

use Want::{Aside, Filled, FlagOr, List, Map, Object, RefOr};

/// What stands in for a member that is missing, and says so.
pub(crate) enum Default {
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
            // A reason may stand behind it.
            "Responses" => key
                .split_whitespace()
                .next()
                .map(str::to_ascii_uppercase)
                .filter(|right| right != key && is_status(right)),
            _ => None,
        }
    }
}

impl Shape {
    pub fn is_schema(&self) -> bool {
        self.name == "Schema"
    }

    /// Whether it is a schema of JSON Schema, which can be `true` or `false`, a reference among other keywords, and have
    /// keywords of anybody's.
    pub fn is_json_schema(&self, version: Version) -> bool {
        self.is_schema() && version > Version::V3_0
    }

    /// What messages call it. Those of a specification are its Objects.
    pub fn title(&self) -> String {
        if self.is_extensible() { format!("{} Object", self.name) } else { self.name.to_owned() }
    }

    /// Whether it may have members that begin with `x-`. What the generator has for itself may not,
    /// and has a name in lower case.
    pub fn is_extensible(&self) -> bool {
        self.name.starts_with(char::is_uppercase)
    }

    /// What stands under a key in any version; `None` if the object has no such member.
    pub fn member(&'static self, key: &str) -> Option<&'static Want> {
        self.rows(key).next().map(|(_, want, _)| want).or_else(|| self.patterned(key))
    }

    /// What stands under a key in a description of a version. Where another version has it, or has it the way it is
    /// here, that is what it is, and is said.
    pub fn member_in(&'static self, key: &str, value: &Value, version: Version) -> Option<Member> {
        if let Some((_, want, versions)) = self.rows(key).next()
            && versions.has(version)
            && want.may_be(value)
        {
            return Some(Member::Own(want));
        }
        let own = || self.rows(key).find(|(_, _, versions)| versions.has(version));
        let fitting = own().filter(|(_, want, _)| want.may_be(value));
        let row = fitting.or_else(|| self.rows(key).find(|(_, want, _)| want.may_be(value))).or_else(own);
        match row.or_else(|| self.rows(key).next()) {
            Some((_, want, versions)) if versions.has(version) => Some(Member::Own(want)),
            Some((_, want, versions)) => Some(Member::Of(versions.nearest(version), want)),
            None => self.patterned(key).map(Member::Own),
        }
    }

    fn rows(&'static self, key: &str) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |(name, ..)| *name == key)
    }

    fn patterned(&'static self, key: &str) -> Option<&'static Want> {
        let pattern = self.pattern.as_ref().filter(|(matches, _)| !key.starts_with("x-") && matches(key));
        pattern.map(|(_, want)| want)
    }

    /// The members that an object has to have in a version.
    pub fn required_in(&'static self, version: Version) -> impl Iterator<Item = &'static str> {
        self.required.iter().filter(move |(_, versions)| versions.has(version)).map(|(name, _)| *name)
    }

    /// The object that the specification wants at the end of some keys of the document.
    pub fn at<T: AsRef<str>>(keys: impl Iterator<Item = T>) -> Option<&'static Self> {
        OPENAPI.below(keys)
    }

    /// The same, of some keys of an object of this kind.
    pub fn below<T: AsRef<str>>(&'static self, keys: impl Iterator<Item = T>) -> Option<&'static Self> {
        match self.find(keys) {
            Known::Object(shape) => Some(shape),
            Known::Other | Known::Nothing => None,
        }
    }

    /// What the specification says about the end of some keys of the document.
    pub fn known<T: AsRef<str>>(keys: impl Iterator<Item = T>) -> Known {
        OPENAPI.find(keys)
    }

    fn find<T: AsRef<str>>(&'static self, keys: impl Iterator<Item = T>) -> Known {
        let mut want: Option<&'static Want> = None;
        for key in keys {
            let shape = want.map_or(Some(self), Want::object);
            let next = match (shape, want.map(Want::solid)) {
                (Some(shape), _) => shape.member(key.as_ref()),
                (None, Some(List(item) | Filled(item))) => Some(*item),
                (None, Some(Map(value))) => Some(*value),
                (None, Some(Want::Anything)) => None,
                (None, _) => return Known::Other,
            };
            match next {
                Some(next) => want = Some(next),
                None => return Known::Nothing,
            }
        }
        match want.map_or(Some(self), Want::object) {
            Some(shape) => Known::Object(shape),
            None if matches!(want, Some(Want::Anything)) => Known::Nothing,
            None => Known::Other,
        }
    }
}

/// What stands under a key, seen from a version.
pub(crate) enum Member {
    /// What this version has there.
    Own(&'static Want),
    /// What another version has there.
    Of(Version, &'static Want),
}

impl Member {
    pub fn want(&self) -> &'static Want {
        match self {
            Self::Own(want) | Self::Of(_, want) => want,
        }
    }
}

/// What the specification says about a place.
pub(crate) enum Known {
    Object(&'static Shape),
    /// Something is there, but no object.
    Other,
    /// It does not know the place.
    Nothing,
}

impl Want {
    /// Whether a value is of the kind that is wanted, as far as versions differ in that.
    fn may_be(&self, value: &Value) -> bool {
        match self.solid() {
            Want::Flag => value.is_boolean(),
            Want::Number => value.is_number() || value.as_str().is_some_and(|text| text.trim().parse::<f64>().is_ok()),
            Want::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Want::Types(words) => match value {
                Value::Array(items) => items.iter().all(|item| item.as_str().is_some_and(|word| words.contains(&word))),
                value => value.as_str().is_some_and(|word| words.contains(&word)),
            },
            _ => true,
        }
    }

    /// The object that may stand here.
    pub fn object(&self) -> Option<&'static Shape> {
        match self {
            Object(shape) | RefOr(shape) => Some(shape),
            FlagOr(want) | Aside(want) => want.object(),
            _ => None,
        }
    }

    /// Whether a mapping here consists of what OpenAPI knows.
    pub fn is_structure(&self) -> bool {
        match self.solid() {
            Object(_) | RefOr(_) => true,
            // A reference in place of a list of references is one of them.
            List(inner) | Filled(inner) => !matches!(inner.solid(), RefOr(_) | Want::Anything),
            Map(inner) => !matches!(inner.solid(), Want::Text | Want::Target | Want::Anything),
            _ => false,
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
