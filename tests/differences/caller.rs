//! A program that does with the client of the project's own description whatever a caller can.

#![allow(deprecated, dead_code, reason = "it is only compiled")]

use edited::credentials::{AppAndUser, AppOnly};
use edited::operations::invoices::{Summary, SummaryError, SummaryHeaders};
use edited::types::{
    Fault, FaultCode, InvoiceSummary, InvoiceSummaryDetail, InvoiceType, Link, LinkHeader, ResourceAttributes,
    ResourceLinks, ThrottlingFault,
};
use edited::{Call, Client, DateTime, Decimal, JsonValue, Maybe, Server, Uuid};
use std::collections::BTreeMap;

fn main() {}

async fn call(client: &Client, id: Uuid, text: String) -> Option<InvoiceSummary> {
    let call: Call<'_, Summary> = client.invoices().summary();
    let call = call.request_id(id.clone()).correlation_id(id);
    let answer = call.contract_version(&text).locale(&text).application(&text).await;
    match answer {
        Ok(summary) => Some(summary),
        Err(error) => {
            tell(error.api()?);
            None
        }
    }
}

fn tell(error: &SummaryError) -> Option<&Fault> {
    match error {
        SummaryError::BadRequest(fault)
        | SummaryError::Unauthorized(fault)
        | SummaryError::Forbidden(fault)
        | SummaryError::NotFound(fault)
        | SummaryError::MethodNotAllowed(fault)
        | SummaryError::NotAcceptable(fault)
        | SummaryError::RequestTimeout(fault)
        | SummaryError::Conflict(fault)
        | SummaryError::PreconditionFailed(fault)
        | SummaryError::InternalServerError(fault)
        | SummaryError::NotImplemented(fault)
        | SummaryError::BadGateway(fault)
        | SummaryError::ServiceUnavailable(fault)
        | SummaryError::GatewayTimeout(fault) => Some(fault),
        SummaryError::TooManyRequests(throttled) => {
            let _: (&ThrottlingFault, &Option<i32>, &Option<String>) =
                (throttled, &throttled.status_code, &throttled.message);
            None
        }
        _ => None,
    }
}

fn headers(headers: SummaryHeaders) -> [Option<String>; 3] {
    let _: [Option<Uuid>; 2] = [headers.request_id, headers.correlation_id];
    let _: Option<i32> = headers.retry_after;
    [headers.cv, headers.server_id, headers.www_authenticate]
}

fn fault(code: FaultCode) -> Fault {
    let mut fault = Fault::new(code);
    let _: [&mut Option<String>; 5] = [
        &mut fault.description,
        &mut fault.source,
        &mut fault.message,
        &mut fault.error_name,
        &mut fault.error_message_extended,
    ];
    let _: (&Maybe<Vec<String>>, &Option<bool>) = (&fault.data, &fault.is_retryable);
    let _: &Option<BTreeMap<String, JsonValue>> = &fault.parameters;
    match &fault.code {
        FaultCode::String(text) => drop(text.len()),
        FaultCode::Number(number) => drop(number.abs()),
        _ => {}
    }
    fault
}

fn summary(amount: Decimal) -> InvoiceSummary {
    let mut summary = InvoiceSummary::new(amount, "USD");
    let _: (&Decimal, &String) = (&summary.balance_amount, &summary.currency_code);
    let _: (&Maybe<String>, &Option<Decimal>) = (&summary.currency_symbol, &summary.last_payment_amount);
    let _: [&Option<DateTime>; 4] = [
        &summary.accounting_date,
        &summary.first_invoice_creation_date,
        &summary.last_payment_date,
        &summary.latest_invoice_date,
    ];
    let _: &Maybe<Vec<InvoiceSummaryDetail>> = &summary.details;
    summary.links = Some(links());
    summary.attributes = Some(attributes());
    summary
}

fn detail(amount: Decimal) -> InvoiceSummaryDetail {
    let mut detail = InvoiceSummaryDetail::default();
    detail.invoice_type = Some(InvoiceType::Recurring);
    detail.summary = Some(summary(amount));
    detail
}

fn kind(kind: &InvoiceType) -> &str {
    match kind {
        InvoiceType::Recurring => "a",
        InvoiceType::OneTime => "b",
        InvoiceType::Unknown(text) => text,
        _ => "c",
    }
}

fn links() -> ResourceLinks {
    let mut header = LinkHeader::default();
    header.key = header.value.clone();
    let mut link = Link::default();
    let _: Maybe<Vec<LinkHeader>> = link.headers.clone();
    link.uri = link.method.clone();
    let mut links = ResourceLinks::default();
    links.self_ = Some(link.clone());
    links.next = Some(link.clone());
    links.previous = Some(link);
    links
}

fn attributes() -> ResourceAttributes {
    let mut attributes = ResourceAttributes::default();
    attributes.object_type = attributes.etag.clone();
    attributes
}

fn sign_in(server: Server) -> (AppOnly, AppAndUser, &'static str, &'static str) {
    let copy = server;
    let server = match server {
        Server::Global | Server::China | Server::Germany | Server::UsGovernment => copy,
        _ => Server::Global,
    };
    let user = AppAndUser::new(server, "tenant", "id", "secret", "token");
    (AppOnly::new(server, "tenant", "id", "secret"), user, server.url(), server.authority())
}
