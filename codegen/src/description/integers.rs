//! The integers that schemas speak of, which are read from the tree: it holds them as they are written.

use serde_json::Value;

use super::Description;
use crate::api::Origin;
use crate::pointer;

/// Integers that a schema speaks of, each with the place.
#[derive(Default)]
pub(crate) struct Integers {
    pub values: Vec<(i128, Origin)>,
    /// Whether no value is negative.
    pub is_natural: bool,
}

impl Integers {
    /// Adds those that another schema speaks of.
    pub fn extend(&mut self, other: Self) {
        self.values.extend(other.values);
        self.is_natural |= other.is_natural;
    }
}

impl Description {
    /// What the schema at a place says itself of integers: by its limits, its values, its default and its examples.
    pub fn integers(&self, origin: &Origin) -> Integers {
        let mut integers = Integers::default();
        let Some(schema) = self.at(origin.pointer()).and_then(Value::as_object) else { return integers };
        for (keyword, exclusive, inwards) in [("minimum", "exclusiveMinimum", 1), ("maximum", "exclusiveMaximum", -1)] {
            let is_flagged = pointer::member(schema, exclusive).and_then(Value::as_bool) == Some(true);
            for (keyword, is_excluded) in [(keyword, is_flagged), (exclusive, true)] {
                let Some(value) = pointer::member(schema, keyword) else { continue };
                let at = origin.child(keyword);
                let written = self.written.get(at.pointer());
                let Some(bound) = bound(value, written.map(String::as_str)) else { continue };
                let nearest = if is_excluded { bound + inwards } else { bound };
                integers.is_natural |= inwards > 0 && nearest >= 0;
                integers.values.push((nearest, at));
            }
        }
        let list = |keyword: &'static str| {
            let items = pointer::member(schema, keyword).and_then(Value::as_array).into_iter().flatten().enumerate();
            items
                .filter_map(move |(index, value)| Some((whole(value)?, origin.child(keyword).child(index.to_string()))))
        };
        let single = |keyword: &str| {
            pointer::member(schema, keyword).and_then(whole).map(|value| (value, origin.child(keyword)))
        };
        integers.values.extend(["default", "example"].into_iter().filter_map(single).chain(list("examples")));
        let listed: Vec<_> = list("enum").chain(single("const")).collect();
        integers.is_natural |= !listed.is_empty() && listed.iter().all(|(value, _)| *value >= 0);
        integers.values.extend(listed);
        integers
    }
}

/// An integer, also as `1e3` or `1.0`.
pub(crate) fn whole(value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    let integer = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    integer.or_else(|| match number.as_f64()? {
        // The least integer of 64 bits would be no float: this one is less, and was rounded.
        float if float == i64::MIN as f64 => Some(i128::from(i64::MIN) - 1),
        float => Some(float as i128).filter(|_| float.fract() == 0.0),
    })
}

/// An integer within a limit. One that is written with an exponent went through a float, which has no more than
/// 2^63 and 2^64 for the largest numbers of 64 bits.
fn bound(value: &Value, written: Option<&str>) -> Option<i128> {
    let number = value.as_number()?;
    let is_float = written.map_or(number.is_f64(), |text| text.contains(['.', 'e', 'E']));
    // As JavaScript prints the numbers that are nearest to these limits.
    match written {
        Some("9223372036854776000") => return Some(i64::MAX.into()),
        Some("-9223372036854776000") => return Some(i64::MIN.into()),
        Some("18446744073709552000") => return Some(u64::MAX.into()),
        _ => {}
    }
    match (whole(value), number.as_f64()) {
        (Some(integer), _) if is_float && (integer == 1 << 63 || integer == 1 << 64) => Some(integer - 1),
        (Some(integer), _) if is_float && integer == i128::from(i64::MIN) - 1 => Some(i64::MIN.into()),
        (Some(integer), _) => Some(integer),
        (None, Some(float)) => Some(float.trunc() as i128),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_went_through_a_float_is_not_one_too_many() {
        for (value, written, expected) in [
            (json!(9_223_372_036_854_775_808_u64), Some("9223372036854775808"), 1_i128 << 63),
            (json!(9_223_372_036_854_775_808.0), Some("9.223372036854775807E18"), (1 << 63) - 1),
            (json!(18_446_744_073_709_551_616.0), Some("1.8446744073709552E19"), (1 << 64) - 1),
            (json!(18_446_744_073_709_551_616.0), Some("18446744073709551616"), 1 << 64),
            (json!(-9_223_372_036_854_775_808.0), Some("-9.223372036854775808E18"), i64::MIN.into()),
            (json!(-9_223_372_036_854_775_808.0), Some("-9223372036854775809"), -(1 << 63) - 1),
            (json!(9_223_372_036_854_776_000_u64), Some("9223372036854776000"), i64::MAX.into()),
            (json!(-9_223_372_036_854_776_000.0), Some("-9223372036854776000"), i64::MIN.into()),
            (json!(18_446_744_073_709_552_000.0), Some("18446744073709552000"), u64::MAX.into()),
            (json!(1e3), None, 1000),
            (json!(0.5), None, 0),
        ] {
            assert_eq!(bound(&value, written), Some(expected), "{value}");
        }
    }
}
