//! Which schemas mean something else by where they are referred to from.
//!
//! A `$dynamicRef` to a `$dynamicAnchor` leads to the schema of that name in the outermost resource that was gone
//! through on the way. So a part of the document that asks for such names, by itself or by what it refers to, is as
//! many schemas as there are ways to it on which the names are bound differently. What is bound where it stands is the
//! part itself; each other binding is a copy.

use std::collections::{BTreeSet, HashMap, VecDeque};

use serde_json::{Map, Value};

use super::index::Index;
use super::walk::{Visit, walk};
use crate::grammar::Want;
use crate::parse::path::Path;

/// Names, and the resources that have them on the way, in the order of the names.
pub(super) type Bound = Vec<(usize, usize)>;

/// How many values copies may have, and how many names may be passed on.
const MOST: usize = 100_000;

#[derive(Default)]
pub(super) struct Generics {
    names: HashMap<String, usize>,
    /// The names that each unit asks for.
    needs: Vec<BTreeSet<usize>>,
    /// The resource of each unit, and the names that it binds for others, of what anybody asks for.
    binds: Vec<(usize, Vec<usize>)>,
    /// What is bound where a unit stands.
    homes: Vec<Bound>,
    /// Where the copies are.
    copies: HashMap<(usize, Bound), String>,
    /// Those that were not looked through.
    pub open: VecDeque<Copy>,
    spent: usize,
}

/// A copy of a unit.
pub(super) struct Copy {
    pub unit: usize,
    pub bound: Bound,
    pub root: String,
}

/// What a document asks for is more than what is written in it by far.
pub(super) struct TooMuch;

impl Generics {
    pub fn of(tree: &Value, want: &Want, index: &Index) -> Result<Self, TooMuch> {
        let count = index.units.len();
        let mut generics = Self { needs: vec![BTreeSet::new(); count], ..Self::default() };
        if !index.resources.iter().any(|resource| resource.anchors.values().any(|anchor| anchor.is_dynamic)) {
            generics.homes = vec![Vec::new(); count];
            return Ok(generics);
        }
        let mut asking = Asking { tree, index, names: HashMap::new(), asked: Vec::new(), users: HashMap::new() };
        for (number, unit) in index.units.iter().enumerate() {
            asking.users.entry(number).or_default().extend(unit.parent);
        }
        walk(&mut asking, tree, want, &mut Path::default(), &0);
        let Asking { names, mut asked, users, .. } = asking;
        generics.names = names;
        while let Some((unit, name)) = asked.pop() {
            let is_new = generics.needs.get_mut(unit).is_some_and(|needs| needs.insert(name));
            for user in users.get(&unit).into_iter().flatten().filter(|_| is_new) {
                generics.spend(1)?;
                asked.push((*user, name));
            }
        }
        generics.spent = 0;
        for (number, unit) in index.units.iter().enumerate() {
            let anchors = index.resource(unit.resource).into_iter().flat_map(|resource| &resource.anchors);
            let dynamic = anchors.filter(|(_, anchor)| anchor.is_dynamic);
            let names: Vec<_> = dynamic.filter_map(|(name, _)| generics.names.get(name).copied()).collect();
            let outer = unit.parent.and_then(|parent| generics.homes.get(parent)).cloned().unwrap_or_default();
            generics.spend(outer.len() + names.len())?;
            generics.binds.push((unit.resource, names));
            let home = generics.enter(&outer, number);
            generics.homes.push(home);
        }
        generics.spent = 0;
        Ok(generics)
    }

    /// Takes account of some work.
    pub fn spend(&mut self, values: usize) -> Result<(), TooMuch> {
        self.spent += values;
        if self.spent > MOST { Err(TooMuch) } else { Ok(()) }
    }

    /// What is bound in a unit, by what was on the way to it.
    pub fn enter(&self, outer: &Bound, unit: usize) -> Bound {
        let needs = self.needs.get(unit);
        let is_needed = |name: &usize| needs.is_some_and(|needs| needs.contains(name));
        let mut bound: Bound = outer.iter().filter(|(name, _)| is_needed(name)).copied().collect();
        let Some((resource, names)) = self.binds.get(unit) else { return bound };
        for name in names.iter().filter(|name| is_needed(name)) {
            if let Err(at) = bound.binary_search_by_key(name, |(name, _)| *name) {
                bound.insert(at, (*name, *resource));
            }
        }
        bound
    }

    pub fn home(&self, unit: usize) -> Option<&Bound> {
        self.homes.get(unit)
    }

    /// The resource that has a name on the way to where these are bound.
    pub fn bound(&self, name: &str, bound: &Bound) -> Option<usize> {
        let name = self.names.get(name)?;
        bound.iter().find(|(known, _)| known == name).map(|(_, resource)| *resource)
    }

    /// Where the copy of a unit is.
    pub fn copy(&self, unit: usize, bound: &Bound) -> Option<&str> {
        self.copies.get(&(unit, bound.clone())).map(String::as_str)
    }

    pub fn add_copy(&mut self, unit: usize, bound: Bound, root: String) {
        self.copies.insert((unit, bound.clone()), root.clone());
        self.open.push_back(Copy { unit, bound, root });
    }
}

struct Asking<'a> {
    tree: &'a Value,
    index: &'a Index,
    names: HashMap<String, usize>,
    /// The names that units ask for themselves.
    asked: Vec<(usize, usize)>,
    /// The units that refer to each, or have it in them.
    users: HashMap<usize, BTreeSet<usize>>,
}

impl Visit for Asking<'_> {
    type Scope = usize;

    fn schema(&mut self, schema: &Map<String, Value>, path: &Path, _: &usize) -> usize {
        let here = self.index.unit_at(path.original());
        let resource = self.index.unit(here).map_or(0, |unit| unit.resource);
        for keyword in ["$ref", "$dynamicRef"] {
            let Some(reference) = schema.get(keyword).and_then(Value::as_str) else { continue };
            let Ok(Some(found)) = self.index.find(self.tree, reference, resource) else { continue };
            let unit = self.index.unit_at(&found.pointer);
            if unit != here {
                self.users.entry(unit).or_default().insert(here);
            }
            if let (Some(name), "$dynamicRef") = (found.dynamic, keyword) {
                let next = self.names.len();
                self.asked.push((here, *self.names.entry(name).or_insert(next)));
            }
        }
        here
    }
}
