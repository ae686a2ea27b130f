//! How numbers are written in the text: `100.00` is not `100.0` to a contract.
//!
//! A value tree keeps numbers by value. Where the spelling matters, the text is read once more, and
//! only along the paths that are asked for.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use serde_json::value::RawValue;

use super::tree::Key;
use crate::places::Places;
use crate::pointer;
use crate::source::{Language, Source};

/// The text of the numbers at some pointers of the document, as JSON. A number that JSON cannot write
/// the way the text does (YAML's `.5` and `0x10`) is left out, and so is what is no number.
pub(crate) fn spellings<'a>(
    sources: &[Source],
    places: &Places,
    pointers: impl IntoIterator<Item = &'a str>,
) -> HashMap<String, String> {
    let mut files: BTreeMap<usize, Vec<(&str, String)>> = BTreeMap::new();
    for pointer in pointers {
        let (file, old) = places.in_text(pointer);
        files.entry(file).or_default().push((pointer, old));
    }
    let mut found = HashMap::new();
    for (file, pointers) in files {
        let Some(source) = sources.get(file) else { continue };
        let texts = written(source, pointers.iter().map(|(_, old)| old.as_str()), Spelling::AsJson);
        let texts =
            pointers.into_iter().filter_map(|(pointer, old)| Some((pointer.to_owned(), texts.get(&old)?.clone())));
        found.extend(texts);
    }
    found
}

/// Which numbers are spelled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Those whose text is one of JSON, too.
    AsJson,
    /// All: the text stands for itself.
    AsText,
}

/// The same, of one file and pointers in it.
pub(super) fn written<'a>(
    source: &Source,
    pointers: impl IntoIterator<Item = &'a str>,
    how: Spelling,
) -> HashMap<String, String> {
    let wanted = pointer::Tree::of(pointers);
    let mut found = HashMap::new();
    if wanted.is_leaf() {
        return found;
    }
    let language = source.language();
    let walk = Walk { wanted: &wanted, language, how, pointer: String::new(), found: &mut found };
    // The text was read before; should this reading fail, numbers are spelled canonically.
    let _ = match language {
        Language::Json => walk.deserialize(&mut serde_json::Deserializer::from_str(source.text())).map_err(drop),
        Language::Yaml => walk.deserialize(serde_yaml::Deserializer::from_str(source.text())).map_err(drop),
    };
    found
}

struct Walk<'a> {
    wanted: &'a pointer::Tree,
    language: Language,
    how: Spelling,
    pointer: String,
    found: &'a mut HashMap<String, String>,
}

impl Walk<'_> {
    fn child(&mut self, token: &str) -> Option<Walk<'_>> {
        let wanted = self.wanted.child(token)?;
        let pointer = format!("{}/{}", self.pointer, pointer::escape(token));
        Some(Walk { wanted, language: self.language, how: self.how, pointer, found: self.found })
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if !self.wanted.is_leaf() {
            return deserializer.deserialize_any(self);
        }
        let text = match self.language {
            Language::Json => Box::<RawValue>::deserialize(deserializer)?.get().to_owned(),
            Language::Yaml => String::deserialize(deserializer)?,
        };
        if self.how == Spelling::AsText || serde_json::from_str::<Number>(&text).is_ok() {
            self.found.insert(self.pointer, text);
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping or a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        for index in 0_usize.. {
            let next = match self.child(&index.to_string()) {
                Some(child) => items.next_element_seed(child)?,
                None => items.next_element::<IgnoredAny>()?.map(drop),
            };
            if next.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = entries.next_key()? {
            match self.child(&key) {
                Some(child) => entries.next_value_seed(child)?,
                None => entries.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(())
    }
}
