//! Types that nothing has: a body of parts is a struct of its own, so that the type of its schema, which would be one
//! of JSON, is needed only where something else refers to it.

use super::recursion::{mentioned, named};
use crate::api::{Api, Format, TypeId};
use crate::maps::HashSet;

/// Removes what was made of the schemas of parts, where they stand, and is not needed.
pub(super) fn remove(api: &mut Api) {
    let bodies = api.operations().filter_map(|operation| operation.body.as_ref());
    let parts = bodies.flat_map(|body| &body.content).filter(|content| matches!(content.format, Format::Multipart(_)));
    let places: HashSet<_> = parts.map(|content| content.origin.child("schema").pointer().to_owned()).collect();
    if places.is_empty() {
        return;
    }
    let is_made_of_parts = |id: &TypeId| ancestors(&id.0).any(|place| places.contains(place));
    let mut needed = Needed::default();
    for (_, definition) in api.types.iter().filter(|(id, _)| !is_made_of_parts(id)) {
        needed.note(mentioned(&definition.shape));
    }
    needed.note(named(api.used_types()));
    while let Some(id) = needed.open.pop() {
        if let Some(definition) = api.types.get(&id).filter(|_| is_made_of_parts(&id)) {
            needed.note(mentioned(&definition.shape));
        }
    }
    api.types.retain(|id, _| !is_made_of_parts(id) || needed.types.contains(id));
}

/// What something has.
#[derive(Default)]
struct Needed {
    types: HashSet<TypeId>,
    /// Those of them that were not looked into.
    open: Vec<TypeId>,
}

impl Needed {
    fn note(&mut self, ids: Vec<&TypeId>) {
        for id in ids {
            if self.types.insert(id.clone()) {
                self.open.push(id.clone());
            }
        }
    }
}

/// A place, and those around it.
fn ancestors(place: &str) -> impl Iterator<Item = &str> {
    let ends = place.match_indices('/').map(|(end, _)| end).skip(1);
    ends.chain([place.len()]).map(|end| &place[..end])
}
