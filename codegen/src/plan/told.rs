//! Members that tell which variant of a union their struct is. There is one value that they can have, so that nobody is
//! asked for it.

use crate::api::{Api, Listed, Presence, Says, Shape, Tag, Type, TypeId, Types, Union};
use crate::lower::always;
use crate::maps::{HashMap, HashSet};

/// The values by which unions tell a struct, by its type and the member: texts, or what is none.
type Told = HashMap<(TypeId, String), HashSet<Option<String>>>;

pub(super) fn settle(api: &mut Api) {
    let mut told = Told::default();
    for definition in api.types.values() {
        if let Shape::Union(union) = &definition.shape {
            note(union, &api.types, &mut told);
        }
    }
    for ((id, member), values) in told {
        if let [Some(value)] = Vec::from_iter(values).as_slice() {
            preset(&id, &member, value, &mut api.types);
        }
    }
}

fn note(union: &Union, types: &Types, told: &mut Told) {
    for variant in &union.variants {
        let ([fit], Some(id)) = (variant.fits.as_slice(), variant.ty.named()) else { continue };
        if !matches!(types.get(id).map(|definition| &definition.shape), Some(Shape::Struct(_))) {
            continue;
        }
        for Tag { path, values, .. } in fit.tags.iter().filter(|tag| tag.told && tag.says == Says::Is) {
            if let [member] = path.as_slice() {
                let values = values.iter().map(|value| value.text().cloned());
                told.entry((id.clone(), member.to_string())).or_default().extend(values);
            }
        }
    }
}

fn preset(id: &TypeId, member: &str, value: &str, types: &mut Types) {
    let Some(Shape::Struct(shape)) = types.get(id).map(|definition| &definition.shape) else { return };
    let field = shape.fields.iter().position(|field| {
        field.name.wire == member
            && field.presence == Presence::Required
            && field.constant.is_none()
            && is_text(&field.ty, types)
    });
    let Some(Shape::Struct(shape)) = types.get_mut(id).map(|definition| &mut definition.shape) else { return };
    if let Some(field) = field.and_then(|index| shape.fields.get_mut(index)) {
        field.constant = Some(value.into());
        field.doc.push(always(&value.into()));
    }
}

/// Whether a type is made of text.
fn is_text(ty: &Type, types: &Types) -> bool {
    let listed = |id| match types.get(id).map(|definition| &definition.shape) {
        Some(Shape::Enum(shape)) => shape.listed == Listed::Strings,
        _ => false,
    };
    *ty == Type::String || matches!(ty, Type::Named(id) if listed(id))
}
