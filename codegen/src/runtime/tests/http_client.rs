//! What a client sends, and what it keeps to itself.

use std::fmt::Debug;

use http::{HeaderMap, Method};

use super::http_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::credential::{BearerToken, Credential};
use crate::runtime::deadline::Deadline;
use crate::runtime::error::Error;
use crate::runtime::headers::header;
use crate::runtime::reply::Reply;
use crate::runtime::request::Request;
use crate::runtime::response::Response;

#[test]
fn what_users_hold_can_go_anywhere() {
    fn check<T: Send + Sync + Debug>() {}
    fn check_error<T: std::error::Error + Send + Sync + 'static>() {}
    fn check_send<T: Send>(value: T) -> T {
        value
    }
    check::<Client>();
    check::<Response<Thing>>();
    check_error::<Error<ThingError>>();
    let (client, _) = client_that(|| Ok(answer(200, "")));
    drop(check_send(get_thing(&client).send()));
    drop(check_send(get_thing(&client).into_future()));
}

#[tokio::test]
async fn a_call_carries_the_credential_its_ids_and_the_user_agent() {
    let (client, requests) = client_that(|| Ok(answer(200, r#"{"name": "a"}"#)));
    let first = get_thing_fresh(&client).send().await.unwrap();
    let second = get_thing_fresh(&client).send().await.unwrap();
    assert_ne!(first.request_id(), second.request_id());

    let requests = requests.lock().unwrap();
    let (uri, headers) = &requests[0];
    assert_eq!(uri, "https://api.example.com/things");
    assert_eq!(headers["Authorization"], format!("Bearer {CANARY}"));
    assert!(headers["Authorization"].is_sensitive());
    assert_eq!(headers["Accept"], "application/json");
    let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    assert_eq!(headers["User-Agent"], user_agent);
    assert_eq!(headers["X-Request-Id"], first.request_id().unwrap().to_string());
    assert_eq!(headers["X-Correlation-Id"], first.correlation_id().unwrap().to_string());
}

#[tokio::test]
async fn a_call_can_do_without_the_credential() {
    let (client, requests) = client_that(|| Ok(answer(200, r#"{"name": "a"}"#)));
    let mut call = get_thing(&client);
    call.request.security(&[]);
    call.await.unwrap();
    assert!(!requests.lock().unwrap()[0].1.contains_key("Authorization"));
}

#[tokio::test]
async fn ids_are_read_from_the_answer_if_it_has_them() {
    let theirs = "11111111-2222-4333-8444-555555555555";
    let (client, _) = client_that(move || {
        let mut thing = answer(200, r#"{"name": "a"}"#);
        thing.headers_mut().insert("X-Request-Id", theirs.parse().unwrap());
        thing.headers_mut().insert("X-Correlation-Id", "none".parse().unwrap());
        Ok(thing)
    });
    let response = get_thing(&client).send().await.unwrap();
    assert_eq!(response.request_id().unwrap().to_string(), theirs);
    assert_eq!(response.correlation_id().unwrap().to_string(), CORRELATION_ID);
    assert_eq!(response.headers()["X-Correlation-Id"], "none");
}

#[tokio::test]
async fn a_byte_order_mark_is_not_part_of_the_json() {
    let body = "\u{feff}{\"name\": \"a\"}";
    let (client, _) = client_that(move || Ok(answer(200, body)));
    let response = get_thing(&client).send().await.unwrap();
    assert_eq!(response.name, "a");
    assert_eq!(response.value().name, "a");
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), body);
}

#[tokio::test]
async fn nothing_printable_has_the_credential() {
    let token = BearerToken::new(CANARY);
    let credential = Credential::from(token.clone());
    let (client, _) = client_that(|| Ok(answer(502, "no")));
    let builder = Client::builder(base_url()).credential(token.clone());
    let request = get_thing(&client).request.prepare(&client.settings).unwrap().attempt(None);
    let error = get_thing(&client).await.unwrap_err();
    let (good, _) = client_that(|| Ok(answer(200, r#"{"name": "a"}"#)));
    let response = get_thing(&good).send().await.unwrap();
    let broken = Client::builder(base_url()).credential(BearerToken::new(format!("{CANARY}\n")));
    let build_error = broken.build().unwrap_err();
    let url_error = format!("https://me:{CANARY}@api.example.com").parse::<BaseUrl>().unwrap_err();
    let printed = [
        format!("{token:?} {credential:?} {builder:?} {client:?}"),
        format!("{request:?} {:?}", get_thing(&client)),
        format!("{error} {error:?} {error:#?} {response:?}"),
        format!("{build_error} {build_error:?} {url_error} {url_error:?}"),
    ];
    for text in printed {
        assert!(!text.contains(CANARY), "{text}");
    }
}

#[test]
fn a_credential_that_cannot_be_sent_is_found_when_the_client_is_built() {
    for token in ["", "two words", "line\n", "é"] {
        let builder = Client::builder(base_url()).credential(BearerToken::new(token));
        let error = builder.build().unwrap_err().to_string();
        assert!(error.starts_with("the client cannot be made: the bearer token "), "{error}");
    }
    let error = Client::builder(base_url()).user_agent("a\nb").build().unwrap_err();
    assert!(error.to_string().contains("user agent"), "{error}");
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn a_client_without_a_transport_says_how_to_get_one() {
    let error = Client::builder(base_url()).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the client cannot be made: it has no transport: switch on the feature `reqwest` of this \
         crate, or give one to `ClientBuilder::transport`"
    );
}

#[tokio::test]
async fn the_base_path_comes_before_the_path() {
    let (client, _) = client_that(|| Ok(answer(404, "")));
    let call: Call<'_, GetThing> = Call::new(&client, Request::new(Method::GET, "things"));
    let error = call.await.unwrap_err().to_string();
    assert!(error.starts_with("getThing failed: the path `things` does not start"), "{error}");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_read_as_it_is() {
    let (reply, outcome) = Reply::receive(answer(200, "a\nb"), 10, &mut Deadline::never()).await;
    assert!(outcome.is_ok());
    assert_eq!(reply.text().unwrap(), "a\nb");
    assert_eq!(reply.bytes().unwrap(), "a\nb");

    let (reply, _) = Reply::receive(answer(200, vec![0xff]), 10, &mut Deadline::never()).await;
    let error = reply.text().unwrap_err().to_string();
    assert_eq!(error, "the body is not UTF-8: the byte at offset 0 does not fit");
    assert_eq!(reply.bytes().unwrap(), [0xff][..]);
}

#[test]
fn a_header_is_read_if_it_is_as_described() {
    let mut headers = HeaderMap::new();
    headers.insert("Retry-After", " 57".parse().unwrap());
    headers.insert("Age", "old".parse().unwrap());
    assert_eq!(header(&headers, "retry-after"), Some(57));
    assert_eq!(header::<u32>(&headers, "Age"), None);
    assert_eq!(header::<u32>(&headers, "Date"), None);
}
