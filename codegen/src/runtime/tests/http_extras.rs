//! Headers and query parameters that callers add.

use http::Method;

use super::fake_clock::FakeClock;
use super::http_support::*;
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::credential::Credential;
use crate::runtime::error::ErrorKind;
use crate::runtime::key::Key;
use crate::runtime::request::Request;

const THING: &str = r#"{"name": "a"}"#;

fn call(client: &Client) -> Call<'_, GetThing> {
    let mut request = Request::new(Method::GET, "/things");
    request.query("limit", &1);
    request.query("sort", &"name");
    request.header("X-Own", &"own");
    Call::new(client, request)
}

/// What is sent for a call of a client: the query, and some headers.
async fn sent(
    client: impl FnOnce(ClientBuilder) -> ClientBuilder,
    change: impl FnOnce(Call<'_, GetThing>) -> Call<'_, GetThing>,
) -> String {
    let (builder, requests) = builder_that(|| Ok(answer(200, THING)));
    let client = client(builder).build().unwrap();
    change(call(&client)).await.unwrap();
    let (uri, headers) = requests.lock().unwrap().remove(0);
    let own = ["x-own", "x-more", "user-agent"].into_iter().flat_map(|name| headers.get_all(name));
    let own: Vec<_> = own.map(|value| value.to_str().unwrap()).collect();
    format!("{} {}", uri.query().unwrap(), own.join(" "))
}

#[tokio::test]
async fn a_call_takes_more_than_its_operation_has() {
    let sent = sent(
        |client| client.user_agent("me"),
        |call| {
            call.with_header("X-More", 1).with_header("x-more", "é".len()).with_query("a b", "c&d").with_query("n", 1)
        },
    );
    assert_eq!(sent.await, "limit=1&sort=name&a%20b=c%26d&n=1 own 2 me");
}

#[tokio::test]
async fn what_a_call_takes_is_in_the_place_of_what_the_operation_has() {
    let sent = sent(
        |client| client,
        |call| {
            let call = call.with_header("x-own", "other").with_header("User-Agent", "mine");
            call.with_query("limit", 2).with_query("limit", 3)
        },
    );
    assert_eq!(sent.await, "limit=2&limit=3&sort=name other mine");
}

#[tokio::test]
async fn what_a_call_sets_by_itself_later_counts() {
    let sent = sent(
        |client| client,
        |call| {
            let mut call = call.with_query("limit", 2);
            // As for the next page.
            call.request.query("limit", &3);
            call
        },
    );
    assert!(sent.await.starts_with("limit=3&sort=name "));
}

#[tokio::test]
async fn a_default_gives_way_to_the_call_and_its_operation() {
    let with_defaults = |client: ClientBuilder| {
        let client = client.user_agent("me").default_header("X-Own", "default").default_header("X-More", "default");
        client.default_query("limit", 9).default_query("version", 1).default_query("version", 2)
    };
    let plain = sent(with_defaults, |call| call).await;
    assert_eq!(plain, "limit=1&sort=name&version=1&version=2 own default me");
    let changed = sent(with_defaults, |call| call.with_query("version", 3).with_header("X-More", "call")).await;
    assert_eq!(changed, "limit=1&sort=name&version=3 own call me");
}

/// Why the call cannot be sent.
async fn fault(change: impl FnOnce(Call<'_, GetThing>) -> Call<'_, GetThing>) -> String {
    let (client, requests) = client_that(|| Ok(answer(200, THING)));
    let error = change(call(&client)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)) && requests.lock().unwrap().is_empty());
    let text = format!("{error} {error:?}");
    assert!(!text.contains(CANARY), "{text}");
    error.to_string()
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_error_of_the_call() {
    for name in ["", "X Own", "X-Own:", "X-Öwn", "a\r\nb"] {
        let error = fault(|call| call.with_header(name, CANARY)).await;
        assert!(error.contains(&format!("{name:?} is no name of a header")), "{error}");
    }
    for value in ["\n", "é", "\u{0}"] {
        let error = fault(|call| call.with_header("X-Own", format!("{CANARY}{value}"))).await;
        assert!(error.contains("the header `X-Own` has a character that a header cannot hold"), "{error}");
    }
    for name in ["Content-Length", "host", "Transfer-Encoding", "connection", "Upgrade"] {
        let error = fault(|call| call.with_header(name, CANARY)).await;
        assert!(error.contains(&format!("the header `{name}` follows from the address")), "{error}");
    }
}

#[tokio::test]
async fn a_credential_is_not_replaced_in_silence() {
    let error = fault(|call| call.with_header("AUTHORIZATION", CANARY)).await;
    assert!(error.contains("the header `authorization` is where the client's credential is sent"), "{error}");
    for (key, what) in [
        (Key::query("key", CANARY), "query parameter `key`"),
        (Key::header("X-Key", CANARY), "header `x-key`"),
        (Key::cookie("session", CANARY), "header `cookie`"),
    ] {
        let credential = Credential::from(key).of_scheme("key");
        let client = Client::builder(base_url()).credential(credential);
        let client = match what {
            "query parameter `key`" => client.default_query("key", 1),
            "header `x-key`" => client.default_header("x-key", 1),
            _ => client.default_header("Cookie", "a=1"),
        };
        let error = client.build().unwrap_err().to_string();
        assert!(error.contains(&format!("the {what} is where the client's credential is sent")), "{error}");
    }
    let error = Client::builder(base_url()).default_header("X:", 1).build().unwrap_err().to_string();
    assert!(error.contains("\"X:\" is no name of a header"), "{error}");
}

#[tokio::test]
async fn a_caller_can_sign_alone_and_nothing_shows_with_what() {
    let requests = Requests::default();
    let answer = || Ok(answer(500, format!("no {CANARY}")));
    let transport = Canned { answer, requests: requests.clone() };
    let client = Client::builder(base_url()).transport(transport).clock(FakeClock::new());
    let client = client.default_query("secret", CANARY).build().unwrap();
    let signed = call(&client).with_header("Authorization", format!("Own {CANARY}")).with_query("key", CANARY);
    assert!(!format!("{signed:?} {client:?}").contains(CANARY));
    let error = signed.await.unwrap_err();
    assert_eq!(error.body().unwrap(), "no [secret]");
    assert!(!format!("{error} {error:?}").contains(CANARY), "{error:?}");
    let (_, headers) = &requests.lock().unwrap()[0];
    assert_eq!(headers["Authorization"], format!("Own {CANARY}"));
    assert!(headers["Authorization"].is_sensitive());
}
