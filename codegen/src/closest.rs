//! Which of some names is meant by one that is none of them.

use std::cmp::Ordering;

/// The candidate that `word` is most likely a misspelling of.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    best(word, candidates.into_iter().enumerate().map(|(index, name)| Name { index, name }))
}

/// Names that many words are held against. Where there are many of both, a word is held against those alone
/// that begin or end like it, so that time does not grow with the number of pairs.
pub(crate) struct Names<N> {
    names: Vec<N>,
    /// Their numbers, by how they begin.
    forward: Vec<usize>,
    /// Their numbers, by how they end.
    backward: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Name<'a> {
    index: usize,
    name: &'a str,
}

/// How many names before and after the place of a word are looked at.
const NEAR: usize = 16;

impl<N: AsRef<str>> Names<N> {
    pub fn of(names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        let mut forward: Vec<_> = (0..names.len()).collect();
        let mut backward = forward.clone();
        let name = |index: usize| names.get(index).map_or("", N::as_ref);
        forward.sort_by_key(|index| name(*index));
        backward.sort_by(|one, other| from_the_end(name(*one), name(*other)));
        Self { names, forward, backward }
    }

    /// The name that `word` is most likely a misspelling of.
    pub fn closest(&self, word: &str) -> Option<&str> {
        let name = |index: usize| self.names.get(index).map_or("", N::as_ref);
        let forward = around(&self.forward, |index| name(index) < word);
        let backward = around(&self.backward, |index| from_the_end(name(index), word) == Ordering::Less);
        best(word, forward.iter().chain(backward).map(|index| Name { index: *index, name: name(*index) }))
    }
}

fn from_the_end(one: &str, other: &str) -> Ordering {
    one.bytes().rev().cmp(other.bytes().rev())
}

/// Those of sorted names that are next to where a word would be.
fn around(names: &[usize], is_before: impl Fn(usize) -> bool) -> &[usize] {
    let place = names.partition_point(|index| is_before(*index));
    names.get(place.saturating_sub(NEAR)..(place + NEAR).min(names.len())).unwrap_or_default()
}

fn best<'a>(word: &str, candidates: impl Iterator<Item = Name<'a>>) -> Option<&'a str> {
    let tolerated = (word.chars().count() / 3).max(1);
    let rated = candidates.filter_map(|candidate| Some((distance(word, candidate.name, tolerated)?, candidate)));
    let (_, best) = rated.min_by_key(|(distance, candidate)| (*distance, candidate.index))?;
    Some(best.name)
}

/// How many mistakes lead from one word to the other, if it is no more than `most` of them.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    /// Comparing takes the product of the lengths, and what is longer than this is no slip.
    const LONG: usize = 64;
    let same = |(one, other): &(char, char)| one == other;
    let start: usize = one.chars().zip(other.chars()).take_while(same).map(|(sign, _)| sign.len_utf8()).sum();
    let (one, other) = (one.get(start..)?, other.get(start..)?);
    let end: usize = one.chars().rev().zip(other.chars().rev()).take_while(same).map(|(sign, _)| sign.len_utf8()).sum();
    let (one, other) = (one.get(..one.len() - end)?, other.get(..other.len() - end)?);
    let lengths = [one, other].map(|rest| rest.chars().count());
    if lengths[0].abs_diff(lengths[1]) > most || lengths.into_iter().any(|length| length > LONG) {
        return None;
    }
    Some(strsim::damerau_levenshtein(one, other)).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_among_many_names_wherever_it_is() {
        let names: Vec<_> = (0..1000).map(|number| format!("Thing{number:03}Line{}", number % 10)).collect();
        let known = Names::of(names.iter().map(String::as_str));
        for slip in ["Thing123Lime3", "thing123Line3", "Thimg123Line3", "Thing123line3", "hing123Line3", "Thing123Line"]
        {
            assert_eq!(known.closest(slip), Some("Thing123Line3"), "{slip}");
        }
        assert_eq!(known.closest("Invoice"), None);
    }

    #[test]
    fn few_names_are_all_looked_at_and_the_first_of_equals_is_taken() {
        let names = ["petB", "owner", "petA"];
        assert_eq!(Names::of(names).closest("petC"), Some("petB"));
        assert_eq!(closest("petC", names), Some("petB"));
        assert_eq!(closest("ownre", names), Some("owner"));
        assert_eq!(closest("nothing like it", names), None);
        assert_eq!(closest("", names), None);
    }

    #[test]
    fn long_words_are_compared_where_they_differ() {
        let long = "long".repeat(1000);
        let (one, other) = (format!("{long}a{long}"), format!("{long}bc{long}"));
        assert_eq!(closest(&one, [other.as_str()]), Some(other.as_str()));
        assert_eq!(closest(&one, [format!("{long}{}{long}", "x".repeat(100)).as_str()]), None);
    }
}
