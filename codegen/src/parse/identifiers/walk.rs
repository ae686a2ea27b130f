//! A walk through the schemas and the references of a document, by the table of OpenAPI's objects.

use serde_json::{Map, Value};

use crate::grammar::{Shape, Want};
use crate::parse::path::Path;

/// What looks at a document.
pub(super) trait Visit {
    /// What is known of where a schema stands.
    type Scope: Clone;

    /// A schema. Gives what is known of its parts.
    fn schema(&mut self, schema: &Map<String, Value>, path: &Path, scope: &Self::Scope) -> Self::Scope;

    /// Another object that has a `$ref`, in a place that may have one.
    fn reference(&mut self, _reference: &str, _path: &Path, _scope: &Self::Scope) {}

    /// The security schemes that are asked for together, by their names or by references.
    fn security(&mut self, _requirement: &Map<String, Value>, _path: &Path) {}

    /// The name of a schema, or a reference to one.
    fn target(&mut self, _text: &str, _path: &Path, _scope: &Self::Scope) {}
}

pub(super) fn walk<V: Visit>(visit: &mut V, value: &Value, want: &Want, path: &mut Path, scope: &V::Scope) {
    match (want.solid(), value) {
        (Want::Object(shape) | Want::RefOr(shape), Value::Object(object)) => {
            if shape.is_schema() {
                let inner = visit.schema(object, path, scope);
                members(visit, object, |key| shape.member(key), path, &inner);
            } else {
                if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                    visit.reference(reference, path, scope);
                }
                if let Some(Value::Array(requirements)) = object.get("security").filter(|_| asks(shape)) {
                    security(visit, requirements, path);
                }
                members(visit, object, |key| shape.member(key), path, scope);
            }
        }
        (Want::Map(inner), Value::Object(object)) => members(visit, object, |_| Some(inner), path, scope),
        (Want::FlagOr(inner), Value::Object(_)) => walk(visit, value, inner, path, scope),
        (Want::List(item) | Want::Filled(item), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                let mark = path.enter(&index.to_string());
                walk(visit, value, item, path, scope);
                path.leave(mark);
            }
        }
        (Want::Target, Value::String(text)) => visit.target(text, path, scope),
        _ => {}
    }
}

fn members<V: Visit>(
    visit: &mut V,
    object: &Map<String, Value>,
    want: impl Fn(&str) -> Option<&'static Want>,
    path: &mut Path,
    scope: &V::Scope,
) {
    // References were looked at with the object that they are of.
    for (key, value) in object.iter().filter(|(key, _)| *key != "$ref") {
        if let Some(want) = want(key) {
            let mark = path.enter(key);
            walk(visit, value, want, path, scope);
            path.leave(mark);
        }
    }
}

fn security<V: Visit>(visit: &mut V, requirements: &[Value], path: &mut Path) {
    let list = path.enter("security");
    for (index, requirement) in requirements.iter().enumerate() {
        let item = path.enter(&index.to_string());
        requirement.as_object().into_iter().for_each(|requirement| visit.security(requirement, path));
        path.leave(item);
    }
    path.leave(list);
}

/// Whether an object asks for security schemes.
fn asks(shape: &Shape) -> bool {
    matches!(shape.name, "OpenAPI" | "Operation")
}
