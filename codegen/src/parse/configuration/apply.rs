//! What the configuration puts onto the document: extensions, as the description could have them itself.

use http::Method;
use serde_json::{Map, Value, json};

use super::Configuration;
use super::find::{Kind, end, find, names};
use super::operations::{Operation, all_operations};
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::grammar::{EXTENSIONS, PAGES, Shape};
use crate::places::Origins;
use crate::pointer;
use crate::rule::Rule;

/// The kinds of names that can be chosen.
const RENAMED: [(&str, Kind); 6] = [
    ("schemas", Kind::Schema),
    ("properties", Kind::Property),
    ("operations", Kind::Operation),
    ("parameters", Kind::Parameter),
    ("tags", Kind::Tag),
    ("places", Kind::Place),
];

impl Configuration {
    /// Puts everything onto the document.
    pub fn apply(&self, tree: &mut Value, report: &mut Report) {
        let Some((file, configuration)) = &self.written else { return };
        let mut edit = Edit { tree, report, file: *file };
        let empty = Map::new();
        let entries = |pointer: &str| configuration.pointer(pointer).and_then(Value::as_object).unwrap_or(&empty);
        for (section, kind) in RENAMED {
            let at = Origin::new("/rename").child(section);
            for (name, value) in entries(at.pointer()) {
                edit.extend(kind, name, ("x-rust-name", value), &at.child(name));
            }
        }
        for (name, value) in entries("/types") {
            edit.extend(Kind::Schema, name, ("x-rust-type", value), &Origin::new("/types").child(name));
        }
        for (section, extension) in [("derive", "x-rust-derive"), ("undeclared", "x-rust-undeclared")] {
            let at = Origin::new("").child(section);
            for (name, value) in entries(at.pointer()) {
                match name.as_str() {
                    "*" => edit.put("", extension, value, &at.child(name)),
                    _ => edit.extend(Kind::Schema, name, (extension, value), &at.child(name)),
                }
            }
        }
        if let Some(pages) = configuration.get("pages") {
            edit.pages(pages, &Origin::new("/pages"));
        }
        for (name, value) in entries("/dependencies") {
            let at = Origin::new("/dependencies").child(name);
            edit.own_mapping("x-rust-dependencies");
            edit.put("/x-rust-dependencies", name, value, &at);
        }
        if let Some(header) = configuration.get("idempotency") {
            edit.put("", "x-idempotency-key", header, &Origin::new("/idempotency"));
        }
        if let Some(schema) = configuration.get("errors").and_then(Value::as_str) {
            edit.errors(schema, &Origin::new("/errors"));
        }
        for pointer in self.unwanted(edit.tree, edit.report) {
            edit.put(&pointer, "x-rust-skip", &Value::Bool(true), &Origin::new("/operations"));
        }
    }
}

struct Edit<'a> {
    tree: &'a mut Value,
    report: &'a mut Report,
    file: usize,
}

impl Edit<'_> {
    /// Gives something an extension; `at` is where the configuration names it.
    fn extend(&mut self, kind: Kind, name: &str, (extension, value): (&str, &Value), at: &Origin) {
        let places = EXTENSIONS.iter().find(|(known, _)| *known == extension).map_or(&[][..], |(_, places)| places);
        let Some(pointer) = self.find(kind, name, places, at) else { return };
        self.list_tag(kind, &pointer, name, at);
        self.own(&pointer, Shape::at(pointer::tokens(&pointer)));
        self.put(&pointer, extension, value, at);
    }

    /// What a name stands for, if it is of one of the kinds that are meant.
    fn find(&mut self, kind: Kind, name: &str, meant: &[&str], at: &Origin) -> Option<String> {
        let pointer = match find(self.tree, kind, name) {
            Ok(pointer) => pointer,
            Err(missing) => {
                let diagnostic = Diagnostic::error(Rule::UnmatchedSelection, at, missing.message).on_key();
                let help = missing.help;
                self.report.push(help.into_iter().fold(diagnostic, Diagnostic::help).in_file(self.file));
                return None;
            }
        };
        let shape = Shape::at(pointer::tokens(&pointer));
        if let Some(shape) = shape.filter(|shape| !meant.contains(&shape.name)) {
            let message = format!("`{name}` is of a kind that this says nothing about: {}", shape.title());
            let diagnostic = Diagnostic::error(Rule::UnmatchedSelection, at, message).on_key();
            let meant: Vec<_> = meant.iter().map(|place| format!("{place} Objects")).collect();
            self.report.push(diagnostic.help(format!("it is about {}", meant.join(", "))).in_file(self.file));
            return None;
        }
        Some(pointer)
    }

    /// Says how one page leads to the next: of operations by their names, or of all that have what it speaks of.
    fn pages(&mut self, pages: &Value, at: &Origin) {
        const EXTENSION: &str = "x-rust-pages";
        let is_said_of_all = |(name, value): (&String, &Value)| PAGES.contains(&name.as_str()) && value.is_string();
        let Some(named) = pages.as_object().filter(|pages| !pages.iter().any(is_said_of_all)) else {
            return self.put("", EXTENSION, pages, at);
        };
        for (name, value) in named {
            let at = at.child(name);
            match name.as_str() {
                "*" => self.put("", EXTENSION, value, &at),
                _ => self.extend(Kind::Operation, name, (EXTENSION, value), &at),
            }
        }
    }

    /// Gives each operation responses for those errors that are not described, of a schema.
    fn errors(&mut self, schema: &str, at: &Origin) {
        let Some(schema) = self.find(Kind::Schema, schema, &["Schema"], at) else { return };
        let response = json!({
            "description": "An error that is not described by itself.",
            "content": { "application/json": { "schema": { "$ref": format!("#{}", schema.replace("%", "%25")) } } },
        });
        let operations = all_operations(self.tree);
        // An answer to HEAD has no content.
        let operations = operations.iter().filter(|operation| operation.method != Method::HEAD);
        for operation in operations.map(Operation::pointer).collect::<Vec<_>>() {
            let responses = format!("{operation}/responses");
            if self.tree.pointer(&responses).is_none() {
                self.put(&operation, "responses", &json!({ "2XX": { "description": "" } }), at);
            }
            let listed = names(self.tree, &responses);
            let is_listed = |status: &str| listed.iter().any(|known| known.eq_ignore_ascii_case(status));
            for status in ["4XX", "5XX"].into_iter().filter(|status| !is_listed("default") && !is_listed(status)) {
                self.put(&responses, status, &response, at);
            }
        }
    }

    fn put(&mut self, pointer: &str, member: &str, value: &Value, at: &Origin) {
        let Some(members) = self.tree.pointer_mut(pointer).and_then(Value::as_object_mut) else { return };
        members.insert(member.to_owned(), value.clone());
        let to = format!("{pointer}/{}", pointer::escape(member));
        self.report.places.arrive(&to, &Origins::of(self.file, at.pointer()));
    }

    /// Makes sure that the document has a mapping.
    fn own_mapping(&mut self, member: &str) {
        let Some(document) = self.tree.as_object_mut() else { return };
        if !document.get(member).is_some_and(Value::is_object) {
            document.insert(member.to_owned(), Value::Object(Map::new()));
        }
    }

    /// Lists a tag that only operations have.
    fn list_tag(&mut self, kind: Kind, pointer: &str, name: &str, at: &Origin) {
        if kind != Kind::Tag || self.tree.pointer(pointer).is_some_and(Value::is_object) {
            return;
        }
        let Some(document) = self.tree.as_object_mut() else { return };
        let tags = document.entry("tags").or_insert_with(|| Value::Array(Vec::new()));
        if !tags.is_array() {
            *tags = Value::Array(Vec::new());
        }
        if let Some(tags) = tags.as_array_mut() {
            tags.retain(|tag| tag.as_str() != Some(name));
            tags.push(json!({ "name": name }));
        }
        self.report.places.arrive(pointer, &Origins::of(self.file, at.pointer()));
    }

    /// Where a reference stands, nothing else counts. So what is said about the place alone stands
    /// around the reference if that is to a schema, else in a copy of what it leads to.
    fn own(&mut self, pointer: &str, shape: Option<&Shape>) {
        let Some(value) = self.tree.pointer(pointer) else { return };
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return };
        if shape.is_some_and(Shape::is_schema) {
            let origins = self.report.places.origins(pointer);
            if let Some(value) = self.tree.pointer_mut(pointer) {
                *value = json!({ "allOf": [value.take()] });
                self.report.places.arrive(&format!("{pointer}/allOf/0"), &origins);
            }
            return;
        }
        let Some(end) = end(self.tree, reference) else { return };
        let origins = self.report.places.origins(&end);
        if let (Some(target), Some(value)) = (self.tree.pointer(&end).cloned(), self.tree.pointer_mut(pointer)) {
            *value = target;
            self.report.places.arrive(pointer, &origins);
        }
    }
}
