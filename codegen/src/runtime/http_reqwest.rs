//! The transport that this crate brings: reqwest.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::iter;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use http::uri::Scheme;
use http_body::{Frame, SizeHint};
use reqwest::redirect;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

use super::body::Body;
use super::build_error::BuildError;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// For each piece of an answer, so that a slow but steady one is not cut off for its silence.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(60);

/// Sends requests with reqwest.
///
/// Connections are kept and used again. Certificates are verified the way the operating system
/// does it. An authority of one's own, such as that of a proxy which looks into TLS, is made known
/// there; on Linux, `SSL_CERT_FILE` may name a file with all that are trusted instead.
///
/// `https` goes through the proxy that the environment names (`HTTPS_PROXY`), which sees where it
/// leads and nothing of what is sent. Redirects are not followed, and bodies are not unpacked:
/// `Accept-Encoding: identity` says so.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,

    /// For plain `http`, which is for this machine unless the caller says otherwise. It never uses
    /// a proxy, which could read what is sent in the clear, the credential above all.
    local: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with connections of its own. Connecting may take 10 seconds, and the server may be
    /// silent for 60.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up, for example because there are no trusted certificates on this
    /// machine.
    pub fn new() -> Result<Self, BuildError> {
        Self::with_timeouts(CONNECT_TIMEOUT, SILENCE_TIMEOUT)
    }

    /// The same with other time limits: `connect` for connecting, and `silence` for the answer to
    /// begin and for each further piece of it, where `None` is no limit.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new).
    pub fn with_timeouts(connect: Duration, silence: impl Into<Option<Duration>>) -> Result<Self, BuildError> {
        let tls = tls().map_err(BuildError::tls)?;
        let silence = silence.into();
        let builder = |tls| builder(tls, connect, silence);
        let client = builder(tls.clone()).build().map_err(BuildError::tls)?;
        let local = builder(tls).no_proxy().build().map_err(BuildError::tls)?;
        Ok(Self { client, local })
    }
}

/// TLS by ring, which builds faster and with fewer tools than reqwest's own choice.
fn tls() -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(config)
}

fn builder(tls: ClientConfig, connect: Duration, silence: Option<Duration>) -> reqwest::ClientBuilder {
    // Without this header, every encoding is welcome: RFC 9110, section 12.5.3.
    let identity = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]);
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .default_headers(identity)
        // Another crate of the program may have switched on what reqwest unpacks.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .connect_timeout(connect);
    match silence {
        Some(silence) => builder.read_timeout(silence),
        None => builder,
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let is_local = request.uri().scheme() == Some(&Scheme::HTTP);
        let client = if is_local { &self.local } else { &self.client };
        Box::pin(async move {
            let request = reqwest::Request::try_from(request.map(outgoing)).map_err(failure)?;
            let response = client.execute(request).await.map_err(failure)?;
            Ok(http::Response::from(response).map(|body| Body::new(Incoming(body))))
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

fn outgoing(body: Body) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(body),
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() && causes(&error).any(is_tls) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if causes(&error).any(is_no_http) {
        TransportErrorKind::Protocol
    } else {
        TransportErrorKind::Other
    };
    // The URL has the query, which may hold what should not be logged.
    let error = error.without_url();
    match proxy_failure(&error) {
        Some(message) => TransportError::new(kind, ProxyError { message, error }),
        None => TransportError::new(kind, error),
    }
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    iter::successors(error.source(), |&cause| cause.source())
}

/// Whether the head of the answer was not understood. reqwest does not say, but hyper below does.
fn is_no_http(cause: &(dyn StdError + 'static)) -> bool {
    cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse)
}

/// Whether TLS was spoken, and came to no good end. Errors of I/O do not call what they are made from
/// their source.
fn is_tls(cause: &(dyn StdError + 'static)) -> bool {
    let within = || cause.downcast_ref::<io::Error>()?.get_ref();
    cause.is::<rustls::Error>() || within().is_some_and(|inner| is_tls(inner))
}

/// What went wrong between here and a proxy that was to connect to the server. The type of such errors
/// is not public; what they begin with is.
fn proxy_failure(error: &reqwest::Error) -> Option<String> {
    const TUNNEL: &str = "tunnel error: ";
    let tunnel = causes(error).find_map(|cause| Some((cause, cause.to_string().strip_prefix(TUNNEL)?.to_owned())));
    let (tunnel, words) = tunnel?;
    let innermost = iter::successors(tunnel.source(), |&cause| cause.source()).last();
    Some(innermost.map_or(words, ToString::to_string))
}

/// The server may well be there: it is the proxy that does not lead to it.
#[derive(Debug)]
struct ProxyError {
    message: String,
    #[expect(dead_code, reason = "for Debug: as a cause, it would be all that is said")]
    error: reqwest::Error,
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the proxy of the environment (`HTTPS_PROXY`) made no connection")?;
        match self.message.as_str() {
            "unsuccessful" => Ok(()),
            message => write!(f, ": {message}"),
        }
    }
}

impl StdError for ProxyError {}

/// The body of an answer, with the errors of this crate.
struct Incoming(reqwest::Body);

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.0).poll_frame(context);
        frame.map(|frame| frame.map(|result| result.map_err(failure)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
