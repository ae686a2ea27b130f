//! The support code of the emitted tests, as it stands in them.

#[path = "difference.rs"]
mod difference;

use self::difference::differences;
use crate::runtime::json::JsonValue;
use crate::{Options, Source, generate};

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

#[test]
fn large_examples_are_in_files_of_their_own() {
    let description = |lines: usize, name: &str| {
        let cats: Vec<_> = (0..lines).map(|index| format!(r#"{{ "name": "{index:0100}" }}"#)).collect();
        format!(
            r##"{{ "openapi": "3.0.3", "info": {{ "title": "Cats", "version": "1" }},
            "servers": [{{ "url": "https://cats.example" }}],
            "paths": {{ "/cats": {{ "get": {{ "operationId": "{name}", "responses": {{ "200": {{
                "description": "Cats.", "content": {{ "application/json": {{
                    "schema": {{ "type": "array", "items": {{ "type": "object" }} }},
                    "examples": {{ "all": {{ "value": [{cats}] }}, "again": {{ "value": [{cats}] }} }} }} }} }} }} }} }} }} }}"##,
            cats = cats.join(", "),
        )
    };
    let of = |lines: usize, name: &str| {
        let source = Source::new("cats.json", description(lines, name));
        generate(&source, &Options::default()).unwrap_or_else(|errors| panic!("{errors}"))
    };
    let generated = of(20, "list");
    let files = generated.files();
    assert_eq!(files.iter().filter(|(path, _)| path.starts_with("tests/") && path.ends_with(".json")).count(), 0);

    let generated = of(101, "list");
    let files = generated.files();
    let text = files.get("tests/documented/list_200_all.json").expect("a file");
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(text).expect("JSON").len(), 101);
    let constants = files.get("tests/documented/mod.rs").expect("the constants");
    assert!(constants.contains(r#"pub const LIST_200_ALL: &str = include_str!("list_200_all.json");"#), "{constants}");
    assert!(constants.contains("pub const LIST_200_AGAIN: &str = LIST_200_ALL;"), "{constants}");

    let long = "long".repeat(50);
    let generated = of(101, &long);
    let files: Vec<_> = generated
        .files()
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.starts_with("tests/") && path.ends_with(".json"))
        .collect();
    assert_eq!(files, ["tests/documented/number-0.json"]);
}
