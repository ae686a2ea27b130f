//! Of several variants that a value may be, the one that loses least, however deep.

use super::json;
use crate::runtime::choice::Variant;
use crate::runtime::fit::Fit;
use crate::runtime::json::{JsonValue, Must, Read, Reader, Stop};

macro_rules! object {
    ($name:ident { $($reader:ident $member:literal: $type:ty),* $(,)? }) => {
        struct $name;

        impl Read for $name {
            fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
                json.object::<($($reader<$type>,)*), ()>(&[$($member),*])?;
                Ok(Self)
            }
        }
    };
}

/// A union of types, as the name of what a value was read as.
macro_rules! union {
    ($name:ident { $($fit:expr => $type:ident),* $(,)? }) => {
        struct $name(&'static str);

        impl Read for $name {
            fn read(json: &mut Reader<'_>) -> Result<Self, Stop> {
                let variants: &[Variant<'_, Self>] =
                    &[$((&[$fit], |json| json.read::<$type>().map(|_| Self(stringify!($type))))),*];
                json.choose_or(variants, |_: JsonValue| Self("other"))
            }
        }
    };
}

fn read<T: Read>(json: &str) -> T {
    json::read(json).unwrap()
}

// Each has a union inside, which takes any value, though not as one of its variants.
union!(Outer { OF => OfLand, OF => OfWater });
const OF: Fit = Fit::object(&[], &["of", "more"]);
object!(OfLand { Option "of": Land, Option "more": Vec<OfLand> });
object!(OfWater { Option "of": Water, Option "more": Vec<OfWater> });
union!(Land { Fit::object(&["hills"], &["hills"]) => Hills, Fit::object(&["trees"], &["trees"]) => Trees });
union!(Water { Fit::object(&["fish"], &["fish"]) => Sea });
object!(Hills { Must "hills": i64 });
object!(Trees { Must "trees": i64 });
object!(Sea { Must "fish": i64 });

#[test]
fn each_is_told_by_what_it_requires() {
    assert_eq!(read::<Land>(r#"{"trees":1}"#).0, "Trees");
    assert_eq!(read::<Water>(r#"{"fish":1}"#).0, "Sea");
    assert_eq!(read::<Water>(r#"{"trees":1}"#).0, "other");
}

#[test]
fn what_is_inside_is_rather_one_of_the_variants() {
    for (json, expected) in [
        (r#"{"of":{"hills":1}}"#, "OfLand"),
        (r#"{"of":{"trees":1}}"#, "OfLand"),
        (r#"{"of":{"fish":1}}"#, "OfWater"),
        (r#"{"more":[{"of":{"hills":1}},{"of":{"fish":1}},{"of":{"fish":2}}]}"#, "OfWater"),
        (r#"{"more":[{"more":[{"of":{"fish":1}}]}]}"#, "OfWater"),
        // Less of it is lost than if the whole had no place.
        (r#"{"of":{"fish":1,"a":1,"b":1}}"#, "OfWater"),
        // It is none of these, and so the first; and what is not there at all says nothing.
        (r#"{"of":{"ice":1}}"#, "OfLand"),
        (r#"{"of":{"fish":"wet"}}"#, "OfLand"),
        ("{}", "OfLand"),
    ] {
        assert_eq!(read::<Outer>(json).0, expected, "{json}");
        // The same, inside of another one.
        assert_eq!(read::<Vec<Outer>>(&format!("[{json}]"))[0].0, expected, "{json}");
    }
}

// Everything may be absent, so that all of it can be read as either.
union!(Party { DATA => OfPerson, DATA => OfFirm });
const DATA: Fit = Fit::object(&[], &["data"]);
object!(OfPerson { Option "data": Vec<Person> });
object!(OfFirm { Option "data": Vec<Firm> });
object!(Person { Option "name": i64 });
object!(Firm { Option "name": i64, Option "seat": i64 });

#[test]
fn members_inside_are_rather_known() {
    for (json, expected) in [
        (r#"{"data":[{"name":1}]}"#, "OfPerson"),
        (r#"{"data":[{"name":1},{"name":1,"seat":1}]}"#, "OfFirm"),
        (r#"{"data":[{"seat":1,"age":1}],"more":1}"#, "OfFirm"),
        (r#"{"data":[{"name":1,"age":1}]}"#, "OfPerson"),
        (r#"{"data":[{"name":1,"seat":"wrong"}]}"#, "OfPerson"),
    ] {
        assert_eq!(read::<Party>(json).0, expected, "{json}");
    }
}

// A list of unions in a union in a union.
union!(All { Fit::object(&[], &["all"]) => First, Fit::object(&[], &["all"]) => Second });
object!(First { Option "all": Vec<Party> });
object!(Second { Option "all": Vec<Outer> });

#[test]
fn what_unions_inside_lose_counts_around_them() {
    assert_eq!(read::<All>(r#"{"all":[{"data":[{"seat":1}]},{"data":[]}]}"#).0, "First");
    assert_eq!(read::<All>(r#"{"all":[{"of":{"fish":1}},{"more":[]}]}"#).0, "Second");
}
