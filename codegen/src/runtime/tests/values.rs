use std::collections::HashSet;

use proptest::prelude::*;

use super::json::{NUMBER, read};
use crate::runtime::date::Date;
use crate::runtime::date_time::DateTime;
use crate::runtime::decimal::Decimal;
use crate::runtime::number::Number;
use crate::runtime::spelled::{Format, Spelled};
use crate::runtime::uuid::Uuid;

/// Reads JSON and writes it again; `None` if it cannot be read.
fn rewritten<T: Format>(json: &str) -> Option<String> {
    let value = read::<Spelled<T>>(json).ok()?;
    Some(serde_json::to_string(&value).unwrap())
}

pub(super) fn survives<T: Format>(json: &str) {
    assert_eq!(rewritten::<T>(json).as_deref(), Some(json));
}

#[test]
fn amounts_keep_their_spelling() {
    for amount in [
        "0",
        "-0",
        "1000",
        "586366",
        "0.0",
        "-0.0",
        "2.2",
        "100.00",
        "24606.35",
        "-12.50",
        "1e3",
        "1E+3",
        "1.5e-7",
        "0e999",
        "1.2799888920023",
        "17.219999999999999",
        "35.23000000000000362337",
        "28.82860766744404945074",
        "0.1999968000511991808131",
        "12345678901234567.89",
        "7922816251426433759354395033",
        "0.0000000000000000000000000001",
    ] {
        survives::<rust_decimal::Decimal>(amount);
        survives::<f64>(amount);
    }
}

#[test]
fn what_the_description_writes_is_written_like_this() {
    for text in ["3", "0.5", "1e3"] {
        assert_eq!(serde_json::to_string(&Number::written(text)).unwrap(), text);
        assert_eq!(serde_json::to_string(&Decimal::written(text)).unwrap(), text);
    }
}

#[test]
fn amounts_are_exact() {
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(*decimal("202955.87") + *decimal("548138.52"), *decimal("751094.39"));
    assert_eq!(decimal("1e3"), decimal("1000.00"));
    assert_eq!(decimal("1.5e-7"), decimal("0.00000015"));
    assert_eq!(decimal("1.20e27").to_string(), "1.20e27");
    assert_eq!(decimal("1.00e-28"), decimal("0.0000000000000000000000000001"));
}

#[test]
fn more_digits_than_fit_are_an_error() {
    for amount in
        ["0.12345678901234567890123456789", "123456789012345678901234567890", "1e29", "1e-29", "1e9999999999", "1e999"]
    {
        assert_eq!(rewritten::<rust_decimal::Decimal>(amount), None, "for {amount}");
    }
    assert_eq!(rewritten::<f64>("1e999"), None);
}

#[test]
fn numbers_made_in_code_are_written_as_json() {
    assert_eq!(serde_json::to_string(&Number::from(100.0)).unwrap(), "100.0");
    assert_eq!(serde_json::to_string(&Number::from(1e300)).unwrap(), "1e300");
    assert_eq!(serde_json::to_string(&Decimal::from(rust_decimal::Decimal::new(10_000, 2))).unwrap(), "100.00");
    assert!(serde_json::to_string(&Number::from(f64::NAN)).is_err());
}

#[test]
fn text_that_json_could_not_hold_is_no_number() {
    for text in ["", "+1", "1_000", ".5", "5.", "01", "NaN", "inf", " 1"] {
        assert!(text.parse::<Decimal>().is_err(), "for {text:?}");
        assert!(text.parse::<Number>().is_err(), "for {text:?}");
    }
    assert_eq!(
        "1,5".parse::<Decimal>().unwrap_err().to_string(),
        "expected a decimal number of at most 28 digits, found \"1,5\""
    );
}

#[test]
fn uuids_keep_their_spelling() {
    let text = "0B2D53F4-7A5E-4C55-9A4D-00000000000a";
    survives::<uuid::Uuid>(&format!("{text:?}"));
    let uuid: Uuid = text.parse().unwrap();
    assert_eq!(*uuid, text.to_lowercase().parse::<uuid::Uuid>().unwrap());
    assert!("0b2d53f4".parse::<Uuid>().is_err());
}

#[test]
fn spellings_are_shown_but_do_not_count() {
    let written: Decimal = "1e3".parse().unwrap();
    let plain = Decimal::from(rust_decimal::Decimal::from(1000));
    assert_eq!(written, plain);
    assert!(written >= plain);
    assert!(HashSet::from([written.clone()]).contains(&plain));
    assert_eq!(format!("{written} {plain} {written:?} [{written:>5}]"), "1e3 1000 1e3 [  1e3]");
    assert_eq!(written.into_inner(), rust_decimal::Decimal::from(1000));
}

proptest! {
    #[test]
    fn every_number_survives_or_is_an_error(text in NUMBER) {
        for written in [rewritten::<rust_decimal::Decimal>(&text), rewritten::<f64>(&text)] {
            prop_assert!(written.is_none_or(|written| written == text));
        }
    }

    #[test]
    fn every_amount_of_28_digits_survives(whole in "-?(0|[1-9][0-9]{0,13})", fraction in "[0-9]{1,14}") {
        survives::<rust_decimal::Decimal>(&format!("{whole}.{fraction}"));
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = text.parse::<Number>();
        let _ = text.parse::<Decimal>();
        let _ = text.parse::<DateTime>();
        let _ = text.parse::<Date>();
        let _ = text.parse::<Uuid>();
    }
}
