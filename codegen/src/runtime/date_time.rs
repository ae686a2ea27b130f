//! Dates with a time, with or without an offset.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::fraction::shortened;
use super::into_value::IntoValue;
use super::spelled::{Format, Kind, Spelled, SpellingError};
use super::{epoch, offset, rfc3339};

/// A date and time, as it was written: with an offset, with `Z` or with
/// neither, and with as many fractional digits as it has. So is
/// `/Date(1539993600000+0000)/`, as older services of .NET write it.
///
/// What is below a nanosecond is only in the text: the [`Moment`], and so
/// comparing, leaves out the digits of a fraction beyond nine.
pub type DateTime = Spelled<Moment>;

/// A date and time, and the offset from UTC if one is known.
///
/// Moments are equal if both parts are. They are ordered in time, where a
/// moment without an offset counts as UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    local: civil::DateTime,
    offset: Option<Offset>,
}

impl Moment {
    /// The moment when clocks at this offset show this time.
    pub fn new(local: civil::DateTime, offset: Option<Offset>) -> Self {
        Self { local, offset }
    }

    /// The date and time that was written, at whatever offset.
    pub fn local(&self) -> civil::DateTime {
        self.local
    }

    /// The offset from UTC; `Z` is an offset of zero.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }

    /// The instant. `None` without an offset, or beyond the range of
    /// [`Timestamp`], which ends at 9999-12-30T22:00Z.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.offset?.to_timestamp(self.local).ok()
    }

    /// The instant, where no offset is read as UTC. `None` beyond the range
    /// of [`Timestamp`], which ends at 9999-12-30T22:00Z.
    pub fn to_utc(self) -> Option<Timestamp> {
        let offset = self.offset.unwrap_or(Offset::UTC);
        offset.to_timestamp(self.local).ok()
    }

    /// Whether this is midnight of 0001-01-01, which is how .NET writes that
    /// a date was never set.
    pub fn is_unset(&self) -> bool {
        self.local == civil::date(1, 1, 1).at(0, 0, 0, 0)
    }

    /// The time since year zero, in UTC. Unlike a timestamp it always exists.
    fn elapsed(&self) -> SignedDuration {
        let offset = self.offset.map_or(0, Offset::seconds);
        self.local.duration_since(civil::DateTime::ZERO) - SignedDuration::from_secs(offset.into())
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        let in_time = self.elapsed().cmp(&other.elapsed());
        in_time.then_with(|| self.offset.cmp(&other.offset))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The instant in UTC.
impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self::new(Offset::UTC.to_datetime(timestamp), Some(Offset::UTC))
    }
}

/// A date and time without an offset.
impl From<civil::DateTime> for Moment {
    fn from(local: civil::DateTime) -> Self {
        Self::new(local, None)
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Moment::from(timestamp).into()
    }
}

impl From<civil::DateTime> for DateTime {
    fn from(local: civil::DateTime) -> Self {
        Moment::from(local).into()
    }
}

impl IntoValue<DateTime> for Timestamp {
    fn into_value(self) -> Result<DateTime, SpellingError> {
        Ok(self.into())
    }
}

impl IntoValue<DateTime> for civil::DateTime {
    fn into_value(self) -> Result<DateTime, SpellingError> {
        Ok(self.into())
    }
}

impl Format for Moment {
    const EXPECTED: &'static str = "a date and time such as 2020-01-31T12:30:00Z";
    const KIND: Kind = Kind::String;

    /// Reads all of the text or nothing: jiff's own parser for civil dates
    /// drops an offset, so the text is taken apart first. A date alone is its
    /// midnight.
    fn parse(text: &str) -> Option<Self> {
        if let Some((local, offset)) = epoch::parse(text) {
            return Some(Self::new(local, Some(offset)));
        }
        let text = shortened(text);
        let pieces = Pieces::parse(&*text).ok()?;
        if pieces.time_zone_annotation().is_some() {
            return None;
        }
        let time = pieces.time().unwrap_or(civil::Time::midnight());
        Some(Self::new(pieces.date().to_datetime(time), pieces.to_numeric_offset()))
    }

    fn parse_usual(text: &str) -> Option<Self> {
        let (date, rest) = rfc3339::date(text.as_bytes())?;
        let (time, rest) = rfc3339::time(rest.strip_prefix(b"T")?)?;
        Some(Self::new(date.to_datetime(time), rfc3339::offset(rest)?))
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        rfc3339::write_date(self.local.date(), out)?;
        out.write_char('T')?;
        rfc3339::write_time(self.local.time(), out)?;
        offset::write(self.offset, out)
    }
}
