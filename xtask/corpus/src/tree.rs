//! A document as a tree, read without the generator's help: names, texts and nothing else.
//!
//! It takes all that may stand in a JSON or YAML text, numbers of any size and keys that are numbers
//! included, because what does not matter for counting must not get in its way.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use codegen::Shown;
use serde::Deserialize;
use serde::de::{Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A value of a document.
#[derive(Debug)]
pub enum Tree {
    /// A mapping; of members of the same name, the last one.
    Object(BTreeMap<String, Tree>),
    /// A list.
    Array(Vec<Tree>),
    /// A text, a number, a truth value or null, as text.
    Scalar(String),
}

impl Tree {
    /// Reads a file: JSON if it is called so or starts like it, else YAML.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is neither.
    pub fn read(path: &Path) -> Result<Self, String> {
        let said = |error: &dyn fmt::Display| format!("{}: {error}", Shown::from(path));
        let bytes = std::fs::read(path).map_err(|error| said(&error))?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if named || bytes.trim_ascii_start().starts_with(b"{") {
            match serde_json::from_slice(bytes) {
                Err(error) if named => return Err(said(&error)),
                Err(_) => {}
                Ok(tree) => return Ok(tree),
            }
        }
        serde_yaml::from_slice(bytes).map_err(|error| said(&error))
    }

    /// The members of a mapping.
    pub fn members(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(members) => Some(members),
            Self::Array(_) | Self::Scalar(_) => None,
        }
    }

    /// A member of a mapping.
    pub fn member(&self, name: &str) -> Option<&Self> {
        self.members()?.get(name)
    }

    /// The text of a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Self::Scalar(text) => Some(text),
            Self::Object(_) | Self::Array(_) => None,
        }
    }

    /// What a JSON Pointer points at.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |tree, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            match tree {
                Self::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => tree.member(&token),
            }
        })
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    /// As Rust shows it when debugging: `3.0`, which YAML reads as a number, stays `3.0`.
    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Scalar(format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar("null".to_owned()))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Tree, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut values = Vec::new();
        while let Some(item) = items.next_element()? {
            values.push(item);
        }
        Ok(Tree::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(key) = entries.next_key::<Tree>()? {
            let Tree::Scalar(key) = key else { return Err(A::Error::custom("a key that is not plain text")) };
            members.insert(key, entries.next_value()?);
        }
        Ok(Tree::Object(members))
    }
}
