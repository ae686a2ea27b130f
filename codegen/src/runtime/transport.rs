//! The door to the network, and what can go wrong behind it.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::body::Body;
use super::excerpt::excerpt;
use super::secrets::Secrets;

/// A boxed future, as [`Transport::send`] returns it: `Box::pin(async move { … })`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one HTTP request and returns the answer: the only part of a client that does I/O.
///
/// Bring your own for another HTTP library, a proxy, or a test; or wrap the one that there is, to see
/// and change each request and each answer, as the first page of this crate shows.
///
/// The client relies on this:
///
/// - One call is one request. **A redirect is not followed**: it would carry the credential in
///   the `Authorization` header to a server that it was not meant for.
/// - An answer of any status is an `Ok`. An error means that there is no answer.
/// - A body that ends too early ends with a [`TransportError`].
/// - A body is either decoded, or the answer has its `Content-Encoding`, which the client refuses. So
///   one that unpacks a body takes that header away.
/// - How long connecting may take is up to the transport. The client ends a call that takes too long
///   by dropping the future, or the body; the transport stops its work then.
pub trait Transport: Send + Sync {
    /// Sends `request`. The answer's body may still be on its way when this returns.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        T::send(self, request)
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        T::send(self, request)
    }
}

/// There is no answer, or it broke off.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// What a [`TransportError`] says about the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection, so the server has not seen the request.
    Connect,

    /// There was no connection that is safe: the server did not prove who it is, or does not speak TLS
    /// as it should. It has not seen the request.
    Tls,

    /// The server took too long. It may have acted on the request.
    Timeout,

    /// What came back cannot be read as HTTP: something else answers at this address, or its head
    /// is beyond all measure. The server may have acted on the request.
    Protocol,

    /// Anything else. The server may have acted on the request.
    Other,
}

impl TransportError {
    /// An error for a [`Transport`] to return. `source` must not show the request's headers.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        Self { kind, source }
    }

    /// What is known about the request.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the same request may well succeed a little later. What speaks another language than
    /// HTTP goes on speaking it, and a certificate that is wrong stays so.
    pub(crate) fn is_passing(&self) -> bool {
        !matches!(self.kind, TransportErrorKind::Protocol | TransportErrorKind::Tls)
    }

    /// The same error, unless it shows one of `secrets`: then one with the same words without them.
    pub(crate) fn without(self, secrets: &Secrets) -> Self {
        let mut text = String::new();
        let mut cause: Option<&(dyn StdError + 'static)> = Some(&*self.source);
        while let Some(error) = cause {
            text.push_str(&format!("{error}\n{error:?}\n"));
            cause = error.source();
        }
        match secrets.occur_in(&text) {
            true => Self::new(self.kind, secrets.redact(&self.root_cause().to_string())),
            false => self,
        }
    }

    /// What the innermost cause says. Of a certificate that is the beginning: it may have a thousand names.
    pub(crate) fn why(&self) -> String {
        let words = self.root_cause().to_string();
        if self.kind == TransportErrorKind::Tls { excerpt(&words) } else { words }
    }

    /// The innermost cause. HTTP libraries wrap it in words that say nothing more.
    fn root_cause(&self) -> &(dyn StdError + 'static) {
        let mut cause: &(dyn StdError + 'static) = &*self.source;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        cause
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failure = match self.kind {
            TransportErrorKind::Connect | TransportErrorKind::Tls => "cannot connect",
            TransportErrorKind::Timeout => "no answer in time",
            TransportErrorKind::Protocol => "the answer cannot be read as HTTP",
            TransportErrorKind::Other => "the connection broke off",
        };
        write!(f, "{failure}: {}", self.why())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
