//! What a failed call says.

use std::collections::VecDeque;
use std::error::Error as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderMap;
use http_body::Frame;

use super::http_support::*;
use crate::runtime::body::Body;
use crate::runtime::error::ErrorKind;
use crate::runtime::transport::{TransportError, TransportErrorKind};

const IDS: &str = "; request id a45e3b52-2a3c-4a6e-8c57-0f7b1e2d3c4b, \
                   correlation id 57eb2ca7-755f-450f-9187-eae1e75a0114";

/// What `getThing` says when the server answers `status` with `body`, without the ids at the end.
async fn said(status: u16, body: impl Into<Vec<u8>>) -> String {
    let error = outcome(status, body).await.unwrap_err().to_string();
    error.strip_suffix(IDS).expect("ends with the ids").to_owned()
}

async fn said_without_answer(kind: TransportErrorKind, cause: &'static str) -> String {
    let (client, _) = client_that(move || {
        let inner = io::Error::other(cause);
        Err(TransportError::new(kind, io::Error::other(inner)))
    });
    let error = get_thing(&client).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(cause) if cause.kind() == kind));
    assert!(error.source().is_some());
    assert_eq!(error.status(), None);
    assert_eq!(error.request_id().unwrap().to_string(), REQUEST_ID);
    let sentence = error.to_string();
    sentence.strip_suffix(IDS).expect("ends with the ids").to_owned()
}

#[tokio::test]
async fn a_documented_error_shows_the_words_of_the_server() {
    let body = r#"{"name": "x", "code": 900420, "description": "The audience is no longer accepted", "data": []}"#;
    assert_eq!(
        said(401, body).await,
        "getThing failed: the server answered 401 Unauthorized (name: x, code: 900420, \
         description: The audience is no longer accepted)"
    );
    let error = outcome(401, body).await.unwrap_err();
    assert_eq!(error.api(), Some(&ThingError::Unauthorized("x".into())));
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.into_api().unwrap(), ThingError::Unauthorized("x".into()));
}

#[tokio::test]
async fn an_error_inside_an_object_is_shown() {
    let body = r#"{"error": {"code": "gone", "message": "Not\nhere", "retry": false, "inner": {}}}"#;
    assert_eq!(
        said(404, body).await,
        "getThing failed: the server answered 404 Not Found (code: gone, message: Not here, \
         retry: false)"
    );
}

#[tokio::test]
async fn an_empty_error_needs_no_words() {
    assert_eq!(said(404, "").await, "getThing failed: the server answered 404 Not Found");
}

#[tokio::test]
async fn an_undocumented_status_shows_the_words_of_the_server() {
    assert_eq!(
        said(502, "<html>\r\n  <h1>Bad\tgateway</h1>\u{1b}[2J</html>").await,
        "getThing failed: the server answered 502 Bad Gateway \
         (<html> <h1>Bad gateway</h1>\\u{1b}[2J</html>), \
         but the API description does not mention this status"
    );
    assert_eq!(
        said(599, "").await,
        "getThing failed: the server answered 599, \
         but the API description does not mention this status"
    );
}

#[tokio::test]
async fn an_error_body_that_is_not_as_documented_is_shown_once() {
    assert_eq!(
        said(401, r#"{"code": 1}"#).await,
        "getThing failed: the server answered 401 Unauthorized (code: 1), but the body does not \
         fit the API description: at the top: expected a member `name`, found none"
    );
    let html = said(401, "<p>Sign in</p>").await;
    let beginning = "getThing failed: the server answered 401 Unauthorized (<p>Sign in</p>), \
                     but the body is not JSON: ";
    assert!(html.starts_with(beginning) && html.ends_with(" at 1:1"), "{html}");
    assert_eq!(
        said(401, "").await,
        "getThing failed: the server answered 401 Unauthorized, but the body is empty where JSON \
         should be"
    );
}

#[tokio::test]
async fn a_wrong_value_is_named_by_its_place() {
    assert_eq!(
        said(200, r#"{"name": 7}"#).await,
        "getThing failed: the server answered 200 OK, but the body does not fit the API \
         description: at /name: expected a string, found the number 7"
    );
}

#[tokio::test]
async fn broken_json_is_shown_around_the_place() {
    let error = said(200, "{\n  \"name\": \"a\",\n  \"other\": oops\n}").await;
    let beginning = "getThing failed: the server answered 200 OK, but the body is not JSON: ";
    assert!(error.starts_with(beginning), "{error}");
    assert!(error.contains(" at 3:1"), "{error}");
    assert!(error.ends_with(", near `\"other\": oops`"), "{error}");
}

#[tokio::test]
async fn a_body_of_another_media_type_is_named() {
    let (client, _) = client_that(|| {
        let mut page = answer(200, "<p>Sign in</p>");
        page.headers_mut().insert("Content-Type", "text/html".parse().unwrap());
        Ok(page)
    });
    let error = get_thing(&client).await.unwrap_err().to_string();
    assert!(error.contains("the body is not JSON (Content-Type: text/html): "), "{error}");
    assert!(error.contains(" at 1:1, near `<p>Sign in</p>`; request id"), "{error}");
}

#[tokio::test]
async fn a_byte_that_is_not_utf_8_is_counted() {
    assert_eq!(
        said(200, b"\xef\xbb\xbf{\"name\": \"\xff\"}").await,
        "getThing failed: the server answered 200 OK, but the body is not UTF-8: the byte at \
         offset 13 does not fit"
    );
}

#[tokio::test]
async fn a_redirect_names_where_it_leads() {
    let (client, requests) = client_that(|| {
        let mut redirect = answer(302, Body::empty());
        let location = "https://login.example.com/start?token=secret".parse();
        redirect.headers_mut().insert("Location", location.unwrap());
        Ok(redirect)
    });
    assert_eq!(
        get_thing(&client).await.unwrap_err().to_string().strip_suffix(IDS).unwrap(),
        "getThing failed: the server answered 302 Found (Location: \
         https://login.example.com/start), but the API description does not mention this status"
    );
    assert_eq!(requests.lock().unwrap().len(), 1);
}

/// What `getThing` says of a failure with this header, between the status and the rest.
async fn said_with(name: &'static str, value: &'static str, body: &'static [u8]) -> String {
    let (client, _) = client_that(move || {
        let mut busy = answer(404, body.to_vec());
        busy.headers_mut().insert(name, value.parse().unwrap());
        Ok(busy)
    });
    let error = get_thing(&client).await.unwrap_err().to_string();
    error
        .strip_suffix(IDS)
        .unwrap()
        .strip_prefix("getThing failed: the server answered 404 Not Found")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn the_wait_that_the_server_asks_for_is_shown() {
    for (retry_after, expected) in [
        ("57", " and asks to wait 57 s (busy)"),
        ("0", " and asks to wait 0 s (busy)"),
        ("99999999999999999999999", " and asks to wait 99999999999999999999999 s (busy)"),
        ("Sun, 06 Nov 1994 08:49:50 GMT", " and asks to wait until Sun, 06 Nov 1994 08:49:50 GMT (busy)"),
        ("soon", " (Retry-After: soon; busy)"),
        ("", " (busy)"),
    ] {
        assert_eq!(said_with("Retry-After", retry_after, b"busy").await, expected);
    }
}

#[tokio::test]
async fn a_body_that_is_packed_is_not_shown_as_text() {
    assert_eq!(said_with("Content-Encoding", "gzip", b"\x1f\x8b\x08").await, " (3 bytes of gzip)");
    for plain in ["", "identity", "UTF-8"] {
        assert_eq!(said_with("Content-Encoding", plain, b"no").await, " (no)");
    }
    let (client, _) = client_that(|| {
        let mut packed = answer(200, "\x1f");
        packed.headers_mut().insert("Content-Encoding", "br".parse().unwrap());
        packed.headers_mut().append("Content-Encoding", "GZip".parse().unwrap());
        Ok(packed)
    });
    assert_eq!(
        get_thing(&client).await.unwrap_err().to_string().strip_suffix(IDS).unwrap(),
        "getThing failed: the server answered 200 OK, but the body has the Content-Encoding br, GZip, which was not \
         asked for: check the server, and what stands between here and there"
    );
}

#[tokio::test]
async fn a_server_that_repeats_the_token_does_not_get_it_shown() {
    let body = format!("{{\"name\": \"no\", \"got\": \"Bearer {CANARY}\"}}");
    let error = outcome(401, body).await.unwrap_err();
    assert_eq!(error.body().unwrap(), r#"{"name": "no", "got": "Bearer [secret]"}"#);
    let broken = outcome(200, format!("{{\"name\": {CANARY}}}")).await.unwrap_err();
    let named = outcome(200, format!("[\"{CANARY}\"]")).await.unwrap_err();
    let bytes = outcome(502, [b"\xff", CANARY.as_bytes(), b"\xfe"].concat()).await.unwrap_err();
    assert_eq!(bytes.body().unwrap(), &b"\xff[secret]\xfe"[..]);
    for error in [error, broken, named, bytes] {
        let printed = format!("{error} {error:?} {:?}", error.body());
        assert!(printed.contains("[secret]") && !printed.contains(CANARY), "{printed}");
    }
    let value = outcome(200, format!("{{\"name\": \"{CANARY}\"}}")).await.unwrap();
    assert_eq!(value.name, CANARY, "a value is what the server says");
}

#[tokio::test]
async fn a_header_that_repeats_the_token_is_not_shown() {
    let (client, _) = client_that(|| {
        let mut redirect = answer(302, Body::empty());
        let location = format!("https://login.example.com/{CANARY}/start").parse();
        redirect.headers_mut().insert("Location", location.unwrap());
        Ok(redirect)
    });
    let error = get_thing(&client).await.unwrap_err();
    assert!(error.to_string().contains("(Location: https://login.example.com/[secret]/start)"), "{error}");
    assert!(!format!("{error:?} {:?}", error.headers()).contains(CANARY), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    assert_eq!(
        said_without_answer(TransportErrorKind::Connect, "connection refused").await,
        "getThing failed: cannot connect to https://api.example.com: connection refused"
    );
    assert_eq!(
        said_without_answer(TransportErrorKind::Timeout, "operation timed out").await,
        "getThing failed: https://api.example.com did not answer in time: operation timed out"
    );
    assert_eq!(
        said_without_answer(TransportErrorKind::Protocol, "invalid version").await,
        "getThing failed: https://api.example.com answered what cannot be read as HTTP: invalid version"
    );
    assert_eq!(
        said_without_answer(TransportErrorKind::Other, "reset").await,
        "getThing failed: the connection to https://api.example.com broke off before there was \
         an answer: reset"
    );
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_cut_off() {
    let error = outcome(200, " ".repeat(1025)).await.unwrap_err();
    assert_eq!(
        error.to_string().strip_suffix(IDS).unwrap(),
        "getThing failed: the server answered 200 OK, but the body is larger than 1024 bytes, the \
         limit that `ClientBuilder::max_body_size` sets"
    );
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.body().unwrap().len() <= 1024);

    let at_the_limit = format!("{:1024}", r#"{"name": "a"}"#);
    assert_eq!(outcome(200, at_the_limit).await.unwrap().name, "a");
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_sent() {
    let (client, requests) = client_that(|| Ok(answer(200, "")));
    let mut call = get_thing(&client);
    call.request.header("X-Locale", &"en\r\nX-Evil: 1");
    let error = call.await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)));
    assert_eq!(
        error.to_string(),
        "getThing failed: the header `X-Locale` has a character that a header cannot hold (only \
         visible ASCII and spaces can be sent)"
    );
    assert!(requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn long_words_are_cut() {
    let error = said(502, "é".repeat(400)).await;
    assert!(error.contains(&format!("({}…)", "é".repeat(299))), "{error}");
}

#[tokio::test]
async fn an_error_knows_its_call() {
    let error = outcome(404, "").await.unwrap_err();
    assert_eq!(error.operation(), "getThing");
    assert_eq!(error.method(), http::Method::GET);
    assert_eq!(error.url(), "https://api.example.com/things");
    assert!(error.headers().is_some());
    assert_eq!(error.correlation_id().unwrap().to_string(), CORRELATION_ID);
    let debug = format!("{error:?}");
    assert!(debug.starts_with("Error { message: \"getThing failed: "), "{debug}");
}

/// A body that comes in these pieces.
struct Pieces(VecDeque<Result<Frame<Bytes>, TransportError>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.pop_front())
    }
}

#[tokio::test]
async fn a_body_that_stops_coming_is_kept_so_far() {
    let (client, _) = client_that(|| {
        let timeout = TransportError::new(TransportErrorKind::Timeout, "operation timed out");
        let pieces = [
            Ok(Frame::data(Bytes::from_static(b"{\"code\": "))),
            Ok(Frame::trailers(HeaderMap::new())),
            Ok(Frame::data(Bytes::from_static(b"1"))),
            Err(timeout),
        ];
        Ok(answer(500, Body::new(Pieces(pieces.into()))))
    });
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!(error.body().unwrap(), "{\"code\": 1");
    assert_eq!(
        error.to_string().strip_suffix(IDS).unwrap(),
        "getThing failed: the server answered 500 Internal Server Error ({\"code\": 1), but \
         no more than 10 bytes of the body came in time: operation timed out"
    );
}

#[tokio::test]
async fn the_code_is_told_without_a_type() {
    let code = async |body: &str| outcome(500, body).await.unwrap_err().code();
    assert_eq!(code(r#"{"code": 20404, "error": {"code": "inner"}}"#).await.as_deref(), Some("20404"));
    assert_eq!(code(r#"{"error": {"code": "gone"}}"#).await.as_deref(), Some("gone"));
    for body in ["", "code: 1", "[]", r#"{"code": null}"#, r#"{"code": {}}"#, r#"{"a": {"code": 1}, "b": {}}"#] {
        assert_eq!(code(body).await, None, "{body}");
    }
    let error = outcome(401, format!(r#"{{"code": "{CANARY}", "last": true}}"#)).await.unwrap_err();
    assert_eq!((error.code().as_deref(), error.member("last").as_deref()), (Some("[secret]"), Some("true")));
}
