//! Dates without a time.

use std::fmt;

use jiff::civil;
use jiff::fmt::temporal::Pieces;

use super::fraction::shortened;
use super::spelled::{Format, Kind, Spelled};
use super::{epoch, rfc3339};

/// A calendar date, as it was written.
///
/// Some servers write a date and time where a date is documented. That is read
/// as the date, and written again with its time. So is `/Date(1539993600000+0000)/`,
/// as older services of .NET write it.
pub type Date = Spelled<civil::Date>;

impl Format for civil::Date {
    const EXPECTED: &'static str = "a date such as 2020-01-31";
    const KIND: Kind = Kind::String;

    fn parse(text: &str) -> Option<Self> {
        if let Some((local, _)) = epoch::parse(text) {
            return Some(local.date());
        }
        let text = shortened(text);
        let pieces = Pieces::parse(&*text).ok()?;
        let whole = pieces.time_zone_annotation().is_none();
        whole.then(|| pieces.date())
    }

    fn parse_usual(text: &str) -> Option<Self> {
        let (date, rest) = rfc3339::date(text.as_bytes())?;
        rest.is_empty().then_some(date)
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        rfc3339::write_date(*self, out)
    }
}
