//! A transport of the caller's own.

use std::sync::{Arc, Mutex};

use generated_client::{Body, BoxFuture, Server as Cloud, Transport, TransportError, TransportErrorKind, http};

use super::*;

/// Answers from memory, and keeps what it was asked.
#[derive(Default)]
struct Memory {
    requests: Mutex<Vec<String>>,
    failure: Option<TransportErrorKind>,
}

impl Transport for Memory {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        assert!(request.body().as_bytes().is_some_and(|bytes| bytes.is_empty()));
        self.requests.lock().expect("no panic").push(format!("{} {}", request.method(), request.uri()));
        let answer = match self.failure {
            Some(kind) => Err(TransportError::new(kind, "the cable is out")),
            None => Ok(http::Response::new(Body::from(SMALL))),
        };
        Box::pin(async { answer })
    }
}

#[tokio::test]
async fn a_transport_can_be_brought_along() {
    for (cloud, origin) in [
        (Cloud::Global, "https://api.partnercenter.microsoft.com"),
        (Cloud::China, "https://partner.partnercenterapi.microsoftonline.cn"),
        (Cloud::Germany, "https://api.partnercenter.microsoft.com"),
        (Cloud::UsGovernment, "https://api.partnercenter.microsoft.com"),
    ] {
        let memory = Arc::new(Memory::default());
        let client = Client::builder(cloud).transport(Arc::clone(&memory)).build().expect("a client");
        assert_eq!(summary(&client).await.expect("an answer").currency_code, "USD");
        let requests = memory.requests.lock().expect("no panic").clone();
        assert_eq!(requests, [format!("GET {origin}/v1/invoices/summary")]);
    }
}

#[tokio::test]
async fn a_transport_behind_a_pointer_is_a_transport() {
    let transport: Arc<dyn Transport> = Arc::new(Memory::default());
    let client = Client::builder(Cloud::Global).transport(transport).build().expect("a client");
    summary(&client).await.expect("an answer");
}

#[tokio::test]
async fn the_failure_of_a_transport_is_told() {
    for (kind, expected) in [
        (TransportErrorKind::Connect, "cannot connect to https://api.partnercenter.microsoft.com: the cable is out"),
        (TransportErrorKind::Tls, "cannot connect to https://api.partnercenter.microsoft.com: the cable is out"),
        (
            TransportErrorKind::Timeout,
            "https://api.partnercenter.microsoft.com did not answer in time: the cable is out",
        ),
        (
            TransportErrorKind::Protocol,
            "https://api.partnercenter.microsoft.com answered what cannot be read as HTTP: the cable is out",
        ),
        (
            TransportErrorKind::Other,
            "the connection to https://api.partnercenter.microsoft.com broke off before there was an answer: the \
             cable is out",
        ),
    ] {
        let memory = Memory { failure: Some(kind), ..Memory::default() };
        let builder = Client::builder(Cloud::Global).transport(memory).retry(RetryPolicy::none());
        let client = builder.build().expect("a client");
        assert_eq!(sentence(&summary(&client).await.expect_err("the call fails")), expected);
    }
}
