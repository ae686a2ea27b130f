//! What types are called whose schemas have no name of their own. The one place that decides it.
//!
//! A type of a single place is called by the way that leads there, but for what is a thing or stands for it, which is
//! called by both (`StringOrCat`). A type of several places is called by what it is, so that its name stays where another place comes
//! up: by what it may be, or by its title. Else it is called by what the places have in common.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::kin::is_made_of_names;
use super::long_names;
use super::names::Namer;
use super::shorter::is_between;
use super::type_names::{Place, Places, component, reply_words, section_word, takes_name};
use super::words::{Case, Words};
use crate::api::{Api, Shape, Type, TypeDef, TypeId, UnionVariant};
use crate::maps::{HashMap, HashSet};

/// What a type is called, in the words of the description.
#[derive(Clone, Debug)]
pub(super) struct Called {
    words: String,
}

impl Called {
    pub fn by(words: impl Into<String>) -> Self {
        Self { words: words.into() }
    }

    /// Gives a type the name.
    pub fn call(self, definition: &mut TypeDef) {
        definition.name.wire = self.words;
    }

    pub fn rust(&self) -> String {
        Words::of(&self.words).in_case(Case::Type)
    }
}

/// The names that types ask for.
pub(super) fn names(api: &Api, places: &Places, namer: &mut Namer) -> HashMap<TypeId, Called> {
    let nameless = api.types.iter().filter(|(id, definition)| component(&id.0).is_none() && !definition.is_second());
    let (shared, alone): (Vec<_>, Vec<_>) = nameless
        .partition(|(id, definition)| !definition.also.is_empty() || is_thing_or_plain(id, definition, api, places));
    let alone = alone.into_par_iter().map(|(id, _)| (id.clone(), Called::by(places.words(&id.0, false).join(" "))));
    let mut names: HashMap<_, _> = alone.collect::<Vec<_>>().into_iter().collect();
    let open = shared.into_par_iter().map(|(id, definition)| (id, ladder(id, definition, api, places)));
    let mut open: Vec<_> = open.collect();
    let wanted = open.iter().flat_map(|(_, ladder)| ladder).map(Called::rust).collect();
    long_names::shorten(&mut names, wanted, api, places, namer);
    let components = api.types.iter().filter(|(id, _)| component(&id.0).is_some());
    let components = components.map(|(_, definition)| definition.name.rust.clone());
    let mut taken: HashSet<_> = components.chain(names.values().map(Called::rust)).collect();
    for step in 0.. {
        let wanted = |ladder: &[Called]| ladder[step.min(ladder.len() - 1)].clone();
        let mut rivals: HashMap<String, usize> = HashMap::default();
        for (_, ladder) in &open {
            *rivals.entry(wanted(ladder).rust()).or_default() += 1;
        }
        open.retain(|(id, ladder)| {
            let called = wanted(ladder);
            let rust = called.rust();
            let is_settled = step + 1 >= ladder.len() || rivals.get(&rust) == Some(&1) && !taken.contains(&rust);
            if is_settled {
                names.insert((*id).clone(), called);
            }
            !is_settled
        });
        if open.is_empty() {
            break;
        }
        taken.extend(rivals.into_keys());
    }
    names
}

/// Whether a type is what stands for a thing at a member or the thing itself, such as the id of a cat or the cat: a plain
/// value, or one of a few with names. Other choices get more variants with time, and are called by what they are for.
fn is_thing_or_plain(id: &TypeId, definition: &TypeDef, api: &Api, places: &Places) -> bool {
    const FEW: usize = 2;
    let Shape::Union(union) = &definition.shape else { return false };
    let (named, plain): (Vec<_>, Vec<_>) =
        union.variants.iter().map(|variant| &variant.ty).partition(|ty| ty.named().is_some());
    (1..=FEW).contains(&named.len())
        && matches!(plain.as_slice(), [only] if only.parts().is_empty())
        && is_made_of_names(union, &api.types)
        && Way::to(&id.0, places).is_in_member()
}

/// What a type of several schemas may be called: the best first, and at last what it is called in any case.
fn ladder(id: &TypeId, definition: &TypeDef, api: &Api, places: &Places) -> Vec<Called> {
    let mut ladder = Vec::new();
    match &definition.shape {
        Shape::Union(union) if is_made_of_names(union, &api.types) => ladder.push(by_parts(&union.variants)),
        _ => {}
    }
    let is_alone = definition.also.is_empty();
    ladder.extend(definition.title.as_ref().filter(|_| !is_alone).map(Called::by));
    let ways: Vec<_> = [id].into_iter().chain(&definition.also).map(|id| Way::to(&id.0, places)).collect();
    if !is_alone {
        ladder.extend(by_ways(&ways, &definition.shape).into_iter().map(Called::by));
    }
    ladder.push(Called::by(places.words(&id.0, false).join(" ")));
    ladder
}

/// By the types that its values may be of.
fn by_parts(variants: &[UnionVariant]) -> Called {
    let parts = variants.iter().map(|variant| match &variant.ty {
        // All texts are strings of JSON.
        Type::Text(format) => format.about().name,
        _ => variant.name.wire.as_str(),
    });
    let parts: Vec<_> = parts.collect();
    Called::by(parts.join(" or "))
}

/// A part of the way to a place.
#[derive(Clone, PartialEq, Eq)]
struct Step {
    words: String,
    kind: StepKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StepKind {
    /// To a member, or to something else that has a name.
    Member,
    /// To one of several schemas.
    Choice,
    Other,
}

/// The way to a place, in words.
pub(super) struct Way {
    /// Those of the component or the operation that it is in, one by one.
    pub root: Vec<String>,
    /// Those that lead from there to the place.
    steps: Vec<Step>,
    /// The status of the reply that it is in; empty where the description does not say it.
    status: Option<String>,
}

impl Way {
    pub fn to(pointer: &str, places: &Places) -> Self {
        let place = Place::of(pointer);
        let (root, mut at) = places.root(&place);
        let section = place.token(1).filter(|_| pointer.starts_with("/components/"));
        let of = |kind: StepKind| move |words: String| Step { words, kind };
        let mut way = match section {
            // A parameter or a header is a member itself.
            Some("parameters" | "headers") => {
                Self { root: Vec::new(), steps: root.into_iter().map(of(StepKind::Member)).collect(), status: None }
            }
            _ => {
                let mut root: Vec<_> = root.iter().flat_map(|name| words_of(name)).collect();
                let kind = section.and_then(section_word);
                // It goes without saying which section it is.
                root.pop_if(|last| Some(last.as_str()) == kind);
                let status = kind.filter(|kind| *kind == "response").map(|_| String::new());
                Self { root, steps: kind.into_iter().map(str::to_owned).map(of(StepKind::Other)).collect(), status }
            }
        };
        while let Some(keyword) = place.token(at) {
            if keyword == "responses" {
                way.status = place.token(at + 1).map(str::to_owned);
            }
            let kind = match keyword {
                "properties" | "headers" | "parameters" | "$defs" | "definitions" => StepKind::Member,
                "oneOf" | "anyOf" | "type" => StepKind::Choice,
                _ => StepKind::Other,
            };
            way.steps.extend(places.step(&place, at).map(of(kind)));
            at += if takes_name(keyword) { 2 } else { 1 };
        }
        way
    }

    /// Its words, but for those that a step begins with and that have just been said, where the step says more: `budget
    /// alerting` for the member `budget_alerting` of `Budget`.
    pub fn without_repeated(&self) -> String {
        let mut said = self.root.clone();
        for step in &self.steps {
            let words = words_of(&step.words);
            let repeated = (1..words.len()).rev().find(|length| said.ends_with(&words[..*length]));
            said.extend_from_slice(&words[repeated.unwrap_or(0)..]);
        }
        said.join(" ")
    }

    /// The words from each of its members on, the longest first.
    pub fn ends_from_members(&self) -> impl Iterator<Item = String> {
        let steps = self.steps.iter().enumerate();
        let members = steps.filter(|(_, step)| step.kind == StepKind::Member);
        members.map(|(from, _)| joined_words(&self.steps[from..]))
    }

    fn is_in_member(&self) -> bool {
        self.steps.iter().any(|step| step.kind == StepKind::Member)
    }

    fn is_error(&self) -> bool {
        self.status.as_deref().is_some_and(|status| status == "default" || status.starts_with(['4', '5']))
    }

    /// The same, whichever of several schemas it leads through.
    fn without_choices(&self) -> Self {
        let steps = self.steps.iter().filter(|step| step.kind != StepKind::Choice).cloned().collect();
        Self { root: self.root.clone(), steps, status: self.status.clone() }
    }
}

/// By what the ways to its places have in common, from the least to the most.
fn by_ways(ways: &[Way], shape: &Shape) -> Vec<String> {
    if ways.iter().all(|way| !way.is_in_member()) {
        return by_contents(ways, shape).into_iter().collect();
    }
    let ladder = by_members(ways);
    if ladder.is_empty() { by_members(&ways.iter().map(Way::without_choices).collect::<Vec<_>>()) } else { ladder }
}

/// By the member that all are at, and by as much more as the ways there have in common.
fn by_members(ways: &[Way]) -> Vec<String> {
    let Some((first, others)) = ways.split_first() else { return Vec::new() };
    let mut end = first.steps.len();
    for other in others {
        let same = first.steps.iter().rev().zip(other.steps.iter().rev()).take(end);
        end = same.take_while(|(one, other)| one == other).count();
    }
    let least = first.steps.iter().rev().take_while(|step| step.kind != StepKind::Member).count() + 1;
    let tail = |length: usize| joined_words(&first.steps[first.steps.len() - length..]);
    let mut ladder: Vec<_> = (least..=end).map(tail).collect();
    let roots = words_in_common(ways.iter().map(|way| &way.root));
    if !ladder.is_empty() && !roots.is_empty() {
        ladder.push(format!("{} {}", roots.join(" "), tail(end)));
    }
    ladder
}

fn joined_words(steps: &[Step]) -> String {
    steps.iter().map(|step| step.words.as_str()).collect::<Vec<_>>().join(" ")
}

/// Of bodies, by what has them, as far as that is said in the same words; or else by its members, if these are few.
fn by_contents(ways: &[Way], shape: &Shape) -> Option<String> {
    const MEMBERS: usize = 2;
    let (_, steps) = ways.first()?.steps.split_first()?;
    if ways.iter().any(|way| way.steps.get(1..) != Some(steps)) {
        return None;
    }
    let mut words = words_in_common(ways.iter().map(|way| &way.root));
    match shape {
        _ if !words.is_empty() => {}
        Shape::Struct(shape) if shape.fields.is_empty() && shape.rest.is_none() => words.push("empty".to_owned()),
        Shape::Struct(shape) if shape.fields.len() <= MEMBERS && shape.rest.is_none() => {
            let members: Vec<_> = shape.fields.iter().map(|field| field.name.wire.as_str()).collect();
            words.push(members.join(" and "));
        }
        _ => return None,
    }
    let statuses: Option<HashSet<_>> = ways.iter().map(|way| way.status.as_deref()).collect();
    words.push(match statuses.map(|statuses| statuses.into_iter().collect::<Vec<_>>()).as_deref() {
        None => "body".to_owned(),
        Some([only]) if !only.is_empty() => reply_words(only),
        Some([_, _, ..]) if ways.iter().all(Way::is_error) => "error".to_owned(),
        Some(_) => "response".to_owned(),
    });
    words.extend(Some(joined_words(steps)).filter(|words| !words.is_empty()));
    Some(words.join(" "))
}

/// The words that are in all names, in the order of the first; none, if these say nothing.
pub(super) fn words_in_common<'a>(names: impl IntoIterator<Item = &'a Vec<String>>) -> Vec<String> {
    const ACTIONS: [&str; 9] = ["add", "create", "delete", "get", "list", "patch", "post", "put", "update"];
    let mut names = names.into_iter();
    let mut words = names.next().cloned().unwrap_or_default();
    let whole = words.len();
    for other in names {
        if words != *other {
            words = longest_in_both(&words, other);
        }
    }
    if words.len() < whole {
        while words.pop_if(|word| is_between(word)).is_some() {}
    }
    if words.iter().all(|word| is_between(word) || ACTIONS.contains(&word.as_str()) || word == "id") {
        words.clear();
    }
    words
}

/// The words of a name, so many that two names are compared in no time.
pub(super) fn words_of(name: &str) -> Vec<String> {
    const MOST: usize = 40;
    let mut words = Words::of(name).into_parts();
    words.truncate(MOST);
    words
}

/// The longest list of words that two have in their order.
fn longest_in_both(one: &[String], other: &[String]) -> Vec<String> {
    // How many words the rests have in common, by where these begin.
    let mut lengths = vec![vec![0_usize; other.len() + 1]; one.len() + 1];
    for (at, word) in one.iter().enumerate().rev() {
        for (beside, same) in other.iter().enumerate().rev() {
            lengths[at][beside] = match word == same {
                true => lengths[at + 1][beside + 1] + 1,
                false => lengths[at + 1][beside].max(lengths[at][beside + 1]),
            };
        }
    }
    let (mut at, mut beside, mut words) = (0, 0, Vec::new());
    while at < one.len() && beside < other.len() {
        if one[at] == other[beside] {
            words.push(one[at].clone());
            (at, beside) = (at + 1, beside + 1);
        } else if lengths[at + 1][beside] >= lengths[at][beside + 1] {
            at += 1;
        } else {
            beside += 1;
        }
    }
    words
}
