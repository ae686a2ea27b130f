//! What may be absent or null is not simply there.

use generated_client::types::InvoiceSummary;

fn symbol(summary: InvoiceSummary) -> String {
    summary.currency_symbol
}

fn main() {}
