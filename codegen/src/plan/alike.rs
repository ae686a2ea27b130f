//! Schemas without a name of their own that say the same at members of the same name: they make one
//! type. Descriptions that were made from code repeat such schemas by the hundred.

use std::borrow::Cow;

use petgraph::algo::kosaraju_scc;
use rustc_hash::FxHashMap;

use super::recursion::{graph, mentioned};
use super::type_names::takes_name;
use crate::api::{Api, Shape, TypeId, Types};
use crate::pointer;
use crate::texts::Doc;

/// Leaves of several types that are alike the one whose place comes first, which takes the places of
/// the others along.
pub(super) fn merge(api: &mut Api) {
    // Types that are made of each other can be alike only once others are one type.
    loop {
        let same = alike(api);
        if same.is_empty() {
            return;
        }
        let (gone, types): (Types, Types) =
            std::mem::take(&mut api.types).into_iter().partition(|(id, _)| same.contains_key(id));
        api.types = types;
        for (id, gone) in gone {
            let Some(kept) = same.get(&id).and_then(|kept| api.types.get_mut(kept)) else { continue };
            if kept.doc != gone.doc {
                kept.doc = Doc::default();
            }
            kept.also.push(id);
            kept.also.extend(gone.also);
        }
        let mut replace = |id: &mut TypeId| {
            if let Some(kept) = same.get(id) {
                *id = kept.clone();
            }
        };
        api.for_each_type_mut(&mut |ty| ty.for_each_named_mut(&mut replace));
    }
}

/// Which types are to go, each with the one that is kept for it.
fn alike(api: &Api) -> FxHashMap<TypeId, TypeId> {
    let params = api.operations().flat_map(|operation| &operation.params);
    let params: FxHashMap<_, _> = params.map(|param| (param.origin.pointer(), param.name.wire.as_str())).collect();
    let mut groups: FxHashMap<_, Vec<&TypeId>> = FxHashMap::default();
    // What a type is made of comes before it, and stands in it by the first that is alike.
    let mut first: FxHashMap<&TypeId, &TypeId> = FxHashMap::default();
    for id in innermost_first(api) {
        let Some(definition) = api.types.get(id) else { continue };
        let may_go = definition.name.given.is_none() && !matches!(definition.shape, Shape::Alias(_));
        if may_go && let Some(member) = member(&id.0, &params) {
            let group = groups.entry((member, with_first(&definition.shape, &first), &definition.derives)).or_default();
            group.push(id);
            first.extend(group.first().filter(|known| **known != id).map(|known| (id, *known)));
        }
    }
    let mut same = FxHashMap::default();
    for mut group in groups.into_values() {
        group.sort_by_key(|id| (id.0.len(), &id.0));
        let Some((kept, others)) = group.split_first() else { continue };
        same.extend(others.iter().map(|&id| (id.clone(), (*kept).clone())));
    }
    same
}

/// All types, each behind those that it is made of, as far as these are not made of it.
fn innermost_first(api: &Api) -> Vec<&TypeId> {
    let graph = graph(api, mentioned);
    kosaraju_scc(&graph).into_iter().flatten().map(|node| graph[node]).collect()
}

/// A shape that is made of the first of those that are alike.
fn with_first<'a>(shape: &'a Shape, first: &FxHashMap<&TypeId, &TypeId>) -> Cow<'a, Shape> {
    if !mentioned(shape).iter().any(|id| first.contains_key(id)) {
        return Cow::Borrowed(shape);
    }
    let mut shape = shape.clone();
    let mut replace = |id: &mut TypeId| {
        if let Some(first) = first.get(id) {
            *id = (*first).clone();
        }
    };
    shape.types_mut().for_each(|ty| ty.for_each_named_mut(&mut replace));
    Cow::Owned(shape)
}

/// The innermost member or parameter that a schema is inside of, and the way from there; nothing, if it
/// is inside of none.
fn member<'a>(place: &'a str, params: &FxHashMap<&str, &'a str>) -> Option<(Cow<'a, str>, &'a str)> {
    let ends: Vec<_> = place.match_indices('/').map(|(at, _)| at).skip(1).chain([place.len()]).collect();
    let token = |index: usize| {
        let start = index.checked_sub(1).and_then(|before| ends.get(before)).map_or(1, |end| end + 1);
        ends.get(index).and_then(|end| place.get(start..*end))
    };
    let mut found = None;
    // A name can be any word, so that the way is followed from its start.
    let mut at = if place.starts_with("/components/") { 2 } else { 1 };
    while let Some((here, rest)) = ends.get(at).and_then(|end| place.split_at_checked(*end)) {
        if let Some(name) = params.get(here) {
            found = Some((Cow::from(*name), rest));
        }
        let Some(keyword) = token(at + 1) else { break };
        at += if takes_name(keyword) { 2 } else { 1 };
        if keyword == "properties"
            && let (Some(name), Some(end)) = (token(at), ends.get(at))
        {
            found = Some((pointer::unescape(name), place.get(*end..)?));
        }
    }
    found
}
