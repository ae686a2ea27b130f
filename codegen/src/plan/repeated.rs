//! What is said of a member, or of a choice, only because it refers to a schema that says so: it stands with the type
//! of that schema, which is named there.

use super::type_names::component;
use crate::api::{Api, Format, Shape, Struct, Type, TypeId};
use crate::maps::HashMap;
use crate::texts::Doc;

pub(super) fn leave_out(api: &mut Api) {
    let said = api.types.iter().filter(|(id, definition)| component(&id.0).is_some() && !definition.doc.is_empty());
    let said: HashMap<_, _> = said.map(|(id, definition)| (id.clone(), definition.doc.clone())).collect();
    for definition in api.types.values_mut() {
        match &mut definition.shape {
            Shape::Struct(shape) => of_members(shape, &said),
            Shape::Union(union) => {
                union.variants.iter_mut().for_each(|variant| of(&variant.ty, &mut variant.doc, &said))
            }
            Shape::Enum(_) | Shape::Alias(_) | Shape::Wrapper(_) => {}
        }
    }
    let bodies = api.operations_mut().flat_map(|operation| &mut operation.body).flat_map(|body| &mut body.content);
    for content in bodies {
        if let Format::Multipart(Some(parts)) = &mut content.format {
            of_members(&mut parts.shape, &said);
        }
    }
}

fn of_members(shape: &mut Struct, said: &HashMap<TypeId, Doc>) {
    shape.fields.iter_mut().for_each(|field| of(&field.ty, &mut field.doc, said));
}

fn of(ty: &Type, doc: &mut Doc, said: &HashMap<TypeId, Doc>) {
    let is_said = match ty {
        Type::Nullable(inner) | Type::Boxed(inner) | Type::OrEmpty(inner) => return of(inner, doc, said),
        Type::Named(id) => said.get(id).is_some_and(|said| said.begins_with(doc)),
        _ => false,
    };
    if is_said {
        *doc = Doc::default();
    }
}
