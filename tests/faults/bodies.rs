//! Bodies that are late, wrong, packed, or without end.

use std::io::Write as _;
use std::sync::Arc;

use client_tests::server::{Step, answer, endless, send, sized};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::scene::{SMALL, Scene};

const FINAL: &str = "unexpected, 200, final, attempts 1, requests 1, token requests 1";

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("memory");
    encoder.finish().expect("memory")
}

#[tokio::test]
async fn slow_body() {
    let half = &SMALL[..20];
    let scene = Scene::saying([sized("200 OK", SMALL.len(), half), Step::UntilClosed(Arc::default())]).await.slow();
    let fault = scene.fails().await;
    fault.is(
        "transport Timeout, 200, retryable, attempts 2, requests 2, token requests 1",
        "the server answered 200 OK, but no more than 20 bytes of the body came in time: an attempt may take 250ms",
    );
    fault.has_body(half);
}

#[tokio::test]
async fn a_body_that_drips() {
    let head = send("HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbusy \r\n");
    let scene = Scene::saying([head, Step::Drip(b"1\r\n.\r\n".into())]).await.slow();
    scene.fails().await.begins(
        "transport Timeout, 503, retryable, attempts 2, requests 2, token requests 1",
        "the server answered 503 Service Unavailable (busy .",
    );
}

#[tokio::test]
async fn a_length_that_is_too_long() {
    let scene = Scene::saying([sized("200 OK", SMALL.len() + 3, SMALL), Step::Close]).await;
    let fault = scene.fails().await;
    fault.is(
        "transport Other, 200, retryable, attempts 4, requests 4, token requests 1",
        "the server answered 200 OK, but the body broke off after 43 bytes: end of file before message length reached",
    );
    fault.has_body(SMALL);
}

#[tokio::test]
async fn a_length_that_is_too_short() {
    let scene = Scene::saying([sized("200 OK", 20, SMALL)]).await;
    let fault = scene.fails().await;
    fault.is(
        FINAL,
        "the server answered 200 OK, but the body is not JSON: expected a value, found the end at \
         1:21, near `{\"balanceAmount\": 1,`",
    );
    fault.has_body(&SMALL[..20]);
}

#[tokio::test]
async fn chunks_that_are_none() {
    let scene = Scene::saying([send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Step::Close]).await;
    scene.fails().await.is(
        "transport Other, 200, retryable, attempts 4, requests 4, token requests 1",
        "the server answered 200 OK, but the body broke off after 0 bytes: Invalid chunk size line: missing size digit",
    );
}

#[tokio::test]
async fn invalid_utf_8() {
    let body = b"{\"balanceAmount\": 1, \"currencyCode\": \"\xff\"}";
    let fault = Scene::saying([answer("200 OK", body)]).await.fails().await;
    fault.is(FINAL, "the server answered 200 OK, but the body is not UTF-8: the byte at offset 38 does not fit");
    fault.has_body(body);
}

#[tokio::test]
async fn invalid_utf_8_in_an_error() {
    let body = b"{\"code\": 2032, \"description\": \"acc\xe8s refus\xe9\"}";
    let fault = Scene::saying([answer("403 Forbidden", body)]).await.fails().await;
    fault.is(
        "unexpected, 403, final, attempts 1, requests 1, token requests 1",
        "the server answered 403 Forbidden ({\"code\": 2032, \"description\": \"acc\u{fffd}s refus\u{fffd}\"}), but the \
         body is not UTF-8: the byte at offset 34 does not fit",
    );
    fault.has_body(body);
}

#[tokio::test]
async fn a_gzip_body() {
    let body = gzip(SMALL.as_bytes());
    let scene = Scene::saying([answer("200 OK\nContent-Encoding: gzip", &body)]).await;
    let fault = scene.fails().await;
    fault.is(
        FINAL,
        "the server answered 200 OK, but the body has the Content-Encoding gzip, which was not asked for: check the \
         server, and what stands between here and there",
    );
    fault.has_body(&body);
    assert!(scene.api.requests()[0].contains("accept-encoding: identity\r\n"));
}

#[tokio::test]
async fn a_gzip_error() {
    let body = gzip(br#"{"code": 2032, "description": "access denied"}"#);
    let fault = Scene::saying([answer("403 Forbidden\nContent-Encoding: gzip", &body)]).await.fails().await;
    fault.is(
        "unexpected, 403, final, attempts 1, requests 1, token requests 1",
        &format!(
            "the server answered 403 Forbidden ({} bytes of gzip), but the body has the Content-Encoding gzip, which \
             was not asked for: check the server, and what stands between here and there",
            body.len()
        ),
    );
    fault.has_body(&body);
}

#[tokio::test]
async fn a_gzip_bomb() {
    let bomb = gzip(&vec![b' '; 4 << 20]);
    let limit = bomb.len();
    assert!(limit < 0x4000, "{limit}");
    let scene = Scene::saying([answer("200 OK\nContent-Encoding: gzip", &bomb)]).await;
    let fault = scene.with(move |builder| builder.max_body_size(limit)).fails().await;
    fault.is(
        FINAL,
        "the server answered 200 OK, but the body has the Content-Encoding gzip, which was not asked for: check the \
         server, and what stands between here and there",
    );
    fault.has_body(&bomb);
}

#[tokio::test]
async fn never_ending_body() {
    const LIMIT: usize = 0x10_0000;
    const FLOOD: usize = 0x1000_0000;
    for steps in [endless("200 OK", FLOOD).to_vec(), vec![sized("200 OK", 1 << 40, "{")]] {
        let scene = Scene::saying(steps).await.with(|builder| builder.max_body_size(LIMIT));
        let fault = scene.fails().await;
        fault.is(
            FINAL,
            "the server answered 200 OK, but the body is larger than 1048576 bytes, the limit that \
             `ClientBuilder::max_body_size` sets",
        );
        assert!(fault.error.body().expect("what came").len() <= LIMIT);
        assert!(scene.api.flooded() < FLOOD, "the connection is given up");
    }
}

#[tokio::test]
async fn never_ending_body_by_default() {
    let scene = Scene::saying([sized("200 OK", (32 << 20) + 1, "{")]).await;
    scene.fails().await.is(
        FINAL,
        "the server answered 200 OK, but the body is larger than 33554432 bytes, the limit that \
         `ClientBuilder::max_body_size` sets",
    );
}
