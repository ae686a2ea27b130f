//! The types that get tokens from a token service.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::scope::ident;
use crate::api::{Address, Flow, Grant, Name, Segment, Target};
use crate::texts::{Doc, code, literal, said};

/// What is said about a flow that its description says nothing about.
pub(super) fn what(grant: Grant) -> &'static str {
    match grant {
        Grant::ClientCredentials => "The client signs in on its own, with its id and its secret.",
        Grant::RefreshToken => "The client acts for a user, by a refresh token from an earlier sign-in.",
        Grant::DeviceCode => "The client acts for a user, who signs in on another device.",
    }
}

/// The type that the type of a flow is made of.
pub(super) fn inner(flow: &Flow) -> TokenStream {
    grant(flow.grant)
}

/// The methods of a flow; `bound` is what makes a credential one of its scheme alone.
pub(super) fn methods(
    flow: &Flow,
    with_authority: bool,
    deprecated: Option<&TokenStream>,
    bound: Option<&TokenStream>,
) -> TokenStream {
    let constructor = constructor(flow, with_authority, deprecated);
    let azure = flow.azure_scope().map(|scope| azure(scope, bound));
    let setters = setters();
    let hook = (flow.grant != Grant::ClientCredentials).then(hook);
    let device = flow.device.is_some().then(device_setters);
    quote! {
        #constructor
        #azure
        #device
        #setters
        #hook
    }
}

fn grant(grant: Grant) -> TokenStream {
    match grant {
        Grant::ClientCredentials => quote!(oauth2::ClientCredentials),
        Grant::RefreshToken => quote!(oauth2::RefreshToken),
        Grant::DeviceCode => quote!(device_code::DeviceCode),
    }
}

/// Whether the choice of the server makes a difference to how tokens are asked for.
pub(super) fn needs_server(flow: &Flow, with_authority: bool) -> bool {
    with_authority || flow.target.as_ref().is_some_and(Target::needs_server)
}

fn constructor(flow: &Flow, with_authority: bool, deprecated: Option<&TokenStream>) -> TokenStream {
    let grant = grant(flow.grant);
    let server = needs_server(flow, with_authority).then(|| quote!(server: Server,));
    let variables: Vec<_> = flow.variables.iter().map(|variable| ident(&variable.rust)).collect();
    let token_url = address(flow, &flow.token, with_authority);
    let device_url = flow.device.as_ref().map(|device| {
        let device_url = address(flow, device, with_authority);
        quote!(let device_url = #device_url;)
    });
    let secret = quote!(client_secret: impl Into<SecretString>,);
    let (parameters, arguments) = match flow.grant {
        Grant::ClientCredentials => (secret, quote!(token_url, client_id, client_secret)),
        Grant::RefreshToken => (
            quote!(#secret refresh_token: impl Into<SecretString>,),
            quote!(token_url, client_id, client_secret, refresh_token),
        ),
        Grant::DeviceCode => (
            quote!(prompt: impl Fn(&device_code::DevicePrompt) + Send + Sync + 'static,),
            quote!(device_url, token_url, client_id, prompt),
        ),
    };
    let target = flow.target.as_ref().map(target);
    let correlation =
        flow.correlation_header.as_ref().map(|name| quote!(.correlation_header(http::HeaderName::from_static(#name))));
    let docs = doc::outer(&constructor_docs(flow));
    quote! {
        #docs
        #deprecated
        pub fn new(
            #server
            #(#variables: &str,)*
            client_id: impl Into<String>,
            #parameters
        ) -> Self {
            #device_url
            let token_url = #token_url;
            Self(#grant::new(#arguments) #target #correlation)
        }
    }
}

/// An address, with the values of the variables that it has.
fn address(flow: &Flow, address: &Address, with_authority: bool) -> TokenStream {
    let Address { authority, path } = address;
    let authority = match with_authority {
        true => quote!(server.authority()),
        false => quote!(#authority),
    };
    let is_there = |variable: &&Name| address.has(&variable.wire);
    let variables = flow.variables.iter().filter(is_there).map(|variable| {
        let (name, value) = (variable.wire.as_str(), ident(&variable.rust));
        quote!((#name, #value))
    });
    quote!(TokenUrl::new(#authority, #path, &[#(#variables),*]))
}

fn constructor_docs(flow: &Flow) -> Doc {
    let mut asked = said("Asks for tokens at ") + code(&flow.token.path);
    if let Some(device) = &flow.device {
        asked = said("Asks for codes at ") + code(&device.path) + ",\nfor tokens at " + code(&flow.token.path);
    }
    if let Some(target) = &flow.target {
        asked += match target {
            Target::Scope(_) => ",\nfor the scope ",
            Target::Resource(_) => ",\nfor the resource ",
        };
        asked += code(&shown(target));
    }
    let prompt = "`prompt` shows a person where to sign in, and the code to enter there. The call that needs a token\n\
                  waits for that; if it ends before, the next call waits for the same code.";
    let prompt = flow.device.is_some().then_some(prompt);
    Doc::from((asked + ".").kept())
        .and(prompt)
        .and(Some("Whether the values can be used is checked when the client is built."))
}

/// A target as a reader of the docs sees it.
fn shown(target: &Target) -> String {
    let pieces = target.pieces().iter().map(|piece| match piece {
        Segment::Literal(text) => text.clone(),
        Segment::Param(name) => format!("<{name}>"),
    });
    pieces.collect()
}

fn target(target: &Target) -> TokenStream {
    let value = target_value(target);
    match target {
        Target::Scope(_) => quote!(.scope(#value)),
        Target::Resource(_) => quote!(.resource(#value)),
    }
}

fn target_value(target: &Target) -> TokenStream {
    match target.pieces() {
        [] => quote!(""),
        [Segment::Literal(text)] => quote!(#text),
        [Segment::Param(_)] => quote!(server.url()),
        pieces => {
            let format = pieces.iter().map(|piece| match piece {
                Segment::Literal(text) => literal::format(text),
                Segment::Param(_) => "{0}".to_owned(),
            });
            let format: String = format.collect();
            quote!(format!(#format, server.url()))
        }
    }
}

fn azure(scope: &Target, bound: Option<&TokenStream>) -> TokenStream {
    let server = scope.needs_server().then(|| quote!(server: Server,));
    let docs = said("The tokens of a credential of `azure_core`, in place of an id and a secret, for the scope\n")
        + code(&shown(scope))
        + ". See [`Credential::from_azure`].";
    let docs = doc::outer(&docs.kept().into());
    let value = target_value(scope);
    quote! {
        #docs
        #[cfg(feature = "azure_core")]
        pub fn from_azure(
            #server
            credential: std::sync::Arc<dyn azure_core::credentials::TokenCredential>,
        ) -> Credential {
            Credential::from_azure(credential, #value)#bound
        }
    }
}

fn setters() -> TokenStream {
    quote! {
        /// Asks for another scope, or several with a space in between. It takes the place of a
        /// resource.
        #[must_use]
        pub fn scope(self, scope: impl Into<String>) -> Self {
            Self(self.0.scope(scope))
        }

        /// Asks for another resource, as older token services name what a token is for. It takes
        /// the place of a scope.
        #[must_use]
        pub fn resource(self, resource: impl Into<String>) -> Self {
            Self(self.0.resource(resource))
        }

        /// Asks at another address, such as that of a proxy or a test. The secrets go there.
        #[must_use]
        pub fn token_url(self, url: impl Into<TokenUrl>) -> Self {
            Self(self.0.token_url(url))
        }
    }
}

/// What only those have that ask a person.
fn device_setters() -> TokenStream {
    quote! {
        /// The secret of a client that has one. It is sent with the requests for codes and tokens.
        #[must_use]
        pub fn client_secret(self, secret: impl Into<SecretString>) -> Self {
            Self(self.0.client_secret(secret))
        }

        /// A refresh token from an earlier sign-in. While it is good, nobody has to sign in.
        #[must_use]
        pub fn refresh_token(self, token: impl Into<SecretString>) -> Self {
            Self(self.0.refresh_token(token))
        }

        /// Asks for codes at another address, such as that of a proxy or a test.
        #[must_use]
        pub fn device_url(self, url: impl Into<TokenUrl>) -> Self {
            Self(self.0.device_url(url))
        }
    }
}

fn hook() -> TokenStream {
    quote! {
        /// Calls `hook` with each new refresh token that the token service hands out, so that it
        /// can be stored in place of the one before.
        #[must_use]
        pub fn on_rotated(self, hook: impl Fn(&SecretString) + Send + Sync + 'static) -> Self {
            Self(self.0.on_rotated(hook))
        }
    }
}
