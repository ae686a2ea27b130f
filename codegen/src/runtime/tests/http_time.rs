//! Time limits, and what is left of a call that is dropped.

use std::future::pending;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http_body::Frame;

use super::fake_clock::FakeClock;
use super::http_support::*;
use crate::runtime::body::Body;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::error::ErrorKind;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// Never answers; counts the requests, and those that were dropped.
#[derive(Clone, Default)]
struct Silent {
    sent: Arc<AtomicUsize>,
    dropped: Arc<AtomicUsize>,
}

struct OnDrop(Arc<AtomicUsize>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Transport for Silent {
    fn send(&self, _request: http::Request<Body>) -> BoxFuture<'_, Answer> {
        self.sent.fetch_add(1, Ordering::SeqCst);
        let guard = OnDrop(self.dropped.clone());
        Box::pin(async move {
            pending::<()>().await;
            drop(guard);
            Ok(answer(200, ""))
        })
    }
}

fn silent(clock: &FakeClock) -> (ClientBuilder, Silent) {
    let transport = Silent::default();
    let builder = Client::builder(base_url()).transport(transport.clone()).clock(clock.clone()).random(|| 0.5);
    (builder, transport)
}

/// Its first piece is there; the second one never comes.
struct Half(Option<&'static str>);

impl http_body::Body for Half {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match self.0.take() {
            Some(text) => Poll::Ready(Some(Ok(Frame::data(Bytes::from(text))))),
            None => Poll::Pending,
        }
    }
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_tried_again() {
    let clock = FakeClock::new();
    let (builder, transport) = silent(&clock);
    let client = builder.attempt_timeout(Duration::from_secs(7)).build().unwrap();
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!(clock.seconds(), [7.0, 0.4, 7.0, 0.8, 7.0, 1.6, 7.0]);
    assert_eq!(transport.dropped.load(Ordering::SeqCst), 4);
    assert!(matches!(error.kind(), ErrorKind::Transport(cause) if cause.kind() == TransportErrorKind::Timeout));
    let beginning = "getThing failed after 4 attempts: https://api.example.com did not answer in time: \
                     an attempt may take 7s; request id ";
    assert!(error.to_string().starts_with(beginning), "{error}");
}

#[tokio::test]
async fn a_call_ends_with_its_total_time() {
    let clock = FakeClock::new();
    let (builder, _) = silent(&clock);
    let client =
        builder.attempt_timeout(Duration::from_secs(7)).total_timeout(Duration::from_secs(10)).build().unwrap();
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!(clock.waits().iter().sum::<Duration>(), Duration::from_secs(10));
    assert_eq!(error.attempts(), 2);
    assert!(error.to_string().contains("did not answer in time: the call may take 10s in all"), "{error}");

    let clock = FakeClock::new();
    let (builder, _) = silent(&clock);
    let error = get_thing(&builder.build().unwrap()).timeout(Duration::from_secs(3)).await.unwrap_err();
    assert_eq!((error.attempts(), clock.seconds()), (1, vec![3.0]));
}

#[tokio::test]
async fn a_wait_that_would_take_too_long_is_not_begun() {
    let clock = FakeClock::new();
    let (builder, _) = builder_that(|| {
        let mut throttled = answer(429, "slow down");
        throttled.headers_mut().insert("Retry-After", "20".parse().unwrap());
        Ok(throttled)
    });
    let client = builder.clock(clock.clone()).total_timeout(Duration::from_secs(40)).build().unwrap();
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!((error.attempts(), clock.seconds()), (2, vec![20.0]));
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.body().unwrap(), "slow down");
    assert!(error.to_string().contains("after 2 attempts: the server answered 429"), "{error}");
}

#[tokio::test]
async fn by_default_no_call_takes_longer_than_five_minutes() {
    let clock = FakeClock::new();
    let (builder, _) = silent(&clock);
    let error = get_thing(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!(clock.seconds(), [120.0, 0.4, 120.0, 0.8, 58.8]);
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn a_body_that_stops_coming_is_kept_so_far() {
    let (builder, _) = builder_that(|| Ok(answer(404, Body::new(Half(Some("not her"))))));
    let client = builder.attempt_timeout(Duration::from_secs(7)).build().unwrap();
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!(error.attempts(), 1, "the server has said no");
    assert_eq!((error.status().unwrap().as_u16(), &error.body().unwrap()[..]), (404, &b"not her"[..]));
    assert!(
        error.to_string().contains(
            "the server answered 404 Not Found (not her), but no more than 7 bytes of the body came in \
             time: an attempt may take 7s"
        ),
        "{error}"
    );
    let (builder, _) = builder_that(|| Ok(answer(200, Body::new(Half(Some("{"))))));
    let error = get_thing(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (3, true));
}

#[tokio::test]
async fn a_client_can_do_without_limits() {
    let clock = FakeClock::new();
    let (builder, _) = silent(&clock);
    let client = builder.attempt_timeout(None).total_timeout(None).build().unwrap();
    let mut call = pin!(get_thing(&client).send());
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(clock.waits(), [Duration::ZERO; 0]);
}

#[test]
fn a_call_that_is_dropped_ends_at_once() {
    let clock = FakeClock::up_to(Duration::ZERO);
    let (builder, transport) = silent(&clock);
    let client = builder.build().unwrap();
    let mut call = Box::pin(get_thing(&client).send());
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(transport.dropped.load(Ordering::SeqCst), 0);
    drop(call);
    assert_eq!(transport.dropped.load(Ordering::SeqCst), 1);

    // During the wait before the next attempt.
    let (builder, requests) = builder_that(|| Ok(answer(503, "")));
    let client = builder.clock(clock.clone()).random(|| 0.5).build().unwrap();
    let mut call = Box::pin(get_thing(&client).send());
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(call);
    assert_eq!((requests.lock().unwrap().len(), clock.waits()), (1, vec![]));
}

#[cfg(not(feature = "reqwest"))]
#[tokio::test]
async fn without_a_clock_there_are_neither_retries_nor_limits() {
    let client = || Client::builder(base_url()).transport(Silent::default());
    let limited = [
        client().retry(RetryPolicy::default()),
        client().attempt_timeout(Duration::from_secs(1)),
        client().total_timeout(Duration::from_secs(1)),
    ];
    for builder in limited {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.ends_with("or give one to `ClientBuilder::clock`"), "{error}");
    }
    client().retry(RetryPolicy::none()).attempt_timeout(None).total_timeout(None).build().unwrap();
    let client = client().build().unwrap();
    let error = get_thing(&client).timeout(Duration::from_secs(1)).await.unwrap_err();
    assert!(error.to_string().contains("retries and time limits need a clock"), "{error}");
    let error = get_thing(&client).retry(RetryPolicy::default()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
}

#[cfg(feature = "reqwest")]
#[tokio::test(start_paused = true)]
async fn the_clock_of_this_crate_is_that_of_tokio() {
    let transport = Silent::default();
    let client = Client::builder(base_url()).transport(transport.clone()).retry(RetryPolicy::none()).build();
    let start = tokio::time::Instant::now();
    get_thing(&client.unwrap()).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 120);
    assert_eq!(transport.sent.load(Ordering::SeqCst), 1);
}
