//! Items of answers: how they are read, and what goes wrong between them.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::Method;

use super::http_support::*;
use crate::runtime::body::Body;
use crate::runtime::call::{Call, Operation};
use crate::runtime::client::Client;
use crate::runtime::event::Event;
use crate::runtime::framing::{Data, Framing};
use crate::runtime::items::{FromItem, Items};
use crate::runtime::items_error::ItemsError;
use crate::runtime::json::JsonValue;
use crate::runtime::reply::Reply;
use crate::runtime::request::Request;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::streaming::StreamError;
use crate::runtime::unreadable::Unreadable;

/// An answer in pieces.
struct Pieces {
    pieces: Vec<&'static str>,
    breaks: bool,
    /// Whether it was dropped.
    dropped: Arc<AtomicBool>,
}

impl Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.pieces.is_empty() {
            let breaks = std::mem::take(&mut self.breaks);
            return Poll::Ready(breaks.then(|| Err(std::io::Error::other("the cable is gone"))));
        }
        Poll::Ready(Some(Ok(self.pieces.remove(0).into())))
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        self.dropped.store(true, Ordering::SeqCst);
    }
}

fn body(pieces: &[&'static str], breaks: bool) -> (Body, Arc<AtomicBool>) {
    let dropped = Arc::<AtomicBool>::default();
    (Body::from_stream(Pieces { pieces: pieces.to_vec(), breaks, dropped: dropped.clone() }), dropped)
}

fn reply(content_type: &str, body: Body) -> Reply {
    let mut response = answer(200, Body::empty());
    if !content_type.is_empty() {
        response.headers_mut().insert("Content-Type", content_type.parse().unwrap());
    }
    Reply::head(response).0.with_stream(body, 64)
}

fn items<T>(framing: Framing, pieces: &[&'static str]) -> Items<T> {
    reply("text/event-stream; charset=utf-8", body(pieces, false).0).items(framing).unwrap()
}

async fn all<T: FromItem>(mut items: Items<T>) -> Vec<Result<T, String>> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.map_err(|error| error.to_string()));
    }
    assert!(items.next().await.is_none());
    all
}

const JSON: Framing = Framing::Events(Data::Json);
const TEXT: Framing = Framing::Events(Data::Text);

#[tokio::test]
async fn events_are_read_by_their_data_up_to_the_mark() {
    let mut items: Items<Event<Thing>> =
        items(JSON, &["event: add\nid: 4\nretry: 5\nda", "ta: {\"name\":\"Tom\"}\n\ndata: [DONE]\n\ndata: 3\n\n"]);
    let event = items.next().await.unwrap().unwrap();
    assert_eq!((event.event.as_deref(), event.id.as_deref()), (Some("add"), Some("4")));
    assert_eq!(event.retry.map(|time| time.as_millis()), Some(5));
    assert_eq!(event.name, "Tom");
    assert!(items.try_next().await.unwrap().is_none() && items.is_complete());
    assert_eq!(items.last_event_id(), Some("4"));
}

#[tokio::test]
async fn events_are_read_as_the_objects_that_they_are() {
    let pieces = ["event: a\nid: \"\nretry: 7\ndata: {\"x\":1}\n\ndata: 2\n\n"];
    let texts: Vec<_> = all::<JsonValue>(items(TEXT, &pieces)).await;
    let shown: Vec<_> = texts.iter().map(|item| serde_json::to_string(item.as_ref().unwrap()).unwrap()).collect();
    assert_eq!(shown, [r#"{"event":"a","id":"\"","retry":7,"data":"{\"x\":1}"}"#, r#"{"data":"2"}"#]);
    let json = all::<JsonValue>(items(JSON, &pieces)).await;
    let shown: Vec<_> = json.iter().map(|item| serde_json::to_string(item.as_ref().unwrap()).unwrap()).collect();
    assert_eq!(shown, [r#"{"event":"a","id":"\"","retry":7,"data":{"x":1}}"#, r#"{"data":2}"#]);
    let either = all::<JsonValue>(items(Framing::Events(Data::Either), &["data: {}\n\ndata: bye\n\n"])).await;
    let shown: Vec<_> = either.iter().map(|item| serde_json::to_string(item.as_ref().unwrap()).unwrap()).collect();
    assert_eq!(shown, [r#"{"data":{}}"#, r#"{"data":"bye"}"#]);
}

#[tokio::test]
async fn data_cannot_be_more_than_data() {
    let items = items::<JsonValue>(JSON, &["data: 1,\"event\":\"evil\"\n\ndata: 1}\n\n"]);
    assert!(all(items).await.iter().all(Result::is_err));
}

#[tokio::test]
async fn data_that_do_not_fit_are_an_error_with_their_text() {
    let mut items: Items<Event<Thing>> =
        items(JSON, &["data: {\"name\":3}\n\ndata: oops\n\ndata: {\"name\":\"Tom\"}\n\n"]);
    for (text, why) in [("{\"name\":3}", "description: at /name"), ("oops", "invalid JSON at 1:2")] {
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
        let ItemsError::Unreadable(item) = error else { panic!("{error:?}") };
        assert_eq!(item.text(), text);
    }
    assert_eq!(items.next().await.unwrap().unwrap().data.name, "Tom");
}

#[tokio::test]
async fn an_error_that_the_server_reports_is_one() {
    let pieces = ["event: error\ndata: {\"name\":\"busy\"}\n\ndata: {\"name\":\"Tom\"}\n\n"];
    let mut events: Items<Event<Thing>> = items(JSON, &pieces);
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the server reports an error: {\"name\":\"busy\"}");
    let ItemsError::Reported(event) = error else { panic!("{error:?}") };
    assert_eq!(event.read::<Thing>().unwrap().name, "busy");
    assert!(event.read::<Vec<String>>().is_err());
    assert_eq!(events.next().await.unwrap().unwrap().name, "Tom");
    // One that is described is what the description says.
    assert!(items::<JsonValue>(JSON, &pieces).next().await.unwrap().is_ok());
    let undescribed = items::<Thing>(JSON, &pieces).next().await.unwrap();
    assert!(matches!(undescribed, Err(ItemsError::Reported(_))));
}

#[tokio::test]
async fn lines_and_records_are_read_as_json() {
    let names = |all: Vec<Result<Thing, String>>| all.into_iter().map(|thing| thing.unwrap().name).collect::<Vec<_>>();
    let lines = items(Framing::Lines, &["{\"name\":\"a\"}\r\n\n{\"na", "me\":\"[DONE]\"}"]);
    assert_eq!(names(all(lines).await), ["a", "[DONE]"]);
    let records = items(Framing::Records, &["\x1e{\"name\":\"a\"}\n\x1e{\"name\":\"b\"}"]);
    assert_eq!(names(all(records).await), ["a", "b"]);
    let numbers = all::<JsonValue>(items(Framing::Records, &["\x1e12"])).await;
    assert_eq!(numbers[0], Err("an item does not fit the API description: its end is missing".to_owned()));
}

#[tokio::test]
async fn a_stream_that_breaks_off_ends_with_an_error() {
    let (body, dropped) = body(&["{\"name\":\"a\"}\n{\"name\":\"b\"}"], true);
    let mut items: Items<Thing> = reply("", body).items(Framing::Lines).unwrap();
    assert_eq!(items.next().await.unwrap().unwrap().name, "a");
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the stream broke off: the cable is gone");
    assert!(dropped.load(Ordering::SeqCst));
    assert!(items.next().await.is_none() && !items.is_complete());
}

#[tokio::test]
async fn an_item_that_is_too_large_is_the_last_one() {
    let (body, dropped) = body(&["data: 1\n\n", "data: 0123456789012345678901234567890123456789", "0123456789"], false);
    let mut items: Items<Event<JsonValue>> = reply("text/event-stream", body).items(JSON).unwrap().max_item_size(50);
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(error, ItemsError::TooLarge { limit: 50 }), "{error:?}");
    assert!(error.to_string().contains("50 bytes"), "{error}");
    assert!(dropped.load(Ordering::SeqCst) && items.next().await.is_none());
}

#[tokio::test]
async fn the_end_mark_and_dropping_end_the_connection() {
    let (first, dropped) = body(&["data: [DONE]\n\n", "data: 1\n\n"], false);
    let mut items: Items<Event<JsonValue>> = reply("text/event-stream", first).items(JSON).unwrap();
    assert!(items.next().await.is_none() && dropped.load(Ordering::SeqCst));
    let (second, dropped) = body(&["data: 1\n\n"], false);
    let items: Items<Event<JsonValue>> = reply("text/event-stream", second).items(JSON).unwrap();
    drop(items);
    assert!(dropped.load(Ordering::SeqCst));
}

#[tokio::test]
async fn what_is_no_events_is_refused() {
    let error = reply("text/html", body(&["<html>"], false).0).items::<Event<String>>(TEXT).unwrap_err();
    assert_eq!(error.to_string(), "the body has the Content-Type text/html, which is no stream of items");
    assert!(reply("", body(&[], false).0).items::<Event<String>>(TEXT).is_ok());
    assert!(reply("Text/Event-Stream", body(&[], false).0).items::<Event<String>>(TEXT).is_ok());
}

#[tokio::test]
async fn the_bytes_can_be_had_instead() {
    let mut items: Items<JsonValue> = items(Framing::Lines, &["1\n2\n", "3\n"]);
    assert!(items.next().await.unwrap().is_ok());
    assert_eq!(items.into_body().collect(100).await.unwrap(), "2\n3\n");
}

/// `GET /things`, as lines.
pub struct GetLines;

impl Operation for GetLines {
    const NAME: &'static str = "getLines";
    type Output = Items<JsonValue>;
    type Error = std::convert::Infallible;

    fn output(reply: &Reply) -> Result<Self::Output, Unreadable> {
        reply.items(Framing::Lines)
    }

    fn streams(head: &Reply) -> bool {
        head.status() == 200
    }
}

fn get_lines<M>(client: &Client<M>) -> Call<'_, GetLines, M> {
    Call::new(client, Request::new(Method::GET, "/things"))
}

#[tokio::test]
async fn the_limit_is_that_of_the_client() {
    let line: &'static str = Box::leak(format!("\"{}\"\n", "x".repeat(1030)).into_boxed_str());
    let (client, _) = client_that(move || Ok(answer(200, body(&[line], false).0)));
    let error = get_lines(&client).await.unwrap().next().await.unwrap().unwrap_err();
    assert!(matches!(error, ItemsError::TooLarge { limit: 1024 }), "{error:?}");
    let mut items = get_lines(&client).await.unwrap().max_item_size(2048);
    assert!(items.next().await.unwrap().is_ok());
}

#[cfg(feature = "blocking")]
#[test]
fn a_thread_waits_for_items() {
    let (builder, _) = builder_that(|| Ok(answer(200, body(&["1\n", "2\n3\n"], false).0)));
    let client = builder.build_blocking().unwrap();
    let mut items = get_lines(&client).send().unwrap().into_value();
    let first = (&mut items).into_iter().next().unwrap().unwrap();
    assert_eq!(serde_json::to_string(&first).unwrap(), "1");
    assert_eq!(items.into_iter().map(Result::unwrap).count(), 2);
}

#[cfg(feature = "blocking")]
#[tokio::test]
async fn items_of_an_async_client_are_not_waited_for() {
    let items: Items<JsonValue> = items(Framing::Lines, &["1\n"]);
    let all: Vec<_> = items.into_iter().collect();
    let [Err(ItemsError::Transport(error))] = &all[..] else { panic!("{all:?}") };
    assert!(error.to_string().contains("next().await"), "{error}");
}

impl crate::runtime::streaming::Resumable for GetLines {
    type Item = JsonValue;

    fn events(answer: Items<JsonValue>) -> Option<Items<JsonValue>> {
        Some(answer)
    }
}

/// The same, where another answer is the whole.
pub struct GetLinesStream;

impl Operation for GetLinesStream {
    const NAME: &'static str = "getLines";
    const ACCEPT: &'static str = "application/x-ndjson";
    type Output = Items<JsonValue>;
    type Error = std::convert::Infallible;

    fn output(reply: &Reply) -> Result<Self::Output, Unreadable> {
        reply.items_unless(&["application/json"], Framing::Lines)
    }

    fn streams(head: &Reply) -> bool {
        head.status() == 200
    }
}

fn whole(content_type: &'static str) -> (Client, Requests) {
    client_that(move || {
        let mut answer = answer(200, body(&["1\n"], false).0);
        answer.headers_mut().insert("Content-Type", content_type.parse().unwrap());
        Ok(answer)
    })
}

#[tokio::test]
async fn the_whole_is_no_stream() {
    let (client, requests) = whole("application/x-ndjson");
    let call: Call<'_, GetLinesStream> = get_lines(&client).streamed();
    assert!(call.await.unwrap().next().await.unwrap().is_ok());
    assert_eq!(requests.lock().unwrap()[0].1["accept"], "application/x-ndjson");
    let (client, _) = whole("application/json; charset=utf-8");
    let error = get_lines(&client).streamed::<GetLinesStream>().await.unwrap_err();
    assert!(error.to_string().contains("which is no stream of items"), "{error}");
}

#[tokio::test]
async fn a_call_that_cannot_be_made_says_so_once() {
    let (client, requests) = whole("application/x-ndjson");
    let mut request = Request::new(Method::GET, "/{id}");
    request.path("id", &"");
    let mut items = Call::<GetLines>::new(&client, request).reconnecting(RetryPolicy::none()).max_item_size(100);
    let error = items.try_next().await.unwrap_err();
    assert!(matches!(&error, StreamError::Call(error) if error.attempts() == 0), "{error}");
    assert!(items.try_next().await.unwrap().is_none());
    assert!(requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn without_retries_a_stream_is_read_once() {
    let (client, requests) = whole("application/x-ndjson");
    let mut items = get_lines(&client).reconnecting(RetryPolicy::none()).after("7");
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.is_none() && items.last_event_id() == Some("7"));
    let requests = requests.lock().unwrap();
    assert_eq!((requests.len(), &requests[0].1["last-event-id"]), (1, &"7".parse().unwrap()));
}
