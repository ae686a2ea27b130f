//! Answers that come in pieces, break off, or are no HTTP.

use std::sync::Arc;

use client_tests::transport::Watched;
use generated_client::ErrorKind;
use tokio::sync::Notify;

use super::server::{Server, Step, answer, send, sized};
use super::*;

const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/// How Linux puts it that the other side gave up.
const RESET: &str = "Connection reset by peer (os error 104)";

fn no_answer(server: &Server, cause: &str) -> String {
    format!("the connection to {} broke off before there was an answer: {cause}", server.url())
}

async fn currency(server: &Server) -> String {
    call(server).await.expect("an answer").currency_code.clone()
}

#[tokio::test]
async fn the_printed_content_length_is_a_clear_error() {
    let Exchange { response_head, body, .. } = exchange();
    assert!(response_head.contains("Content-Length: 256") && body.len() > 256);
    let printed = format!("{}\r\n\r\n{body}", response_head.replace('\n', "\r\n"));
    let server = Server::saying([send(printed)]).await;
    let error = failure(&server).await;
    assert!(matches!(error.kind(), ErrorKind::Unexpected(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.headers().expect("headers")["content-length"], "256");
    assert_eq!(error.body().expect("the text so far"), &body[..256]);
    assert_eq!(
        sentence(&error),
        "the server answered 200 OK, but the body is not JSON (Content-Type: application/json; charset=utf-8): \
         unterminated string, found the end at 8:21, near `\"lastPaymentAmou`"
    );
}

#[tokio::test]
async fn what_follows_the_announced_length_is_not_the_next_answer() {
    let tail = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{SMALL}", SMALL.len()).replace("USD", "XXX");
    let body = format!("{SMALL}{tail}");
    let server = Server::saying([sized("200 OK", SMALL.len(), body)]).await;
    let client = client(server.url());
    for _ in 0..3 {
        assert_eq!(summary(&client).await.expect("an answer").currency_code, "USD");
    }
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_body_that_is_shorter_than_announced_broke_off() {
    let server = Server::saying([sized("200 OK", SMALL.len() + 3, SMALL), Step::Close]).await;
    let error = failure(&server).await;
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.body().expect("the text so far"), SMALL);
    assert_eq!(
        sentence(&error),
        "the server answered 200 OK, but the body broke off after 43 bytes: end of file before message length reached"
    );
}

#[tokio::test]
async fn a_chunked_body_is_put_together() {
    let body = format!("\u{feff}{SMALL}").into_bytes();
    let mut steps = vec![send(CHUNKED)];
    for piece in body.chunks(2) {
        steps.push(Step::Pause);
        steps.push(send([format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat()));
    }
    steps.push(send("0\r\n\r\n"));
    assert_eq!(currency(&Server::saying(steps).await).await, "USD");
}

#[tokio::test]
async fn a_chunked_body_without_its_end_broke_off() {
    let chunk = format!("{CHUNKED}{:x}\r\n{SMALL}\r\n", SMALL.len());
    let server = Server::saying([send(chunk), Step::Close]).await;
    let error = failure(&server).await;
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert_eq!(error.body().expect("the text so far"), SMALL);
    assert_eq!(
        sentence(&error),
        "the server answered 200 OK, but the body broke off after 43 bytes: unexpected EOF during chunk size line"
    );
}

#[tokio::test]
async fn a_slow_body_is_waited_for() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", SMALL.len());
    let mut steps = vec![];
    for piece in format!("{head}{SMALL}").as_bytes().chunks(7) {
        steps.extend([send(piece), Step::Pause]);
    }
    assert_eq!(currency(&Server::saying(steps).await).await, "USD");
}

#[tokio::test]
async fn a_body_without_a_length_ends_with_the_connection() {
    let server = Server::saying([send(format!("HTTP/1.1 200 OK\r\n\r\n{SMALL}")), Step::Close]).await;
    assert_eq!(currency(&server).await, "USD");
}

#[tokio::test]
async fn an_informational_answer_is_not_the_answer() {
    let early = send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
    let server = Server::saying([early, answer("200 OK", SMALL)]).await;
    assert_eq!(currency(&server).await, "USD");
}

#[tokio::test]
async fn a_reset_in_the_body_keeps_status_and_ids() {
    let answered = Arc::new(Notify::new());
    let other = "00000000-0000-4000-8000-000000000001";
    let head = sized(&format!("503 Service Unavailable\nMS-RequestId: {other}"), 9, "");
    let server = Server::saying([head, Step::Wait(Arc::clone(&answered)), Step::Reset]).await;
    let client = builder(server.url()).transport(Watched { answered }).build().expect("a client");
    let error = summary(&client).await.expect_err("the call fails");
    assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(
        error.to_string(),
        format!(
            "getInvoiceSummary failed: the server answered 503 Service Unavailable, but the body broke off after 0 \
             bytes: {RESET}; request id {other}, correlation id {CORRELATION_ID}"
        )
    );
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_is_told_as_such() {
    for (step, cause) in [(Step::Close, "connection closed before message completed"), (Step::Reset, RESET)] {
        let server = Server::saying([step]).await;
        let error = failure(&server).await;
        assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
        assert_eq!((error.status(), error.body()), (None, None));
        assert_eq!(sentence(&error), no_answer(&server, cause));
    }
}

#[tokio::test]
async fn what_is_no_http_is_told_as_such() {
    for (garbage, cause) in [
        ("SSH-2.0-OpenSSH_9.6\r\n", "invalid HTTP version parsed"),
        ("<html>\r\n\r\n", "invalid HTTP version parsed"),
        ("HTTP/1.1 2000 OK\r\n\r\n", "invalid HTTP status-code parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "invalid content-length parsed"),
    ] {
        let server = Server::saying([send(garbage), Step::Close]).await;
        let error = failure(&server).await;
        assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error:?}");
        assert_eq!((error.status(), error.body()), (None, None));
        assert_eq!(sentence(&error), format!("{} answered what cannot be read as HTTP: {cause}", server.url()));
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_as_such() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = summary(&client(url.parse().expect("an address"))).await.expect_err("the call fails");
    assert_eq!(sentence(&error), format!("cannot connect to {url}: Connection refused (os error 111)"));
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_kept_and_told() {
    const NESTED: &str =
        r#"{"balanceAmount": 1, "currencyCode": "USD", "details": [{"summary": {"currencyCode": "USD"}}]}"#;
    // Of several mistakes the first in the text is told.
    const NESTED_TWICE: &str =
        r#"{"balanceAmount": 1, "currencyCode": "USD", "details": [{"summary": {"currencyCode": 5}}]}"#;
    for (body, expected) in [
        (&b""[..], "is empty where JSON should be"),
        (b"\xef\xbb\xbf \r\n", "is empty where JSON should be"),
        (b"null", "does not fit the API description: at the top: expected an object, found null"),
        (
            br#"{"balanceAmount": "1", "currencyCode": "USD"}"#,
            "does not fit the API description: at /balanceAmount: expected a decimal number of at most 28 digits, found \
             the string \"1\"",
        ),
        (
            br#"{"balanceAmount": 1e999, "currencyCode": "USD"}"#,
            "does not fit the API description: at /balanceAmount: expected a decimal number of at most 28 digits, found \
             the number 1e999",
        ),
        (
            br#"{"currencyCode": "USD"}"#,
            "does not fit the API description: at the top: expected a member `balanceAmount`, found none",
        ),
        (
            NESTED.as_bytes(),
            "does not fit the API description: at /details/0/summary: expected a member `balanceAmount`, found none",
        ),
        (
            NESTED_TWICE.as_bytes(),
            "does not fit the API description: at /details/0/summary/currencyCode: expected a string, found the number 5",
        ),
        (
            br#"{"balanceAmount": 1, "currencyCode": "USD"} {}"#,
            "is not JSON (Content-Type: text/html): expected nothing more at 1:45, near `rrencyCode\": \"USD\"} {}`",
        ),
        (b"{\"balanceAmount\": 1, \"currencyCode\": \"\xff\"}", "is not UTF-8: the byte at offset 38 does not fit"),
        (
            b"<!DOCTYPE html>\n<title>Sign in</title>",
            "is not JSON (Content-Type: text/html): expected a value at 1:1, near `<!DOCTYPE html>`",
        ),
    ] {
        let server = Server::saying([answer("200 OK\nContent-Type: text/html", body)]).await;
        let error = failure(&server).await;
        assert!(matches!(error.kind(), ErrorKind::Unexpected(_)), "{error:?}");
        assert_eq!(error.body().expect("a body"), body);
        assert_eq!(sentence(&error), format!("the server answered 200 OK, but the body {expected}"));
    }
}
