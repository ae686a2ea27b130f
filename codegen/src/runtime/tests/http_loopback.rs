//! The client and its own transport against a server on this machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Barrier, Notify};

use super::fake_clock::FakeClock;
use super::http_server::{Server, Step, send, sized};
use super::http_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::body::Body;
use crate::runtime::client::Client;
use crate::runtime::credential::BearerToken;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::http_reqwest::ReqwestTransport;
use crate::runtime::reply::Reply;
use crate::runtime::response::Response;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::template::Filling;
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

const THING: &str = r#"{"name": "a"}"#;

fn client(url: BaseUrl) -> Client {
    let builder = Client::builder(url).credential(BearerToken::new(CANARY));
    builder.retry(RetryPolicy::none()).build().unwrap()
}

async fn call(server: &Server) -> Result<Response<Thing>, Error<ThingError>> {
    get_thing(&client(server.url())).send().await
}

async fn failure(server: &Server) -> Error<ThingError> {
    let error = call(server).await.unwrap_err();
    assert_eq!(error.request_id().unwrap().to_string(), REQUEST_ID);
    assert!(!format!("{error} {error:?}").contains(CANARY));
    error
}

#[tokio::test]
async fn a_redirect_is_followed_to_another_origin_without_the_credential() {
    let files = Server::saying([sized(5, "12345")]).await;
    let head = format!("HTTP/1.1 302 Found\r\nLocation: {}/f?sig=a%2Fb\r\nContent-Length: 0\r\n\r\n", files.url());
    let api = Server::saying([send(head)]).await;
    let client = client(api.url());
    let answer = client.request(Method::GET, "/f").reading::<Reply>().send().await.unwrap();
    let body = client.follow(&answer).with_header("Range", "bytes=0-").await.unwrap();
    assert_eq!(body.collect(5).await.unwrap(), "12345");
    assert!(api.requests()[0].to_lowercase().contains("\r\nauthorization: "));
    let head = files.requests()[0].to_lowercase();
    assert!(head.starts_with("get /f?sig=a%2fb http/1.1\r\n") && head.contains("\r\nrange: bytes=0-\r\n"), "{head}");
    assert!(!head.contains(CANARY) && !head.contains("authorization"), "{head}");
}

#[tokio::test]
async fn an_operation_goes_to_its_own_server_with_the_credential() {
    let (api, files) =
        (Server::saying([sized(THING.len(), THING)]).await, Server::saying([sized(THING.len(), THING)]).await);
    // The emitted code has them as literals.
    let own: &'static str = format!("{}/v1", files.url()).leak();
    let call = async |server: BaseUrl| {
        let client = client(server);
        let mut call = get_thing(&client);
        call.request.server(own);
        call.await.unwrap()
    };
    let url = api.url().to_string();
    call(BaseUrl::expanded("{url}", &[Filling::listed("url", &url)])).await;
    assert_eq!((api.connections(), files.connections()), (0, 1));
    let head = files.requests()[0].to_lowercase();
    assert!(head.starts_with("get /v1/things http/1.1\r\n"), "{head}");
    assert!(
        head.contains(&format!("\r\nhost: {}\r\n", files.url().to_string().trim_start_matches("http://"))),
        "{head}"
    );
    assert!(head.contains(&format!("\r\nauthorization: bearer {CANARY}\r\n")), "{head}");
    // A mock gets everything.
    call(api.url()).await;
    assert_eq!((api.connections(), files.connections()), (1, 1));
    assert!(api.requests()[0].starts_with("GET /things HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_call_is_one_request() {
    let server = Server::saying([sized(THING.len(), THING)]).await;
    let client = Client::new(server.url(), BearerToken::new(CANARY)).unwrap();
    let response = get_thing(&client).send().await.unwrap();
    assert_eq!(response.name, "a");
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let head = requests[0].to_lowercase();
    for line in [
        "get /things http/1.1\r\n",
        &format!("\r\nauthorization: bearer {CANARY}\r\n"),
        "\r\naccept: application/json\r\n",
        &format!("\r\nx-request-id: {REQUEST_ID}\r\n"),
    ] {
        assert!(head.contains(line), "{line} in {head}");
    }
    assert!(!head.contains("content-length"), "{head}");
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::saying([sized(THING.len(), THING)]).await;
    let client = client(server.url());
    for _ in 0..3 {
        get_thing(&client.clone()).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 1));
}

#[tokio::test]
async fn a_chunked_body_is_put_together() {
    let server = Server::saying([
        send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\u{feff}\r\n"),
        Step::Pause,
        send("5\r\n{\"nam\r\n"),
        Step::Pause,
        send("8\r\ne\": \"a\"}\r\n0\r\n\r\n"),
    ])
    .await;
    assert_eq!(call(&server).await.unwrap().name, "a");
}

#[tokio::test]
async fn a_slow_body_is_waited_for() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", THING.len());
    let mut steps = vec![send(head)];
    for byte in THING.bytes() {
        steps.extend([Step::Pause, send([byte])]);
    }
    let server = Server::saying(steps).await;
    assert_eq!(call(&server).await.unwrap().name, "a");
}

#[tokio::test]
async fn a_body_without_a_length_ends_with_the_connection() {
    let answer = format!("HTTP/1.1 200 OK\r\n\r\n{THING}");
    let server = Server::saying([send(answer), Step::Close]).await;
    assert_eq!(call(&server).await.unwrap().name, "a");
}

#[tokio::test]
async fn a_body_that_ends_early_is_kept_so_far() {
    let server = Server::saying([sized(THING.len() + 3, THING), Step::Close]).await;
    let error = failure(&server).await;
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), THING);
    let beginning = "getThing failed: the server answered 200 OK, but the body broke off after \
                     13 bytes: ";
    assert!(error.to_string().starts_with(beginning), "{error}");
}

#[tokio::test]
async fn a_body_that_is_longer_than_announced_is_cut() {
    let server = Server::saying([sized(THING.len() - 1, THING), Step::Close]).await;
    let error = failure(&server).await;
    assert!(matches!(error.kind(), ErrorKind::Unexpected(_)), "{error:?}");
    assert_eq!(error.body().unwrap(), &THING[..THING.len() - 1]);
}

/// Says when the head of an answer has come.
struct Watched {
    transport: ReqwestTransport,
    answered: Arc<Notify>,
}

impl Transport for Watched {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let response = self.transport.send(request).await;
            self.answered.notify_one();
            response
        })
    }
}

#[tokio::test]
async fn a_reset_keeps_status_and_ids() {
    let answered = Arc::new(Notify::new());
    let server = Server::saying([
        send(format!("HTTP/1.1 200 OK\r\nX-Correlation-Id: {REQUEST_ID}\r\nContent-Length: 9\r\n\r\n{{")),
        Step::Wait(answered.clone()),
        Step::Reset,
    ])
    .await;
    let transport = ReqwestTransport::new().unwrap();
    let client = Client::builder(server.url()).transport(Watched { transport, answered }).retry(RetryPolicy::none());
    let error = get_thing(&client.build().unwrap()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.correlation_id().unwrap().to_string(), REQUEST_ID);
    assert!(error.to_string().contains("but the body broke off after "), "{error}");
}

#[tokio::test]
async fn a_connection_that_closes_without_an_answer_is_told() {
    let server = Server::saying([Step::Close]).await;
    let error = failure(&server).await;
    let beginning = format!("getThing failed: the connection to {} broke off", server.url());
    assert!(error.to_string().starts_with(&beginning), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = get_thing(&client(url.parse().unwrap())).await.unwrap_err();
    let ErrorKind::Transport(cause) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(cause.kind(), TransportErrorKind::Connect);
    let beginning = format!("getThing failed: cannot connect to {url}: ");
    assert!(error.to_string().starts_with(&beginning), "{error}");
}

#[tokio::test]
async fn https_is_spoken_with_an_https_server_only() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let first = stream.read_u8().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        first
    });
    let error = get_thing(&client(url.parse().unwrap())).await.unwrap_err();
    let beginning = format!("getThing failed: cannot connect to {url}: ");
    assert!(error.to_string().starts_with(&beginning), "{error}");
    // A TLS handshake, not a request.
    assert_eq!(server.await.unwrap(), 0x16);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::saying([sized(THING.len(), THING)]).await;
    let location = format!("{}/things", other.url());
    let server = Server::saying([send(format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    ))])
    .await;
    let error = failure(&server).await;
    assert!(matches!(error.kind(), ErrorKind::Unexpected(_)), "{error:?}");
    let named = format!("307 Temporary Redirect (Location: {location})");
    assert!(error.to_string().contains(&named), "{error}");
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn no_more_than_the_limit_is_read() {
    const LIMIT: usize = 0x10000;
    const FLOOD: usize = 0x1000_0000;
    let chunked = send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for steps in [vec![sized(LIMIT + 1, "")], vec![chunked, Step::Flood(FLOOD)]] {
        let server = Server::saying(steps).await;
        let client = Client::builder(server.url()).max_body_size(LIMIT).build();
        let error = get_thing(&client.unwrap()).await.unwrap_err();
        assert!(error.to_string().contains("the body is larger than 65536 bytes"), "{error}");
        assert_eq!(error.status().unwrap(), 200);
        assert!(error.body().unwrap().len() <= LIMIT);
        assert!(server.flooded() < FLOOD);
    }
}

#[tokio::test]
async fn many_calls_share_a_client() {
    const CALLS: usize = 20;
    let everyone = Arc::new(Barrier::new(CALLS));
    let server = Server::start(move |head| {
        let id = head.to_lowercase().split_once("x-request-id: ").unwrap().1[..36].to_owned();
        let thing = format!("{{\"name\": \"{id}\"}}");
        vec![Step::Meet(everyone.clone()), sized(thing.len(), &thing)]
    })
    .await;
    let client = client(server.url());
    let calls: Vec<_> = (0..CALLS)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get_thing_fresh(&client).send().await })
        })
        .collect();
    for call in calls {
        let response = call.await.unwrap().unwrap();
        assert_eq!(response.name, response.request_id().unwrap().to_string());
    }
}

#[tokio::test]
async fn a_call_outlives_a_broken_connection_and_a_busy_server() {
    let attempts = AtomicUsize::new(0);
    let server = Server::start(move |_| match attempts.fetch_add(1, Ordering::SeqCst) {
        0 => vec![Step::Reset],
        1 => vec![send("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nContent-Length: 4\r\n\r\nbusy")],
        2 => vec![sized(THING.len(), &THING[..5]), Step::Close],
        _ => vec![sized(THING.len(), THING)],
    })
    .await;
    let clock = FakeClock::up_to(Duration::from_secs(60));
    let builder = Client::builder(server.url()).credential(BearerToken::new(CANARY));
    let client = builder.clock(clock.clone()).random(|| 0.5).build().unwrap();
    assert_eq!(get_thing(&client).await.unwrap().name, "a");
    assert_eq!(clock.seconds(), [0.4, 30.0, 1.6]);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn the_silence_of_a_server_has_a_limit() {
    let server = Server::saying([Step::Wait(Arc::new(Notify::new()))]).await;
    let transport = ReqwestTransport::with_timeouts(Duration::from_secs(1), Duration::from_millis(5)).unwrap();
    let client = Client::builder(server.url()).transport(transport).retry(RetryPolicy::none()).build().unwrap();
    let error = get_thing(&client).await.unwrap_err();
    assert!(error.to_string().contains(" did not answer in time: "), "{error}");
}
