//! Which types of two APIs are the same: by the places of their schemas, then by their names, and at last by what
//! they are made of.

use std::cell::RefCell;

use crate::api::{Api, Shape, Type, TypeDef, TypeId};
use crate::maps::{HashMap, HashSet};

/// What the types of an API are known by when it is compared.
#[derive(Default)]
pub(super) struct Keys(HashMap<TypeId, String>);

impl Keys {
    pub fn of<'k>(&'k self, id: &'k TypeId) -> &'k str {
        self.0.get(id).map_or(&id.0, String::as_str)
    }
}

/// The pairs of types of two APIs, and what follows for all that is made of them.
pub(super) struct Pairs<'a> {
    old: &'a Api,
    new: &'a Api,
    /// By the new type.
    old_of: HashMap<&'a TypeId, &'a TypeId>,
    /// What came of comparing types that are no pair.
    known: RefCell<HashMap<(&'a TypeId, &'a TypeId), bool>>,
}

impl<'a> Pairs<'a> {
    pub fn of(old: &'a Api, new: &'a Api) -> Self {
        let mut open =
            Open { old: old.types.keys().collect(), new: new.types.keys().collect(), old_of: HashMap::default() };
        open.pair_through_names(old, new);
        open.pair(|id| [id.clone()], |id| [id.clone()]);
        let also = |api: &'a Api| {
            move |id: &TypeId| {
                let also = api.types.get(id).map(|definition| definition.also.as_slice()).unwrap_or_default();
                [id].into_iter().chain(also).cloned().collect::<Vec<_>>()
            }
        };
        open.pair(also(old), also(new));
        let name = |api: &'a Api| move |id: &TypeId| api.types.get(id).map(|definition| definition.name.rust.clone());
        open.pair(name(old), name(new));
        let members = |api: &'a Api| move |id: &TypeId| api.types.get(id).and_then(members);
        open.pair(members(old), members(new));
        Self { old, new, old_of: open.old_of, known: RefCell::default() }
    }

    /// What the new types are known by: each by its counterpart, and none of the others by that of an old one.
    pub fn keys(&self) -> Keys {
        let keys = self.new.types.keys().map(|id| match self.old_of.get(id) {
            Some(old) => (id.clone(), old.0.to_string()),
            None if self.old.types.contains_key(id) => (id.clone(), format!("new {}", id.0)),
            None => (id.clone(), id.0.to_string()),
        });
        Keys(keys.collect())
    }

    /// Whether a type is still the same, but for the names of the types that it is made of.
    pub fn is_same(&self, old: &'a Type, new: &'a Type) -> bool {
        let (Type::Named(old_id), Type::Named(new_id)) = (old, new) else {
            return match (alias(self.old, old), alias(self.new, new)) {
                (None, None) => self.is_made_alike(old, new),
                (old_target, new_target) => self.is_same(old_target.unwrap_or(old), new_target.unwrap_or(new)),
            };
        };
        if self.old_of.get(new_id) == Some(&old_id) {
            return true;
        }
        if let Some(known) = self.known.borrow().get(&(old_id, new_id)) {
            return *known;
        }
        let is_same = match (alias(self.old, old), alias(self.new, new)) {
            (None, None) => false,
            (old_target, new_target) => self.is_same(old_target.unwrap_or(old), new_target.unwrap_or(new)),
        };
        self.known.borrow_mut().insert((old_id, new_id), is_same);
        is_same
    }

    /// The same of types neither of which is a name.
    fn is_made_alike(&self, old: &'a Type, new: &'a Type) -> bool {
        let is_alike = match (old, new) {
            (Type::Integer(old), Type::Integer(new)) => old == new,
            (Type::Text(old), Type::Text(new)) => old == new,
            (Type::Foreign(old), Type::Foreign(new)) => old == new,
            (Type::Tuple(old), Type::Tuple(new)) => (old.required, old.is_open) == (new.required, new.is_open),
            (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
        };
        let (old, new) = (old.parts(), new.parts());
        is_alike && old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.is_same(old, new))
    }
}

/// The type that a type is another name of.
fn other_name<'a>(api: &'a Api, id: &TypeId) -> Option<&'a TypeId> {
    match &api.types.get(id)?.shape {
        Shape::Alias(target) => target.named(),
        _ => None,
    }
}

/// What stands behind a type that is another name for it.
fn alias<'a>(api: &'a Api, ty: &Type) -> Option<&'a Type> {
    match &api.types.get(ty.named()?)?.shape {
        Shape::Alias(target) => Some(target),
        _ => None,
    }
}

/// What a type is made of, by the names of the description, if that tells it from others.
fn members(definition: &TypeDef) -> Option<(bool, Vec<String>)> {
    let (is_struct, mut names) = match &definition.shape {
        Shape::Struct(shape) => (true, shape.fields.iter().map(|field| field.name.wire.clone()).collect::<Vec<_>>()),
        Shape::Enum(shape) => (false, shape.variants.iter().map(|variant| variant.name.wire.clone()).collect()),
        Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => return None,
    };
    names.sort();
    (!names.is_empty()).then_some((is_struct, names))
}

/// The types that have no counterpart yet, in their order.
struct Open<'a> {
    old: Vec<&'a TypeId>,
    new: Vec<&'a TypeId>,
    old_of: HashMap<&'a TypeId, &'a TypeId>,
}

impl<'a> Open<'a> {
    /// Pairs what stood at a place with what only has another name there now, and the other way round.
    fn pair_through_names(&mut self, old: &'a Api, new: &'a Api) {
        let mut taken = HashSet::default();
        for (place, _) in old.types.iter().filter(|(place, _)| new.types.contains_key(*place)) {
            let (before, now) = match (other_name(old, place), other_name(new, place)) {
                (None, Some(now)) if !old.types.contains_key(now) => (place, now),
                (Some(before), None) if !new.types.contains_key(before) => (before, place),
                _ => continue,
            };
            if !self.old_of.contains_key(now) && taken.insert(before) {
                self.old_of.insert(now, before);
            }
        }
        self.settle(&taken);
    }

    /// Takes away those that have a counterpart.
    fn settle(&mut self, taken: &HashSet<&TypeId>) {
        self.old.retain(|id| !taken.contains(id));
        let paired = &self.old_of;
        self.new.retain(|id| !paired.contains_key(id));
    }

    /// Pairs those that have a mark which no other one has on their side.
    fn pair<M: Eq + std::hash::Hash, O: IntoIterator<Item = M>, N: IntoIterator<Item = M>>(
        &mut self,
        of_old: impl Fn(&TypeId) -> O,
        of_new: impl Fn(&TypeId) -> N,
    ) {
        let mut by_mark: HashMap<M, Option<&'a TypeId>> = HashMap::default();
        for id in &self.old {
            for mark in of_old(id) {
                let others = by_mark.contains_key(&mark);
                by_mark.insert(mark, Some(*id).filter(|_| !others));
            }
        }
        let mut asking: HashMap<M, usize> = HashMap::default();
        for mark in self.new.iter().flat_map(|id| of_new(id)) {
            *asking.entry(mark).or_default() += 1;
        }
        let mut taken: HashSet<&TypeId> = HashSet::default();
        for id in &self.new {
            let marks = of_new(id).into_iter().filter(|mark| asking.get(mark) == Some(&1));
            let found = marks.filter_map(|mark| *by_mark.get(&mark)?).find(|old| !taken.contains(old));
            if let Some(old) = found {
                taken.insert(old);
                self.old_of.insert(id, old);
            }
        }
        self.settle(&taken);
    }
}
