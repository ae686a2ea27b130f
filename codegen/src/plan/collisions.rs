//! Names that would come out the same: told apart by what tells them apart in the description, never
//! by their order.
//!
//! Of those that want one name, the first by rank keeps it, if there is a single one of that rank. The
//! others get the first of their longer names by which all of them differ, and the reader is told.

use std::collections::BTreeMap;

use super::names::{At, Namer, finish};
use super::reserved::Use;
use super::words::{Case, Words, capitals, hash};
use crate::api::Name;
use crate::diagnostics::Diagnostic;
use crate::maps::HashSet;
use crate::rule::Rule;

/// Something that wants a name in a scope.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// What the description calls it.
    pub wire: String,
    /// A name that it has whatever the others are called.
    pub fixed: Option<String>,
    pub words: Words,
    /// The name that is made of the words, if it is known.
    pub name: Option<String>,
    pub case: Case,
    pub scope: Use,
    /// The lower, the more it is expected to have the name.
    pub rank: u8,
    /// What no other of its scope has, wherever it stands.
    pub identity: String,
    pub at: At,
}

/// The rank of what is spelled in the description exactly as it is in Rust.
pub(super) const EXACT: u8 = 1;

/// The rank of everything else that has no reason to come before others.
pub(super) const USUAL: u8 = 4;

/// The rank of what is in other letters.
const TRANSLITERATED: u8 = 5;

impl Wish {
    /// The wish for a name's own words.
    pub fn of(name: &Name, fixed: Option<String>, case: Case, scope: Use, at: At) -> Self {
        let words = Words::of(&name.wire);
        let own = finish(&words, case, scope);
        let is_exact = own == name.wire;
        let rank = match (is_exact, name.wire.is_ascii()) {
            (true, _) => EXACT,
            (false, true) => USUAL,
            (false, false) => TRANSLITERATED,
        };
        Self {
            wire: name.wire.clone(),
            fixed,
            words,
            name: Some(own),
            case,
            scope,
            rank,
            identity: name.wire.clone(),
            at,
        }
    }

    fn name(&self, words: &Words) -> String {
        finish(words, self.case, self.scope)
    }

    /// The name that it has if nobody else wants it.
    pub fn first(&self) -> String {
        self.fixed.as_ref().or(self.name.as_ref()).cloned().unwrap_or_else(|| self.name(&self.words))
    }

    /// What tells a name apart by how it is spelled: its signs, its capital letters, both, or the
    /// characters that are not ASCII.
    pub fn spellings(&self) -> Vec<Words> {
        let spoken = Words::spoken(&self.wire);
        let capitals = capitals(&self.wire, self.case);
        let with = |words: &Words| capitals.map_or_else(|| words.clone(), |word| words.clone().and(word));
        vec![spoken.clone(), with(&self.words), with(&spoken), self.words.clone().and_characters(&self.wire)]
    }
}

impl Namer {
    /// The names of a scope, in the order of the wishes. `longer` gives the names that one may have
    /// instead, from the shortest on.
    pub fn settle(&mut self, what: &str, wishes: &[Wish], longer: impl Fn(&Wish) -> Vec<Words>) -> Vec<String> {
        let mut names: Vec<_> = wishes.iter().map(Wish::first).collect();
        let mut rivals: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            rivals.entry(name.clone()).or_default().push(index);
        }
        let mut taken: HashSet<String> = rivals.keys().cloned().collect();
        rivals.retain(|_, members| members.len() > 1);
        for (wanted, members) in rivals {
            let fixed =
                members.iter().copied().filter(|index| wishes.get(*index).is_some_and(|wish| wish.fixed.is_some()));
            let fixed: Vec<_> = fixed.collect();
            if fixed.len() > 1 {
                self.same(what, wishes, &fixed);
                continue;
            }
            let losers = losers(wishes, &members);
            if losers.len() == members.len() {
                taken.remove(&wanted);
            }
            let Some(found) = told_apart(wishes, &losers, &taken, &longer) else {
                self.same(what, wishes, &members);
                continue;
            };
            for (index, name) in losers.into_iter().zip(found) {
                taken.insert(name.clone());
                if let Some(slot) = names.get_mut(index) {
                    *slot = name;
                }
            }
            self.tell(what, &wanted, wishes, &members, &names);
        }
        names
    }

    /// Names that an author gave, and that are the same.
    fn same(&mut self, what: &str, wishes: &[Wish], members: &[usize]) {
        let mut members = members.iter().filter_map(|index| wishes.get(*index));
        let Some(first) = members.next() else { return };
        for wish in members {
            let message =
                format!("the {what} `{}` and `{}` both become `{}` in Rust", first.wire, wish.wire, wish.first());
            let diagnostic = wish.at.point(Diagnostic::error(Rule::NameCollision, wish.at.origin(), message));
            self.push(diagnostic.also(first.at.origin(), "the other one").help(wish.at.help()));
        }
    }

    /// Says what those that wanted one name are called now.
    fn tell(&mut self, what: &str, wanted: &str, wishes: &[Wish], members: &[usize], names: &[String]) {
        const SHOWN: usize = 6;
        let named: Vec<_> =
            members.iter().filter_map(|index| Some((wishes.get(*index)?, names.get(*index)?))).collect();
        // Parameters of one name in several places are usual, and operations of one name are told of
        // where all of them are known, with which their examples have one, too.
        let is_told = matches!(what, "examples" | "parameters") || named.iter().all(|(wish, _)| wish.at.is_operation());
        let is_one_id = is_told && named.iter().map(|(wish, _)| &wish.wire).collect::<HashSet<_>>().len() == 1;
        let Some((first, _)) = named.iter().find(|(_, name)| *name != wanted).filter(|_| !is_one_id) else { return };
        let list = first_of(SHOWN, &named, |(wish, name)| match *name == wanted {
            true => format!("`{}` keeps it", wish.wire),
            false => format!("`{}` is `{name}`", wish.wire),
        });
        let message = format!("{} {what} would be `{wanted}` in Rust: {list}", named.len());
        let mut diagnostic = first.at.point(Diagnostic::warning(Rule::NameCollision, first.at.origin(), message));
        for (wish, name) in
            named.iter().filter(|(wish, _)| wish.at.origin().pointer() != first.at.origin().pointer()).take(SHOWN)
        {
            diagnostic = diagnostic.also(wish.at.origin(), format!("`{name}`"));
        }
        // What is chosen at the place of these is the name of something else as well.
        let is_alone = !matches!(what, "types for servers" | "variants" | "accessors");
        let proposals = named.iter().filter(|_| is_alone).filter_map(|(wish, name)| wish.at.proposal(&wish.wire, name));
        self.push(diagnostic.help(first.at.help()).proposing(proposals));
    }
}

/// Those that do not get the name that all of them want.
fn losers(wishes: &[Wish], members: &[usize]) -> Vec<usize> {
    // A name that was chosen is kept in any case.
    let rank = |wish: &Wish| if wish.fixed.is_some() { 0 } else { wish.rank };
    let ranked: Vec<_> = members.iter().filter_map(|index| Some((*index, rank(wishes.get(*index)?)))).collect();
    let best = ranked.iter().map(|(_, rank)| *rank).min();
    let is_alone = ranked.iter().filter(|(_, rank)| Some(*rank) == best).count() == 1;
    ranked.into_iter().filter(|(_, rank)| !is_alone || Some(*rank) != best).map(|(index, _)| index).collect()
}

/// A name for each of the losers, each by the same step of its longer names, and none of them taken.
fn told_apart(
    wishes: &[Wish],
    losers: &[usize],
    taken: &HashSet<String>,
    longer: impl Fn(&Wish) -> Vec<Words>,
) -> Option<Vec<String>> {
    let losers: Vec<_> = losers.iter().filter_map(|index| wishes.get(*index)).collect();
    let ladders: Vec<Vec<String>> =
        losers.iter().map(|wish| longer(wish).iter().map(|words| wish.name(words)).collect()).collect();
    let hashed = losers.iter().map(|wish| wish.name(&wish.words.clone().and(&hash(&wish.identity))));
    let steps = ladders.iter().map(Vec::len).max().unwrap_or_default();
    let step = |step: usize| ladders.iter().map(|ladder| ladder.get(step).or(ladder.last()).cloned()).collect();
    let mut candidates = (0..steps).filter_map(step).chain([hashed.collect()]);
    candidates.find(|names: &Vec<String>| {
        let distinct: HashSet<_> = names.iter().collect();
        distinct.len() == names.len() && names.iter().all(|name| !taken.contains(name))
    })
}

/// The first of some things in words, and how many more there are.
pub(super) fn first_of<T>(shown: usize, all: &[T], words: impl Fn(&T) -> String) -> String {
    let more = all.len().checked_sub(shown).filter(|more| *more > 0).map(|more| format!("and {more} more"));
    all.iter().take(shown).map(words).chain(more).collect::<Vec<_>>().join(", ")
}
