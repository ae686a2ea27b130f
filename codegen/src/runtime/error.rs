//! A failed call: what happened, to which call, and what the server said about it.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use uuid::Uuid;

use super::excerpt;
use super::exchange::CallInfo;
use super::reply::Reply;
use super::request_error::RequestError;
use super::retry;
use super::security::MissingCredential;
use super::sentence::{Problem, Sentence};
use super::token_error::TokenError;
use super::transport::TransportError;
use super::unreadable::Unreadable;

/// Why a call failed. `E` is what the API description documents as its error answers.
///
/// Its Display is one sentence with all that an operator needs: the operation, the status, the
/// server's own words, and the ids of the call. The answer, if there was one, stays within reach
/// as it came. It never shows the credential.
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    call: CallInfo,
    reply: Option<Reply>,
    kind: ErrorKind<E>,
}

/// What happened to a call that failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<E> {
    /// The request could not be made from the arguments, so nothing was sent.
    Request(RequestError),

    /// The client has no credential that the operation takes, so nothing was sent.
    Credential(MissingCredential),

    /// There is no access token for the call, so it was not sent.
    Token(TokenError),

    /// There is no answer, or its body broke off.
    Transport(TransportError),

    /// The server answered with an error that the API description documents; to a request of the
    /// caller's own, with any status but that of a success.
    Api(E),

    /// The server answered something that the API description does not allow for.
    Unexpected(Unreadable),
}

impl<E> Error<E> {
    #[doc(hidden)]
    pub fn new(call: CallInfo, reply: Option<Reply>, kind: ErrorKind<E>) -> Self {
        Self(Box::new(Inner { call, reply, kind }))
    }

    /// Which call it was.
    pub(crate) fn call(&self) -> &CallInfo {
        &self.0.call
    }

    /// What happened.
    pub fn kind(&self) -> &ErrorKind<E> {
        &self.0.kind
    }

    /// The documented error that the server answered with, if that is what happened.
    pub fn api(&self) -> Option<&E> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The documented error that the server answered with.
    ///
    /// # Errors
    ///
    /// This error itself, if something else happened.
    pub fn into_api(self) -> Result<E, Self> {
        match *self.0 {
            Inner { kind: ErrorKind::Api(error), .. } => Ok(error),
            inner => Err(Self(Box::new(inner))),
        }
    }

    /// The name of the operation in the API description.
    pub fn operation(&self) -> &'static str {
        self.0.call.operation
    }

    /// The method of the request.
    pub fn method(&self) -> &Method {
        &self.0.call.method
    }

    /// The URL of the request, without its query.
    pub fn url(&self) -> &str {
        &self.0.call.url
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.reply.as_ref().map(Reply::status_code)
    }

    /// The headers of the answer, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.reply.as_ref().map(Reply::headers)
    }

    /// The body of the answer, if there was one: as it was received, and as far as it was. Only
    /// the credentials that the call was sent with are taken out, should the server repeat them.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.reply.as_ref().map(Reply::body)
    }

    /// What the server calls the error: the member `code` of the answer's body, or of the only object
    /// in it, as in `{"error": {"code": …}}`. A number is told by its digits.
    pub fn code(&self) -> Option<String> {
        self.member("code")
    }

    /// The same for any member that is a text, a number or a boolean: for APIs that describe the
    /// errors of few operations, and answer alike with all. [`api`](Self::api) has the types.
    pub fn member(&self, name: &str) -> Option<String> {
        excerpt::member(self.0.reply.as_ref()?.body(), name)
    }

    /// The id of the request: as the answer repeats it, else as it was sent.
    pub fn request_id(&self) -> Option<Uuid> {
        self.0.call.ids.request
    }

    /// The id of the task that the call belongs to: as the answer repeats it, else as it was sent.
    pub fn correlation_id(&self) -> Option<Uuid> {
        self.0.call.ids.correlation
    }

    /// How many requests were sent for the call: more than one if it was tried again, and none if
    /// it did not come to that.
    pub fn attempts(&self) -> u32 {
        self.0.call.attempts
    }

    /// How long the server, or the token service, asks to wait before the call is repeated
    /// (`Retry-After`), counted from its answer. The call itself does not wait longer than its
    /// [`RetryPolicy`](super::retry::RetryPolicy) and its time limit allow.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.call.retry_after
    }

    /// Whether the same call may well succeed a little later: the connection failed or took too
    /// long, or the server answered 408, 429, 500, 502, 503 or 504.
    ///
    /// Whether it may be repeated without harm is another question: the server may have acted on
    /// the request.
    pub fn is_retryable(&self) -> bool {
        retry::is_retryable(Some(&self.0.kind), self.status())
    }

    fn sentence(&self) -> Sentence<'_> {
        Sentence {
            call: &self.0.call,
            reply: self.0.reply.as_ref(),
            problem: match &self.0.kind {
                ErrorKind::Request(error) => Problem::Request(error),
                ErrorKind::Credential(error) => Problem::Credential(error),
                ErrorKind::Token(error) => Problem::Token(error),
                ErrorKind::Transport(error) => Problem::Transport(error),
                ErrorKind::Api(_) => Problem::Documented,
                ErrorKind::Unexpected(error) => Problem::Unexpected(error),
            },
        }
    }
}

impl Error<Infallible> {
    /// The same error, for a call that has documented errors.
    #[doc(hidden)]
    pub fn widen<E>(self) -> Error<E> {
        let Inner { call, reply, kind } = *self.0;
        let kind = match kind {
            ErrorKind::Request(error) => ErrorKind::Request(error),
            ErrorKind::Credential(error) => ErrorKind::Credential(error),
            ErrorKind::Token(error) => ErrorKind::Token(error),
            ErrorKind::Transport(error) => ErrorKind::Transport(error),
            ErrorKind::Api(never) => match never {},
            ErrorKind::Unexpected(error) => ErrorKind::Unexpected(error),
        };
        Error::new(call, reply, kind)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(f)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    /// Has the sentence of Display: a program that ends with an error prints this.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &self.to_string())
            .field("method", self.method())
            .field("url", &self.url())
            .field("kind", self.kind())
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    /// The cause below [`kind`](Error::kind), whose own words are in the sentence already.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.kind {
            ErrorKind::Request(error) => error.source(),
            ErrorKind::Token(error) => error.source(),
            ErrorKind::Transport(error) => error.source(),
            ErrorKind::Unexpected(error) => error.source(),
            ErrorKind::Api(_) | ErrorKind::Credential(_) => None,
        }
    }
}
