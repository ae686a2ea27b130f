//! What makes what is sent of what was received, where these are two types.

use super::recursion::mentioned_by;
use crate::api::{Api, Conversion, Field, Shape, TypeDef, TypeId};
use crate::maps::{HashMap, HashSet};

pub(super) fn settle(api: &mut Api) {
    let seconds = || api.types.iter().filter(|(_, definition)| definition.is_second());
    let mut users: HashMap<&TypeId, Vec<&TypeId>> = HashMap::default();
    for (id, definition) in seconds() {
        for target in mentioned_by(&definition.shape, |field| field.only.is_none()) {
            users.entry(target).or_default().push(id);
        }
    }
    let mut open: Vec<_> = seconds().filter(|(_, definition)| needs_more(definition)).map(|(id, _)| id).collect();
    // What has such a thing inside needs that.
    let mut needy: HashSet<&TypeId> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        open.extend(users.get(id).into_iter().flatten().copied().filter(|user| needy.insert(user)));
    }
    let settled = seconds().filter_map(|(id, definition)| {
        let conversion = match (&definition.shape, needy.contains(id)) {
            (_, false) => Conversion::Whole,
            (Shape::Struct(_), true) => Conversion::WithMembers,
            (_, true) => Conversion::None,
        };
        Some([(definition.twin.as_ref()?.id.clone(), conversion), (id.clone(), conversion)])
    });
    for (id, conversion) in settled.flatten().collect::<Vec<_>>() {
        let twin = api.types.get_mut(&id).and_then(|definition| definition.twin.as_mut());
        twin.into_iter().for_each(|twin| twin.conversion = conversion);
    }
}

/// Whether requests require members that replies do not have.
fn needs_more(definition: &TypeDef) -> bool {
    match &definition.shape {
        Shape::Struct(shape) => shape.fields.iter().any(Field::is_to_be_added),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => false,
    }
}
