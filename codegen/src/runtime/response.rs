//! A successful answer, as the caller gets it.

use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::exchange::CallInfo;
use super::reply::Reply;

/// The value that a call returned, and the answer that it was read from.
///
/// It can be used like the value itself.
#[derive(Clone, Debug)]
pub struct Response<T> {
    value: T,
    call: CallInfo,
    reply: Reply,
}

impl<T> Response<T> {
    #[doc(hidden)]
    pub fn new(value: T, call: CallInfo, reply: Reply) -> Self {
        Self { value, call, reply }
    }

    /// Which call it was.
    pub(crate) fn call(&self) -> &CallInfo {
        &self.call
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the answer around it.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.reply.status_code()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The body as it was received; empty if it is the value that is read from it.
    pub fn body(&self) -> &Bytes {
        self.reply.body()
    }

    /// The id of the request: as the answer repeats it, else as it was sent.
    pub fn request_id(&self) -> Option<Uuid> {
        self.call.ids.request
    }

    /// The id of the task that the call belongs to: as the answer repeats it, else as it was sent.
    pub fn correlation_id(&self) -> Option<Uuid> {
        self.call.ids.correlation
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
