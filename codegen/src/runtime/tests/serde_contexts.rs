use std::collections::BTreeMap;
use std::fmt::Debug;
use std::iter;

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};

use crate::runtime::date_time::DateTime;
use crate::runtime::decimal::Decimal;
use crate::runtime::json::{Json, JsonValue, object};

#[derive(Clone, Debug, PartialEq)]
struct Price {
    amount: Decimal,
    at: Option<DateTime>,
    extra: Option<JsonValue>,
}

object! {
    Price {
        amount: required "amount",
        at: optional "at",
        extra: optional "extra",
    }
}

const PRICE: &str =
    r#"{"amount":12345678901234567.8900,"at":"2018-03-16T00:00:00","extra":{"a":[1.0,null,"x",true,-1]}}"#;
const LOSSLESS_IN_F64: &str = r#"{"amount":1.25,"extra":{"a":[2.5,null,"x",true,-1,18446744073709551615]}}"#;

/// A user's own types around ours.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Flattening {
    name: String,
    #[serde(flatten)]
    price: Price,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Price(Price),
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    Price(Price),
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Nested {
    prices: BTreeMap<String, Option<Price>>,
}

fn rewritten<T: DeserializeOwned + Serialize>(json: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(json).unwrap()).unwrap()
}

#[test]
fn serde_json_reads_exactly_from_every_source() {
    let price: Price = serde_json::from_str(PRICE).unwrap();
    assert_eq!(serde_json::to_string(&price).unwrap(), PRICE);
    assert_eq!(serde_json::from_slice::<Price>(PRICE.as_bytes()).unwrap(), price);
    assert_eq!(serde_json::from_reader::<_, Price>(PRICE.as_bytes()).unwrap(), price);

    let nested = format!(r#"{{"prices":{{"a":{PRICE},"b":null}}}}"#);
    assert_eq!(rewritten::<Nested>(&nested), nested);
}

#[test]
fn a_value_of_serde_json_is_read_as_exactly_as_it_is() {
    let value: serde_json::Value = serde_json::from_str(LOSSLESS_IN_F64).unwrap();
    let price: Price = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&price).unwrap(), value);
    assert_eq!(JsonValue::deserialize(&value).unwrap(), Json::parse(LOSSLESS_IN_F64).unwrap());
}

#[test]
fn buffers_of_serde_are_read() {
    let flattened = LOSSLESS_IN_F64.replacen('{', r#"{"name":"n","#, 1);
    assert_eq!(rewritten::<Flattening>(&flattened), flattened);
    assert_eq!(rewritten::<Untagged>(LOSSLESS_IN_F64), LOSSLESS_IN_F64);
    let tagged = LOSSLESS_IN_F64.replacen('{', r#"{"kind":"Price","#, 1);
    assert_eq!(rewritten::<Tagged>(&tagged), tagged);
}

/// A newtype around any value, as buffers hand it out.
struct Newtype<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Newtype<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_newtype_struct(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn numbers_of_arbitrary_precision_are_read_from_buffers() {
    let read = |name, text| {
        let map = MapDeserializer::<_, serde::de::value::Error>::new(iter::once((name, text)));
        JsonValue::deserialize(Newtype(map)).unwrap()
    };
    let object = |name: &'static str, text| Json::Object(vec![(name.into(), Json::from(text))]);
    const DISGUISE: &str = "$serde_json::private::Number";
    assert_eq!(read(DISGUISE, "1.50"), Json::Number("1.50".into()));
    assert_eq!(read(DISGUISE, "no"), object(DISGUISE, "no"));
    assert_eq!(read("a", "1.50"), object("a", "1.50"));
}

#[test]
fn writing_is_exact_inside_the_types_of_a_user() {
    let price: Price = serde_json::from_str(PRICE).unwrap();
    let flattening = Flattening { name: "n".to_owned(), price };
    let expected = PRICE.replacen('{', r#"{"name":"n","#, 1);
    assert_eq!(serde_json::to_string(&flattening).unwrap(), expected);
}

#[test]
fn other_formats_are_read_and_written() {
    let yaml = "amount: 1.25\nat: 2018-03-16T00:00:00\nextra:\n- 1\n- ~\n- a: -1.5\n";
    let price: Price = serde_yaml::from_str(yaml).unwrap();
    let json = r#"{"amount":1.25,"at":"2018-03-16T00:00:00","extra":[1,null,{"a":-1.5}]}"#;
    assert_eq!(serde_json::to_string(&price).unwrap(), json);
    let written = serde_yaml::to_string(&price).unwrap();
    assert_eq!(serde_yaml::from_str::<Price>(&written).unwrap(), price);
}

#[test]
fn errors_keep_the_place_inside_the_type() {
    let error = serde_json::from_str::<Price>(r#"{"amount":{}}"#).unwrap_err().to_string();
    assert!(error.starts_with("at /amount: expected a decimal number"), "{error}");

    let error = serde_yaml::from_str::<Price>("amount: .nan").unwrap_err().to_string();
    assert!(error.contains("JSON has no number NaN"), "{error}");

    let nested = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(serde_json::from_str::<JsonValue>(&nested).is_err());
    assert!(serde_json::from_str::<Price>("{").is_err());
}

#[test]
fn parts_are_read_on_their_own() {
    fn check<T: DeserializeOwned + Serialize + Debug>(json: &str) {
        assert_eq!(rewritten::<T>(json), json);
    }
    check::<Decimal>("1.50");
    check::<DateTime>(r#""2018-03-16T00:00:00""#);
    check::<Vec<Decimal>>("[1,1.0]");
    check::<Option<JsonValue>>(r#"{"a":1.0}"#);
}
