//! Where a text says what the description does not.

use crate::runtime::choice::union;
use crate::runtime::fit::Fit;
use crate::runtime::json::{JsonValue, Read, Reader, object, undescribed};
use crate::runtime::string_enum::string_enum;
use crate::runtime::undeclared::Undeclared;

struct Pet {
    kind: Option<Kind>,
    size: Option<Size>,
    nick: Option<String>,
    friends: Option<Vec<Pet>>,
    undeclared: Undeclared,
}

object! {
    Pet {
        kind: optional "kind",
        size: optional "size",
        nick: optional "nick",
        friends: optional "friends",
        ..undeclared
    }
}

#[derive(Debug)]
enum Kind {
    Cat,
    Other(String),
}

string_enum!(Kind { Cat = "cat", ..Other });

#[derive(Debug)]
enum Size {
    Number(i64),
    Other(JsonValue),
}

union! {
    Size {
        Number: [Fit::NUMBER],
        ..Other
    }
}

fn places(text: &str) -> Option<String> {
    let mut reader = Reader::new(text);
    let pet = Pet::read(&mut reader);
    assert!(pet.is_ok(), "{text}");
    reader.undescribed()
}

#[test]
fn what_is_as_described_has_no_places() {
    assert_eq!(places(r#"{ "kind": "cat", "size": 3, "friends": [{}, { "nick": "a" }] }"#), None);
}

#[test]
fn members_values_and_nulls_are_told_by_their_places() {
    for (text, expected) in [
        (r#"{ "age": 3, "kind": "cat" }"#, "/age"),
        (r#"{ "kind" : "dog" }"#, "/kind"),
        (r#"{ "nick": null }"#, "/nick"),
        (r#"{ "size": { "deep": { "age": 1 } } }"#, "/size"),
        (r#"{ "a/b~\u001b": { "kind": "dog" } }"#, r"/a~1b~0\u{1b}"),
        (
            r#"{ "friends": [{ "age": 1 }, {}, { "age": 2, "kind": "dog" }], "b": [] }"#,
            "/friends/*/age, /friends/*/kind, /b",
        ),
    ] {
        assert_eq!(places(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn of_many_places_the_first_are_told() {
    let members: Vec<_> = (0..30).map(|number| format!(r#""m{number}": 1"#)).collect();
    let places = places(&format!("{{{}}}", members.join(","))).expect("places");
    assert!(places.starts_with("/m0, /m1, ") && places.ends_with("/m15 and 14 more"), "{places}");
}

#[test]
fn a_text_of_ones_own_has_all_of_its_places_told_as_they_are() {
    let members: Vec<_> = (0..30).map(|number| format!(r#""m{number}\u001b": 1"#)).collect();
    let places = undescribed::<Pet>(&format!("{{{}}}", members.join(","))).expect("a pet");
    assert_eq!(places, (0..30).map(|number| format!("/m{number}\u{1b}")).collect::<Vec<_>>());
    assert_eq!(undescribed::<Vec<Pet>>(r#"[{ "nick": "a" }, { "kind": "dog" }]"#).expect("pets"), ["/*/kind"]);
    let error = undescribed::<Pet>(r#"{ "nick": 1 }"#).expect_err("no text");
    assert!(error.to_string().contains("nick"), "{error}");
}
