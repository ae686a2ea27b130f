//! What may not be repeated is sent once, whatever happens to it on the way, over real sockets.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use tokio::sync::Notify;

use super::http_server::{Server, Step, send};
use super::http_support::*;
use super::token_support::app;
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::credential::BearerToken;
use crate::runtime::request::Request;
use crate::runtime::retry::RetryPolicy;

const MADE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"name\": \"a\"}";

fn builder(server: &Server) -> ClientBuilder {
    let policy = RetryPolicy::default().base(Duration::from_millis(1));
    Client::builder(server.url())
        .credential(BearerToken::new(CANARY))
        .attempt_timeout(Duration::from_millis(250))
        .retry(policy)
}

/// `POST /things`, which makes a thing each time.
fn make_thing(client: &Client) -> Call<'_, GetThing> {
    let mut request = Request::new(Method::POST, "/things");
    request.json(&"a");
    Call::new(client, request)
}

/// Is sent once to a server that does this, and would be tried again if it could be.
async fn once(steps: impl Into<Vec<Step>>) -> String {
    let server = Server::saying(steps).await;
    let error = make_thing(&builder(&server).build().unwrap()).await.unwrap_err();
    assert_eq!((server.requests().len(), error.attempts(), error.is_retryable()), (1, 1, true), "{error}");
    assert!(!format!("{error} {error:?}").contains(CANARY));
    error.to_string().replace(&server.url().to_string(), "API")
}

#[tokio::test]
async fn reset() {
    let text = once([Step::Reset]).await;
    assert!(
        text.starts_with("getThing failed: the connection to API broke off before there was an answer: "),
        "{text}"
    );
    let text = once([send("HTTP/1.1 200 OK\r\nContent-"), Step::Pause, Step::Reset]).await;
    assert!(
        text.starts_with("getThing failed: the connection to API broke off before there was an answer: "),
        "{text}"
    );
}

#[tokio::test]
async fn half_an_answer() {
    assert_eq!(
        once([send(&MADE[..MADE.len() - 3]), Step::Close]).await,
        "getThing failed: the server answered 200 OK, but the body broke off after 10 bytes: end of file before message \
         length reached"
    );
}

#[tokio::test]
async fn silence() {
    assert_eq!(
        once([Step::Wait(Arc::new(Notify::new()))]).await,
        "getThing failed: API did not answer in time: an attempt may take 250ms"
    );
}

#[tokio::test]
async fn a_failing_gateway() {
    for status in ["429 Too Many Requests\r\nRetry-After: 0", "503 Service Unavailable"] {
        once([send(format!("HTTP/1.1 {status}\r\nContent-Length: 4\r\n\r\nbusy"))]).await;
    }
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle() {
    let server = Server::saying([send(MADE), Step::Close]).await;
    let client = builder(&server).build().unwrap();
    let mut done = 0;
    for _ in 0..20 {
        // Whether the client sees the end before it writes is chance.
        done += usize::from(make_thing(&client).await.is_ok());
    }
    assert!(done > 0 && server.requests().len() <= 20, "{done} of {}", server.requests().len());
}

#[tokio::test]
async fn a_refused_token_is_no_attempt() {
    let refused = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 14\r\n\r\n{\"name\": \"no\"}";
    let server = Server::start(move |head| match head.contains("Bearer canary-access-0") {
        true => vec![send(refused)],
        false => vec![send(MADE)],
    })
    .await;
    let number = std::sync::atomic::AtomicUsize::new(0);
    let tokens = Server::start(move |_| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let token = format!(r#"{{"access_token": "canary-access-{number}"}}"#);
        vec![send(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{token}", token.len()))]
    })
    .await;
    let client = builder(&server).credential(app().token_url(tokens.url())).build().unwrap();
    make_thing(&client).await.unwrap();
    assert_eq!((server.requests().len(), tokens.requests().len()), (2, 2), "the first one was not done");
}
