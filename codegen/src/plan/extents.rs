//! How much room values take, and boxes where that would be more than a stack can hold: a struct that has
//! another one twice, which has another one twice, takes twice as much at each level.

use petgraph::algo::toposort;

use super::recursion::{contained, graph, held_in_place, wrap};
use crate::api::{Api, Extents, Field, Shape, Type, TypeId};

/// The most that a struct holds in place, where boxes help.
const LARGE: usize = 64 << 10;

/// What is boxed then takes at least this much.
const WORTH_A_BOX: usize = 512;

/// Boxes what is too large, and keeps the extents of all types. No type contains itself any more.
pub(super) fn settle(api: &mut Api) {
    let mut extents = Extents::default();
    for id in innermost_first(api) {
        let Some(definition) = api.types.get_mut(&id) else { continue };
        if let Shape::Struct(shape) = &mut definition.shape {
            box_what_is_large(&mut shape.fields, |ty| extents.of(ty).size);
        }
        extents.insert(id, extents.of_definition(definition));
    }
    api.extents = extents;
}

fn box_what_is_large(fields: &mut [Field], size: impl Fn(&Type) -> usize) {
    if fields.iter().map(|field| size(&field.ty)).fold(0, usize::saturating_add) <= LARGE {
        return;
    }
    for field in fields {
        if contained(&field.ty).is_some() && size(&field.ty) >= WORTH_A_BOX {
            wrap(&mut field.ty);
        }
    }
}

/// All types, each behind those that it holds in place.
fn innermost_first(api: &Api) -> Vec<TypeId> {
    let graph = graph(api, held_in_place);
    let order = toposort(&graph, None).unwrap_or_else(|_| graph.node_indices().collect());
    order.into_iter().rev().map(|node| graph[node].clone()).collect()
}
