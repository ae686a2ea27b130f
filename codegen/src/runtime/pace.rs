//! How a client goes about time: its clock, its time limits, and its retries.

use std::time::Duration;

use super::build_error::BuildError;
use super::clock::{Clock, NoTimers};
use super::retry::{self, RetryPolicy};

/// Long enough for a large answer over a slow line, and for the 60 seconds of silence that the
/// transport of this crate allows; short enough that a server that trickles holds nobody up.
const DEFAULT_ATTEMPT_TIMEOUT: Duration = Duration::from_secs(120);

/// Enough for every wait of a throttled call; and somebody waits for the answer in the end.
const DEFAULT_TOTAL_TIMEOUT: Duration = Duration::from_secs(300);

/// What a client does with time.
pub struct Pace {
    pub clock: Box<dyn Clock>,
    /// Whether the clock can wait. Without that there are no retries and no time limits.
    pub has_timers: bool,
    pub retry: RetryPolicy,
    pub attempt_timeout: Option<Duration>,
    pub total_timeout: Option<Duration>,
    /// At least 0 and less than 1; for the back-off.
    pub random: fn() -> f64,
}

/// What was asked for, so far.
pub struct PaceBuilder {
    pub clock: Option<Box<dyn Clock>>,
    pub retry: Option<RetryPolicy>,
    pub attempt_timeout: Option<Option<Duration>>,
    pub total_timeout: Option<Option<Duration>>,
    pub random: fn() -> f64,
}

impl Default for PaceBuilder {
    fn default() -> Self {
        Self { clock: None, retry: None, attempt_timeout: None, total_timeout: None, random: retry::random }
    }
}

impl PaceBuilder {
    pub fn build(self) -> Result<Pace, BuildError> {
        let needs_timers = self.retry.is_some_and(|policy| !policy.is_none())
            || self.attempt_timeout.flatten().is_some()
            || self.total_timeout.flatten().is_some();
        let Some(clock) = self.clock.or_else(default_clock) else {
            return if needs_timers { Err(BuildError::no_clock()) } else { Ok(Pace::without_timers()) };
        };
        Ok(Pace {
            clock,
            has_timers: true,
            retry: self.retry.unwrap_or_default(),
            attempt_timeout: self.attempt_timeout.unwrap_or(Some(DEFAULT_ATTEMPT_TIMEOUT)),
            total_timeout: self.total_timeout.unwrap_or(Some(DEFAULT_TOTAL_TIMEOUT)),
            random: self.random,
        })
    }
}

impl Pace {
    fn without_timers() -> Self {
        Self {
            clock: Box::new(NoTimers),
            has_timers: false,
            retry: RetryPolicy::none(),
            attempt_timeout: None,
            total_timeout: None,
            random: retry::random,
        }
    }
}

fn default_clock() -> Option<Box<dyn Clock>> {
    #[cfg(feature = "reqwest")]
    return Some(Box::new(super::system_clock::SystemClock));
    #[cfg(not(feature = "reqwest"))]
    None
}
