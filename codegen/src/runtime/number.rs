//! Numbers without a format of their own.

use std::fmt;

use super::spelled::{Format, Kind, Spelled};

/// A number, as near as 64 bits of floating point come, and as it was written:
/// `100.0` and `1e3` stay what they are.
pub type Number = Spelled<f64>;

impl Format for f64 {
    const EXPECTED: &'static str = "a number within the range of 64-bit floating point";
    const KIND: Kind = Kind::Number;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|value: &f64| value.is_finite())
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self:?}")
    }
}
