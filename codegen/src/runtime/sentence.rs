//! The sentence that an error is.

use std::fmt;

use http::header::{HeaderName, LOCATION, RETRY_AFTER};

use super::excerpt;
use super::exchange::CallInfo;
use super::reply::Reply;
use super::request_error::RequestError;
use super::retry::Asked;
use super::security::MissingCredential;
use super::token_error::TokenError;
use super::transport::{TransportError, TransportErrorKind};
use super::unreadable::Unreadable;

/// `getThing failed after 2 attempts: the server answered 503 Service Unavailable (code: 1000);
/// request id …`
pub struct Sentence<'a> {
    pub call: &'a CallInfo,
    pub reply: Option<&'a Reply>,
    pub problem: Problem<'a>,
}

/// An [`ErrorKind`](super::error::ErrorKind), without the type that differs by operation.
pub enum Problem<'a> {
    Request(&'a RequestError),
    Credential(&'a MissingCredential),
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
            (Problem::Credential(error), _) => error.fmt(f)?,
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
            TransportErrorKind::Connect | TransportErrorKind::Tls => write!(f, "cannot connect to {server}")?,
            TransportErrorKind::Timeout => write!(f, "{server} did not answer in time")?,
            TransportErrorKind::Protocol => write!(f, "{server} answered what cannot be read as HTTP")?,
            TransportErrorKind::Other => {
                write!(f, "the connection to {server} broke off before there was an answer")?;
            }
        }
        write!(f, ": {}", error.why())
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
    let mut said = Vec::new();
    if let Some(text) = text_of(reply, &RETRY_AFTER) {
        match Asked::read(reply.headers()) {
            Some(Asked::Seconds(_)) => write!(f, " and asks to wait {text} s")?,
            Some(Asked::Date(_)) => write!(f, " and asks to wait until {text}")?,
            None => said.push(format!("Retry-After: {text}")),
        }
    }
    if let Some(location) = text_of(reply, &LOCATION) {
        // What follows the path may hold a token.
        let end = location.find(['?', '#']).unwrap_or(location.len());
        said.push(format!("Location: {}", &location[..end]));
    }
    said.extend(words(reply));
    match said.is_empty() {
        true => Ok(()),
        false => write!(f, " ({})", said.join("; ")),
    }
}

/// A header that is there and not empty.
fn text_of(reply: &Reply, name: &HeaderName) -> Option<String> {
    let text = excerpt::of_bytes(reply.headers().get(name)?.as_bytes());
    Some(text).filter(|text| !text.is_empty())
}

/// What the body of an error says.
fn words(reply: &Reply) -> Option<String> {
    match reply.content_encoding() {
        Some(encoding) => Some(format!("{} bytes of {encoding}", reply.body().len())),
        None => Some(excerpt::of_body(reply.body())).filter(|words| !words.is_empty()),
    }
}

fn broke_off(reply: &Reply, error: &TransportError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = reply.body().len();
    match error.kind() {
        TransportErrorKind::Timeout => write!(f, ", but no more than {count} bytes of the body came in time")?,
        _ => write!(f, ", but the body broke off after {count} bytes")?,
    }
    write!(f, ": {}", error.why())
}

/// The scheme and the authority of `url`.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |colon| colon + 3);
    let end = url[host..].find('/').map_or(url.len(), |slash| host + slash);
    &url[..end]
}
