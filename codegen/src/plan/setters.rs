//! The methods that set what may be left out of what is sent.

use super::directions::sent;
use super::reserved::Use;
use crate::api::{Api, Format, Shape, Struct};
use crate::maps::HashSet;

pub(super) fn name(api: &mut Api) {
    let sent = sent(api);
    for (_, definition) in api.types.iter_mut().filter(|(id, _)| sent.contains(*id)) {
        if let Shape::Struct(shape) = &mut definition.shape {
            give(shape);
        }
    }
    let operations = api.groups.iter_mut().flat_map(|group| &mut group.operations);
    let contents = operations.filter_map(|operation| operation.body.as_mut()).flat_map(|body| &mut body.content);
    for content in contents {
        if let Format::Multipart(Some(parts)) = &mut content.format {
            give(&mut parts.shape);
        }
    }
}

/// Names the setters of a struct: as its members, but for those that would hide a method that all values have.
fn give(shape: &mut Struct) {
    let taken: HashSet<_> = shape.fields.iter().map(|field| field.name.rust.clone()).collect();
    for field in shape.fields.iter_mut().filter(|field| !field.is_required()) {
        let mut name = Use::Member.free(field.name.rust.clone());
        while name != field.name.rust && taken.contains(&name) {
            name.push('_');
        }
        field.setter = Some(name);
    }
}
