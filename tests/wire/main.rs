//! The client as the network sees it: every test calls a server on this machine over a real socket, and
//! looks at the bytes that go out, or at what the caller gets for the bytes that come back.
//!
//! A sentence that an error shows is here in full: it is what an operator has to go by.

mod connections;
mod delivery;
mod errors;
mod requests;
mod responses;
mod secrets;
mod transports;
mod types;

use client_tests::server::{self, Server};
use client_tests::transport::TRANSPORT;
use client_tests::{Exchange, documented, exchange};
use generated_client::operations::invoices::{Summary, SummaryError};
use generated_client::types::InvoiceSummary;
use generated_client::{BaseUrl, BearerToken, Call, Client, ClientBuilder, Error, Response, RetryPolicy, Uuid};

/// The ids of the documented exchange.
const REQUEST_ID: &str = "a45e6643-1caf-4429-8f90-07c03d85bc2b";
const CORRELATION_ID: &str = "57eb2ca7-755f-450f-9187-eae1e75a0114";

/// A token that must not appear anywhere but in the `Authorization` header.
const CANARY: &str = "canary-4f1d9c";

/// The smallest summary.
const SMALL: &str = r#"{"balanceAmount": 1, "currencyCode": "USD"}"#;

type Answer = Result<Response<InvoiceSummary>, Error<SummaryError>>;

fn id(text: &str) -> Uuid {
    text.parse().expect("a UUID")
}

fn builder(server: BaseUrl) -> ClientBuilder {
    let builder = Client::builder(server).credential(BearerToken::new(CANARY)).transport(TRANSPORT.clone());
    // One request, one answer: how calls are repeated is tested with the support code.
    builder.retry(RetryPolicy::none())
}

fn client(server: BaseUrl) -> Client {
    builder(server).build().expect("a client")
}

/// The documented call, with the documented ids.
fn summary(client: &Client) -> Call<'_, Summary> {
    client.invoices().summary().request_id(id(REQUEST_ID)).correlation_id(id(CORRELATION_ID))
}

async fn call(server: &Server) -> Answer {
    summary(&client(server.url())).send().await
}

async fn failure(server: &Server) -> Error<SummaryError> {
    call(server).await.expect_err("the call fails")
}

/// The sentence of an error, without the operation at its beginning and the documented ids at its end.
fn sentence(error: &Error<SummaryError>) -> String {
    let text = error.to_string();
    let ids = format!("; request id {REQUEST_ID}, correlation id {CORRELATION_ID}");
    let sentence = text.strip_prefix("getInvoiceSummary failed: ").and_then(|text| text.strip_suffix(&ids));
    sentence.unwrap_or_else(|| panic!("the operation and the ids are missing: {text}")).to_owned()
}
