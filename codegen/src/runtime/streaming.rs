//! Calls that are answered with items, one after the other.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::call::{Call, Operation, answer};
use super::client::{Async, Client};
use super::error::Error;
use super::exchange::{Exchanged, exchange};
use super::items::{FromItem, Items, Stream};
use super::items_error::ItemsError;
use super::request::Request;
use super::response::Response;
use super::retry::RetryPolicy;
use super::transport::BoxFuture;

impl<'a, O: Operation, M> Call<'a, O, M> {
    /// The same call, with the answer of another operation.
    pub(crate) fn streamed<S: Operation>(self) -> Call<'a, S, M> {
        Call::new(self.client, self.request)
    }
}

/// An operation whose events can be gone on with where a connection broke off.
///
/// Only the generated operations of this crate implement it.
pub trait Resumable: Operation {
    /// An event.
    type Item: FromItem;

    /// The events of an answer; `None` if it has no content, by which a server says that there will be none.
    #[doc(hidden)]
    fn events(answer: Self::Output) -> Option<Items<Self::Item>>;
}

impl<'a, O: Resumable, M> Call<'a, O, M> {
    /// Connects again when the stream breaks off or the server ends it, and goes on behind the last event that had an id
    /// (`Last-Event-ID`).
    ///
    /// The wait before that is what the server asked for by `retry`, else as `policy` has it, which also says how often
    /// it is tried without an event in between. It ends when the server answers 204, or anything else that is no stream.
    pub fn reconnecting(mut self, policy: RetryPolicy) -> Reconnecting<'a, O, M> {
        // The calls themselves are tried again in the same way.
        self.request.retry(policy);
        Reconnecting {
            client: self.client,
            request: self.request,
            policy,
            max_item_size: None,
            items: None,
            last_event_id: None,
            wait: None,
            waits: None,
            reconnects: 0,
            has_ended: false,
        }
    }
}

/// Events over several connections; from [`Call::reconnecting`].
///
/// [`next`](Self::next) waits for the next one; it is a [`Stream`] as well. With the blocking client, it is an iterator.
#[must_use = "events come when they are asked for"]
pub struct Reconnecting<'a, O: Resumable, M = Async> {
    client: &'a Client<M>,
    request: Request,
    policy: RetryPolicy,
    max_item_size: Option<usize>,
    items: Option<Items<O::Item>>,
    last_event_id: Option<String>,
    /// How long to wait before the next connection.
    wait: Option<Duration>,
    /// What is waited for, unless it is an event.
    waits: Option<Waits<'a>>,
    /// How often it was connected again since the last event.
    reconnects: u32,
    has_ended: bool,
}

/// What comes before the events of a connection.
enum Waits<'a> {
    Pause(BoxFuture<'a, ()>),
    Answer(BoxFuture<'a, Result<Exchanged, Error<Infallible>>>),
}

/// Why there is an error in place of an event.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError<E> {
    /// The call failed that was to bring the events. It is the last item.
    Call(Error<E>),

    /// Something is wrong with an event, or with the last connection that there was.
    Item(ItemsError),
}

type Next<O> = Option<Result<<O as Resumable>::Item, StreamError<<O as Operation>::Error>>>;

impl<O: Resumable, M> Reconnecting<'_, O, M> {
    /// Begins behind the event that had this id.
    pub fn after(mut self, id: impl Into<String>) -> Self {
        self.last_event_id = Some(id.into());
        self
    }

    /// Sets how many bytes one event may have, as [`Items::max_item_size`] does.
    pub fn max_item_size(mut self, bytes: usize) -> Self {
        self.max_item_size = Some(bytes);
        self
    }

    /// The id of the last event that had one.
    pub fn last_event_id(&self) -> Option<&str> {
        let items = self.items.as_ref().and_then(Items::last_event_id);
        items.or(self.last_event_id.as_deref()).filter(|id| !id.is_empty())
    }

    /// The request of the next connection.
    fn next_request(&mut self) -> Request {
        let Some(mut request) = self.request.again() else {
            // What cannot be sent says why when it is sent.
            let method = self.request.method().clone();
            return std::mem::replace(&mut self.request, Request::new(method, "/"));
        };
        if let Some(id) = self.last_event_id() {
            request.header("Last-Event-ID", &id);
        }
        request
    }

    /// Takes what came of a call.
    fn connected(&mut self, answer: Result<Response<O::Output>, Error<O::Error>>) -> Option<Next<O>> {
        match answer {
            Ok(response) => {
                let Some(items) = O::events(response.into_value()) else {
                    self.has_ended = true;
                    return Some(None);
                };
                self.items = Some(match self.max_item_size {
                    Some(bytes) => items.max_item_size(bytes),
                    None => items,
                });
                None
            }
            Err(error) => {
                self.has_ended = true;
                let is_over = error.status().is_some_and(|status| status.as_u16() == 204);
                Some((!is_over).then(|| Err(StreamError::Call(error))))
            }
        }
    }

    /// Takes what is next on a connection: what to give, unless it is to be connected again.
    fn taken(&mut self, next: Option<Result<O::Item, ItemsError>>) -> Option<Next<O>> {
        let error = match next {
            Some(Ok(item)) => {
                self.reconnects = 0;
                return Some(Some(Ok(item)));
            }
            Some(Err(ItemsError::Transport(error))) => Some(ItemsError::Transport(error)),
            Some(Err(error)) => return Some(Some(Err(StreamError::Item(error)))),
            None => None,
        };
        self.last_event_id = self.last_event_id().map(str::to_owned);
        let items = self.items.take();
        let is_complete = items.as_ref().is_some_and(Items::is_complete);
        let asked = items.and_then(|items| items.reconnection_time()).or(self.wait);
        let random = (self.client.settings.pace.random)();
        match self.policy.wait(self.reconnects, asked, random) {
            Some(wait) if !is_complete => {
                self.reconnects += 1;
                self.wait = Some(wait);
                None
            }
            _ => {
                self.has_ended = true;
                Some(error.map(|error| Err(StreamError::Item(error))))
            }
        }
    }
}

impl<O: Resumable> Reconnecting<'_, O> {
    /// The next event, or `None` at the end.
    pub async fn next(&mut self) -> Next<O> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next event, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If there is an error in its place.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, StreamError<O::Error>> {
        self.next().await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Next<O>> {
        loop {
            let next = match (&mut self.items, &mut self.waits) {
                (Some(items), _) => {
                    let next = ready!(Pin::new(items).poll_next(context));
                    self.taken(next)
                }
                (None, Some(Waits::Pause(pause))) => {
                    ready!(pause.as_mut().poll(context));
                    self.connect();
                    None
                }
                (None, Some(Waits::Answer(exchanged))) => {
                    let exchanged = ready!(exchanged.as_mut().poll(context));
                    self.waits = None;
                    self.connected(answer::<O>(exchanged))
                }
                (None, None) if self.has_ended => return Poll::Ready(None),
                (None, None) => {
                    match self.wait.filter(|_| self.reconnects > 0) {
                        Some(wait) => self.waits = Some(Waits::Pause(self.client.settings.pace.clock.sleep(wait))),
                        None => self.connect(),
                    }
                    None
                }
            };
            if let Some(next) = next {
                return Poll::Ready(next);
            }
        }
    }

    fn connect(&mut self) {
        let request = self.next_request();
        self.waits = Some(Waits::Answer(Box::pin(exchange(&self.client.settings, O::NAME, request))));
    }
}

impl<O: Resumable> Stream for Reconnecting<'_, O> {
    type Item = Result<<O as Resumable>::Item, StreamError<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// The thread waits for each event, and before each connection.
#[cfg(feature = "blocking")]
impl<O: Resumable> Iterator for Reconnecting<'_, O, super::blocking::Blocking> {
    type Item = Result<<O as Resumable>::Item, StreamError<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let next = match &mut self.items {
                Some(items) => {
                    let next = items.into_iter().next();
                    self.taken(next)
                }
                None if self.has_ended => return None,
                None => {
                    if let Some(wait) = self.wait.filter(|_| self.reconnects > 0) {
                        std::thread::sleep(wait);
                    }
                    let request = self.next_request();
                    let answer = super::call::again::<O, _>(self.client, request).send();
                    self.connected(answer)
                }
            };
            if let Some(next) = next {
                return next;
            }
        }
    }
}

impl<O: Resumable, M> fmt::Debug for Reconnecting<'_, O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reconnecting({}: {:?})", O::NAME, self.request)
    }
}

impl<E> fmt::Display for StreamError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Item(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for StreamError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Item(error) => error.source(),
        }
    }
}
