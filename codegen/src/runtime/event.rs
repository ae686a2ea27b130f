//! An event of `text/event-stream`.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// An event, of which the API description says what its data are.
///
/// It can be used like the data themselves.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is; `None` for one that does not say it, which is a `message`.
    pub event: Option<String>,
    /// The id that this event brings. That of the last event that had one is
    /// [`Items::last_event_id`](super::items::Items::last_event_id).
    pub id: Option<String>,
    /// How long the server asks to wait before the connection is made anew, if this event says so.
    pub retry: Option<Duration>,
    /// What it says.
    pub data: T,
}

impl<T> Event<T> {
    /// Without the event around it.
    pub fn into_data(self) -> T {
        self.data
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T> DerefMut for Event<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.data
    }
}
