//! A transport of the caller's own.

use generated_client::{Body, BoxFuture, Client, Server, Transport, TransportError, http};

struct Echo;

impl Transport for Echo {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let body = format!(r#"{{"balanceAmount": 0, "currencyCode": "{}"}}"#, request.uri());
            Ok(http::Response::new(Body::from(body)))
        })
    }
}

pub fn main() {
    let client = Client::builder(Server::China).transport(Echo).build().expect("a client");
    let call = client.invoices().summary();
    let balance = async { call.await.map(|summary| summary.balance_amount.clone()) };
    drop(balance);
}
