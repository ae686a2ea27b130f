//! Fractions of a second with more digits than a type has.

use std::borrow::Cow;

/// How many digits of a fraction the types of jiff have.
const DIGITS: usize = 9;

/// The text with the first nine digits of each fraction. RFC 3339 sets no limit; what is left out is
/// less than a nanosecond, and is kept in the spelling.
pub fn shortened(text: &str) -> Cow<'_, str> {
    let starts = |at: usize| text[..at].ends_with(|sign: char| sign.is_ascii_digit());
    let mut kept = String::new();
    let mut rest = text;
    while let Some(point) = rest.find(['.', ',']) {
        let start = text.len() - rest.len() + point;
        let digits = rest[point + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let counted = if starts(start) { digits.min(DIGITS) } else { digits };
        kept += &rest[..point + 1 + counted];
        rest = &rest[point + 1 + digits..];
    }
    if kept.len() + rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(kept + rest) }
}
