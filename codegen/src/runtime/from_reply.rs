//! What the answer to a request of the caller's own is read as.

use std::convert::Infallible;

use bytes::Bytes;
use http::StatusCode;

use super::body::Body;
use super::json::{Read, read_text};
use super::reply::Reply;
use super::unreadable::Unreadable;

/// What an answer can be read as that the API description says nothing about: any type that this
/// crate reads from JSON, such as those of its module `types` and `JsonValue`, or else
///
/// - [`Bytes`]: the body as it is;
/// - [`Body`]: the same as it comes, piece by piece;
/// - [`Reply`]: the answer whatever its status is, also that of a failure or a redirect;
/// - `()`: nothing of an answer of success.
///
/// Only types of this crate implement it.
#[diagnostic::on_unimplemented(
    message = "an answer cannot be read as `{Self}`",
    note = "take a type that the crate reads from JSON, such as `JsonValue`, or `Bytes`, `Body` or `Reply`"
)]
pub trait FromReply: Sized + 'static {
    /// The media types to ask for.
    #[doc(hidden)]
    const ACCEPT: &'static str = "*/*";

    /// Whether the body is left to the caller to read.
    #[doc(hidden)]
    const STREAMS: bool = false;

    /// Whether an answer of any status is one.
    #[doc(hidden)]
    const IS_ANY: bool = false;

    #[doc(hidden)]
    fn from_reply(reply: &Reply) -> Result<Self, Unreadable>;
}

impl<T: Read> FromReply for T {
    const ACCEPT: &'static str = if T::IS_UNIT { "*/*" } else { "application/json" };

    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        // What has no other value needs no content, and is there whatever that is.
        match T::IS_UNIT {
            true => read_text("null").map_err(|_| Unreadable::empty()),
            false => reply.json(),
        }
    }
}

/// The error of an operation that documents none.
impl FromReply for Infallible {
    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        Err(reply.undocumented())
    }
}

/// The error of a call of the caller's own.
impl FromReply for StatusCode {
    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        Ok(reply.status_code())
    }
}

impl FromReply for Bytes {
    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        reply.bytes()
    }
}

impl FromReply for Body {
    const STREAMS: bool = true;

    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        reply.stream()
    }
}

impl FromReply for Reply {
    const IS_ANY: bool = true;

    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        Ok(reply.clone())
    }
}
