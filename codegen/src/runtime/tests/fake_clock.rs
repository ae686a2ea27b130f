//! A clock for tests that take no time.

use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::clock::Clock;
use crate::runtime::transport::BoxFuture;

/// A wait on this clock ends at once, and moves the clock on by as much.
#[derive(Clone)]
pub struct FakeClock {
    start: Instant,
    longest: Duration,
    waits: Arc<Mutex<Vec<Duration>>>,
}

/// When the clock starts: Sun, 06 Nov 1994 08:49:37 GMT.
pub const START: Duration = Duration::from_secs(784_111_777);

impl FakeClock {
    /// Every wait ends, so a time limit is reached as soon as there is something to wait for.
    pub fn new() -> Self {
        Self { start: Instant::now(), longest: Duration::MAX, waits: Arc::default() }
    }

    /// A wait of more than `longest` never ends: for work that takes real time, within a time limit.
    pub fn up_to(longest: Duration) -> Self {
        Self { longest, ..Self::new() }
    }

    /// The waits that came to their end.
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    /// The same in seconds.
    pub fn seconds(&self) -> Vec<f64> {
        self.waits().iter().map(Duration::as_secs_f64).collect()
    }

    fn elapsed(&self) -> Duration {
        self.waits().iter().sum()
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        self.start + self.elapsed()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + START + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        if duration > self.longest {
            return Box::pin(pending());
        }
        Box::pin(poll_fn(move |_| {
            self.waits.lock().unwrap().push(duration);
            Poll::Ready(())
        }))
    }
}
