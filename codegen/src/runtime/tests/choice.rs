use crate::runtime::choice::{Choice, Fit};
use crate::runtime::json::{Json, JsonValue, Mismatch, Read};

#[derive(Debug, PartialEq)]
enum Value {
    Flag(bool),
    Number(i64),
    Texts(Vec<String>),
    Object(Vec<String>),
    Other(JsonValue),
}

/// The names of an object's members, each of which must hold a number.
struct Members(Vec<String>);

impl Read for Members {
    fn read(json: Json<'_>) -> Result<Self, Mismatch> {
        let members = json.into_object()?.rest::<i64>()?;
        Ok(Self(members.into_keys().collect()))
    }
}

fn object(members: Members) -> Value {
    Value::Object(members.0)
}

fn second(members: Members) -> Value {
    Value::Object([vec!["second".to_owned()], members.0].concat())
}

fn choice(json: &str) -> Choice<'_, Value> {
    Choice::new(Json::parse(json).unwrap())
}

fn names(value: Value) -> Vec<String> {
    match value {
        Value::Object(names) => names,
        other => panic!("{other:?} is no object"),
    }
}

#[test]
fn the_json_type_decides_where_it_can() {
    let read = |json| {
        let choice = choice(json).variant(&[Fit::BOOL], Value::Flag).variant(&[Fit::NUMBER], Value::Number);
        choice.variant(&[Fit::ARRAY], Value::Texts).end()
    };
    assert_eq!(read("true").unwrap(), Value::Flag(true));
    assert_eq!(read("7").unwrap(), Value::Number(7));
    assert_eq!(read(r#"["a"]"#).unwrap(), Value::Texts(vec!["a".to_owned()]));
    assert_eq!(
        read("{}").unwrap_err().to_string(),
        "at the top: expected a value of one of the types of the union, found an object"
    );
    // The mismatch of the variant that it could have been says more.
    assert_eq!(read("[1]").unwrap_err().to_string(), "at /0: expected a string, found the number 1");
}

#[test]
fn what_loses_the_fewest_members_is_best() {
    let read = |json| {
        let choice = choice(json).variant(&[Fit::object(&[], &["a", "b"])], object);
        names(choice.variant(&[Fit::object(&[], &["a", "c"])], second).or(Value::Other))
    };
    assert_eq!(read(r#"{"a":1,"c":2}"#), ["second", "a", "c"]);
    assert_eq!(read(r#"{"a":1,"b":2}"#), ["a", "b"]);
    // Of several that fit as well, the first.
    assert_eq!(read(r#"{"a":1}"#), ["a"]);
    assert_eq!(read(r#"{"x":1}"#), ["x"]);
}

#[test]
fn an_object_with_any_members_loses_none() {
    let read = |json| {
        let choice = choice(json).variant(&[Fit::object(&[], &["a"])], object);
        let choice = choice.variant(&[Fit::object(&[], &["a"]).open()], second);
        names(choice.variant(&[Fit::STRING], |text| Value::Texts(vec![text])).or(Value::Other))
    };
    assert_eq!(read(r#"{"a":1}"#), ["a"]);
    assert_eq!(read(r#"{"a":1,"b":2}"#), ["second", "a", "b"]);
}

#[test]
fn a_variant_needs_its_required_members() {
    let read = |json| choice(json).variant(&[Fit::object(&["a"], &["a"])], object).or(Value::Other);
    assert_eq!(read(r#"{"a":1,"z":1}"#), Value::Object(vec!["a".to_owned(), "z".to_owned()]));
    assert_eq!(read(r#"{"z":1}"#), Value::Other(Json::parse(r#"{"z":1}"#).unwrap().into_owned()));
}

#[test]
fn a_tag_says_more_than_members_and_excludes_others() {
    const FITS: [Fit; 2] = [
        Fit::object(&[], &["kind", "a", "b"]).tagged(&[("kind", &["7"])]),
        Fit::OBJECT.tagged(&[("kind", &["8", "9"])]),
    ];
    let kind = |json| {
        let choice = choice(json).variant(&FITS[..1], |_: JsonValue| Value::Number(1));
        choice.variant(&FITS[1..], |_: JsonValue| Value::Number(2)).or(Value::Other)
    };
    assert_eq!(kind(r#"{"kind":"7","x":1}"#), Value::Number(1));
    assert_eq!(kind(r#"{"kind":"9","a":1,"b":2}"#), Value::Number(2));
    assert_eq!(kind(r#"{"kind":"3","a":1}"#), Value::Other(Json::parse(r#"{"kind":"3","a":1}"#).unwrap()));
    assert_eq!(kind(r#"{"kind":7}"#), Value::Other(Json::parse(r#"{"kind":7}"#).unwrap()));
}

#[test]
fn what_cannot_be_read_gives_way_to_the_next_best() {
    let read = |json| {
        let choice = choice(json).variant(&[Fit::object(&[], &["a", "b"])], object);
        choice.variant(&[Fit::ANY], Value::Other).end()
    };
    assert_eq!(read(r#"{"a":1}"#).unwrap(), Value::Object(vec!["a".to_owned()]));
    assert_eq!(read(r#"{"a":"x"}"#).unwrap(), Value::Other(Json::parse(r#"{"a":"x"}"#).unwrap()));
    assert_eq!(read("null").unwrap(), Value::Other(Json::Null));
}

#[test]
fn a_variant_that_is_a_choice_itself_has_several_looks() {
    let read = |json| {
        let choice = choice(json).variant(&[Fit::NUMBER, Fit::object(&["n"], &["n"])], Value::Other);
        choice.variant(&[Fit::OBJECT], object).end().unwrap()
    };
    assert_eq!(read("1"), Value::Other(Json::from(1)));
    assert_eq!(read(r#"{"n":1}"#), Value::Other(Json::parse(r#"{"n":1}"#).unwrap()));
    assert_eq!(read(r#"{"m":1}"#), Value::Object(vec!["m".to_owned()]));
}
