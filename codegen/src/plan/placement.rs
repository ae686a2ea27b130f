//! Which types share a file, and which of the operations without a tag. All in one, as long as that fits
//! in the head; then by the words that their names or paths begin with, so that a new one moves none that
//! is called otherwise.

use std::collections::BTreeMap;

use super::reserved::Use;
use super::words::{Case, Words};
use crate::api::{Api, Part, Segment};

/// The most types of a single file.
const ALONE: usize = 200;

/// The most types of one of several files, where their names allow it.
const TOGETHER: usize = 100;

/// How many types that begin with the same word have a file of their own, where there are too many
/// beside them.
const ALIKE: usize = 12;

pub(super) fn place(api: &mut Api) {
    if api.types.len() > ALONE {
        let names: Vec<_> = api.types.values().map(|definition| words(&definition.name.rust)).collect();
        api.type_files = parts(&names, |_| false);
    }
    let untagged = || api.groups.iter().filter(|group| group.name.wire.is_empty()).flat_map(|group| &group.operations);
    if untagged().count() > TOGETHER {
        let names: Vec<_> = untagged().map(|operation| path_words(&operation.path)).collect();
        let is_module = |name: &str| api.groups.iter().any(|group| group.name.rust == name);
        api.operation_files = parts(&without_what_all_begin_with(names), is_module);
    }
}

fn words(name: &str) -> Vec<String> {
    Words::of(name).in_case(Case::Value).split('_').map(str::to_owned).collect()
}

/// The words of a path, without its parameters.
fn path_words(path: &[Segment]) -> Vec<String> {
    let literals = path.iter().filter_map(|segment| match segment {
        Segment::Literal(text) => Some(text.split('/').filter(|text| !text.is_empty()).flat_map(words)),
        Segment::Param(_) => None,
    });
    literals.flatten().collect()
}

/// Such as `v1`.
fn without_what_all_begin_with(mut names: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let first = names.first().cloned().unwrap_or_default();
    let in_common = |name: &Vec<String>| name.iter().zip(&first).take_while(|(one, other)| one == other).count();
    let length = names.iter().map(in_common).min().unwrap_or_default();
    names.iter_mut().for_each(|name| drop(name.drain(..length)));
    names
}

fn parts(names: &[Vec<String>], is_taken: impl Fn(&str) -> bool) -> Vec<Part> {
    let parts = Files::of(names).0.into_iter().map(|(start, items)| {
        let start = if start.is_empty() { "root".to_owned() } else { start };
        let name = Use::Module.free(if is_taken(&start) { format!("{start}_untagged") } else { start });
        let is_keyword = syn::parse_str::<syn::Ident>(&name).is_err();
        Part { name: if is_keyword { format!("r#{name}") } else { name }, items }
    });
    parts.collect()
}

/// What is in each file, by its name.
#[derive(Default)]
struct Files(BTreeMap<String, Vec<usize>>);

impl Files {
    fn of(names: &[Vec<String>]) -> Self {
        let mut files = Self::default();
        files.split(names, (0..names.len()).collect(), "", 0);
        files
    }

    /// Splits types that have the first words in common, which are `start`, by the next one.
    fn split(&mut self, names: &[Vec<String>], types: Vec<usize>, start: &str, words: usize) {
        if types.len() <= TOGETHER && words > 0 {
            return self.add(start, types);
        }
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in types {
            let word = names.get(index).and_then(|name| name.get(words)).map_or("", String::as_str);
            groups.entry(word).or_default().push(index);
        }
        let (large, small): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(word, types)| types.len() >= ALIKE && !word.is_empty());
        for (word, types) in large {
            self.split(names, types, &joined(start, word), words + 1);
        }
        let fit_together = words > 0 && small.iter().map(|(_, types)| types.len()).sum::<usize>() <= TOGETHER;
        for (word, types) in small {
            let letter = if fit_together { "" } else { word.get(..1).unwrap_or_default() };
            self.add(&joined(start, letter), types);
        }
    }

    fn add(&mut self, name: &str, types: Vec<usize>) {
        self.0.entry(name.to_owned()).or_default().extend(types);
    }
}

fn joined(start: &str, word: &str) -> String {
    if start.is_empty() || word.is_empty() { format!("{start}{word}") } else { format!("{start}_{word}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[String]) -> BTreeMap<String, Vec<usize>> {
        let names: Vec<_> = names.iter().map(|name| name.split('_').map(str::to_owned).collect()).collect();
        Files::of(&names).0
    }

    fn numbered(start: &str, count: usize) -> impl Iterator<Item = String> {
        (0..count).map(move |number| format!("{start}_{number}"))
    }

    #[test]
    fn every_type_is_in_one_file_of_those_that_begin_alike() {
        let names: Vec<_> =
            numbered("cat", TOGETHER).chain(numbered("cat_toy", ALIKE)).chain(numbered("cow", ALIKE - 1)).collect();
        let files = files(&names);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["c", "cat", "cat_toy"]);
        let mut all: Vec<_> = files.values().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..names.len()).collect::<Vec<_>>());
        assert_eq!([files["c"].len(), files["cat"].len(), files["cat_toy"].len()], [ALIKE - 1, TOGETHER, ALIKE]);
    }

    #[test]
    fn a_new_type_moves_none_that_begins_otherwise() {
        let mut names: Vec<_> = numbered("cat", TOGETHER).chain(numbered("dog", ALIKE - 1)).collect();
        let before = files(&names);
        names.extend(["cat_x", "cow"].map(str::to_owned));
        let after = files(&names);
        assert_eq!(before["d"], after["d"]);
        assert_eq!(after["c"], [names.len() - 1]);
        // More than fit together, none of them alike.
        assert_eq!(after["cat_x"], [names.len() - 2]);
    }

    #[test]
    fn names_that_end_early_stay_with_what_they_begin() {
        let names: Vec<_> = numbered("cat", TOGETHER).chain(["cat".to_owned()]).collect();
        assert_eq!(files(&names)["cat"], [TOGETHER]);
    }
}
