//! The items of a request that are sent one after the other.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;

use super::body::Body;
use super::framing::Framing;
use super::request::Request;
use super::request_error::RequestError;
use super::transport::{TransportError, TransportErrorKind};

/// The items of a request, which are sent one after the other: JSON in lines, or in records.
///
/// What can be iterated over becomes one by `into`: a list, a slice, or an iterator. More than the memory holds is made
/// as it is sent, by [`lazy`](Self::lazy) or [`from_stream`](Self::from_stream); like any [`Body`] that is a stream, it is
/// there only once, so the call is not tried again.
pub struct ItemsBody<T> {
    lines: Lines,
    item: PhantomData<fn(T)>,
}

/// JSON, an item in each line.
enum Lines {
    All(serde_json::Result<Vec<u8>>),
    Stream(Pin<Box<dyn Stream<Item = Result<Vec<u8>, TransportError>> + Send>>),
}

impl<T: Serialize + 'static> ItemsBody<T> {
    /// Items that are made when they are sent.
    pub fn lazy<I>(items: I) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        Self::of(Written { items: Box::pin(Each(items.into_iter())), write: line })
    }

    /// Items that are sent as they come. An error ends the request.
    pub fn from_stream<S, E>(items: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
    {
        let write = |item: Result<T, E>| line(item.map_err(failed)?);
        Self::of(Written { items: Box::pin(items), write })
    }

    fn of(lines: impl Stream<Item = Result<Vec<u8>, TransportError>> + Send + 'static) -> Self {
        Self { lines: Lines::Stream(Box::pin(lines)), item: PhantomData }
    }
}

impl<T, I> From<I> for ItemsBody<T>
where
    I: IntoIterator,
    I::Item: Borrow<T>,
    T: Serialize,
{
    fn from(items: I) -> Self {
        let mut lines = Vec::new();
        let written = items.into_iter().try_for_each(|item| {
            serde_json::to_writer(&mut lines, item.borrow())?;
            lines.push(b'\n');
            Ok(())
        });
        Self { lines: Lines::All(written.map(|()| lines)), item: PhantomData }
    }
}

impl<T> fmt::Debug for ItemsBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lines {
            Lines::All(Ok(lines)) => write!(f, "ItemsBody({} bytes)", lines.len()),
            Lines::All(Err(_)) => f.write_str("ItemsBody(error)"),
            Lines::Stream(_) => f.write_str("ItemsBody(stream)"),
        }
    }
}

impl Request {
    /// Sets the body, item by item.
    pub fn items<T>(&mut self, media_type: &str, framing: Framing, items: ItemsBody<T>) {
        let is_plain = framing != Framing::Records;
        match items.lines {
            Lines::All(Ok(lines)) if is_plain => self.body(media_type, lines),
            Lines::All(Ok(lines)) => {
                let records = lines.split_inclusive(|byte| *byte == b'\n').flat_map(record);
                self.body(media_type, records.collect::<Vec<_>>());
            }
            Lines::All(Err(error)) => self.fail(RequestError::body(error)),
            Lines::Stream(lines) => {
                let write: fn(_) -> _ = if is_plain { piece } else { record_piece };
                self.body(media_type, Body::from_stream(Written { items: lines, write }));
            }
        }
    }
}

/// What is behind the sign of RFC 7464. No line of JSON has it inside.
fn record(line: &[u8]) -> impl Iterator<Item = u8> + '_ {
    [0x1e].into_iter().chain(line.iter().copied())
}

fn piece(line: Result<Vec<u8>, TransportError>) -> Result<Bytes, TransportError> {
    line.map(Bytes::from)
}

fn record_piece(line: Result<Vec<u8>, TransportError>) -> Result<Bytes, TransportError> {
    line.map(|line| record(&line).collect())
}

fn line<T: Serialize>(item: T) -> Result<Vec<u8>, TransportError> {
    let mut line = serde_json::to_vec(&item).map_err(failed)?;
    line.push(b'\n');
    Ok(line)
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, error)
}

/// The items of a stream, each made into something else.
struct Written<S: ?Sized, F> {
    items: Pin<Box<S>>,
    write: F,
}

impl<S, F, O> Stream for Written<S, F>
where
    S: Stream + ?Sized,
    F: FnMut(S::Item) -> O + Unpin,
{
    type Item = O;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<O>> {
        let item = self.items.as_mut().poll_next(context);
        item.map(|item| item.map(|item| (self.write)(item)))
    }
}

/// What can be iterated over, as a stream.
struct Each<I>(I);

impl<I> Unpin for Each<I> {}

impl<I: Iterator> Stream for Each<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}
