//! Which schemas mean something else by where they are referred to from.
//!
//! A `$dynamicRef` to a `$dynamicAnchor` leads to the schema of that name in the outermost resource that was gone
//! through on the way. So a part of the document that asks for such names, by itself or by what it refers to, is as
//! many schemas as there are ways to it on which the names are bound differently. What is bound where it stands is the
//! part itself; each other binding is a copy.

use std::collections::{BTreeSet, VecDeque};
use std::mem;

use serde_json::{Map, Value};

use super::index::Index;
use super::walk::{Visit, walk};
use crate::grammar::Want;
use crate::maps::{HashMap, HashSet};
use crate::parse::path::Path;

/// Names, and the resources that have them on the way, in the order of the names.
pub(super) type Bound = Vec<(usize, usize)>;

/// How many values copies may have.
const MOST_VALUES: usize = 100_000;

/// How often a name may be passed on from one part to another.
const MOST_STEPS: usize = 2_000_000;

#[derive(Default)]
pub(super) struct Generics {
    names: HashMap<String, usize>,
    /// The names that each unit asks for.
    needs: Vec<BTreeSet<usize>>,
    /// The names that each resource binds for others, of what anybody asks for.
    binds: Vec<HashSet<usize>>,
    /// The resource of each unit.
    resources: Vec<usize>,
    /// What is bound where a unit stands.
    homes: Vec<Bound>,
    /// Where the copies are.
    copies: HashMap<(usize, Bound), String>,
    /// Those that were not looked through.
    pub open: VecDeque<Copy>,
    values: usize,
    steps: usize,
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
        let mut asking =
            Asking { tree, index, names: HashMap::default(), asked: Vec::new(), users: HashMap::default() };
        for (number, unit) in index.units.iter().enumerate() {
            asking.users.entry(number).or_default().extend(unit.parent);
        }
        walk(&mut asking, tree, want, &mut Path::default(), &0);
        let Asking { names, mut asked, users, .. } = asking;
        generics.names = names;
        while let Some((unit, name)) = asked.pop() {
            let is_new = generics.needs.get_mut(unit).is_some_and(|needs| needs.insert(name));
            for user in users.get(&unit).into_iter().flatten().filter(|_| is_new) {
                generics.step(1)?;
                asked.push((*user, name));
            }
        }
        for resource in &index.resources {
            let dynamic = resource.anchors.iter().filter(|(_, anchor)| anchor.is_dynamic);
            generics.binds.push(dynamic.filter_map(|(name, _)| generics.names.get(name).copied()).collect());
        }
        generics.resources = index.units.iter().map(|unit| unit.resource).collect();
        for (number, unit) in index.units.iter().enumerate() {
            let parent = unit.parent.and_then(|parent| generics.homes.get_mut(parent));
            let outer = parent.map(mem::take).unwrap_or_default();
            let home = generics.enter(&outer, number)?;
            if let Some(parent) = unit.parent.and_then(|parent| generics.homes.get_mut(parent)) {
                *parent = outer;
            }
            generics.homes.push(home);
        }
        Ok(generics)
    }

    /// Takes account of what is copied.
    pub fn spend(&mut self, values: usize) -> Result<(), TooMuch> {
        self.values += values;
        if self.values > MOST_VALUES { Err(TooMuch) } else { Ok(()) }
    }

    fn step(&mut self, names: usize) -> Result<(), TooMuch> {
        self.steps += names;
        if self.steps > MOST_STEPS { Err(TooMuch) } else { Ok(()) }
    }

    /// What is bound in a unit, by what was on the way to it.
    pub fn enter(&mut self, outer: &Bound, unit: usize) -> Result<Bound, TooMuch> {
        let count = self.needs.get(unit).map_or(0, BTreeSet::len);
        self.step(count)?;
        let resource = self.resources.get(unit).copied().unwrap_or_default();
        let own = self.binds.get(resource);
        let bound = self.needs.get(unit).into_iter().flatten().filter_map(|name| {
            match outer.binary_search_by_key(name, |(name, _)| *name) {
                Ok(at) => outer.get(at).copied(),
                Err(_) => own.filter(|own| own.contains(name)).map(|_| (*name, resource)),
            }
        });
        Ok(bound.collect())
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
