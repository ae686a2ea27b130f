use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::json;
use crate::runtime::json::{Json, JsonValue, object};
use crate::runtime::maybe::Maybe;
use crate::runtime::undeclared::Undeclared;

#[derive(Clone, Default, PartialEq)]
struct Pet {
    name: String,
    nick: Option<String>,
    tag: Maybe<String>,
    legs: Option<i64>,
    others: BTreeMap<String, i64>,
    undeclared: Undeclared,
}

object! {
    Pet {
        name: required "name",
        nick: optional "nick",
        tag: maybe "tag",
        legs: nullable "legs",
        *others,
        ..undeclared
    }
}

fn read(json: &str) -> Pet {
    json::read(json).unwrap()
}

fn written(pet: &Pet) -> String {
    serde_json::to_string(pet).unwrap()
}

fn members(json: &str) -> Undeclared {
    let Json::Object(members) = Json::parse(json).unwrap().into_owned() else { panic!("{json}") };
    let mut undeclared = Undeclared::new();
    undeclared.extend(members.into_iter().map(|(name, value)| (name.into_owned(), value)));
    undeclared
}

#[test]
fn what_the_type_cannot_say_is_written_behind_the_rest() {
    let pet = read(r#"{"b":null,"nick":null,"a":1,"legs":null,"name":"Rex","tag":null}"#);
    assert_eq!(written(&pet), r#"{"name":"Rex","tag":null,"legs":null,"a":1,"b":null,"nick":null}"#);
    assert_eq!(pet.undeclared.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "nick"]);
    assert_eq!(pet.others, BTreeMap::from([("a".to_owned(), 1)]));
}

#[test]
fn the_first_of_a_name_is_written_alone() {
    let mut pet = read(r#"{"name":"Rex","nick":null,"legs":4,"a":null}"#);
    pet.nick = Some("R".to_owned());
    pet.others.extend([("a".to_owned(), 1), ("name".to_owned(), 2), ("tag".to_owned(), 3)]);
    pet.undeclared.insert("legs", 5);
    pet.undeclared.insert("b", 6);
    assert_eq!(written(&pet), r#"{"name":"Rex","nick":"R","legs":4,"a":1,"tag":3,"b":6}"#);
}

#[test]
fn a_member_behind_many_is_kept_as_well() {
    let many: String = (0..100).map(|n| format!(r#""n{n}":null,"#)).collect();
    let text = format!(r#"{{{many}"legs":1,"nick":null,"name":"Rex"}}"#);
    let pet = read(&text);
    assert_eq!(pet.undeclared.len(), 101);
    assert_eq!(pet.undeclared.get("nick"), Some(&Json::Null));
    assert_eq!(written(&pet), format!(r#"{{"name":"Rex","legs":1,{many}"nick":null}}"#));
}

#[test]
fn of_members_that_repeat_a_name_the_last_is_kept() {
    let pet = read(r#"{"name":"a","nick":null,"x":null,"nick":"b","legs":1,"name":"c","x":null,"y":null,"nick":null}"#);
    assert_eq!(written(&pet), r#"{"name":"c","legs":1,"x":null,"y":null,"nick":null}"#);
    assert!(json::read::<Pet>(r#"{"name":"a","legs":1,"x":"text"}"#).is_err());
}

#[test]
fn debug_shows_members_where_there_are_some() {
    let mut pet = Pet::default();
    assert_eq!(format!("{pet:?}"), r#"Pet { name: "", nick: None, tag: Absent, legs: None, others: {} }"#);
    pet.undeclared.insert("a", "b");
    assert_eq!(
        format!("{pet:?}"),
        r#"Pet { name: "", nick: None, tag: Absent, legs: None, others: {}, undeclared: {"a": String("b")} }"#
    );
}

#[test]
fn members_are_set_and_taken_out_by_name() {
    let mut members = Undeclared::new();
    assert_eq!((members.insert("a", 1), members.insert("b", 2)), (None, None));
    assert_eq!(members.insert("a", "x"), Some(Json::from(1)));
    members.extend([("c", true), ("a", false), ("c", false)].map(|(name, value)| (name.to_owned(), value.into())));
    let all: Vec<(&str, JsonValue)> = members.iter().map(|(name, value)| (name, value.clone())).collect();
    assert_eq!(all, [("b", Json::from(2)), ("a", Json::from(false)), ("c", Json::from(false))]);
    assert_eq!(members.remove("d"), None);
    for name in ["a", "b", "c"] {
        assert!(!members.is_empty() && members.remove(name).is_some());
    }
    assert!(members.is_empty());
    assert_eq!(members, Undeclared::default());
    assert_eq!(size_of::<Undeclared>(), size_of::<usize>());
}

#[test]
fn the_order_of_members_does_not_count() {
    let hash = |members: &Undeclared| {
        let mut hasher = DefaultHasher::new();
        members.hash(&mut hasher);
        hasher.finish()
    };
    let one = members(r#"{"a":{"b":[1,"x"],"c":2},"d":null}"#);
    let other = members(r#"{"d":null,"a":{"c":2,"b":[1,"x"]}}"#);
    assert_eq!(one, other);
    assert_eq!((one.cmp(&other), hash(&one)), (std::cmp::Ordering::Equal, hash(&other)));
    for different in [r#"{"d":null}"#, r#"{"a":{"b":["x",1],"c":2},"d":null}"#, r#"{"a":1.0}"#, r#"{"a":"1.0"}"#] {
        let different = members(different);
        assert_ne!(one, different);
        assert_ne!(one.cmp(&different), std::cmp::Ordering::Equal);
        assert_eq!(one.cmp(&different), different.cmp(&one).reverse());
    }
}

#[test]
fn an_integer_comes_back_as_it_was_spelled_until_it_is_changed() {
    for (text, legs) in [("4e0", 4), ("4.0", 4), ("-0", 0), ("40e-1", 4)] {
        let text = &format!(r#"{{"name":"Kit","legs":{text}}}"#);
        let mut pet = read(text);
        assert_eq!(pet.legs, Some(legs));
        assert_eq!(written(&pet), *text);
        pet.legs = Some(3);
        assert_eq!(written(&pet), r#"{"name":"Kit","legs":3}"#);
        pet.legs = None;
        assert_eq!(written(&pet), r#"{"name":"Kit","legs":null}"#);
        assert!(pet.undeclared.is_empty());
    }
}
