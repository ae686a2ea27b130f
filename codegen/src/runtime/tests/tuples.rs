//! Lists whose items have types of their own.

use super::json::read;
use crate::runtime::json::{JsonValue, Read};
use crate::runtime::tuple::{Nothing, Tuple};

fn again<T: Read + serde::Serialize>(text: &str) -> Result<String, String> {
    read::<T>(text).map(|value| serde_json::to_string(&value).expect("JSON"))
}

#[test]
fn a_tuple_has_as_many_items_as_it_says() {
    type Pair = (String, i64);
    assert_eq!(read::<Pair>(r#"["a",1]"#), Ok(("a".to_owned(), 1)));
    assert_eq!(read::<(Option<bool>,)>("[null]"), Ok((None,)));
    for (text, why) in [
        (r#"["a"]"#, "at the top: expected at least 2 items, found 1"),
        ("[]", "at the top: expected an item, found none"),
        (r#"["a",1,2]"#, "at /2: expected nothing, found the number 2"),
        (r#"[1,"a"]"#, "at /0: expected a string, found the number 1"),
        (r#"{"0":"a"}"#, "at the top: expected an array, found an object"),
    ] {
        assert_eq!(read::<Pair>(text), Err(why.to_owned()));
    }
}

#[test]
fn items_may_be_missing_from_the_end() {
    type Some = Tuple<(String,), (Option<i64>, Option<Option<bool>>)>;
    for text in [r#"["a"]"#, r#"["a",1]"#, r#"["a",1,true]"#, r#"["a",1,null]"#] {
        assert_eq!(again::<Some>(text).as_deref(), Ok(text));
    }
    for text in ["[]", r#"["a",null]"#, r#"["a",1,true,2]"#, r#"["a",true]"#] {
        assert!(read::<Some>(text).is_err(), "{text}");
    }
    let mut gap = Some::new(("a".to_owned(),));
    gap.then = (None, Some(None));
    let error = serde_json::to_string(&gap).expect_err("a gap").to_string();
    assert_eq!(error, "an item is missing before another one");
}

#[test]
fn others_may_follow() {
    type Open = Tuple<(String,), (), i64>;
    for text in [r#"["a"]"#, r#"["a",1,2]"#] {
        assert_eq!(again::<Open>(text).as_deref(), Ok(text));
    }
    assert!(read::<Open>(r#"["a","b"]"#).is_err());
    let mut any = Tuple::<(), (Option<i64>,), JsonValue>::default();
    assert_eq!(serde_json::to_string(&any).expect("JSON"), "[]");
    any.rest = vec![JsonValue::from(true)];
    assert!(serde_json::to_string(&any).is_err());
    any.then = (Some(1),);
    assert_eq!(serde_json::to_string(&any).expect("JSON"), "[1,true]");
    assert_eq!(read(r#"[1,true]"#), Ok(any));
}

#[test]
fn serde_reads_the_same() {
    let text = r#"["a",1.50]"#;
    let read: Tuple<(String,), (), JsonValue> = serde_json::from_str(text).expect("a list");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
    assert!(serde_json::from_str::<Tuple<(String,)>>(text).is_err());
    assert_eq!(Tuple::<_, (), Nothing>::from(("a",)).first, ("a",));
}
