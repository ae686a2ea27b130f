//! The client that blocks.

use std::panic;
use std::thread;

use super::http_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::blocking::{Blocking, Client};
use crate::runtime::body::Body;
use crate::runtime::call::Call;
use crate::runtime::credential::BearerToken;
use crate::runtime::request::Request;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{BoxFuture, Transport};

const THING: &str = r#"{"name": "a"}"#;

fn blocking(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Client {
    builder_that(answer).0.build_blocking().unwrap()
}

fn get(client: &Client) -> Call<'_, GetThing, Blocking> {
    Call::new(client, Request::new(http::Method::GET, "/things"))
}

#[test]
fn a_call_blocks_until_it_is_done() {
    let client = blocking(|| Ok(answer(200, THING)));
    let response = get(&client).send().unwrap();
    assert_eq!((response.name.as_str(), response.status().as_u16()), ("a", 200));
    let error = get(&blocking(|| Ok(answer(503, "busy")))).retry(RetryPolicy::none()).send().unwrap_err();
    assert_eq!((error.attempts(), &error.body().unwrap()[..]), (1, &b"busy"[..]));
}

#[tokio::test]
async fn a_call_blocks_in_an_async_program_too() {
    let client = blocking(|| Ok(answer(200, THING)));
    assert_eq!(get(&client).send().unwrap().name, "a");
    drop(client);
}

#[test]
fn threads_share_a_client() {
    fn check<T: Send + Sync + std::fmt::Debug>() {}
    check::<Client>();
    let client = blocking(|| Ok(answer(200, THING)));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(get(&client.clone()).send().unwrap().name, "a"));
        }
    });
}

#[test]
fn a_connection_and_a_time_limit_need_no_runtime_of_the_caller() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let url = BaseUrl::try_from(url.as_str()).unwrap();
    let client = Client::new(url, BearerToken::new(CANARY)).unwrap();
    // Connected, but never answered.
    let error = get(&client).timeout(std::time::Duration::from_millis(20)).send().unwrap_err();
    assert!(error.to_string().contains("the call may take 20ms in all"), "{error}");
}

struct Panics;

impl Transport for Panics {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Answer> {
        Box::pin(async { panic::resume_unwind(Box::new("quiet")) })
    }
}

#[test]
fn a_transport_that_panics_is_an_error() {
    let client = Client::builder(base_url()).transport(Panics).build_blocking().unwrap();
    let error = get(&client).send().unwrap_err().to_string();
    assert!(error.starts_with("getThing failed: the connection to https://api.example.com broke off"), "{error}");
}
