//! What a description says, in the words of JSON Schema 2020-12 and the newest OpenAPI, whatever its own
//! version. Nobody else asks for that.
//!
//! Schemas differ from one version to the other: [`v3_0`] has those of OpenAPI 3.0 typed by `openapiv3`. All
//! other objects are the same, but for members that one version has and another one has not; they are read from
//! the tree where they stand.

mod extensions;
mod object;
mod operation;
mod schema;
mod security;
mod v3_0;

use std::collections::HashMap;

use serde_json::Value;

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::pointer;

pub(crate) use self::extensions::Extensions;
pub(crate) use self::object::Members;
use self::object::Object;
pub(crate) use self::operation::{
    Encoding, Example, ExternalDocs, Header, MediaType, Operation, Parameter, PathItem, RequestBody, Response, Server,
    ServerVariable, Tag,
};
pub(crate) use self::schema::{Additional, Annotations, Child, Discriminator, Keywords, Limits, Range, Schema};
pub(crate) use self::security::{Flows, Requirement, SchemeKind, SecurityScheme};

/// A description that has the structure of OpenAPI.
pub(crate) struct Description {
    pub tree: Value,
    schemas: v3_0::Schemas,
    /// Limits and values of schemas as the description writes them, where the tree may not hold that.
    pub written: HashMap<String, String>,
}

/// What an object of a tree says that has the structure of one.
pub(crate) trait Read<'a> {
    /// What the specification calls it.
    const KIND: &'static str;

    fn read(value: &'a Value) -> Self;
}

/// What is said of the API as a whole.
pub(crate) struct About<'a> {
    pub title: &'a str,
    pub version: &'a str,
    pub description: Option<&'a str>,
    pub external_docs: Option<ExternalDocs<'a>>,
    pub extensions: Extensions<'a>,
}

impl Description {
    /// One of a tree that was held against the structure of OpenAPI 3.0.
    pub fn of(tree: Value, written: HashMap<String, String>) -> Result<Self, Diagnostic> {
        let schemas = v3_0::Schemas::of(&tree)?;
        Ok(Self { tree, schemas, written })
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
        self.schemas.at(&self.tree, at.pointer())
    }
}
