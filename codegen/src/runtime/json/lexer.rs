//! The tokens of a JSON text.
//!
//! What most texts are made of is found here: strings without escapes, and integers. The rest is hifijson's, which
//! also says what is wrong with a text that is not JSON.

use std::borrow::Cow;

use hifijson::escape::Lex as _;
use hifijson::num::LexWrite as _;
use hifijson::str::LexAlloc as _;
use hifijson::{Read as _, SliceLexer};

use super::Json;

/// A place in a text. What is not there is `None`: the text is not JSON then.
#[derive(Clone)]
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// What a JSON value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl<'a> Lexer<'a> {
    /// The place before the whole text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes are before the next one that is not blank.
    pub fn place(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// All of the text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// How many bytes have been read.
    pub fn place_behind(&self) -> usize {
        self.at
    }

    /// Whether there are only blanks left.
    pub fn is_at_end(&mut self) -> bool {
        self.place() == self.text.len()
    }

    /// Goes to a place that has been told.
    pub fn go_to(&mut self, place: usize) {
        self.at = place;
    }

    /// The text from a place to here.
    pub fn text_from(&self, place: usize) -> &'a str {
        self.text.get(place..self.at).unwrap_or_default()
    }

    /// The next byte that is not blank; zero at the end, which is in no JSON text.
    #[inline]
    pub fn peek(&mut self) -> u8 {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(&byte) if byte > b' ' => return byte,
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(&byte) => return byte,
                None => return 0,
            }
        }
    }

    /// What the next value is, by its first byte.
    #[inline]
    pub fn kind(&mut self) -> Option<Kind> {
        match self.peek() {
            b'"' => Some(Kind::String),
            b'{' => Some(Kind::Object),
            b'[' => Some(Kind::Array),
            b'-' | b'0'..=b'9' => Some(Kind::Number),
            b't' | b'f' => Some(Kind::Bool),
            b'n' => Some(Kind::Null),
            _ => None,
        }
    }

    /// Takes the byte that was peeked at.
    pub fn take(&mut self) {
        self.at += 1;
    }

    /// Goes to the first byte of the next item or member of the array or object that was entered: whether there is
    /// one.
    #[inline]
    pub fn step(&mut self, close: u8, is_first: bool) -> Option<bool> {
        // Mostly there are no blanks.
        if !is_first && self.text.as_bytes().get(self.at..self.at + 2) == Some(b",\"") {
            self.at += 1;
            return Some(true);
        }
        let byte = self.peek();
        if byte == close {
            self.take();
            return Some(false);
        }
        if !is_first {
            if byte != b',' {
                return None;
            }
            self.take();
            self.peek();
        }
        Some(true)
    }

    /// Takes the name of a member, up to its value, if it is this one and written without escapes.
    #[inline]
    pub fn take_name(&mut self, name: &str) -> bool {
        let start = self.at + 1;
        let end = start + name.len();
        let bytes = self.text.as_bytes();
        let is_name = bytes.get(self.at) == Some(&b'"')
            && bytes.get(end) == Some(&b'"')
            && bytes.get(start..end) == Some(name.as_bytes());
        if is_name {
            self.at = end + 1;
        }
        is_name && self.take_colon().is_some()
    }

    /// The name of a member, up to its value.
    pub fn name(&mut self) -> Option<Cow<'a, str>> {
        if self.peek() != b'"' {
            return None;
        }
        let name = self.string()?;
        self.take_colon()?;
        Some(name)
    }

    fn take_colon(&mut self) -> Option<()> {
        (self.peek() == b':').then(|| self.take())
    }

    /// The string that begins with the quote that was peeked at, without its quotes and escapes.
    pub fn string(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at + 1;
        let end = end_of_plain(self.text.as_bytes(), start);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return self.text.get(start..end).map(Cow::Borrowed);
        }
        self.with_hifijson(start, |lexer| lexer.str_string().ok())
    }

    /// A number, in its own spelling.
    pub fn number(&mut self) -> Option<&'a str> {
        self.peek();
        let start = self.at;
        let rest = self.text.as_bytes().get(start..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_integer = match rest {
            [b'0', ..] => digits == 1,
            _ => digits > 0,
        };
        if is_integer && !matches!(rest.get(digits), Some(b'.' | b'e' | b'E')) {
            self.at = start + digits;
            return Some(self.text_from(start));
        }
        self.with_hifijson(start, |lexer| lexer.num_string().validated().ok().map(|(number, _)| number))
    }

    /// `true` or `false`.
    pub fn bool(&mut self) -> Option<bool> {
        match self.peek() {
            b't' => self.word("true").map(|()| true),
            _ => self.word("false").map(|()| false),
        }
    }

    pub fn null(&mut self) -> Option<()> {
        self.peek();
        self.word("null")
    }

    /// Goes behind the next value, which nests no more than `room` levels. Tells how many items or members it has
    /// itself.
    pub fn skip(&mut self, room: usize) -> Option<usize> {
        match self.kind()? {
            Kind::Null => self.null().map(|()| 0),
            Kind::Bool => self.bool().map(|_| 0),
            Kind::Number => self.number().map(|_| 0),
            Kind::String => self.skip_string().map(|()| 0),
            Kind::Array => self.skip_all(b']', room.checked_sub(1)?),
            Kind::Object => self.skip_all(b'}', room.checked_sub(1)?),
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.take();
        loop {
            self.at = end_of_plain(self.text.as_bytes(), self.at);
            match self.text.as_bytes().get(self.at)? {
                b'"' => {
                    self.take();
                    return Some(());
                }
                b'\\' => self.with_hifijson(self.at + 1, |lexer| {
                    let kind = lexer.take_next()?;
                    lexer.escape(kind).ok()
                })?,
                _ => return None,
            };
        }
    }

    fn skip_all(&mut self, close: u8, room: usize) -> Option<usize> {
        self.take();
        let mut count = 0;
        while self.step(close, count == 0)? {
            if close == b'}' {
                self.name()?;
            }
            self.skip(room)?;
            count += 1;
        }
        Some(count)
    }

    /// The next value, if it is a scalar; an array or object as if it were empty, and is not gone behind.
    pub fn scalar(&mut self) -> Option<Json<'a>> {
        Some(match self.kind()? {
            Kind::Null => self.null().map(|()| Json::Null)?,
            Kind::Bool => Json::Bool(self.bool()?),
            Kind::Number => Json::Number(self.number()?.into()),
            Kind::String => Json::String(self.string()?),
            Kind::Array => Json::Array(Vec::new()),
            Kind::Object => Json::Object(Vec::new()),
        })
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let is_there = self.text.as_bytes().get(self.at..)?.starts_with(word.as_bytes());
        is_there.then(|| self.at += word.len())
    }

    /// What hifijson takes from a place on.
    #[cold]
    fn with_hifijson<T>(&mut self, from: usize, take: impl FnOnce(&mut SliceLexer<'a>) -> Option<T>) -> Option<T> {
        let mut lexer = SliceLexer::new(self.text.as_bytes().get(from..)?);
        let taken = take(&mut lexer)?;
        self.at = self.text.len() - lexer.as_slice().len();
        Some(taken)
    }
}

/// Where the bytes of a string from a place on end: at a quote, an escape, or what may not be in it.
fn end_of_plain(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(Ok(word)) = bytes.get(at..at + 8).map(<[u8; 8]>::try_from) {
        let ends = ends_in(u64::from_le_bytes(word));
        if ends != 0 {
            return at + (ends.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    bytes.get(at..).and_then(|rest| rest.iter().position(ends)).map_or(bytes.len(), |count| at + count)
}

/// Eight bytes at once: of those that end what is plain, the highest bit of the first one is set, and of no one
/// before it.
fn ends_in(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    // Below 0x80, a byte less the limit has the highest bit if it is below the limit.
    let less = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit));
    let is = |byte: u8| less(word ^ (ONES * u64::from(byte)), 1);
    (less(word, 0x20) | is(b'"') | is(b'\\')) & !word & HIGHEST
}
