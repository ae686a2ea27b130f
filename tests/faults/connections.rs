//! Connections that fail, at every moment of a call.

use std::sync::Arc;

use client_tests::server::{Server, Step, answer, send, sized};
use client_tests::transport::Watched;
use tokio::sync::Notify;

use super::scene::{SMALL, Scene, soon};

/// How Linux puts it that the other side gave up.
const RESET: &str = "Connection reset by peer (os error 104)";

const LOST: &str = "transport Other, no status, retryable, attempts 4, requests 4, token requests 1";

#[tokio::test]
async fn connection_refused() {
    let scene = Scene::new(Server::gone().await).await;
    scene.fails().await.is(
        "transport Connect, no status, retryable, attempts 4, requests 0, token requests 1",
        "cannot connect to API: Connection refused (os error 111)",
    );
}

#[tokio::test]
async fn connected_and_silent() {
    Scene::new(Server::deaf().await).await.slow().fails().await.is(
        "transport Timeout, no status, retryable, attempts 2, requests 0, token requests 1",
        "API did not answer in time: an attempt may take 250ms",
    );
}

#[tokio::test]
async fn reset_before_the_request() {
    let scene = Scene::new(Server::resetting().await).await;
    // Whether the request could still be written is chance, and so are the words at the end.
    scene.fails().await.begins(
        "transport Other, no status, retryable, attempts 4, requests 0, token requests 1",
        "the connection to API broke off before there was an answer: ",
    );
}

#[tokio::test]
async fn reset_before_the_head() {
    let scene = Scene::saying([Step::Reset]).await;
    scene.fails().await.is(LOST, &format!("the connection to API broke off before there was an answer: {RESET}"));
}

#[tokio::test]
async fn reset_during_the_head() {
    let scene = Scene::saying([send("HTTP/1.1 200 OK\r\nContent-"), Step::Pause, Step::Reset]).await;
    scene.fails().await.is(LOST, &format!("the connection to API broke off before there was an answer: {RESET}"));
}

/// An API that resets the connection when the client has read the head, and whatever came with it.
async fn reset_after(head: Step) -> Scene {
    let answered = Arc::new(Notify::new());
    let scene = Scene::saying([head, Step::Wait(Arc::clone(&answered)), Step::Reset]).await;
    scene.with(move |builder| builder.transport(Watched { answered: Arc::clone(&answered) }))
}

#[tokio::test]
async fn reset_after_the_head() {
    // The token service is answered through the same transport, and lets the first reset come early.
    let scene = reset_after(sized("200 OK", SMALL.len(), "")).await;
    let fault = scene.fails().await;
    fault.is(
        "transport Other, 200, retryable, attempts 4, requests 4, token requests 1",
        &format!("the server answered 200 OK, but the body broke off after 0 bytes: {RESET}"),
    );
}

#[tokio::test]
async fn closed_before_the_head() {
    let scene = Scene::saying([Step::Close]).await;
    scene.fails().await.is(
        LOST,
        "the connection to API broke off before there was an answer: connection closed before message completed",
    );
}

#[tokio::test]
async fn closed_during_the_head() {
    let scene = Scene::saying([send("HTTP/1.1 200 OK\r\nContent-"), Step::Close]).await;
    scene.fails().await.is(
        LOST,
        "the connection to API broke off before there was an answer: connection closed before message completed",
    );
}

#[tokio::test]
async fn half_a_body_then_closed() {
    let half = &SMALL[..20];
    let scene = Scene::saying([sized("200 OK", SMALL.len(), half), Step::Close]).await;
    let fault = scene.fails().await;
    fault.is(
        "transport Other, 200, retryable, attempts 4, requests 4, token requests 1",
        "the server answered 200 OK, but the body broke off after 20 bytes: end of file before message length reached",
    );
    fault.has_body(half);
}

#[tokio::test]
async fn half_a_body_then_reset() {
    let half = &SMALL[..20];
    let scene = reset_after(sized("200 OK", SMALL.len(), half)).await;
    let fault = scene.fails().await;
    fault.is(
        "transport Other, 200, retryable, attempts 4, requests 4, token requests 1",
        &format!("the server answered 200 OK, but the body broke off after 20 bytes: {RESET}"),
    );
    fault.has_body(half);
}

#[tokio::test]
async fn half_a_refusal_then_closed() {
    let half = r#"{"code": 2032, "description": "acc"#;
    let scene = Scene::saying([sized("403 Forbidden", 99, half), Step::Close]).await;
    let fault = scene.fails().await;
    fault.is(
        "transport Other, 403, final, attempts 1, requests 1, token requests 1",
        &format!(
            "the server answered 403 Forbidden ({half}), but the body broke off after 34 bytes: end of file before \
             message length reached"
        ),
    );
    fault.has_body(half);
}

#[tokio::test]
async fn reset_once_then_an_answer() {
    let scene = Scene::in_turn([vec![Step::Reset], vec![answer("200 OK", SMALL)]]).await;
    scene.succeeds(2, 1).await;
}

#[tokio::test]
async fn closed_while_idle() {
    let scene = Scene::saying([answer("200 OK", SMALL), Step::Close]).await;
    let client = scene.client();
    for calls in 1..=5 {
        scene.succeeds_with(&client, calls, 1).await;
    }
}

#[tokio::test]
async fn announced_to_close_and_left_open() {
    let scene = Scene::saying([answer("200 OK\nConnection: close", SMALL), Step::UntilClosed(Arc::default())]).await;
    let client = scene.client();
    for calls in 1..=5 {
        scene.succeeds_with(&client, calls, 1).await;
    }
    soon("the client closes them itself", || scene.api.open() == 0).await;
}
