//! Heads of answers that are late, without end, or none at all.

use std::sync::Arc;

use client_tests::server::{Server, Step, answer, send};

use super::scene::{CANARY, SMALL, Scene, soon};

const TOO_LARGE: &str = "API answered what cannot be read as HTTP: message head is too large";
const NO_HTTP: &str = "transport Protocol, no status, final, attempts 1, requests 1, token requests 1";
const LATE: &str = "transport Timeout, no status, retryable, attempts 2, requests 2, token requests 1";

#[tokio::test]
async fn slow_head() {
    let scene = Scene::saying([Step::UntilClosed(Arc::default())]).await.slow();
    scene.fails().await.is(LATE, "API did not answer in time: an attempt may take 250ms");
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
        ("HTTP/1.1 099 OK\r\n\r\n", "invalid HTTP status-code parsed"),
        ("HTTP/1.1 OK\r\n\r\n", "invalid HTTP status-code parsed"),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "invalid HTTP header parsed"),
        ("HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\n\r\n", "invalid HTTP header parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n", "invalid HTTP header parsed"),
        ("HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\n\r\n", "invalid HTTP header parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "invalid content-length parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "invalid content-length parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "invalid content-length parsed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "invalid content-length parsed"),
        ("\x15\x03\x03\x00\x02\x02\x0a", "invalid HTTP version parsed"),
    ] {
        let scene = Scene::saying([send(garbage), Step::Close]).await;
        scene.fails().await.is(NO_HTTP, &format!("API answered what cannot be read as HTTP: {cause}"));
    }
}

#[tokio::test]
async fn never_ending_head() {
    const FLOOD: usize = 0x1000_0000;
    for (beginning, piece) in [
        ("", "\r\n".to_owned()),
        ("HTTP/1.1 200 ", "OK ".to_owned()),
        ("HTTP/1.1 200 OK\r\n", format!("X-Flood: {}\r\n", "0".repeat(1000))),
        ("HTTP/1.1 200 OK\r\n", format!("{}\r\n", "0".repeat(0x4000))),
        ("HTTP/1.1 200 OK\r\n", "X".to_owned()),
        ("HTTP/1.1 200 OK\r\nX-Flood: ", "0".to_owned()),
    ] {
        let flood = Step::Flood(piece.repeat(0x1000 / piece.len() + 1).into(), FLOOD);
        let scene = Scene::saying([send(beginning), flood]).await;
        scene.fails().await.is(NO_HTTP, TOO_LARGE);
        assert!(scene.api.flooded() < FLOOD, "the connection is given up");
    }
}

/// The smallest summary, with these headers before it.
fn headed(headers: &str) -> Step {
    answer(&format!("200 OK\n{headers}"), SMALL)
}

#[tokio::test]
async fn a_head_that_is_too_large() {
    let long = |size| format!("X-Long: {}", "0".repeat(size));
    let many = |count| (0..count).map(|number| format!("X-{number}: 0")).collect::<Vec<_>>().join("\n");
    for headers in [long(1 << 20), many(100), many(10_000)] {
        Scene::saying([headed(&headers)]).await.fails().await.is(NO_HTTP, TOO_LARGE);
    }
    for headers in [long(300 << 10), many(99)] {
        Scene::saying([headed(&headers)]).await.succeeds(1, 1).await;
    }
}

#[tokio::test]
async fn a_head_that_drips() {
    let scene = Scene::saying([send("HTTP/1.1 200 OK\r\nX-Drip: "), Step::Drip(b"0".into())]).await.slow();
    scene.fails().await.is(LATE, "API did not answer in time: an attempt may take 250ms");
}

#[tokio::test]
async fn informational_answers_first() {
    let early = send(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\nHTTP/1.1 199 Odd\r\n\r\n",
    );
    Scene::saying([early, answer("200 OK", SMALL)]).await.succeeds(1, 1).await;
}

#[tokio::test]
async fn informational_answers_without_end() {
    let again = b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec();
    for step in [Step::Drip(again.clone()), Step::Flood(again, usize::MAX)] {
        let scene = Scene::saying([step]).await.slow();
        scene.fails().await.is(LATE, "API did not answer in time: an attempt may take 250ms");
    }
}

#[tokio::test]
async fn an_informational_answer_alone() {
    for early in ["100 Continue", "103 Early Hints"] {
        let early = send(format!("HTTP/1.1 {early}\r\n\r\n"));
        let scene = Scene::saying([early.clone(), Step::UntilClosed(Arc::default())]).await.slow();
        scene.fails().await.is(LATE, "API did not answer in time: an attempt may take 250ms");
        Scene::saying([early, Step::Close]).await.fails().await.is(
            "transport Other, no status, retryable, attempts 4, requests 4, token requests 1",
            "the connection to API broke off before there was an answer: connection closed before message completed",
        );
    }
}

#[tokio::test]
async fn another_protocol() {
    let rests = [Step::Close, Step::UntilClosed(Arc::default()), Step::Drip(b"\x81\x02hi".into())];
    for rest in rests.into_iter().chain([answer("200 OK", SMALL)]) {
        for headers in ["Connection: Upgrade\r\nUpgrade: chat\r\n", ""] {
            let switch = send(format!("HTTP/1.1 101 Switching Protocols\r\n{headers}\r\n"));
            let scene = Scene::saying([switch, rest.clone(), Step::UntilClosed(Arc::default())]).await;
            scene.fails().await.is(
                "unexpected, 101, final, attempts 1, requests 1, token requests 1",
                "the server answered 101 Switching Protocols, but the API description does not mention this status",
            );
            soon("what speaks HTTP no more is closed", || scene.api.open() == 0).await;
        }
    }
}

#[tokio::test]
async fn a_status_that_nobody_knows() {
    let said = " (balanceAmount: 1, currencyCode: USD)";
    for (status, said) in [(299, ""), (600, said), (999, said)] {
        let scene = Scene::saying([answer(&format!("{status} Odd"), SMALL)]).await;
        scene.fails().await.is(
            &format!("unexpected, {status}, final, attempts 1, requests 1, token requests 1"),
            &format!("the server answered {status}{said}, but the API description does not mention this status"),
        );
    }
}

#[tokio::test]
async fn two_answers_to_one_request() {
    let foreign = "HTTP/1.1 200 OK\r\nContent-Length: 43\r\n\r\n{\"balanceAmount\": 1, \"currencyCode\": \"EUR\"}";
    let both = format!("HTTP/1.1 200 OK\r\nContent-Length: 43\r\n\r\n{SMALL}{foreign}");
    let scene = Scene::saying([send(both)]).await;
    let client = scene.client();
    for calls in 1..=5 {
        scene.succeeds_with(&client, calls, 1).await;
    }
    soon("the connections with something left on them are closed", || scene.api.open() <= 1).await;
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
