//! Whether a document refers to anything but its own components, in the places that OpenAPI has for that.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde_json::Value;

use super::files::meant_without_slash;
use super::is_reference;
use crate::grammar::{Known, OPENAPI, Shape, Want};
use crate::pointer;

pub(super) fn bundling(tree: &Value) -> bool {
    search(tree, tree, &Want::Object(&OPENAPI))
}

/// So many members of a mapping are looked at by several threads at once.
const MANY: usize = 64;

fn search(tree: &Value, value: &Value, want: &Want) -> bool {
    let want = want.solid();
    match value {
        Value::Object(object) => {
            if let (Some(reference), true) =
                (pointer::member(object, "$ref").and_then(Value::as_str), want.is_structure())
            {
                let is_plain = is_plain(tree, value, reference, want);
                if !is_plain || object.len() == 1 || !want.object().is_some_and(Shape::is_schema) {
                    return !is_plain;
                }
            }
            let member = |key: &str| match want {
                Want::Object(shape) | Want::RefOr(shape) => shape.member(key),
                Want::Map(inner) => Some(*inner),
                _ => None,
            };
            match want {
                Want::FlagOr(inner) | Want::List(inner) | Want::Filled(inner) => search(tree, value, inner),
                Want::Anything => false,
                // Beside a reference that was looked at, what else there is.
                _ => {
                    let needs = |(key, value): (&String, &Value)| {
                        key != "$ref" && member(key).is_some_and(|want| search(tree, value, want))
                    };
                    match object.len() {
                        ..MANY => object.iter().any(needs),
                        _ => object.iter().collect::<Vec<_>>().into_par_iter().any(needs),
                    }
                }
            }
        }
        Value::Array(items) => match want {
            Want::List(item) | Want::Filled(item) => items.iter().any(|value| search(tree, value, item)),
            _ => false,
        },
        Value::String(text) => matches!(want, Want::Target) && is_reference(text) && !text.starts_with('#'),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a reference of the document itself can stay as it is.
pub(super) fn is_plain(tree: &Value, value: &Value, reference: &str, want: &Want) -> bool {
    let Want::RefOr(shape) = want else { return false };
    let Some(pointer) = pointer::of_reference(reference) else {
        let Some(fragment) = reference.strip_prefix('#') else { return false };
        // Without its slash, one can be meant that has it.
        return pointer::of_reference(&format!("#/{fragment}")).is_none_or(|pointer| tree.pointer(&pointer).is_none());
    };
    // What stands beside the reference of a path belongs to the path.
    if shape.name == "Path Item" && value.as_object().is_some_and(|object| object.len() > 1) {
        return false;
    }
    if meant_without_slash(tree, &pointer).is_some_and(|meant| !meant.is_empty()) {
        return false;
    }
    match Shape::known(pointer::tokens(&pointer)) {
        Known::Object(_) | Known::Other => true,
        // One that leads nowhere is reported where it is followed, unless it is one of Swagger 2.
        Known::Nothing => !is_old(&pointer) && tree.pointer(&pointer).is_none(),
    }
}

/// Whether a pointer is one of what Swagger 2 has in place of components.
pub(super) fn is_old(pointer: &str) -> bool {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    matches!(parent, "/definitions" | "/parameters" | "/responses")
}
