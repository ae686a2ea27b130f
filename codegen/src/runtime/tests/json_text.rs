//! JSON that is the text of a string.

use super::http_support::Thing;
use crate::runtime::json_text::JsonText;

fn read(json: &str) -> JsonText<Thing> {
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_text_is_read_when_it_is_asked_for_and_kept_as_it_came() {
    let json = r#""{\"name\": \"Tom\", \"n\":1.50}""#;
    let text = read(json);
    assert_eq!(text.read().unwrap().name, "Tom");
    assert_eq!((&*text, text.as_str()), (r#"{"name": "Tom", "n":1.50}"#, r#"{"name": "Tom", "n":1.50}"#));
    assert_eq!(serde_json::to_string(&text).unwrap(), json);
    assert_eq!(format!("{text} {text:?}"), format!("{} {json}", text.as_str()));
    assert_eq!((text.clone(), text.clone().into_text()), (text.clone(), text.as_str().to_owned()));
}

#[test]
fn a_text_of_something_else_is_one_all_the_same() {
    for (json, why) in [("\"oops\"", "invalid JSON"), ("\"[]\"", "expected an object")] {
        let error = read(json).read().unwrap_err().to_string();
        assert!(error.starts_with("the text does not fit the API description: ") && error.contains(why), "{error}");
    }
    assert!(serde_json::from_str::<JsonText<Thing>>("{}").is_err());
}

#[test]
fn a_value_is_written_as_text() {
    let thing = Thing { name: "Tom".to_owned(), ..Thing::default() };
    assert_eq!(JsonText::of(&thing).unwrap(), JsonText::from(r#"{"name":"Tom"}"#));
    let equal = std::collections::HashSet::from([JsonText::<Thing>::from("a"), "a".into(), "b".to_owned().into()]);
    assert_eq!(equal.len(), 2);
}
