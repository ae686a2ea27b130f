//! What leads to the next page, found in the body without reading all of it.

use std::borrow::Cow;

use super::json::{Kind, Reader, Stop, is_number};
use super::paging_fault::PagingFault;
use super::request_member::quoted;

/// The names of the members on the way to a value.
pub type Way = &'static [&'static str];

/// The step of a way that leads to the last item of a list.
const LAST: &str = "[-1]";

/// The JSON of a value, if it is there.
fn find(body: &str, way: Way) -> Option<&str> {
    walk(&mut Reader::new(body), way).ok().flatten()
}

fn walk<'a>(json: &mut Reader<'a>, way: Way) -> Result<Option<&'a str>, Stop> {
    let Some((step, rest)) = way.split_first() else { return json.raw().map(Some) };
    let (mut found, mut is_first) = (None, true);
    match json.kind() {
        Some(Kind::Object) => {
            json.enter(Kind::Object, "an object")?;
            while json.next_member(std::mem::take(&mut is_first))? {
                if json.name()? == *step {
                    found = walk(json, rest)?;
                } else {
                    json.skip()?;
                }
            }
        }
        Some(Kind::Array) if *step == LAST => {
            json.enter(Kind::Array, "an array")?;
            while json.next_item(std::mem::take(&mut is_first))? {
                found = walk(json, rest)?;
            }
        }
        _ => _ = json.skip()?,
    }
    Ok(found)
}

/// What leads to a page.
pub struct Value<'b> {
    /// As it is sent in a parameter.
    pub text: Cow<'b, str>,
    /// Whether it is a number of JSON.
    pub is_number: bool,
}

impl<'b> Value<'b> {
    pub fn of(text: impl Into<Cow<'b, str>>) -> Self {
        Self { text: text.into(), is_number: false }
    }

    pub fn counted(number: u64) -> Self {
        Self { text: number.to_string().into(), is_number: true }
    }

    /// As it is sent in a body.
    pub fn json(&self, written: Written) -> String {
        let is_bare = match written {
            Written::Text => false,
            Written::Number => is_number(&self.text),
            Written::AsItCame => self.is_number,
        };
        if is_bare { self.text.to_string() } else { quoted(&self.text) }
    }
}

/// How the member of a body that leads to a page is written.
#[derive(Clone, Copy, Debug)]
pub enum Written {
    Text,
    /// As a number, if it is one.
    Number,
    AsItCame,
}

/// A text or a number; `None` where there is neither of them, nor anything else.
pub fn scalar<'a>(body: &'a str, way: Way) -> Result<Option<Value<'a>>, PagingFault> {
    let Some(found) = find(body, way) else { return Ok(None) };
    let mut json = Reader::new(found);
    let value = match json.kind() {
        Some(Kind::String) => json.text("a text").map(Value::of),
        Some(Kind::Number) => json.number("a number").map(|text| Value { text: text.into(), is_number: true }),
        _ if matches!(found, "null" | "false") => return Ok(None),
        _ => return Err(PagingFault::Value),
    };
    value.map(Some).map_err(|_| PagingFault::Value)
}

/// Whether a member is true; `None` if it says neither.
pub fn flag(body: &str, way: Way) -> Option<bool> {
    match find(body, way)? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// How many items a list has; none, if there is no list.
pub fn count(body: &str, way: Way) -> u64 {
    let Some(found) = find(body, way) else { return 0 };
    let mut json = Reader::new(found);
    if json.kind() != Some(Kind::Array) {
        return 0;
    }
    json.skip().map_or(0, |count| count as u64)
}
