//! What conforms to a schema, and what is said of what does not.

use serde_json::{Value, json};

use crate::runtime::conforms::{disagreement, disagreement_within, formats};
use crate::runtime::spelled::{Format, Spelled};
use crate::runtime::{date, date_time, duration, time, uuid};

/// What is wrong, with its places.
fn wrong(schema: &Value, value: &Value) -> Option<(String, String, String)> {
    disagreement(schema, schema, value).map(|found| (found.value, found.keyword, found.text))
}

/// Holds values to what is wrong with each of them, if anything is: its place, the keyword, and the text.
fn check(schema: Value, values: &[(Value, Option<[&str; 3]>)]) {
    for (value, expected) in values {
        let expected = expected.map(|[value, keyword, text]| (value.to_owned(), keyword.to_owned(), text.to_owned()));
        assert_eq!(wrong(&schema, value), expected, "{value} of {schema}");
    }
}

#[test]
fn values_are_of_their_types() {
    check(
        json!({ "type": "integer" }),
        &[
            (json!(1), None),
            (json!(1.0), None),
            (json!(1e300), None),
            (json!(1.5), Some(["", "/type", "is a number, not an integer"])),
            (json!("1"), Some(["", "/type", "is a string, not an integer"])),
            (json!(null), Some(["", "/type", "is `null`, which is not allowed"])),
        ],
    );
    check(
        json!({ "type": ["string", "array", "null"] }),
        &[
            (json!(null), None),
            (json!([{}]), None),
            (json!({}), Some(["", "/type", "is an object, not a string or a list"])),
            (json!(true), Some(["", "/type", "is a boolean, not a string or a list"])),
        ],
    );
    check(json!(false), &[(json!(1), Some(["", "", "is not allowed"]))]);
    check(json!(true), &[(json!(1), None)]);
    check(json!({ "type": "null" }), &[(json!(1), Some(["", "/type", "is a number, not `null`"]))]);
}

#[test]
fn objects_have_what_they_must_have_and_nothing_that_they_must_not_have() {
    check(
        json!({
            "required": ["id"],
            "properties": { "id": { "type": "string" }, "a/b": { "type": "integer" }, "never": false },
            "patternProperties": { "^x-": { "type": "boolean" }, "^[a-c]+$": { "type": "array" } },
            "additionalProperties": { "type": "null" },
            "propertyNames": { "maxLength": 8 },
            "dependentRequired": { "x-more": ["null"] },
        }),
        &[
            (json!({ "id": "1", "a/b": 2, "x-y": true, "abc": [], "other": null }), None),
            (json!([]), None),
            (json!({}), Some(["", "/required", "lacks `id`, which is required"])),
            (json!({ "id": "", "a/b": "" }), Some(["/a~1b", "/properties/a~1b/type", "is a string, not an integer"])),
            (json!({ "id": "", "never": 1 }), Some(["/never", "/properties/never", "is not allowed"])),
            (json!({ "id": "", "x-": 1 }), Some(["/x-", "/patternProperties/^x-/type", "is a number, not a boolean"])),
            (
                json!({ "id": "", "abc": 1 }),
                Some(["/abc", "/patternProperties/^[a-c]+$/type", "is a number, not a list"]),
            ),
            (
                json!({ "id": "", "long name": null }),
                Some(["", "/propertyNames", r#"has "long name", which is no name for a member"#]),
            ),
            (json!({ "id": "", "x-more": true }), Some(["", "/dependentRequired", "lacks `null`, which is required"])),
        ],
    );
    check(
        json!({ "properties": { "a": true }, "additionalProperties": false }),
        &[
            (json!({ "a": null }), None),
            (json!({ "a": 1, "b": 1 }), Some(["", "/additionalProperties", "has `b`, which is not allowed"])),
        ],
    );
}

#[test]
fn lists_have_their_items() {
    check(
        json!({ "prefixItems": [{ "type": "string" }, true], "items": { "type": "integer" }, "minItems": 1, "maxItems": 4,
            "uniqueItems": true }),
        &[
            (json!(["a", null, 1, 2]), None),
            (json!([]), Some(["", "/minItems", "has fewer than 1 item"])),
            (json!(["", 0, 1, 2, 3]), Some(["", "/maxItems", "has more than 4 items"])),
            (json!([1]), Some(["/0", "/prefixItems/0/type", "is a number, not a string"])),
            (json!(["", "", ""]), Some(["/2", "/items/type", "is a string, not an integer"])),
            (json!(["", 1, 1]), Some(["", "/uniqueItems", "has item 2 twice"])),
        ],
    );
    check(
        json!({ "contains": { "type": "string" }, "maxContains": 1 }),
        &[
            (json!([1, ""]), None),
            (json!([1]), Some(["", "/contains", "has fewer than 1 item of a kind"])),
            (json!(["", ""]), Some(["", "/contains", "has more than 1 item of a kind"])),
        ],
    );
}

#[test]
fn numbers_and_texts_keep_to_their_limits() {
    check(
        json!({ "minimum": 0, "exclusiveMaximum": 10.5, "multipleOf": 0.1, "minLength": 2, "maxLength": 3 }),
        &[
            (json!(0), None),
            (json!(0.3), None),
            (json!(-1), Some(["", "/minimum", "is less than 0"])),
            (json!(10.5), Some(["", "/exclusiveMaximum", "is not less than 10.5"])),
            (json!(0.25), Some(["", "/multipleOf", "is no multiple of 0.1"])),
            (json!("äöü"), None),
            (json!("ä"), Some(["", "/minLength", "is shorter than 2 characters"])),
            (json!("äöüß"), Some(["", "/maxLength", "is longer than 3 characters"])),
        ],
    );
    check(
        json!({ "enum": [1, "a", { "b": [2.0] }] }),
        &[
            (json!(1.0), None),
            (json!({ "b": [2] }), None),
            (json!("b"), Some(["", "/enum", "is not one of the values that are listed"])),
        ],
    );
    check(json!({ "const": null }), &[(json!(0), Some(["", "/const", "is not the only value that is allowed"]))]);
    check(
        json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
        &[(json!(i64::MAX), None), (json!(u64::MAX), Some(["", "/maximum", "is greater than 9223372036854775807"]))],
    );
}

#[test]
fn of_choices_the_nearest_variant_is_told() {
    let cat =
        json!({ "properties": { "kind": { "const": "cat" }, "lives": { "type": "integer" } }, "required": ["kind"] });
    let dog =
        json!({ "properties": { "kind": { "const": "dog" }, "name": { "type": "string" } }, "required": ["kind"] });
    check(
        json!({ "anyOf": [cat, dog, { "type": "null" }] }),
        &[
            (json!({ "kind": "cat", "lives": 9 }), None),
            (json!(null), None),
            (
                json!({ "kind": "dog", "name": 1 }),
                Some(["/name", "/anyOf/1/properties/name/type", "is a number, not a string"]),
            ),
            (json!({}), Some(["", "/anyOf", "fits none of the 3 variants"])),
            (json!({ "kind": "cow" }), Some(["", "/anyOf", "fits none of the 3 variants"])),
        ],
    );
    // Which of several fits is not asked for.
    check(json!({ "oneOf": [true, true] }), &[(json!(1), None)]);
    check(
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        &[(json!(null), Some(["", "/oneOf", "is `null`, which is not allowed"]))],
    );
}

#[test]
fn schemas_are_put_together() {
    check(
        json!({
            "allOf": [{ "type": "object" }, { "$ref": "#/$defs/a%20b" }],
            "if": { "required": ["b"] }, "then": { "required": ["c"] }, "else": { "maxProperties": 1 },
            "not": { "required": ["d"] },
            "dependentSchemas": { "e": { "properties": { "e": { "type": "null" } } } },
            "$defs": { "a b": { "properties": { "a": { "type": "string" } } } },
        }),
        &[
            (json!({ "a": "" }), None),
            (json!([]), Some(["", "/allOf/0/type", "is a list, not an object"])),
            (json!({ "a": 1 }), Some(["/a", "#/$defs/a%20b/properties/a/type", "is a number, not a string"])),
            (json!({ "b": 1 }), Some(["", "/then/required", "lacks `c`, which is required"])),
            (json!({ "x": 1, "y": 1 }), Some(["", "/else/maxProperties", "has more than 1 member"])),
            (json!({ "d": 1 }), Some(["", "/not", "is what the schema excludes"])),
            (json!({ "e": 1 }), Some(["/e", "/dependentSchemas/e/properties/e/type", "is a number, not `null`"])),
        ],
    );
    // Whether a pattern matches is not known.
    check(json!({ "not": { "pattern": "^a" } }), &[(json!("a"), None), (json!("b"), None)]);
    check(json!({ "$ref": "#/$defs/gone" }), &[(json!(1), None)]);
}

#[test]
fn what_nothing_speaks_of_is_known() {
    check(
        json!({
            "allOf": [{ "properties": { "a": true } }, { "$ref": "#/$defs/b" }],
            "anyOf": [{ "properties": { "c": { "type": "string" } } }, { "required": ["d"], "properties": { "d": true } }],
            "unevaluatedProperties": false,
            "$defs": { "b": { "properties": { "b": true } } },
        }),
        &[
            (json!({ "a": 1, "b": 1, "c": "" }), None),
            (json!({ "d": 1, "c": 1 }), Some(["", "/unevaluatedProperties", "has `c`, which is not allowed"])),
        ],
    );
    check(
        json!({ "allOf": [{ "prefixItems": [true] }], "unevaluatedItems": { "type": "string" } }),
        &[(json!([1, ""]), None), (json!([1, 2]), Some(["/1", "/unevaluatedItems/type", "is a number, not a string"]))],
    );
}

#[test]
fn recursion_ends() {
    check(
        json!({ "$ref": "#/$defs/a", "$defs": { "a": { "anyOf": [{ "$ref": "#/$defs/b" }] }, "b": { "$ref": "#/$defs/a" } } }),
        &[(json!(1), None)],
    );
    let list = json!({ "$ref": "#/$defs/l", "$defs": { "l": { "type": "array", "items": { "$ref": "#/$defs/l" } } } });
    check(
        list.clone(),
        &[(json!([[], [[]]]), None), (json!([[1]]), Some(["/0/0", "#/$defs/l/type", "is a number, not a list"]))],
    );
    let deep = (0..10_000).fold(json!([]), |inner, _| Value::Array(vec![inner]));
    assert!(wrong(&list, &deep).is_some_and(|(_, _, text)| text.starts_with("takes too long")));
    // Without recursion, such a value cannot even be dropped.
    std::mem::forget(deep);
}

/// Variants that refer to the next two of a chain are a tree of as many leaves as there are atoms.
#[test]
fn nothing_takes_long() {
    let next = |index: usize| json!({ "$ref": format!("#/$defs/{}", index + 1) });
    let choices =
        (0..200).map(|index| (index.to_string(), json!({ "oneOf": [next(index), { "allOf": [next(index)] }] })));
    let mut defs: serde_json::Map<_, _> = choices.collect();
    defs.insert("200".to_owned(), json!({ "type": "string" }));
    let root = json!({ "$defs": defs });
    for count in [0, 150] {
        let found = disagreement(&root, &json!({ "$ref": format!("#/$defs/{count}") }), &json!(1)).expect("a number");
        assert!(found.text.starts_with("fits none of the 2") || found.text.starts_with("takes too long"), "{found:?}");
    }
    let mut steps = 10;
    let many = json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    let found = disagreement_within(&mut steps, &root, &json!({ "items": true }), &many).expect("too many");
    assert_eq!((found.value.as_str(), steps), ("/9", 0));
}

/// Whether the type of a format reads a text.
fn is_read<T: Format>(text: &str) -> bool
where
    Spelled<T>: std::str::FromStr,
{
    text.parse::<Spelled<T>>().is_ok()
}

#[test]
fn formats_are_what_the_types_read() {
    use std::net;

    let texts = [
        "2020-01-31T12:30:00Z",
        "2020-01-31t12:30:00.123456789012z",
        "2020-01-31 12:30",
        "2020-01-31",
        "20200131",
        "2020-1-31",
        "2020-02-30",
        "2020-02-29",
        "2021-02-29",
        "1900-02-29",
        "2020-13-01",
        "2020-01-31T12:30:60Z",
        "2020-01-31T12:30:61Z",
        "2020-01-31T24:00:00Z",
        "2020-01-31T12:30:00+02",
        "2020-01-31T12:30:00+0230",
        "2020-01-31T12:30:00-02:30",
        "2020-01-31T12:30:00+24:00",
        "2020-01-31T12:30:00+23:60",
        "2020-01-31T12:30:00.Z",
        "2020-01-31T",
        "2020-01-31Z",
        "0000-01-01T00:00:00",
        "9999-12-31T23:59:59.9+00:00",
        "2020-01-31T12:30:00[UTC]",
        "/Date(1539993600000+0000)/",
        "/Date(-1)/",
        "/Date()/",
        "/Date(99999999999999999)/",
        "/Date(1-2400)/",
        "12:30",
        "12:30:00Z",
        "12:30:00.5+02:00",
        "12",
        "1230",
        "25:00:00",
        "P1D",
        "P1DT12H",
        "PT1.5S",
        "P1.5D",
        "PT",
        "P",
        "-P1Y2M3W4DT5H6M7,5S",
        "P1M1Y",
        "PT1.5H2M",
        "1h30m",
        "5 days",
        "1 h 30 m",
        "90",
        "P-1D",
        "PT99999999.5S",
        "PT999999999S",
        "P9999Y",
        "3m1h",
        "00:01:30",
        "1.5h",
        "550e8400-e29b-41d4-a716-446655440000",
        "550E8400E29B41D4A716446655440000",
        "urn:uuid:550e8400-e29b-41d4-a716-446655440000",
        "{550e8400-e29b-41d4-a716-446655440000}",
        "550e8400-e29b-41d4-a716-44665544000",
        "550e8400-e29b-41d4-a716-44665544000g",
        "{550e8400e29b41d4a716446655440000}",
        "127.0.0.1",
        "127.0.0.256",
        "::1",
        "::g",
        "",
        "text",
        "ä",
    ];
    type Reads = fn(&str) -> bool;
    let formats: [(&str, Reads); 8] = [
        ("date-time", |text| text.parse::<date_time::DateTime>().is_ok()),
        ("date", |text| text.parse::<date::Date>().is_ok()),
        ("time", |text| text.parse::<time::Time>().is_ok()),
        ("duration", |text| text.parse::<duration::Duration>().is_ok()),
        ("uuid", |text| text.parse::<uuid::Uuid>().is_ok()),
        ("ip", is_read::<net::IpAddr>),
        ("ipv4", is_read::<net::Ipv4Addr>),
        ("ipv6", is_read::<net::Ipv6Addr>),
    ];
    // Of what a type takes beyond the standards, this is left.
    let beyond = ["25:00:00", "PT999999999S", "00:01:30", "1.5h"];
    let mut others = Vec::new();
    for (format, reads) in formats {
        for text in texts {
            if formats::is_of(format, text) != reads(text) {
                others.push((format, text, reads(text)));
            }
        }
    }
    assert_eq!(others, beyond.map(|text| ("duration", text, true)));
    assert!(formats::is_of("email", "anything"));
    check(
        json!({ "format": "uuid" }),
        &[(json!("1"), Some(["", "/format", "is not of the format `uuid`"])), (json!(1), None)],
    );
    check(json!({ "format": "uuid", "enum": ["1"] }), &[(json!("1"), None)]);
}
