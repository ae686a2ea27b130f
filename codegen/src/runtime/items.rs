//! The items of an answer that come one after the other.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
/// For the crate of the API, which has no other use for its crate.
pub use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http_body::{Body as _, Frame};

use super::body::Body;
use super::event::Event;
use super::framing::{Data, Decoder, Framing, Item, TooLarge};
use super::from_reply::FromReply;
use super::items_error::{ItemsError, UnreadItem, UnreadableItem};
use super::json::{Fault, Read, Reader, Stop, read_text};
use super::media_type;
use super::reply::Reply;
use super::unreadable::Unreadable;

/// The items of an answer, as they come: JSON in lines, events, or what else follows one another.
///
/// [`next`](Self::next) waits for the next one; it is a [`Stream`] as well. With the blocking client, `for` goes through
/// them. They come at the pace at which they are taken, and dropping this ends the connection. The time limits of the
/// client end when the first byte is here; the transport's limit for the server's silence goes on.
///
/// An error is one of the items. Behind one that [cannot be read](ItemsError::Unreadable), others may come; behind a
/// connection that broke off, nothing does. Of events, `[DONE]` is the end.
///
/// Memory holds one item, which may be as large as the client allows for answers, or as
/// [`max_item_size`](Self::max_item_size) says.
#[must_use = "items come when they are asked for"]
pub struct Items<T> {
    texts: Texts,
    item: PhantomData<fn() -> T>,
}

impl<T> Items<T> {
    /// Sets how many bytes one item may have. One with more is an error, and the last item.
    pub fn max_item_size(mut self, bytes: usize) -> Self {
        self.texts.decoder.set_limit(bytes);
        self
    }

    /// The id of the last event that had one: where to go on.
    pub fn last_event_id(&self) -> Option<&str> {
        self.texts.decoder.events()?.last_id()
    }

    /// How long the server asks to wait before the connection is made anew.
    pub fn reconnection_time(&self) -> Option<Duration> {
        self.texts.decoder.events()?.reconnection_time()
    }

    /// The bytes of the answer, for those who read them on their own; without those of the items that were taken, and
    /// of one that was begun.
    pub fn into_body(self) -> Body {
        let Texts { mut body, decoder, .. } = self.texts;
        let rest = decoder.into_rest();
        if !rest.is_empty() {
            body.put_back(rest);
        }
        body
    }

    /// Whether the server said that no item comes any more.
    #[doc(hidden)]
    pub fn is_complete(&self) -> bool {
        self.texts.is_complete
    }

    /// Whether a thread can wait for them, with no async runtime around.
    #[doc(hidden)]
    pub fn blocks(&self) -> bool {
        self.texts.body.blocks()
    }

    /// Ends with an error.
    #[doc(hidden)]
    pub fn fail(&mut self, error: ItemsError) {
        self.texts.close();
        self.texts.failure = Some(error);
    }
}

impl<T: FromItem> Items<T> {
    /// The next item, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, ItemsError>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next item, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If there is an error in its place.
    pub async fn try_next(&mut self) -> Result<Option<T>, ItemsError> {
        self.next().await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ItemsError>>> {
        let item = ready!(self.texts.poll(context));
        Poll::Ready(item.map(|item| T::from_item(item?, self.texts.framing)))
    }
}

impl<T: FromItem> Stream for Items<T> {
    type Item = Result<T, ItemsError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({:?})", self.texts.body)
    }
}

/// The items before they are read.
struct Texts {
    body: Body,
    framing: Framing,
    decoder: Decoder,
    /// What is still to be said before the end.
    failure: Option<ItemsError>,
    /// Whether there is nothing to come.
    has_ended: bool,
    /// Whether the server said so.
    is_complete: bool,
}

impl Texts {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Item, ItemsError>>> {
        loop {
            if let Some(error) = self.failure.take() {
                return Poll::Ready(Some(Err(error)));
            }
            if self.has_ended {
                return Poll::Ready(None);
            }
            match self.decoder.item() {
                Ok(Some(item)) if self.is_end(&item) => {
                    self.is_complete = true;
                    self.close();
                    continue;
                }
                Ok(Some(item)) => return Poll::Ready(Some(Ok(item))),
                Ok(None) => {}
                Err(TooLarge) => {
                    let limit = self.decoder.limit();
                    self.close();
                    return Poll::Ready(Some(Err(ItemsError::TooLarge { limit })));
                }
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(piece))) => self.decoder.feed(piece),
                Some(Ok(Err(_trailers))) => {}
                Some(Err(error)) => {
                    self.close();
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => {
                    let last = self.decoder.end();
                    self.close();
                    return Poll::Ready(last.map(Ok));
                }
            }
        }
    }

    fn is_end(&self, item: &Item) -> bool {
        matches!(self.framing, Framing::Events(_)) && item.text == b"[DONE]"
    }

    /// Ends the connection.
    fn close(&mut self) {
        self.has_ended = true;
        self.body = Body::empty();
        self.decoder.feed(Bytes::new());
    }
}

/// What can be an item of an answer: what is read from JSON, and an [`Event`] of that.
pub trait FromItem: Sized + 'static {
    #[doc(hidden)]
    fn from_item(item: Item, framing: Framing) -> Result<Self, ItemsError>;
}

/// The whole item; of events, an object with what they say.
impl<T: Read> FromItem for T {
    fn from_item(item: Item, framing: Framing) -> Result<Self, ItemsError> {
        let Framing::Events(data) = framing else {
            let text = text(item.text, item.is_cut_off)?;
            return read_text(&text).map_err(|fault| unreadable(text, &fault));
        };
        let event = Event::of(item);
        let of_text = || read_text(&as_object(&event, &as_json(&event.data)));
        let of_json = || {
            // What is JSON only as part of the object is none.
            read_text::<Whole>(&event.data)?;
            read_text(&as_object(&event, &event.data))
        };
        let outcome = match data {
            Data::Json => of_json(),
            Data::Text => of_text(),
            Data::Either => of_json().or_else(|_| of_text()),
        };
        match outcome {
            Ok(item) => Ok(item),
            Err(_) if event.is_error() => Err(event.into_error()),
            Err(fault) => Err(unreadable(event.data, &fault)),
        }
    }
}

/// The data of an event, which are of one type, beside what else it says. An error is of another one.
impl<T: Read> FromItem for Event<T> {
    fn from_item(item: Item, framing: Framing) -> Result<Self, ItemsError> {
        let event = Event::of(item);
        if event.is_error() {
            return Err(event.into_error());
        }
        let of_text = || read_text(&as_json(&event.data));
        let data = match framing {
            Framing::Events(Data::Text) => of_text(),
            Framing::Events(Data::Either) => read_text(&event.data).or_else(|_| of_text()),
            Framing::Events(Data::Json) | Framing::Lines | Framing::Records => read_text(&event.data),
        };
        match data {
            Ok(data) => Ok(event.with(|_| data)),
            Err(fault) => Err(unreadable(event.data, &fault)),
        }
    }
}

/// Any JSON value, which is passed by.
struct Whole;

impl Read for Whole {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        json.skip().map(|_| Self)
    }
}

impl Event<String> {
    fn of(item: Item) -> Self {
        let data = String::from_utf8(item.text);
        Self {
            event: item.event,
            id: item.id,
            retry: item.retry.map(Duration::from_millis),
            data: data.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        }
    }

    fn is_error(&self) -> bool {
        self.event.as_deref() == Some("error")
    }

    fn into_error(self) -> ItemsError {
        ItemsError::Reported(self.with(UnreadItem::new))
    }

    fn with<T>(self, data: impl FnOnce(String) -> T) -> Event<T> {
        Event { event: self.event, id: self.id, retry: self.retry, data: data(self.data) }
    }
}

fn unreadable(text: String, fault: &Fault) -> ItemsError {
    ItemsError::Unreadable(UnreadableItem::new(text, fault))
}

/// The text of an item that is JSON.
fn text(bytes: Vec<u8>, is_cut_off: bool) -> Result<String, ItemsError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        ItemsError::Unreadable(UnreadableItem::encoding(error.as_bytes(), offset))
    })?;
    if is_cut_off { Err(ItemsError::Unreadable(UnreadableItem::cut_off(text))) } else { Ok(text) }
}

/// An event as the object that descriptions take it for; `data` are JSON.
fn as_object(event: &Event<String>, data: &str) -> String {
    let mut text = String::from("{");
    for (name, value) in [("event", &event.event), ("id", &event.id)] {
        if let Some(value) = value {
            text.push_str(&format!("\"{name}\":{},", as_json(value)));
        }
    }
    if let Some(retry) = event.retry {
        text.push_str(&format!("\"retry\":{},", retry.as_millis()));
    }
    text.push_str("\"data\":");
    text.push_str(data);
    text.push('}');
    text
}

fn as_json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Events, or else what is in lines or records, as the answer says of itself.
impl<T: FromItem> FromReply for Items<T> {
    const ACCEPT: &'static str = "text/event-stream, application/json-seq, application/x-ndjson, application/jsonl";
    const STREAMS: bool = true;

    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        let is = |media_type| reply.sent().is_some_and(|sent| media_type::takes(media_type, sent));
        reply.items(match () {
            () if is("text/event-stream") => Framing::Events(Data::Either),
            () if is("application/json-seq") => Framing::Records,
            () => Framing::Lines,
        })
    }
}

impl Reply {
    /// The items of the body as they come. Of a body that is no events, nothing would be one.
    #[doc(hidden)]
    pub fn items<T>(&self, framing: Framing) -> Result<Items<T>, Unreadable> {
        if let (Framing::Events(_), Some(sent)) = (framing, self.sent())
            && !media_type::takes("text/event-stream", sent)
        {
            return Err(Unreadable::no_items(sent));
        }
        let texts = Texts {
            body: self.stream()?,
            framing,
            decoder: Decoder::new(framing, self.limit()),
            failure: None,
            has_ended: false,
            is_complete: false,
        };
        Ok(Items { texts, item: PhantomData })
    }

    /// The same, where a body of one of these media types would be the whole.
    #[doc(hidden)]
    pub fn items_unless<T>(&self, whole: &[&str], framing: Framing) -> Result<Items<T>, Unreadable> {
        match self.sent().filter(|sent| whole.iter().any(|whole| media_type::takes(whole, sent))) {
            Some(sent) => Err(Unreadable::no_items(sent)),
            None => self.items(framing),
        }
    }

    /// The media type of the body, if it is said.
    fn sent(&self) -> Option<&str> {
        let sent = self.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        sent.filter(|sent| !sent.trim().is_empty())
    }
}
