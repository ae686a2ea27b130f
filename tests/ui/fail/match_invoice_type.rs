//! There may be more types of invoices some day.

use generated_client::types::InvoiceType;

fn label(invoice_type: InvoiceType) -> String {
    match invoice_type {
        InvoiceType::Recurring => "every month".to_owned(),
        InvoiceType::OneTime => "once".to_owned(),
        InvoiceType::Unknown(other) => other,
    }
}

fn main() {}
