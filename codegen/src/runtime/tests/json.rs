use proptest::prelude::*;

use crate::runtime::json::{Json, JsonValue, Lexer, Read, read_text};

/// What a text is as a type, or why it is not.
pub(super) fn read<T: Read>(json: &str) -> Result<T, String> {
    read_text(json).map_err(|fault| fault.to_string())
}

/// The text of `json`, written again.
fn rewritten(json: &str) -> String {
    serde_json::to_string(&Json::parse(json).unwrap()).unwrap()
}

fn error(json: &str) -> String {
    Json::parse(json).unwrap_err().to_string()
}

#[test]
fn a_text_is_written_as_it_was_read() {
    for text in [
        "null",
        "true",
        r#""""#,
        r#""a \"quoted\" £ \\ \n 😀""#,
        "[]",
        "{}",
        r#"[1,1.0,1.00,-0,-0.0,1e3,1E+3,1e-7,0.1999968000511991808131]"#,
        "[9223372036854775807,18446744073709551615,18446744073709551616,1e999]",
        r#"{"b":[{"c":null}],"a":{},"b":2}"#,
    ] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn escapes_and_blanks_are_understood() {
    let json = Json::parse(" { \"\\u00a3\\ud83d\\ude00\\/\" :\t[ 1 ,\r\n2 ] } ").unwrap();
    assert_eq!(json.get("£😀/").and_then(Json::as_array), Some(&[Json::from(1), Json::from(2)][..]));
}

#[test]
fn errors_name_the_place() {
    for (text, expected) in [
        ("", "invalid JSON at 1:1: expected a value, found the end"),
        ("[1,\n 2", "invalid JSON at 2:3: expected a comma or end of sequence, found the end"),
        ("[\"£££\" x]", "invalid JSON at 1:8: expected a comma or end of sequence"),
        ("{\"a\" 1}", "invalid JSON at 1:6: expected a colon"),
        ("{1:2}", "invalid JSON at 1:2: expected a string"),
        ("[1,]", "invalid JSON at 1:4: expected a value"),
        ("1 2", "invalid JSON at 1:3: expected nothing more"),
        ("{\"totalCount\": 04}", "invalid JSON at 1:17: expected a comma or end of sequence"),
        ("[NaN]", "invalid JSON at 1:2: expected a value"),
        ("-Infinity", "invalid JSON at 1:2: expected a digit"),
        ("[1.]", "invalid JSON at 1:4: expected a digit"),
        ("[+1]", "invalid JSON at 1:2: expected a value"),
        ("\"open", "invalid JSON at 1:6: unterminated string, found the end"),
        ("\"\\ud800\"", "invalid JSON at 1:8: expected low surrogate"),
        ("\"\\udc00\"", "invalid JSON at 1:8: invalid character with index 56320"),
        ("\"\\q\"", "invalid JSON at 1:4: invalid escape character q"),
        ("\"\\\u{1}\"", "invalid JSON at 1:4: invalid escape character \u{fffd}"),
        ("\"tab\there\"", "invalid JSON at 1:6: invalid string control character"),
    ] {
        assert_eq!(error(text), expected, "for {text:?}");
    }
}

#[test]
fn an_error_tells_line_column_and_message() {
    let error = Json::parse("{\n  \"a\": nul\n}").unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 9));
    assert_eq!(error.message(), "expected a value");
}

#[test]
fn nesting_is_limited() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Json::parse(&nested(128)).is_ok());
    assert_eq!(error(&nested(129)), "invalid JSON at 1:130: more than 128 levels of nesting");
    assert!(error(&"[".repeat(100_000)).contains("nesting"));
    assert!(error(&r#"{"a":"#.repeat(100_000)).contains("nesting"));
}

#[test]
fn equality_ignores_the_order_of_members_but_not_spellings() {
    let parse = |text| Json::parse(text).unwrap();
    assert_eq!(parse(r#"{"a":1,"b":[2,3]}"#), parse(r#"{"b":[2,3],"a":1}"#));
    assert_eq!(parse(r#"{"a":1,"a":2}"#), parse(r#"{"a":2}"#));
    assert_ne!(parse("[2,3]"), parse("[3,2]"));
    assert_ne!(parse("1"), parse("1.0"));
    assert_ne!(parse("null"), parse(r#""null""#));
    assert_ne!(parse(r#"{"a":null}"#), parse("{}"));
}

#[test]
fn a_tree_can_outlive_its_text() {
    let text = r#"{"a":[true,null,1.0,"x"]}"#.to_owned();
    let json: JsonValue = Json::parse(&text).unwrap().into_owned();
    drop(text);
    let items = json.get("a").and_then(Json::as_array).unwrap();
    assert_eq!(items[0].as_bool(), Some(true));
    assert!(items[1].is_null());
    assert_eq!(items[2].as_number(), Some("1.0"));
    assert_eq!(items[3].as_str(), Some("x"));
}

#[test]
fn a_number_made_in_code_must_be_one() {
    for text in ["", "abc", "NaN", "inf", "+1", "01", ".5", "1.", " 1", "1 ", "[1]", "1,2", "0x1"] {
        let json = Json::Number(text.into());
        let error = serde_json::to_string(&json).unwrap_err();
        assert_eq!(error.to_string(), format!("{text:?} is not a JSON number"));
    }
}

pub(super) const NUMBER: &str = r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?";

fn any_json() -> impl Strategy<Value = JsonValue> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        NUMBER.prop_map(|text| Json::Number(text.into())),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Json::Array),
            prop::collection::vec((any::<String>().prop_map(Into::into), inner), 0..8).prop_map(Json::Object),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = Json::parse(&text);
    }

    #[test]
    fn no_almost_json_panics(text in r#"([\[\]{},:"\\-]|\\u[dD][89a-f][0-9a-f]{2}|[0-9.eE+]|true|null|£|\s){0,40}"#) {
        if let Err(error) = Json::parse(&text) {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_err() || error.message().contains("nesting"));
        }
    }

    #[test]
    fn what_is_json_is_taken_and_nothing_else(
        text in r#" ?([\[\]{},:"\\]|\\u[dD][89a-f][0-9a-f]{2}|\\n|"[a-z£ ]{0,20}"|-?[0-9.eE+]{1,3}|true|null|"a":|\t){0,9}"#
    ) {
        let expected = serde_json::from_str::<serde_json::Value>(&text).ok();
        let skipped = {
            let mut lexer = Lexer::new(&text);
            lexer.skip(128).is_some() && lexer.is_at_end()
        };
        prop_assert_eq!(skipped, expected.is_some());
        let parsed = Json::parse(&text).ok().map(|json| serde_json::to_value(json).unwrap());
        prop_assert_eq!(parsed, expected);
    }

    #[test]
    fn every_number_keeps_its_text(text in NUMBER) {
        prop_assert_eq!(rewritten(&text), text);
    }

    #[test]
    fn every_value_survives(json in any_json()) {
        let text = serde_json::to_string(&json).unwrap();
        prop_assert_eq!(rewritten(&text), text.as_str());
        prop_assert_eq!(Json::parse(&text).unwrap(), json);
    }
}
