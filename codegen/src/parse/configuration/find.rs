//! What the names in a configuration stand for: places of the document.

use serde_json::{Map, Value};

use super::operations::{Operation, all_operations};
use crate::grammar::Shape;
use crate::parse::closest;
use crate::pointer;

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Schema,
    Property,
    Operation,
    Parameter,
    Tag,
    /// Anything, by its JSON Pointer.
    Place,
}

/// Why a name stands for nothing, and what to do.
pub(super) struct Missing {
    pub message: String,
    pub help: Option<String>,
}

impl Missing {
    fn new(message: String, name: &str, candidates: &[String]) -> Self {
        let close = closest(name, candidates.iter().map(String::as_str));
        Self { message, help: close.map(|close| format!("did you mean `{close}`?")) }
    }
}

type Found = Result<String, Missing>;

/// The pointer of what a name stands for.
pub(super) fn find(tree: &Value, kind: Kind, name: &str) -> Found {
    if name.starts_with('#') || kind == Kind::Place {
        return place(tree, name);
    }
    match kind {
        Kind::Schema => schema(tree, name),
        Kind::Property => property(tree, name),
        Kind::Operation => operation(tree, name).map(|operation| operation.pointer()),
        Kind::Parameter => parameter(tree, name),
        Kind::Tag => tag(tree, name),
        Kind::Place => place(tree, name),
    }
}

/// The object of OpenAPI that a pointer leads to.
fn place(tree: &Value, reference: &str) -> Found {
    let missing = |message: String| Missing { message, help: None };
    let Some(at) = pointer::of_reference(reference).map(|at| pointer::canonical(&at)) else {
        let help = "such as `#/components/schemas/Cat/properties/name`".to_owned();
        return Err(Missing { message: format!("`{reference}` is not a pointer"), help: Some(help) });
    };
    let mut value = tree;
    for token in pointer::tokens(&at) {
        let next = match value {
            Value::Object(members) => members.get(token.as_ref()),
            Value::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        };
        let Some(next) = next else {
            let keys: Vec<_> = value.as_object().into_iter().flat_map(Map::keys).cloned().collect();
            return Err(Missing::new(format!("there is no `{token}` on the way of `{reference}`"), &token, &keys));
        };
        value = next;
    }
    match Shape::at(pointer::tokens(&at)) {
        Some(_) if value.is_object() => Ok(at),
        _ => Err(missing(format!("`{reference}` is not an object of OpenAPI"))),
    }
}

pub(super) fn names(tree: &Value, pointer: &str) -> Vec<String> {
    tree.pointer(pointer).and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect()
}

fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", pointer::escape(name))
}

fn schema(tree: &Value, name: &str) -> Found {
    const SCHEMAS: &str = "/components/schemas";
    let at = below(SCHEMAS, name);
    match tree.pointer(&at) {
        Some(Value::Object(_)) => Ok(at),
        _ => Err(Missing::new(format!("no such schema: `{name}`"), name, &names(tree, SCHEMAS))),
    }
}

/// All ways to part a name at a dot, the longest first part before the others.
fn parted(name: &str) -> impl Iterator<Item = (&str, &str)> {
    name.rmatch_indices('.').map(|(at, _)| (&name[..at], &name[at + 1..]))
}

/// `Cat.name`: a property of a schema, or of a part of its `allOf` that stands in it.
fn property(tree: &Value, name: &str) -> Found {
    let mut missing = None;
    for (owner, property) in parted(name) {
        let Ok(schema) = schema(tree, owner) else { continue };
        let mut known = Vec::new();
        for part in parts(tree, schema) {
            let properties = format!("{part}/properties");
            let at = below(&properties, property);
            if tree.pointer(&at).is_some_and(Value::is_object) {
                return Ok(at);
            }
            known.extend(names(tree, &properties));
        }
        let message = format!("`{owner}` has no property `{property}`");
        missing.get_or_insert_with(|| Missing::new(message, property, &known));
    }
    Err(missing.unwrap_or_else(|| match parted(name).next() {
        Some((owner, _)) => schema(tree, owner).err().unwrap_or_else(|| unparted(name)),
        None => unparted(name),
    }))
}

fn unparted(name: &str) -> Missing {
    let help = "write the schema and the property with a dot between them, or a pointer that begins with `#/`";
    Missing { message: format!("`{name}` is not a property of a schema"), help: Some(help.to_owned()) }
}

/// A schema, and what its `allOf` has in place.
fn parts(tree: &Value, schema: String) -> Vec<String> {
    let mut parts = vec![schema];
    let mut next = 0;
    while let Some(part) = parts.get(next) {
        let list = format!("{part}/allOf");
        let count = tree.pointer(&list).and_then(Value::as_array).map_or(0, Vec::len);
        parts.extend((0..count).map(|index| format!("{list}/{index}")));
        next += 1;
    }
    parts
}

/// By its `operationId`, or as `GET /cats`.
fn operation<'a>(tree: &'a Value, name: &str) -> Result<Operation<'a>, Missing> {
    let operations = all_operations(tree);
    let found = operations.iter().find(|operation| operation.id == Some(name) || operation.request() == name);
    found.cloned().ok_or_else(|| {
        let ids = operations.iter().map(|operation| operation.id.map_or_else(|| operation.request(), str::to_owned));
        Missing::new(format!("no such operation: `{name}`"), name, &ids.collect::<Vec<_>>())
    })
}

/// `getCat.id`: a parameter of an operation or of its path; or the name of a component.
fn parameter(tree: &Value, name: &str) -> Found {
    const COMPONENTS: &str = "/components/parameters";
    let at = below(COMPONENTS, name);
    if tree.pointer(&at).is_some_and(Value::is_object) {
        return Ok(at);
    }
    let mut missing = None;
    for (owner, parameter) in parted(name) {
        let Ok(operation) = operation(tree, owner) else { continue };
        let all: Vec<_> = [operation.pointer(), operation.path_pointer()]
            .iter()
            .flat_map(|owner| parameters(tree, &format!("{owner}/parameters")))
            .collect();
        let mut found = all.iter().filter(|(_, called, _)| called == parameter);
        match (found.next(), found.next()) {
            // The first stands for one of the path that has the same place.
            (Some(first), Some(other)) if first.2 != other.2 => {
                let message = format!("`{owner}` has several parameters `{parameter}`");
                let help = format!("write `#{}` or `#{}`", first.0, other.0);
                return Err(Missing { message, help: Some(help) });
            }
            (Some((at, _, _)), _) => return Ok(at.clone()),
            (None, _) => {
                let known: Vec<_> = all.into_iter().map(|(_, called, _)| called).collect();
                let message = format!("`{owner}` has no parameter `{parameter}`");
                missing.get_or_insert_with(|| Missing::new(message, parameter, &known));
            }
        }
    }
    Err(missing.unwrap_or_else(|| match parted(name).next() {
        Some((owner, _)) => match operation(tree, owner) {
            Err(missing) => missing,
            Ok(_) => Missing::new(format!("no such parameter: `{name}`"), name, &names(tree, COMPONENTS)),
        },
        None => Missing::new(format!("no such parameter: `{name}`"), name, &names(tree, COMPONENTS)),
    }))
}

/// The parameters of a list, behind references: the pointer in the list, the name, and the location.
fn parameters(tree: &Value, list: &str) -> Vec<(String, String, String)> {
    let items = tree.pointer(list).and_then(Value::as_array).into_iter().flatten().enumerate();
    let described = items.filter_map(|(index, item)| {
        let item = behind(tree, item)?;
        let text = |member: &str| item.get(member).and_then(Value::as_str).map(str::to_owned);
        Some((format!("{list}/{index}"), text("name")?, text("in").unwrap_or_default()))
    });
    described.collect()
}

/// What a chain of references ends in.
fn behind<'a>(tree: &'a Value, value: &'a Value) -> Option<&'a Value> {
    let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Some(value) };
    tree.pointer(&end(tree, reference)?)
}

/// The pointer of what a chain of references ends in, by the first of them.
pub(super) fn end(tree: &Value, reference: &str) -> Option<String> {
    /// More than anybody writes.
    const CHAIN: usize = 100;
    let mut reference = reference;
    for _ in 0..CHAIN {
        let pointer = pointer::canonical(&pointer::of_reference(reference)?);
        match tree.pointer(&pointer)?.get("$ref").and_then(Value::as_str) {
            Some(next) => reference = next,
            None => return Some(pointer),
        }
    }
    None
}

/// A tag that is listed, or that operations have.
fn tag(tree: &Value, name: &str) -> Found {
    let listed = tree.get("tags").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let called = |tag: &Value| tag.get("name").or(Some(tag)).and_then(Value::as_str).map(str::to_owned);
    if let Some(index) = listed.iter().position(|tag| called(tag).as_deref() == Some(name)) {
        return Ok(format!("/tags/{index}"));
    }
    let operations = all_operations(tree);
    let used: Vec<_> = operations.iter().flat_map(|operation| operation.tags.iter().copied()).collect();
    if used.contains(&name) {
        return Ok(format!("/tags/{}", listed.len()));
    }
    let known: Vec<_> = listed.iter().filter_map(called).chain(used.into_iter().map(str::to_owned)).collect();
    Err(Missing::new(format!("no such tag: `{name}`"), name, &known))
}
