//! Numbers that may come as text.

use super::json;
use crate::runtime::decimal::Decimal;
use crate::runtime::json::Read;
use crate::runtime::number::Number;
use crate::runtime::number_or_text::NumberOrText;

fn read<T: Read>(text: &str) -> Result<NumberOrText<T>, String> {
    json::read(text)
}

fn written<T>(value: &NumberOrText<T>) -> String {
    serde_json::to_string(value).expect("JSON")
}

#[test]
fn a_number_comes_back_as_it_came() {
    for text in ["7", "\"7\"", "\"007\"", "\"\"", "\"x\"", "1e2", "-0"] {
        let value = read::<i32>(text).expect(text);
        assert_eq!(written(&value), text);
        assert_eq!(format!("{value:?}"), text);
    }
    assert_eq!(written(&read::<Number>("\"1.50\"").expect("a number")), "\"1.50\"");
    assert_eq!(written(&read::<Decimal>("0.1000000000000000000001").expect("a number")), "0.1000000000000000000001");
}

#[test]
fn the_number_is_there_whichever_it_is() {
    for (text, number) in [
        ("7", Some(7)),
        ("\"-7\"", Some(-7)),
        ("\"1e2\"", Some(100)),
        ("1.0", Some(1)),
        ("\"x\"", None),
        ("\"\"", None),
        ("\".\"", None),
        ("\"3000000000\"", None),
    ] {
        assert_eq!(read::<i32>(text).expect(text).get(), number, "{text}");
    }
    assert_eq!(read::<Number>("\"1.50\"").expect("a number").get(), Some(1.5.into()));
}

#[test]
fn what_is_neither_is_refused() {
    for (text, why) in [
        ("true", "at the top: expected a number, or a string of one, found true"),
        ("null", "at the top: expected a number, or a string of one, found null"),
        ("1.5", "at the top: expected an integer of 32 bits, found the number 1.5"),
        ("3000000000", "at the top: expected an integer of 32 bits, found the number 3000000000"),
    ] {
        assert_eq!(read::<i32>(text), Err(why.to_owned()));
    }
}

#[test]
fn callers_choose_how_it_is_written() {
    let number = NumberOrText::from(7_i64);
    assert_eq!((written(&number), number.is_text()), ("7".to_owned(), false));
    let text = number.clone().into_text();
    assert_eq!((written(&text), text.as_str(), text.get()), ("\"7\"".to_owned(), "7", Some(7)));
    assert_ne!(number, text);
    assert_eq!(format!("{text:>3}"), "  7");
    assert_eq!(text, "7".parse().expect("a text"));
    assert_eq!(serde_json::from_str::<NumberOrText<i64>>("\"7\"").expect("a number"), text);
}
