//! Paths and operations, by tag.

use http::Method;

use super::Operations;
use super::pages::Asked;
use super::tags::Parents;
use crate::api::{Group, Name, Operation, Origin};
use crate::description::{Operation as Described, PathItem, Read as _, Tag};
use crate::diagnostics::Diagnostic;
use crate::lower::doc;
use crate::maps::{HashSet, IndexMap};
use crate::rule::Rule;
use crate::texts::{Doc, Prose, code, joined, said};

impl<'a> Operations<'_, 'a> {
    /// All operations, in the order of the document, under their first tag.
    pub fn groups(&mut self) -> Vec<Group> {
        let mut groups = self.tags();
        let others = self.other_tags();
        let paths = Origin::new("").child("paths");
        let document = self.ground.document;
        let everywhere = self.pages_everywhere();
        for (path, item) in document.paths() {
            let at = paths.child(path);
            let Some((item, origin)) = self.ground.resolve::<PathItem<'_>>(item, &at) else { continue };
            let of_path = self.service.own_servers(item.servers, &origin);
            for (method, at, described) in item.operations() {
                let at = Origin::new(format!("{}{at}", origin.pointer()));
                if self.ground.is_skipped(described.extensions, &at) {
                    continue;
                }
                let first = described.tags.iter().find(|tag| !others.contains(*tag));
                let tag = first.copied().unwrap_or_default().to_owned();
                let place = Place { path, method, item: &item, item_origin: origin.clone(), group: &tag };
                let mut operation = self.operation(&place, &described, &at);
                let parameters = [(item.parameters, &origin), (described.parameters, &at)];
                let asked = Asked { parameters, body: described.request_body };
                operation.pages = self.pages(described.extensions, &everywhere, &asked, &at);
                operation.servers = match described.servers.is_empty() {
                    true => of_path.clone(),
                    false => self.service.own_servers(described.servers, &at),
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
        let mut groups = IndexMap::default();
        let document = self.ground.document;
        let parents = Parents::of(document.tags().iter().map(Tag::read));
        for (index, tag) in document.tags().iter().map(Tag::read).enumerate() {
            let origin = origin.child(index.to_string());
            let name = self.ground.name(tag.name, tag.extensions, &origin);
            let docs = tag.external_docs.map(doc::see_also);
            let part = parents.said(&tag, self.ground, &origin);
            let doc = Doc::of([tag.summary, tag.description]).and(part).and(docs);
            let group =
                Group { name, type_name: String::new(), doc, operations: Vec::new(), files: Vec::new(), origin };
            let at = group.origin.child("name");
            if let Some(other) = groups.insert(tag.name.to_owned(), group) {
                let message = format!("the tag `{}` is here twice; the last one counts", tag.name);
                let diagnostic = Diagnostic::warning(Rule::WithoutEffect, &at, message);
                self.ground.push(diagnostic.also(&other.origin.child("name"), "the other one"));
            }
        }
        groups
    }

    /// The tags that say something else of operations than where they are found.
    fn other_tags(&self) -> HashSet<&'a str> {
        let tags = self.ground.document.tags().iter().map(Tag::read);
        tags.filter(|tag| tag.kind.is_some_and(|kind| kind != "nav")).map(|tag| tag.name).collect()
    }

    fn operation(&mut self, place: &Place<'a, '_>, described: &Described<'a>, origin: &Origin) -> Operation {
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
        let Place { path, method, item, item_origin, .. } = place;
        // An operation without an id is known by what it does.
        let id = operation_id.filter(|id| !id.is_empty());
        let name = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
        let mut params = self.parameters((item.parameters, item_origin), (parameters, origin));
        let path = self.path((path, item_origin), &mut params, method, origin);
        let mut body = request_body.and_then(|body| self.body(body, &name, &origin.child("requestBody")));
        let mut replies = self.replies(*responses, method, &name, &origin.child("responses"));
        let asked = Asked { parameters: [(item.parameters, item_origin), (parameters, origin)], body: *request_body };
        let streamed = self.streamed(&mut replies.success, body.as_mut(), &mut params, &asked, origin);
        let mut doc = self.operation_doc(place, described, origin);
        doc.extend(security.and_then(|security| self.service.asks(security)));
        let security = self.service.security(*security, origin);
        Operation {
            name: self.ground.name(name, *extensions, origin),
            has_id: id.is_some(),
            is_shortened: false,
            type_name: String::new(),
            full_name: String::new(),
            method: method.clone(),
            path: path.segments,
            fixed_query: path.query,
            fragment: path.fragment,
            params,
            body,
            success: replies.success,
            errors: replies.errors,
            streamed,
            pages: Vec::new(),
            headers: replies.headers,
            headers_name: String::new(),
            headers_shared: None,
            servers: None,
            security,
            idempotent: self.ground.idempotent(*extensions, origin),
            deprecated: *deprecated,
            doc,
            origin: origin.clone(),
        }
    }

    /// What is said about a path is said about its operations, unless they say something themselves.
    fn operation_doc(&mut self, place: &Place<'a, '_>, described: &Described<'_>, origin: &Origin) -> Doc {
        let Place { item, group, .. } = *place;
        let Described { tags, summary, description, external_docs, callbacks, .. } = described;
        let calls_back = (!callbacks.is_empty()).then(|| {
            let message = "callbacks are requests that the server makes; the client has nothing to send for them";
            let diagnostic = Diagnostic::warning(Rule::UnsupportedOperation, &origin.child("callbacks"), message);
            self.ground.push(diagnostic.on_key().help("the docs of the method name them"));
            let names = joined(callbacks.keys().map(code), ", ");
            said("The server calls back: ") + names + ". Such requests are up to whoever receives them."
        });
        let summary = summary.or(item.summary);
        let description = description.or(item.description);
        let see_also = external_docs.map(doc::see_also);
        Doc::of([summary, description]).and(calls_back).and(see_also).and(also_tagged(tags, group))
    }
}

/// Where an operation stands.
struct Place<'a, 'b> {
    path: &'a str,
    method: Method,
    item: &'b PathItem<'a>,
    item_origin: Origin,
    /// The tag that it is under, or nothing.
    group: &'b str,
}

/// An operation is a method of its first tag; the others are only mentioned.
fn also_tagged(tags: &[&str], group: &str) -> Option<Prose> {
    let first = tags.iter().position(|tag| *tag == group);
    let others = tags.iter().enumerate().filter(|(index, _)| Some(*index) != first);
    let others: Vec<_> = others.map(|(_, tag)| code(tag)).collect();
    let also = if first.is_some() { "Also tagged " } else { "Tagged " };
    (!others.is_empty()).then(|| said(also) + joined(others, ", ") + ".")
}
