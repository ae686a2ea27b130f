//! A summary that was read and written again is the same text: no digit, no offset, no null and no member is lost.

use generated_client::types::{InvoiceSummary, InvoiceType};
use generated_client::{DateTime, Decimal};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use super::cases;

/// A part of a JSON text.
type Text = BoxedStrategy<String>;

/// An amount in each spelling that the documentation prints: whole or with up to 20 decimals.
fn amount() -> Text {
    let spelled = prop_oneof![
        Just("0".to_owned()),
        Just("0.0".to_owned()),
        Just("751094.39".to_owned()),
        "-?(0|[1-9][0-9]{0,7})",
        "-?(0|[1-9][0-9]{0,7})\\.[0-9]{1,2}",
        "-?(0|[1-9][0-9]{0,7})\\.[0-9]{3,20}",
    ];
    spelled.boxed()
}

/// What follows the day of a date and time: up to 7 decimals, and `Z`, an offset or neither.
const TIME: &str = "T(0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,7})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?";

/// A date and time in each spelling that the documentation prints.
fn date_time() -> Text {
    let spelled = prop_oneof![
        1 => Just("0001-01-01T00:00:00".to_owned()),
        1 => day(),
        8 => (day(), TIME).prop_map(|(day, time)| day + &time),
    ];
    spelled.boxed()
}

fn day() -> Text {
    (1..=9998, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")).boxed()
}

/// A date and time, as JSON writes it.
fn date() -> Text {
    date_time().prop_map(|date| format!("\"{date}\"")).boxed()
}

/// Any text, as JSON writes it.
fn text() -> Text {
    let text = prop_oneof![any::<String>(), "[A-Z]{3}", "[$£€]"];
    text.prop_map(|text| serde_json::to_string(&text).expect("JSON")).boxed()
}

fn or_null(value: Text) -> Text {
    prop_oneof![4 => value, 1 => Just("null".to_owned())].boxed()
}

fn array(item: Text) -> Text {
    vec(item, 0..3).prop_map(|items| format!("[{}]", items.join(","))).boxed()
}

/// Any JSON, as it may be written.
fn json() -> Text {
    let plain = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,32})(\\.[0-9]{1,32})?([eE][+-]?[0-9]{1,3})?",
        text(),
    ];
    let nested = plain.prop_recursive(3, 8, 3, |inner| {
        let member = (text(), inner.clone()).prop_map(|(name, value)| format!("{name}:{value}"));
        prop_oneof![array(inner.boxed()), vec(member, 0..3).prop_map(|members| format!("{{{}}}", members.join(",")))]
    });
    nested.boxed()
}

/// Those that may be null by the description.
const NULLABLE: [&str; 3] = ["currencySymbol", "details", "headers"];

/// An object without white space, and its members in this order, with some behind them that nobody described. A member
/// may be left out, but not the first `required`, or be a null that the description does not have.
fn object(required: usize, members: Vec<(&'static str, Text)>) -> Text {
    let (names, values): (Vec<_>, Vec<_>) = members.into_iter().unzip();
    let values = values
        .into_iter()
        .enumerate()
        .map(|(index, value)| if index < required { value.prop_map(Some).boxed() } else { option::of(value).boxed() });
    let values = values.collect::<Vec<_>>();
    let nulls = vec(any::<bool>(), names.len());
    let others = btree_map("x[A-Za-z]{0,3}", json(), 0..3);
    let object = (values, nulls, others).prop_map(move |(values, nulls, others)| {
        let mut members = Vec::new();
        let mut behind: Vec<_> = others.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        for ((name, value), null) in names.iter().zip(values).zip(nulls) {
            match value {
                Some(value) => members.push(format!("\"{name}\":{value}")),
                None if null && !NULLABLE.contains(name) => behind.push(format!("\"{name}\":null")),
                None => {}
            }
        }
        members.append(&mut behind);
        format!("{{{}}}", members.join(","))
    });
    object.boxed()
}

fn summary_of(details: Text) -> Text {
    let header = object(0, vec![("key", text()), ("value", text())]);
    let link = object(0, vec![("uri", text()), ("method", text()), ("headers", or_null(array(header)))]);
    object(
        2,
        vec![
            ("balanceAmount", amount()),
            ("currencyCode", text()),
            ("currencySymbol", or_null(text())),
            ("accountingDate", date()),
            ("firstInvoiceCreationDate", date()),
            ("lastPaymentDate", date()),
            ("lastPaymentAmount", amount()),
            ("latestInvoiceDate", date()),
            ("details", or_null(details)),
            ("links", object(0, vec![("self", link)])),
            ("attributes", object(0, vec![("objectType", text()), ("etag", text())])),
        ],
    )
}

fn summary() -> Text {
    let kind = prop_oneof![Just("\"Recurring\"".to_owned()), Just("\"OneTime\"".to_owned()), text()].boxed();
    let part = summary_of(Just("[]".to_owned()).boxed());
    summary_of(array(object(0, vec![("invoiceType", kind), ("summary", part)])))
}

/// A summary with this balance and this date, and no more.
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
        let json = minimal(&number, "2020-01-01T00:00:00Z");
        let is_plain = !number.contains(['e', 'E']);
        match serde_json::from_str::<InvoiceSummary>(&json) {
            Ok(summary) => {
                prop_assert_eq!(serde_json::to_string(&summary).expect("JSON"), json);
                let value = summary.balance_amount.abs().to_string();
                prop_assert!(!is_plain || value == number.trim_start_matches('-'), "{} was rounded to {}", number, value);
            }
            Err(error) => {
                let digits = number.chars().filter(char::is_ascii_digit).count();
                prop_assert!(digits > 28 || !is_plain, "{} fits: {}", number, error);
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
        let json = minimal("1", &date);
        match serde_json::from_str::<InvoiceSummary>(&json) {
            Ok(summary) => prop_assert_eq!(serde_json::to_string(&summary).expect("JSON"), json),
            Err(error) => prop_assert!(error.to_string().contains("at /accountingDate: expected a date"), "{}", error),
        }
    }

    /// On one day, so that offsets matter.
    #[test]
    fn dates_are_ordered_in_time(day in day(), a in TIME, b in TIME) {
        let [a, b] = [a, b].map(|time| format!("{day}{time}").parse::<DateTime>().expect("a date"));
        let (first, second) = (a.to_utc().expect("in range"), b.to_utc().expect("in range"));
        prop_assert!(first == second || (a < b) == (first < second), "{} and {}", a, b);
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
