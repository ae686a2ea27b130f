//! Dates as older services of .NET write them in JSON.

use jiff::civil;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Reads `/Date(1539993600000+0000)/`: milliseconds since 1970 in UTC, and the offset of the clock that
/// they are to be shown by, if there is one.
pub fn parse(text: &str) -> Option<(civil::DateTime, Offset)> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let sign = inner.rfind(['+', '-']).filter(|at| *at > 0);
    let (milliseconds, offset) = match sign {
        Some(at) => (&inner[..at], offset(&inner[at..])?),
        None => (inner, Offset::UTC),
    };
    let digits = milliseconds.strip_prefix('-').unwrap_or(milliseconds);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let since = SignedDuration::from_millis(milliseconds.parse().ok()?);
    Some((offset.to_datetime(Timestamp::from_duration(since).ok()?), offset))
}

/// An offset such as `+0100`.
fn offset(text: &str) -> Option<Offset> {
    let digits =
        text.get(1..).filter(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (hours, minutes) = digits.split_at(2);
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds }).ok()
}
