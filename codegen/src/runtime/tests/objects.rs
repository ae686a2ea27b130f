use std::collections::BTreeMap;

use super::json::read;
use crate::runtime::decimal::Decimal;
use crate::runtime::json::{Fault, JsonValue, object, read_text};
use crate::runtime::maybe::Maybe;
use crate::runtime::undeclared::Undeclared;

#[derive(Clone, Debug, PartialEq)]
struct Order {
    id: i64,
    total: Decimal,
    note: Option<String>,
    code: Maybe<String>,
    parent: Option<Box<Order>>,
    lines: Vec<Option<bool>>,
    others: BTreeMap<String, JsonValue>,
}

object! {
    Order {
        id: required "id",
        total: required "total",
        note: optional "note",
        code: maybe "code",
        parent: nullable "parent",
        lines: required "lines",
        *others,
    }
}

#[test]
fn absent_null_and_value_stay_apart() {
    for json in [
        r#"{"id":1,"total":1.00,"parent":null,"lines":[]}"#,
        r#"{"id":1,"total":1.00,"code":null,"parent":null,"lines":[true,null]}"#,
        r#"{"id":1,"total":1.00,"note":"","code":"","parent":null,"lines":[],"a":[null],"z":1e3}"#,
        r#"{"id":1,"total":1,"parent":{"id":2,"total":-0,"parent":null,"lines":[]},"lines":[]}"#,
    ] {
        let order: Order = read(json).unwrap();
        assert_eq!(serde_json::to_string(&order).unwrap(), json);
    }
}

#[test]
fn a_mismatch_names_the_place_and_what_is_there() {
    for (json, expected) in [
        ("[]", "at the top: expected an object, found an array"),
        ("{}", "at the top: expected a member `id`, found none"),
        (r#"{"id":"7"}"#, r#"at /id: expected an integer of 64 bits, found the string "7""#),
        (r#"{"id":null}"#, "at /id: expected an integer of 64 bits, found null"),
        (r#"{"id":1.5}"#, "at /id: expected an integer of 64 bits, found the number 1.5"),
        (
            r#"{"id":1,"total":"1.00"}"#,
            r#"at /total: expected a decimal number of at most 28 digits, found the string "1.00""#,
        ),
        (r#"{"id":1,"total":1,"note":{}}"#, "at /note: expected a string, found an object"),
        (r#"{"id":1,"total":1,"code":false}"#, "at /code: expected a string, found false"),
        (r#"{"id":1,"total":1,"parent":{"id":2}}"#, "at /parent: expected a member `total`, found none"),
        (
            r#"{"id":1,"total":1,"parent":null,"lines":[true,2]}"#,
            "at /lines/1: expected true or false, found the number 2",
        ),
    ] {
        assert_eq!(read::<Order>(json).unwrap_err(), expected);
    }
}

#[test]
fn a_pointer_is_escaped_and_an_excerpt_is_short() {
    type Orders = BTreeMap<String, Vec<String>>;
    let Err(Fault::Mismatch(mismatch)) = read_text::<Orders>(r#"{"a/b~c":[1]}"#) else {
        panic!("a number is no string")
    };
    assert_eq!(mismatch.pointer(), "/a~1b~0c/0");

    let long = format!("{:?}", "£".repeat(50));
    let expected = format!("at the top: expected true or false, found the string {:?}", "£".repeat(40) + "…");
    assert_eq!(read::<bool>(&long).unwrap_err(), expected);
}

#[test]
fn members_are_found_in_any_order() {
    let ordered: Order =
        read(r#"{"id":1,"total":2,"note":"n","code":"c","parent":null,"lines":[true],"a":1}"#).unwrap();
    let mixed: Order = read(r#"{"lines":[true],"a":1,"code":"c","id":1,"parent":null,"note":"n","total":2}"#).unwrap();
    assert_eq!(ordered, mixed);
    assert_eq!(
        read::<Order>(r#"{"lines":[],"id":1}"#),
        Err("at the top: expected a member `total`, found none".to_owned())
    );
}

#[test]
fn the_last_of_repeated_members_counts() {
    let many: String = (0..100).map(|n| format!(r#","x{n}":{n}"#)).collect();
    for more in ["", &many] {
        let json = format!(
            r#"{{"id":"one","id":1,"other":4,"note":"n","code":null,"total":[{{}}],"lines":[1],"code":"c",
            "lines":[],"total":1.0,"parent":{{"id":{{}}}},"other":5,"parent":null,"note":null,"id":2{more}}}"#
        );
        let order: Order = read(&json).unwrap();
        assert_eq!((order.id, order.total.to_string()), (2, "1.0".to_owned()));
        assert_eq!(
            (order.note, order.code, order.parent, order.lines),
            (None, Maybe::from("c".to_owned()), None, vec![])
        );
        assert_eq!(order.others.get("other"), Some(&JsonValue::from(5)));
        assert!(!order.others.contains_key("id"));
    }
    assert_eq!(read::<BTreeMap<String, i64>>(r#"{"a":"x","b":1,"a":2}"#).unwrap()["a"], 2);
    assert_eq!(
        read::<Order>(r#"{"id":1,"id":"one","total":1,"parent":null,"lines":[]}"#),
        Err(r#"at /id: expected an integer of 64 bits, found the string "one""#.to_owned())
    );
}

#[test]
fn integers_are_whole_and_in_range() {
    assert_eq!(read::<i32>("-2147483648"), Ok(i32::MIN));
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<i64>("7.00"), Ok(7));
    assert_eq!(read::<i64>("-0"), Ok(0));
    for (text, value) in [
        ("1e3", 1000),
        ("1E+3", 1000),
        ("-1.50e1", -15),
        ("1200e-2", 12),
        ("0.001e3", 1),
        ("9.223372036854775807E18", i64::MAX),
        ("-0.0", 0),
        ("0e999999999999999999999", 0),
    ] {
        assert_eq!(read::<i64>(text), Ok(value), "{text}");
    }
    assert_eq!(read::<u64>("-0.0e1"), Ok(0));
    assert_eq!(read::<u64>("1.8446744073709551615e19"), Ok(u64::MAX));
    for text in ["1.5", "15e-1", "1e-1", "1e19", "1e999999999", "1e999999999999999999999", "-1e-999999999"] {
        assert!(read::<i64>(text).is_err(), "{text}");
    }
    assert_eq!(
        read::<i32>("2147483648").unwrap_err(),
        "at the top: expected an integer of 32 bits, found the number 2147483648"
    );
    assert!(read::<u8>("-1").is_err());
    assert!(read::<i64>("9223372036854775808").is_err());
}

#[test]
fn maybe_is_one_of_three() {
    let value = Maybe::from("x".to_owned());
    assert_eq!(value.value().map(String::as_str), Some("x"));
    assert_eq!(value.clone().map(|text| text.len()), Maybe::Value(1));
    assert_eq!(value.into_value().as_deref(), Some("x"));
    assert!(Maybe::<i32>::from(None).is_absent());
    assert!(Maybe::<i32>::default().is_absent());
    assert!(Maybe::<i32>::Null.is_null());
    assert_eq!(Maybe::<i32>::Null.value(), None);
}

/// More members than a tuple has.
#[derive(Clone, PartialEq)]
struct Wide {
    a: i64,
    b: Option<i64>,
    c: Maybe<i64>,
    d: i64,
    e: i64,
    f: i64,
    g: i64,
    h: i64,
    i: i64,
    j: i64,
    k: i64,
    l: i64,
    m: i64,
    n: i64,
    o: i64,
    p: i64,
    q: i64,
    r: Option<i64>,
    s: Option<i64>,
    undeclared: Undeclared,
}

object! {
    Wide {
        a: required "a",
        b: optional "b",
        c: maybe "c",
        d: required "d",
        e: required "e",
        f: required "f",
        g: required "g",
        h: required "h",
        i: required "i",
        j: required "j",
        k: required "k",
        l: required "l",
        m: required "m",
        n: required "n",
        o: required "o",
        p: required "p",
        q: required "q",
        r: nullable "r",
        s: optional "s",
        ..undeclared
    }
}

#[test]
fn each_of_many_members_has_its_place() {
    let json = concat!(
        r#"{"a":1,"b":2,"c":null,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13,"n":14,"o":15,"#,
        r#""p":16,"q":17,"r":null,"s":19,"t":20}"#
    );
    let wide: Wide = read(json).unwrap();
    assert_eq!((wide.a, wide.p, wide.q, wide.r, wide.s), (1, 16, 17, None, Some(19)));
    assert_eq!(serde_json::to_string(&wide).unwrap(), json);
    for (name, number) in [("a", 1), ("p", 16), ("q", 17)] {
        let without = json.replace(&format!(r#""{name}":{number},"#), "");
        assert_eq!(
            read::<Wide>(&without).err().unwrap(),
            format!("at the top: expected a member `{name}`, found none")
        );
        let wrong = json.replace(&format!(r#""{name}":{number},"#), &format!(r#""{name}":"","#));
        let expected = format!(r#"at /{name}: expected an integer of 64 bits, found the string """#);
        assert_eq!(read::<Wide>(&wrong).err().unwrap(), expected);
    }
    let backwards: Vec<_> = json.trim_matches(['{', '}']).split(',').rev().collect();
    assert!(read::<Wide>(&format!("{{{}}}", backwards.join(","))).unwrap() == wide);
}
