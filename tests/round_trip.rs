//! The contract: what the documentation prints is decoded and encoded again, and comes back the same.

use client_tests::{documented, exchange};
use generated_client::types::{InvoiceSummary, InvoiceType};
use generated_client::{Decimal, JsonValue};

fn json(text: &str) -> JsonValue {
    serde_json::from_str(text).expect("JSON")
}

/// A JSON text without the white space between its tokens: what is left is spelling.
fn compact(text: &str) -> String {
    let mut compact = String::new();
    let (mut in_string, mut escaped) = (false, false);
    for sign in text.chars() {
        if in_string || !sign.is_ascii_whitespace() {
            compact.push(sign);
        }
        in_string = if in_string { escaped || sign != '"' } else { sign == '"' };
        escaped = in_string && sign == '\\' && !escaped;
    }
    compact
}

#[test]
fn the_description_has_the_printed_response() {
    assert_eq!(compact(documented::GET_INVOICE_SUMMARY_200_DOCUMENTED), compact(&exchange().body));
}

#[test]
fn the_printed_response_comes_back_to_the_byte() {
    let printed = exchange().body;
    let summary: InvoiceSummary = serde_json::from_str(&printed).expect("the printed response can be read");
    let written = serde_json::to_string(&summary).expect("it can be written");
    assert_eq!(written, compact(&printed));
    assert_eq!(json(&written), json(&printed));
}

#[test]
fn numbers_and_dates_are_as_printed() {
    let summary: InvoiceSummary = serde_json::from_str(&exchange().body).expect("the printed response can be read");
    assert_eq!(summary.balance_amount.to_string(), "751094.39");
    assert_eq!(summary.last_payment_amount.as_ref().map(Decimal::to_string).as_deref(), Some("1000"));
    let accounting = summary.accounting_date.as_ref().expect("a date");
    assert_eq!((accounting.to_string().as_str(), accounting.offset()), ("2018-03-16T00:00:00", None));
    let details = summary.details.value().expect("details");
    let dates: Vec<_> = details.iter().map(|detail| detail.summary.as_ref().expect("a summary")).collect();
    assert!(dates[0].latest_invoice_date.as_ref().is_some_and(|date| date.is_unset()));
    assert!(dates[1].last_payment_date.as_ref().is_some_and(|date| date.is_unset()));
    assert!(!accounting.is_unset());
}

#[test]
fn the_details_add_up_to_the_balance() {
    let summary: InvoiceSummary = serde_json::from_str(&exchange().body).expect("the printed response can be read");
    let details = summary.details.value().expect("details");
    let parts = details.iter().filter_map(|detail| detail.summary.as_ref()).map(|part| *part.balance_amount);
    assert_eq!(parts.reduce(|sum, part| sum + part), Some(*summary.balance_amount));
    let types: Vec<_> = details.iter().filter_map(|detail| detail.invoice_type.clone()).collect();
    assert_eq!(types, [InvoiceType::Recurring, InvoiceType::OneTime]);
}
