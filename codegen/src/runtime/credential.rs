//! What proves to the server who is calling.

use std::fmt;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

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

/// What a client proves its identity with; made from a [`BearerToken`].
///
/// It goes to the client's base URL only, and is never printed.
#[derive(Clone)]
pub struct Credential(Source);

/// Where the token of a call comes from.
#[derive(Clone)]
enum Source {
    Fixed(BearerToken),
}

impl Credential {
    /// The value of the `Authorization` header; marked, so that nothing prints it.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, CredentialError> {
        let Source::Fixed(BearerToken(token)) = &self.0;
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
#[derive(Clone, Copy, Debug)]
pub(crate) enum CredentialError {
    Empty,
    Character,
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the bearer token is empty",
            Self::Character => {
                "the bearer token has a character that no token has (a space, a line break at \
                 its end, or one beyond ASCII)"
            }
        })
    }
}
