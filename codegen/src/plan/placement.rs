//! Which types share a file, and which operations of a group. All in one, as long as that fits in the
//! head; then by the words that their names or paths begin with, so that a new one moves none that is
//! called otherwise.

use std::collections::BTreeMap;

use super::reserved::Use;
use super::words::{Case, Words};
use crate::api::{Api, Part, Segment};

/// How much is in a file.
#[derive(Clone, Copy)]
struct Limits {
    /// The most that there is in a single file.
    alone: usize,
    /// The most that there is in one of several, where the names allow it.
    together: usize,
    /// How many that begin with the same word have a file of their own, where there are too many beside
    /// them.
    alike: usize,
    /// Whether all the others may be in one file.
    rest: bool,
}

const TYPES: Limits = Limits { alone: 200, together: 100, alike: 12, rest: false };

/// An operation is several items, and takes about a hundred lines.
const OPERATIONS: Limits = Limits { alone: 60, together: 40, alike: 3, rest: true };

pub(super) fn place(api: &mut Api) {
    let names: Vec<_> = api.types.values().map(|definition| words(&definition.name.rust)).collect();
    api.type_files = parts(&names, TYPES, |_| false);
    let modules: Vec<_> = api.groups.iter().map(|group| group.name.rust.clone()).collect();
    for group in &mut api.groups {
        let names: Vec<_> = group.operations.iter().map(|operation| path_words(&operation.path)).collect();
        // Those without a tag stand beside the modules of the others.
        let is_beside = group.name.wire.is_empty();
        let is_module = |name: &str| is_beside && modules.iter().any(|module| module == name);
        group.files = parts(&without_what_all_begin_with(names), OPERATIONS, is_module);
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

/// None, if one file is enough.
fn parts(names: &[Vec<String>], limits: Limits, is_taken: impl Fn(&str) -> bool) -> Vec<Part> {
    if names.len() <= limits.alone {
        return Vec::new();
    }
    let parts = Files::of(names, limits).items.into_iter().map(|(start, items)| {
        let start = if start.is_empty() { "root".to_owned() } else { start };
        let name = Use::Module.free(if is_taken(&start) { format!("{start}_untagged") } else { start });
        let is_keyword = syn::parse_str::<syn::Ident>(&name).is_err();
        Part { name: if is_keyword { format!("r#{name}") } else { name }, items }
    });
    parts.collect()
}

/// What is in each file, by its name.
struct Files {
    limits: Limits,
    items: BTreeMap<String, Vec<usize>>,
}

impl Files {
    fn of(names: &[Vec<String>], limits: Limits) -> Self {
        let mut files = Self { limits, items: BTreeMap::new() };
        files.split(names, (0..names.len()).collect(), "", 0);
        files
    }

    /// Splits items that have the first words in common, which are `start`, by the next one.
    fn split(&mut self, names: &[Vec<String>], items: Vec<usize>, start: &str, words: usize) {
        let Limits { together, alike, rest, .. } = self.limits;
        if items.len() <= together && words > 0 {
            return self.add(start, items);
        }
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in items {
            let word = names.get(index).and_then(|name| name.get(words)).map_or("", String::as_str);
            groups.entry(word).or_default().push(index);
        }
        let (large, small): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(word, items)| items.len() >= alike && !word.is_empty());
        for (word, items) in large {
            self.split(names, items, &joined(start, word), words + 1);
        }
        let fit_together = (words > 0 || rest) && small.iter().map(|(_, items)| items.len()).sum::<usize>() <= together;
        for (word, items) in small {
            let letter = if fit_together { "" } else { word.get(..1).unwrap_or_default() };
            self.add(&joined(start, letter), items);
        }
    }

    fn add(&mut self, name: &str, items: Vec<usize>) {
        self.items.entry(name.to_owned()).or_default().extend(items);
    }
}

fn joined(start: &str, word: &str) -> String {
    if start.is_empty() || word.is_empty() { format!("{start}{word}") } else { format!("{start}_{word}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Source, generate};

    fn files(names: &[String]) -> BTreeMap<String, Vec<usize>> {
        let names: Vec<_> = names.iter().map(|name| name.split('_').map(str::to_owned).collect()).collect();
        Files::of(&names, TYPES).items
    }

    fn numbered(start: &str, count: usize) -> impl Iterator<Item = String> {
        (0..count).map(move |number| format!("{start}_{number}"))
    }

    #[test]
    fn every_type_is_in_one_file_of_those_that_begin_alike() {
        let names: Vec<_> = numbered("cat", TYPES.together)
            .chain(numbered("cat_toy", TYPES.alike))
            .chain(numbered("cow", TYPES.alike - 1))
            .collect();
        let files = files(&names);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["c", "cat", "cat_toy"]);
        let mut all: Vec<_> = files.values().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..names.len()).collect::<Vec<_>>());
        assert_eq!(
            [files["c"].len(), files["cat"].len(), files["cat_toy"].len()],
            [TYPES.alike - 1, TYPES.together, TYPES.alike]
        );
    }

    #[test]
    fn a_new_type_moves_none_that_begins_otherwise() {
        let mut names: Vec<_> = numbered("cat", TYPES.together).chain(numbered("dog", TYPES.alike - 1)).collect();
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
        let names: Vec<_> = numbered("cat", TYPES.together).chain(["cat".to_owned()]).collect();
        assert_eq!(files(&names)["cat"], [TYPES.together]);
    }

    #[test]
    fn many_operations_of_a_tag_are_in_files_named_after_their_paths() {
        let mut text = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\npaths:\n".to_owned();
        let paths =
            numbered("/v1/cats/toys/t", 40).chain(numbered("/v1/cats/meals/m", 25)).chain(["/v1/cats".to_owned()]);
        for path in paths {
            text +=
                &format!("  {path}: {{ get: {{ tags: [cats], responses: {{ '204': {{ description: Done }} }} }} }}\n");
        }
        let generated = generate(&Source::new("cats.yaml", text), &Options::default()).expect("a crate");
        let names = generated.files().iter().map(|(path, _)| path).filter(|path| path.starts_with("src/operations"));
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                "src/operations.rs",
                "src/operations/cats.rs",
                "src/operations/cats/meals.rs",
                "src/operations/cats/root.rs",
                "src/operations/cats/toys.rs",
            ]
        );
    }
}
