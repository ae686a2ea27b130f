//! Requests of the caller's own, and addresses that answers name.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::{Method, StatusCode};

use super::http_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::body::Body;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::credential::{BearerToken, Credential};
use crate::runtime::error::ErrorKind;
use crate::runtime::from_reply::FromReply;
use crate::runtime::items::Items;
use crate::runtime::json::JsonValue;
use crate::runtime::key::Key;
use crate::runtime::reply::Reply;
use crate::runtime::response::Response;

const SERVER: &str = "https://api.example.com/v2";

fn builder(answer: impl Fn() -> Answer + Send + Sync + 'static) -> (ClientBuilder, Requests) {
    let (builder, requests) = builder_at(SERVER.parse().unwrap(), answer);
    (builder.default_header("X-Default", "1").default_query("default", 1), requests)
}

/// What was sent last: the address, and the headers that say who is calling.
fn last(requests: &Requests) -> String {
    let (uri, headers) = requests.lock().unwrap().pop().unwrap();
    let names = ["authorization", "x-default", "x-key", "x-own"];
    let signs = names.iter().filter(|name| headers.contains_key(**name));
    signs.fold(uri.to_string(), |text, name| format!("{text} {name}"))
}

#[tokio::test]
async fn a_request_of_ones_own_is_a_call_like_any_other() {
    let attempts = AtomicUsize::new(0);
    let (builder, requests) = builder(move || {
        let is_first = attempts.fetch_add(1, Ordering::SeqCst) == 0;
        Ok(if is_first { answer(503, "") } else { answer(200, r#"{"name": "a", "price": 1.10}"#) })
    });
    let client = builder.build().unwrap();
    let call = client.request(Method::GET, "/things?a=b c&d=%20").with_query("n", 1).with_header("X-Own", 1);
    let value: JsonValue = call.await.unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"name":"a","price":1.10}"#);
    assert_eq!(requests.lock().unwrap().len(), 2);
    assert_eq!(requests.lock().unwrap()[0].1["Accept"], "application/json");
    let sent = "https://api.example.com/v2/things?a=b%20c&d=%20&n=1&default=1 authorization x-default x-own";
    assert_eq!(last(&requests), sent);
}

/// The answer of a status, read as some type.
async fn read<T: FromReply>(status: u16) -> Result<Response<T>, (StatusCode, String)> {
    let (builder, _) = builder(move || Ok(answer(status, r#"{"name": "a"}"#)));
    let client = builder.retry(crate::runtime::retry::RetryPolicy::none()).build().unwrap();
    let call = client.request(Method::POST, "/things").json(&["a"]).reading();
    call.send().await.map_err(|error| (*error.api().unwrap(), error.to_string()))
}

#[tokio::test]
async fn its_answer_is_read_as_what_the_caller_wants() {
    assert_eq!(read::<Thing>(200).await.unwrap().name, "a");
    assert_eq!(&*read::<Bytes>(201).await.unwrap(), r#"{"name": "a"}"#);
    let body = read::<Body>(206).await.unwrap();
    assert!(body.body().is_empty());
    assert_eq!(body.into_value().collect(100).await.unwrap(), r#"{"name": "a"}"#);
    for status in [200, 302, 404] {
        let reply = read::<Reply>(status).await.unwrap();
        assert_eq!(
            (reply.status(), &reply.body()[..]),
            (StatusCode::from_u16(status).unwrap(), &br#"{"name": "a"}"#[..])
        );
    }
    for status in [302, 404, 503] {
        let (api, sentence) = read::<Body>(status).await.unwrap_err();
        assert_eq!(api, status);
        assert!(sentence.starts_with(&format!("request failed: the server answered {status}")), "{sentence}");
        assert!(!sentence.contains("but"), "{sentence}");
    }
}

#[tokio::test]
async fn its_answer_may_be_items_that_follow_one_another() {
    for (content_type, text, expected) in [
        ("text/event-stream; charset=utf-8", "data: 1\n\ndata: [DONE]\n\ndata: 3\n\n", vec![r#"{"data":1}"#]),
        ("application/json-seq", "\u{1e}1\n\u{1e}{\n}\n", vec!["1", "{}"]),
        ("application/x-ndjson", "1\n\"a\"\n", vec!["1", r#""a""#]),
        ("text/plain", "1\n", vec!["1"]),
    ] {
        let (builder, requests) = builder(move || {
            let mut answer = answer(200, text);
            answer.headers_mut().insert("Content-Type", content_type.parse().unwrap());
            Ok(answer)
        });
        let client = builder.build().unwrap();
        let call = client.request(Method::GET, "/things").reading::<Items<JsonValue>>();
        let mut items = call.await.unwrap();
        let mut read = Vec::new();
        while let Some(item) = items.next().await {
            read.push(serde_json::to_string(&item.unwrap()).unwrap());
        }
        assert_eq!(read, expected, "{content_type}");
        let asked = requests.lock().unwrap()[0].1["Accept"].to_str().unwrap().to_owned();
        assert!(asked.starts_with("text/event-stream, "), "{asked}");
    }
}

#[tokio::test]
async fn of_its_answer_nothing_may_be_wanted() {
    read::<()>(200).await.unwrap();
    assert_eq!(read::<()>(404).await.unwrap_err().0, 404);
}

#[tokio::test]
async fn it_is_signed_with_all_that_the_client_has() {
    let (builder, requests) = builder(|| Ok(answer(200, "1")));
    let key = Credential::from(Key::header("X-Key", "key")).of_scheme("key");
    let basic = Credential::from(Key::http("Basic", "abc")).of_scheme("basic");
    let client = builder.credential(key).credential(basic).build().unwrap();
    client.request(Method::GET, "/things").await.unwrap();
    assert_eq!(requests.lock().unwrap()[0].1["Authorization"], format!("Bearer {CANARY}"));
    assert_eq!(last(&requests), "https://api.example.com/v2/things?default=1 authorization x-default x-key");
    let error = client.request(Method::GET, "/things").with_header("x-key", 1).await.unwrap_err();
    assert!(error.to_string().contains("is where the client's credential is sent"), "{error}");
}

#[tokio::test]
async fn a_credential_goes_to_no_other_origin() {
    let (builder, requests) = builder(|| Ok(answer(200, "1")));
    let client = builder.build().unwrap();
    for (target, sent) in [
        ("//evil.example/a", "https://api.example.com/v2//evil.example/a?default=1 authorization x-default"),
        ("https://api.example.com/other", "https://api.example.com/other?default=1 authorization x-default"),
        ("HTTPS://API.example.com:443/b", "https://api.example.com:443/b?default=1 authorization x-default"),
        ("https://api.example.com", "https://api.example.com/?default=1 authorization x-default"),
        ("https://api.example.com.evil.example/a?b=c", "https://api.example.com.evil.example/a?b=c"),
        ("https://api.example.com:8443/a", "https://api.example.com:8443/a"),
        ("http://localhost/a", "http://localhost/a"),
    ] {
        client.request(Method::GET, target).await.unwrap();
        assert_eq!(last(&requests), sent, "{target}");
    }
    // What some read as one host and some as another is none.
    let unclear = "https://evil.example\\@api.example.com/";
    for target in
        ["", "things", "@evil.example/", "https://", "ftp://api.example.com/", "https://a:b@api.example.com/", unclear]
    {
        let error = client.request(Method::GET, target).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Request(_)), "{target}");
        assert!(error.to_string().contains("the address is none that can be called"), "{target}: {error}");
    }
    for (target, why) in [("http://api.example.com/", "plain `http`"), ("/../admin", "leads elsewhere")] {
        let error = client.request(Method::GET, target).await.unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    assert!(requests.lock().unwrap().is_empty());
}

/// A client whose server answers with this `Location`, and an answer of it.
async fn located(location: &'static str) -> (Client, Requests, Response<Reply>) {
    let (builder, requests) = builder(move || {
        let mut answer = answer(302, "");
        answer.headers_mut().insert("Location", http::HeaderValue::from_bytes(location.as_bytes()).unwrap());
        Ok(answer)
    });
    let client = builder.build().unwrap();
    let answer = client.request(Method::GET, "/files/7/content").with_query("a", 1).reading().send().await.unwrap();
    requests.lock().unwrap().clear();
    (client, requests, answer)
}

#[tokio::test]
async fn a_location_is_followed_on_purpose() {
    let signed = "default=1 authorization x-default";
    for (location, sent) in [
        ("https://cdn.example/f?token=a%2Bb&c=é", "https://cdn.example/f?token=a%2Bb&c=%C3%A9".to_owned()),
        ("//cdn.example/f", "https://cdn.example/f".to_owned()),
        ("/a/./b/../c?d", format!("https://api.example.com/a/c?d&{signed}")),
        ("8?d=e#f", format!("https://api.example.com/v2/files/7/8?d=e&{signed}")),
        ("../8/", format!("https://api.example.com/v2/files/8/?{signed}")),
        ("../../../../..", format!("https://api.example.com/?{signed}")),
        ("?page=2", format!("https://api.example.com/v2/files/7/content?page=2&{signed}")),
        ("https://API.example.com:443/8", format!("https://api.example.com:443/8?{signed}")),
        ("https://api.example.com@evil.example/", String::new()),
        ("javascript:alert(1)", String::new()),
        ("  ", String::new()),
        ("http://api.example.com/8", String::new()),
        ("/%2e%2e/8", String::new()),
    ] {
        let (client, requests, answer) = located(location).await;
        let outcome = client.follow(&answer).reading::<Reply>().await;
        if sent.is_empty() {
            let error = outcome.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Request(_)), "{location}: {error}");
            assert!(requests.lock().unwrap().is_empty());
        } else {
            outcome.unwrap();
            assert_eq!(last(&requests), sent, "{location}");
        }
    }
}

#[tokio::test]
async fn nothing_leads_back_from_another_origin() {
    let (client, requests, first) = located("https://cdn.example/f").await;
    let there = client.follow(&first).reading::<Reply>().send().await.unwrap();
    client.follow(&there).reading::<Reply>().await.unwrap();
    assert_eq!(last(&requests), "https://cdn.example/f");
    // The other one leads to the API, which is no word of the API.
    let answers = AtomicUsize::new(0);
    let (builder, requests) = builder(move || {
        let locations = ["https://cdn.example/f", "https://api.example.com/v2/things"];
        let mut answer = answer(302, "");
        let location = locations[answers.fetch_add(1, Ordering::SeqCst) % 2];
        answer.headers_mut().insert("Location", location.parse().unwrap());
        Ok(answer)
    });
    let client = builder.build().unwrap();
    let here = client.request(Method::GET, "/f").reading::<Reply>().send().await.unwrap();
    let there = client.follow(&here).reading::<Reply>().send().await.unwrap();
    client.follow(&there).reading::<Reply>().await.unwrap();
    assert_eq!(last(&requests), "https://api.example.com/v2/things");
}

#[tokio::test]
async fn an_error_leads_elsewhere_too() {
    let (builder, requests) = builder(|| {
        let mut answer = answer(307, "");
        answer.headers_mut().insert("Location", "/v2/moved".parse().unwrap());
        Ok(answer)
    });
    let client = builder.build().unwrap();
    let error = get_thing(&client).await.unwrap_err();
    let moved = client.follow(&error).await.unwrap_err();
    assert_eq!(moved.api(), Some(&StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(last(&requests), "https://api.example.com/v2/moved?default=1 authorization x-default");
    // Nothing was answered.
    let unsent = get_thing(&client).with_header("", "").await.unwrap_err();
    assert!(client.follow(&unsent).await.unwrap_err().to_string().contains("no header `Location`"));
}

#[tokio::test]
async fn an_answer_without_a_location_is_not_followed() {
    let (builder, requests) = builder(|| Ok(answer(200, r#"{"name": "a"}"#)));
    let client = builder.build().unwrap();
    let response = get_thing(&client).send().await.unwrap();
    let error = client.follow(&response).await.unwrap_err().to_string();
    assert_eq!(error, "request failed: the answer has no header `Location` that could be followed");
    assert_eq!(requests.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_an_operation_leads_to_is_signed_as_it_was() {
    let location = |location: &'static str| {
        move || {
            let mut answer = answer(200, r#"{"name": "a"}"#);
            answer.headers_mut().insert("Location", location.parse().unwrap());
            Ok(answer)
        }
    };
    let (builder, requests) = builder(location("/v2/things/1"));
    let client = builder.build().unwrap();
    for (security, sent) in [(None, " authorization x-default"), (Some(&[]), " x-default")] {
        let mut call = get_thing(&client);
        if let Some(security) = security {
            call.request.security(security);
        }
        let response = call.send().await.unwrap();
        let mut body = client.follow(&response).await.unwrap();
        assert_eq!(body.chunk().await.unwrap().unwrap(), r#"{"name": "a"}"#);
        assert_eq!(last(&requests), format!("https://api.example.com/v2/things/1?default=1{sent}"));
    }
    // Where the caller sent the call is where the credential went.
    let (builder, requests) = self::builder(location("/8"));
    let client = builder.build().unwrap();
    let other: BaseUrl = "https://other.example".parse().unwrap();
    let response = get_thing(&client).server(other).send().await.unwrap();
    client.follow(&response).await.unwrap();
    assert_eq!(last(&requests), "https://other.example/8?default=1 authorization x-default");
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_has_the_same() {
    let (builder, requests) = builder(|| {
        let mut answer = answer(200, "[1]");
        answer.headers_mut().insert("Location", "https://cdn.example/f".parse().unwrap());
        Ok(answer)
    });
    let client = builder.credential(BearerToken::new(CANARY)).build_blocking().unwrap();
    let response = client.request(Method::PUT, "/things").body("text/plain", "a").send().unwrap();
    assert_eq!(serde_json::to_string(&*response).unwrap(), "[1]");
    let body = client.follow(&response).send().unwrap().into_value();
    assert_eq!(std::io::read_to_string(body).unwrap(), "[1]");
    assert_eq!(last(&requests), "https://cdn.example/f");
}
