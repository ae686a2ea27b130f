//! Names by the way to a place that say words again which they have just said, and those that are longer than anybody
//! reads: of these, what is between the start and the end of the way goes, or the start as well. The end says what it is.
//!
//! What goes is a matter of the way alone. What others could be called, too, is passed over, and the author is told.

use std::collections::{BTreeMap, BTreeSet};

use super::collisions::first_of;
use super::nameless::{Called, Way};
use super::names::Namer;
use super::type_names::Places;
use crate::api::{Api, TypeId};
use crate::diagnostics::Diagnostic;
use crate::maps::{HashMap, HashSet};
use crate::rule::Rule;

/// The most characters that a name has if it can have fewer.
const LONGEST: usize = 50;

/// Shortens the names that ways gave, beside those that other types have or want.
pub(super) fn shorten(
    names: &mut HashMap<TypeId, Called>,
    wanted: HashSet<String>,
    api: &Api,
    places: &Places,
    namer: &mut Namer,
) {
    let components = api.types.values().map(|definition| definition.name.rust.clone());
    let taken: HashSet<_> = names.values().map(Called::rust).chain(components).chain(wanted).collect();
    let long = names.iter().map(|(id, called)| {
        let name = called.rust();
        let mut shorter = shorter(&Way::to(&id.0, places), &name);
        shorter.retain(|called| called.rust() != name);
        (id.clone(), shorter)
    });
    let mut long: Vec<_> = long.filter(|(_, shorter)| !shorter.is_empty()).collect();
    long.sort_by(|(one, _), (other, _)| one.0.cmp(&other.0));
    let mut wanted: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for (id, shorter) in &long {
        let shorter: HashSet<_> = shorter.iter().map(Called::rust).collect();
        shorter.into_iter().for_each(|name| wanted.entry(name).or_default().push(id.clone()));
    }
    let is_free = |called: &Called| {
        let name = called.rust();
        wanted.get(&name).is_none_or(|all| all.len() == 1) && !taken.contains(&name)
    };
    let mut passed_over = BTreeSet::new();
    for (id, shorter) in long {
        let Some(free) = shorter.iter().position(is_free) else {
            passed_over.extend(shorter.first().map(Called::rust));
            continue;
        };
        passed_over.extend(shorter.iter().take(free).map(Called::rust));
        names.extend(shorter.into_iter().nth(free).map(|called| (id, called)));
    }
    for name in passed_over {
        let ids = wanted.get(&name).map(Vec::as_slice).unwrap_or_default();
        pass_over(&name, ids, names, api, namer);
    }
}

/// What says no word again. Of what is too long, then as much of the end as there is room for, from a member on, behind the
/// start of the way if that leaves room for any, and less of it; at last the least, whether or not there is room. A member
/// of a member says what it is by itself.
fn shorter(way: &Way, name: &str) -> Vec<Called> {
    let once = [Called::by(way.without_repeated())].into_iter().filter(|called| called.rust().len() <= LONGEST);
    if name.len() <= LONGEST {
        return once.collect();
    }
    let root = way.root.join(" ");
    let ends: Vec<_> = way.ends_from_members().collect();
    let Some((least, of_member)) = ends.split_last() else { return once.collect() };
    let with_root = |end: &String| Called::by(format!("{root} {end}"));
    let all = ends.iter().map(with_root).chain(of_member.iter().map(Called::by));
    let fitting = all.filter(|called| called.rust().len() <= LONGEST);
    once.chain(fitting).chain([with_root(least)]).collect()
}

/// Tells of a name that several could have.
fn pass_over(wanted: &str, ids: &[TypeId], names: &HashMap<TypeId, Called>, api: &Api, namer: &mut Namer) {
    const SHOWN: usize = 6;
    let Some(definition) = ids.first().and_then(|id| api.types.get(id)) else { return };
    let called: Vec<_> = ids.iter().filter_map(|id| names.get(id)).collect();
    let list = first_of(SHOWN, &called, |called| format!("`{}`", called.rust()));
    let message = match called.as_slice() {
        [_] => format!("`{wanted}` would be short for {list}, but another type could be called so, too"),
        _ => format!("`{wanted}` could be short for several types, which are {list}"),
    };
    let diagnostic = Diagnostic::note(Rule::NameCollision, &definition.origin, message).on_key();
    namer.push(diagnostic.help("choose names with `x-rust-name`"));
}
