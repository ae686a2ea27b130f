//! The ids that find a call again in the logs of a service.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::{Builder, Uuid};

/// What a header identifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallId {
    /// This request.
    Request,

    /// The task that the request belongs to.
    Correlation,

    /// The call, over all its attempts: a server that knows it does nothing twice.
    Idempotency,
}

impl CallId {
    /// A UUID that nothing has yet. Services that keep the ids of calls may want them in the order of their times, so
    /// that these are of version 7.
    fn fresh(self, now: SystemTime) -> Uuid {
        let random = Uuid::new_v4();
        let Self::Idempotency = self else { return random };
        let millis = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        let [random @ .., _, _, _, _, _, _] = random.into_bytes();
        Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap_or_default(), &random).into_uuid()
    }
}

/// The headers that identify a call.
#[derive(Clone, Debug, Default)]
pub struct CallIdHeaders(Vec<(CallId, HeaderName)>);

impl CallIdHeaders {
    pub fn add(&mut self, id: CallId, name: HeaderName) {
        self.0.push((id, name));
    }

    pub fn has(&self, id: CallId) -> bool {
        self.0.iter().any(|(known, _)| *known == id)
    }

    /// Whether the server can tell by `headers` that it did already what a request asks for.
    pub fn is_told_apart(&self, headers: &HeaderMap) -> bool {
        self.0.iter().any(|(id, name)| *id == CallId::Idempotency && headers.contains_key(name))
    }

    /// Gives each header that is not set a fresh UUID.
    pub fn fill(&self, headers: &mut HeaderMap, now: SystemTime) {
        for (id, name) in &self.0 {
            if !headers.contains_key(name) {
                let id = HeaderValue::try_from(id.fresh(now).to_string());
                headers.extend(id.map(|id| (name.clone(), id)));
            }
        }
    }

    /// The ids in `headers`, so far as they are there and are UUIDs.
    pub fn read(&self, headers: &HeaderMap) -> CallIds {
        let find = |wanted| {
            let (_, name) = self.0.iter().find(|(id, _)| *id == wanted)?;
            headers.get(name)?.to_str().ok()?.parse().ok()
        };
        CallIds { request: find(CallId::Request), correlation: find(CallId::Correlation) }
    }
}

/// The ids of one call. Its Display is what ends the sentence of an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallIds {
    pub request: Option<Uuid>,
    pub correlation: Option<Uuid>,
}

impl CallIds {
    /// These ids, and those of `other` where one is missing.
    pub fn or(self, other: Self) -> Self {
        Self { request: self.request.or(other.request), correlation: self.correlation.or(other.correlation) }
    }
}

impl fmt::Display for CallIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.request, self.correlation) {
            (None, None) => Ok(()),
            (Some(request), None) => write!(f, "; request id {request}"),
            (None, Some(correlation)) => write!(f, "; correlation id {correlation}"),
            (Some(request), Some(correlation)) => {
                write!(f, "; request id {request}, correlation id {correlation}")
            }
        }
    }
}
