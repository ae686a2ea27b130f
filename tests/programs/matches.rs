//! What can grow is matched with a last arm for what is not known yet.

use generated_client::operations::invoices::SummaryError;
use generated_client::types::InvoiceType;
use generated_client::{ErrorKind, Maybe, TransportErrorKind};

fn label(invoice_type: &InvoiceType) -> &str {
    match invoice_type {
        InvoiceType::Recurring => "every month",
        InvoiceType::OneTime => "once",
        other => other.as_str(),
    }
}

fn may_try_again(kind: &ErrorKind<SummaryError>) -> bool {
    match kind {
        ErrorKind::Api(SummaryError::TooManyRequests(_) | SummaryError::ServiceUnavailable(_)) => true,
        ErrorKind::Api(SummaryError::InternalServerError(fault)) => fault.is_retryable.unwrap_or(true),
        ErrorKind::Transport(error) => error.kind() == TransportErrorKind::Connect,
        _ => false,
    }
}

fn presence(symbol: &Maybe<String>) -> &str {
    match symbol {
        Maybe::Absent => "absent",
        Maybe::Null => "null",
        Maybe::Value(symbol) => symbol,
    }
}

pub fn main() {
    assert_eq!(label(&InvoiceType::from("Recurring")), "every month");
    assert_eq!(label(&InvoiceType::from("perpetual")), "perpetual");
    assert_eq!(presence(&Maybe::Null), "null");
    let _ = may_try_again;
}
