//! Types of other crates.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::json;
use crate::runtime::foreign::{read, read_by_serde};
use crate::runtime::json::Reader;

/// An amount as a program has it that takes every digit.
#[derive(Debug, Deserialize, Serialize)]
struct Exact(Box<RawValue>);

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Money {
    currency: String,
    units: u128,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Amount(#[serde(with = "rust_decimal_text")] Decimal);

mod rust_decimal_text {
    use rust_decimal::Decimal;
    use serde::{Deserialize as _, Deserializer, de::Error as _};
    use serde_json::value::RawValue;

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        Box::<RawValue>::deserialize(deserializer)?.get().parse().map_err(D::Error::custom)
    }
}

read_by_serde!(Exact, Ipv4Addr, Money);

#[test]
fn every_digit_reaches_the_type() {
    let text = "12345678901234567.890";
    let exact = json::read::<Exact>(text).expect("a number");
    assert_eq!(exact.0.get(), text);
    assert_eq!(serde_json::to_string(&exact).expect("JSON"), text);
    let amount: Amount = read(&mut Reader::new(text)).ok().expect("a decimal");
    assert_eq!(amount.0.to_string(), text);
}

#[test]
fn types_stand_in_lists_and_maps() {
    let addresses = json::read::<Vec<Ipv4Addr>>(r#"["127.0.0.1", "10.0.0.1"]"#).expect("addresses");
    assert_eq!(addresses, [Ipv4Addr::LOCALHOST, Ipv4Addr::new(10, 0, 0, 1)]);
    let money = json::read::<BTreeMap<String, Option<Money>>>(
        r#"{"a": null, "b": {"currency": "EUR", "units": 340282366920938463463374607431768211455}}"#,
    )
    .expect("money");
    assert_eq!(money["b"], Some(Money { currency: "EUR".to_owned(), units: u128::MAX }));
    assert_eq!(money["a"], None);
}

#[test]
fn a_mismatch_says_where_and_why() {
    let text = json::read::<Vec<Money>>(r#"[{"units": 1}]"#).expect_err("no currency");
    assert!(text.starts_with("at /0: expected what `"), "{text}");
    let end = "Money` can be read from (missing field `currency`), found an object";
    assert!(text.ends_with(end), "{text}");
}
