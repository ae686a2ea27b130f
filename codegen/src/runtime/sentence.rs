//! The sentence that an error is.

use std::fmt;

use http::header::LOCATION;

use super::excerpt;
use super::exchange::CallInfo;
use super::reply::Reply;
use super::request_error::RequestError;
use super::token_error::TokenError;
use super::transport::{TransportError, TransportErrorKind};
use super::unreadable::Unreadable;

/// `getThing failed after 2 attempts: the server answered 503 Service Unavailable (code: 1000);
/// request id …`
pub(crate) struct Sentence<'a> {
    pub(crate) call: &'a CallInfo,
    pub(crate) reply: Option<&'a Reply>,
    pub(crate) problem: Problem<'a>,
}

/// An [`ErrorKind`](super::error::ErrorKind), without the type that differs by operation.
pub(crate) enum Problem<'a> {
    Request(&'a RequestError),
    Token(&'a TokenError),
    Transport(&'a TransportError),
    Documented,
    Unexpected(&'a Unreadable),
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed", self.call.operation)?;
        if self.call.attempts > 1 {
            write!(f, " after {} attempts", self.call.attempts)?;
        }
        f.write_str(": ")?;
        match (&self.problem, self.reply) {
            (Problem::Request(error), _) => error.fmt(f)?,
            (Problem::Token(error), _) => error.fmt(f)?,
            (Problem::Transport(error), None) => self.no_answer(error, f)?,
            (Problem::Transport(error), Some(reply)) => {
                answered(reply, f)?;
                broke_off(reply, error, f)?;
            }
            (Problem::Documented, reply) => reply.map_or(Ok(()), |reply| answered(reply, f))?,
            (Problem::Unexpected(error), reply) => {
                reply.map_or(Ok(()), |reply| answered(reply, f))?;
                write!(f, ", but {error}")?;
            }
        }
        self.call.ids.fmt(f)
    }
}

impl Sentence<'_> {
    fn no_answer(&self, error: &TransportError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = origin(&self.call.url);
        match error.kind() {
            TransportErrorKind::Connect => write!(f, "cannot connect to {server}")?,
            TransportErrorKind::Timeout => write!(f, "{server} did not answer in time")?,
            TransportErrorKind::Other => {
                write!(f, "the connection to {server} broke off before there was an answer")?;
            }
        }
        write!(f, ": {}", error.root_cause())
    }
}

/// `the server answered 404 Not Found`, and what it says itself if that is a failure.
fn answered(reply: &Reply, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let status = reply.status_code();
    write!(f, "the server answered {}", status.as_str())?;
    if let Some(reason) = status.canonical_reason() {
        write!(f, " {reason}")?;
    }
    if status.is_success() {
        return Ok(());
    }
    let location = reply.headers().get(LOCATION).map(|value| {
        let location = excerpt::of_bytes(value.as_bytes());
        // What follows the path may hold a token.
        let end = location.find(['?', '#']).unwrap_or(location.len());
        format!("Location: {}", &location[..end])
    });
    let words = Some(excerpt::of_body(reply.body())).filter(|words| !words.is_empty());
    match (location, words) {
        (None, None) => Ok(()),
        (Some(said), None) | (None, Some(said)) => write!(f, " ({said})"),
        (Some(location), Some(words)) => write!(f, " ({location}; {words})"),
    }
}

fn broke_off(reply: &Reply, error: &TransportError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let failure = match error.kind() {
        TransportErrorKind::Timeout => "stopped coming",
        _ => "broke off",
    };
    let count = reply.body().len();
    write!(f, ", but the body {failure} after {count} bytes: {}", error.root_cause())
}

/// The scheme and the authority of `url`.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |colon| colon + 3);
    let end = url[host..].find('/').map_or(url.len(), |slash| host + slash);
    &url[..end]
}
