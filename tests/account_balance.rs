//! The example `account_balance` of the client: what it prints, down to the cent.

use generated_client::Client;
use generated_client::types::InvoiceSummary;

#[path = "../generated-client/examples/account_balance/report.rs"]
mod report;

fn report_of(json: &str) -> String {
    let summary: InvoiceSummary = serde_json::from_str(json).expect("a summary");
    report::report(&summary)
}

/// The first line, without what stands before the balance.
fn balance(amount: &str, currency: &str) -> String {
    let report = report_of(&format!(r#"{{"balanceAmount": {amount}, {currency}}}"#));
    let line = report.lines().next().expect("a line");
    line.strip_prefix("Current Account Balance:  ").expect("the balance").to_owned()
}

fn dollars(amount: &str) -> String {
    balance(amount, r#""currencyCode": "USD", "currencySymbol": "$""#)
}

#[tokio::test]
async fn the_demonstration_prints_the_documented_balance() {
    let (client, _) = Client::mock().expect("a client");
    let answer = client.invoices().summary().send().await.expect("the documented answer");
    let expected = "\
Current Account Balance:  $751,094.39 USD
  Recurring   $202,955.87   as of 2017-02-27
  OneTime     $548,138.52   as of 2018-03-16
Last payment:   $1,000 on 2017-01-01
First invoice:  2017-01-21
";
    assert_eq!(report::report(&answer), expected);
}

#[test]
fn amounts_keep_their_digits() {
    for (amount, expected) in [
        ("0", "$0 USD"),
        ("0.0", "$0.0 USD"),
        ("7", "$7 USD"),
        ("999", "$999 USD"),
        ("1000", "$1,000 USD"),
        ("1000.00", "$1,000.00 USD"),
        ("586366", "$586,366 USD"),
        ("1234567.891", "$1,234,567.891 USD"),
        ("35.23000000000000362337", "$35.23000000000000362337 USD"),
        ("12345678901234567.89", "$12,345,678,901,234,567.89 USD"),
        ("1e3", "$1,000 USD"),
    ] {
        assert_eq!(dollars(amount), expected);
    }
}

#[test]
fn a_credit_has_its_minus_before_the_sign_of_the_currency() {
    assert_eq!(dollars("-1.00"), "-$1.00 USD");
    assert_eq!(dollars("-123456"), "-$123,456 USD");
    assert_eq!(dollars("-0.00"), "$0.00 USD");
}

#[test]
fn the_currency_is_the_one_of_the_response() {
    assert_eq!(balance("1000.5", r#""currencyCode": "GBP", "currencySymbol": "£""#), "£1,000.5 GBP");
    assert_eq!(balance("-1000.5", r#""currencyCode": "CHF", "currencySymbol": "CHF""#), "-1,000.5 CHF");
    for no_symbol in ["", r#", "currencySymbol": null"#, r#", "currencySymbol": """#] {
        assert_eq!(balance("1000", &format!(r#""currencyCode": "SEK"{no_symbol}"#)), "1,000 SEK");
    }
}

#[test]
fn a_date_that_was_never_set_is_none() {
    for unset in ["", r#", "lastPaymentDate": "0001-01-01T00:00:00", "lastPaymentAmount": 0"#] {
        let report = report_of(&format!(
            r#"{{"balanceAmount": 5, "currencyCode": "EUR"{unset}, "firstInvoiceCreationDate": "0001-01-01T00:00:00"}}"#
        ));
        assert_eq!(report, "Current Account Balance:  5 EUR\nLast payment:   none\nFirst invoice:  none\n");
    }
}

#[test]
fn kinds_and_amounts_stand_in_columns() {
    let report = report_of(
        r#"{"balanceAmount": -10, "currencyCode": "USD", "currencySymbol": "$", "details": [
            {"invoiceType": "Recurring", "summary": {"balanceAmount": 990.00, "currencyCode": "USD",
             "currencySymbol": "$", "accountingDate": "0001-01-01T00:00:00"}},
            {"invoiceType": "consumption_based", "summary": {"balanceAmount": -1000, "currencyCode": "USD",
             "currencySymbol": "$", "accountingDate": "2018-03-16T23:59:59.1234567+09:00"}},
            {"invoiceType": "OneTime"}]}"#,
    );
    let rows: Vec<_> = report.lines().skip(1).take(2).collect();
    assert_eq!(
        rows,
        ["  Recurring           $990.00   as of none", "  consumption_based   -$1,000   as of 2018-03-16"]
    );
    assert!(!report.contains("OneTime"), "there is nothing to say about it");
}
