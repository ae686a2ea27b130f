//! The servers that have something to fill in: a type each, and the types of what can be chosen from.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use super::{doc, lints, servers};
use crate::api::{Api, Server, ServerVariable, Type};
use crate::texts::{Doc, code, said};

pub(super) fn types(api: &Api) -> TokenStream {
    let open = api.servers.iter().filter(|server| server.is_open());
    let types = open.map(|server| {
        let listed = server.variables.iter().filter(|variable| !variable.values.is_empty());
        let values = listed.map(|variable| values(server, variable));
        let own = server_type(server);
        quote!(#own #(#values)*)
    });
    quote!(#(#types)*)
}

fn server_type(server: &Server) -> TokenStream {
    let docs = servers::docs(server);
    let (name, variant) = (ident(&server.type_name), ident(&server.name.rust));
    let at = server.relative.then(|| quote!(at: BaseUrl,));
    let fields = server.variables.iter().map(|variable| {
        let (name, ty) = (ident(&variable.name.rust), variable_type(variable));
        quote!(#name: #ty)
    });
    let (constructor, default) = constructor(server);
    let setters = server.variables.iter().map(setter);
    let address = address(server);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct #name {
            #at
            #(#fields,)*
        }

        #default

        impl #name {
            #constructor
            #(#setters)*

            /// The address, without a slash at its end. If the values make none, it has names in braces,
            /// and no client is built for it.
            pub fn url(&self) -> String {
                BaseUrl::from(self.clone()).to_string()
            }
        }

        impl From<#name> for Server {
            fn from(server: #name) -> Self {
                Self::#variant(server)
            }
        }

        #address
    }
}

fn variable_type(variable: &ServerVariable) -> TokenStream {
    match variable.values.is_empty() {
        true => quote!(String),
        false => {
            let ty = ident(&variable.type_name);
            quote!(#ty)
        }
    }
}

/// The value that a variable has unless callers say otherwise.
fn default(variable: &ServerVariable) -> Option<TokenStream> {
    let default = variable.default.as_deref()?;
    match variable.values.iter().find(|value| value.name.wire == default) {
        Some(value) => {
            let (ty, value) = (ident(&variable.type_name), ident(&value.name.rust));
            Some(quote!(#ty::#value))
        }
        None => Some(quote!(#default.to_owned())),
    }
}

/// A function that takes what has no default; if there is no such thing, `Default`.
fn constructor(server: &Server) -> (Option<TokenStream>, Option<TokenStream>) {
    let name = ident(&server.type_name);
    let values = server.variables.iter().map(|variable| {
        let name = ident(&variable.name.rust);
        let value = default(variable).unwrap_or_else(|| quote!(#name.into()));
        quote!(#name: #value)
    });
    let needed = server.variables.iter().filter(|variable| variable.default.is_none());
    let needed: Vec<_> = needed.map(|variable| ident(&variable.name.rust)).collect();
    let arguments = quote!(#(#needed: impl Into<String>),*);
    let body = |at: Option<TokenStream>| quote!(Self { #at #(#values,)* });
    if server.relative {
        let body = body(Some(quote!(at: at.into(),)));
        let constructor = quote! {
            /// The server on the host `at`, and under its path if it has one.
            pub fn at(at: impl Into<BaseUrl>, #arguments) -> Self {
                #body
            }
        };
        return (Some(constructor), None);
    }
    let body = body(None);
    if needed.is_empty() {
        let default = quote! {
            impl Default for #name {
                fn default() -> Self {
                    #body
                }
            }
        };
        return (None, Some(default));
    }
    let constructor = quote! {
        /// The server with the values that have no default.
        pub fn new(#arguments) -> Self {
            #body
        }
    };
    (Some(constructor), None)
}

fn setter(variable: &ServerVariable) -> TokenStream {
    let name = ident(&variable.name.rust);
    let lints = lints::method(&variable.name.rust, 2, [&Type::String].into_iter());
    let mut described = variable.doc.clone();
    if described.is_empty() {
        described.push(said("Sets ") + code(&format!("{{{}}}", variable.name.wire)) + ".");
    }
    if let Some(default) = &variable.default {
        described.push(match default.as_str() {
            "" => said("Default: empty."),
            default => said("Default: ") + code(default) + ".",
        });
    }
    let docs = doc::outer(&described);
    let (ty, value) = match variable.values.is_empty() {
        true => (quote!(impl Into<String>), quote!(value.into())),
        false => (variable_type(variable), quote!(value)),
    };
    quote! {
        #docs
        #lints
        #[must_use]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// What callers have put in the place of each name.
fn filling(variable: &ServerVariable) -> TokenStream {
    let (wire, name) = (&variable.name.wire, ident(&variable.name.rust));
    if !variable.values.is_empty() {
        return quote!(Filling::listed(#wire, server.#name.as_str()));
    }
    let default = match &variable.default {
        Some(default) => quote!(Some(#default)),
        None => quote!(None),
    };
    quote!(Filling::open(#wire, &server.#name, #default))
}

fn address(server: &Server) -> TokenStream {
    let name = ident(&server.type_name);
    let template = server.template();
    let fillings = server.variables.iter().map(filling);
    let expanded = match server.relative {
        true => quote!(server.at.below(#template, &[#(#fillings),*])),
        false => quote!(Self::expanded(#template, &[#(#fillings),*])),
    };
    quote! {
        impl From<#name> for BaseUrl {
            fn from(server: #name) -> Self {
                #expanded
            }
        }
    }
}

/// The values that a variable can have.
fn values(server: &Server, variable: &ServerVariable) -> TokenStream {
    let name = ident(&variable.type_name);
    let wires: Vec<_> = variable.values.iter().map(|value| value.name.wire.as_str()).collect();
    let variants: Vec<_> = variable.values.iter().map(|value| ident(&value.name.rust)).collect();
    let (variable, server) = (code(&variable.name.wire), code(&server.template()));
    let docs = doc::outer(&Doc::from(said("The values of ") + variable + " for " + server + "."));
    let value_docs = wires
        .iter()
        .map(|wire| doc::outer(&Doc::from(if wire.is_empty() { said("The empty text.") } else { code(wire) })));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#value_docs #variants,)*
        }

        impl #name {
            /// All of them, in the order of the description.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The text that stands in the address.
            pub fn as_str(self) -> &'static str {
                match self {
                    #(Self::#variants => #wires,)*
                }
            }
        }
    }
}
