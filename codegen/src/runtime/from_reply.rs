//! What the answer to a request of the caller's own is read as.

use bytes::Bytes;

use super::body::Body;
use super::json::Read;
use super::reply::Reply;
use super::unreadable::Unreadable;

/// What an answer can be read as that the API description says nothing about: any type that this
/// crate reads from JSON, such as those of its module `types` and `JsonValue`, or else
///
/// - [`Bytes`]: the body as it is;
/// - [`Body`]: the same as it comes, piece by piece;
/// - [`Reply`]: the answer whatever its status is, also that of a failure or a redirect.
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
    const ACCEPT: &'static str = "application/json";

    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        reply.json()
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
