//! Which types share a file. All in one, as long as that fits in the head; then by how their names
//! begin, so that a new schema moves no type that is called otherwise.

use std::collections::BTreeMap;

use super::reserved::Use;
use crate::api::{Api, TypeFile};

/// The most types of a single file.
const ALONE: usize = 200;

/// The most types of one of several files, where their names allow it.
const TOGETHER: usize = 100;

pub(super) fn place(api: &mut Api) {
    if api.types.len() <= ALONE {
        return;
    }
    let names: Vec<_> = api.types.values().map(|definition| definition.name.rust.to_lowercase()).collect();
    let mut files = BTreeMap::new();
    split(&names, (0..names.len()).collect(), 1, &mut files);
    api.type_files = files
        .into_iter()
        .map(|(start, types)| {
            let name = Use::Module.free(start);
            let is_keyword = syn::parse_str::<syn::Ident>(&name).is_err();
            TypeFile { name: if is_keyword { format!("r#{name}") } else { name }, types }
        })
        .collect();
}

/// Puts types together whose names have the first `letters` in common; more letters, where these are
/// too many.
fn split(names: &[String], types: Vec<usize>, letters: usize, files: &mut BTreeMap<String, Vec<usize>>) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in types {
        let name = names.get(index).map_or("", String::as_str);
        let end = name.char_indices().nth(letters).map_or(name.len(), |(at, _)| at);
        groups.entry(&name[..end]).or_default().push(index);
    }
    for (start, types) in groups {
        if types.len() > TOGETHER && start.chars().count() == letters {
            split(names, types, letters + 1, files);
        } else {
            files.entry(start.to_owned()).or_default().extend(types);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[String]) -> BTreeMap<String, Vec<usize>> {
        let mut files = BTreeMap::new();
        split(names, (0..names.len()).collect(), 1, &mut files);
        files
    }

    #[test]
    fn every_type_is_in_one_file_of_those_that_begin_alike() {
        let cats = (0..TOGETHER).map(|number| format!("cat{number}"));
        let dogs = (0..TOGETHER).map(|number| format!("dog{number}"));
        let names: Vec<_> = cats.chain(dogs).chain(["c".to_owned(), "cow".to_owned()]).collect();
        let files = files(&names);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["c", "ca", "co", "d"]);
        let mut all: Vec<_> = files.values().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..names.len()).collect::<Vec<_>>());
        assert_eq!(files["c"], [2 * TOGETHER]);
    }

    #[test]
    fn a_new_type_moves_none_that_begins_otherwise() {
        let mut names: Vec<_> = (0..TOGETHER).map(|number| format!("cat{number}")).collect();
        names.push("dog".to_owned());
        let before = files(&names);
        names.push("cow".to_owned());
        let after = files(&names);
        assert_eq!(before["d"], after["d"]);
        assert_eq!((before["c"].len(), after["ca"].len()), (TOGETHER, TOGETHER));
    }

    #[test]
    fn names_that_are_the_same_but_for_their_end_are_told_apart_by_it() {
        let names: Vec<_> = (0..=TOGETHER).map(|number| "a".repeat(number + 1)).collect();
        assert!(files(&names).values().all(|types| types.len() <= TOGETHER));
    }
}
