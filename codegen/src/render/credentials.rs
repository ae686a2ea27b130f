//! `src/credentials.rs`: the ways to sign in that the description lists.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use super::{doc, flows};
use crate::api::{Api, CredentialKind, CredentialType, Location};
use crate::texts::{Doc, Prose, code, said};

pub(super) fn credentials(api: &Api) -> TokenStream {
    let with_authority = api.servers.iter().any(|server| server.authority.is_some());
    let types = api.credentials.iter().map(|credential| credential_type(credential, with_authority));
    let uses = uses(api, with_authority);
    quote! {
        //! The ways to sign in that the description of the API lists.
        #uses

        #(#types)*
    }
}

/// The imports that the types need.
fn uses(api: &Api, with_authority: bool) -> TokenStream {
    let kinds = || api.credentials.iter().map(|credential| &credential.kind);
    let needed: Vec<_> = api.credentials.iter().filter_map(CredentialType::flow).collect();
    let tokens = kinds().any(|kind| matches!(kind, CredentialKind::Token));
    let keys = kinds().any(|kind| !matches!(kind, CredentialKind::Token | CredentialKind::Flow(_)));
    let lines = [
        (!needed.is_empty() || keys).then(|| {
            quote!(
                use secrecy::SecretString;
            )
        }),
        Some(match tokens {
            true => quote!(
                use crate::runtime::credential::{self, Credential};
            ),
            false => quote!(
                use crate::runtime::credential::Credential;
            ),
        }),
        needed.iter().any(|flow| flow.device.is_some()).then(|| {
            quote!(
                use crate::runtime::device_code;
            )
        }),
        keys.then(|| {
            quote!(
                use crate::runtime::key;
            )
        }),
        needed.iter().any(|flow| flow.device.is_none()).then(|| {
            quote!(
                use crate::runtime::oauth2;
            )
        }),
        tokens.then(|| {
            quote!(
                use crate::runtime::token;
            )
        }),
        (!needed.is_empty()).then(|| {
            quote!(
                use crate::runtime::token_url::TokenUrl;
            )
        }),
        needed.iter().any(|flow| flows::needs_server(flow, with_authority)).then(|| {
            quote!(
                use crate::servers::Server;
            )
        }),
    ];
    lines.into_iter().flatten().collect()
}

fn credential_type(credential: &CredentialType, with_authority: bool) -> TokenStream {
    let name = ident(&credential.name.rust);
    let docs = doc::outer(&credential.doc.clone().or(|| what(&credential.kind).into()));
    let scheme = credential.scheme.name();
    let deprecated = credential.deprecated.then(|| quote!(#[deprecated]));
    let bound = credential.is_bound.then(|| quote!(.of_scheme(#scheme)));
    let (inner, methods) = match &credential.kind {
        CredentialKind::Flow(flow) => {
            (flows::inner(flow), flows::methods(flow, with_authority, deprecated.as_ref(), bound.as_ref()))
        }
        CredentialKind::Token => (quote!(Credential), token(deprecated.as_ref())),
        CredentialKind::Basic => (quote!(key::Key), basic(deprecated.as_ref())),
        CredentialKind::Http(scheme) => (quote!(key::Key), http(scheme, deprecated.as_ref())),
        CredentialKind::Key(location, name) => (quote!(key::Key), key(*location, name, deprecated.as_ref())),
    };
    let credential = match (&credential.kind, credential.is_bound) {
        (CredentialKind::Token, _) => quote!(credential.0 #bound),
        (_, false) => quote!(credential.0.into()),
        (_, true) => quote!(Self::from(credential.0) #bound),
    };
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(#inner);

        impl #name {
            #methods
        }

        impl From<#name> for Credential {
            fn from(credential: #name) -> Self {
                #credential
            }
        }
    }
}

/// What is said about a scheme that its description says nothing about.
fn what(kind: &CredentialKind) -> Prose {
    match kind {
        CredentialKind::Flow(flow) => flows::what(flow.grant).into(),
        CredentialKind::Token => "A bearer token.".into(),
        CredentialKind::Basic => "A user name and a password.".into(),
        CredentialKind::Http(scheme) => said("What stands behind ") + code(scheme) + " in the header `Authorization`.",
        CredentialKind::Key(Location::Header, name) if name.eq_ignore_ascii_case("authorization") => {
            said("The whole value of the header ") + code(name) + "."
        }
        CredentialKind::Key(location, name) => said("A key in the ") + place(*location, name) + ".",
    }
}

/// Where a key stands, in words.
pub(super) fn place(location: Location, name: &str) -> Prose {
    let place = match location {
        Location::Query | Location::Querystring => "query parameter",
        location => location.name(),
    };
    said(place) + " " + code(name)
}

fn token(deprecated: Option<&TokenStream>) -> TokenStream {
    quote! {
        /// A token that the caller has, without the word `Bearer`.
        ///
        /// Whether it can be sent is checked when the client is built.
        #deprecated
        pub fn new(token: impl Into<String>) -> Self {
            Self(credential::BearerToken::new(token).into())
        }

        /// Tokens from a source of the caller's own; see [`Credential::from_source`].
        #deprecated
        pub fn from_source(source: impl token::TokenSource + 'static) -> Self {
            Self(Credential::from_source(source))
        }
    }
}

fn basic(deprecated: Option<&TokenStream>) -> TokenStream {
    quote! {
        /// A user name and a password, one of which may be empty. They are sent in the header
        /// `Authorization`, in UTF-8.
        ///
        /// Whether they can be sent is checked when the client is built: a user name has no colon.
        #deprecated
        pub fn new(user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
            Self(key::Key::basic(user, password))
        }
    }
}

const CHECKED: &str = "Whether it can be sent is checked when the client is built.";

fn http(scheme: &str, deprecated: Option<&TokenStream>) -> TokenStream {
    let sent = said("What is sent behind ") + code(scheme) + " in the header `Authorization`.";
    let docs = doc::outer(&Doc::from(sent.kept()).and(Some(CHECKED)));
    quote! {
        #docs
        #deprecated
        pub fn new(value: impl Into<SecretString>) -> Self {
            Self(key::Key::http(#scheme, value))
        }
    }
}

fn key(location: Location, name: &str, deprecated: Option<&TokenStream>) -> TokenStream {
    let sent = said("A key that is sent as the ") + place(location, name) + ".";
    let docs = doc::outer(&Doc::from(sent.kept()).and(Some(CHECKED)));
    let constructor = match location {
        Location::Query | Location::Querystring => quote!(query),
        Location::Cookie => quote!(cookie),
        Location::Header | Location::Path => quote!(header),
    };
    quote! {
        #docs
        #deprecated
        pub fn new(key: impl Into<SecretString>) -> Self {
            Self(key::Key::#constructor(#name, key))
        }
    }
}
