//! What a call tells `tracing`: a span for each call, and an event for each attempt.
//!
//! The names are those of OpenTelemetry's conventions for HTTP clients. Headers, bodies and the
//! query never appear: they may hold what should not be logged.

use std::time::Duration;

use tracing::field::{Empty, display};
use tracing::{Span, debug, info_span, warn};

use super::call_id::CallIds;
use super::error::ErrorKind;
use super::exchange::{CallInfo, Outcome};
use super::reply::Reply;
use super::transport::TransportErrorKind;

/// The span of a call. OpenTelemetry shows it under the name of the operation.
pub fn span(call: &CallInfo, template: &str) -> Span {
    let (host, port) = address(&call.url);
    info_span!(
        "call",
        otel.name = call.operation,
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = call.method.as_str(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        url.full = call.url,
        url.template = template,
        server.address = host,
        server.port = port,
        error.type = Empty,
        request_id = Empty,
        correlation_id = Empty,
    )
}

/// Notes the ids that a call is sent with.
pub fn ids(span: &Span, ids: CallIds) {
    ids.request.map(|id| span.record("request_id", display(id)));
    ids.correlation.map(|id| span.record("correlation_id", display(id)));
}

/// Notes how an attempt went, within the span of its call; `wait` comes before the next one.
pub fn attempt(attempt: u32, outcome: &Outcome, wait: Option<Duration>) {
    let resend_count = attempt.saturating_sub(1);
    let status = outcome.status().map(|status| status.as_u16());
    let failure = failure(outcome);
    let failure = failure.as_deref();
    match wait {
        Some(wait) => warn!(
            http.request.resend_count = resend_count,
            http.response.status_code = status,
            error.type = failure,
            wait = wait.as_secs_f64(),
            "the attempt failed; there is another one after the wait (in seconds)"
        ),
        None => debug!(
            http.request.resend_count = resend_count,
            http.response.status_code = status,
            error.type = failure,
            "the attempt ended"
        ),
    }
}

/// Notes what a call came to.
pub fn end(span: &Span, attempts: u32, outcome: &Outcome) {
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    if let Some(status) = outcome.status() {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(failure) = failure(outcome) {
        failed(span, &failure);
    }
}

/// Notes that an answer is not what the API description promises. The status says more, if it is that
/// of a failure.
pub fn unreadable(span: &Span, reply: &Reply) {
    if reply.status() < 400 {
        failed(span, "unreadable");
    }
}

/// Whether anybody wants to know what is told of an answer that is understood.
pub fn is_detailed() -> bool {
    tracing::enabled!(tracing::Level::DEBUG)
}

/// Notes where an answer says what the API description does not: the places alone, and none of the values.
pub fn undescribed(span: &Span, reply: &Reply) {
    if let Some(places) = reply.undescribed() {
        span.in_scope(|| debug!(places, "the answer says what the description of the API does not"));
    }
}

fn failed(span: &Span, kind: &str) {
    span.record("error.type", kind);
    span.record("otel.status_code", "ERROR");
}

/// What went wrong, in a word of which there are few: `503`, `timeout`.
fn failure(outcome: &Outcome) -> Option<String> {
    let word = match (outcome.failure(), outcome.status()) {
        (Some(ErrorKind::Transport(error)), _) => error.kind().word(),
        (Some(ErrorKind::Token(_)), _) => "token",
        (Some(ErrorKind::Request(_)), _) => "request",
        (Some(ErrorKind::Credential(_)), _) => "credential",
        (Some(_), _) => "unreadable",
        (None, Some(status)) if status.as_u16() >= 400 => return Some(status.as_str().to_owned()),
        (None, _) => return None,
    };
    Some(word.to_owned())
}

impl TransportErrorKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Protocol => "protocol",
            Self::Other => "connection",
        }
    }
}

/// The host of `url`, and the port, if need be that of its scheme.
fn address(url: &str) -> (&str, u16) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split('/').next().unwrap_or(rest);
    let standard = if scheme == "http" { 80 } else { 443 };
    match authority.rsplit_once(':') {
        // The colons within the brackets are part of an IPv6 address.
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().unwrap_or(standard)),
        _ => (authority, standard),
    }
}
