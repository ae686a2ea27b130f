//! What time it is, and how to wait.

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::transport::BoxFuture;

/// The time that a client goes by: for its time limits, and for the waits between attempts.
///
/// Bring your own to use the timers of another async runtime, or to let a test take no time.
pub trait Clock: Send + Sync {
    /// A time that only goes forward, to measure with.
    fn now(&self) -> Instant;

    /// The date and the time of day.
    fn wall(&self) -> SystemTime;

    /// A future that is ready after `duration`. Dropping it ends the wait.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

impl<T: Clock + ?Sized> Clock for Arc<T> {
    fn now(&self) -> Instant {
        T::now(self)
    }

    fn wall(&self) -> SystemTime {
        T::wall(self)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        T::sleep(self, duration)
    }
}

/// Tells the time, but has no timers: a client that has it neither retries nor has time limits.
pub struct NoTimers;

impl Clock for NoTimers {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}
