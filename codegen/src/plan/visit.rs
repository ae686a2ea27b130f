//! Every type that something has, and those inside of it, to be looked at or changed.

use crate::api::{Api, Content, Format, Operation, Shape, Struct, Type};

pub(super) fn api(api: &mut Api, visit: &mut impl FnMut(&mut Type)) {
    for definition in api.types.values_mut() {
        shape(&mut definition.shape, visit);
    }
    operations(api, visit);
}

/// What operations have, and examples.
pub(super) fn operations(api: &mut Api, visit: &mut impl FnMut(&mut Type)) {
    for operation in api.groups.iter_mut().flat_map(|group| &mut group.operations) {
        request(operation, visit);
        replies(operation, visit);
    }
    api.examples.iter_mut().for_each(|example| within(&mut example.ty, visit));
}

/// What an operation sends.
pub(super) fn request(operation: &mut Operation, visit: &mut impl FnMut(&mut Type)) {
    operation.params.iter_mut().for_each(|param| within(&mut param.ty, visit));
    operation.body.iter_mut().flat_map(|body| &mut body.content).for_each(|body| content(body, visit));
}

/// What an operation receives.
pub(super) fn replies(operation: &mut Operation, visit: &mut impl FnMut(&mut Type)) {
    operation.headers.iter_mut().for_each(|header| within(&mut header.ty, visit));
    let replies = operation.success.replies.iter_mut().chain(&mut operation.errors.replies);
    replies.flat_map(|reply| &mut reply.content).for_each(|body| content(body, visit));
}

fn content(body: &mut Content, visit: &mut impl FnMut(&mut Type)) {
    within(&mut body.ty, visit);
    if let Format::Multipart(Some(parts)) = &mut body.format {
        members(&mut parts.shape, visit);
    }
}

pub(super) fn shape(shape: &mut Shape, visit: &mut impl FnMut(&mut Type)) {
    match shape {
        Shape::Struct(shape) => members(shape, visit),
        Shape::Union(shape) => shape.variants.iter_mut().for_each(|variant| within(&mut variant.ty, visit)),
        Shape::Alias(ty) | Shape::Wrapper(ty) => within(ty, visit),
        Shape::Enum(_) => {}
    }
}

fn members(shape: &mut Struct, visit: &mut impl FnMut(&mut Type)) {
    shape.fields.iter_mut().for_each(|field| within(&mut field.ty, visit));
    shape.rest.iter_mut().for_each(|rest| within(&mut rest.ty, visit));
}

pub(super) fn within(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
    visit(ty);
    if let Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) = ty {
        within(inner, visit);
    }
}
