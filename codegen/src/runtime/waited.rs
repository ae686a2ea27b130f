//! Streams for programs without an async runtime: the thread waits for each item.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::blocking_body::wait;
use super::items::{FromItem, Items};
use super::items_error::ItemsError;
use super::transport::{TransportError, TransportErrorKind};

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

/// Waits for the items of an answer of the blocking client.
///
/// Those of an async client cannot be waited for like this: they need its runtime, so there is an error in their place.
impl<T: FromItem> IntoIterator for Items<T> {
    type Item = Result<T, ItemsError>;
    type IntoIter = Waited<Self>;

    fn into_iter(mut self) -> Waited<Self> {
        check(&mut self);
        Waited::new(self)
    }
}

/// The same, for as long as they are wanted.
impl<'a, T: FromItem> IntoIterator for &'a mut Items<T> {
    type Item = Result<T, ItemsError>;
    type IntoIter = Waited<Self>;

    fn into_iter(self) -> Waited<&'a mut Items<T>> {
        check(self);
        Waited::new(self)
    }
}

fn check<T>(items: &mut Items<T>) {
    if !items.blocks() {
        let why = "the items come from an async client, so they are taken with `next().await`";
        items.fail(TransportError::new(TransportErrorKind::Other, why).into());
    }
}
