//! One exchange with a client of a fixture, without a network: what goes out, byte for byte, and what
//! comes back. For the `uses.rs` of fixtures, which call the client's crate `client`.

#![allow(dead_code, reason = "no fixture needs all of it")]

use std::sync::{Arc, Mutex};

use client::http::{Request, Response};
use client::{Body, BoxFuture, Client, Transport, TransportError};

use crate::client;

/// What was sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent {
    /// `POST /cats`
    pub line: String,
    /// The path and the query.
    pub target: String,
    /// Names, in lower case, and values.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Sent {
    /// The value of a header, which is there once or not at all.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values: Vec<_> = self.headers.iter().filter(|(other, _)| other == name).collect();
        assert!(values.len() <= 1, "{values:?}");
        values.first().map(|(_, value)| value.as_str())
    }
}

/// A server that always answers the same.
#[derive(Clone, Default)]
pub struct Server {
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Server {
    /// One that has nothing to say.
    pub fn quiet() -> Self {
        Self::default()
    }

    pub fn client(&self) -> Client {
        let url = "https://api.example.com".parse::<client::BaseUrl>().expect("a URL");
        Client::builder(url).transport(self.clone()).build().expect("a client")
    }

    /// The only request that came.
    pub fn sent(&self) -> Sent {
        let sent = self.sent.lock().expect("no test panicked with it");
        assert_eq!(sent.len(), 1);
        sent[0].clone()
    }
}

impl Transport for Server {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let text = |value: &client::http::HeaderValue| value.to_str().expect("text").to_owned();
        let body = request.body().as_bytes().expect("all of it").to_vec();
        let sent = Sent {
            line: format!("{} {}", request.method(), request.uri().path()),
            target: request.uri().path_and_query().expect("a path").to_string(),
            headers: request.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: String::from_utf8(body).expect("UTF-8"),
        };
        self.sent.lock().expect("no test panicked with it").push(sent);
        let mut response = Response::new(Body::empty());
        *response.status_mut() = client::http::StatusCode::NO_CONTENT;
        Box::pin(std::future::ready(Ok(response)))
    }
}
