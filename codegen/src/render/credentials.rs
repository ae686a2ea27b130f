//! `src/credentials.rs`: the ways to sign in that the description lists.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::scope::ident;
use crate::api::{Api, CredentialType, Doc, Grant, Target};

pub(super) fn credentials(api: &Api) -> TokenStream {
    let with_authority = api.servers.iter().any(|server| server.authority.is_some());
    let server = api.credentials.iter().any(|credential| needs_server(credential, with_authority));
    let server = server.then(|| {
        quote!(
            use crate::servers::Server;
        )
    });
    let types = api.credentials.iter().map(|credential| credential_type(credential, with_authority));
    quote! {
        //! The ways to sign in that the description of the API lists.
        use secrecy::SecretString;

        use crate::runtime::credential::Credential;
        use crate::runtime::oauth2;
        use crate::runtime::token_url::TokenUrl;
        #server

        #(#types)*
    }
}

fn credential_type(credential: &CredentialType, with_authority: bool) -> TokenStream {
    let name = ident(&credential.name.rust);
    let grant = grant(credential.grant);
    let what = match credential.grant {
        Grant::ClientCredentials => "The client signs in on its own, with its id and its secret.",
        Grant::RefreshToken => "The client acts for a user, by a refresh token from an earlier sign-in.",
    };
    let docs = match credential.doc.is_empty() {
        true => doc::outer(&Doc::of([Some(what)])),
        false => doc::outer(&credential.doc),
    };
    let constructor = constructor(credential, with_authority);
    let azure = credential.azure_scope().map(azure);
    let setters = setters();
    let hook = (credential.grant == Grant::RefreshToken).then(hook);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(oauth2::#grant);

        impl #name {
            #constructor
            #azure
            #setters
            #hook
        }

        impl From<#name> for Credential {
            fn from(credential: #name) -> Self {
                credential.0.into()
            }
        }
    }
}

fn grant(grant: Grant) -> TokenStream {
    match grant {
        Grant::ClientCredentials => quote!(ClientCredentials),
        Grant::RefreshToken => quote!(RefreshToken),
    }
}

/// Whether the choice of the server makes a difference to how tokens are asked for.
fn needs_server(credential: &CredentialType, with_authority: bool) -> bool {
    with_authority || credential.target.as_ref().is_some_and(|target| target.text().contains("{server}"))
}

fn constructor(credential: &CredentialType, with_authority: bool) -> TokenStream {
    let CredentialType { path, authority, .. } = credential;
    let grant = grant(credential.grant);
    let server = needs_server(credential, with_authority).then(|| quote!(server: Server,));
    let variables: Vec<_> = credential.variables.iter().map(|variable| ident(&variable.rust)).collect();
    let names = credential.variables.iter().map(|variable| variable.wire.as_str());
    let authority = match with_authority {
        true => quote!(server.authority()),
        false => quote!(#authority),
    };
    let (parameter, refresh_token) = match credential.grant {
        Grant::ClientCredentials => (None, None),
        Grant::RefreshToken => (Some(quote!(refresh_token: impl Into<SecretString>,)), Some(quote!(, refresh_token))),
    };
    let target = credential.target.as_ref().map(target);
    let correlation = credential
        .correlation_header
        .as_ref()
        .map(|name| quote!(.correlation_header(http::HeaderName::from_static(#name))));
    let docs = doc::outer_text(&constructor_docs(credential));
    quote! {
        #docs
        pub fn new(
            #server
            #(#variables: &str,)*
            client_id: impl Into<String>,
            client_secret: impl Into<SecretString>,
            #parameter
        ) -> Self {
            let token_url = TokenUrl::new(#authority, #path, &[#((#names, #variables)),*]);
            Self(oauth2::#grant::new(token_url, client_id, client_secret #refresh_token) #target #correlation)
        }
    }
}

fn constructor_docs(credential: &CredentialType) -> String {
    let asked = match &credential.target {
        Some(Target::Scope(scope)) => format!(",\nfor the scope `{scope}`"),
        Some(Target::Resource(resource)) => format!(",\nfor the resource `{resource}`"),
        None => String::new(),
    };
    let asked = asked.replace("{server}", "<server>");
    format!(
        "Asks for tokens at `{}`{asked}.\n\
         \n\
         Whether the values can be used is checked when the client is built.",
        credential.path
    )
}

fn target(target: &Target) -> TokenStream {
    let value = target_value(target);
    match target {
        Target::Scope(_) => quote!(.scope(#value)),
        Target::Resource(_) => quote!(.resource(#value)),
    }
}

fn target_value(target: &Target) -> TokenStream {
    let text = target.text();
    match text.split_once("{server}") {
        None => quote!(#text),
        Some(("", "")) => quote!(server.url()),
        Some(_) => {
            let text = text.replace("{server}", "{0}");
            quote!(format!(#text, server.url()))
        }
    }
}

fn azure(scope: &Target) -> TokenStream {
    let server = scope.text().contains("{server}").then(|| quote!(server: Server,));
    let docs = doc::outer_text(&format!(
        "The tokens of a credential of `azure_core`, in place of an id and a secret, for the scope\n\
         `{}`. See [`Credential::from_azure`].",
        scope.text().replace("{server}", "<server>")
    ));
    let value = target_value(scope);
    quote! {
        #docs
        #[cfg(feature = "azure_core")]
        pub fn from_azure(
            #server
            credential: std::sync::Arc<dyn azure_core::credentials::TokenCredential>,
        ) -> Credential {
            Credential::from_azure(credential, #value)
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
