//! `src/operations.rs` and `src/operations/…`: the methods that call the API.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{Code, Sink, bodies, doc, headers, lints, pages, params, replies, streamed};
use crate::api::{Api, Group, Operation, OwnServers, Part, Segment};
use crate::texts::{Doc, Paragraph, Prose, code, item, joined, said};

/// The methods that every version of `http` has a constant for.
const CONSTANTS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// The module of all operations: a method of the client for each tag.
pub(super) fn index(api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    let mut scope = Scope::elsewhere(api);
    if api.groups.is_empty() {
        return quote! {
            //! The operations of the API: none.
        };
    }
    let (tagged, untagged): (Vec<_>, Vec<_>) = api.groups.iter().partition(|group| !group.name.wire.is_empty());
    let modules: Vec<_> = tagged.iter().map(|group| ident(&group.name.rust)).collect();
    let alike = tagged.iter().map(|group| lints::module(&group.name.rust, "operations"));
    let types: Vec<_> = tagged.iter().map(|group| ident(&group.type_name)).collect();
    let docs: Vec<_> = tagged.iter().map(|group| group_doc(group)).collect();
    let own: Vec<_> = untagged.iter().flat_map(|group| &group.operations).collect();
    let parts: Vec<_> = untagged.iter().flat_map(|group| &group.files).map(|part| ident(&part.name)).collect();
    let own = if parts.is_empty() { own } else { Vec::new() };
    let methods: Vec<_> = own.iter().map(|operation| method(operation, None, &mut scope)).collect();
    let client = (!tagged.is_empty() || !own.is_empty()).then(|| {
        let client = scope.runtime("Client");
        quote! {
            impl<M> #client<M> {
                #(
                    #docs
                    pub fn #modules(&self) -> #modules::#types<'_, M> {
                        #modules::#types::new(self)
                    }
                )*
                #(#methods)*
            }
        }
    });
    own.iter().for_each(|operation| sink(Code::Tokens(items(operation, None, &mut scope))));
    let module_doc = doc::inner(&Doc::from(match tagged.is_empty() {
        true => "The operations of the API.",
        false => "The operations of the API, by tag.",
    }));
    let uses = scope.uses();
    quote! {
        #module_doc
        #(#alike pub mod #modules;)*
        #(mod #parts;)*
        #uses
        #(pub use #parts::*;)*

        #client
    }
}

/// One of several files of the operations of a group.
pub(super) fn part(group: &Group, part: &Part, api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    let mut scope = Scope::elsewhere(api);
    let own: Vec<_> = part.items.iter().filter_map(|index| group.operations.get(*index)).collect();
    let is_tagged = !group.name.wire.is_empty();
    let tag = is_tagged.then_some(group);
    let methods: Vec<_> = own.iter().map(|operation| method(operation, tag, &mut scope)).collect();
    let methods = match tag {
        Some(group) => {
            let name = ident(&group.type_name);
            quote! {
                use super::#name;

                impl<'a, M> #name<'a, M> {
                    #(#methods)*
                }
            }
        }
        None => {
            let client = scope.runtime("Client");
            quote! {
                impl<M> #client<M> {
                    #(#methods)*
                }
            }
        }
    };
    own.iter().for_each(|operation| sink(Code::Tokens(items(operation, tag, &mut scope))));
    let docs = match is_tagged {
        true => said("Operations tagged ") + code(&group.name.wire) + ", by how their paths begin.",
        false => said("Operations of the API, by how their paths begin."),
    };
    let docs = doc::inner(&docs.kept().into());
    let uses = scope.uses();
    quote!(#docs #uses #methods)
}

fn group_doc(group: &Group) -> TokenStream {
    doc::outer(&group.doc.clone().or(|| tagged(group).into()))
}

fn tagged(group: &Group) -> Prose {
    said("The operations tagged ") + code(&group.name.wire) + "."
}

/// The module of one tag.
pub(super) fn group(group: &Group, api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    let mut scope = Scope::elsewhere(api);
    let (client, mode) = (scope.runtime("Client"), scope.runtime("Async"));
    let name = ident(&group.type_name);
    let module_doc = doc::inner(&tagged(group).kept().into());
    let docs = group_doc(group);
    let own = if group.files.is_empty() { group.operations.as_slice() } else { &[] };
    let methods: Vec<_> = own.iter().map(|operation| method(operation, Some(group), &mut scope)).collect();
    own.iter().for_each(|operation| sink(Code::Tokens(items(operation, Some(group), &mut scope))));
    let parts: Vec<_> = group.files.iter().map(|part| ident(&part.name)).collect();
    let alike = group.files.iter().map(|part| lints::module(&part.name, &group.name.rust));
    let uses = scope.uses();
    quote! {
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

        impl<'a, M> #name<'a, M> {
            pub(crate) fn new(client: &'a #client<M>) -> Self {
                Self { client }
            }

            #(#methods)*
        }
    }
}

/// The method of an operation, as a link.
fn link(operation: &Operation, group: Option<&Group>) -> Prose {
    let owner = group.map_or("Client", |group| &group.type_name);
    item(&format!("{owner}::{}", operation.name.rust))
}

fn method(operation: &Operation, group: Option<&Group>, scope: &mut Scope<'_>) -> TokenStream {
    let docs = method_doc(operation);
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
    let body = match statements.as_slice() {
        [] => quote!(#call::new(#client, #request)),
        statements => quote! {
            let mut request = #request;
            #(#statements)*
            #call::new(#client, request)
        },
    };
    quote! {
        #docs
        #deprecated
        #lints
        pub fn #name(#receiver, #(#arguments),*) -> #call<#lifetime, #marker, M> {
            #body
        }
    }
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

fn method_doc(operation: &Operation) -> TokenStream {
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
    doc::outer(&docs)
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
fn items(operation: &Operation, group: Option<&Group>, scope: &mut Scope<'_>) -> TokenStream {
    let marker = ident(&operation.type_name);
    let link = link(operation, group);
    let marker_doc = doc::outer(&(said("The operation behind ") + link.clone() + ".").kept().into());
    let implementation = replies::operation(operation, scope);
    let setters: Vec<_> = params::setters(operation).map(|param| params::setter(param, scope)).collect();
    let body_setters = bodies::setters(operation, scope);
    let call = scope.runtime("Call");
    let setters = (!setters.is_empty() || !body_setters.is_empty()).then(|| {
        quote! {
            impl<M> #call<'_, #marker, M> {
                #(#setters)*
                #(#body_setters)*
            }
        }
    });
    let bodies = bodies::items(operation, &link, scope);
    let outcomes = replies::enums(operation, &link, scope);
    let headers = headers::structure(operation, &link, scope);
    let streamed = streamed::items(operation, &link, scope);
    let paged = pages::paged(operation, scope);
    quote! {
        #marker_doc
        pub struct #marker;

        #implementation
        #paged
        #setters
        #bodies
        #outcomes
        #headers
        #streamed
    }
}
