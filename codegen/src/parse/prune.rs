//! Takes away the operations that are left out, and what nothing uses any more.

use serde_json::{Map, Value};

use super::configuration::all_operations;
use crate::description::methods::{ADDITIONAL, is_operation, operations, retain_operations};
use crate::maps::{HashMap, HashSet};
use crate::pointer;

/// Takes operations with `x-rust-skip: true` away, and components that nothing uses: if `prune` says
/// so, or else if any operation goes. What anything that stays refers to, stays.
pub(super) fn prune(tree: &mut Value, prune: Option<bool>) {
    let skipped: HashSet<_> = all_operations(tree)
        .iter()
        .filter(|operation| operation.value.get("x-rust-skip") == Some(&Value::Bool(true)))
        .map(|operation| operation.pointer())
        .collect();
    let prunes = prune.unwrap_or(!skipped.is_empty());
    if skipped.is_empty() && !prunes {
        return;
    }
    let used = Uses::of(tree, skipped, prunes);
    if let Some(paths) = tree.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, item) in &mut *paths {
            let at = format!("/paths/{}", pointer::escape(path));
            let Some(item) = item.as_object_mut() else { continue };
            retain_operations(item, |place| !used.goes(&format!("{at}{place}")));
        }
        let emptied = |path: &str| used.emptied.contains(&format!("/paths/{}", pointer::escape(path)));
        paths.retain(|path, _| !emptied(path));
    }
    if !prunes {
        return;
    }
    let kinds = tree.get_mut("components").and_then(Value::as_object_mut).into_iter().flatten();
    for (kind, components) in kinds.filter(|(kind, _)| is_prunable(kind)) {
        let at = format!("/components/{}", pointer::escape(kind));
        if let Some(components) = components.as_object_mut() {
            components.retain(|name, _| used.reached.contains(&format!("{at}/{}", pointer::escape(name))));
        }
    }
}

/// Security schemes are used by their names, and extensions are not ours to judge.
fn is_prunable(kind: &str) -> bool {
    kind != "securitySchemes" && !kind.starts_with("x-")
}

/// What is in use.
struct Uses<'a> {
    tree: &'a Value,
    /// The operations that are left out.
    skipped: HashSet<String>,
    /// The components, and the places of paths and operations, that something leads to.
    reached: HashSet<String>,
    /// Those whose own references are still to be followed.
    open: Vec<String>,
    children: Children,
}

/// The components that are made of others.
#[derive(Default)]
struct Children {
    /// Those that have each place in their `allOf`.
    of: HashMap<String, Vec<String>>,
    /// The places that are but references to each place.
    aliases: HashMap<String, Vec<String>>,
}

/// What goes and what stays.
struct Verdict {
    skipped: HashSet<String>,
    reached: HashSet<String>,
    /// The paths that nothing is left of.
    emptied: HashSet<String>,
}

impl Verdict {
    fn goes(&self, operation: &str) -> bool {
        self.skipped.contains(operation) && !self.reached.contains(operation)
    }
}

impl Uses<'_> {
    fn of(tree: &Value, skipped: HashSet<String>, prunes: bool) -> Verdict {
        let mut uses =
            Uses { tree, skipped, reached: HashSet::default(), open: Vec::new(), children: Children::new(tree) };
        // No other member of the document refers to anything that is generated.
        uses.components(tree.get("components").unwrap_or(&Value::Null), prunes);
        uses.follow(tree.get("webhooks").unwrap_or(&Value::Null));
        uses.paths(tree.get("paths").unwrap_or(&Value::Null));
        while let Some(pointer) = uses.open.pop() {
            let Some(value) = uses.tree.pointer(&pointer) else { continue };
            uses.follow(value);
            // A schema with a discriminator can stand for those that are made of it.
            if has_discriminator(value) {
                uses.children.of(&pointer).iter().for_each(|child| uses.reach(child));
            }
        }
        let emptied = uses.emptied();
        Verdict { skipped: uses.skipped, reached: uses.reached, emptied }
    }

    fn components(&mut self, components: &Value, prunes: bool) {
        for (kind, components) in components.as_object().into_iter().flatten() {
            if !prunes || !is_prunable(kind) {
                self.follow(components);
            }
        }
    }

    fn paths(&mut self, paths: &Value) {
        for (path, item) in paths.as_object().into_iter().flatten() {
            let at = format!("/paths/{}", pointer::escape(path));
            let (mut has_any, mut is_used) = (false, false);
            for entry in operations(item) {
                has_any = true;
                if !self.skipped.contains(&format!("{at}{}", entry.place)) {
                    is_used = true;
                    self.follow(entry.value);
                }
            }
            // What all operations of a path share is of no use without them.
            let shared = item.as_object().into_iter().flatten().filter(|(name, _)| !is_operation(name));
            shared.filter(|_| is_used || !has_any).for_each(|(_, value)| self.follow(value));
        }
    }

    /// The paths whose operations all go, unless something refers into one of them.
    fn emptied(&self) -> HashSet<String> {
        let mut emptied = HashSet::default();
        for (path, item) in self.tree.get("paths").and_then(Value::as_object).into_iter().flatten() {
            let at = format!("/paths/{}", pointer::escape(path));
            let goes = |operation: &String| self.skipped.contains(operation) && !self.reached.contains(operation);
            let mut operations = operations(item).map(|entry| format!("{at}{}", entry.place)).peekable();
            if operations.peek().is_some()
                && operations.all(|operation| goes(&operation))
                && !self.reached.contains(&at)
            {
                emptied.insert(at);
            }
        }
        emptied
    }

    /// Notes all that a value refers to. What only looks like a reference keeps more than it must.
    fn follow(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.follow(item)),
            Value::Object(members) => {
                if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                    self.refer(reference);
                }
                if members.contains_key("propertyName") {
                    let mapping = members.get("mapping").and_then(Value::as_object);
                    for target in mapping.into_iter().flat_map(Map::values).filter_map(Value::as_str) {
                        self.refer(target);
                        self.reach(&format!("/components/schemas/{}", pointer::escape(target)));
                    }
                }
                members.values().for_each(|member| self.follow(member));
            }
            _ => {}
        }
    }

    fn refer(&mut self, reference: &str) {
        let Some(pointer) = pointer::of_reference(reference) else { return };
        let pointer = pointer::canonical(&pointer);
        let tokens: Vec<_> = pointer.split('/').collect();
        match tokens.as_slice() {
            [_, first, kind, name, ..] if *first == "components" => self.reach(&format!("/components/{kind}/{name}")),
            [_, first, path, rest @ ..] if *first == "paths" => {
                // The path and the operation stay, but nothing uses the rest of them.
                let path = format!("/paths/{path}");
                let depth = if rest.first() == Some(&ADDITIONAL) { 2 } else { 1 };
                self.reached.extend(rest.get(..depth).map(|place| format!("{path}/{}", place.join("/"))));
                self.reached.insert(path);
                self.reach(&pointer);
            }
            _ => {}
        }
    }

    fn reach(&mut self, pointer: &str) {
        if self.tree.pointer(pointer).is_some() && self.reached.insert(pointer.to_owned()) {
            self.open.push(pointer.to_owned());
        }
    }
}

fn has_discriminator(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_discriminator),
        Value::Object(members) => members.contains_key("discriminator") || members.values().any(has_discriminator),
        _ => false,
    }
}

impl Children {
    /// The components of a tree.
    fn new(tree: &Value) -> Self {
        let (mut children, mut seen) = (Self::default(), HashSet::default());
        let schemas = tree.pointer("/components/schemas").and_then(Value::as_object);
        for (name, schema) in schemas.into_iter().flatten() {
            let child = format!("/components/schemas/{}", pointer::escape(name));
            for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
                let (mut value, mut from) = (part, None);
                // Each chain of references is followed to where another one has gone on.
                while let Some(pointer) = value.get("$ref").and_then(Value::as_str).and_then(pointer::of_reference) {
                    let pointer = pointer::canonical(&pointer);
                    match from {
                        None => children.of.entry(pointer.clone()).or_default().push(child.clone()),
                        Some(from) => children.aliases.entry(pointer.clone()).or_default().push(from),
                    }
                    let Some(target) = tree.pointer(&pointer).filter(|_| seen.insert(pointer.clone())) else { break };
                    (value, from) = (target, Some(pointer));
                }
            }
        }
        children
    }

    /// The components that are made of the one at a place, also through others that only refer to it.
    fn of(&self, pointer: &str) -> Vec<String> {
        let (mut children, mut open, mut seen) = (Vec::new(), vec![pointer], HashSet::default());
        while let Some(place) = open.pop() {
            if !seen.insert(place) {
                continue;
            }
            children.extend(self.of.get(place).into_iter().flatten().cloned());
            open.extend(self.aliases.get(place).into_iter().flatten().map(String::as_str));
        }
        children
    }
}
