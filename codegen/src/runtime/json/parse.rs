//! From text to tree. The lexing is hifijson's, which hands out every number
//! as it is written.

use std::borrow::Cow;

use hifijson::num::LexWrite as _;
use hifijson::str::LexAlloc as _;
use hifijson::token::Lex as _;
use hifijson::{Error, Expect, SliceLexer};

use super::{Json, JsonError};

/// How many arrays and objects may nest. Each level takes stack space, here
/// and wherever the tree is walked.
const MAX_DEPTH: usize = 128;

impl<'a> Json<'a> {
    /// Reads a text that is one JSON value, borrowing from it what it can.
    ///
    /// # Errors
    ///
    /// The text is not JSON, has something behind the value, or nests more
    /// than 128 levels.
    pub fn parse(text: &'a str) -> Result<Self, JsonError> {
        let mut lexer = SliceLexer::new(text.as_bytes());
        let parsed = lexer.exactly_one(SliceLexer::ws_peek, |first, lexer| value(first, lexer, MAX_DEPTH));
        parsed.map_err(|error| {
            let rest = lexer.as_slice().len();
            JsonError::new(text, rest, message(&error, rest == 0))
        })
    }
}

/// Reads the value whose first byte was peeked at.
fn value<'a>(first: u8, lexer: &mut SliceLexer<'a>, depth: usize) -> Result<Json<'a>, Error> {
    match first {
        b'"' => Ok(Json::String(lexer.discarded().str_string()?)),
        b'-' | b'0'..=b'9' => Ok(Json::Number(Cow::Borrowed(lexer.num_string().validated()?.0))),
        b'{' => object(lexer.discarded(), inner(depth)?),
        b'[' => array(lexer.discarded(), inner(depth)?),
        b'a'..=b'z' => {
            let word = lexer.null_or_bool().ok_or(Expect::Value)?;
            Ok(word.map_or(Json::Null, Json::Bool))
        }
        _ => Err(Expect::Value.into()),
    }
}

fn inner(depth: usize) -> Result<usize, Error> {
    depth.checked_sub(1).ok_or(Error::Depth)
}

fn array<'a>(lexer: &mut SliceLexer<'a>, depth: usize) -> Result<Json<'a>, Error> {
    let mut items = Vec::new();
    lexer.seq(b']', SliceLexer::ws_peek, |first, lexer| {
        items.push(value(first, lexer, depth)?);
        Ok::<_, Error>(())
    })?;
    Ok(Json::Array(items))
}

fn object<'a>(lexer: &mut SliceLexer<'a>, depth: usize) -> Result<Json<'a>, Error> {
    let mut members = Vec::new();
    lexer.seq(b'}', SliceLexer::ws_peek, |first, lexer| {
        lexer.expect(|_| Some(first), b'"').ok_or(Expect::String)?;
        let name = lexer.str_string()?;
        lexer.expect(SliceLexer::ws_peek, b':').ok_or(Expect::Colon)?;
        let first = lexer.ws_peek().ok_or(Expect::Value)?;
        members.push((name, value(first, lexer, depth)?));
        Ok::<_, Error>(())
    })?;
    Ok(Json::Object(members))
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
