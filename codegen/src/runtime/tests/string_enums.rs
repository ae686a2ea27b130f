//! Lists of texts that a newer service may add to.

use std::collections::BTreeMap;

use crate::runtime::string_enum::string_enum;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Size {
    Small,
    XLarge,
    Unknown(String),
}

string_enum! {
    Size { Small = "small", XLarge = "x-large", ..Unknown }
}

#[test]
fn each_text_comes_back_as_it_was() {
    for (text, size) in
        [("small", Size::Small), ("x-large", Size::XLarge), ("Small", Size::Unknown("Small".to_owned()))]
    {
        assert_eq!((Size::from(text), size.as_str(), size.to_string().as_str()), (size.clone(), text, text));
        let json = format!("\"{text}\"");
        assert_eq!(serde_json::from_str::<Size>(&json).unwrap(), size);
        assert_eq!(serde_json::to_string(&size).unwrap(), json);
    }
}

#[test]
fn what_is_no_text_is_none_of_them() {
    for json in ["1", "null", "[\"small\"]"] {
        serde_json::from_str::<Size>(json).unwrap_err();
    }
}

#[test]
fn one_can_be_a_key() {
    let sizes = BTreeMap::from([(Size::XLarge, 1)]);
    assert_eq!(serde_json::to_string(&sizes).unwrap(), r#"{"x-large":1}"#);
}
