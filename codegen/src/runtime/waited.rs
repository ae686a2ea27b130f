//! Streams for programs without an async runtime: the thread waits for each item.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::blocking_body::wait;

/// The items of a stream; the thread sleeps until the next one is there.
#[derive(Debug)]
#[must_use = "items come when they are asked for"]
pub struct Waited<S>(S);

impl<S> Waited<S> {
    /// Of a stream that a thread can wait for, with no async runtime around.
    pub(crate) fn new(stream: S) -> Self {
        Self(stream)
    }
}

impl<S: Stream + Unpin> Iterator for Waited<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        wait(poll_fn(|context| Pin::new(&mut self.0).poll_next(context)))
    }
}
