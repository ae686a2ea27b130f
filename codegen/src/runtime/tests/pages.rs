//! The pages of a call, also of a server that has no end of them.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method};

use super::fake_clock::FakeClock;
use super::http_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::body::Body;
use crate::runtime::call::{Call, Operation};
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::credential::BearerToken;
use crate::runtime::error::ErrorKind;
use crate::runtime::json::JsonValue;
use crate::runtime::pages::{PageError, PageItems, Paged, Pages};
use crate::runtime::paging::{Course, Paging};
use crate::runtime::paging_fault::PagingFault;
use crate::runtime::reply::Reply;
use crate::runtime::request::Request;
use crate::runtime::transport::{BoxFuture, Transport};
use crate::runtime::unreadable::Unreadable;

pub const CURSOR: usize = 0;
const LAST_ITEM: usize = 1;
const NUMBER: usize = 2;
const NUMBER_OF_LAST: usize = 3;
const OFFSET: usize = 4;
const LINK: usize = 5;
const LINKS: usize = 6;
const HEADER: usize = 7;

const WAYS: [Paging; 8] = [
    Paging::by_member(&["meta", "next"]).in_query("after").more(&["more"]),
    Paging::by_member(&["things", "[-1]"]).in_query("after").more(&["more"]),
    Paging::by_number(1, &["things"]).in_query("page").more(&["more"]),
    Paging::by_number(0, &["things"]).in_query("page").last(&["meta", "last"]),
    Paging::by_offset(&["things"]).in_query("skip"),
    Paging::by_member(&["meta", "next"]).done(&["done"]),
    Paging::by_links(),
    Paging::by_header("x-more").in_header("x-after"),
];

pub struct List<const WAY: usize>;

impl<const WAY: usize> Operation for List<WAY> {
    const NAME: &'static str = "list";
    const ERRORS: &'static str = "404";
    type Output = JsonValue;
    type Error = String;

    fn error(reply: &Reply) -> Result<String, Unreadable> {
        reply.text()
    }
}

impl<const WAY: usize> Paged for List<WAY> {
    type Item = String;
    const PAGING: Paging = WAYS[WAY];

    fn items(page: JsonValue) -> Vec<String> {
        let things = page.get("things").and_then(|things| things.as_array()).unwrap_or_default();
        things.iter().filter_map(|thing| thing.as_str().or(thing.as_number())).map(str::to_owned).collect()
    }
}

pub type Asked = Arc<Mutex<Vec<String>>>;

/// A server that answers by what it is asked for; an answer has a body, and headers in front of it.
struct Server {
    answer: fn(&str, &HeaderMap) -> (u16, String),
    asked: Asked,
}

impl Transport for Server {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Answer> {
        let uri = request.uri().to_string();
        let uri = uri.strip_prefix("https://api.example.com").unwrap_or(&uri).to_owned();
        let (status, text) = (self.answer)(&uri, request.headers());
        self.asked.lock().unwrap().push(uri);
        let (head, body) = text.split_once("\n\n").unwrap_or(("", &text));
        let mut answer = answer(status, body.to_owned());
        for line in head.lines() {
            let (name, value) = line.split_once(": ").unwrap();
            answer.headers_mut().append(http::HeaderName::try_from(name).unwrap(), value.parse().unwrap());
        }
        Box::pin(async { Ok(answer) })
    }
}

pub fn server(answer: fn(&str, &HeaderMap) -> (u16, String)) -> (ClientBuilder, Asked) {
    let asked = Asked::default();
    let transport = Server { answer, asked: Arc::clone(&asked) };
    let base: BaseUrl = "https://api.example.com/v1".parse().unwrap();
    let client = Client::builder(base);
    (client.credential(BearerToken::new(CANARY)).transport(transport).clock(FakeClock::new()), asked)
}

pub fn request() -> Request {
    Request::new(Method::GET, "/things")
}

/// What the pages of a way come to: the items, the error behind them, and what was asked for.
pub async fn all<const WAY: usize>(
    answer: fn(&str, &HeaderMap) -> (u16, String),
    change: impl FnOnce(&mut Request),
) -> (String, Option<PageError<String>>, Vec<String>) {
    let (client, asked) = server(answer);
    let client = client.build().unwrap();
    let mut request = request();
    change(&mut request);
    let mut items = Call::<List<WAY>>::new(&client, request).items();
    let mut found = Vec::new();
    let error = loop {
        match items.try_next().await {
            Ok(Some(item)) => found.push(item),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(items.next().await.is_none(), "an error is the last item");
    let asked = asked.lock().unwrap().clone();
    (found.join(" "), error, asked)
}

pub fn ok(body: impl Into<String>) -> (u16, String) {
    (200, body.into())
}

fn fault(error: Option<PageError<String>>) -> PagingFault {
    match error {
        Some(PageError::Next(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_cursor_leads_to_the_next_page_until_there_is_none() {
    let answer = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things?limit=2" => ok(r#"{"things": ["a", "b"], "meta": {"next": "x/y"}}"#),
        // A page without items leads on.
        "/v1/things?limit=2&after=x%2Fy" => ok(r#"{"things": [], "meta": {"next": 7}}"#),
        "/v1/things?limit=2&after=7" => ok(r#"{"things": ["c"], "meta": {"next": ""}}"#),
        other => panic!("{other}"),
    };
    let (items, error, asked) = all::<CURSOR>(answer, |request| request.query("limit", &2)).await;
    assert_eq!((items.as_str(), asked.len()), ("a b c", 3));
    assert!(error.is_none());
    for end in
        [r#"{"meta": {"next": null}}"#, r#"{"meta": {}}"#, "{}", "[]", r#"{"more": false, "meta": {"next": "x"}}"#]
    {
        let mut course = Course::new(WAYS[CURSOR], request());
        let client = server(answer).0.build().unwrap();
        assert!(course.next_request().is_some());
        course.took(&HeaderMap::new(), &end.into(), &client.settings);
        assert!(course.next_request().is_none(), "{end}");
    }
}

#[tokio::test]
async fn the_last_item_may_be_the_cursor() {
    let answer = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things" => ok(r#"{"things": ["a", "b"], "more": true}"#),
        "/v1/things?after=b" => ok(r#"{"things": [3], "more": true}"#),
        "/v1/things?after=3" => ok(r#"{"things": ["d"], "more": false}"#),
        other => panic!("{other}"),
    };
    let (items, error, _) = all::<LAST_ITEM>(answer, |_| {}).await;
    assert_eq!(items, "a b 3 d");
    assert!(error.is_none());
    let lost = |_: &str, _: &HeaderMap| ok(r#"{"things": [], "more": true}"#);
    assert_eq!(fault(all::<LAST_ITEM>(lost, |_| {}).await.1), PagingFault::Nowhere);
    let odd = |_: &str, _: &HeaderMap| ok(r#"{"things": [{}]}"#);
    assert_eq!(fault(all::<LAST_ITEM>(odd, |_| {}).await.1), PagingFault::Value);
}

#[tokio::test]
async fn pages_that_repeat_end_with_an_error() {
    let same = |_: &str, _: &HeaderMap| ok(r#"{"things": ["a"], "meta": {"next": "x"}}"#);
    let (items, error, asked) = all::<CURSOR>(same, |_| {}).await;
    assert_eq!((items.as_str(), asked.len()), ("a a", 2));
    assert_eq!(fault(error), PagingFault::Repeats);
    let round = |uri: &str, _: &HeaderMap| match uri.split_once('=') {
        Some((_, "x")) => ok(r#"{"things": ["b"], "meta": {"next": "y"}}"#),
        _ => ok(r#"{"things": ["a"], "meta": {"next": "x"}}"#),
    };
    let (items, error, _) = all::<CURSOR>(round, |_| {}).await;
    assert_eq!(items, "a b a");
    assert_eq!(fault(error), PagingFault::Repeats);
    let (items, error, _) = all::<NUMBER>(same, |_| {}).await;
    assert_eq!(items, "a a");
    assert_eq!(fault(error), PagingFault::Repeats);
    assert_eq!(fault(all::<OFFSET>(same, |_| {}).await.1), PagingFault::Repeats);
    let here = |_: &str, _: &HeaderMap| ok(r#"{"things": ["a"], "meta": {"next": "/v1/things"}}"#);
    assert_eq!(fault(all::<LINK>(here, |_| {}).await.1), PagingFault::Repeats);
}

#[tokio::test]
async fn numbers_count_on_from_what_the_call_asks_for() {
    let numbers = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things" | "/v1/things?page=1" => ok(r#"{"things": ["a"]}"#),
        "/v1/things?page=2" => ok(r#"{"things": ["b"]}"#),
        "/v1/things?page=3" => ok(r#"{"things": []}"#),
        other => panic!("{other}"),
    };
    assert_eq!(all::<NUMBER>(numbers, |_| {}).await.0, "a b");
    assert_eq!(all::<NUMBER>(numbers, |request| request.query("page", &2)).await.0, "b");
    let error = all::<NUMBER>(numbers, |request| request.query("page", &3)).await.1;
    assert!(error.is_none());
    let to_last = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things" => ok(r#"{"things": ["a"], "meta": {"last": 2}}"#),
        "/v1/things?page=1" => ok(r#"{"things": [], "meta": {"last": 2}}"#),
        "/v1/things?page=2" => ok(r#"{"things": ["c"], "meta": {"last": 2}}"#),
        other => panic!("{other}"),
    };
    assert_eq!(all::<NUMBER_OF_LAST>(to_last, |_| {}).await.0, "a c");
    let offsets = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things?skip=1" => ok(r#"{"things": ["b", "c"]}"#),
        "/v1/things?skip=3" => ok(r#"{"things": ["d"]}"#),
        "/v1/things?skip=4" => ok("{}"),
        other => panic!("{other}"),
    };
    assert_eq!(all::<OFFSET>(offsets, |request| request.query("skip", &1)).await.0, "b c d");
    for odd in ["x", "18446744073709551615"] {
        let some = |_: &str, _: &HeaderMap| ok(r#"{"things": ["a"]}"#);
        assert_eq!(fault(all::<OFFSET>(some, |request| request.query("skip", &odd)).await.1), PagingFault::Number);
    }
}

#[tokio::test]
async fn links_are_followed_on_the_same_server_only() {
    for link in [
        "https://api.example.com/v1/things?page=2&k=%20",
        "HTTPS://API.example.com:443/v1/things?page=2&k=%20#end",
        "//api.example.com/v1/things?page=2&k=%20",
        "/v1/things?page=2&k=%20",
        "?page=2&k=%20",
        "things?page=2&k=%20",
    ] {
        let (client, _) = server(|_, _| ok("{}"));
        let client = client.build().unwrap();
        let mut request = request();
        request.query("old", &1);
        request.follow(link, &client.settings).unwrap();
        let sent = request.prepare(&client.settings).unwrap();
        assert_eq!(sent.uri.to_string(), "https://api.example.com/v1/things?page=2&k=%20", "{link}");
    }
    for (link, shown) in [
        ("https://evil.example/v1/things?token=1", "https://evil.example"),
        ("http://api.example.com/v1/things", "http://api.example.com"),
        ("https://api.example.com:8443/", "https://api.example.com:8443"),
        ("https://api.example.com.evil.example/", "https://api.example.com.evil.example"),
        ("https://api.example.com@evil.example/", "evil.example"),
        ("https://me:secret@api.example.com/", "api.example.com"),
        (r"https://api.example.com\@evil.example/", "evil.example"),
        ("//evil.example", "https://evil.example"),
        ("data:x", "data"),
    ] {
        let (client, _) = server(|_, _| ok("{}"));
        let fault = request().follow(link, &client.build().unwrap().settings).unwrap_err();
        let server = "https://api.example.com".to_owned();
        assert_eq!(fault, PagingFault::Foreign { link: shown.to_owned(), server }, "{link}");
    }
    let end = |_: &str, _: &HeaderMap| ok(r#"{"things": ["a"], "meta": {"next": "?p=2"}, "done": true}"#);
    assert!(all::<LINK>(end, |_| {}).await.1.is_none());
    let lost = |_: &str, _: &HeaderMap| ok(r#"{"things": ["a"], "done": false}"#);
    assert_eq!(fault(all::<LINK>(lost, |_| {}).await.1), PagingFault::Nowhere);
    let elsewhere =
        |_: &str, _: &HeaderMap| ok(r#"{"things": ["a"], "meta": {"next": "https://evil.example/?token=1"}}"#);
    let (items, error, asked) = all::<LINK>(elsewhere, |_| {}).await;
    assert_eq!((items.as_str(), asked.len()), ("a", 1));
    let error = error.unwrap().to_string();
    assert!(error.contains("`https://evil.example`") && error.contains("credential"), "{error}");
}

#[tokio::test]
async fn link_headers_lead_on() {
    let answer = |uri: &str, headers: &HeaderMap| {
        assert_eq!(headers["authorization"], format!("Bearer {CANARY}"));
        match uri {
            "/v1/things" => ok(concat!(
                "link: </v1/things?page=9>; rel=\"last\", </x,y>; title=\"a; rel=next\"; rel=prev\n",
                "link: <?page=2,3>; title=\"\\\"; >\" ; REL = \"first Next\"; rel=last\n\n{\"things\": [\"a\"]}",
            )),
            "/v1/things?page=2,3" => ok("link: </v1/things>; rel=\"prev\", x; rel=next\n\n{\"things\": [\"b\"]}"),
            other => panic!("{other}"),
        }
    };
    let (items, error, _) = all::<LINKS>(answer, |_| {}).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, "a b");
}

#[tokio::test]
async fn a_header_may_go_on_in_a_header() {
    let answer = |_: &str, headers: &HeaderMap| match headers.get("x-after").map(|value| value.to_str().unwrap()) {
        None => ok("x-more: 1\n\n{\"things\": [\"a\"]}"),
        Some("1") => ok("x-more: 2\n\n{\"things\": [\"b\"]}"),
        Some("2") => ok("x-more: 1\n\n{\"things\": [\"c\"]}"),
        other => panic!("{other:?}"),
    };
    let (items, error, _) = all::<HEADER>(answer, |_| {}).await;
    assert_eq!(items, "a b c");
    assert_eq!(fault(error), PagingFault::Repeats);
}

#[tokio::test]
async fn the_first_error_is_the_end_and_each_page_is_tried_again() {
    let answer = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things" => ok(r#"{"things": ["a"], "meta": {"next": "x"}}"#),
        _ => (404, "gone".to_owned()),
    };
    let (items, error, _) = all::<CURSOR>(answer, |_| {}).await;
    assert_eq!(items, "a");
    let Some(PageError::Call(error)) = error else { panic!("{error:?}") };
    assert!(matches!(error.kind(), ErrorKind::Api(text) if text == "gone"));
    let busy = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things" => ok(r#"{"things": ["a"], "meta": {"next": "x"}}"#),
        _ => (503, "busy".to_owned()),
    };
    let (_, error, asked) = all::<CURSOR>(busy, |_| {}).await;
    let Some(PageError::Call(error)) = error else { panic!("{error:?}") };
    assert!(error.attempts() > 1);
    assert_eq!(asked.len() as u32, 1 + error.attempts());
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted() {
    fn is_stream<T: futures_core::Stream + Unpin + Send>(_: &T) {}
    let (client, asked) = server(|_, _| ok(r#"{"things": ["a", "b"], "meta": {"next": "x"}}"#));
    let client = client.build().unwrap();
    let mut pages: Pages<'_, List<CURSOR>> = Call::new(&client, request()).pages();
    is_stream(&pages);
    assert!(asked.lock().unwrap().is_empty());
    let page = pages.try_next().await.unwrap().unwrap();
    assert_eq!(page.status().as_u16(), 200);
    assert_eq!(asked.lock().unwrap().len(), 1);
    let mut items: PageItems<'_, List<CURSOR>> = Call::new(&client, request()).items();
    is_stream(&items);
    assert_eq!(items.try_next().await.unwrap().unwrap(), "a");
    assert_eq!(items.try_next().await.unwrap().unwrap(), "b");
    assert_eq!(asked.lock().unwrap().len(), 2);
    assert_eq!(format!("{pages:?}, {items:?}"), "Pages(list), PageItems(list, 0 at hand)");
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_iterates() {
    let (client, asked) = server(|uri, _| match uri {
        "/v1/things" => ok(r#"{"things": ["a", "b"], "meta": {"next": "x"}}"#),
        _ => ok(r#"{"things": ["c"], "meta": {"next": "x"}}"#),
    });
    let client = client.build_blocking().unwrap();
    let call = || Call::<List<CURSOR>, _>::new(&client, request());
    let items: Vec<_> = call().items().take(3).map(Result::unwrap).collect();
    assert_eq!((items.join(" ").as_str(), asked.lock().unwrap().len()), ("a b c", 2));
    assert!(call().items().any(|item| matches!(item, Err(PageError::Next(PagingFault::Repeats)))));
    assert_eq!(call().pages().count(), 3);
}
