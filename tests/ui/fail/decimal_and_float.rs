//! Amounts are exact.

use generated_client::types::InvoiceSummary;

fn is_high(summary: &InvoiceSummary) -> bool {
    summary.balance_amount > 1000.0
}

fn main() {}
