//! What is wrong with a text that is not JSON. The lexing is hifijson's.

use hifijson::num::Lex as _;
use hifijson::str::LexAlloc as _;
use hifijson::token::Lex as _;
use hifijson::{Error, Expect, SliceLexer};

use super::JsonError;

/// How many arrays and objects may nest. Each level takes stack space, here and wherever a value is walked.
pub const MAX_DEPTH: usize = 128;

/// Makes sure that a text is one JSON value.
pub(super) fn check(text: &str) -> Result<(), JsonError> {
    let mut lexer = SliceLexer::new(text.as_bytes());
    let checked = lexer.exactly_one(SliceLexer::ws_peek, |first, lexer| value(first, lexer, MAX_DEPTH));
    checked.map_err(|error| {
        let rest = lexer.as_slice().len();
        JsonError::new(text, rest, message(&error, rest == 0))
    })
}

/// Passes the value by whose first byte was peeked at.
fn value(first: u8, lexer: &mut SliceLexer<'_>, depth: usize) -> Result<(), Error> {
    match first {
        b'"' => Ok(lexer.discarded().str_string().map(|_| ())?),
        b'-' | b'0'..=b'9' => Ok(lexer.num_ignore().validate().map(|_| ())?),
        b'{' => object(lexer.discarded(), inner(depth)?),
        b'[' => array(lexer.discarded(), inner(depth)?),
        b'a'..=b'z' => Ok(lexer.null_or_bool().map(|_| ()).ok_or(Expect::Value)?),
        _ => Err(Expect::Value.into()),
    }
}

fn inner(depth: usize) -> Result<usize, Error> {
    depth.checked_sub(1).ok_or(Error::Depth)
}

fn array(lexer: &mut SliceLexer<'_>, depth: usize) -> Result<(), Error> {
    lexer.seq(b']', SliceLexer::ws_peek, |first, lexer| value(first, lexer, depth))
}

fn object(lexer: &mut SliceLexer<'_>, depth: usize) -> Result<(), Error> {
    lexer.seq(b'}', SliceLexer::ws_peek, |first, lexer| {
        lexer.expect(|_| Some(first), b'"').ok_or(Expect::String)?;
        lexer.str_string()?;
        lexer.expect(SliceLexer::ws_peek, b':').ok_or(Expect::Colon)?;
        let first = lexer.ws_peek().ok_or(Expect::Value)?;
        value(first, lexer, depth)
    })
}

fn message(error: &Error, at_end: bool) -> String {
    let message = match error {
        Error::Depth => format!("more than {MAX_DEPTH} levels of nesting"),
        Error::Num(_) => "expected a digit".to_owned(),
        Error::Str(error) => error.to_string(),
        Error::Token(Expect::Eof) => "expected nothing more".to_owned(),
        Error::Token(expected) => format!("expected a {expected}"),
    };
    // The lexer quotes the byte that it rejects, whatever that is.
    let message = message.replace(char::is_control, "\u{fffd}");
    if at_end { format!("{message}, found the end") } else { message }
}
