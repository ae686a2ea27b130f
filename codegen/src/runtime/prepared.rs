//! A request as it goes over the wire.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use http::{Method, Uri};

use super::body::Body;
use super::call_id::{CallIdHeaders, CallIds};
use super::reply::Reply;
use super::retry::RetryPolicy;
use super::security::Signing;

/// A request that is ready to be sent, as often as it takes: each attempt is the same. If its body is
/// a stream, there is one attempt.
pub struct Prepared {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Mutex<Body>,
    /// Whether the body was a stream, and was sent.
    pub(super) is_spent: AtomicBool,
    pub streams: fn(&Reply) -> bool,
    pub(super) call_ids: CallIdHeaders,
    pub signing: Signing,
    pub idempotent: bool,
    pub retry: RetryPolicy,
    pub total_timeout: Option<Duration>,
}

impl Prepared {
    /// The ids that the call is sent with.
    pub fn ids(&self) -> CallIds {
        self.call_ids.read(&self.headers)
    }

    /// The ids of the call as `answer` repeats them.
    pub fn ids_in(&self, answer: &HeaderMap) -> CallIds {
        self.call_ids.read(answer)
    }

    /// The `Authorization` that the caller has set, where the client has none to send.
    pub fn own_authorization(&self) -> Option<&HeaderValue> {
        self.headers.get(AUTHORIZATION)
    }

    /// The request of one attempt, with the token of that attempt.
    pub fn attempt(&self, authorization: Option<HeaderValue>) -> http::Request<Body> {
        let mut request = http::Request::new(self.body());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        if let Some(value) = authorization {
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        request
    }

    fn body(&self) -> Body {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => {
                self.is_spent.store(true, Ordering::Relaxed);
                mem::take(&mut *body)
            }
        }
    }

    /// Whether there is nothing left to send.
    pub fn is_spent(&self) -> bool {
        self.is_spent.load(Ordering::Relaxed)
    }
}
