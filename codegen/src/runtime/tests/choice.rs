use std::collections::BTreeMap;

use super::json::{self, read};
use crate::runtime::choice::{Variant, union};
use crate::runtime::fit::{Fit, Scalar, Tag, Values};
use crate::runtime::json::{Json, JsonValue, Mismatch, Read, Reader, Stop, kinds, object};

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
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        let members = json.read::<BTreeMap<String, i64>>()?;
        Ok(Self(members.into_keys().collect()))
    }
}

type Outcome = Result<Value, Stop>;

fn object(json: &mut Reader<'_>) -> Outcome {
    json.read().map(|members: Members| Value::Object(members.0))
}

fn second(json: &mut Reader<'_>) -> Outcome {
    json.read().map(|members: Members| Value::Object([vec!["second".to_owned()], members.0].concat()))
}

fn other(json: &mut Reader<'_>) -> Outcome {
    json.read().map(Value::Other)
}

fn parse(json: &str) -> Json<'_> {
    Json::parse(json).unwrap()
}

/// A value that is to be read as one of some types.
struct Choice<'f> {
    json: String,
    variants: Vec<Variant<'f, Value>>,
}

fn choice<'f>(json: &Json<'_>) -> Choice<'f> {
    Choice { json: serde_json::to_string(json).unwrap(), variants: Vec::new() }
}

impl<'f> Choice<'f> {
    fn variant(mut self, fits: &'f [Fit], read: fn(&mut Reader<'_>) -> Outcome) -> Self {
        self.variants.push((fits, read));
        self
    }

    fn or(self, other: fn(JsonValue) -> Value) -> Result<Value, Mismatch> {
        Reader::new(&self.json).choose_or(&self.variants, other).map_err(mismatch)
    }

    fn end(self) -> Result<Value, Mismatch> {
        Reader::new(&self.json).choose(&self.variants).map_err(mismatch)
    }
}

fn mismatch(stop: Stop) -> Mismatch {
    match stop {
        Stop::Mismatch(mismatch) => mismatch,
        Stop::Fits => panic!("it was no trial"),
    }
}

fn names(value: Value) -> Vec<String> {
    match value {
        Value::Object(names) => names,
        other => panic!("{other:?} is no object"),
    }
}

#[test]
fn the_json_type_decides_where_it_can() {
    let read = |json: &str| {
        choice(&parse(json))
            .variant(&[Fit::BOOL], |json| json.read().map(Value::Flag))
            .variant(&[Fit::NUMBER], |json| json.read().map(Value::Number))
            .variant(&[Fit::ARRAY], |json| json.read().map(Value::Texts))
            .end()
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
    let read = |json: &str| {
        let json = parse(json);
        let first = [Fit::object(&[], &["a", "b"])];
        names(
            choice(&json)
                .variant(&first, object)
                .variant(&[Fit::object(&[], &["a", "c"])], second)
                .or(Value::Other)
                .unwrap(),
        )
    };
    assert_eq!(read(r#"{"a":1,"c":2}"#), ["second", "a", "c"]);
    assert_eq!(read(r#"{"a":1,"b":2}"#), ["a", "b"]);
    // Of several that fit as well, the first.
    assert_eq!(read(r#"{"a":1}"#), ["a"]);
    assert_eq!(read(r#"{"x":1}"#), ["x"]);
}

#[test]
fn an_object_with_any_members_loses_none() {
    let read = |json: &str| {
        let value = choice(&parse(json))
            .variant(&[Fit::object(&[], &["a"])], object)
            .variant(&[Fit::object(&[], &["a"]).open()], second)
            .variant(&[Fit::STRING], |json| json.read().map(|text| Value::Texts(vec![text])))
            .or(Value::Other)
            .unwrap();
        names(value)
    };
    assert_eq!(read(r#"{"a":1}"#), ["a"]);
    assert_eq!(read(r#"{"a":1,"b":2}"#), ["second", "a", "b"]);
}

#[test]
fn a_variant_needs_its_required_members() {
    let read =
        |json: &str| choice(&parse(json)).variant(&[Fit::object(&["a"], &["a"])], object).or(Value::Other).unwrap();
    assert_eq!(read(r#"{"a":1,"z":1}"#), Value::Object(vec!["a".to_owned(), "z".to_owned()]));
    assert_eq!(read(r#"{"z":1}"#), Value::Other(parse(r#"{"z":1}"#).into_owned()));
}

#[test]
fn a_tag_says_more_than_members_and_excludes_others() {
    const FITS: [Fit; 2] = [
        Fit::object(&[], &["kind", "a", "b"]).tagged(&[("kind", &["7"])]),
        Fit::OBJECT.tagged(&[("kind", &["8", "9"])]),
    ];
    let kind = |json| {
        choice(&parse(json))
            .variant(&FITS[..1], |_| Ok(Value::Number(1)))
            .variant(&FITS[1..], |_| Ok(Value::Number(2)))
            .or(Value::Other)
            .unwrap()
    };
    assert_eq!(kind(r#"{"kind":"7","x":1}"#), Value::Number(1));
    assert_eq!(kind(r#"{"kind":"9","a":1,"b":2}"#), Value::Number(2));
    assert_eq!(kind(r#"{"kind":"3","a":1}"#), Value::Other(parse(r#"{"kind":"3","a":1}"#)));
    assert_eq!(kind(r#"{"kind":7}"#), Value::Other(parse(r#"{"kind":7}"#)));
}

#[derive(Debug, PartialEq)]
struct Cat {
    kind: String,
    inner: Option<Box<Animal>>,
    lives: Option<i64>,
}

object! {
    Cat {
        kind: required "kind",
        inner: optional "inner",
        lives: optional "lives",
    }
}

#[derive(Debug, PartialEq)]
enum Animal {
    Cat(Cat),
    Dog(BTreeMap<String, JsonValue>),
    Bird(JsonValue),
    Other(JsonValue),
}

union! {
    Animal {
        Cat: [Fit::OBJECT.tagged(&[("kind", &["cat"])])],
        Dog: [Fit::OBJECT.tagged(&[("kind", &["dog", "wolf"])])],
        Bird: [Fit::OBJECT.tagged(&[("kind", &["bird"])])],
        ..Other
    }
}

#[derive(Debug, PartialEq)]
enum Code {
    Text(String),
    Plain(JsonValue),
}

kinds! {
    Code: "a string, a number or a boolean" {
        Text: String,
        Plain: Number | Bool,
    }
}

#[test]
fn kinds_tell_what_a_value_is_and_are_named_where_it_is_none() {
    assert_eq!(read::<Code>(r#""7""#), Ok(Code::Text("7".to_owned())));
    for plain in ["7.0", "true"] {
        let code: Code = read(plain).unwrap();
        assert_eq!(code, Code::Plain(parse(plain).into_owned()));
        assert_eq!(serde_json::to_string(&code).unwrap(), plain);
    }
    let error = read::<Code>("[]").unwrap_err();
    assert_eq!(error, "at the top: expected a string, a number or a boolean, found an array");
}

#[test]
fn of_a_repeated_tag_the_last_counts() {
    let read = |json: &str| format!("{:?}", json::read::<Animal>(json).unwrap()).split('(').next().unwrap().to_owned();
    for (json, expected) in [
        (r#"{"lives":9,"kind":"cat"}"#, "Cat"),
        (r#"{"kind":"wolf"}"#, "Dog"),
        (r#"{"kind":"bird"}"#, "Bird"),
        (r#"{"kind":"cat","lives":"many"}"#, "Other"),
        (r#"{"kind":"cat","lives":9,"kind":"wolf"}"#, "Dog"),
        (r#"{"kind":"wolf","lives":9,"kind":"cat"}"#, "Cat"),
        (r#"{"kind":"bird","kind":"cat"}"#, "Cat"),
        (r#"{"kind":"cat","kind":"bird"}"#, "Bird"),
        (r#"{"kind":"cat","kind":"fish"}"#, "Other"),
        (r#"{"kind":"fish","kind":"cat"}"#, "Cat"),
        (r#"{"kind":"cat","\u006bind":"wolf"}"#, "Dog"),
        (r#"{"kind":7}"#, "Other"),
        (r#"[{"kind":"cat"}]"#, "Other"),
    ] {
        assert_eq!(read(json), expected, "{json}");
    }
    // However deep, and at each level.
    let deep = (0..100).fold("null".to_owned(), |inner, _| format!(r#"{{"kind":"dog","inner":{inner},"kind":"cat"}}"#));
    assert_eq!(read(&deep), "Cat");
}

/// Which of the looks a value fits best, by its number.
fn best(looks: &'static [Fit], json: &str) -> Value {
    let json = parse(json);
    let numbers: [fn(&mut Reader<'_>) -> Outcome; 3] =
        [|_| Ok(Value::Number(0)), |_| Ok(Value::Number(1)), |_| Ok(Value::Number(2))];
    let looks = looks.chunks(1).zip(numbers);
    looks.fold(choice(&json), |choice, (look, read)| choice.variant(look, read)).or(Value::Other).unwrap()
}

fn is_other(value: &Value) -> bool {
    matches!(value, Value::Other(_))
}

#[test]
fn a_tag_counts_wherever_it_stands() {
    const LOOKS: [Fit; 2] = [
        Fit::OBJECT.told(&[Tag::Is(&["data", "type"], Values::Texts(&["people"]))]),
        Fit::OBJECT.told(&[Tag::Is(&["data", "type"], Values::Texts(&["firms"]))]),
    ];
    let best = |json| best(&LOOKS, json);
    assert_eq!(best(r#"{"data":{"type":"firms"}}"#), Value::Number(1));
    assert_eq!(best(r#"{"data":[{"id":1},{"type":"firms"},{"type":"firms"}]}"#), Value::Number(1));
    assert_eq!(best(r#"{"data":[[{"type":"people"}]]}"#), Value::Number(0));
    // All items count, and none of them may be of another type.
    assert!(is_other(&best(r#"{"data":[{"type":"people"},{"type":"firms"}]}"#)));
    assert!(is_other(&best(r#"{"data":{"type":"planets"}}"#)));
    assert!(is_other(&best(r#"{"data":{"type":{}}}"#)));
    // Where there is nothing, nothing is said.
    for silent in [r"{}", r#"{"data":null}"#, r#"{"data":[]}"#, r#"{"data":"firms"}"#, r#"{"data":{"type":null}}"#] {
        assert_eq!(best(silent), Value::Number(0), "{silent}");
    }
}

#[test]
fn lists_are_told_by_their_items() {
    const LOOKS: [Fit; 2] = [
        Fit::ARRAY.told(&[Tag::Is(&[], Values::Texts(&["a", "b"]))]),
        Fit::ARRAY.told(&[Tag::Is(&[], Values::Texts(&["c"]))]),
    ];
    assert_eq!(best(&LOOKS, r#"["c","c"]"#), Value::Number(1));
    assert_eq!(best(&LOOKS, r#"["b"]"#), Value::Number(0));
    assert!(is_other(&best(&LOOKS, r#"["a","c"]"#)));
}

#[test]
fn tags_are_scalars_of_any_type() {
    const LOOKS: [Fit; 3] = [
        Fit::OBJECT.told(&[Tag::Is(&["v"], Values::Scalars(&[Scalar::Number("1"), Scalar::Text("one")]))]),
        Fit::OBJECT.told(&[Tag::Is(&["v"], Values::Scalars(&[Scalar::Bool(true), Scalar::Number("2.5")]))]),
        Fit::OBJECT.told(&[Tag::Is(&["v"], Values::Scalars(&[Scalar::Null]))]),
    ];
    let number = |json: &str| match best(&LOOKS, json) {
        Value::Number(number) => Some(number),
        _ => None,
    };
    for (json, expected) in [("1", 0), ("1.0", 0), ("10e-1", 0), (r#""one""#, 0), ("true", 1), ("2.50", 1), ("null", 2)]
    {
        assert_eq!(number(&format!(r#"{{"v":{json}}}"#)), Some(expected), "{json}");
    }
    for odd in ["2", "-1", "false", r#""1""#, r#""true""#, "[2]", "{}", "1e999999999999999999999"] {
        assert_eq!(number(&format!(r#"{{"v":{odd}}}"#)), None, "{odd}");
    }
}

#[test]
fn some_tags_only_prefer() {
    const LOOKS: [Fit; 2] = [
        Fit::object(&[], &["status", "a"]).told(&[Tag::IsRather(&["status"], Values::Texts(&["on", "off"]))]),
        Fit::object(&["b"], &["b"]),
    ];
    assert_eq!(best(&LOOKS, r#"{"status":"new","a":1}"#), Value::Number(0));
    assert_eq!(best(&LOOKS, r#"{"status":"new","a":1,"b":1}"#), Value::Number(1));
    assert_eq!(best(&LOOKS, r#"{"status":"on","b":1}"#), Value::Number(0));
}

#[test]
fn what_is_of_no_other_variant_is_of_the_rest() {
    const LOOKS: [Fit; 2] = [
        Fit::OBJECT.told(&[Tag::Is(&["kind"], Values::Texts(&["cat", "dog"]))]),
        Fit::OBJECT.told(&[Tag::IsNot(&["kind"], Values::Texts(&["cat", "dog"]))]),
    ];
    assert_eq!(best(&LOOKS, r#"{"kind":"dog"}"#), Value::Number(0));
    assert_eq!(best(&LOOKS, r#"{"kind":"bird"}"#), Value::Number(1));
    assert_eq!(best(&LOOKS, r#"{"kind":7}"#), Value::Number(1));
    assert!(is_other(&best(&LOOKS, "[]")));
    // One that says that it is a dog and cannot be read as one is not something else.
    let json = parse(r#"{"kind":"dog"}"#);
    let unreadable = |json: &mut Reader<'_>| Err(json.mismatch("a dog"));
    let value = choice(&json).variant(&LOOKS[..1], unreadable).variant(&LOOKS[1..], object).or(Value::Other).unwrap();
    assert!(is_other(&value));
}

#[test]
fn an_object_with_members_that_should_not_be_there_is_rather_another_one() {
    const LOOKS: [Fit; 2] = [Fit::object(&[], &["a", "b"]).closed(), Fit::object(&[], &["a"])];
    assert_eq!(best(&LOOKS, r#"{"a":1,"b":1}"#), Value::Number(0));
    assert_eq!(best(&LOOKS, r#"{"a":1,"b":1,"c":1}"#), Value::Number(1));
    assert_eq!(best(&LOOKS[..1], r#"{"a":1,"c":1}"#), Value::Number(0));
    const ONLY: [Fit; 1] = [Fit::object(&[], &["a", "b"]).only()];
    assert_eq!(best(&ONLY, r#"{"b":1}"#), Value::Number(0));
    assert!(is_other(&best(&ONLY, r#"{"a":1,"c":1}"#)));
}

#[test]
fn what_cannot_be_read_gives_way_to_the_next_best() {
    let read = |json: &str| {
        let json = parse(json);
        choice(&json).variant(&[Fit::object(&[], &["a", "b"])], object).variant(&[Fit::ANY], other).end()
    };
    assert_eq!(read(r#"{"a":1}"#).unwrap(), Value::Object(vec!["a".to_owned()]));
    for object in [r#"{"a":"x"}"#, r#"{"a":{"b":[]}}"#] {
        assert_eq!(read(object).unwrap(), Value::Other(parse(object)));
    }
    assert_eq!(read("null").unwrap(), Value::Other(Json::Null));
}

#[test]
fn a_variant_that_is_a_choice_itself_has_several_looks() {
    let read = |json: &str| {
        let looks = [Fit::NUMBER, Fit::object(&["n"], &["n"])];
        choice(&parse(json)).variant(&looks, other).variant(&[Fit::OBJECT], object).end().unwrap()
    };
    assert_eq!(read("1"), Value::Other(Json::from(1)));
    assert_eq!(read(r#"{"n":1}"#), Value::Other(parse(r#"{"n":1}"#)));
    assert_eq!(read(r#"{"m":1}"#), Value::Object(vec!["m".to_owned()]));
}

/// Each is a variant of the other.
#[derive(Debug, PartialEq)]
enum Left {
    Right(Box<Right>),
    Own(Vec<String>),
    Other(JsonValue),
}

#[derive(Debug, PartialEq)]
enum Right {
    Left(Box<Left>),
    Own(Vec<String>),
    Other(JsonValue),
}

const LEFT: Fit = Fit::object(&[], &["in", "left"]);
const RIGHT: Fit = Fit::object(&[], &["in", "right"]);

impl Read for Left {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        let variants: [Variant<'_, Self>; 2] = [
            (&[Fit::ANY, RIGHT, LEFT], |json| json.read().map(Self::Right)),
            (&[LEFT], |json| json.read().map(|members: Members| Self::Own(members.0))),
        ];
        json.choose_or(&variants, Self::Other)
    }
}

impl Read for Right {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        let variants: [Variant<'_, Self>; 2] = [
            (&[Fit::ANY, LEFT, RIGHT], |json| json.read().map(Self::Left)),
            (&[RIGHT], |json| json.read().map(|members: Members| Self::Own(members.0))),
        ];
        json.choose_or(&variants, Self::Other)
    }
}

#[test]
fn a_union_that_is_a_variant_of_its_variant_ends() {
    let left = |json: &str| read::<Left>(json).unwrap();
    let right = |json: &str| read::<Right>(json).unwrap();
    let members = |name: &str| vec![name.to_owned()];
    assert_eq!(left(r#"{"left":1}"#), Left::Own(members("left")));
    assert_eq!(left(r#"{"right":1}"#), Left::Right(Box::new(Right::Own(members("right")))));
    assert_eq!(right(r#"{"right":1}"#), Right::Own(members("right")));
    assert_eq!(right(r#"{"left":1}"#), Right::Left(Box::new(Left::Own(members("left")))));
    // Which is as good.
    assert_eq!(left(r#"{"in":1}"#), Left::Right(Box::new(Right::Own(members("in")))));
    for odd in ["null", "[[]]", r#"{"left":"x"}"#, r#"{"right":{"in":[]}}"#] {
        for text in [odd.to_owned(), format!("[{odd}]")] {
            let value = left(&text);
            let kept = match &value {
                Left::Other(json) => json,
                Left::Right(right) => match &**right {
                    Right::Other(json) => json,
                    _ => panic!("{value:?}"),
                },
                Left::Own(_) => panic!("{value:?}"),
            };
            assert_eq!(*kept, parse(&text));
            right(&text);
        }
    }
    let deep = "[".repeat(100) + &"]".repeat(100);
    read::<Vec<Left>>(&format!("[{deep}]")).unwrap();
}
