//! Why there is no access token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::credential::CredentialError;
use super::token_url::TokenUrl;
use super::transport::TransportError;

/// There is no access token, so the call was not sent.
///
/// Its Display is a sentence that says what to do. It never shows a secret, not even one that the
/// token service repeats. All calls that waited for the same token get the same error.
#[derive(Clone)]
pub struct TokenError(Arc<Fault>);

enum Fault {
    /// The token service said no.
    Refused(Refusal),
    /// There is no answer of the token service, whose address is known if this crate asked it.
    Transport {
        url: Option<String>,
        error: TransportError,
    },
    /// The token service answered something else than RFC 6749 allows for.
    Unreadable {
        status: StatusCode,
        retry_after: Option<Duration>,
        why: String,
    },
    Credential(CredentialError),
    Source(Box<dyn StdError + Send + Sync>),
}

/// An error answer of a token service, all secrets taken out.
#[derive(Default)]
pub struct Refusal {
    pub status: StatusCode,
    pub retry_after: Option<Duration>,
    /// The member `error`.
    pub code: String,
    /// The first line of `error_description`.
    pub description: Option<String>,
    /// Numbers that narrow `code` down.
    pub error_codes: Vec<u64>,
    pub trace_id: Option<String>,
    pub correlation_id: Option<String>,
}

/// What a [`TokenError`] is about. The first ones are those of RFC 6749, section 5.2, and of the
/// specifications that add to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// `invalid_request`: the token service does not understand the request.
    InvalidRequest,

    /// `invalid_client`: the client id or the secret is wrong or has expired.
    InvalidClient,

    /// `invalid_grant`: the refresh token is wrong, was taken back, or has expired.
    InvalidGrant,

    /// `unauthorized_client`: the client may not sign in this way.
    UnauthorizedClient,

    /// `unsupported_grant_type`: the token service does not know this way of signing in.
    UnsupportedGrantType,

    /// `invalid_scope`: the scope is unknown, or not allowed.
    InvalidScope,

    /// `invalid_target` or `invalid_resource`: the resource is unknown, or not allowed.
    InvalidTarget,

    /// `interaction_required`, `login_required`, `consent_required`, `access_denied` or `expired_token`: a
    /// person has to sign in or to agree.
    InteractionRequired,

    /// `temporarily_unavailable` or `server_error`: the token service has a problem of its own.
    Unavailable,

    /// The token service named another error; see [`TokenError::code`].
    Other,

    /// The token service did not answer.
    Transport,

    /// The token service answered something that is no token and no error either.
    Unreadable,

    /// The credential, or the address of the token service, cannot be used.
    Credential,

    /// A [`TokenSource`](super::token::TokenSource) of the caller's own failed; see
    /// [`TokenError::get_ref`].
    Source,
}

impl TokenErrorKind {
    fn of(code: &str) -> Self {
        match code {
            "invalid_request" => Self::InvalidRequest,
            "invalid_client" => Self::InvalidClient,
            "invalid_grant" => Self::InvalidGrant,
            "unauthorized_client" => Self::UnauthorizedClient,
            "unsupported_grant_type" => Self::UnsupportedGrantType,
            "invalid_scope" => Self::InvalidScope,
            "invalid_target" | "invalid_resource" => Self::InvalidTarget,
            "interaction_required" | "login_required" | "consent_required" | "access_denied" | "expired_token" => {
                Self::InteractionRequired
            }
            "temporarily_unavailable" | "server_error" => Self::Unavailable,
            _ => Self::Other,
        }
    }

    /// What the token service did.
    fn failure(self) -> &'static str {
        match self {
            Self::InvalidRequest => "the token service does not understand the request",
            Self::InvalidClient => "the token service refused the client",
            Self::InvalidGrant => "the token service refused the refresh token or the sign-in behind it",
            Self::UnauthorizedClient => "the token service does not let the client sign in this way",
            Self::UnsupportedGrantType => "the token service does not know this way of signing in",
            Self::InvalidScope => "the token service refused the scope",
            Self::InvalidTarget => "the token service refused the resource",
            Self::InteractionRequired => "the token service wants a person to sign in or to agree",
            Self::Unavailable => "the token service has a problem of its own",
            _ => "the token service refused to give a token",
        }
    }

    /// What to do about it.
    fn advice(self) -> &'static str {
        match self {
            Self::InvalidClient => {
                "check the client id and the secret: that they belong together and to this token \
                 service, that it is the secret itself and not its id, and that it has not expired"
            }
            Self::InvalidGrant => {
                "sign in again to get a new refresh token; each one that the service hands out \
                 replaces the one before"
            }
            Self::UnauthorizedClient => {
                "check the client id, and that the client is registered with this token service and may use this grant"
            }
            Self::InvalidScope => "check the scope, and that the token service is the one for this API",
            Self::InvalidTarget => "check the resource, and that the token service is the one for this API",
            Self::InteractionRequired => {
                "sign in again, with what the service asks for (consent, multi-factor \
                 authentication), and use the new refresh token"
            }
            Self::Unavailable => "try again later",
            _ => "check the tenant, the client and the token URL",
        }
    }
}

impl TokenError {
    /// The error of a [`TokenSource`](super::token::TokenSource) of your own. `source` must not show
    /// a secret.
    pub fn from_source(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Arc::new(Fault::Source(source.into())))
    }

    /// What was given to [`from_source`](Self::from_source). [`source`](StdError::source) goes on
    /// below it, as its words are in the sentence already.
    pub fn get_ref(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        match &*self.0 {
            Fault::Source(error) => Some(&**error),
            _ => None,
        }
    }

    pub(crate) fn refused(refusal: Refusal) -> Self {
        Self(Arc::new(Fault::Refused(refusal)))
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        Self(Arc::new(Fault::Transport { url: None, error }))
    }

    pub(crate) fn no_answer(url: &TokenUrl, error: TransportError) -> Self {
        Self(Arc::new(Fault::Transport { url: Some(url.to_string()), error }))
    }

    pub(crate) fn unreadable(status: StatusCode, retry_after: Option<Duration>, why: impl Into<String>) -> Self {
        Self(Arc::new(Fault::Unreadable { status, retry_after, why: why.into() }))
    }

    pub(crate) fn credential(error: CredentialError) -> Self {
        Self(Arc::new(Fault::Credential(error)))
    }

    /// What it is about.
    pub fn kind(&self) -> TokenErrorKind {
        match &*self.0 {
            Fault::Refused(refusal) => TokenErrorKind::of(&refusal.code),
            Fault::Transport { .. } => TokenErrorKind::Transport,
            Fault::Unreadable { .. } => TokenErrorKind::Unreadable,
            Fault::Credential(_) => TokenErrorKind::Credential,
            Fault::Source(_) => TokenErrorKind::Source,
        }
    }

    /// The status of the token service's answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match &*self.0 {
            Fault::Refused(refusal) => Some(refusal.status),
            Fault::Unreadable { status, .. } => Some(*status),
            _ => None,
        }
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &*self.0 {
            Fault::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The name that the token service has for the error, such as `invalid_client`.
    pub fn code(&self) -> Option<&str> {
        self.refusal().map(|refusal| refusal.code.as_str())
    }

    /// The first line of what the token service says about the error.
    pub fn description(&self) -> Option<&str> {
        self.refusal()?.description.as_deref()
    }

    /// The numbers that the token service has for the error, if it has any. They are for a search
    /// in its documentation; [`kind`](Self::kind) is what a program can rely on.
    pub fn error_codes(&self) -> &[u64] {
        self.refusal().map_or(&[], |refusal| &refusal.error_codes)
    }

    /// The id under which the token service has logged its answer, if it says so.
    pub fn trace_id(&self) -> Option<&str> {
        self.refusal()?.trace_id.as_deref()
    }

    /// The id under which the token service has logged the whole task, if it says so.
    pub fn correlation_id(&self) -> Option<&str> {
        self.refusal()?.correlation_id.as_deref()
    }

    /// Whether the same request may well succeed a little later.
    pub fn is_retryable(&self) -> bool {
        let passing = |status: StatusCode| matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504);
        match &*self.0 {
            Fault::Transport { error, .. } => error.is_passing(),
            _ => self.kind() == TokenErrorKind::Unavailable || self.status().is_some_and(passing),
        }
    }

    /// The wait that the token service asks for.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match &*self.0 {
            Fault::Refused(Refusal { retry_after, .. }) | Fault::Unreadable { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Fault::Refused(refusal) => refusal.fmt(f),
            Fault::Transport { url: Some(url), error } => {
                write!(f, "no answer from the token service at {url}: {error}")
            }
            Fault::Transport { url: None, error } => write!(f, "no answer from the token service: {error}"),
            Fault::Unreadable { status, why, .. } => write!(
                f,
                "the token service answered {status}, but {why}: check the token URL, and that nothing between here \
                 and there answers in its place"
            ),
            Fault::Credential(error) => error.fmt(f),
            Fault::Source(error) => write!(f, "there is no access token: {error}"),
        }?;
        self.retry_after().map_or(Ok(()), |wait| write!(f, "; it asks to wait {} s", wait.as_secs()))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = TokenErrorKind::of(&self.code);
        let description = self.description.as_deref().unwrap_or_default();
        write!(f, "{} ({}", kind.failure(), self.code)?;
        let new = |number: &&u64| !description.contains(&number.to_string());
        for number in self.error_codes.iter().filter(new) {
            write!(f, ", {number}")?;
        }
        if !description.is_empty() {
            write!(f, ": {description}")?;
        }
        write!(f, "): {}", kind.advice())?;
        for (name, id) in [("trace id", &self.trace_id), ("correlation id", &self.correlation_id)] {
            if let Some(id) = id {
                write!(f, "; {name} {id} of the token service")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenError")
            .field("message", &self.to_string())
            .field("kind", &self.kind())
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

impl StdError for TokenError {
    /// The cause below, whose own words are in the sentence already.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Fault::Transport { error, .. } => error.source(),
            Fault::Source(error) => error.source(),
            Fault::Refused(_) | Fault::Unreadable { .. } | Fault::Credential(_) => None,
        }
    }
}
