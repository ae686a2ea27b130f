//! What the public types can do, as far as the compiler can tell. Nothing here is run.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::sync::Arc;

use generated_client::operations::invoices::{Invoices, SummaryHeaders};
use generated_client::types::*;
use generated_client::*;

fn thread_safe<T: Send + Sync + Unpin>() {}
fn value<T: Clone + Debug + PartialEq + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static>() {}
fn handle<T: Clone + Debug + Send + Sync + 'static>() {}
fn key<T: Clone + Debug + Eq + Hash + Send + Sync + 'static>() {}
fn ordered<T: Ord + Hash + Display + std::str::FromStr>() {}
fn error<T: StdError + Send + Sync + 'static>() {}
fn sendable<T: Send>(_: &T) {}

#[test]
fn the_public_types_can_be_used_as_one_expects() {
    value::<Fault>();
    value::<FaultCode>();
    value::<InvoiceSummary>();
    value::<InvoiceSummaryDetail>();
    value::<InvoiceType>();
    value::<Link>();
    value::<LinkHeader>();
    value::<ResourceAttributes>();
    value::<ResourceLinks>();
    value::<ThrottlingFault>();
    value::<Decimal>();
    value::<DateTime>();
    value::<Uuid>();
    value::<JsonValue>();
    handle::<Client>();
    handle::<BearerToken>();
    handle::<Credential>();
    handle::<ReqwestTransport>();
    handle::<Response<InvoiceSummary>>();
    handle::<SummaryHeaders>();
    handle::<operations::invoices::SummaryError>();
    handle::<Invoices<'static>>();
    handle::<Maybe<String>>();
    key::<InvoiceType>();
    key::<BaseUrl>();
    key::<generated_client::Server>();
    key::<TransportErrorKind>();
    error::<Error<operations::invoices::SummaryError>>();
    error::<BaseUrlError>();
    error::<BuildError>();
    error::<RequestError>();
    error::<TransportError>();
    error::<Unreadable>();
    error::<Mismatch>();
    error::<JsonError>();
    error::<SpellingError>();
    thread_safe::<ClientBuilder>();
    thread_safe::<Body>();
    thread_safe::<Call<'static, operations::invoices::Summary>>();
    thread_safe::<Box<dyn Transport>>();
    thread_safe::<Arc<dyn Transport>>();
    ordered::<DateTime>();
    ordered::<Decimal>();
    ordered::<Uuid>();
}

#[test]
fn calls_can_be_awaited_on_any_thread() {
    let client = super::client(generated_client::Server::Global.into());
    sendable(&client.invoices().summary().into_future());
    sendable(&client.invoices().summary().send());
}

#[test]
fn an_error_costs_a_successful_call_no_space() {
    assert_eq!(size_of::<Error<operations::invoices::SummaryError>>(), size_of::<usize>());
}
