//! Paths and operations, by tag.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Operation as Described, PathItem};

use super::security::Schemes;
use super::{Lowering, doc};
use crate::api::{Doc, Group, Method, Name, Operation, Origin, Server};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

impl Lowering<'_> {
    /// All operations, in the order of the document, under their first tag.
    pub fn groups(&mut self, schemes: &Schemes, servers: &[Server]) -> Vec<Group> {
        let mut groups = self.tags();
        let mut ids = HashMap::new();
        let paths = Origin::new("").child("paths");
        let document = self.document;
        for (path, item) in document.openapi.paths.iter() {
            let at = paths.child(path);
            let Some((item, origin)) = self.resolve::<PathItem, _>(item, &at) else { continue };
            let of_path = self.own_servers(&item.servers, servers, &origin);
            for (method, described) in methods(&item) {
                let at = origin.child(method.name().to_ascii_lowercase());
                let tag = described.tags.first().cloned().unwrap_or_default();
                let Some(mut operation) = self.operation(path, method, described, (&item, &origin), schemes, &at)
                else {
                    continue;
                };
                operation.servers = match described.servers.is_empty() {
                    true => of_path.clone(),
                    false => self.own_servers(&described.servers, servers, &at),
                };
                self.unique_id(&operation, &mut ids);
                let group = groups.entry(tag.clone()).or_insert_with(|| Group {
                    name: Name::new(tag, None),
                    type_name: String::new(),
                    doc: Doc::default(),
                    operations: Vec::new(),
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
            let doc = Doc::of([tag.description.clone(), docs]);
            let group = Group { name, type_name: String::new(), doc, operations: Vec::new(), origin };
            let at = group.origin.child("name");
            if let Some(other) = groups.insert(tag.name.clone(), group) {
                let diagnostic =
                    Diagnostic::error(Rule::InvalidValue, &at, format!("the tag `{}` is here twice", tag.name));
                self.push(diagnostic.also(&other.origin.child("name"), "the other one"));
            }
        }
        groups
    }

    fn operation(
        &mut self,
        path: &str,
        method: Method,
        described: &Described,
        item: (&PathItem, &Origin),
        schemes: &Schemes,
        origin: &Origin,
    ) -> Option<Operation> {
        let Described {
            tags,
            summary,
            description,
            external_docs,
            operation_id,
            parameters,
            request_body,
            responses,
            callbacks,
            deprecated,
            security,
            // Together with those of the path.
            servers: _,
            extensions,
        } = described;
        if !callbacks.is_empty() {
            let message = "callbacks are not generated yet";
            self.push(Diagnostic::error(Rule::UnsupportedOperation, &origin.child("callbacks"), message).on_key());
        }
        let Some(id) = operation_id else {
            let message =
                format!("{} {path} has no `operationId`, which its method would be named after", method.name());
            let diagnostic = Diagnostic::error(Rule::MissingOperationId, origin, message).on_key();
            self.push(diagnostic.help("add a unique `operationId`"));
            return None;
        };
        let params = self.parameters((&item.0.parameters, item.1), (parameters, origin));
        let path = self.path(path, &params, method, origin);
        let body = request_body.as_ref().and_then(|body| self.body(body, id, &origin.child("requestBody")));
        let replies = self.replies(responses, method, id, &origin.child("responses"));
        let authenticated = self.is_authenticated(security.as_ref(), schemes, origin);
        // What is said about a path is said about its operations, unless they say something themselves.
        let summary = summary.as_ref().or(item.0.summary.as_ref()).cloned();
        let description = description.as_ref().or(item.0.description.as_ref()).cloned();
        let doc = Doc::of([summary, description, external_docs.as_ref().map(doc::see_also), also_tagged(tags)]);
        Some(Operation {
            name: self.name(id, extensions, origin),
            type_name: String::new(),
            method,
            path,
            params,
            body,
            success: replies.success,
            errors: replies.errors,
            headers: replies.headers,
            headers_name: String::new(),
            servers: None,
            authenticated,
            idempotent: self.idempotent(extensions, origin),
            deprecated: *deprecated,
            doc,
            origin: origin.clone(),
        })
    }

    fn unique_id(&mut self, operation: &Operation, ids: &mut HashMap<String, Origin>) {
        let id = &operation.name.wire;
        match ids.get(id) {
            Some(other) => {
                let message = format!("two operations have the `operationId` `{id}`");
                let diagnostic =
                    Diagnostic::error(Rule::DuplicateOperation, &operation.origin.child("operationId"), message);
                self.push(diagnostic.also(&other.child("operationId"), "the other one"));
            }
            None => {
                ids.insert(id.clone(), operation.origin.clone());
            }
        }
    }
}

/// An operation is a method of its first tag; the others are only mentioned.
fn also_tagged(tags: &[String]) -> Option<String> {
    let others: Vec<_> = tags.iter().skip(1).map(|tag| format!("`{tag}`")).collect();
    (!others.is_empty()).then(|| format!("Also tagged {}.", others.join(", ")))
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
