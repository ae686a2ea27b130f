//! What stands for a character where it cannot stand itself.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::request::{RESERVED, encode};

/// Everything that is reserved, without the reserved characters that mean nothing in a query: `#` ends it, `[` and `]`
/// cannot stand in it, and `&`, `=` and `+` are signs of forms.
const QUERY: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// The same of a segment of a path, where `/`, `?` and `#` would address another resource.
const SEGMENT: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same of a whole query, which has the signs of forms where it wants them.
const WHOLE_QUERY: &AsciiSet = &QUERY.remove(b'&').remove(b'=').remove(b'+');

/// Everything but what `application/x-www-form-urlencoded` leaves alone. A space becomes `+`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// Everything but what RFC 6265, section 4.1.1, lets a cookie consist of.
const COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// Everything but what RFC 6265 lets the name of a cookie consist of: a token of HTTP.
const TOKEN: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'%')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'+')
    .remove(b'^')
    .remove(b'`')
    .remove(b'|');

/// The way to write text where it is going to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// In a path or a query.
    Uri,
    /// In a query that allows reserved characters, and text that is encoded already.
    Reserved,
    /// The same in a path.
    ReservedSegment,
    /// The same as a whole query.
    ReservedQuery,
    /// In a form.
    Form,
    /// In a cookie: what it can hold is sent as it is.
    Cookie,
    /// In a header, which has no way to encode.
    None,
}

impl Escape {
    /// The text of a value.
    pub fn value(self, text: &str) -> String {
        match self {
            Self::Uri => encode(text),
            Self::Reserved => reserved(text, QUERY),
            Self::ReservedSegment => reserved(text, SEGMENT),
            Self::ReservedQuery => reserved(text, WHOLE_QUERY),
            Self::Form => utf8_percent_encode(text, FORM).to_string().replace("%20", "+"),
            Self::Cookie => utf8_percent_encode(text, COOKIE).to_string(),
            Self::None => text.to_owned(),
        }
    }

    /// The text of a name.
    pub fn name(self, text: &str) -> String {
        match self {
            Self::Uri | Self::Reserved | Self::ReservedSegment | Self::ReservedQuery => encode(text),
            Self::Cookie => utf8_percent_encode(text, TOKEN).to_string(),
            Self::Form | Self::None => self.value(text),
        }
    }

    /// Whether a sign in a value can be told from one that stands beside it.
    pub fn encodes(self, sign: char) -> bool {
        let text = sign.to_string();
        self.is_reserved() || self.value(&text) != text
    }

    /// Whether reserved characters and what is encoded already stay as they are.
    pub fn is_reserved(self) -> bool {
        matches!(self, Self::Reserved | Self::ReservedSegment | Self::ReservedQuery)
    }
}

/// Text by the reserved expansion of RFC 6570, but for the signs of a set: what is percent-encoded stays so.
fn reserved(text: &str, signs: &'static AsciiSet) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        written.extend(utf8_percent_encode(before, signs));
        let is_triple = after.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        written.push_str(if is_triple { "%" } else { "%25" });
        rest = after;
    }
    written.extend(utf8_percent_encode(rest, signs));
    written
}
