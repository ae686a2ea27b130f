//! Cutting the bytes of a body into the items that it is a sequence of.

use std::mem;

use bytes::{Buf, Bytes};

use super::event_fields::Events;

/// How items follow each other in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// JSON, an item in each line.
    Lines,
    /// JSON, each item behind a sign (RFC 7464).
    Records,
    /// `text/event-stream`.
    Events(Data),
}

/// What the data of events are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// JSON.
    Json,
    /// Text.
    Text,
    /// JSON in some events, and text in others.
    Either,
}

/// An item as it came.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its JSON, or the data of an event.
    pub text: Vec<u8>,
    /// What else an event says.
    pub event: Option<String>,
    pub id: Option<String>,
    pub retry: Option<u64>,
    /// Whether its end is missing.
    pub is_cut_off: bool,
}

/// An item is larger than it may be.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Takes the bytes of a body as they come, and gives the items. It holds the piece that it was fed, and of items no more
/// than the limit.
pub struct Decoder {
    limit: usize,
    input: Bytes,
    kind: Kind,
}

enum Kind {
    Lines(Lines),
    Records(Records),
    Events(Events),
}

impl Decoder {
    pub fn new(framing: Framing, limit: usize) -> Self {
        let kind = match framing {
            Framing::Lines => Kind::Lines(Lines::default()),
            Framing::Records => Kind::Records(Records::default()),
            Framing::Events(_) => Kind::Events(Events::default()),
        };
        Self { limit, input: Bytes::new(), kind }
    }

    pub fn limit(&self) -> usize {
        self.limit
    }

    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Takes the next piece, once there is no item left in those before it.
    pub fn feed(&mut self, piece: Bytes) {
        self.input = piece;
    }

    /// What was fed and has not been looked at.
    pub fn into_rest(self) -> Bytes {
        self.input
    }

    /// The next item, if all of it is here.
    pub fn item(&mut self) -> Result<Option<Item>, TooLarge> {
        match &mut self.kind {
            Kind::Lines(lines) => lines.item(&mut self.input, self.limit),
            Kind::Records(records) => records.item(&mut self.input, self.limit),
            Kind::Events(events) => events.item(&mut self.input, self.limit),
        }
    }

    /// What the end of the body makes an item. An event without an end is none.
    pub fn end(&mut self) -> Option<Item> {
        match &mut self.kind {
            Kind::Lines(lines) => lines.line(),
            Kind::Records(records) => records.record(true),
            Kind::Events(_) => None,
        }
    }

    /// The events, if that is what the body is.
    pub fn events(&self) -> Option<&Events> {
        match &self.kind {
            Kind::Events(events) => Some(events),
            Kind::Lines(_) | Kind::Records(_) => None,
        }
    }
}

/// Adds bytes to what there is of an item, of which so many others are held beside.
pub fn add(held: &mut Vec<u8>, bytes: &[u8], beside: usize, limit: usize) -> Result<(), TooLarge> {
    if bytes.len() > limit.saturating_sub(held.len().saturating_add(beside)) {
        return Err(TooLarge);
    }
    held.extend_from_slice(bytes);
    Ok(())
}

/// Takes the byte order mark away that a text may begin with.
pub fn without_mark(text: &mut Vec<u8>) {
    if text.starts_with(b"\xef\xbb\xbf") {
        text.drain(..3);
    }
}

fn is_blank(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_whitespace)
}

#[derive(Default)]
struct Lines {
    line: Vec<u8>,
    /// Whether there was a line before.
    is_behind: bool,
}

impl Lines {
    fn item(&mut self, input: &mut Bytes, limit: usize) -> Result<Option<Item>, TooLarge> {
        while let Some(end) = input.iter().position(|byte| *byte == b'\n') {
            add(&mut self.line, &input[..end], 0, limit)?;
            input.advance(end + 1);
            if let Some(item) = self.line() {
                return Ok(Some(item));
            }
        }
        add(&mut self.line, &mem::take(input), 0, limit).map(|()| None)
    }

    /// The line, unless it is blank.
    fn line(&mut self) -> Option<Item> {
        let mut text = mem::take(&mut self.line);
        if !mem::replace(&mut self.is_behind, true) {
            without_mark(&mut text);
        }
        (!is_blank(&text)).then(|| Item { text, ..Item::default() })
    }
}

/// What comes before a record.
const SEPARATOR: u8 = 0x1e;

#[derive(Default)]
struct Records {
    record: Vec<u8>,
    /// How many arrays and objects are open.
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl Records {
    /// A record ends with its line, where nothing is open, so that nobody waits for the next one.
    fn item(&mut self, input: &mut Bytes, limit: usize) -> Result<Option<Item>, TooLarge> {
        while let Some(end) = input.iter().position(|byte| matches!(*byte, SEPARATOR | b'\n')) {
            let line = input.split_to(end + 1);
            let is_separator = line.ends_with(&[SEPARATOR]);
            let line = if is_separator { &line[..end] } else { &line };
            add(&mut self.record, line, 0, limit)?;
            line.iter().for_each(|byte| self.note(*byte));
            let is_end = is_separator || (self.depth == 0 && !self.is_in_string);
            if is_end && let Some(record) = self.record(is_separator) {
                return Ok(Some(record));
            }
        }
        let piece = mem::take(input);
        add(&mut self.record, &piece, 0, limit)?;
        piece.iter().for_each(|byte| self.note(*byte));
        Ok(None)
    }

    fn note(&mut self, byte: u8) {
        match (self.is_in_string, byte) {
            (true, _) if self.is_escaped => self.is_escaped = false,
            (true, b'\\') => self.is_escaped = true,
            (_, b'"') => self.is_in_string = !self.is_in_string,
            (false, b'[' | b'{') => self.depth += 1,
            (false, b']' | b'}') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// The record, unless it is blank. Of a number or a word, only what is behind it tells that all of it is there.
    fn record(&mut self, is_open: bool) -> Option<Item> {
        let Self { record: text, .. } = mem::take(self);
        let is_bare = text.trim_ascii_start().first().is_some_and(|byte| !matches!(byte, b'"' | b'[' | b'{'));
        let is_cut_off = is_open && is_bare && !text.last().is_some_and(u8::is_ascii_whitespace);
        (!is_blank(&text)).then(|| Item { text, is_cut_off, ..Item::default() })
    }
}
