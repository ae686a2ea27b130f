//! What proves to the server who is calling.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};

use super::key::{Key, Place};
use super::template::Misplaced;
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

/// What a credential is called that is for no security scheme in particular.
pub const BEARER: &str = "any bearer token";

/// What a client proves its identity with: a [`BearerToken`], a way to get tokens, or a key.
///
/// Clones share the token that they have got. It goes to the client's server, and to the servers
/// that the API description or the caller names for a call; it is never printed.
#[derive(Clone)]
pub struct Credential {
    source: Source,
    /// The security scheme of the API description that it is for; without one, it is for all that take
    /// a bearer token.
    scheme: Option<&'static str>,
}

/// Where the secret of a call comes from.
#[derive(Clone)]
enum Source {
    Fixed(BearerToken),
    Fresh(Arc<TokenCache>),
    Key(Arc<Key>),
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
        Self::of(Source::Fresh(Arc::new(TokenCache::new(source))))
    }

    pub(crate) fn unusable(error: CredentialError) -> Self {
        Self::of(Source::Unusable(error))
    }

    fn of(source: Source) -> Self {
        Self { source, scheme: None }
    }

    /// The same, only for the security scheme `name` of the API description.
    #[doc(hidden)]
    pub fn of_scheme(mut self, name: &'static str) -> Self {
        self.scheme = Some(name);
        self
    }

    /// The security scheme that it is for, if it is for one in particular.
    #[doc(hidden)]
    pub fn scheme(&self) -> Option<&'static str> {
        self.scheme
    }

    /// What is sent as it is, if it is no token.
    pub(crate) fn key(&self) -> Option<Arc<Key>> {
        match &self.source {
            Source::Key(key) => Some(key.clone()),
            Source::Fixed(_) | Source::Fresh(_) | Source::Unusable(_) => None,
        }
    }

    /// Where it is sent.
    #[doc(hidden)]
    pub fn place(&self) -> Place {
        self.key().map_or(Place::Header(AUTHORIZATION.as_str()), |key| key.place)
    }

    /// Whether it can be sent, as far as that is known before the first call.
    #[doc(hidden)]
    pub fn check(&self) -> Result<(), CredentialError> {
        match &self.source {
            Source::Fixed(BearerToken(token)) => bearer(token).map(drop),
            Source::Fresh(_) => Ok(()),
            Source::Key(key) => key.check(),
            Source::Unusable(error) => Err(error.clone()),
        }
    }

    /// The `Authorization` header of its token for one attempt; marked, so that nothing prints it.
    pub(crate) async fn authorization(&self, context: TokenContext<'_>) -> Result<Option<HeaderValue>, TokenError> {
        match &self.source {
            Source::Fixed(BearerToken(token)) => bearer(token).map(Some).map_err(TokenError::credential),
            Source::Fresh(cache) => cache.authorization(context).await.map(Some),
            Source::Key(_) => Ok(None),
            Source::Unusable(error) => Err(TokenError::credential(error.clone())),
        }
    }

    /// Takes note that the server refused `value`. Whether there may be another one, which
    /// [`authorization`](Self::authorization) gives.
    pub(crate) fn refused(&self, value: &HeaderValue) -> bool {
        match &self.source {
            Source::Fresh(cache) => {
                cache.refused(value);
                true
            }
            Source::Fixed(_) | Source::Key(_) | Source::Unusable(_) => false,
        }
    }
}

/// `Bearer …`, if the token can stand in a header.
pub fn bearer(token: &SecretString) -> Result<HeaderValue, CredentialError> {
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
        Self::of(Source::Fixed(token))
    }
}

impl From<Key> for Credential {
    fn from(key: Key) -> Self {
        Self::of(Source::Key(Arc::new(key)))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// Why a credential cannot be sent. It never shows the credential.
#[derive(Clone, Debug)]
pub enum CredentialError {
    Empty,
    Character,
    KeyEmpty(Place),
    KeyCharacter(Place),
    UserColon,
    UserControl,
    /// A part of the credential that was given as an empty text.
    Missing(&'static str),
    /// A value that has no place in the address of the token service.
    UrlValue(Misplaced),
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
            Self::KeyEmpty(place) => write!(f, "what is to be sent in {place} is empty"),
            Self::KeyCharacter(place) => {
                write!(f, "what is to be sent in {place} has a character that cannot be there ({})", place.signs())
            }
            Self::UserColon => f.write_str("the user name has a colon, which would be read as its end"),
            Self::UserControl => {
                f.write_str("the user name or the password has a control character, such as a line break at its end")
            }
            Self::Missing(what) => write!(f, "the {what} is empty"),
            Self::UrlValue(misplaced) => write!(f, "the address of the token service has {misplaced}"),
            Self::TokenUrl(why) => write!(f, "tokens cannot be asked for: {why}"),
        }
    }
}
