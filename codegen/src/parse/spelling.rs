//! How numbers are written in the text: `100.00` is not `100.0` to a contract.
//!
//! A value tree keeps numbers by value. Where the spelling matters, the text is read once more, and
//! only along the paths that are asked for.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::tree::Key;
use crate::maps::HashMap;
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
    let mut found = HashMap::default();
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
    let pointers: Vec<_> = pointers.into_iter().collect();
    match source.language() {
        _ if pointers.is_empty() => HashMap::default(),
        Language::Json => written_as_json(source, &pointers, how),
        Language::Yaml => written_as_yaml(source.text(), &pointer::Tree::of(pointers), how),
    }
}

fn written_as_json(source: &Source, pointers: &[&str], how: Spelling) -> HashMap<String, String> {
    let positions = source.positions(pointers);
    let texts = pointers.iter().filter_map(|pointer| {
        let text = source.text().get(positions.value(pointer)?)?;
        how.takes(text).then(|| ((*pointer).to_owned(), text.to_owned()))
    });
    texts.collect()
}

fn written_as_yaml(text: &str, wanted: &pointer::Tree, how: Spelling) -> HashMap<String, String> {
    let mut found = HashMap::default();
    let walk = Walk { wanted, how, pointer: String::new(), found: &mut found };
    // The text was read before; should this reading fail, numbers are spelled canonically.
    let _ = walk.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(drop);
    found
}

impl Spelling {
    fn takes(self, text: &str) -> bool {
        self == Self::AsText || serde_json::from_str::<Number>(text).is_ok()
    }
}

struct Walk<'a> {
    wanted: &'a pointer::Tree,
    how: Spelling,
    pointer: String,
    found: &'a mut HashMap<String, String>,
}

impl Walk<'_> {
    fn child(&mut self, token: &str) -> Option<Walk<'_>> {
        let wanted = self.wanted.child(token)?;
        let pointer = format!("{}/{}", self.pointer, pointer::escape(token));
        Some(Walk { wanted, how: self.how, pointer, found: self.found })
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if !self.wanted.is_leaf() {
            return deserializer.deserialize_any(self);
        }
        let text = String::deserialize(deserializer)?;
        if self.how.takes(&text) {
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
