//! Every public type has a name that a user can write.

#![allow(dead_code, unused_imports)]

use generated_client::operations::invoices::{Invoices, Summary, SummaryError, SummaryHeaders};
use generated_client::types::{
    Fault, FaultCode, InvoiceSummary, InvoiceSummaryDetail, InvoiceType, Link, LinkHeader, ResourceAttributes,
    ResourceLinks, ThrottlingFault,
};
use generated_client::{
    BaseUrl, BaseUrlError, BearerToken, Body, BoxFuture, BuildError, Call, Client, ClientBuilder, Credential, DateTime,
    Decimal, Error, ErrorKind, Format, Json, JsonError, JsonValue, Kind, Maybe, Mismatch, Moment, Operation, Reply,
    RequestError, ReqwestTransport, Response, Server, Spelled, SpellingError, Transport, TransportError,
    TransportErrorKind, Undeclared, Unreadable, Uuid, http,
};

struct Ledger {
    client: Client,
    last: Option<Response<InvoiceSummary>>,
    failure: Option<Error<SummaryError>>,
}

impl Ledger {
    fn prepared(&self) -> Call<'_, Summary> {
        let invoices: Invoices<'_> = self.client.invoices();
        invoices.summary()
    }
}

pub fn main() {}
