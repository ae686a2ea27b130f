//! Tags that are parts of others.

use std::collections::BTreeMap;

use crate::api::Origin;
use crate::closest::Names;
use crate::description::Tag;
use crate::diagnostics::Diagnostic;
use crate::lower::ground::Ground;
use crate::maps::{HashMap, HashSet};
use crate::rule::Rule;
use crate::texts::{Prose, code, said};

/// What each tag is a part of.
pub(super) struct Parents<'a> {
    of: BTreeMap<&'a str, Option<&'a str>>,
    names: Names<&'a str>,
    /// Those that are parts of themselves.
    circular: HashSet<&'a str>,
}

impl<'a> Parents<'a> {
    pub fn of(tags: impl Iterator<Item = Tag<'a>>) -> Self {
        let of: BTreeMap<_, _> = tags.map(|tag| (tag.name, tag.parent)).collect();
        let circular = circular(&of);
        Self { names: Names::of(of.keys().copied()), circular, of }
    }

    /// What is said of the tag that another one is a part of.
    pub fn said(&self, tag: &Tag<'_>, ground: &Ground<'_>, origin: &Origin) -> Option<Prose> {
        let parent = tag.parent?;
        let at = origin.child("parent");
        if !self.of.contains_key(parent) {
            let message = format!("no such tag: `{parent}`");
            let diagnostic = Diagnostic::warning(Rule::UnresolvedReference, &at, message);
            ground.push(match self.names.closest(parent) {
                Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
                None => diagnostic.help("list it under `tags` as well"),
            });
            return None;
        }
        if self.circular.contains(tag.name) {
            let message = format!("the tag `{}` is a part of itself", tag.name);
            let diagnostic = Diagnostic::warning(Rule::CyclicReference, &at, message);
            ground.push(diagnostic.help("leave out the `parent` of one of the tags"));
            return None;
        }
        Some(said("A part of ") + code(parent) + ".")
    }
}

/// The tags that their parents lead back to. Each is gone through once.
fn circular<'a>(parents: &BTreeMap<&'a str, Option<&'a str>>) -> HashSet<&'a str> {
    let mut seen: HashMap<&str, usize> = HashMap::default();
    let mut circular = HashSet::default();
    for (walk, start) in parents.keys().enumerate() {
        let mut tag = Some(*start);
        while let Some(name) = tag.filter(|name| !seen.contains_key(name)) {
            seen.insert(name, walk);
            tag = parents.get(name).copied().flatten();
        }
        // Where this walk meets itself, it is on a circle.
        while let Some(name) = tag.filter(|name| seen.get(name) == Some(&walk) && parents.contains_key(name)) {
            if !circular.insert(name) {
                break;
            }
            tag = parents.get(name).copied().flatten();
        }
    }
    circular
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leads_back_is_circular() {
        let parents = [
            ("a", Some("b")),
            ("b", Some("c")),
            ("c", Some("b")),
            ("d", Some("d")),
            ("e", Some("f")),
            ("f", None),
            ("g", Some("none")),
            ("h", Some("e")),
        ];
        let mut found: Vec<_> = circular(&parents.into_iter().collect()).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, ["b", "c", "d"]);
    }
}
