//! Which schemas mean something else by where they are referred to from.
//!
//! A `$dynamicRef` to a `$dynamicAnchor` leads to the schema of that name in the outermost resource that was gone
//! through on the way. So a resource that asks for such names, by itself or by what it refers to, is as many schemas
//! as there are ways to it on which the names are bound differently. What is bound where it stands is the resource
//! itself; each other binding is a copy.

use std::collections::{BTreeSet, HashMap, VecDeque};

use serde_json::{Map, Value};

use super::index::Index;
use super::walk::{Visit, walk};
use crate::parse::path::Path;
use crate::grammar::Want;

/// Names, and the resources that have them on the way, in the order of the names.
pub(super) type Bound = Vec<(usize, usize)>;

/// How many values copies may have, and how many names may be passed on.
const MOST: usize = 100_000;

#[derive(Default)]
pub(super) struct Generics {
    names: HashMap<String, usize>,
    /// The names that each resource asks for.
    needs: Vec<BTreeSet<usize>>,
    /// What each resource binds for others, of what anybody asks for.
    binds: Vec<Vec<usize>>,
    /// What is bound where a resource stands.
    homes: Vec<Bound>,
    /// Where the copies are.
    copies: HashMap<(usize, Bound), String>,
    /// Those that were not looked through.
    pub open: VecDeque<Copy>,
    spent: usize,
}

/// A copy of a resource.
pub(super) struct Copy {
    pub resource: usize,
    pub bound: Bound,
    pub root: String,
}

/// What a document asks for is more than what is written in it by far.
pub(super) struct TooMuch;

impl Generics {
    pub fn of(tree: &Value, want: &Want, index: &Index) -> Result<Self, TooMuch> {
        let mut generics = Self { needs: vec![BTreeSet::new(); index.resources.len()], ..Self::default() };
        if !index.resources.iter().any(|resource| resource.anchors.values().any(|anchor| anchor.is_dynamic)) {
            generics.binds = vec![Vec::new(); index.resources.len()];
            generics.homes = vec![Vec::new(); index.resources.len()];
            return Ok(generics);
        }
        let mut asking = Asking { tree, index, names: HashMap::new(), asked: Vec::new(), users: HashMap::new() };
        for (number, resource) in index.resources.iter().enumerate() {
            asking.users.entry(number).or_default().extend(resource.parent);
        }
        walk(&mut asking, tree, want, &mut Path::default(), &0);
        let Asking { names, mut asked, users, .. } = asking;
        generics.names = names;
        while let Some((resource, name)) = asked.pop() {
            let is_new = generics.needs.get_mut(resource).is_some_and(|needs| needs.insert(name));
            for user in users.get(&resource).into_iter().flatten().filter(|_| is_new) {
                generics.spend(1)?;
                asked.push((*user, name));
            }
        }
        generics.spent = 0;
        for (number, resource) in index.resources.iter().enumerate() {
            let dynamic = resource.anchors.iter().filter(|(_, anchor)| anchor.is_dynamic);
            generics.binds.push(dynamic.filter_map(|(name, _)| generics.names.get(name).copied()).collect());
            let outer = resource.parent.and_then(|parent| generics.homes.get(parent)).cloned().unwrap_or_default();
            generics.spend(outer.len())?;
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

    /// What is bound in a resource, by what was on the way to it.
    pub fn enter(&self, outer: &Bound, resource: usize) -> Bound {
        let needs = self.needs.get(resource);
        let is_needed = |name: &usize| needs.is_some_and(|needs| needs.contains(name));
        let mut bound: Bound = outer.iter().filter(|(name, _)| is_needed(name)).copied().collect();
        for name in self.binds.get(resource).into_iter().flatten().filter(|name| is_needed(name)) {
            if let Err(at) = bound.binary_search_by_key(name, |(name, _)| *name) {
                bound.insert(at, (*name, resource));
            }
        }
        bound
    }

    pub fn home(&self, resource: usize) -> Option<&Bound> {
        self.homes.get(resource)
    }

    /// The resource that has a name on the way to where these are bound.
    pub fn bound(&self, name: &str, bound: &Bound) -> Option<usize> {
        let name = self.names.get(name)?;
        bound.iter().find(|(known, _)| known == name).map(|(_, resource)| *resource)
    }

    /// Where the copy of a resource is.
    pub fn copy(&self, resource: usize, bound: &Bound) -> Option<&str> {
        self.copies.get(&(resource, bound.clone())).map(String::as_str)
    }

    pub fn add_copy(&mut self, resource: usize, bound: Bound, root: String) {
        self.copies.insert((resource, bound.clone()), root.clone());
        self.open.push_back(Copy { resource, bound, root });
    }
}

struct Asking<'a> {
    tree: &'a Value,
    index: &'a Index,
    names: HashMap<String, usize>,
    /// The names that resources ask for themselves.
    asked: Vec<(usize, usize)>,
    /// The resources that refer to each, or have it in them.
    users: HashMap<usize, BTreeSet<usize>>,
}

impl Visit for Asking<'_> {
    type Scope = usize;

    fn schema(&mut self, schema: &Map<String, Value>, path: &Path, _: &usize) -> usize {
        let here = self.index.resource_at(path.original());
        for keyword in ["$ref", "$dynamicRef"] {
            let Some(reference) = schema.get(keyword).and_then(Value::as_str) else { continue };
            let Ok(Some(found)) = self.index.find(self.tree, reference, here) else { continue };
            if found.resource != here {
                self.users.entry(found.resource).or_default().insert(here);
            }
            if let (Some(name), "$dynamicRef") = (found.dynamic, keyword) {
                let next = self.names.len();
                self.asked.push((here, *self.names.entry(name).or_insert(next)));
            }
        }
        here
    }
}
