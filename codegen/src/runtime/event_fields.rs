//! The lines of `text/event-stream`, as the HTML standard has them (section 9.2.6).

use std::mem;
use std::time::Duration;

use bytes::{Buf, Bytes};

use super::framing::{Item, TooLarge, add, without_mark};

/// Puts events together, line by line.
#[derive(Default)]
pub struct Events {
    line: Vec<u8>,
    /// Whether the line before ended with CR, so that LF is part of that end.
    is_behind_cr: bool,
    /// Whether there was a line before.
    is_behind: bool,
    /// The event so far; there is none without data.
    event: Item,
    has_data: bool,
    /// How much of the event there is.
    size: usize,
    last_id: Option<String>,
    reconnection_time: Option<Duration>,
}

impl Events {
    /// The id of the last event that had one.
    pub fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// How long the server asks to wait before the connection is made anew.
    pub fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }

    pub fn item(&mut self, input: &mut Bytes, limit: usize) -> Result<Option<Item>, TooLarge> {
        loop {
            if self.is_behind_cr && !input.is_empty() {
                self.is_behind_cr = false;
                if input.starts_with(b"\n") {
                    input.advance(1);
                }
            }
            let Some(end) = input.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                return add(&mut self.line, &mem::take(input), self.size, limit).map(|()| None);
            };
            add(&mut self.line, &input[..end], self.size, limit)?;
            self.is_behind_cr = input[end] == b'\r';
            input.advance(end + 1);
            if let Some(item) = self.end_of_line() {
                return Ok(Some(item));
            }
        }
    }

    fn end_of_line(&mut self) -> Option<Item> {
        let mut line = mem::take(&mut self.line);
        if !mem::replace(&mut self.is_behind, true) {
            without_mark(&mut line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (&line[..], &[][..]),
        };
        self.field(name, value.strip_prefix(b" ").unwrap_or(value));
        None
    }

    /// Takes a field of the event. One without a name is a comment, and one of another name is nothing.
    fn field(&mut self, name: &[u8], value: &[u8]) {
        let text = || Some(String::from_utf8_lossy(value).into_owned());
        match name {
            b"data" => {
                if mem::replace(&mut self.has_data, true) {
                    self.event.text.push(b'\n');
                }
                self.event.text.extend_from_slice(value);
            }
            b"event" => self.event.event = text().filter(|name| !name.is_empty()),
            b"id" if !value.contains(&0) => self.event.id = text(),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let retry = value
                    .iter()
                    .fold(0_u64, |all, digit| all.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
                self.event.retry = Some(retry);
                self.reconnection_time = Some(Duration::from_millis(retry));
            }
            _ => {}
        }
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        self.size = self.event.text.len() + length(&self.event.event) + length(&self.event.id);
    }

    /// The event that ends here, if there are data.
    fn dispatch(&mut self) -> Option<Item> {
        let event = mem::take(&mut self.event);
        self.size = 0;
        if let Some(id) = &event.id {
            self.last_id = Some(id.clone());
        }
        mem::take(&mut self.has_data).then_some(event)
    }
}
