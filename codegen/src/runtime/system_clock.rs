//! The clock that this crate brings: tokio's.

use std::time::{Duration, Instant, SystemTime};

use super::clock::Clock;
use super::transport::BoxFuture;

/// The clock of the operating system, with the timers of tokio.
///
/// It works within a tokio runtime whose timers are enabled, and so does the transport of this
/// crate. Where a test has paused tokio's time, it stands still too.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
