//! The operations of a Path Item, each by its method.

use http::Method;
use serde_json::{Map, Value};

use crate::pointer;

/// The members of a Path Item that hold an operation, in the order of OpenAPI. Each is its method in lower case.
pub(crate) const MEMBERS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The member that holds the operations of all other methods, each under its method as it is sent.
pub(crate) const ADDITIONAL: &str = "additionalOperations";

/// An operation of a Path Item, as it stands there.
#[derive(Clone)]
pub(crate) struct Entry<'a> {
    pub method: Method,
    /// The JSON Pointer from the Path Item.
    pub place: String,
    pub value: &'a Value,
}

/// All operations of a Path Item, in the order of OpenAPI. What has no method that HTTP could have is none.
pub(crate) fn operations(item: &Value) -> impl Iterator<Item = Entry<'_>> {
    let members = MEMBERS.into_iter().filter_map(|name| {
        let method = Method::from_bytes(name.to_ascii_uppercase().as_bytes()).ok()?;
        Some(Entry { method, place: format!("/{name}"), value: item.get(name)? })
    });
    let additional = item.get(ADDITIONAL).and_then(Value::as_object).into_iter().flatten();
    members.chain(additional.filter_map(|(name, value)| {
        let method = Method::from_bytes(name.as_bytes()).ok()?;
        Some(Entry { method, place: format!("/{ADDITIONAL}/{}", pointer::escape(name)), value })
    }))
}

/// The same, to be changed.
pub(crate) fn operations_mut(item: &mut Map<String, Value>) -> impl Iterator<Item = &mut Value> {
    item.iter_mut().flat_map(|(name, value)| -> Vec<&mut Value> {
        if name == ADDITIONAL {
            return value.as_object_mut().into_iter().flat_map(Map::values_mut).collect();
        }
        if is_member(name) { vec![value] } else { Vec::new() }
    })
}

/// Leaves out the operations that stand where `stays` says no.
pub(crate) fn retain_operations(item: &mut Map<String, Value>, stays: impl Fn(&str) -> bool) {
    item.retain(|name, value| match value {
        Value::Object(additional) if name == ADDITIONAL => {
            additional.retain(|name, _| stays(&format!("/{ADDITIONAL}/{}", pointer::escape(name))));
            !additional.is_empty()
        }
        _ => !is_member(name) || stays(&format!("/{name}")),
    });
}

/// The member of a Path Item that is there for a method, in whatever case that is written.
pub(crate) fn member_of(method: &str) -> Option<&'static str> {
    MEMBERS.into_iter().find(|name| name.eq_ignore_ascii_case(method))
}

/// Whether a member of a Path Item holds an operation, or several.
pub(crate) fn is_operation(name: &str) -> bool {
    is_member(name) || name == ADDITIONAL
}

fn is_member(name: &str) -> bool {
    MEMBERS.contains(&name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_are_those_of_members_and_of_other_methods() {
        let item = json!({ "summary": "Cats", "additionalOperations": { "COPY": {}, "a/b": {}, "no ne": {}, "copy": {} },
            "query": {}, "get": {}, "x-get": {} });
        let found: Vec<_> = operations(&item).map(|entry| format!("{} {}", entry.method, entry.place)).collect();
        assert_eq!(
            found,
            ["GET /get", "QUERY /query", "COPY /additionalOperations/COPY", "copy /additionalOperations/copy"]
        );
    }

    #[test]
    fn what_is_left_of_an_item_has_no_list_of_nothing() {
        let mut item = json!({ "summary": "Cats", "additionalOperations": { "COPY": {} }, "get": {}, "put": {} });
        let members = item.as_object_mut().expect("an object");
        assert_eq!(operations_mut(members).count(), 3);
        retain_operations(members, |place| place == "/put");
        assert_eq!(item, json!({ "summary": "Cats", "put": {} }));
    }
}
