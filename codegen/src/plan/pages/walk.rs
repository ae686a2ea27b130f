//! Ways through types, by the names of members.

use crate::api::{Route, Shape, Type, Types};

/// What a way leads to.
pub(super) enum Walk<'t> {
    To(&'t Type),
    /// Something of which the types do not say all.
    Open,
    /// Nothing: there is no such step, but these.
    Missing {
        step: String,
        known: Vec<&'t str>,
    },
}

/// More aliases than this lead nowhere.
const CHAIN: usize = 100;

/// The type behind aliases, boxes and `null`.
fn behind<'t>(types: &'t Types, mut ty: &'t Type) -> &'t Type {
    for _ in 0..CHAIN {
        ty = match ty {
            Type::Boxed(inner) | Type::Nullable(inner) => inner,
            Type::Named(id) => match types.get(id).map(|definition| &definition.shape) {
                Some(Shape::Alias(target)) => target,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

fn shape<'t>(types: &'t Types, ty: &'t Type) -> Option<&'t Shape> {
    types.get(ty.named()?).map(|definition| &definition.shape)
}

pub(super) fn walk<'t>(types: &'t Types, from: &'t Type, route: &Route) -> Walk<'t> {
    let mut ty = behind(types, from);
    for step in &route.0 {
        let next = match ty {
            Type::Array(item) if step == Route::LAST => item,
            Type::Map(_) | Type::Any | Type::Foreign(_) => return Walk::Open,
            Type::Named(_) => match shape(types, ty) {
                Some(Shape::Struct(shape)) => match shape.fields.iter().find(|field| field.name.wire == *step) {
                    Some(field) => &field.ty,
                    None if shape.rest.is_some() => return Walk::Open,
                    None => {
                        let known = shape.fields.iter().map(|field| field.name.wire.as_str()).collect();
                        return Walk::Missing { step: step.clone(), known };
                    }
                },
                Some(Shape::Union(_) | Shape::Wrapper(_)) => return Walk::Open,
                _ => return Walk::Missing { step: step.clone(), known: Vec::new() },
            },
            _ => return Walk::Missing { step: step.clone(), known: Vec::new() },
        };
        ty = behind(types, next);
    }
    match shape(types, ty) {
        Some(Shape::Union(_) | Shape::Wrapper(_)) => Walk::Open,
        Some(Shape::Struct(_)) => Walk::To(&Type::Unit),
        _ if matches!(ty, Type::Any | Type::Foreign(_)) => Walk::Open,
        _ => Walk::To(ty),
    }
}

/// The members of an object by their names, each with what is behind its type.
pub(super) fn members<'t>(types: &'t Types, ty: &'t Type) -> Vec<(&'t str, &'t Type)> {
    let Some(Shape::Struct(shape)) = shape(types, behind(types, ty)) else { return Vec::new() };
    shape.fields.iter().map(|field| (field.name.wire.as_str(), behind(types, &field.ty))).collect()
}

/// What lists are called that no page is made of.
const ASIDE: [&str; 2] = ["errors", "warnings"];

/// The way to the one list of a body: the body itself, or a member of it.
pub(super) fn only_list(types: &Types, body: &Type) -> Option<Route> {
    if let Type::Array(_) = behind(types, body) {
        return Some(Route::default());
    }
    let members = members(types, body);
    let mut lists = members.iter().filter(|(name, ty)| matches!(ty, Type::Array(_)) && !ASIDE.contains(name));
    match (lists.next(), lists.next()) {
        (Some((name, _)), None) => Some(Route(vec![(*name).to_owned()])),
        _ => None,
    }
}
