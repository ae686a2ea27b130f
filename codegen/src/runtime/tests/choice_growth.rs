//! How much work it is to read unions in unions: no more for each value than its variants and members
//! take, whether they can be read or not.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::json;
use crate::runtime::choice::Variant;
use crate::runtime::fit::Fit;
use crate::runtime::json::{Json, JsonValue, Kind, Must, Read, Reader, Stop};
use crate::runtime::maybe::Maybe;

/// A number whose reading is counted, as that of each object is.
struct Number;

thread_local! {
    static READS: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    READS.set(READS.get() + 1);
}

impl Read for Number {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        count();
        i64::read(json).map(|_| Self)
    }
}

macro_rules! object {
    ($name:ident { $($reader:ident $member:literal: $type:ty),* $(,)? }) => {
        struct $name;

        impl Read for $name {
            fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
                count();
                json.object::<($($reader<$type>,)*), ()>(&[$($member),*])?;
                Ok(Self)
            }
        }
    };
}

/// A union of types, as the name of what a value was read as.
macro_rules! union {
    ($name:ident { $($fits:expr => $type:ident),* $(,)? }) => {
        #[derive(Debug, PartialEq)]
        struct $name(&'static str);

        impl Read for $name {
            fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
                let variants: &[Variant<'_, Self>] =
                    &[$((&$fits, |json| json.read::<$type>().map(|_| Self(stringify!($type))))),*];
                json.choose_or(variants, |_: JsonValue| Self("other"))
            }
        }
    };
}

const fn fit(known: &'static [&'static str]) -> [Fit; 1] {
    [Fit::object(&[], known)]
}

// The second knows more than the first; what is deep comes before what may be wrong.
union!(Plain { fit(&["in", "x"]) => PlainFew, fit(&["in", "x", "y"]) => PlainMore });
object!(PlainFew { Option "in": Box<Plain>, Option "x": Number });
object!(PlainMore { Option "in": Box<Plain>, Option "x": Number, Option "y": Number });

union!(InList { fit(&["in", "x"]) => ListFew, fit(&["in", "x", "y"]) => ListMore });
object!(ListFew { Option "in": Vec<InList>, Option "x": Number });
object!(ListMore { Option "in": Vec<InList>, Option "x": Number, Option "y": Number });

union!(InMap { fit(&["in", "x"]) => MapFew, fit(&["in", "x", "y"]) => MapMore });
object!(MapFew { Option "in": BTreeMap<String, InMap>, Option "x": Number });
object!(MapMore { Option "in": BTreeMap<String, InMap>, Must "x": Number, Maybe "y": Number });

// Unions of unions, and one that leads to the other.
union!(Outer { [fit(&["in", "x"])[0], fit(&["in", "x", "y"])[0]] => Inner, fit(&["in", "x", "z"]) => OuterOwn });
union!(Inner { fit(&["in", "x"]) => InnerFew, fit(&["in", "x", "y"]) => InnerMore });
object!(InnerFew { Maybe "in": Box<Outer>, Option "x": Number });
object!(InnerMore { Option "in": Box<Inner>, Option "x": Number, Option "y": Number });
object!(OuterOwn { Option "in": Box<Outer>, Option "x": Number, Option "z": Number });

// A variant that is recursive by itself, which is known in full before another member is wrong.
union!(Beside { fit(&["in", "x"]) => BesideFew, fit(&["in", "x", "y"]) => BesideMore });
object!(BesideFew { Option "in": Box<Beside>, Option "x": JsonValue });
object!(BesideMore { Option "in": Box<Chain>, Option "x": Number, Option "y": Number });
object!(Chain { Option "in": Box<Chain>, Option "y": Number });

// One whose wrong member is at the bottom, so that the whole of it is looked at before that is known.
union!(Bottom { fit(&["in", "x"]) => BottomFew, fit(&["in", "x", "y"]) => BottomMore });
object!(BottomFew { Option "in": Box<Bottom>, Option "x": JsonValue });
object!(BottomMore { Option "in": Vec<BottomMore>, Option "x": Number, Option "y": Number });

// Lists in lists, told by their kind, beside a union.
union!(Lists { [Fit::ARRAY] => Numbers, [Fit::ARRAY] => ListOfLists });
struct Numbers;
struct ListOfLists;

impl Read for ListOfLists {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        json.read::<Vec<Lists>>().map(|_| Self)
    }
}

impl Read for Numbers {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        count();
        match json.kind() {
            Some(Kind::Array) => json.read::<Vec<Self>>().map(|_| Self),
            _ => json.read::<Number>().map(|_| Self),
        }
    }
}

/// A union that has a variant for any value, and nothing else for what fits none.
struct WithAny;

impl Read for WithAny {
    fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
        json.choose(&[
            (&[Fit::ANY], |json| json.read().map(|_: JsonValue| Self)),
            (&fit(&["in", "x"]), |json| json.read().map(|_: AnyFew| Self)),
            (&fit(&["in", "x", "y"]), |json| json.read().map(|_: AnyMore| Self)),
        ])
    }
}

object!(AnyFew { Must "in": Box<WithAny>, Option "x": Number });
object!(AnyMore { Must "in": Box<WithAny>, Option "x": Number, Option "y": Number });

/// What is around each level of a value.
type Around = fn(Json<'static>) -> Json<'static>;

/// Objects in each other: `x` is a number where it is `right`, counted from the bottom.
fn nested(levels: usize, around: Around, right: impl Fn(usize) -> bool) -> Json<'static> {
    let mut json = None;
    for level in 0..levels {
        let x = if right(level) { Json::from(1) } else { Json::from("wrong") };
        let mut members = vec![("x".into(), x), ("y".into(), Json::from(2))];
        members.extend(json.map(|json| ("in".into(), around(json))));
        json = Some(Json::Object(members));
    }
    json.unwrap()
}

fn lists(levels: usize, bottom: Json<'static>) -> Json<'static> {
    (0..levels).fold(bottom, |json, _| Json::Array(vec![json]))
}

fn reads<T: Read>(json: &Json<'_>) -> usize {
    READS.set(0);
    let _ = read::<T>(json);
    READS.get()
}

fn read<T: Read>(json: &Json<'_>) -> Result<T, String> {
    json::read(&serde_json::to_string(json).unwrap())
}

/// Twice the levels are at most a little more than twice the work, and each level is little work.
fn grows_evenly<T: Read>(name: &str, json: impl Fn(usize) -> Json<'static>) {
    let counts = [20, 40, 80].map(|levels| reads::<T>(&json(levels)));
    for (few, many) in [(counts[0], counts[1]), (counts[1], counts[2])] {
        assert!(2 * many <= 5 * few, "{name}: {counts:?}");
    }
    assert!(counts[0] <= 20 * 20, "{name}: {counts:?}");
}

fn grows_evenly_whatever_is_wrong<T: Read>(around: Around) {
    let name = std::any::type_name::<T>();
    let grows = |what: &str, right: fn(usize) -> bool| {
        grows_evenly::<T>(&format!("{name}, {what}"), |levels| nested(levels, around, right));
    };
    grows("nothing wrong", |_| true);
    grows("all wrong", |_| false);
    grows("wrong at the bottom", |level| level > 0);
    grows("right at the bottom", |level| level == 0);
    grows("every other wrong", |level| level % 2 == 0);
    grows("few wrong", |level| level % 7 != 0);
}

#[test]
fn unions_in_unions_are_read_once() {
    grows_evenly_whatever_is_wrong::<Plain>(|json| json);
    grows_evenly_whatever_is_wrong::<InList>(|json| Json::Array(vec![json]));
    grows_evenly_whatever_is_wrong::<InMap>(|json| Json::Object(vec![("a".into(), json)]));
    grows_evenly_whatever_is_wrong::<Outer>(|json| json);
    grows_evenly_whatever_is_wrong::<WithAny>(|json| json);
}

/// Objects in each other that have a member which no type knows, so that all variants are tried.
fn with_more(levels: usize) -> Json<'static> {
    let around = |json| match json {
        Json::Object(members) => Json::Object([members, vec![("z".into(), Json::from("more"))]].concat()),
        other => other,
    };
    nested(levels, around, |level| level % 2 == 0)
}

#[test]
fn what_no_variant_knows_is_looked_at_once() {
    grows_evenly::<Plain>("Plain", with_more);
    grows_evenly::<Outer>("Outer", with_more);
    grows_evenly::<Beside>("Beside", with_more);
    grows_evenly::<WithAny>("WithAny", with_more);
}

#[test]
fn what_was_tried_once_is_known() {
    grows_evenly_whatever_is_wrong::<Beside>(|json| json);
    grows_evenly_whatever_is_wrong::<Bottom>(|json| Json::Array(vec![json]));
    grows_evenly::<Lists>("numbers", |levels| lists(levels, Json::from(1)));
    grows_evenly::<Lists>("no numbers", |levels| lists(levels, Json::from("wrong")));
}

#[test]
fn what_is_wrong_inside_does_not_change_what_is_around() {
    let plain = |levels, right: fn(usize) -> bool| read::<Plain>(&nested(levels, |json| json, right)).unwrap().0;
    assert_eq!(plain(50, |_| true), "PlainMore");
    assert_eq!(plain(50, |level| level != 48), "PlainMore");
    assert_eq!(plain(50, |level| level != 49), "other");
    let beside = |right: fn(usize) -> bool| read::<Beside>(&nested(50, |json| json, right)).unwrap().0;
    assert_eq!(beside(|level| level == 49), "BesideMore");
    assert_eq!(beside(|level| level != 49), "BesideFew");
    assert_eq!(read::<Lists>(&lists(50, Json::from(1))), Ok(Lists("Numbers")));
    assert_eq!(read::<Lists>(&lists(50, Json::from("wrong"))), Ok(Lists("ListOfLists")));
}
