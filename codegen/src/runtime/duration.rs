//! Durations.

use std::fmt;

use jiff::{Span, SpanFieldwise};

use super::fraction::shortened;
use super::spelled::{Format, Kind, Spelled};

/// A duration such as `P1DT12H` or `PT1.5S`, as it was written.
///
/// Durations are equal if all their units are: `PT60M` is not `PT1H`. The [`Span`] in it compares them
/// by their length. The digits of a fraction beyond nine are only in the text.
pub type Duration = Spelled<SpanFieldwise>;

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        span.fieldwise().into()
    }
}

impl Format for SpanFieldwise {
    const EXPECTED: &'static str = "a duration such as P1DT12H";
    const KIND: Kind = Kind::String;

    /// Reads ISO 8601, and what some servers write instead, such as `1h30m` and `00:01:30`.
    fn parse(text: &str) -> Option<Self> {
        shortened(text).parse().ok().map(Self)
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}
