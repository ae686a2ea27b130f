//! Access tokens, and where they come from.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::HeaderValue;
use secrecy::SecretString;
use uuid::Uuid;

use super::clock::Clock;
use super::token_error::TokenError;
use super::transport::{BoxFuture, Transport};

/// An access token, as a token service hands it out.
///
/// It is wiped from memory when it is dropped, and never printed.
#[derive(Clone)]
pub struct AccessToken {
    pub(crate) secret: SecretString,
    pub(crate) expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// A token that is good until the server refuses it; without the word `Bearer`.
    pub fn new(token: impl Into<SecretString>) -> Self {
        Self { secret: token.into(), expires_at: None }
    }

    /// Sets when the token expires. It is replaced some time before.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessToken(…, expires at {:?})", self.expires_at)
    }
}

/// Gives access tokens. Bring your own for a token service that this crate does not know;
/// [`Credential::from_source`](super::credential::Credential::from_source) takes it.
///
/// ```text
/// impl TokenSource for Vault {
///     fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
///         Box::pin(async move {
///             let token = self.read().await.map_err(TokenError::from_source)?;
///             Ok(AccessToken::new(token.text).expires_at(token.expiry))
///         })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync {
    /// A fresh token.
    ///
    /// Tokens are kept and used again by whoever asks for them, and never asked for twice at the
    /// same time, so there is nothing to keep here. The future is dropped when the call that asked
    /// first is cancelled or has run out of time; then another call asks again.
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>>;
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        T::token(self, context)
    }
}

/// What a [`TokenSource`] may use: that of the client whose call needs the token.
#[derive(Clone, Copy)]
pub struct TokenContext<'a> {
    transport: &'a dyn Transport,
    clock: &'a dyn Clock,
    user_agent: Option<&'a HeaderValue>,
    correlation_id: Option<Uuid>,
}

impl<'a> TokenContext<'a> {
    /// What a source may use; the client makes it, and so does the test of a source.
    pub fn new(transport: &'a dyn Transport, clock: &'a dyn Clock) -> Self {
        Self { transport, clock, user_agent: None, correlation_id: None }
    }

    /// Says what the client calls itself.
    #[must_use]
    pub fn with_user_agent(mut self, user_agent: &'a HeaderValue) -> Self {
        self.user_agent = Some(user_agent);
        self
    }

    /// Says which task the call belongs to.
    #[must_use]
    pub fn with_correlation_id(mut self, id: Option<Uuid>) -> Self {
        self.correlation_id = id;
        self
    }

    /// Sends requests. It adds nothing to them: no credential, and no address.
    pub fn transport(&self) -> &'a dyn Transport {
        self.transport
    }

    /// Tells the time.
    pub fn clock(&self) -> &'a dyn Clock {
        self.clock
    }

    /// What the client calls itself.
    pub fn user_agent(&self) -> Option<&'a HeaderValue> {
        self.user_agent
    }

    /// The id of the task that the call belongs to, if the API has such ids.
    pub fn correlation_id(&self) -> Option<Uuid> {
        self.correlation_id
    }
}

impl fmt::Debug for TokenContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenContext").field("correlation_id", &self.correlation_id).finish_non_exhaustive()
    }
}
