//! Formats of texts, as far as the types that read them refuse any.
//!
//! This takes no text that they refuse. What they take beyond these standards, it need not take.

use std::net;

/// Whether a text is of a format; every text is of one that is not known.
pub fn is_of(format: &str, text: &str) -> bool {
    match format {
        "date-time" => is_epoch(text) || is_date_time(text),
        "date" => is_epoch(text) || is_date_time(text),
        "time" => is_time(text),
        "duration" => is_duration(text) || is_in_words(text),
        "uuid" => is_uuid(text),
        "ip" => text.parse::<net::IpAddr>().is_ok(),
        "ipv4" => text.parse::<net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<net::Ipv6Addr>().is_ok(),
        _ => true,
    }
}

/// A date, with a time and an offset or without.
fn is_date_time(text: &str) -> bool {
    let Some(rest) = date(text.as_bytes()) else { return false };
    match rest {
        [] => true,
        [b'T' | b't' | b' ', rest @ ..] => time(rest).is_some_and(is_offset),
        _ => false,
    }
}

fn is_time(text: &str) -> bool {
    time(text.as_bytes()).is_some_and(is_offset)
}

/// Milliseconds since 1970, such as `/Date(1539993600000+0000)/`.
fn is_epoch(text: &str) -> bool {
    let Some(inner) = text.strip_prefix("/Date(").and_then(|text| text.strip_suffix(")/")) else { return false };
    let (sign, number) = inner.strip_prefix('-').map_or((false, inner), |rest| (true, rest));
    let (number, offset) = number.split_at(number.find(['+', '-']).unwrap_or(number.len()));
    // From the year 0 to 9999, and a little less.
    let most = if sign { 62_000_000_000_000 } else { 253_000_000_000_000 };
    let is_offset = match offset.as_bytes() {
        [] => true,
        [_, digits @ ..] => matches!(pairs::<2>(digits, &[]), Some(([0..=25, 0..=59], []))),
    };
    is_digits(number) && number.parse::<u64>().is_ok_and(|number| number <= most) && is_offset
}

/// What is behind a date.
fn date(text: &[u8]) -> Option<&[u8]> {
    let ([century, year, month, day], rest) = match text {
        [_, _, _, _, b'-', ..] => pairs::<4>(text, b" --")?,
        _ => pairs::<4>(text, &[])?,
    };
    let is_leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(century * 100 + year) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then_some(rest)
}

/// What is behind a time. A second may be a leap second.
fn time(text: &[u8]) -> Option<&[u8]> {
    let ([hour, minute], rest) = pairs::<2>(text, b":")?;
    let ([second], rest) = match rest {
        [b':', rest @ ..] => pairs::<1>(rest, &[])?,
        _ => ([0], rest),
    };
    let has_seconds = text.len() - rest.len() > 5;
    let rest = if has_seconds { fraction(rest)? } else { rest };
    (hour <= 23 && minute <= 59 && second <= 60).then_some(rest)
}

/// What is behind a fraction, if there is one.
fn fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.' | b',', rest @ ..] = text else { return Some(text) };
    let digits = rest.iter().take_while(|sign| sign.is_ascii_digit()).count();
    rest.get(digits..).filter(|_| digits > 0)
}

fn is_offset(text: &[u8]) -> bool {
    match text {
        [] | [b'Z' | b'z'] => true,
        [b'+' | b'-', h0, h1] => matches!(pairs::<1>(&[*h0, *h1], &[]), Some(([0..=25], []))),
        [b'+' | b'-', rest @ ..] => {
            let read = if rest.contains(&b':') { pairs::<2>(rest, b":") } else { pairs::<2>(rest, &[]) };
            matches!(read, Some(([0..=25, 0..=59], [])))
        }
        _ => false,
    }
}

/// Numbers of two digits at the start of a text, with some signs between them (a space stands for none, as does
/// nothing), and what is behind them.
fn pairs<'t, const N: usize>(mut text: &'t [u8], between: &[u8]) -> Option<([u32; N], &'t [u8])> {
    let mut numbers = [0; N];
    for (index, number) in numbers.iter_mut().enumerate() {
        let sign = index.checked_sub(1).and_then(|before| between.get(before)).filter(|sign| **sign != b' ');
        if let Some(sign) = sign {
            text = text.strip_prefix(std::slice::from_ref(sign))?;
        }
        let [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] = text else { return None };
        *number = u32::from(tens - b'0') * 10 + u32::from(ones - b'0');
        text = rest;
    }
    Some((numbers, text))
}

/// A duration of ISO 8601, of which the last unit may have a fraction if it is one of time.
fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some(text) = text.strip_prefix(['P', 'p']) else { return false };
    let (days, time) = match text.split_once(['T', 't']) {
        Some((days, time)) => (days, Some(time)),
        None => (text, None),
    };
    let is_time = time.is_none_or(|time| !time.is_empty() && is_units(time, "HMS", true));
    is_time && is_units(days, "YMWD", false) && !(days.is_empty() && time.is_none())
}

/// Numbers with a unit each, in the order of the units.
fn is_units(mut text: &str, units: &str, is_time: bool) -> bool {
    let mut left = units;
    while !text.is_empty() {
        let Some(end) = text.find(|sign: char| sign.is_ascii_alphabetic()) else { return false };
        let (number, rest) = text.split_at(end);
        let unit = rest.chars().next().map(|unit| unit.to_ascii_uppercase());
        let Some(at) = unit.and_then(|unit| left.find(unit)) else { return false };
        left = left.get(at + 1..).unwrap_or_default();
        text = rest.get(1..).unwrap_or_default();
        let is_number = match number.split_once(['.', ',']) {
            Some((whole, part)) => is_time && text.is_empty() && is_few_digits(whole, true) && is_digits(part),
            None => is_few_digits(number, is_time),
        };
        if !is_number {
            return false;
        }
    }
    true
}

/// A duration such as `1h30m` or `5 days`.
fn is_in_words(text: &str) -> bool {
    const UNITS: [&[&str]; 7] = [
        &["y", "year", "years"],
        &["w", "week", "weeks"],
        &["d", "day", "days"],
        &["h", "hour", "hours"],
        &["m", "min", "mins", "minute", "minutes"],
        &["s", "sec", "secs", "second", "seconds"],
        &["ms"],
    ];
    let (mut rest, mut left) = (text, UNITS.as_slice());
    while !rest.is_empty() {
        let number = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(number);
        let behind = behind.strip_prefix(' ').unwrap_or(behind);
        let (unit, behind) =
            behind.split_at(behind.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(behind.len()));
        let at = left.iter().position(|names| names.contains(&unit));
        let Some(at) = at.filter(|_| is_few_digits(number, false)) else { return false };
        left = left.get(at + 1..).unwrap_or_default();
        rest = behind.strip_prefix(' ').filter(|rest| !rest.is_empty()).unwrap_or(behind);
    }
    !text.is_empty()
}

/// As many digits as any unit takes; units of time take more.
fn is_few_digits(text: &str, is_time: bool) -> bool {
    is_digits(text) && text.len() <= if is_time { 8 } else { 4 }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit())
}

/// A UUID: with hyphens or without, in braces, or as a URN.
fn is_uuid(text: &str) -> bool {
    let inner = text.strip_prefix("urn:uuid:").or_else(|| text.strip_prefix('{')?.strip_suffix('}'));
    let is_plain = inner.is_none();
    let text = inner.unwrap_or(text).as_bytes();
    match text.len() {
        32 => is_plain && text.iter().all(u8::is_ascii_hexdigit),
        36 => text.iter().enumerate().all(|(index, sign)| match index {
            8 | 13 | 18 | 23 => *sign == b'-',
            _ => sign.is_ascii_hexdigit(),
        }),
        _ => false,
    }
}
