//! Whether a call is tried again, and when.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, StatusCode};

use super::error::ErrorKind;

/// How often a call is tried again, and how long the waits in between are.
///
/// A call is tried again when it may well go better the next time: when the connection fails or
/// takes too long, and when the server answers 408, 429, 500, 502, 503 or 504. That goes for
/// operations that may be repeated without harm: those with the methods GET, HEAD, OPTIONS,
/// TRACE, QUERY, PUT and DELETE, unless the API description says otherwise, and those that send an id
/// by which the server knows the call again.
///
/// The wait is what the server asks for in `Retry-After`; if that is longer than [`cap`](Self::cap),
/// the call ends with the server's answer instead, and [`Error::retry_after`](super::error::Error::retry_after)
/// has the time. Without that it is random, between nothing and twice as much with each retry ("full
/// jitter"), so that many clients do not come back all at once.
///
/// ```text
/// let patient = RetryPolicy::default().retries(6).cap(Duration::from_secs(300));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    retries: u32,
    base: Duration,
    cap: Duration,
}

impl Default for RetryPolicy {
    /// Three retries, which wait up to 0.8, 1.6 and 3.2 seconds, or as long as the server asks for, if
    /// that is not more than 60 seconds.
    fn default() -> Self {
        Self { retries: 3, base: Duration::from_millis(800), cap: Duration::from_secs(60) }
    }
}

impl RetryPolicy {
    /// No retries: each call is one attempt.
    ///
    /// Only a token that the server refuses is replaced by a fresh one even so.
    pub fn none() -> Self {
        Self::default().retries(0)
    }

    /// How often a call is tried again; 3 unless set.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The longest wait before the first retry; it doubles with each further one. 0.8 seconds
    /// unless set.
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest wait of all; 60 seconds unless set. A call whose server asks for a longer one is
    /// not tried again: to come back earlier is what the server asks not to do.
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    pub(crate) fn is_none(&self) -> bool {
        self.retries == 0
    }

    /// How long to wait before the retry after `done` retries; none if that were too many, or too
    /// long to wait.
    ///
    /// `random` is at least 0 and less than 1.
    #[doc(hidden)]
    pub fn wait(&self, done: u32, asked: Option<Duration>, random: f64) -> Option<Duration> {
        if done >= self.retries {
            return None;
        }
        let back_off = || {
            let doubled = self.base.saturating_mul(2_u32.saturating_pow(done));
            let longest = doubled.min(self.cap);
            // The longest of all durations does not survive the way through a float.
            Duration::try_from_secs_f64(longest.as_secs_f64() * random).unwrap_or(longest)
        };
        Some(asked.unwrap_or_else(back_off)).filter(|wait| *wait <= self.cap)
    }
}

/// Whether what happened may well not happen again a little later.
pub fn is_retryable<E>(kind: Option<&ErrorKind<E>>, status: Option<StatusCode>) -> bool {
    match (kind, status) {
        // The body is missing, but the server has said no, and would say it again.
        (Some(ErrorKind::Transport(_)), Some(status)) => status.is_success() || is_passing(status),
        (Some(ErrorKind::Transport(error)), None) => error.is_passing(),
        (Some(ErrorKind::Token(error)), _) => error.is_retryable(),
        (_, status) => status.is_some_and(is_passing),
    }
}

fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// Whether repeating a request has no effect beyond that of the first: RFC 9110, section 9.2.2,
/// and QUERY, which is safe like GET.
pub fn is_idempotent(method: &Method) -> bool {
    let known = [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE, Method::PUT, Method::DELETE];
    known.contains(method) || method.as_str() == "QUERY"
}

/// What a server asks for in `Retry-After`.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    Seconds(u64),
    Date(SystemTime),
}

impl Asked {
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // So many seconds that they do not fit are more than any cap.
            return Some(Self::Seconds(text.parse().unwrap_or(u64::MAX)));
        }
        httpdate::parse_http_date(text).ok().map(Self::Date)
    }

    /// The wait from `now` on.
    ///
    /// A date that is past is of no use: the clocks differ, so it says nothing about the wait.
    fn wait(self, now: SystemTime) -> Option<Duration> {
        match self {
            Self::Seconds(seconds) => Some(Duration::from_secs(seconds)),
            Self::Date(date) => date.duration_since(now).ok().filter(|wait| !wait.is_zero()),
        }
    }
}

/// The wait that the server asks for: a number of seconds, or a date.
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    Asked::read(headers)?.wait(now)
}

/// A number that is at least 0 and less than 1, from the random bits of a UUID.
pub fn random() -> f64 {
    const BITS: u32 = 53;
    let (_, bits) = uuid::Uuid::new_v4().as_u64_pair();
    let bits = bits & ((1 << BITS) - 1);
    bits as f64 / (1_u64 << BITS) as f64
}
