//! Where a text says what the description of the API does not.

use serde::de::Error as _;

use super::check::MAX_DEPTH;
use super::lexer::{Kind, Lexer};
use super::read::Read;
use super::reader::{Mark, Reader};

/// How many places are told.
const MANY: usize = 16;

/// Places in a text, in its order: each is the first byte of a value, or within one that has no others in it.
#[derive(Default)]
pub struct Undescribed {
    places: Vec<usize>,
}

impl Undescribed {
    /// Forgets what is behind a place, which is read once more.
    #[inline]
    pub fn go_back(&mut self, place: usize) {
        while self.places.last().is_some_and(|known| *known >= place) {
            self.places.pop();
        }
    }

    /// The places as JSON Pointers, in which all items of an array are `*`.
    fn pointers(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        if !self.places.is_empty() {
            find(&mut Lexer::new(text), &self.places, "", MAX_DEPTH, &mut found);
        }
        found
    }
}

/// Where a JSON text of a `T` says what the description of the API does not: members that it does not have, values that
/// it does not list, a `null` where it has none. All of this is kept when the text is read, and it is worth a look at an
/// answer that was recorded, or at an example of one's own.
///
/// The places are JSON Pointers, in which all items of an array are `*`.
///
/// # Errors
///
/// The text cannot be read as a `T`.
pub fn undescribed<T: Read>(json: &str) -> Result<Vec<String>, serde_json::Error> {
    let mut reader = Reader::new(json);
    reader.read_all::<T>().map_err(serde_json::Error::custom)?;
    Ok(reader.undescribed.pointers(json))
}

impl Reader<'_> {
    /// Notes that the description does not have the value that begins, or began, at a mark.
    pub fn note_undescribed(&mut self, mark: Mark) {
        self.undescribed.places.push(mark.place());
    }

    /// Notes that the description does not list the scalar that has just been read.
    pub fn note_unlisted(&mut self) {
        if self.is_for_value() {
            self.undescribed.places.push(self.lexer.place_behind().saturating_sub(1));
        }
    }

    /// Where the value that has been read is not as the description has it, as JSON Pointers; nothing, if it is.
    #[cold]
    pub fn undescribed(&self) -> Option<String> {
        let mut found = self.undescribed.pointers(self.lexer.text());
        let others = found.len().saturating_sub(MANY);
        found.truncate(MANY);
        let more = if others == 0 { String::new() } else { format!(" and {others} more") };
        // Without signs that a terminal would obey.
        (!found.is_empty()).then(|| found.join(", ").escape_debug().to_string() + &more)
    }
}

/// Adds the ways to places that are within the next value, which is passed by. `None` if the text is not JSON.
fn find(lexer: &mut Lexer<'_>, places: &[usize], at: &str, room: usize, found: &mut Vec<String>) -> Option<()> {
    let mut ahead = lexer.clone();
    let start = ahead.place();
    ahead.skip(room)?;
    let end = start + ahead.text_from(start).len();
    let first = places.partition_point(|place| *place < start);
    let behind = places.partition_point(|place| *place < end);
    let within = places.get(first..behind).unwrap_or_default();
    let kind = lexer.kind()?;
    if within.is_empty() {
        *lexer = ahead;
        return Some(());
    }
    if within.first() == Some(&start) || !matches!(kind, Kind::Array | Kind::Object) {
        *lexer = ahead;
        if !found.iter().any(|known| known == at) {
            found.push(at.to_owned());
        }
        return Some(());
    }
    lexer.take();
    let mut is_first = true;
    let close = if kind == Kind::Object { b'}' } else { b']' };
    while lexer.step(close, std::mem::take(&mut is_first))? {
        let token = match kind {
            Kind::Object => token(&lexer.name()?),
            _ => "*".to_owned(),
        };
        find(lexer, within, &format!("{at}/{token}"), room.checked_sub(1)?, found)?;
    }
    Some(())
}

/// The name of a member in a JSON Pointer.
fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
