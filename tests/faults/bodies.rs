//! Bodies that are late, wrong, packed, or without end.

use std::io::Write as _;
use std::sync::Arc;

use client_tests::server::{Step, answer, endless, send, sized};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::scene::{LIMIT, SMALL, Scene};

const LOST: &str = "transport Other, 200, retryable, attempts 4, requests 4, token requests 1";
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
async fn a_body_that_drips_for_as_long_as_the_call_may_take() {
    for head in [sized("200 OK", 1 << 20, "{"), send("HTTP/1.1 200 OK\r\n\r\n{")] {
        let scene = Scene::saying([head, Step::Drip(b" ".into())]).await;
        let fault = scene.with(|builder| builder.attempt_timeout(None).total_timeout(LIMIT)).fails().await;
        fault.reads("transport Timeout, 200, retryable, attempts 1, requests 1, token requests 1", |sentence| {
            let rest = sentence.strip_prefix("the server answered 200 OK, but no more than ");
            let rest = rest.map(|rest| rest.trim_start_matches(|sign: char| sign.is_ascii_digit()));
            rest == Some(" bytes of the body came in time: the call may take 250ms in all")
        });
        assert!(fault.error.body().expect("what came").starts_with(b"{ "));
    }
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

/// The head of a chunked answer, and its beginning.
fn chunked(body: &str) -> Step {
    send(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}"))
}

#[tokio::test]
async fn chunks_that_are_none() {
    for (size, cause) in [
        ("zz", "Invalid chunk size line: missing size digit"),
        ("-1", "Invalid chunk size line: missing size digit"),
        ("10000000000000000", "invalid chunk size: overflow"),
    ] {
        let scene = Scene::saying([chunked(&format!("{size}\r\n")), Step::Close]).await;
        scene
            .fails()
            .await
            .is(LOST, &format!("the server answered 200 OK, but the body broke off after 0 bytes: {cause}"));
    }
}

#[tokio::test]
async fn chunks_with_more_around_them_than_in_them() {
    const FLOOD: usize = 0x1000_0000;
    for (beginning, piece, came, cause) in [
        ("", "1", 0, "invalid chunk size: overflow"),
        ("1;x=", "y", 0, "chunk extensions over limit"),
        ("1\r\n{\r\n0\r\nX-Flood: ", "0", 1, "chunk trailers bytes over limit"),
        ("1\r\n{\r\n0\r\n", "X: y\r\n", 1, "chunk trailers count overflow"),
    ] {
        let scene = Scene::saying([chunked(beginning), Step::Flood(piece.repeat(0x1000).into(), FLOOD)]).await;
        let sentence = format!("the server answered 200 OK, but the body broke off after {came} bytes: {cause}");
        scene.fails().await.is(LOST, &sentence);
        assert!(scene.api.flooded() < FLOOD, "the connection is given up");
    }
}

#[tokio::test]
async fn a_chunk_size_without_end() {
    for (beginning, piece) in [("", "0"), ("1", " ")] {
        for step in [Step::Drip(piece.into()), Step::Flood(piece.repeat(0x1000).into(), usize::MAX)] {
            let scene = Scene::saying([chunked(beginning), step]).await.slow();
            scene.fails().await.is(
                "transport Timeout, 200, retryable, attempts 2, requests 2, token requests 1",
                "the server answered 200 OK, but no more than 0 bytes of the body came in time: an attempt may take \
                 250ms",
            );
        }
    }
}

#[tokio::test]
async fn a_length_beside_chunks() {
    for length in [3, 43, 99] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n");
        let body = format!("{:x}\r\n{SMALL}\r\n0\r\n\r\n", SMALL.len());
        Scene::saying([send(head + &body)]).await.succeeds(1, 1).await;
    }
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
async fn an_encoding_that_is_not_so() {
    let packed = gzip(SMALL.as_bytes());
    for (encoding, body) in [
        ("gzip", SMALL.as_bytes()),
        ("br", SMALL.as_bytes()),
        ("identity, x-own", SMALL.as_bytes()),
        ("gzip, gzip", &packed),
        ("gzip", &packed[..packed.len() - 9]),
        ("deflate", &packed),
    ] {
        let fault = Scene::saying([answer(&format!("200 OK\nContent-Encoding: {encoding}"), body)]).await.fails().await;
        fault.is(
            FINAL,
            &format!(
                "the server answered 200 OK, but the body has the Content-Encoding {encoding}, which was not asked for: \
                 check the server, and what stands between here and there"
            ),
        );
        fault.has_body(body);
    }
    for plain in ["identity", "Identity", "", "utf-8"] {
        Scene::saying([answer(&format!("200 OK\nContent-Encoding: {plain}"), SMALL)]).await.succeeds(1, 1).await;
    }
}

#[tokio::test]
async fn a_gzip_body_that_does_not_say_so() {
    let body = gzip(SMALL.as_bytes());
    let fault = Scene::saying([answer("200 OK\nContent-Type: application/json", &body)]).await.fails().await;
    fault.is(FINAL, "the server answered 200 OK, but the body is not UTF-8: the byte at offset 1 does not fit");
    fault.has_body(&body);
}

#[tokio::test]
async fn a_charset_that_is_not_so() {
    for charset in ["utf-8", "iso-8859-1", "utf-16", "x-own", "\""] {
        let head = format!("200 OK\nContent-Type: application/json; charset={charset}");
        Scene::saying([answer(&head, SMALL)]).await.succeeds(1, 1).await;
    }
    let utf_16: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let head = "200 OK\nContent-Type: application/json; charset=utf-8";
    let fault = Scene::saying([answer(head, [&b"\xff\xfe"[..], &utf_16].concat())]).await.fails().await;
    fault.is(FINAL, "the server answered 200 OK, but the body is not UTF-8: the byte at offset 0 does not fit");
    let fault = Scene::saying([answer(head, &utf_16)]).await.fails().await;
    fault.begins(
        FINAL,
        "the server answered 200 OK, but the body is not JSON (Content-Type: application/json; charset=utf-8)",
    );
    fault.has_body(&utf_16);
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
    let one_chunk = [chunked("ffffffffffffffff\r\n"), Step::Flood("0".repeat(0x4000).into(), FLOOD)];
    for steps in [endless("200 OK", FLOOD).to_vec(), vec![sized("200 OK", 1 << 40, "{")], one_chunk.into()] {
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
