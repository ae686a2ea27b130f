//! The support code of the emitted tests, as it stands in them.

#[path = "difference.rs"]
mod difference;

use self::difference::differences;
use crate::runtime::json::JsonValue;

fn json(text: &str) -> JsonValue {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn each_difference_is_told_with_its_place() {
    let cases = [
        (r#"{"a":[{"b":1},{"b":2}]}"#, r#"{"a":[{"b":1},{"b":2}]}"#, &[][..]),
        (r#"{"a":1,"b":null}"#, r#"{"b":null,"a":1}"#, &[]),
        (
            r#"{"a":[{"b":1.50},{"c/d":null}]}"#,
            r#"{"a":[{"b":1.5},{}],"e":"x"}"#,
            &[
                "/a/0/b: documented 1.50, came back 1.5",
                "/a/1/c~1d: documented null, came back nothing",
                r#"/e: documented nothing, came back "x""#,
            ],
        ),
        ("[1,2]", "[1]", &["/1: documented 2, came back nothing"]),
        (r#""a""#, "1", &[r#"documented "a", came back 1"#]),
    ];
    for (documented, written, expected) in cases {
        assert_eq!(differences(&json(documented), &json(written)), expected, "{documented} {written}");
    }
}

#[test]
fn what_is_shown_is_short_and_seen() {
    let long = format!("\"\u{9b}{}\"", "x".repeat(100));
    let [found] = &differences(&json(&long), &json("[1]"))[..] else { panic!("one difference") };
    assert!(found.starts_with("documented \"\u{fffd}xxx") && found.ends_with("x…, came back [1]"), "{found}");
    let many = format!("[{}]", vec!["1"; 30].join(","));
    let found = differences(&json(&many), &json("[]"));
    assert_eq!((found.len(), found.last().map(String::as_str)), (21, Some("and 10 more")));
}
