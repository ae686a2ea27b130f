//! Values that may be the empty text instead.

use std::collections::BTreeMap;

use super::json;
use crate::runtime::or_empty::OrEmpty;

fn read(text: &str) -> Result<OrEmpty<Vec<i32>>, String> {
    json::read(text)
}

#[test]
fn a_value_and_any_text_come_back() {
    for (text, is_empty, has_value) in
        [("[1,2]", false, true), ("[]", false, true), ("\"\"", true, false), ("\"none\"", false, false)]
    {
        let value = read(text).expect(text);
        assert_eq!((value.is_empty(), value.value().is_some()), (is_empty, has_value), "{text}");
        assert_eq!(serde_json::to_string(&value).expect("JSON"), text);
    }
}

#[test]
fn what_is_neither_is_refused() {
    assert_eq!(read("true"), Err("at the top: expected an array, found true".to_owned()));
    assert_eq!(read("[\"\"]"), Err("at /0: expected an integer of 32 bits, found the string \"\"".to_owned()));
}

#[test]
fn it_is_made_of_what_there_is() {
    let (value, none, some): (OrEmpty<i32>, OrEmpty<i32>, OrEmpty<i32>) = (7.into(), None.into(), Some(7).into());
    assert_eq!(value.map(|number| number + 1).into_value(), Some(8));
    assert_eq!((none, some), (OrEmpty::Empty, OrEmpty::Value(7)));
    let lists: [OrEmpty<Vec<String>>; 2] = [["a"].into(), vec!["a".to_owned()].into()];
    assert_eq!(lists[0], lists[1]);
    let (map, same): (OrEmpty<BTreeMap<String, i64>>, _) = ([("a", 1)].into(), BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(map, OrEmpty::Value(same));
}
