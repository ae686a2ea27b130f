//! `src/servers.rs`: the servers that the description lists.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::doc;
use super::scope::ident;
use crate::api::{Api, Doc};

pub(super) fn servers(api: &Api) -> TokenStream {
    let names: Vec<_> = api.servers.iter().map(|server| ident(&server.name.rust)).collect();
    let urls: Vec<_> = api.servers.iter().map(|server| server.url.as_str()).collect();
    let docs = api.servers.iter().map(|server| match server.doc.is_empty() {
        true => doc::outer(&Doc::of([Some(format!("`{}`", server.url))])),
        false => doc::outer(&server.doc),
    });
    let authority = authority(api, &names);
    quote! {
        //! The servers that the description of the API lists.
        use crate::runtime::base_url::BaseUrl;

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

/// Where the tokens for each server come from.
fn authority(api: &Api, names: &[Ident]) -> Option<TokenStream> {
    let authorities: Option<Vec<_>> = api.servers.iter().map(|server| server.authority.as_deref()).collect();
    authorities.map(|authorities| {
        quote! {
            /// The address of the service that the tokens for this server come from, without a path.
            pub fn authority(self) -> &'static str {
                match self {
                    #(Self::#names => #authorities,)*
                }
            }
        }
    })
}
