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

    fn parse_usual(text: &str) -> Option<Self> {
        // The bit that capital letters lack, of all bytes at once: hyphens, digits and small letters have it.
        let is_lower = text.bytes().fold(0x20, |common, byte| common & byte) != 0;
        let is_usual = is_lower && text.len() == uuid::fmt::Hyphenated::LENGTH;
        if is_usual { Self::try_parse(text).ok() } else { None }
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        out.write_str(self.hyphenated().encode_lower(&mut Self::encode_buffer()))
    }
}
