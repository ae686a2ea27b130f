//! Schemas without a name of their own that say the same, and are the same thing: they make one type. Descriptions
//! that were made from code repeat such schemas by the hundred.

use std::borrow::Cow;
use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;

use super::kin::{Kin, Kinship};
use super::recursion::{graph, mentioned};
use crate::api::{Api, Shape, TypeDef, TypeId, Types};
use crate::maps::{HashMap, HashSet};
use crate::texts::Doc;

/// Leaves of several types that are alike the one whose place comes first, which takes the places of
/// the others along.
pub(super) fn merge(api: &mut Api) {
    let same = alike(api);
    if same.is_empty() {
        return;
    }
    let (gone, types): (Types, Types) =
        std::mem::take(&mut api.types).into_iter().partition(|(id, _)| same.contains_key(id));
    api.types = types;
    let mut titles: HashMap<&TypeId, Vec<String>> = HashMap::default();
    for (id, gone) in gone {
        let Some((place, kept)) = same.get(&id).and_then(|place| Some((place, api.types.get_mut(place)?))) else {
            continue;
        };
        if kept.doc != gone.doc {
            kept.doc = Doc::default();
        }
        titles.entry(place).or_default().extend(kept.title.take().into_iter().chain(gone.title));
        kept.also.push(id);
    }
    for (place, titles) in titles {
        let title = most_usual(titles);
        api.types.get_mut(place).into_iter().for_each(|kept| kept.title.clone_from(&title));
    }
    let mut replace = |id: &mut TypeId| {
        if let Some(kept) = same.get(id) {
            *id = kept.clone();
        }
    };
    api.for_each_type_mut(&mut |ty| ty.for_each_named_mut(&mut replace));
}

/// The title that most have; of several, the first by its letters.
fn most_usual(mut titles: Vec<String>) -> Option<String> {
    titles.sort_unstable();
    let mut most: Option<&[String]> = None;
    for same in titles.chunk_by(|one, other| one == other) {
        if most.is_none_or(|most| same.len() > most.len()) {
            most = Some(same);
        }
    }
    most.and_then(|same| same.first().cloned())
}

/// Which types are to go, each with the one that is kept for it.
fn alike(api: &Api) -> HashMap<TypeId, TypeId> {
    let mut classes = Classes::of(api);
    // What is made of a type that turns out to be like another one is looked at again, the small ones first: others
    // are made of these.
    let mut again = BTreeSet::new();
    let size = |id: &TypeId| api.types.get(id).map_or(0, |definition| mentioned(&definition.shape).len());
    for id in classes.innermost_first(api) {
        again.extend(classes.add(id).into_iter().map(|user| (size(user), user)));
    }
    while let Some((_, id)) = again.pop_first() {
        again.extend(classes.add(id).into_iter().map(|user| (size(user), user)));
    }
    let mut groups: HashMap<&TypeId, Vec<&TypeId>> = HashMap::default();
    classes.kin.keys().for_each(|id| groups.entry(classes.first(id)).or_default().push(id));
    let mut same = HashMap::default();
    for mut group in groups.into_values() {
        group.sort_by_key(|id| (id.0.len(), &id.0));
        let Some((kept, others)) = group.split_first() else { continue };
        same.extend(others.iter().map(|&id| (id.clone(), (*kept).clone())));
    }
    same
}

/// Types that can be alike, and those that are, as far as that is known.
struct Classes<'a> {
    types: &'a Types,
    /// What each of them has in common with others; of those that are alike, what any of them has.
    kin: HashMap<&'a TypeId, HashSet<Kin<'a>>>,
    /// What is made of each of them.
    users: HashMap<&'a TypeId, Vec<&'a TypeId>>,
    /// For a type that is like another one, that one or one that leads there.
    next: HashMap<&'a TypeId, &'a TypeId>,
    /// All that types say, by the number that stands for it.
    said: HashMap<(Cow<'a, Shape>, &'a [String]), usize>,
    /// A type that says something and has something in common with others that say the same.
    known: HashMap<(usize, Kin<'a>), &'a TypeId>,
}

impl<'a> Classes<'a> {
    fn of(api: &'a Api) -> Self {
        let kinship = Kinship::of(api);
        let kin = api.types.iter().map(|(id, definition)| (id, kinship.kin(id, definition)));
        let kin = kin.filter(|(_, kin)| !kin.is_empty()).map(|(id, kin)| (id, kin.into_iter().collect()));
        // What types say is hashed whole, and again where the table grows.
        let said = HashMap::with_capacity_and_hasher(api.types.len(), Default::default());
        let (users, next, known) = Default::default();
        Self { types: &api.types, kin: kin.collect(), users, next, said, known }
    }

    /// All that can be alike, each behind those that it is made of, as far as these are not made of it.
    fn innermost_first(&mut self, api: &'a Api) -> Vec<&'a TypeId> {
        let graph = graph(api, |shape| mentioned(shape).into_iter().filter(|id| self.kin.contains_key(id)).collect());
        let between = graph.raw_edges().iter().map(|edge| (graph[edge.source()], graph[edge.target()]));
        for (user, used) in between.filter(|(user, _)| self.kin.contains_key(user)) {
            self.users.entry(used).or_default().push(user);
        }
        let ids = kosaraju_scc(&graph).into_iter().flatten().map(|node| graph[node]);
        ids.filter(|id| self.kin.contains_key(id)).collect()
    }

    /// The type that stands for all that one is like.
    fn first(&self, id: &'a TypeId) -> &'a TypeId {
        let mut id = id;
        while let Some(next) = self.next.get(id) {
            id = next;
        }
        id
    }

    /// Finds what a type is like, and gives all that has to be looked at again for it.
    fn add(&mut self, id: &'a TypeId) -> Vec<&'a TypeId> {
        let id = self.first(id);
        let Some(definition) = self.types.get(id) else { return Vec::new() };
        let said = self.number(definition);
        let mut again = Vec::new();
        let mut stands = id;
        for kin in self.kin.get(id).cloned().unwrap_or_default() {
            let known = *self.known.entry((said, kin)).or_insert(id);
            if let Some(gone) = self.join(&mut stands, self.first(known)) {
                again.extend(self.users.get(gone).into_iter().flatten());
            }
        }
        again
    }

    /// Makes one class of two, and gives the type that no longer stands for one.
    fn join(&mut self, stands: &mut &'a TypeId, other: &'a TypeId) -> Option<&'a TypeId> {
        if *stands == other {
            return None;
        }
        let size = |id| self.kin.get(id).map_or(0, HashSet::len);
        let (stays, gone) = if size(*stands) > size(other) { (*stands, other) } else { (other, *stands) };
        let moved = self.kin.get(gone).cloned().unwrap_or_default();
        self.kin.entry(stays).or_default().extend(moved);
        self.next.insert(gone, stays);
        *stands = stays;
        Some(gone)
    }

    /// The number for what a type says, being made of the types that stand for all that are alike.
    fn number(&mut self, definition: &'a TypeDef) -> usize {
        let shape = self.with_first(&definition.shape);
        let next = self.said.len();
        *self.said.entry((shape, &definition.derives)).or_insert(next)
    }

    fn with_first(&self, shape: &'a Shape) -> Cow<'a, Shape> {
        if !mentioned(shape).iter().any(|id| self.next.contains_key(id)) {
            return Cow::Borrowed(shape);
        }
        let mut shape = shape.clone();
        let mut replace = |id: &mut TypeId| {
            if let Some((known, _)) = self.next.get_key_value(id) {
                *id = self.first(known).clone();
            }
        };
        shape.types_mut().for_each(|ty| ty.for_each_named_mut(&mut replace));
        Cow::Owned(shape)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::{Options, Source, generate};

    /// The names of the structs and enums that are made of some schemas, in the order of their letters.
    fn types(schemas: &str) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: Cats, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
        );
        let generated = generate(&Source::new("cats.yaml", text), &Options::default()).expect("a crate");
        let types = generated.files().iter().filter(|(path, _)| path.starts_with("src/types"));
        let names = types.flat_map(|(_, text)| text.lines()).filter_map(|line| {
            let name = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
            Some(name.trim_end_matches(" {").to_owned())
        });
        names.collect()
    }

    #[test]
    fn what_is_made_of_itself_is_alike_only_up_to_that() {
        let cat = |name: &str| {
            format!(
                "    {name}:\n      properties:\n        kin: {{ properties: {{ next: {{ $ref: '#/components/schemas/{name}/properties/kin' }} }} }}\n"
            )
        };
        assert_eq!(types(&(cat("Cat") + &cat("Dog"))), ["Cat", "CatKin", "Dog", "DogKin"]);
    }

    /// Two rows of types, each of which is made of the next one and leads back to the first, and of which the last
    /// ones are alike.
    fn rows(length: usize) -> String {
        let mut text = String::new();
        for row in ["Cat", "Dog"] {
            writeln!(text, "    {row}:\n      properties:").expect("text");
            for index in 0..length {
                let next = format!("{{ $ref: '#/components/schemas/{row}/properties/m{}' }}", index + 1);
                writeln!(text, "        m{index}: {{ properties: {{ next: {next} }} }}").expect("text");
            }
            writeln!(
                text,
                "        m{length}: {{ properties: {{ end: {{ $ref: '#/components/schemas/Cat/properties/m0' }} }} }}"
            )
            .expect("text");
        }
        text
    }

    #[test]
    fn what_is_alike_once_others_are_is_found_on_a_cycle() {
        let names = types(&rows(3));
        assert_eq!(names, ["Cat", "Dog", "M0", "M1", "M2", "M3"]);
    }

    #[test]
    fn what_a_type_is_called_by_what_it_is_stays_where_another_place_comes_up() {
        let cat = |member: &str| {
            format!("        {member}: {{ oneOf: [{{ type: string }}, {{ $ref: '#/components/schemas/Toy' }}] }}\n")
        };
        let toy =
            "    Toy: { required: [size], properties: { size: { type: integer } } }\n    Cat:\n      properties:\n";
        let two = format!("{toy}{}{}", cat("toy"), cat("prize"));
        let three = format!("{two}{}", cat("accident"));
        assert_eq!(types(&two), ["Cat", "StringOrToy", "Toy"]);
        assert_eq!(types(&two), types(&three));
    }
}
