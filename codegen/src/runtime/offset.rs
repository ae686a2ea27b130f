//! Offsets from UTC, as RFC 3339 writes them.

use std::fmt;

use jiff::tz::Offset;

/// Writes `Z`, or an offset such as `-07:30`; nothing, if none is known.
pub fn write(offset: Option<Offset>, out: &mut dyn fmt::Write) -> fmt::Result {
    let seconds = match offset {
        None => return Ok(()),
        Some(Offset::UTC) => return out.write_char('Z'),
        Some(offset) => offset.seconds(),
    };
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    write!(out, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
