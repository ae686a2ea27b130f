//! How the client treats its connections: redirects, reuse, many calls at once, and its limits.

use std::sync::Arc;
use std::time::Duration;

use generated_client::ErrorKind;
use tokio::sync::{Barrier, Notify};
use tokio::time::timeout;

use super::server::{Server, Step, answer, endless, sized};
use super::*;

const REDIRECTS: [&str; 5] =
    ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"];

#[tokio::test]
async fn a_redirect_to_another_origin_is_not_followed() {
    let other = Server::saying([answer("200 OK", SMALL)]).await;
    for status in REDIRECTS {
        let location = format!("http://{}/v1/invoices/summary", other.address());
        let server = Server::saying([answer(&format!("{status}\nLocation: {location}"), "")]).await;
        let error = failure(&server).await;
        assert!(matches!(error.kind(), ErrorKind::Unexpected(_)), "{error:?}");
        assert_eq!(
            sentence(&error),
            format!(
                "the server answered {status} (Location: {location}), but the API description does not mention this \
                 status"
            )
        );
    }
    assert_eq!(other.connections(), 0, "the token did not travel");
}

#[tokio::test]
async fn a_redirect_on_the_same_server_is_not_followed_either() {
    for status in REDIRECTS {
        let server = Server::start(move |head| match head.starts_with("GET /v2/") {
            true => vec![answer("200 OK", SMALL)],
            false => vec![answer(&format!("{status}\nLocation: /v2/summary?key=secret"), "")],
        })
        .await;
        let error = failure(&server).await;
        assert_eq!(
            sentence(&error),
            format!(
                "the server answered {status} (Location: /v2/summary), but the API description does not mention this \
                 status"
            )
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn calls_one_after_another_share_a_connection() {
    let server = Server::start(|head| match head.contains("x-locale") {
        true => vec![answer("404 Not Found", r#"{"code": 1000}"#)],
        false => vec![answer("200 OK", SMALL)],
    })
    .await;
    let client = Client::new(server.url(), BearerToken::new(CANARY)).expect("a client");
    for _ in 0..10 {
        client.clone().invoices().summary().await.expect("an answer");
        client.invoices().summary().locale("en-US").await.expect_err("not found");
    }
    assert_eq!((server.requests().len(), server.connections()), (20, 1));
}

#[tokio::test]
async fn fifty_calls_at_once_get_an_answer_each() {
    const CALLS: usize = 50;
    let everyone = Arc::new(Barrier::new(CALLS));
    let server = Server::start(move |head| {
        let locale = head.lines().find_map(|line| line.strip_prefix("x-locale: ")).expect("a locale");
        let body = SMALL.replace("USD", locale);
        vec![Step::Meet(Arc::clone(&everyone)), answer("200 OK", body)]
    })
    .await;
    let client = client(server.url());
    let calls: Vec<_> = (0..CALLS)
        .map(|number| {
            let client = client.clone();
            let locale = format!("call-{number}");
            tokio::spawn(async move { (client.invoices().summary().locale(&locale).await, locale) })
        })
        .collect();
    for call in calls {
        let (answer, locale) = call.await.expect("no panic");
        assert_eq!(answer.expect("an answer").currency_code, locale);
    }
    assert_eq!(server.requests().len(), CALLS);
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let (arrived, closed) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    for begun in [vec![], vec![sized("200 OK", SMALL.len(), "{")]] {
        let (has_arrived, is_closed) = (Arc::clone(&arrived), Arc::clone(&closed));
        let server = Server::start(move |_| {
            has_arrived.notify_one();
            [begun.clone(), vec![Step::UntilClosed(Arc::clone(&is_closed))]].concat()
        })
        .await;
        let client = client(server.url());
        tokio::select! {
            answer = summary(&client) => panic!("there is no answer: {answer:?}"),
            () = arrived.notified() => {}
        }
        timeout(Duration::from_secs(5), closed.notified()).await.expect("the connection is closed");
    }
}

#[tokio::test]
async fn no_more_than_the_limit_is_read() {
    const LIMIT: usize = 0x10000;
    const FLOOD: usize = 0x1000_0000;
    for steps in [vec![sized("200 OK", LIMIT + 1, "")], endless("200 OK", FLOOD).to_vec()] {
        let server = Server::saying(steps).await;
        let client = builder(server.url()).max_body_size(LIMIT).build().expect("a client");
        let error = summary(&client).await.expect_err("it is too large");
        assert_eq!(
            sentence(&error),
            "the server answered 200 OK, but the body is larger than 65536 bytes, the limit that \
             `ClientBuilder::max_body_size` sets"
        );
        assert!(error.body().expect("what was read").len() <= LIMIT);
        assert!(server.flooded() < FLOOD, "the connection is given up");
    }
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let server = Server::saying([answer("200 OK", SMALL)]).await;
    for (limit, fits) in [(SMALL.len(), true), (SMALL.len() - 1, false)] {
        let client = builder(server.url()).max_body_size(limit).build().expect("a client");
        assert_eq!(summary(&client).await.is_ok(), fits);
    }
}

#[tokio::test]
async fn a_megabyte_is_no_trouble() {
    let details = vec![r#"{"invoiceType": "Recurring"}"#; 40_000].join(", ");
    let body = format!(r#"{{"balanceAmount": 1, "currencyCode": "USD", "details": [{details}]}}"#);
    let server = Server::saying([answer("200 OK", body)]).await;
    assert_eq!(call(&server).await.expect("an answer").details.value().map(Vec::len), Some(40_000));
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for url in ["http://api.partnercenter.microsoft.com", "http://10.0.0.1:80", "http://127.0.0.1.example.com"] {
        let error = url.parse::<BaseUrl>().expect_err("it is refused");
        let host = url.trim_start_matches("http://").trim_end_matches(":80");
        assert_eq!(
            error.to_string(),
            format!(
                "the base URL uses `http` for `{host}`: use `https`, because the credential is sent there (`http` is \
                 for this machine only: localhost, 127.0.0.1, [::1]; for another one it takes `BaseUrl::insecure`)"
            )
        );
    }
    for url in ["http://localhost:1", "http://127.0.0.1", "http://[::1]:8080", "https://10.0.0.1/path/"] {
        url.parse::<BaseUrl>().expect("an address");
    }
}
