//! Statuses that ask for another attempt, and when it comes.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use client_tests::server::{Server, answer};
use generated_client::{BoxFuture, Clock, RetryPolicy};

use super::scene::{SMALL, Scene};

const BUSY: &str = r#"{"code": 800003, "description": "busy"}"#;

/// Does not wait, and notes how long it should have. It tells the time, which starts with the test.
#[derive(Clone, Default)]
struct Impatient(Arc<Mutex<Vec<Duration>>>);

impl Clock for Impatient {
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.lock().expect("no panic").push(duration);
        Box::pin(async {})
    }
}

/// A call that is throttled once, and how long it waited.
async fn throttled(retry_after: &str) -> Vec<Duration> {
    let busy = answer(&format!("429 Too Many Requests{retry_after}"), r#"{"statusCode": 429, "message": "busy"}"#);
    let scene = Scene::in_turn([vec![busy], vec![answer("200 OK", SMALL)]]).await;
    let clock = Impatient::default();
    let waits = Arc::clone(&clock.0);
    let scene = scene.with(move |builder| {
        let policy = RetryPolicy::default().base(Duration::from_millis(1));
        builder.clock(clock.clone()).retry(policy).attempt_timeout(None).total_timeout(None)
    });
    scene.succeeds(2, 1).await;
    waits.lock().expect("no panic").clone()
}

/// The same, for a wait that the server does not decide.
async fn backs_off(retry_after: &str) {
    let waits = throttled(retry_after).await;
    assert!(waits.len() <= 1 && waits.iter().all(|wait| *wait <= Duration::from_millis(1)), "{waits:?}");
}

/// A call that is throttled whenever it comes, with so little time that it cannot wait.
async fn throttled_for_good(retry_after: &str, asks: &str) {
    let busy = answer(&format!("429 Too Many Requests{retry_after}"), r#"{"statusCode": 429, "message": "busy"}"#);
    let scene = Scene::saying([busy]).await;
    let scene = scene.with(|builder| builder.total_timeout(Duration::from_secs(10)));
    let fault = scene.fails().await;
    fault.is(
        "api TooManyRequests, 429, retryable, attempts 1, requests 1, token requests 1",
        &format!("the server answered 429 Too Many Requests{asks} (statusCode: 429, message: busy)"),
    );
}

#[tokio::test]
async fn status_401_then_200() {
    let refused = vec![answer("401 Unauthorized", r#"{"code": "900420"}"#)];
    let scene = Scene::in_turn([refused, vec![answer("200 OK", SMALL)]]).await;
    scene.succeeds(2, 2).await;
    let tokens: Vec<_> = scene.api.requests().iter().map(|head| head.contains("Bearer canary-access-2")).collect();
    assert_eq!(tokens, [false, true], "the second token is another one");
}

#[tokio::test]
async fn status_401_for_good() {
    let scene = Scene::saying([answer("401 Unauthorized", r#"{"code": "900420"}"#)]).await;
    scene.fails().await.is(
        "api Unauthorized, 401, final, attempts 2, requests 2, token requests 2",
        "the server answered 401 Unauthorized (code: 900420)",
    );
}

#[tokio::test]
async fn status_429_with_seconds() {
    assert_eq!(throttled("\nRetry-After: 57").await, [Duration::from_secs(57)]);
    throttled_for_good("\nRetry-After: 57", " and asks to wait 57 s").await;
}

#[tokio::test]
async fn status_429_with_a_date() {
    assert_eq!(throttled("\nRetry-After: Sun, 06 Nov 1994 08:50:07 GMT").await, [Duration::from_secs(30)]);
    let date = "Fri, 31 Dec 9999 23:59:59 GMT";
    throttled_for_good(&format!("\nRetry-After: {date}"), &format!(" and asks to wait until {date}")).await;
}

#[tokio::test]
async fn status_429_with_a_wait_without_end() {
    let busy = answer("429 Too Many Requests\nRetry-After: 99999999999999999999999", r#"{"statusCode": 429}"#);
    // Although a wait of 60 s, the cap, would fit into the time of the call.
    Scene::saying([busy]).await.fails().await.is(
        "api TooManyRequests, 429, retryable, attempts 1, requests 1, token requests 1",
        "the server answered 429 Too Many Requests and asks to wait 99999999999999999999999 s (statusCode: 429)",
    );
    throttled_for_good("\nRetry-After: 99999999999999999999999", " and asks to wait 99999999999999999999999 s").await;
}

/// A call that is throttled four times, with waits that are up to the client.
async fn throttled_at_will(retry_after: &str, asks: &str, said: &str) {
    backs_off(retry_after).await;
    let busy = answer(&format!("429 Too Many Requests{retry_after}"), r#"{"statusCode": 429, "message": "busy"}"#);
    Scene::saying([busy]).await.fails().await.is(
        "api TooManyRequests, 429, retryable, attempts 4, requests 4, token requests 1",
        &format!("the server answered 429 Too Many Requests{asks} ({said}statusCode: 429, message: busy)"),
    );
}

#[tokio::test]
async fn status_429_with_a_date_that_is_past() {
    let date = "Sun, 06 Nov 1994 08:49:36 GMT";
    throttled_at_will(&format!("\nRetry-After: {date}"), &format!(" and asks to wait until {date}"), "").await;
}

#[tokio::test]
async fn status_429_with_what_is_no_time() {
    for odd in ["soon", "-1", "1.5"] {
        throttled_at_will(&format!("\nRetry-After: {odd}"), "", &format!("Retry-After: {odd}; ")).await;
    }
}

#[tokio::test]
async fn status_429_without_a_time() {
    throttled_at_will("", "", "").await;
}

#[tokio::test]
async fn status_503_storm() {
    let scene = Scene::saying([answer("503 Service Unavailable", BUSY)]).await;
    let fault = scene.fails().await;
    fault.is(
        "api ServiceUnavailable, 503, retryable, attempts 4, requests 4, token requests 1",
        "the server answered 503 Service Unavailable (code: 800003, description: busy)",
    );
    fault.has_body(BUSY);
}

#[tokio::test]
async fn status_503_then_200() {
    let scene = Scene::in_turn([vec![answer("503 Service Unavailable", BUSY)], vec![answer("200 OK", SMALL)]]).await;
    scene.succeeds(2, 1).await;
}

#[tokio::test]
async fn no_retry_of_what_is_refused() {
    for (status, name) in
        [("400 Bad Request", "BadRequest"), ("403 Forbidden", "Forbidden"), ("501 Not Implemented", "NotImplemented")]
    {
        let scene = Scene::saying([answer(&format!("{status}\nRetry-After: 0"), r#"{"code": 1}"#)]).await;
        scene.fails().await.is(
            &format!("api {name}, {}, final, attempts 1, requests 1, token requests 1", &status[..3]),
            &format!("the server answered {status} and asks to wait 0 s (code: 1)"),
        );
    }
}

#[tokio::test]
async fn the_ids_of_all_attempts_are_the_same() {
    let scene = Scene::new(Server::saying([answer("503 Service Unavailable", BUSY)]).await).await;
    scene.fails().await;
    let requests = scene.api.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests.iter().all(|head| *head == requests[0]), "{requests:?}");
}
