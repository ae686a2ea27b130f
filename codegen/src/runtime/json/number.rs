//! Numbers by their text.

use std::io;

use hifijson::SliceLexer;
use hifijson::num::LexWrite as _;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

/// Whether a text is a number as JSON writes it.
pub fn is_number(text: &str) -> bool {
    let mut lexer = SliceLexer::new(text.as_bytes());
    lexer.num_string().validated().is_ok() && lexer.as_slice().is_empty()
}

/// Serializes a number so that it comes out as `text`.
///
/// A number that serde's own types would spell differently goes out as raw
/// JSON, which only serde_json can write.
pub fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(value) = text.parse::<i64>().ok().filter(|value| is_written_as(value, text)) {
        return serializer.serialize_i64(value);
    }
    if let Some(value) = text.parse::<u64>().ok().filter(|value| is_written_as(value, text)) {
        return serializer.serialize_u64(value);
    }
    if !is_number(text) {
        return Err(S::Error::custom(format_args!("{text:?} is not a JSON number")));
    }
    if let Some(value) = text.parse::<f64>().ok().filter(|value| is_written_as(value, text)) {
        return serializer.serialize_f64(value);
    }
    let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
    raw.serialize(serializer)
}

/// The digits of a number that is an integer but is not written as one, such as
/// `1.0`, `1e3` and `-0`.
pub fn whole(text: &str) -> Option<String> {
    /// More digits than any integer has; an exponent can ask for a lot more.
    const DIGITS: usize = 40;
    let Scientific { is_negative, digits, point } = Scientific::of(text)?;
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let length = usize::try_from(point).ok()?;
    let sign = if is_negative { "-" } else { "" };
    let is_whole = (digits.len()..=DIGITS).contains(&length);
    is_whole.then(|| format!("{sign}{digits:0<length$}"))
}

/// Whether two texts are the same number, such as `1` and `1.0`.
pub fn is_same_number(one: &str, other: &str) -> bool {
    one == other || Scientific::of(one).is_some_and(|one| Some(one) == Scientific::of(other))
}

/// What a number is, however it is written.
#[derive(PartialEq)]
struct Scientific {
    is_negative: bool,
    /// Without zeros before and behind them; none if the number is zero.
    digits: String,
    /// How many digits, and zeros behind them, come before the point.
    point: i64,
}

impl Scientific {
    /// `None` if the exponent is beyond reason.
    fn of(text: &str) -> Option<Self> {
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (is_negative, number) = number.strip_prefix('-').map_or((false, number), |number| (true, number));
        let (before, after) = number.split_once('.').unwrap_or((number, ""));
        let all = [before, after].concat();
        let leading = all.trim_start_matches('0');
        let digits = leading.trim_end_matches('0');
        if digits.is_empty() {
            return Some(Self { is_negative: false, digits: String::new(), point: 0 });
        }
        let zeros = all.len() - leading.len();
        let point = i64::try_from(before.len()).ok()? - i64::try_from(zeros).ok()?;
        let point = exponent.parse::<i64>().ok()?.checked_add(point)?;
        Some(Self { is_negative, digits: digits.to_owned(), point })
    }
}

fn is_written_as(value: &impl Serialize, text: &str) -> bool {
    let mut expected = Expected(text.as_bytes());
    serde_json::to_writer(&mut expected, value).is_ok() && expected.0.is_empty()
}

/// A writer that accepts these bytes and no others.
struct Expected<'a>(&'a [u8]);

impl io::Write for Expected<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
