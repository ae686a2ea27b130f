//! A member that may be absent, null or a value.

use std::collections::BTreeMap;

use crate::runtime::maybe::Maybe;

#[test]
fn it_has_what_an_option_has() {
    let name: Maybe<String> = "Tom".into();
    assert_eq!(name.as_deref(), Maybe::Value("Tom"));
    assert_eq!(name.as_deref().unwrap_or("nobody"), "Tom");
    assert_eq!(name.as_ref().map(String::len).ok(), Some(3));
    assert_eq!(name.as_deref().and_then(|name| Maybe::from(name.get(1..2))), Maybe::Value("o"));
    assert_eq!(name.as_deref().ok_or("nothing"), Ok("Tom"));
    assert_eq!(name.iter().chain(&name).collect::<Vec<_>>(), ["Tom", "Tom"]);
    assert!(name.is_value() && !name.is_null() && !name.is_absent());
    assert_eq!(Option::from(name), Some("Tom".to_owned()));
    let mut count = Maybe::Value(1);
    if let Maybe::Value(count) = count.as_mut() {
        *count += 1;
    }
    assert_eq!(count, Maybe::Value(2));
    assert_eq!(Maybe::from([1, 2]), Maybe::Value(vec![1, 2]));
}

#[test]
fn what_has_no_value_says_which_of_the_two_it_is() {
    for (none, is_null) in [(Maybe::<String>::Absent, false), (Maybe::Null, true)] {
        assert_eq!((none.is_null(), none.is_absent(), none.is_value()), (is_null, !is_null, false));
        assert_eq!(none.as_deref().unwrap_or("nobody"), "nobody");
        assert_eq!(none.as_deref().map(str::len), if is_null { Maybe::Null } else { Maybe::Absent });
        assert_eq!(none.clone().and_then(Maybe::Value), none);
        assert_eq!(none.clone().ok_or("nothing"), Err("nothing"));
        assert_eq!(none.clone().into_iter().next(), None);
        assert_eq!(none.clone().unwrap_or_default(), "");
        assert_eq!(none.unwrap_or_else(|| "made".to_owned()), "made");
    }
    assert_eq!(Maybe::<i32>::from(None), Maybe::Absent);
    assert_eq!(Maybe::<BTreeMap<String, i64>>::from([("a", 1)]), Maybe::Value(BTreeMap::from([("a".to_owned(), 1)])));
    assert_eq!(Maybe::<Vec<String>>::from(["a"]), Maybe::Value(vec!["a".to_owned()]));
    assert_eq!(Maybe::from(Some(1)), Maybe::Value(1));
}
