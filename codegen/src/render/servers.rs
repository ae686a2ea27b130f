//! `src/servers.rs`: the servers that the description lists.

use std::net::Ipv4Addr;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::ident;
use super::{doc, open_servers};
use crate::api::{Api, Server};
use crate::texts::{code, said};

pub(super) fn servers(api: &Api) -> TokenStream {
    let choice = match api.servers.iter().any(Server::is_open) {
        true => open_choice(api),
        false => plain_choice(api),
    };
    let types = open_servers::types(api);
    let has_variables = api.servers.iter().any(|server| !server.variables.is_empty());
    let filling = has_variables.then(|| {
        quote!(
            use crate::runtime::template::Filling;
        )
    });
    quote! {
        //! The servers that the description of the API lists.
        use crate::runtime::base_url::BaseUrl;
        #filling

        #choice
        #types
    }
}

/// Whether there are types beside that of the choice.
pub(super) fn has_types(api: &Api) -> bool {
    api.servers.iter().any(Server::is_open)
}

fn names(api: &Api) -> Vec<Ident> {
    api.servers.iter().map(|server| ident(&server.name.rust)).collect()
}

/// What is said about a server; at least where it is.
pub(super) fn docs(server: &Server) -> TokenStream {
    let address = match (server.relative, server.template()) {
        (false, url) => code(&url),
        (true, path) if path.is_empty() => said("On a host of the caller's choice."),
        (true, path) => code(&path) + " on a host of the caller's choice.",
    };
    let is_said = !server.doc.is_empty() && !server.is_open();
    let mut described = server.doc.clone();
    if !is_said {
        described.push(address);
    }
    if is_plain_http(server) {
        described.push("It is reached by plain `http`, which takes `ClientBuilder::allow_http`.");
    }
    doc::outer(&described)
}

/// Whether a client that calls the server needs the caller's permission.
pub(super) fn is_plain_http(server: &Server) -> bool {
    let template = server.template();
    let Some(authority) = template.strip_prefix("http://") else { return false };
    let host = authority.split([':', '/']).next().unwrap_or_default();
    let is_own = host == "localhost" || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback());
    // What is in braces is up to the caller.
    !is_own && !authority.starts_with("[::1]") && !authority.starts_with('{')
}

/// The servers are addresses, and nothing is left to say.
fn plain_choice(api: &Api) -> TokenStream {
    let names = names(api);
    let urls: Vec<_> = api.servers.iter().map(Server::template).collect();
    let docs = api.servers.iter().map(docs);
    let authority = authority(api, &quote!(self), &names);
    quote! {
        /// A server that the description of the API lists.
        ///
        /// Any other address is a [`BaseUrl`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server {
            #(#docs #names,)*
        }

        impl Server {
            /// The address, without a slash at its end.
            pub fn url(self) -> &'static str {
                match self {
                    #(Self::#names => #urls,)*
                }
            }

            #authority
        }

        impl From<Server> for BaseUrl {
            fn from(server: Server) -> Self {
                Self::listed(server.url())
            }
        }
    }
}

/// Some of the servers have something to fill in.
fn open_choice(api: &Api) -> TokenStream {
    let names = names(api);
    let docs = api.servers.iter().map(docs);
    let held: Vec<_> = api.servers.iter().map(|server| server.is_open().then(|| ident(&server.type_name))).collect();
    let payloads = held.iter().map(|held| held.as_ref().map(|held| quote!((#held))));
    let urls = api.servers.iter().zip(&names).map(|(server, name)| match server.is_open() {
        true => quote!(Self::#name(server) => server.url()),
        false => {
            let url = server.template();
            quote!(Self::#name => #url.to_owned())
        }
    });
    let addresses = api.servers.iter().zip(&names).map(|(server, name)| match server.is_open() {
        true => quote!(Server::#name(server) => server.into()),
        false => {
            let url = server.template();
            quote!(Server::#name => Self::listed(#url))
        }
    });
    let patterns: Vec<_> = held
        .iter()
        .zip(&names)
        .map(|(held, name)| match held {
            Some(_) => quote!(#name(_)),
            None => quote!(#name),
        })
        .collect();
    let authority = authority(api, &quote!(&self), &patterns);
    quote! {
        /// A server that the description of the API lists.
        ///
        /// Any other address is a [`BaseUrl`].
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server {
            #(#docs #names #payloads,)*
        }

        impl Server {
            /// The address, without a slash at its end. If the values make none, it has names in braces,
            /// and no client is built for it.
            pub fn url(&self) -> String {
                match self {
                    #(#urls,)*
                }
            }

            #authority
        }

        impl From<Server> for BaseUrl {
            fn from(server: Server) -> Self {
                match server {
                    #(#addresses,)*
                }
            }
        }
    }
}

/// Where the tokens for each server come from.
fn authority(api: &Api, receiver: &TokenStream, patterns: &[impl quote::ToTokens]) -> Option<TokenStream> {
    let authorities: Option<Vec<_>> = api.servers.iter().map(|server| server.authority.as_deref()).collect();
    authorities.map(|authorities| {
        quote! {
            /// The address of the service that the tokens for this server come from, without a path.
            pub fn authority(#receiver) -> &'static str {
                match self {
                    #(Self::#patterns => #authorities,)*
                }
            }
        }
    })
}
