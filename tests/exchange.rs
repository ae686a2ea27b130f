//! One exchange with a client of a fixture, without a network: what goes out, byte for byte, and what
//! comes back. For the `uses.rs` of fixtures, which call the client's crate `client`.

#![allow(dead_code, reason = "no fixture needs all of it")]

use std::sync::{Arc, Mutex};

use client::http::{Request, Response};
use client::{Body, BoxFuture, Client, ClientBuilder, Transport, TransportError};

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
    /// How long the body says it is.
    pub length: Option<u64>,
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
#[derive(Clone)]
pub struct Server {
    status: u16,
    content_type: Option<&'static str>,
    body: &'static [u8],
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Server {
    /// One that has nothing to say.
    pub fn quiet() -> Self {
        Self::saying(204, None, b"")
    }

    pub fn saying(status: u16, content_type: impl Into<Option<&'static str>>, body: &'static [u8]) -> Self {
        Self { status, content_type: content_type.into(), body, sent: Arc::default() }
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    pub fn builder(&self) -> ClientBuilder {
        let url = "https://api.example.com".parse::<client::BaseUrl>().expect("a URL");
        Client::builder(url).transport(self.clone())
    }

    /// How many requests came.
    pub fn count(&self) -> usize {
        self.sent.lock().expect("no test panicked with it").len()
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
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let text = |value: &client::http::HeaderValue| value.to_str().expect("text").to_owned();
            let length = body.len();
            let body = body.collect(1 << 20).await.expect("a body");
            let sent = Sent {
                line: format!("{} {}", head.method, head.uri.path()),
                target: head.uri.path_and_query().expect("a path").to_string(),
                headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
                length,
                body: String::from_utf8(body.to_vec()).expect("UTF-8"),
            };
            self.sent.lock().expect("no test panicked with it").push(sent);
            // In pieces, as from a network.
            let mut response = Response::new(Body::from_stream(Pieces(self.body)));
            *response.status_mut() = self.status.try_into().expect("a status");
            if let Some(media_type) = self.content_type {
                response.headers_mut().insert("content-type", media_type.parse().expect("a header"));
            }
            Ok(response)
        })
    }
}

/// Bytes, two at a time.
pub struct Pieces(pub &'static [u8]);

impl futures_core::Stream for Pieces {
    type Item = Result<client::bytes::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let (piece, rest) = self.0.split_at(self.0.len().min(2));
        self.0 = rest;
        std::task::Poll::Ready((!piece.is_empty()).then(|| Ok(client::bytes::Bytes::from_static(piece))))
    }
}
