//! The words of a name that its reader knows already: of an `operationId` those of the tag, which the client is asked for,
//! and those of the request, which FastAPI puts behind the name of a function; of a union's variant those of the union.
//!
//! Whether words go is a matter of the operation and its tag, or of the variant and its union. What else the description
//! holds counts only where two would have one name then: both keep all of their words, and the author is told.

use std::collections::{BTreeMap, BTreeSet};

use super::collisions::{Wish, first_of};
use super::names::{Namer, OTHERS, finish};
use super::words::Words;
use crate::api::{Operation, Segment};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// Words that say what to do. What only begins as the tag does, in another number or without a sign behind it, has the
/// words of the tag before an action: `disk_list` is `list` for `disks`, and `refund_payment` is no `payment` of `refunds`.
const ACTIONS: [&str; 45] = [
    "activate", "add", "approve", "archive", "attach", "cancel", "check", "clear", "close", "complete", "confirm",
    "copy", "create", "deactivate", "delete", "demote", "detach", "disable", "download", "edit", "enable", "exists",
    "fetch", "find", "get", "import", "insert", "list", "lookup", "patch", "promote", "put", "query", "read", "remove",
    "replace", "restore", "retrieve", "search", "set", "start", "stop", "update", "upload", "view",
];

/// Words that nothing begins with.
const BETWEEN: [&str; 13] = ["a", "an", "and", "as", "by", "for", "from", "in", "of", "or", "the", "to", "with"];

pub(super) fn is_between(word: &str) -> bool {
    BETWEEN.contains(&word)
}

/// A name that something may have instead of its whole one.
pub(super) struct Short {
    words: Words,
    name: String,
}

impl Short {
    /// The words, if they are a name for what has the wish: neither a keyword nor one of ours.
    fn of(words: Words, wish: &Wish) -> Option<Self> {
        let name = words.in_case(wish.case);
        let is_name = !words.starts_with_digit() && name == finish(&words, wish.case, wish.scope);
        is_name.then_some(Self { words, name })
    }
}

impl Namer {
    /// Lets the wishes of a scope be for the first of their shorter names that no other can have, if there is one, and
    /// says of each whether there is.
    pub fn shorten(&mut self, said_by: &str, wishes: &mut [Wish], shorter: &[Vec<Short>]) -> Vec<bool> {
        let mut rivals: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (index, (wish, shorter)) in wishes.iter().zip(shorter).enumerate() {
            for name in shorter.iter().map(|short| short.name.clone()).chain([wish.first()]) {
                rivals.entry(name).or_default().insert(index);
            }
        }
        let is_free = |short: &&Short| rivals.get(&short.name).is_none_or(|all| all.len() == 1);
        let found: Vec<_> = shorter.iter().map(|shorter| shorter.iter().find(is_free)).collect();
        for (wish, short) in wishes.iter_mut().zip(&found) {
            let Some(short) = short else { continue };
            (wish.words, wish.name) = (short.words.clone(), Some(short.name.clone()));
        }
        for (wanted, rivals) in rivals.iter().filter(|(_, rivals)| rivals.len() > 1) {
            let mut names = rivals.iter().filter_map(|index| shorter.get(*index)).flatten().map(|short| &short.name);
            if names.any(|name| name == wanted) {
                self.keep_words(
                    said_by,
                    wanted,
                    &rivals.iter().filter_map(|index| wishes.get(*index)).collect::<Vec<_>>(),
                );
            }
        }
        found.iter().map(Option::is_some).collect()
    }

    /// Tells of those that would have one name without words that go from others.
    fn keep_words(&mut self, said_by: &str, wanted: &str, wishes: &[&Wish]) {
        const SHOWN: usize = 6;
        let operation = wishes.iter().find(|wish| wish.at.is_operation());
        let Some(first) = operation.or(wishes.first()) else { return };
        let list = first_of(SHOWN, wishes, |wish| format!("`{}` is `{}`", wish.wire, wish.first()));
        let message =
            format!("{} names would be `{wanted}` without the words that {said_by} says: {list}", wishes.len());
        let diagnostic = first.at.point(Diagnostic::note(Rule::NameCollision, first.at.origin(), message));
        self.push(diagnostic.help(first.at.help()));
    }
}

/// What the method of an operation may be called instead of its `operationId`, the shortest first.
pub(super) fn shorter(operation: &Operation, wish: &Wish, tag: Option<&Words>) -> Vec<Short> {
    if !operation.has_id || wish.fixed.is_some() || wish.words.is_poor || wish.words.is_long() {
        return Vec::new();
    }
    let function = function(operation);
    let in_tag = tag.and_then(|tag| without_tag(function.unwrap_or(&operation.name.wire), tag));
    let all = in_tag.into_iter().chain(function.map(Words::of));
    all.filter_map(|words| Short::of(words, wish)).collect()
}

/// What a variant may be called in its union: `AlertGraph` for `AlertGraphWidgetDefinition` in `WidgetDefinition`. The words
/// of the union are in front, at the end, or around what is left.
pub(super) fn in_union(wish: &Wish, union: &Words) -> Option<Short> {
    let (union, words) = (union.parts(), wish.words.parts());
    let left = words.len().checked_sub(union.len()).filter(|left| *left > 0 && wish.fixed.is_none())?;
    let start = union.iter().zip(words).take_while(|(one, other)| one == other).count();
    let end = union.iter().rev().zip(words.iter().rev()).take_while(|(one, other)| one == other).count();
    let is_around = start + end >= union.len();
    let rest = is_around.then(|| wish.words.without(start + left..words.len()).without(0..start))?;
    Short::of(rest, wish).filter(|short| !OTHERS.contains(&short.name.as_str()))
}

/// The name of a function of FastAPI's, behind which the path and the method are: `create_item` of
/// `create_item_items_post`.
pub(super) fn function(operation: &Operation) -> Option<&str> {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let path = Segment::template(&operation.path).replace(|sign| !is_word(sign), "_");
    let method = operation.method.as_str().to_ascii_lowercase();
    let function = operation.name.wire.strip_suffix(&method)?.strip_suffix('_')?.strip_suffix(&path)?;
    Some(function.trim_end_matches('_')).filter(|function| function.contains(char::is_alphanumeric))
}

/// What is behind the words of the tag, if that reads as a name.
fn without_tag(name: &str, tag: &Words) -> Option<Words> {
    let words = Words::of(name);
    let parts = words.parts();
    // Of a version, `v1` stays in front.
    let start = usize::from(parts.first().is_some_and(|word| is_version(word)));
    let (count, is_exact) = tag_length(parts.get(start..)?, tag)?;
    // What a framework calls the class for a tag.
    let is_controller = parts.get(start + count).is_some_and(|word| word == "controller");
    let end = start + count + usize::from(is_controller);
    let (said, rest) = parts.split_at_checked(end)?;
    let (first, last) = (rest.first()?, rest.last()?);
    let is_action = |word: &String| ACTIONS.contains(&word.as_str());
    let is_apart = is_controller || is_exact && is_parted(name, said.iter().map(String::len).sum());
    (!is_between(first) && (is_apart || is_action(first) || is_action(last))).then(|| words.without(start..end))
}

/// Whether there is a sign behind so many letters.
fn is_parted(name: &str, letters: usize) -> bool {
    let mut left = letters;
    let mut behind = name.chars().skip_while(|sign| {
        let is_before = left > 0;
        left -= usize::from(is_before && sign.is_alphanumeric());
        is_before
    });
    behind.next().is_some_and(|sign| !sign.is_alphanumeric())
}

/// How many words say what the tag says, by their letters, and whether they are the same or in another number.
fn tag_length(words: &[String], tag: &Words) -> Option<(usize, bool)> {
    let tag = tag.parts().concat();
    let mut start = String::new();
    let mut found = None;
    for (index, word) in words.iter().enumerate() {
        start.push_str(word);
        if start == tag {
            return Some((index + 1, true));
        }
        if singular(&start) == singular(&tag) {
            found = found.or(Some((index + 1, false)));
        }
        if start.len() > tag.len() + 2 {
            break;
        }
    }
    found
}

/// A word as it is for one thing, as far as that can be told by its letters.
fn singular(word: &str) -> String {
    match (word.strip_suffix("ies"), word.strip_suffix('s')) {
        (Some(start), _) if !start.is_empty() => format!("{start}y"),
        (_, Some(start)) if start.ends_with(['s', 'x']) => word.to_owned(),
        (_, Some(start)) => start.strip_suffix("xe").map_or_else(|| start.to_owned(), |start| format!("{start}x")),
        (_, None) => word.to_owned(),
    }
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|number| !number.is_empty() && number.bytes().all(|sign| sign.is_ascii_digit()))
}

#[cfg(test)]
#[path = "shorter_tests.rs"]
mod tests;
