//! What proves to the server who is calling.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::token::{TokenContext, TokenSource};
use super::token_cache::TokenCache;
use super::token_error::TokenError;

/// An access token, sent as `Authorization: Bearer …`.
///
/// It is wiped from memory when it is dropped, and never printed.
#[derive(Clone)]
pub struct BearerToken(SecretString);

impl BearerToken {
    /// The token as the token service gave it, without the word `Bearer`.
    ///
    /// Whether it can be sent at all is checked when the client is built: a line break at its
    /// end, as from a file, is an error there.
    pub fn new(token: impl Into<String>) -> Self {
        Self(SecretString::from(token.into()))
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(…)")
    }
}

/// What a client proves its identity with: a [`BearerToken`], or a way to get tokens.
///
/// Clones share the token that they have got. It goes to the client's server, and to the servers
/// that the API description or the caller names for a call; it is never printed.
#[derive(Clone)]
pub struct Credential(Source);

/// Where the token of a call comes from.
#[derive(Clone)]
enum Source {
    Fixed(BearerToken),
    Fresh(Arc<TokenCache>),
    /// What was given cannot be used; the client says so when it is built.
    Unusable(CredentialError),
}

impl Credential {
    /// A credential with tokens from `source`.
    ///
    /// A token is kept until shortly before it expires: two minutes, or a fifth of its lifetime if
    /// that is shorter. Calls that need one at the same time ask for it once. When the server
    /// refuses a token with status 401, a call asks for a new one and is repeated, once.
    pub fn from_source(source: impl TokenSource + 'static) -> Self {
        Self(Source::Fresh(Arc::new(TokenCache::new(source))))
    }

    pub(crate) fn unusable(error: CredentialError) -> Self {
        Self(Source::Unusable(error))
    }

    /// Whether it can be sent, as far as that is known before the first call.
    pub(crate) fn check(&self) -> Result<(), CredentialError> {
        match &self.0 {
            Source::Fixed(BearerToken(token)) => bearer(token).map(drop),
            Source::Fresh(_) => Ok(()),
            Source::Unusable(error) => Err(error.clone()),
        }
    }

    /// The value of the `Authorization` header for one attempt; marked, so that nothing prints it.
    pub(crate) async fn authorization(&self, context: TokenContext<'_>) -> Result<HeaderValue, TokenError> {
        match &self.0 {
            Source::Fixed(BearerToken(token)) => bearer(token).map_err(TokenError::credential),
            Source::Fresh(cache) => cache.authorization(context).await,
            Source::Unusable(error) => Err(TokenError::credential(error.clone())),
        }
    }

    /// Takes note that the server refused `value`. Whether there may be another one, which
    /// [`authorization`](Self::authorization) gives.
    pub(crate) fn refused(&self, value: &HeaderValue) -> bool {
        match &self.0 {
            Source::Fresh(cache) => {
                cache.refused(value);
                true
            }
            Source::Fixed(_) | Source::Unusable(_) => false,
        }
    }
}

/// `Bearer …`, if the token can stand in a header.
pub(crate) fn bearer(token: &SecretString) -> Result<HeaderValue, CredentialError> {
    let token = token.expose_secret();
    if token.is_empty() {
        return Err(CredentialError::Empty);
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(CredentialError::Character);
    }
    let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| CredentialError::Character)?;
    value.set_sensitive(true);
    Ok(value)
}

impl From<BearerToken> for Credential {
    fn from(token: BearerToken) -> Self {
        Self(Source::Fixed(token))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// Why a credential cannot be sent. It never shows the credential.
#[derive(Clone, Debug)]
pub(crate) enum CredentialError {
    Empty,
    Character,
    /// A part of the credential that was given as an empty text.
    Missing(&'static str),
    /// A value that has no place in the address of the token service.
    UrlValue(&'static str),
    /// The address of the token service, and why it is none.
    TokenUrl(Arc<str>),
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the bearer token is empty"),
            Self::Character => f.write_str(
                "the bearer token has a character that no token has (a space, a line break at \
                 its end, or one beyond ASCII)",
            ),
            Self::Missing(what) => write!(f, "the {what} is empty"),
            Self::UrlValue(name) => write!(
                f,
                "the {name} is empty or made of dots alone, so that it would change the address of the token service"
            ),
            Self::TokenUrl(why) => write!(f, "tokens cannot be asked for: {why}"),
        }
    }
}
