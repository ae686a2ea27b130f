//! The balance as text.
//!
//! The currency is the one that the response names, not that of the machine's locale, and amounts keep
//! the decimals that they came with.

use std::fmt::Write as _;

use generated_client::types::{InvoiceSummary, InvoiceSummaryDetail, InvoiceType};
use generated_client::{DateTime, Decimal};

/// The balance as a whole, by kind of invoice, and what a partner asks next.
pub fn report(summary: &InvoiceSummary) -> String {
    let code = match symbol(summary) {
        "" => String::new(),
        _ => format!(" {}", summary.currency_code),
    };
    let mut text = format!("Current Account Balance:  {}{code}\n", money(&summary.balance_amount, summary));
    let details = summary.details.value().map_or(&[][..], Vec::as_slice);
    let rows: Vec<_> = details.iter().filter_map(row).collect();
    let kinds = rows.iter().map(|(kind, ..)| kind.chars().count()).max().unwrap_or(0);
    let amounts = rows.iter().map(|(_, amount, _)| amount.chars().count()).max().unwrap_or(0);
    for (kind, amount, date) in rows {
        let _ = writeln!(text, "  {kind:kinds$}   {amount:>amounts$}   as of {date}");
    }
    let _ = writeln!(text, "Last payment:   {}", last_payment(summary));
    let _ = writeln!(text, "First invoice:  {}", date(summary.first_invoice_creation_date.as_ref()));
    text
}

/// The kind of invoice, its balance, and of which day that is.
fn row(detail: &InvoiceSummaryDetail) -> Option<(&str, String, String)> {
    let part = detail.summary.as_ref()?;
    let kind = detail.invoice_type.as_ref().map_or("(no type)", InvoiceType::as_str);
    Some((kind, money(&part.balance_amount, part), date(part.accounting_date.as_ref())))
}

fn last_payment(summary: &InvoiceSummary) -> String {
    let date = date(summary.last_payment_date.as_ref());
    match &summary.last_payment_amount {
        Some(amount) if date != "none" => format!("{} on {date}", money(amount, summary)),
        _ => date,
    }
}

/// The sign of the summary's currency; empty if there is none but the code, which then follows the amount.
fn symbol(summary: &InvoiceSummary) -> &str {
    let symbol = summary.currency_symbol.value().map_or("", String::as_str);
    if symbol == summary.currency_code { "" } else { symbol }
}

/// `-$1,234.50`, or `-1,234.50 CHF` where the currency has no sign. The digits are those of the amount.
fn money(amount: &Decimal, summary: &InvoiceSummary) -> String {
    let minus = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    let digits = with_separators(&amount.abs().to_string());
    match symbol(summary) {
        "" => format!("{minus}{digits} {}", summary.currency_code),
        symbol => format!("{minus}{symbol}{digits}"),
    }
}

/// Puts a comma before every three digits of the whole part.
fn with_separators(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let mut text = String::new();
    for (at, digit) in number.chars().enumerate() {
        if (1..whole).contains(&at) && (whole - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The day, or `none`: the service writes a date that was never set as one of the year 1.
fn date(date: Option<&DateTime>) -> String {
    match date {
        Some(date) if !date.is_unset() => date.local().date().to_string(),
        _ => "none".to_owned(),
    }
}
