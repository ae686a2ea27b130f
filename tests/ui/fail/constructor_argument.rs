//! A balance has a currency.

use generated_client::Decimal;
use generated_client::types::InvoiceSummary;

fn main() {
    let balance: Decimal = "1.00".parse().unwrap();
    let _ = InvoiceSummary::new(balance);
}
