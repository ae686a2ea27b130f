//! Time limits: how long something may take, and what ended when it took longer.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::clock::Clock;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};

/// The end of the time that a piece of work has.
///
/// The work may consist of several futures, one after the other.
pub struct Deadline<'a> {
    limit: Option<Limit>,
    alarm: Option<BoxFuture<'a, ()>>,
}

impl<'a> Deadline<'a> {
    /// A time that does not end.
    pub fn never() -> Self {
        Self { limit: None, alarm: None }
    }

    /// The time of an attempt that may take `attempt`, in a call that has `left` of its `total`.
    pub fn start(clock: &'a dyn Clock, attempt: Option<Duration>, total: Option<(Duration, Duration)>) -> Self {
        let (after, limit) = match (attempt, total) {
            (None, None) => return Self::never(),
            (Some(attempt), None) => (attempt, Limit::Attempt(attempt)),
            (Some(attempt), Some((_, left))) if attempt <= left => (attempt, Limit::Attempt(attempt)),
            (_, Some((total, left))) => (left, Limit::Total(total)),
        };
        Self { limit: Some(limit), alarm: Some(clock.sleep(after)) }
    }

    /// What `work` comes to, unless the time ends before it.
    pub async fn race<T>(&mut self, work: impl Future<Output = T>) -> Result<T, TransportError> {
        let mut work = pin!(work);
        let Self { limit, alarm } = self;
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            match (alarm.as_mut().map(|alarm| alarm.as_mut().poll(context)), &*limit) {
                (Some(Poll::Ready(())), Some(limit)) => Poll::Ready(Err(limit.exceeded())),
                _ => Poll::Pending,
            }
        })
        .await
    }
}

/// A time limit, in the words of the error that it ends with.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Attempt(Duration),
    Total(Duration),
}

impl Limit {
    fn exceeded(self) -> TransportError {
        TransportError::new(TransportErrorKind::Timeout, self)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attempt(limit) => write!(f, "an attempt may take {limit:?}"),
            Self::Total(limit) => write!(f, "the call may take {limit:?} in all"),
        }
    }
}

impl StdError for Limit {}
