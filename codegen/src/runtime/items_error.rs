//! What goes wrong in the middle of a stream of items.

use std::error::Error as StdError;
use std::fmt;

use super::event::Event;
use super::excerpt::excerpt;
use super::json::{Fault, Read, read_text};
use super::transport::TransportError;

/// Why there is an error in place of an item.
#[derive(Debug)]
#[non_exhaustive]
pub enum ItemsError {
    /// The connection broke off. It is the last item.
    Transport(TransportError),

    /// The next item is larger than it may be. It is the last one.
    TooLarge {
        /// How many bytes an item may have; [`Items::max_item_size`](super::items::Items::max_item_size) sets it.
        limit: usize,
    },

    /// An item is not what the API description says. Others may come behind it.
    Unreadable(UnreadableItem),

    /// The server sent an event `error`. Others may come behind it.
    Reported(Event<UnreadItem>),
}

/// An item that is not what the API description says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableItem {
    text: String,
    why: String,
}

/// The text of an item, which has not been read as anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadItem {
    text: String,
}

impl UnreadableItem {
    pub(crate) fn new(text: String, fault: &Fault) -> Self {
        Self { text, why: excerpt(&fault.to_string()) }
    }

    /// An item without its end.
    pub(crate) fn cut_off(text: String) -> Self {
        Self { text, why: "its end is missing".to_owned() }
    }

    /// One that is not UTF-8 at a place.
    pub(crate) fn encoding(bytes: &[u8], offset: usize) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        Self { text, why: format!("it is not UTF-8: the byte at offset {offset} does not fit") }
    }

    /// The item as it came: its JSON, or the data of the event.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl UnreadItem {
    pub(crate) fn new(text: String) -> Self {
        Self { text }
    }

    /// The text as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads the text as JSON of a type.
    ///
    /// # Errors
    ///
    /// If it is not that.
    pub fn read<T: Read>(&self) -> Result<T, UnreadableItem> {
        read_text(&self.text).map_err(|fault| UnreadableItem::new(self.text.clone(), &fault))
    }
}

impl From<TransportError> for ItemsError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Display for UnreadableItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an item does not fit the API description: {}", self.why)
    }
}

impl StdError for UnreadableItem {}

impl fmt::Display for ItemsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => write!(f, "the stream broke off: {}", error.why()),
            Self::TooLarge { limit } => {
                write!(f, "an item is larger than {limit} bytes, the limit that `Items::max_item_size` sets")
            }
            Self::Unreadable(error) => error.fmt(f),
            Self::Reported(event) => write!(f, "the server reports an error: {}", excerpt(event.text())),
        }
    }
}

impl StdError for ItemsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}
