//! What is tried again, when, and what the calls have in common.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Method;

use super::fake_clock::FakeClock;
use super::http_support::*;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::request::Request;
use crate::runtime::retry::{self, RetryPolicy};
use crate::runtime::transport::{TransportError, TransportErrorKind};

const THING: &str = r#"{"name": "a"}"#;

/// A client that gets `answer` for each attempt, given its number from 0, and the clock it goes by.
fn client_with(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> (Client, FakeClock, Requests) {
    let attempt = AtomicUsize::new(0);
    let (builder, requests) = builder_that(move || answer(attempt.fetch_add(1, Ordering::SeqCst)));
    let clock = FakeClock::new();
    let client = builder.clock(clock.clone()).random(|| 0.5).build().unwrap();
    (client, clock, requests)
}

/// What a call comes to whose first attempt is answered with `first`, and how long it waited.
async fn after(first: impl Fn() -> Answer + Send + Sync + 'static) -> (Result<Thing, Error<ThingError>>, Vec<f64>) {
    let (client, clock, _) = client_with(move |attempt| match attempt {
        0 => first(),
        _ => Ok(answer(200, THING)),
    });
    (get_thing(&client).await, clock.seconds())
}

fn throttled(retry_after: &str) -> Answer {
    let mut throttled = answer(429, "busy");
    throttled.headers_mut().insert("Retry-After", retry_after.parse().unwrap());
    Ok(throttled)
}

/// How long a call waits after a 429 with this `Retry-After`.
async fn waits_for(retry_after: &'static str) -> Vec<f64> {
    let (outcome, waits) = after(move || throttled(retry_after)).await;
    outcome.unwrap();
    waits
}

#[tokio::test]
async fn a_passing_failure_is_tried_again_with_growing_waits() {
    let (client, clock, requests) = client_with(|attempt| Ok(answer(503, format!("no {attempt}"))));
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!(clock.seconds(), [0.4, 0.8, 1.6]);
    assert_eq!(requests.lock().unwrap().len(), 4);
    assert_eq!(error.attempts(), 4);
    assert!(error.is_retryable());
    assert_eq!(error.body().unwrap(), "no 3");
    let beginning = "getThing failed after 4 attempts: the server answered 503 Service Unavailable (no 3), ";
    assert!(error.to_string().starts_with(beginning), "{error}");
}

#[tokio::test]
async fn statuses_are_passing_or_final() {
    for status in 400..=599 {
        let (outcome, waits) = after(move || Ok(answer(status, r#"{"name": "first"}"#))).await;
        if [408, 429, 500, 502, 503, 504].contains(&status) {
            assert_eq!((outcome.unwrap().name.as_str(), waits), ("a", vec![0.4]), "{status}");
        } else {
            let error = outcome.unwrap_err();
            assert_eq!((error.attempts(), error.is_retryable(), waits), (1, false, vec![]), "{status}");
        }
    }
}

#[tokio::test]
async fn failures_of_the_connection_are_passing() {
    for kind in [TransportErrorKind::Connect, TransportErrorKind::Timeout, TransportErrorKind::Other] {
        let failure = move || Err(TransportError::new(kind, io::Error::other("away")));
        let (outcome, waits) = after(failure).await;
        assert_eq!((outcome.unwrap().name.as_str(), waits), ("a", vec![0.4]));
        let (client, _, _) = client_with(move |_| failure());
        let error = get_thing(&client).await.unwrap_err();
        assert!(error.is_retryable());
        assert!(error.to_string().starts_with("getThing failed after 4 attempts: "), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_final() {
    let garbage = || Err(TransportError::new(TransportErrorKind::Protocol, "garbage"));
    let (outcome, waits) = after(garbage).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable(), waits), (1, false, vec![]));
    let (outcome, waits) = after(|| Ok(answer(200, "<html>"))).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unexpected(_)));
    assert_eq!((error.attempts(), error.is_retryable(), waits), (1, false, vec![]));
}

#[tokio::test]
async fn a_request_that_cannot_be_made_is_not_attempted() {
    let (client, _, requests) = client_with(|_| Ok(answer(200, THING)));
    let error = Call::<GetThing>::new(&client, crate::runtime::request::Request::new(Method::GET, "/{a}")).await;
    let error = error.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (0, false));
    assert!(requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    assert_eq!(waits_for("57").await, [57.0]);
    assert_eq!(waits_for(" 7 ").await, [7.0]);
    assert_eq!(waits_for("Sun, 06 Nov 1994 08:49:50 GMT").await, [13.0]);
    assert_eq!(waits_for("Sunday, 06-Nov-94 08:49:50 GMT").await, [13.0]);
    assert_eq!(waits_for("0").await, [] as [f64; 0]);
}

#[tokio::test]
async fn a_wait_beyond_the_cap_ends_the_call() {
    assert_eq!(waits_for("60").await, [60.0]);
    assert_eq!(waits_for("Sun, 06 Nov 1994 08:50:37 GMT").await, [60.0]);
    for (long, seconds, said) in [
        ("61", 61, "to wait 61 s"),
        ("315360000", 315_360_000, "to wait 315360000 s"),
        ("18446744073709551615", u64::MAX, "to wait 18446744073709551615 s"),
        ("99999999999999999999999", u64::MAX, "to wait 99999999999999999999999 s"),
        ("Sun, 06 Nov 1994 08:50:38 GMT", 61, "to wait until Sun, 06 Nov 1994 08:50:38 GMT"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 252_618_189_022, "to wait until Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        let (outcome, waits) = after(move || throttled(long)).await;
        let error = outcome.unwrap_err();
        assert_eq!((error.attempts(), waits), (1, vec![]), "{long}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)), "{long}");
        assert!(error.is_retryable());
        let text = error.to_string();
        assert!(text.starts_with("getThing failed: the server answered 429 Too Many Requests and asks "), "{text}");
        assert!(text.contains(said), "{text}");
    }
}

#[tokio::test]
async fn a_longer_wait_takes_a_longer_cap_and_the_time_for_it() {
    let (client, clock, requests) = client_with(|attempt| match attempt {
        0 => throttled("3600"),
        _ => Ok(answer(200, THING)),
    });
    let patient = RetryPolicy::default().cap(Duration::from_secs(3600));
    // The call may take five minutes in all: that is known at once.
    let error = get_thing(&client).retry(patient).await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after(), clock.waits()), (1, Some(Duration::from_secs(3600)), vec![]));
    assert_eq!(requests.lock().unwrap().len(), 1);
    let (client, clock, _) = client_with(|attempt| match attempt {
        0 => throttled("3600"),
        _ => Ok(answer(200, THING)),
    });
    let call = get_thing(&client).retry(patient).timeout(Duration::from_secs(4000));
    call.await.unwrap();
    assert_eq!(clock.seconds(), [3600.0]);
}

#[tokio::test]
async fn an_error_has_the_wait_of_the_last_answer() {
    let (client, _, _) = client_with(|attempt| match attempt {
        0 => throttled("7"),
        _ => Ok(answer(503, "")),
    });
    assert_eq!(get_thing(&client).await.unwrap_err().retry_after(), None);
    let (client, _, _) = client_with(|_| throttled("7"));
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (4, Some(Duration::from_secs(7))));
}

#[tokio::test]
async fn a_wait_that_makes_no_sense_is_passed_over() {
    for odd in ["", "soon", "-1", "1.5", "Sat, 05 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        assert_eq!(waits_for(odd).await, [0.4], "{odd}");
    }
}

#[tokio::test]
async fn only_what_may_be_repeated_is_repeated() {
    let idempotent = [
        (Method::GET, None, true),
        (Method::from_bytes(b"QUERY").unwrap(), None, true),
        (Method::from_bytes(b"COPY").unwrap(), None, false),
        (Method::HEAD, None, true),
        (Method::PUT, None, true),
        (Method::DELETE, None, true),
        (Method::POST, None, false),
        (Method::PATCH, None, false),
        (Method::POST, Some(true), true),
        (Method::GET, Some(false), false),
    ];
    for (method, says, repeated) in idempotent {
        let (client, _, requests) = client_with(|_| Ok(answer(503, "")));
        let mut request = crate::runtime::request::Request::new(method.clone(), "/things");
        says.into_iter().for_each(|says| request.idempotent(says));
        let error = Call::<GetThing>::new(&client, request).await.unwrap_err();
        assert!(error.is_retryable());
        assert_eq!(requests.lock().unwrap().len(), if repeated { 4 } else { 1 }, "{method} {says:?}");
    }
}

#[tokio::test]
async fn the_ids_are_those_of_the_call() {
    let (client, _, requests) = client_with(|attempt| match attempt {
        0 | 2 => Ok(answer(500, "")),
        _ => Ok(answer(200, THING)),
    });
    let first = get_thing_fresh(&client).send().await.unwrap();
    let second = get_thing_fresh(&client).send().await.unwrap();
    let requests = requests.lock().unwrap();
    for name in ["X-Request-Id", "X-Correlation-Id"] {
        let ids: Vec<_> = requests.iter().map(|(_, headers)| headers[name].to_str().unwrap()).collect();
        assert_eq!((ids[0], ids[2]), (ids[1], ids[3]), "{name}");
        assert_ne!(ids[0], ids[2], "{name}");
    }
    assert_ne!(first.request_id(), second.request_id());
    assert_eq!(requests[3].1["X-Request-Id"], second.request_id().unwrap().to_string());
}

#[tokio::test]
async fn a_call_can_have_a_policy_of_its_own() {
    let (client, clock, _) = client_with(|_| Ok(answer(503, "")));
    let error = get_thing(&client).retry(RetryPolicy::none()).await.unwrap_err();
    assert_eq!((error.attempts(), clock.waits()), (1, vec![]));
    assert!(error.to_string().starts_with("getThing failed: the server"), "{error}");

    let policy = RetryPolicy::default().retries(5).base(Duration::from_secs(2)).cap(Duration::from_secs(10));
    let error = get_thing(&client).retry(policy).await.unwrap_err();
    assert_eq!(error.attempts(), 6);
    assert_eq!(clock.seconds(), [1.0, 2.0, 4.0, 5.0, 5.0]);
}

#[test]
fn no_wait_is_too_long_to_be_counted() {
    let policy = RetryPolicy::default().retries(u32::MAX).base(Duration::MAX).cap(Duration::MAX);
    assert_eq!(policy.wait(u32::MAX - 1, None, 1.0), Some(Duration::MAX));
    assert_eq!(policy.wait(u32::MAX, None, 1.0), None);
    assert_eq!(RetryPolicy::default().wait(2, None, 0.0), Some(Duration::ZERO));
}

#[test]
fn the_back_off_is_spread_over_its_whole_length() {
    let numbers: Vec<_> = (0..1000).map(|_| retry::random()).collect();
    assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
    let mean = numbers.iter().sum::<f64>() / 1000.0;
    assert!((0.4..0.6).contains(&mean), "{mean}");
}

#[tokio::test]
async fn a_call_that_the_server_knows_again_is_tried_again() {
    let sent = |name: Option<&'static str>, method: Method| async move {
        let (builder, requests) = builder_that(|| Ok(answer(503, "")));
        let client = builder.idempotency_key(name).build().unwrap();
        let call = Call::<GetThing>::new(&client, Request::new(method, "/things"));
        call.await.unwrap_err();
        let requests = requests.lock().unwrap();
        let ids = requests.iter().map(|(_, headers)| Some(headers.get("X-Once")?.to_str().unwrap().to_owned()));
        ids.collect::<Vec<_>>()
    };
    let ids = sent(Some("X-Once"), Method::POST).await;
    assert!(ids.len() == 4 && ids.iter().all(|id| id.is_some() && *id == ids[0]), "{ids:?}");
    let id: uuid::Uuid = ids[0].as_deref().unwrap().parse().unwrap();
    assert_eq!(id.get_version_num(), 7);
    assert_ne!(sent(Some("X-Once"), Method::POST).await[0], ids[0]);
    assert_eq!(sent(Some("X-Once"), Method::GET).await, [const { None }; 4]);
    assert_eq!(sent(None, Method::POST).await, [None]);
    let (builder, _) = builder_that(|| Ok(answer(503, "")));
    let error = builder.idempotency_key("no name").build().unwrap_err().to_string();
    assert!(error.contains("\"no name\" is no name of a header"), "{error}");
}
