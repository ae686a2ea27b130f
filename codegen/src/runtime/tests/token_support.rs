//! An API and a token service behind one transport, without a network.

use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use super::fake_clock::FakeClock;
use super::http_support::{Answer, answer, base_url};
use crate::runtime::base_url::BaseUrl;
use crate::runtime::body::Body;
use crate::runtime::client::Client;
use crate::runtime::credential::Credential;
use crate::runtime::oauth2::{ClientCredentials, RefreshToken};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{BoxFuture, Transport};

/// With characters that a form, HTML and JSON spell in other ways.
pub const SECRET: &str = "canary-secret~&<\"é +/";
pub const REFRESH: &str = "canary-refresh.0";
pub const ACCESS: &str = "canary-access";

/// What was asked, as text: `POST https://… body`, or `GET https://… authorization`.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>, Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// The bodies of the token requests.
    pub fn asked(&self) -> Vec<String> {
        self.of("POST https://login.example.com/t/token ")
    }

    /// The credentials of the calls.
    pub fn called(&self) -> Vec<String> {
        self.of("GET https://api.example.com/things ")
    }

    /// The ids of the tasks that the token requests belong to.
    pub fn tasks(&self) -> Vec<String> {
        self.1.lock().unwrap().clone()
    }

    fn of(&self, start: &str) -> Vec<String> {
        self.lines().iter().filter_map(|line| Some(line.strip_prefix(start)?.to_owned())).collect()
    }
}

/// Gets the number of the request at that place, from 0 on.
type Script = Box<dyn Fn(usize) -> Answer + Send + Sync>;

pub struct Desk {
    pub log: Log,
    tokens: Script,
    api: Script,
    /// Without one, tokens are given at once.
    gate: Option<Arc<Notify>>,
}

impl Desk {
    pub fn new(
        tokens: impl Fn(usize) -> Answer + Send + Sync + 'static,
        api: impl Fn(usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self { log: Log::default(), tokens: Box::new(tokens), api: Box::new(api), gate: None }
    }

    /// Gives each token when `gate` lets it through.
    pub fn behind(mut self, gate: &Arc<Notify>) -> Self {
        self.gate = Some(gate.clone());
        self
    }
}

impl Transport for Desk {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Answer> {
        let (head, body) = request.into_parts();
        let is_token = head.uri.host() == Some("login.example.com");
        let said = match head.headers.get("authorization") {
            Some(value) => value.to_str().unwrap().to_owned(),
            None => String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap(),
        };
        let task = head.headers.get("x-task").map(|value| value.to_str().unwrap().to_owned());
        self.log.1.lock().unwrap().extend(task);
        let number = if is_token { self.log.asked().len() } else { self.log.called().len() };
        self.log.0.lock().unwrap().push(format!("{} {} {said}", head.method, head.uri));
        Box::pin(async move {
            match &self.gate {
                Some(gate) if is_token => gate.notified().await,
                _ => {}
            }
            if is_token { (self.tokens)(number) } else { (self.api)(number) }
        })
    }
}

pub fn token_url() -> BaseUrl {
    "https://login.example.com/t/token".parse().unwrap()
}

pub fn app() -> ClientCredentials {
    ClientCredentials::new(token_url(), "app 1", SECRET).scope("all/.default")
}

pub fn user() -> RefreshToken {
    RefreshToken::new(token_url(), "app 1", SECRET, REFRESH)
}

/// A client without retries and time limits.
pub fn client(credential: impl Into<Credential>, desk: Desk, clock: FakeClock) -> Client {
    Client::builder(base_url())
        .credential(credential)
        .transport(desk)
        .clock(clock)
        .retry(RetryPolicy::none())
        .attempt_timeout(None)
        .total_timeout(None)
        .build()
        .unwrap()
}

/// A token with the number in it, that lasts an hour.
pub fn token(number: usize) -> Answer {
    Ok(answer(
        200,
        format!(r#"{{"token_type":"Bearer","expires_in":3600,"access_token":"{ACCESS}{number}","ext":null}}"#),
    ))
}

pub fn thing(_: usize) -> Answer {
    Ok(answer(200, r#"{"name": "a"}"#))
}
