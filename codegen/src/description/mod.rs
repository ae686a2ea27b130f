//! What a description says, in the words of JSON Schema 2020-12 and the newest OpenAPI, whatever its own
//! version. Nobody else asks for that.
//!
//! Schemas differ from one version to the other: [`v3_0`] has those of OpenAPI 3.0 typed by `openapiv3`, and
//! [`v3_1`] reads those of JSON Schema, also where a description of 3.0 uses their words. All other objects are the
//! same, but for members that one version has and another one has not; they are read from the tree where they stand.

mod extensions;
mod integers;
pub(crate) mod methods;
mod object;
mod operation;
mod schema;
mod security;
mod v3_0;
mod v3_1;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::grammar::{Version, kind_at};
use crate::maps::HashMap;
use crate::pointer;

pub(crate) use self::extensions::Extensions;
pub(crate) use self::integers::{Integers, whole};
pub(crate) use self::object::Members;
use self::object::Object;
pub(crate) use self::operation::{
    Encoding, Example, ExternalDocs, Header, MediaType, Operation, Parameter, PathItem, RequestBody, Response, Server,
    ServerVariable, Tag,
};
pub(crate) use self::schema::{
    Additional, Annotations, At, Bound, Child, Discriminator, Inner, Items, Keywords, Limits, Nullable, Range, Schema,
};
pub(crate) use self::security::{Flows, Requirement, SchemeKind, SecurityScheme};

/// A description that has the structure of OpenAPI.
pub(crate) struct Description {
    pub tree: Value,
    schemas: Option<v3_0::Schemas>,
    /// The places of what OpenAPI 3.0 has no words for.
    newer: BTreeSet<String>,
    /// Limits and values of schemas as the description writes them, where the tree may not hold that.
    pub written: HashMap<String, String>,
    /// How many values there are in the tree.
    pub values: usize,
}

/// What an object of a tree says that has the structure of one.
pub(crate) trait Read<'a> {
    /// What the specification calls it.
    const KIND: &'static str;

    fn read(value: &'a Value) -> Self;

    /// Takes what stands beside a reference to it in place of its own description.
    fn describe(&mut self, _description: &'a str) {}

    /// Whether an object of some kind can be read as it.
    fn is(kind: &str) -> bool {
        kind == Self::KIND
    }
}

/// What is said of the API as a whole.
pub(crate) struct About<'a> {
    pub title: &'a str,
    pub summary: Option<&'a str>,
    /// The license of the API, as SPDX names it.
    pub license: Option<&'a str>,
    pub version: &'a str,
    pub description: Option<&'a str>,
    pub external_docs: Option<ExternalDocs<'a>>,
    pub extensions: Extensions<'a>,
}

impl Description {
    /// One of a tree that was held against the structure of a version of OpenAPI. `newer` are the places of what
    /// OpenAPI 3.0 has no words for.
    pub fn of(tree: Value, written: HashMap<String, String>, version: Version, newer: BTreeSet<String>) -> Self {
        let is_newer = |place: &str| is_within(&newer, place);
        let schemas = (version == Version::V3_0).then(|| v3_0::Schemas::of(&tree, is_newer));
        let values = values(&tree);
        Self { tree, schemas, newer, written, values }
    }

    /// Reads ahead what else is read once somebody asks for it: to be done beside that.
    ///
    /// # Errors
    ///
    /// A component is not what its version of OpenAPI has.
    pub fn read_ahead(&self) -> Result<(), Diagnostic> {
        self.schemas.as_ref().map_or(Ok(()), |schemas| schemas.read(&self.tree))
    }

    /// The descriptions of all things.
    pub fn descriptions(&self) -> impl Iterator<Item = &str> {
        let mut open = vec![&self.tree];
        std::iter::from_fn(move || {
            while let Some(value) = open.pop() {
                match value {
                    Value::Array(items) => open.extend(items),
                    Value::Object(members) => {
                        open.extend(members.values().filter(|member| member.is_object() || member.is_array()));
                        if let Some(text) = pointer::member(members, "description").and_then(Value::as_str) {
                            return Some(text);
                        }
                    }
                    _ => {}
                }
            }
            None
        })
    }

    /// Lets go of what was read, until somebody asks for it again.
    pub fn forget(&mut self) {
        self.schemas.iter_mut().for_each(v3_0::Schemas::forget);
    }

    /// The document alone, without what was read of it.
    pub fn into_tree(self) -> Value {
        self.tree
    }

    /// The value that a JSON Pointer leads to.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        pointer::lookup(&self.tree, pointer)
    }

    /// Whom to ask about the service, and on what terms it runs, is not about the client.
    pub fn about(&self) -> About<'_> {
        let root = Object::of(&self.tree);
        let info = root.get("info").map_or(root, Object::of);
        About {
            title: info.text("title").unwrap_or_default(),
            summary: info.text("summary"),
            license: info.get("license").and_then(|license| Object::of(license).text("identifier")).filter(is_license),
            version: info.text("version").unwrap_or_default(),
            description: info.text("description"),
            external_docs: root.get("externalDocs").map(ExternalDocs::read),
            extensions: root.extensions(),
        }
    }

    pub fn servers(&self) -> &[Value] {
        Object::of(&self.tree).list("servers")
    }

    pub fn paths(&self) -> Members<'_> {
        Object::of(&self.tree).members("paths")
    }

    /// The requests that the server sends, by their names.
    pub fn webhooks(&self) -> Members<'_> {
        Object::of(&self.tree).members("webhooks")
    }

    pub fn tags(&self) -> &[Value] {
        Object::of(&self.tree).list("tags")
    }

    /// What operations ask for that say nothing of it themselves.
    pub fn security(&self) -> Option<&[Value]> {
        let root = Object::of(&self.tree);
        root.get("security").map(|_| root.list("security"))
    }

    /// The components of a kind, such as `schemas`.
    pub fn components(&self, kind: &str) -> Members<'_> {
        self.tree.get("components").map_or_else(Members::default, |components| Object::of(components).members(kind))
    }

    /// The schema at a place, or the reference that stands there.
    ///
    /// # Errors
    ///
    /// What stands there is none.
    pub fn schema(&self, at: &Origin) -> Option<serde_json::Result<Child<'_>>> {
        Some(self.schema_of(self.at(at.pointer())?, at))
    }

    /// The same of the value at a place.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn schema_of<'a>(&'a self, value: &'a Value, at: &Origin) -> serde_json::Result<Child<'a>> {
        let place = at.pointer();
        if let Some(part) = self.part(value, place) {
            return Ok(part);
        }
        match &self.schemas {
            Some(schemas) if !is_within(&self.newer, place) => schemas.at(value, place),
            _ => Ok(Child::written(value)),
        }
    }

    /// What is a schema in effect, though nothing is one at its place: a reference among other keywords, a type among
    /// others.
    fn part<'a>(&'a self, value: &'a Value, place: &str) -> Option<Child<'a>> {
        let mut tokens = place.rsplit('/');
        let last = tokens.next()?;
        let (keyword, parent) = match last.bytes().all(|byte| byte.is_ascii_digit()) {
            true => (tokens.next()?, place.len() - last.len() - 1),
            false => (last, place.len()),
        };
        let is_choice = || keyword == "patternProperties" && kind_at(place) != Some("Schema");
        if !value.is_string() && !is_choice() {
            return None;
        }
        Child::part(self.at(place.get(..parent - keyword.len() - 1)?)?, value, keyword)
    }

    /// What a reference says of its target in place of the target's own description.
    pub fn description_beside<'a>(&self, reference: &'a Value) -> Option<&'a str> {
        reference.get("description").filter(|_| self.schemas.is_none())?.as_str()
    }

    /// The reference that the value at a place consists of.
    pub fn reference<'a>(&self, value: &'a Value, place: &str) -> Option<&'a str> {
        let reference = value.get("$ref")?.as_str()?;
        let is_alone = value.as_object().is_some_and(|object| object.len() == 1);
        if is_alone || (self.schemas.is_some() && !is_within(&self.newer, place)) {
            return Some(reference);
        }
        if kind_at(place) == Some("Schema") { v3_1::reference(value) } else { Some(reference) }
    }
}

fn values(tree: &Value) -> usize {
    match tree {
        Value::Array(items) => 1 + items.iter().map(values).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(values).sum::<usize>(),
        _ => 1,
    }
}

/// Whether a text may be a license as SPDX names it, such as `MIT OR Apache-2.0`.
///
/// Source: SPDX Specification 2.3, annex D, "SPDX license expressions".
pub(crate) fn is_license(text: &&str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b".+-:() ".contains(&byte);
    text.starts_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '(') && text.bytes().all(is_sign)
}

/// Whether any of some places is within another one.
fn is_within(places: &BTreeSet<String>, place: &str) -> bool {
    if places.is_empty() {
        return false;
    }
    let below = format!("{place}/");
    places.range(below.clone()..).next().is_some_and(|first| first.starts_with(&below))
}
