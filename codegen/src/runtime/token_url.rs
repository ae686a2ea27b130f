//! Where tokens are asked for.

use std::fmt;

use super::base_url::{BaseUrl, BaseUrlError, ServerFault};
use super::credential::CredentialError;
use super::template::{self, Filling};

/// The address of a token service; made from a [`BaseUrl`].
///
/// Secrets are sent there, and nowhere else.
#[derive(Clone, Debug)]
pub struct TokenUrl(Result<BaseUrl, CredentialError>);

impl TokenUrl {
    /// An address of the API description: `authority`, a scheme and a host, then `path`, which has
    /// each of `values` in place of `{name}`.
    #[doc(hidden)]
    pub fn new(authority: &str, path: &str, values: &[(&'static str, &str)]) -> Self {
        Self(expand(authority, path, values))
    }

    pub(crate) fn get(&self) -> Result<&BaseUrl, CredentialError> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

fn expand(authority: &str, path: &str, values: &[(&'static str, &str)]) -> Result<BaseUrl, CredentialError> {
    let fillings: Vec<_> = values.iter().map(|&(name, value)| Filling::open(name, value, None)).collect();
    // Other values would address another token service, or another tenant.
    let url = template::expand("", &format!("{authority}{path}"), &fillings).map_err(CredentialError::UrlValue)?;
    url.parse().map_err(|error: BaseUrlError| CredentialError::TokenUrl(error.to_string().into()))
}

impl From<BaseUrl> for TokenUrl {
    /// Secrets need more than the caller's permission to be sent in the clear: plain `http` is for
    /// this machine only.
    fn from(url: BaseUrl) -> Self {
        let url = url.secured();
        match url.check(false) {
            Ok(()) => Self(Ok(url)),
            Err(ServerFault::Http(origin)) => {
                let why = format!("secrets are not sent to `{origin}`, which is reached by plain `http`");
                Self(Err(CredentialError::TokenUrl(why.into())))
            }
            Err(fault) => Self(Err(CredentialError::TokenUrl(fault.to_string().into()))),
        }
    }
}

impl fmt::Display for TokenUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(url) => url.fmt(f),
            Err(error) => error.fmt(f),
        }
    }
}
