//! `src/mock.rs`: clients that are answered as the description documents.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use crate::api::{Api, CredentialKind, CredentialType};

pub(super) fn mock(api: &Api) -> TokenStream {
    let credentials: Vec<_> = api.credentials.iter().filter_map(credential).collect();
    let import = (!credentials.is_empty()).then(|| {
        quote!(
            use crate::credentials;
        )
    });
    let is_deprecated = api.credentials.iter().any(|one| one.deprecated && credential(one).is_some());
    let deprecated = is_deprecated.then(|| quote!(#[allow(deprecated, reason = "each scheme has a credential")]));
    quote! {
        //! Clients whose calls are answered as the API description documents, without a network.

        #import
        #[cfg(feature = "blocking")]
        use crate::runtime::blocking;
        use crate::runtime::build_error::BuildError;
        use crate::runtime::client::{Client, ClientBuilder};
        use crate::runtime::credential::BearerToken;
        use crate::runtime::mock::Mock;
        use crate::runtime::retry::RetryPolicy;

        /// What the mock knows of the API.
        const TABLE: &str = include_str!("mock.json");

        impl Client {
            /// A client whose calls are answered with the documented examples, without a network; and the [`Mock`] that
            /// answers them.
            ///
            /// It has a credential for each security scheme, and tries no call again. For a client that differs, see
            /// [`ClientBuilder::mock`].
            ///
            /// # Errors
            ///
            /// Those of [`ClientBuilder::build`].
            pub fn mock() -> Result<(Self, Mock), BuildError> {
                builder().mock()
            }
        }

        #[cfg(feature = "blocking")]
        impl blocking::Client {
            /// The same as [`Client::mock`], for calls that block the thread.
            ///
            /// # Errors
            ///
            /// Those of [`ClientBuilder::build_blocking`].
            pub fn mock() -> Result<(Self, Mock), BuildError> {
                builder().mock_blocking()
            }
        }

        impl ClientBuilder {
            /// The client, with a [`Mock`] in place of its transport.
            ///
            /// # Errors
            ///
            /// Those of [`build`](Self::build).
            pub fn mock(self) -> Result<(Client, Mock), BuildError> {
                let mock = Mock::of(TABLE);
                Ok((self.transport(mock.clone()).build()?, mock))
            }

            /// The same for calls that block the thread.
            ///
            /// # Errors
            ///
            /// Those of [`build_blocking`](Self::build_blocking).
            #[cfg(feature = "blocking")]
            pub fn mock_blocking(self) -> Result<(blocking::Client, Mock), BuildError> {
                let mock = Mock::of(TABLE);
                Ok((self.transport(mock.clone()).build_blocking()?, mock))
            }
        }

        #deprecated
        fn builder() -> ClientBuilder {
            Client::builder(Mock::server())
                .credential(BearerToken::new("mock"))
                #(.credential(#credentials))*
                .retry(RetryPolicy::none())
        }
    }
}

/// A credential for a scheme that takes more than any token.
fn credential(credential: &CredentialType) -> Option<TokenStream> {
    let name = ident(&credential.name.rust);
    match credential.kind {
        CredentialKind::Flow(_) | CredentialKind::Token => None,
        CredentialKind::Basic => Some(quote!(credentials::#name::new("mock", "mock"))),
        CredentialKind::Http(_) | CredentialKind::Key(..) => Some(quote!(credentials::#name::new("mock"))),
    }
}
