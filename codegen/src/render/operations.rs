//! `src/operations.rs` and `src/operations/…`: the methods that call the API.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{Code, Sink, Tokens, bodies, doc, headers, lints, pages, params, replies, streamed};
use crate::api::{Api, Group, Operation, OwnServers, Part, Segment};
use crate::texts::{Doc, Paragraph, Prose, code, item, joined, said};

/// The methods that every version of `http` has a constant for.
const CONSTANTS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// The module of all operations: a method of the client for each tag.
pub(super) fn index(api: &Api, sink: &mut Sink<'_>) -> Tokens {
    let mut scope = Scope::elsewhere(api);
    if api.groups.is_empty() {
        return Tokens::from(quote! {
            //! The operations of the API: none.
        });
    }
    let (tagged, untagged): (Vec<_>, Vec<_>) = api.groups.iter().partition(|group| !group.name.wire.is_empty());
    let modules: Vec<_> = tagged.iter().map(|group| ident(&group.name.rust)).collect();
    let alike = tagged.iter().map(|group| lints::module(&group.name.rust, "operations"));
    let own: Vec<_> = untagged.iter().flat_map(|group| &group.operations).collect();
    let parts: Vec<_> = untagged.iter().flat_map(|group| &group.files).map(|part| ident(&part.name)).collect();
    let own = if parts.is_empty() { own } else { Vec::new() };
    let mut client = Tokens::default();
    if !tagged.is_empty() || !own.is_empty() {
        let name = scope.runtime("Client");
        client.push(quote!(impl<M> #name<M>));
        client.braces(|tokens| {
            tagged.iter().for_each(|group| door(group, tokens));
            own.iter().for_each(|operation| method(operation, None, &mut scope, tokens));
        });
    }
    own.iter().for_each(|operation| sink(Code::Tokens(items(operation, None, &mut scope))));
    let module_doc = doc::inner(&Doc::from(match tagged.is_empty() {
        true => "The operations of the API.",
        false => "The operations of the API, by tag.",
    }));
    let uses = scope.uses();
    let mut tokens = Tokens::from(quote! {
        #module_doc
        #(#alike pub mod #modules;)*
        #(mod #parts;)*
        #uses
        #(pub use #parts::*;)*
    });
    tokens.append(&client);
    tokens
}

/// What gives the operations of a tag.
fn door(group: &Group, tokens: &mut Tokens) {
    doc::put(&group_doc(group), tokens);
    let (module, ty) = (ident(&group.name.rust), ident(&group.type_name));
    tokens.push(quote! {
        pub fn #module(&self) -> #module::#ty<'_, M> {
            #module::#ty::new(self)
        }
    });
}

/// One of several files of the operations of a group.
pub(super) fn part(group: &Group, part: &Part, api: &Api, sink: &mut Sink<'_>) -> Tokens {
    let mut scope = Scope::elsewhere(api);
    let own: Vec<_> = part.items.iter().filter_map(|index| group.operations.get(*index)).collect();
    let is_tagged = !group.name.wire.is_empty();
    let tag = is_tagged.then_some(group);
    let mut methods = Tokens::from(match tag {
        Some(group) => {
            let name = ident(&group.type_name);
            quote!(use super::#name; impl<'a, M> #name<'a, M>)
        }
        None => {
            let client = scope.runtime("Client");
            quote!(impl<M> #client<M>)
        }
    });
    methods.braces(|tokens| own.iter().for_each(|operation| method(operation, tag, &mut scope, tokens)));
    own.iter().for_each(|operation| sink(Code::Tokens(items(operation, tag, &mut scope))));
    let docs = match is_tagged {
        true => said("Operations tagged ") + code(&group.name.wire) + ", by how their paths begin.",
        false => said("Operations of the API, by how their paths begin."),
    };
    let docs = doc::inner(&docs.kept().into());
    let uses = scope.uses();
    let mut tokens = Tokens::from(quote!(#docs #uses));
    tokens.append(&methods);
    tokens
}

fn group_doc(group: &Group) -> Doc {
    group.doc.clone().or(|| tagged(group).into())
}

fn tagged(group: &Group) -> Prose {
    said("The operations tagged ") + code(&group.name.wire) + "."
}

/// The module of one tag.
pub(super) fn group(group: &Group, api: &Api, sink: &mut Sink<'_>) -> Tokens {
    let mut scope = Scope::elsewhere(api);
    let (client, mode) = (scope.runtime("Client"), scope.runtime("Async"));
    let name = ident(&group.type_name);
    let module_doc = doc::inner(&tagged(group).kept().into());
    let docs = doc::outer(&group_doc(group));
    let own = if group.files.is_empty() { group.operations.as_slice() } else { &[] };
    let mut methods = Tokens::from(quote!(impl<'a, M> #name<'a, M>));
    methods.braces(|tokens| {
        tokens.push(quote! {
            pub(crate) fn new(client: &'a #client<M>) -> Self {
                Self { client }
            }
        });
        own.iter().for_each(|operation| method(operation, Some(group), &mut scope, tokens));
    });
    own.iter().for_each(|operation| sink(Code::Tokens(items(operation, Some(group), &mut scope))));
    let parts: Vec<_> = group.files.iter().map(|part| ident(&part.name)).collect();
    let alike = group.files.iter().map(|part| lints::module(&part.name, &group.name.rust));
    let uses = scope.uses();
    let mut tokens = Tokens::from(quote! {
        #module_doc
        #(#alike mod #parts;)*
        #uses
        #(pub use #parts::*;)*

        #docs
        #[derive(Debug)]
        pub struct #name<'a, M = #mode> {
            client: &'a #client<M>,
        }

        impl<M> Clone for #name<'_, M> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<M> Copy for #name<'_, M> {}
    });
    tokens.append(&methods);
    tokens
}

/// The method of an operation, as a link.
fn link(operation: &Operation, group: Option<&Group>) -> Prose {
    let owner = group.map_or("Client", |group| &group.type_name);
    item(&format!("{owner}::{}", operation.name.rust))
}

fn method(operation: &Operation, group: Option<&Group>, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    doc::put(&method_doc(operation), tokens);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let name = ident(&operation.name.rust);
    let marker = ident(&operation.type_name);
    let call = scope.runtime("Call");
    let request = request(operation, scope);
    let arguments = params::arguments(operation, scope);
    let lints = lints::method(&operation.name.rust, arguments.len() + 1, params::argument_types(operation));
    let statements = params::statements(operation, scope);
    let (receiver, lifetime, client) = match group {
        Some(_) => (quote!(self), quote!('a), quote!(self.client)),
        None => (quote!(&self), quote!('_), quote!(self)),
    };
    tokens.push(quote! {
        #deprecated
        #lints
        pub fn #name(#receiver, #(#arguments),*) -> #call<#lifetime, #marker, M>
    });
    tokens.braces(|tokens| match statements.is_empty() {
        true => tokens.push(quote!(#call::new(#client, #request))),
        false => {
            tokens.push(quote!(let mut request = #request;));
            tokens.extend(statements);
            tokens.push(quote!(#call::new(#client, request)));
        }
    });
}

/// The request of a method and a path. What `http` has no constant for goes by its name.
fn request(operation: &Operation, scope: &mut Scope<'_>) -> TokenStream {
    let request = scope.runtime("Request");
    let path = Segment::template(&operation.path);
    let name = operation.method.as_str();
    if CONSTANTS.contains(&name) {
        let (method, name) = (scope.import("http", "Method"), ident(name));
        return quote!(#request::new(#method::#name, #path));
    }
    quote!(#request::named(#name, #path))
}

/// The path with the query that the description has there.
fn target(operation: &Operation) -> String {
    let pairs: Vec<_> = operation.fixed_query.iter().map(|(_, text)| text.as_str()).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", Segment::template(&operation.path), pairs.join("&"))
}

fn method_doc(operation: &Operation) -> Doc {
    let mut docs = operation.doc.clone();
    let request = code(&format!("{} {}", operation.method, target(operation)));
    let id = operation.is_shortened.then(|| said(", `operationId` ") + code(&operation.name.wire));
    docs.push(id.map_or_else(|| request.clone(), |id| request.clone() + id).kept());
    if let Some(servers) = &operation.servers {
        docs.push(own_servers(servers));
        docs.append(servers.doc.clone());
    }
    docs.extend(params::argument_docs(operation));
    docs.extend(bodies::form_doc(operation));
    docs.append(params::setter_docs(operation));
    if operation.streamed.is_some() {
        docs.push((said("Answered item by item by ") + code("stream") + " of the call.").kept());
    }
    if !operation.pages.is_empty() {
        docs.push(
            "One page of many: `items` of the call goes through the items of all pages, `pages` through the pages.",
        );
    }
    if let Some(name) = replies::error_type(operation) {
        docs.push(Paragraph::Heading("Errors"));
        let documented = said("The documented ones are in ") + name;
        docs.push((documented + "; see [`ErrorKind`](crate::ErrorKind) for all.").kept());
    }
    docs
}

/// What is said about an operation that goes to a server of its own.
fn own_servers(servers: &OwnServers) -> Prose {
    let OwnServers { url, doc: _, beside, others } = servers;
    let is_open = url.contains('{') || url.ends_with("://");
    let mut text = said("Goes to ") + code(url);
    text += match url.starts_with('/') {
        true => " on the host of the client's server.",
        false if is_open => {
            ", which `Call::server` takes, unless the client has an address that the description does not list."
        }
        false => ", unless the client has an address that the description does not list.",
    };
    for (server, other) in beside {
        text += said(" For clients of ") + code(server) + ", it is " + code(other) + ".";
    }
    let others = others.iter().filter(|url| !beside.iter().any(|(_, known)| known == *url));
    let others: Vec<_> = others.map(|url| code(url)).collect();
    if !others.is_empty() {
        text += said(" The description also lists ") + joined(others, ", ") + "; `Call::server` takes another one.";
    }
    text
}

/// What belongs to an operation beside its method.
fn items(operation: &Operation, group: Option<&Group>, scope: &mut Scope<'_>) -> Tokens {
    let mut tokens = Tokens::default();
    let marker = ident(&operation.type_name);
    let link = link(operation, group);
    doc::put(&(said("The operation behind ") + link.clone() + ".").kept().into(), &mut tokens);
    tokens.push(quote!(pub struct #marker;));
    tokens.push(replies::operation(operation, scope));
    tokens.extend(pages::paged(operation, scope));
    setters(operation, &marker, scope, &mut tokens);
    bodies::items(operation, &link, scope, &mut tokens);
    tokens.push(replies::enums(operation, &link, scope));
    tokens.extend(headers::structure(operation, &link, scope));
    tokens.extend(streamed::items(operation, &link, scope));
    tokens
}

/// What can be set on a call of an operation.
fn setters(operation: &Operation, marker: &Ident, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    let setters: Vec<_> = params::setters(operation).collect();
    let body_setters = bodies::setters(operation, scope);
    if setters.is_empty() && body_setters.is_empty() {
        return;
    }
    let call = scope.runtime("Call");
    tokens.push(quote!(impl<M> #call<'_, #marker, M>));
    tokens.braces(|tokens| {
        setters.into_iter().for_each(|param| params::setter(param, scope, tokens));
        tokens.extend(body_setters);
    });
}
