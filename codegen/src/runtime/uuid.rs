//! UUIDs.

use std::fmt;

use super::spelled::{Format, Kind, Spelled};

/// A UUID, as it was written: upper case stays upper case.
pub type Uuid = Spelled<uuid::Uuid>;

impl Format for uuid::Uuid {
    const EXPECTED: &'static str = "a UUID";
    const KIND: Kind = Kind::String;

    fn parse(text: &str) -> Option<Self> {
        Self::parse_str(text).ok()
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
}
