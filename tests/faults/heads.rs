//! Heads of answers that are late, without end, or none at all.

use std::sync::Arc;

use client_tests::server::{Server, Step, answer, send};

use super::scene::{CANARY, SMALL, Scene};

#[tokio::test]
async fn slow_head() {
    let scene = Scene::saying([Step::UntilClosed(Arc::default())]).await.slow();
    scene.fails().await.is(
        "transport Timeout, no status, retryable, attempts 2, requests 2, token requests 1",
        "API did not answer in time: an attempt may take 250ms",
    );
}

#[tokio::test]
async fn slow_head_once_then_an_answer() {
    let silence = vec![Step::UntilClosed(Arc::default())];
    Scene::in_turn([silence, vec![answer("200 OK", SMALL)]]).await.slow().succeeds(2, 1).await;
}

#[tokio::test]
async fn garbage_status_line() {
    for (garbage, cause) in [
        ("SSH-2.0-OpenSSH_9.6\r\n", "invalid HTTP version parsed"),
        ("<html>\r\n\r\n", "invalid HTTP version parsed"),
        ("HTTP/9.9 200 OK\r\n\r\n", "invalid HTTP version parsed"),
        ("HTTP/1.1 2000 OK\r\n\r\n", "invalid HTTP status-code parsed"),
        ("HTTP/1.1 OK\r\n\r\n", "invalid HTTP status-code parsed"),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "invalid HTTP header parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "invalid content-length parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "invalid content-length parsed"),
        ("\x15\x03\x03\x00\x02\x02\x0a", "invalid HTTP version parsed"),
    ] {
        let scene = Scene::saying([send(garbage), Step::Close]).await;
        scene.fails().await.is(
            "transport Protocol, no status, final, attempts 1, requests 1, token requests 1",
            &format!("API answered what cannot be read as HTTP: {cause}"),
        );
    }
}

#[tokio::test]
async fn never_ending_head() {
    const FLOOD: usize = 0x1000_0000;
    for header in [format!("X-Flood: {}\r\n", "0".repeat(1000)), format!("{}\r\n", "0".repeat(0x4000))] {
        let scene = Scene::saying([send("HTTP/1.1 200 OK\r\n"), Step::Flood(header.into(), FLOOD)]).await;
        scene.fails().await.is(
            "transport Protocol, no status, final, attempts 1, requests 1, token requests 1",
            "API answered what cannot be read as HTTP: message head is too large",
        );
        assert!(scene.api.flooded() < FLOOD, "the connection is given up");
    }
}

#[tokio::test]
async fn a_head_that_drips() {
    let scene = Scene::saying([send("HTTP/1.1 200 OK\r\nX-Drip: "), Step::Drip(b"0".into())]).await.slow();
    scene.fails().await.is(
        "transport Timeout, no status, retryable, attempts 2, requests 2, token requests 1",
        "API did not answer in time: an attempt may take 250ms",
    );
}

#[tokio::test]
async fn informational_answers_first() {
    let early = send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
    Scene::saying([early, answer("200 OK", SMALL)]).await.succeeds(1, 1).await;
}

#[tokio::test]
async fn informational_answers_without_end() {
    let again = b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec();
    for step in [Step::Drip(again.clone()), Step::Flood(again, usize::MAX)] {
        let scene = Scene::saying([step]).await.slow();
        scene.fails().await.is(
            "transport Timeout, no status, retryable, attempts 2, requests 2, token requests 1",
            "API did not answer in time: an attempt may take 250ms",
        );
    }
}

#[tokio::test]
async fn another_protocol() {
    let scene = Scene::saying([send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\n\r\n"), Step::Close]).await;
    scene.fails().await.is(
        "unexpected, 101, final, attempts 1, requests 1, token requests 1",
        "the server answered 101 Switching Protocols, but the API description does not mention this status",
    );
}

#[tokio::test]
async fn redirect_to_the_same_origin() {
    let scene = Scene::new(
        Server::start(|head| match head.starts_with("GET /v2/") {
            true => vec![answer("200 OK", SMALL)],
            false => vec![answer("307 Temporary Redirect\nLocation: /v2/summary?key=1", "moved")],
        })
        .await,
    )
    .await;
    let fault = scene.fails().await;
    fault.is(
        "unexpected, 307, final, attempts 1, requests 1, token requests 1",
        "the server answered 307 Temporary Redirect (Location: /v2/summary; moved), but the API description does not \
         mention this status",
    );
    fault.has_body("moved");
}

#[tokio::test]
async fn redirect_to_another_origin() {
    let other = Server::saying([answer("200 OK", SMALL)]).await;
    for status in ["301 Moved Permanently", "302 Found", "303 See Other", "308 Permanent Redirect"] {
        let location = format!("http://{}/v1/invoices/summary", other.address());
        let scene = Scene::saying([answer(&format!("{status}\nLocation: {location}"), "")]).await;
        scene.fails().await.is(
            &format!("unexpected, {}, final, attempts 1, requests 1, token requests 1", &status[..3]),
            &format!(
                "the server answered {status} (Location: {location}), but the API description does not mention this \
                 status"
            ),
        );
    }
    assert_eq!((other.connections(), other.requests().concat().contains(CANARY)), (0, false));
}
