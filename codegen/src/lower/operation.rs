//! Paths and operations, by tag.

use indexmap::IndexMap;
use openapiv3::{Operation as Described, PathItem};

use super::security::Schemes;
use super::{Lowering, doc};
use crate::api::{Group, Method, Name, Operation, Origin, Server};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;
use crate::texts::{Doc, Prose, code, joined, said};

impl<'a> Lowering<'a> {
    /// All operations, in the order of the document, under their first tag.
    pub fn groups(&mut self, schemes: &Schemes, servers: &[Server]) -> Vec<Group> {
        let mut groups = self.tags();
        let paths = Origin::new("").child("paths");
        let document = self.document;
        for (path, item) in document.openapi.paths.iter() {
            let at = paths.child(path);
            let Some((item, origin)) = self.resolve::<PathItem, _>(item, &at) else { continue };
            let of_path = self.own_servers(&item.servers, servers, &origin);
            for (method, described) in methods(item) {
                let at = origin.child(method.name().to_ascii_lowercase());
                if self.is_skipped(&described.extensions, &at) {
                    continue;
                }
                let tag = described.tags.first().cloned().unwrap_or_default();
                let place = Place { path, method, item, item_origin: origin.clone() };
                let mut operation = self.operation(&place, described, schemes, &at);
                operation.servers = match described.servers.is_empty() {
                    true => of_path.clone(),
                    false => self.own_servers(&described.servers, servers, &at),
                };
                let group = groups.entry(tag.clone()).or_insert_with(|| Group {
                    name: Name::new(tag, None),
                    type_name: String::new(),
                    doc: Doc::default(),
                    operations: Vec::new(),
                    files: Vec::new(),
                    origin: at.child("tags").child("0"),
                });
                group.operations.push(operation);
            }
        }
        groups.into_values().filter(|group| !group.operations.is_empty()).collect()
    }

    /// The tags that the document lists. Those without operations come to nothing.
    fn tags(&mut self) -> IndexMap<String, Group> {
        let origin = Origin::new("").child("tags");
        let mut groups = IndexMap::new();
        let document = self.document;
        for (index, tag) in document.openapi.tags.iter().enumerate() {
            let origin = origin.child(index.to_string());
            let name = self.name(&tag.name, &tag.extensions, &origin);
            let docs = tag.external_docs.as_ref().map(doc::see_also);
            let doc = Doc::of([tag.description.as_ref()]).and(docs);
            let group =
                Group { name, type_name: String::new(), doc, operations: Vec::new(), files: Vec::new(), origin };
            let at = group.origin.child("name");
            if let Some(other) = groups.insert(tag.name.clone(), group) {
                let message = format!("the tag `{}` is here twice; the last one counts", tag.name);
                let diagnostic = Diagnostic::warning(Rule::WithoutEffect, &at, message);
                self.push(diagnostic.also(&other.origin.child("name"), "the other one"));
            }
        }
        groups
    }

    fn operation(
        &mut self,
        place: &Place<'a>,
        described: &'a Described,
        schemes: &Schemes,
        origin: &Origin,
    ) -> Operation {
        let Described {
            tags: _,
            summary: _,
            description: _,
            external_docs: _,
            operation_id,
            parameters,
            request_body,
            responses,
            callbacks: _,
            deprecated,
            security,
            // Together with those of the path.
            servers: _,
            extensions,
        } = described;
        let Place { path, method, .. } = *place;
        // An operation without an id is known by what it does.
        let id = operation_id.as_ref().filter(|id| !id.is_empty());
        let name = id.cloned().unwrap_or_else(|| format!("{} {path}", method.name()));
        let mut params = self.parameters((&place.item.parameters, &place.item_origin), (parameters, origin));
        let path = self.path(path, &mut params, method, origin);
        let body = request_body.as_ref().and_then(|body| self.body(body, &name, &origin.child("requestBody")));
        let replies = self.replies(responses, method, &name, &origin.child("responses"));
        let mut doc = self.operation_doc(place.item, described, origin);
        doc.extend(security.as_ref().and_then(|security| self.asks(security)));
        let security = self.security(security.as_ref(), schemes, origin);
        Operation {
            name: self.name(name, extensions, origin),
            has_id: id.is_some(),
            type_name: String::new(),
            method,
            path: path.segments,
            fixed_query: path.query,
            params,
            body,
            success: replies.success,
            errors: replies.errors,
            headers: replies.headers,
            headers_name: String::new(),
            servers: None,
            security,
            idempotent: self.idempotent(extensions, origin),
            deprecated: *deprecated,
            doc,
            origin: origin.clone(),
        }
    }

    /// What is said about a path is said about its operations, unless they say something themselves.
    fn operation_doc(&mut self, item: &PathItem, described: &Described, origin: &Origin) -> Doc {
        let Described { tags, summary, description, external_docs, callbacks, .. } = described;
        let calls_back = (!callbacks.is_empty()).then(|| {
            let message = "callbacks are requests that the server makes; the client has nothing to send for them";
            let diagnostic = Diagnostic::warning(Rule::UnsupportedOperation, &origin.child("callbacks"), message);
            self.push(diagnostic.on_key().help("the docs of the method name them"));
            let names = joined(callbacks.keys().map(|name| code(name)), ", ");
            said("The server calls back: ") + names + ". Such requests are up to whoever receives them."
        });
        let summary = summary.as_ref().or(item.summary.as_ref());
        let description = description.as_ref().or(item.description.as_ref());
        let see_also = external_docs.as_ref().map(doc::see_also);
        Doc::of([summary, description]).and(calls_back).and(see_also).and(also_tagged(tags))
    }
}

/// Where an operation stands.
struct Place<'a> {
    path: &'a str,
    method: Method,
    item: &'a PathItem,
    item_origin: Origin,
}

/// An operation is a method of its first tag; the others are only mentioned.
fn also_tagged(tags: &[String]) -> Option<Prose> {
    let others = tags.iter().skip(1).map(|tag| code(tag));
    (tags.len() > 1).then(|| said("Also tagged ") + joined(others, ", ") + ".")
}

/// The operations of a path, in the order that OpenAPI lists the methods.
fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &Described)> {
    let PathItem {
        summary: _,
        description: _,
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        servers: _,
        parameters: _,
        extensions: _,
    } = item;
    let operations = [get, put, post, delete, options, head, patch, trace];
    Method::ALL.into_iter().zip(operations).filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}
