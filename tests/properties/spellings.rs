//! A summary that was read and written again is the same text: no digit, no offset and no null is lost.

use generated_client::types::{InvoiceSummary, InvoiceType};
use generated_client::{DateTime, Decimal};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::cases;

/// An amount in each spelling that the documentation prints: whole or with up to 20 decimals.
fn amount() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("0".to_owned()),
        Just("0.0".to_owned()),
        Just("751094.39".to_owned()),
        "-?(0|[1-9][0-9]{0,7})",
        "-?(0|[1-9][0-9]{0,7})\\.[0-9]{1,2}",
        "-?(0|[1-9][0-9]{0,7})\\.[0-9]{3,20}",
    ]
}

/// A date and time in each spelling that the documentation prints: up to 7 decimals, and `Z`, an offset or neither.
fn date_time() -> impl Strategy<Value = String> {
    let zone = prop_oneof![Just(String::new()), Just("Z".to_owned()), "[+-](0[0-9]|1[0-3]):[0-5][0-9]"];
    let time = "(0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
    let spelled = (day(), time, option::of("\\.[0-9]{1,7}"), zone);
    prop_oneof![
        1 => Just("0001-01-01T00:00:00".to_owned()),
        1 => day(),
        8 => spelled.prop_map(|(day, time, fraction, zone)| format!("{day}T{time}{}{zone}", fraction.unwrap_or_default())),
    ]
}

fn day() -> impl Strategy<Value = String> {
    (1..=9998, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}

/// Any text, as JSON writes it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[A-Z]{3}", "[$£€]"].prop_map(|text| serde_json::to_string(&text).expect("JSON"))
}

/// The text of an object, without white space; members that are `None` are left out.
fn object(members: Vec<(&str, Option<String>)>) -> String {
    let members = members.into_iter().filter_map(|(name, value)| Some(format!("\"{name}\":{}", value?)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

fn array(items: Vec<String>) -> String {
    format!("[{}]", items.join(","))
}

/// The text of a summary; its parts are `details`.
fn summary_of(details: impl Strategy<Value = Option<String>>) -> impl Strategy<Value = String> {
    let quoted = || option::of(date_time().prop_map(|date| format!("\"{date}\"")));
    let symbol = option::of(prop_oneof![3 => text(), 1 => Just("null".to_owned())]);
    let header =
        (option::of(text()), option::of(text())).prop_map(|(key, value)| object(vec![("key", key), ("value", value)]));
    let headers = prop_oneof![vec(header, 0..3).prop_map(array), Just("null".to_owned())];
    let link = (option::of(text()), option::of(headers));
    let link = link.prop_map(|(uri, headers)| object(vec![("uri", uri), ("headers", headers)]));
    let members = (amount(), text(), symbol, [quoted(), quoted(), quoted(), quoted()], option::of(amount()));
    let more = (details, option::of(link), option::of(text()));
    (members, more).prop_map(|((balance, code, symbol, dates, payment), (details, link, etag))| {
        let [accounting, first, last_payment, latest] = dates;
        object(vec![
            ("balanceAmount", Some(balance)),
            ("currencyCode", Some(code)),
            ("currencySymbol", symbol),
            ("accountingDate", accounting),
            ("firstInvoiceCreationDate", first),
            ("lastPaymentDate", last_payment),
            ("lastPaymentAmount", payment),
            ("latestInvoiceDate", latest),
            ("details", details),
            ("links", link.map(|link| object(vec![("self", Some(link))]))),
            ("attributes", etag.map(|etag| object(vec![("etag", Some(etag))]))),
        ])
    })
}

fn summary() -> impl Strategy<Value = String> {
    let part = summary_of(Just(None));
    let kind = prop_oneof![Just("\"Recurring\"".to_owned()), Just("\"OneTime\"".to_owned()), text()];
    let detail = (option::of(kind), option::of(part));
    let detail = detail.prop_map(|(kind, part)| object(vec![("invoiceType", kind), ("summary", part)]));
    let details = prop_oneof![4 => vec(detail, 0..3).prop_map(array), 1 => Just("null".to_owned())];
    summary_of(option::of(details))
}

/// What is written for a summary with this balance and this date, or why it cannot be read.
fn rewritten(balance: &str, date: &str) -> Result<String, serde_json::Error> {
    let summary: InvoiceSummary = serde_json::from_str(&minimal(balance, date))?;
    serde_json::to_string(&summary)
}

fn minimal(balance: &str, date: &str) -> String {
    let date = serde_json::to_string(date).expect("JSON");
    format!(r#"{{"balanceAmount":{balance},"currencyCode":"USD","accountingDate":{date}}}"#)
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_summary_of_documented_spellings_comes_back_to_the_byte(text in summary()) {
        let summary: InvoiceSummary = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(serde_json::to_string(&summary).expect("JSON"), text);
    }

    #[test]
    fn a_number_comes_back_as_it_was_or_is_refused(
        number in "-?(0|[1-9][0-9]{0,32})(\\.[0-9]{1,32})?([eE][+-]?[0-9]{1,3})?",
    ) {
        match rewritten(&number, "2020-01-01T00:00:00Z") {
            Ok(text) => prop_assert_eq!(text, minimal(&number, "2020-01-01T00:00:00Z")),
            Err(error) => {
                let digits = number.chars().filter(char::is_ascii_digit).count();
                prop_assert!(digits > 28 || number.contains(['e', 'E']), "{} fits: {}", number, error);
                prop_assert!(error.to_string().contains("at /balanceAmount: expected a decimal number"), "{}", error);
            }
        }
    }

    #[test]
    fn a_decimal_is_its_text(number in amount()) {
        let decimal: Decimal = number.parse().expect("a decimal");
        prop_assert_eq!(decimal.to_string(), &*number);
        prop_assert_eq!(&decimal, &Decimal::from(*decimal), "the value is all that is compared");
    }

    #[test]
    fn any_text_in_the_place_of_a_date_comes_back_or_is_refused(
        date in prop_oneof![any::<String>(), "[0-9TZ:.+ -]{1,30}", date_time().prop_flat_map(near)],
    ) {
        match rewritten("1", &date) {
            Ok(text) => prop_assert_eq!(text, minimal("1", &date)),
            Err(error) => prop_assert!(error.to_string().contains("at /accountingDate: expected a date"), "{}", error),
        }
    }

    #[test]
    fn dates_are_ordered_in_time(a in date_time(), b in date_time()) {
        let (a, b): (DateTime, DateTime) = (a.parse().expect("a date"), b.parse().expect("a date"));
        if let (Some(first), Some(second)) = (a.to_utc(), b.to_utc()) && first != second {
            prop_assert_eq!(a < b, first < second);
        }
        prop_assert_eq!(a.is_unset(), a.local().to_string() == "0001-01-01T00:00:00");
    }

    #[test]
    fn any_type_of_invoice_keeps_its_name(name in any::<String>()) {
        let invoice_type = InvoiceType::from(name.as_str());
        prop_assert_eq!(invoice_type.as_str(), &*name);
    }
}

/// The text with one character replaced or left out.
fn near(text: String) -> impl Strategy<Value = String> {
    (0..text.len(), option::of("[0-9TZtz:.+ -]")).prop_map(move |(at, sign)| {
        let mut text = text.clone();
        text.replace_range(at..=at, &sign.unwrap_or_default());
        text
    })
}
