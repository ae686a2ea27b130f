//! Which structs keep the members that the description does not have: those that are JSON. Forms,
//! parameters and headers have none.

use super::recursion::{mentioned, named};
use crate::api::{Api, Format, Origin, Shape, Type, TypeDef, TypeId, Types};
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::HashSet;
use crate::rule::Rule;

pub(super) fn settle(api: &mut Api, report: &mut Report) {
    let (json, other) = used(api);
    let (json, other) = (reached(&api.types, json), reached(&api.types, other));
    for (id, definition) in &mut api.types {
        let TypeDef { shape: Shape::Struct(shape), derives, origin, .. } = definition else { continue };
        if other.contains(id) && !json.contains(id) {
            shape.undeclared = None;
        }
        if derives.iter().any(|derive| derive == "Copy") && shape.undeclared.take().is_some() {
            report.push(copied(origin));
        }
        // They are all in one place, but where the others are written without them.
        if shape.undeclared.is_some() && !other.contains(id) {
            shape.rest.take_if(|rest| is_any(&rest.ty));
        }
    }
}

fn is_any(ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) => **inner == Type::Any,
        ty => *ty == Type::Any,
    }
}

/// What to say of a type in which nothing can be kept.
fn copied(origin: &Origin) -> Diagnostic {
    let message = "a type that is `Copy` cannot keep members that the description does not have; they are left out";
    let diagnostic = Diagnostic::warning(Rule::WithoutEffect, origin, message);
    diagnostic.help("do not derive `Copy`, or set `x-rust-undeclared: false`").on_key()
}

/// The types of what operations send and receive as JSON, and those of anything else.
fn used(api: &Api) -> (Vec<&Type>, Vec<&Type>) {
    let (mut json, mut other) = (Vec::new(), Vec::new());
    for operation in api.operations() {
        other.extend(operation.params.iter().map(|param| &param.ty));
        other.extend(operation.headers.iter().map(|header| &header.ty));
        for content in operation.contents() {
            match &content.format {
                Format::Form(_) => other.push(&content.ty),
                Format::Multipart(parts) => other.extend(parts.iter().flat_map(|parts| parts.shape.types())),
                Format::Json | Format::Text | Format::Bytes | Format::Items(_) => json.push(&content.ty),
            }
        }
    }
    (json, other)
}

/// The named types that types are made of, all the way down.
fn reached(types: &Types, from: Vec<&Type>) -> HashSet<TypeId> {
    let mut steps: Vec<&TypeId> = named(from);
    let mut reached = HashSet::default();
    while let Some(id) = steps.pop() {
        if let Some(definition) = types.get(id)
            && reached.insert(id.clone())
        {
            steps.extend(mentioned(&definition.shape));
        }
    }
    reached
}
