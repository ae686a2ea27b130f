//! Dates and times in the form of RFC 3339, with as few digits of a fraction as there can be.
//!
//! That is how they are written, and how most of them come. It is read here in a small part of the time that it takes
//! to read any form and to write it again to compare. What this does not take is left to jiff.

use std::fmt::{self, Write};

use jiff::civil;
use jiff::tz::Offset;

/// A date at the start of a text, and what is behind it.
pub fn date(text: &[u8]) -> Option<(civil::Date, &[u8])> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, rest @ ..] = text else { return None };
    let year = i16::from(two(*y0, *y1)?) * 100 + i16::from(two(*y2, *y3)?);
    let date = civil::Date::new(year, two(*m0, *m1)?, two(*d0, *d1)?).ok()?;
    Some((date, rest))
}

/// A time with seconds at the start of a text, and what is behind it.
pub fn time(text: &[u8]) -> Option<(civil::Time, &[u8])> {
    let [h0, h1, b':', m0, m1, b':', s0, s1, rest @ ..] = text else { return None };
    let (nanosecond, rest) = fraction(rest)?;
    let time = civil::Time::new(two(*h0, *h1)?, two(*m0, *m1)?, two(*s0, *s1)?, nanosecond).ok()?;
    Some((time, rest))
}

/// A text that is an offset or nothing.
pub fn offset(text: &[u8]) -> Option<Option<Offset>> {
    let (sign, h, m) = match text {
        [] => return Some(None),
        [b'Z'] => return Some(Some(Offset::UTC)),
        [b'+', h0, h1, b':', m0, m1] => (1, two(*h0, *h1)?, two(*m0, *m1)?),
        [b'-', h0, h1, b':', m0, m1] => (-1, two(*h0, *h1)?, two(*m0, *m1)?),
        _ => return None,
    };
    let seconds = sign * (i32::from(h) * 60 + i32::from(m)) * 60;
    // Zero is written as `Z`.
    if seconds == 0 || m > 59 { None } else { Offset::from_seconds(seconds).ok().map(Some) }
}

/// The nanoseconds of a fraction, if there is one, and what is behind it.
fn fraction(text: &[u8]) -> Option<(i32, &[u8])> {
    let [b'.', rest @ ..] = text else { return Some((0, text)) };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at_checked(count)?;
    if !matches!(digits, [.., b'1'..=b'9']) || count > 9 {
        return None;
    }
    let number = digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0'));
    let zeros = u32::try_from(9 - count).ok()?;
    Some((number * 10_i32.pow(zeros), rest))
}

/// Writes a date.
pub fn write_date(date: civil::Date, out: &mut dyn Write) -> fmt::Result {
    let Ok(year) = u32::try_from(date.year()) else { return write!(out, "{date}") };
    let mut text = *b"0000-00-00";
    put(&mut text[..4], year);
    put(&mut text[5..7], date.month().unsigned_abs().into());
    put(&mut text[8..], date.day().unsigned_abs().into());
    write(&text, out)
}

/// Writes a time with its seconds.
pub fn write_time(time: civil::Time, out: &mut dyn Write) -> fmt::Result {
    let mut text = *b"00:00:00.000000000";
    put(&mut text[..2], time.hour().unsigned_abs().into());
    put(&mut text[3..5], time.minute().unsigned_abs().into());
    put(&mut text[6..8], time.second().unsigned_abs().into());
    put(&mut text[9..], time.subsec_nanosecond().unsigned_abs());
    let zeros = text.iter().rev().take_while(|digit| **digit == b'0').count();
    let end = if time.subsec_nanosecond() == 0 { 8 } else { text.len() - zeros };
    write(&text[..end], out)
}

/// Puts the last digits of a number over others.
fn put(digits: &mut [u8], mut number: u32) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

fn write(text: &[u8], out: &mut dyn Write) -> fmt::Result {
    out.write_str(std::str::from_utf8(text).map_err(|_| fmt::Error)?)
}

fn two(tens: u8, ones: u8) -> Option<i8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 { None } else { i8::try_from(tens * 10 + ones).ok() }
}
