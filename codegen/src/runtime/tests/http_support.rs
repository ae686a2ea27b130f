//! A small API to call, and a transport that answers without a network.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method};

use super::fake_clock::FakeClock;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::body::Body;
use crate::runtime::call::{Call, Operation};
use crate::runtime::call_id::CallId;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::credential::BearerToken;
use crate::runtime::error::Error;
use crate::runtime::from_reply::FromReply;
use crate::runtime::json::object;
use crate::runtime::reply::Reply;
use crate::runtime::request::Request;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{BoxFuture, Transport, TransportError};
use crate::runtime::undeclared::Undeclared;
use crate::runtime::unreadable::Unreadable;

pub const REQUEST_ID: &str = "a45e3b52-2a3c-4a6e-8c57-0f7b1e2d3c4b";
pub const CORRELATION_ID: &str = "57eb2ca7-755f-450f-9187-eae1e75a0114";

/// A token that must not appear in anything printable.
pub const CANARY: &str = "canary-0123456789";

#[derive(Clone, Default, PartialEq)]
pub struct Thing {
    pub name: String,
    pub undeclared: Undeclared,
}

object! {
    Thing {
        name: required "name",
        ..undeclared
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ThingError {
    Unauthorized(String),
    NotFound,
}

pub struct GetThing;

impl Operation for GetThing {
    const NAME: &'static str = "getThing";
    const ERRORS: &'static str = "401 404";
    type Output = Thing;
    type Error = ThingError;
}

impl FromReply for ThingError {
    fn from_reply(reply: &Reply) -> Result<Self, Unreadable> {
        match reply.status() {
            401 => reply.json().map(|thing: Thing| Self::Unauthorized(thing.name)),
            404 => reply.empty().map(|()| Self::NotFound),
            _ => Err(reply.undocumented()),
        }
    }
}

/// `GET /things`, with the ids that the test expects.
pub fn get_thing(client: &Client) -> Call<'_, GetThing> {
    let mut call = get_thing_fresh(client);
    call.request.header("X-Request-Id", &REQUEST_ID);
    call.request.header("X-Correlation-Id", &CORRELATION_ID);
    call
}

/// `GET /things`, with ids of its own.
pub fn get_thing_fresh(client: &Client) -> Call<'_, GetThing> {
    let mut request = Request::new(Method::GET, "/things");
    request.accept("application/json");
    request.call_id(CallId::Request, "X-Request-Id");
    request.call_id(CallId::Correlation, "X-Correlation-Id");
    Call::new(client, request)
}

pub fn base_url() -> BaseUrl {
    "https://api.example.com".parse().unwrap()
}

/// A client without retries whose transport answers with `answer`, and what it was asked.
pub fn client_that<F>(answer: F) -> (Client, Requests)
where
    F: Fn() -> Answer + Send + Sync + 'static,
{
    let (builder, requests) = builder_that(answer);
    (builder.retry(RetryPolicy::none()).build().unwrap(), requests)
}

/// The same, still to be built: it retries as it does by default.
pub fn builder_that<F>(answer: F) -> (ClientBuilder, Requests)
where
    F: Fn() -> Answer + Send + Sync + 'static,
{
    builder_at(base_url(), answer)
}

/// The same for another server.
pub fn builder_at<F>(server: BaseUrl, answer: F) -> (ClientBuilder, Requests)
where
    F: Fn() -> Answer + Send + Sync + 'static,
{
    let requests = Requests::default();
    let transport = Canned { answer, requests: requests.clone() };
    let builder = Client::builder(server)
        .credential(BearerToken::new(CANARY))
        .transport(transport)
        .clock(FakeClock::new())
        .max_body_size(1024);
    (builder, requests)
}

pub type Answer = Result<http::Response<Body>, TransportError>;

pub type Requests = Arc<Mutex<Vec<(http::Uri, HeaderMap)>>>;

pub struct Canned<F> {
    pub answer: F,
    pub requests: Requests,
}

impl<F: Fn() -> Answer + Send + Sync> Transport for Canned<F> {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Answer> {
        let (head, _body) = request.into_parts();
        self.requests.lock().unwrap().push((head.uri, head.headers));
        Box::pin(async { (self.answer)() })
    }
}

/// An answer of `status` with `body`.
pub fn answer(status: u16, body: impl Into<Body>) -> http::Response<Body> {
    let mut answer = http::Response::new(body.into());
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
    answer
}

/// What comes of `getThing` when the server answers `status` with `body`.
pub async fn outcome(status: u16, body: impl Into<Vec<u8>>) -> Result<Thing, Error<ThingError>> {
    let body = body.into();
    let (client, _) = client_that(move || Ok(answer(status, body.clone())));
    get_thing(&client).await
}
