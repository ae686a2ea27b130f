use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::json::read;
use crate::runtime::base64::Base64;
use crate::runtime::password::Secret;

fn encoded(text: &str) -> Base64 {
    Base64::from_encoded(text)
}

#[test]
fn base64_is_decoded_however_it_is_written() {
    let bytes = [0xfb, 0xff, 0xbf, 0x00, 0x01];
    assert_eq!(Base64::new(bytes).as_str(), "+/+/AAE=");
    for text in ["+/+/AAE=", "+/+/AAE", "-_-_AAE=", "-_-_AAE", "+/+/\r\nAAE=\n", " + / + / A A E = "] {
        assert_eq!(encoded(text).decode().unwrap(), bytes, "for {text:?}");
    }
    assert_eq!(encoded("").decode().unwrap(), b"");
}

#[test]
fn what_is_not_base64_is_kept_and_an_error_when_it_is_decoded() {
    let early = "the text is not Base64: it ends too early, or its padding is wrong";
    for (text, error) in [
        ("AA!A", "the text is not Base64 at byte 2"),
        ("AA\n\nA!", "the text is not Base64 at byte 5"),
        ("+/-_", "the text is not Base64 at byte 0"),
        ("Aé==", "the text is not Base64 at byte 1"),
        ("AAAAB", early),
        ("AAE==", "the text is not Base64 at byte 3"),
        ("AAF=", "the text is not Base64 at byte 2"),
    ] {
        let json = serde_json::to_string(text).unwrap();
        let value = read::<Base64>(&json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(value.decode().unwrap_err().to_string(), error, "for {text:?}");
    }
    let mismatch = read::<Base64>("1").unwrap_err();
    assert_eq!(mismatch, "at the top: expected a string of Base64, found the number 1");
}

#[test]
fn large_base64_is_not_shown_in_full() {
    let large = Base64::new([0; 3000]);
    assert_eq!(format!("{large:?}"), format!("{:?} and more, 4000 bytes of text", "A".repeat(40)));
    assert_eq!(large.to_string().len(), 4000);
    assert_eq!(format!("{:?}", encoded("AAE=")), "\"AAE=\"");
    // The end of what is shown is not within a character.
    assert!(format!("{:?}", encoded(&"é".repeat(41))).starts_with(&format!("\"{}\" and", "é".repeat(40))));
}

proptest! {
    #[test]
    fn all_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        prop_assert_eq!(Base64::new(&bytes).decode().unwrap(), bytes);
    }

    #[test]
    fn no_text_panics(text in ".{0,40}") {
        let value = encoded(&text);
        prop_assert_eq!(value.to_string(), text);
        if let Err(error) = value.decode() {
            prop_assert!(error.to_string().starts_with("the text is not Base64"));
        }
    }
}

const HUSH: &str = "hunter2";

/// Types of a user around ours.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Login {
    name: String,
    password: Secret,
    key: Option<Base64>,
    others: Vec<Secret>,
    by_name: BTreeMap<String, Secret>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Flattening {
    #[serde(flatten)]
    login: Login,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Secret(Secret),
}

fn login() -> Login {
    Login {
        name: "ann".to_owned(),
        password: HUSH.into(),
        key: Some(Base64::new(b"key")),
        others: vec![HUSH.to_owned().into()],
        by_name: BTreeMap::from([("first".to_owned(), HUSH.parse().unwrap())]),
    }
}

#[test]
fn secrets_are_sent_and_not_shown() {
    let json = format!(
        r#"{{"name":"ann","password":"{HUSH}","key":"a2V5","others":["{HUSH}"],"by_name":{{"first":"{HUSH}"}}}}"#
    );
    assert_eq!(serde_json::to_string(&login()).unwrap(), json);
    assert_eq!(serde_json::from_str::<Login>(&json).unwrap(), login());
    let flat: Flattening = serde_json::from_str(&json).unwrap();
    assert_eq!(flat, Flattening { login: login() });
    assert_eq!(serde_json::to_string(&flat).unwrap(), json);
    let untagged: Untagged = serde_json::from_str(&format!("{HUSH:?}")).unwrap();
    for shown in [format!("{:?}", login()), format!("{flat:#?}"), format!("{untagged:?}")] {
        assert!(!shown.contains(HUSH) && shown.contains("[secret]"), "{shown}");
    }
}

#[test]
fn secrets_are_equal_if_their_texts_are() {
    let secret = login().password;
    assert_eq!(secret.expose_secret(), HUSH);
    assert_eq!(secret, secret.clone());
    assert_ne!(secret, Secret::default());
    assert_eq!(Secret::from(secrecy::SecretString::from(HUSH)), secret);
}

#[test]
fn what_should_have_been_a_secret_is_not_shown() {
    for (json, found) in [("[1234]", "the number [secret]"), ("[null]", "null"), (r#"[["hunter2"]]"#, "an array")] {
        let mismatch = read::<Vec<Secret>>(json).unwrap_err();
        assert_eq!(mismatch, format!("at /0: expected a string, found {found}"));
    }
}
