//! Times of day, with or without an offset.

use std::fmt;

use jiff::civil;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use super::fraction::shortened;
use super::into_value::IntoValue;
use super::spelled::{Format, Kind, Spelled, SpellingError};
use super::{offset, rfc3339};

/// A time of day, as it was written: with an offset, with `Z` or with neither, with seconds or
/// without, and with as many fractional digits as it has. What is below a nanosecond is only in the
/// text: the [`ClockTime`], and so comparing, leaves out the digits of a fraction beyond nine.
pub type Time = Spelled<ClockTime>;

/// What clocks show, and the offset from UTC if one is known.
///
/// Times are equal if both parts are. They are ordered by what clocks show, then by the offset: which
/// of two times at different offsets is the earlier one depends on the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime {
    local: civil::Time,
    offset: Option<Offset>,
}

impl ClockTime {
    /// The time when clocks at this offset show this.
    pub fn new(local: civil::Time, offset: Option<Offset>) -> Self {
        Self { local, offset }
    }

    /// The time that was written, at whatever offset.
    pub fn local(&self) -> civil::Time {
        self.local
    }

    /// The offset from UTC; `Z` is an offset of zero.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }
}

/// A time without an offset.
impl From<civil::Time> for ClockTime {
    fn from(local: civil::Time) -> Self {
        Self::new(local, None)
    }
}

/// A time without an offset.
impl From<civil::Time> for Time {
    fn from(local: civil::Time) -> Self {
        ClockTime::from(local).into()
    }
}

impl IntoValue<Time> for civil::Time {
    fn into_value(self) -> Result<Time, SpellingError> {
        Ok(self.into())
    }
}

impl Format for ClockTime {
    const EXPECTED: &'static str = "a time such as 12:30:00Z";
    const KIND: Kind = Kind::String;

    /// Reads all of the text or nothing: jiff's own parser for civil times drops an offset. The one
    /// that does not wants a date. A leap second is the second before it.
    fn parse(text: &str) -> Option<Self> {
        // Hours alone may as well be any other number.
        if text.as_bytes().get(2) != Some(&b':') {
            return None;
        }
        let dated = format!("2000-01-01T{}", shortened(text));
        let pieces = Pieces::parse(&dated).ok()?;
        let whole = pieces.time_zone_annotation().is_none();
        whole.then_some(Self::new(pieces.time()?, pieces.to_numeric_offset()))
    }

    fn parse_usual(text: &str) -> Option<Self> {
        let (time, rest) = rfc3339::time(text.as_bytes())?;
        Some(Self::new(time, rfc3339::offset(rest)?))
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        rfc3339::write_time(self.local, out)?;
        offset::write(self.offset, out)
    }
}
