//! Numbers that are made.

use serde_json::Value;

use super::parts::Parts;

/// The last number up to which all integers are ones of a `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// One, or what comes next to it.
pub fn number(parts: &Parts<'_>, is_integer: bool) -> Value {
    let low = parts.limit("minimum", "exclusiveMinimum");
    let high = parts.limit("maximum", "exclusiveMaximum");
    let step = if is_integer { 1.0 } else { 0.5 };
    let lowest = low.map_or(f64::NEG_INFINITY, |(limit, is_excluded)| match is_integer {
        true if is_excluded => limit.floor() + 1.0,
        true => limit.ceil(),
        false => limit + if is_excluded { step } else { 0.0 },
    });
    let highest = high.map_or(f64::INFINITY, |(limit, is_excluded)| match is_integer {
        true if is_excluded => limit.ceil() - 1.0,
        true => limit.floor(),
        false => limit - if is_excluded { step } else { 0.0 },
    });
    let mut number = if lowest > highest { between(low, high) } else { 1.0_f64.max(lowest).min(highest) };
    if let Some(of) = parts.number("multipleOf").filter(|of| *of > 0.0) {
        let above = (number / of).ceil() * of;
        number = if above <= highest { above } else { (number / of).floor() * of };
    }
    match number {
        _ if number.fract() == 0.0 && number.abs() < EXACT => Value::from(number as i64),
        _ => Value::from(number),
    }
}

/// What is between two limits that are excluded.
fn between(low: Option<(f64, bool)>, high: Option<(f64, bool)>) -> f64 {
    match (low, high) {
        (Some((low, _)), Some((high, _))) => low + (high - low) / 2.0,
        (Some((limit, _)), None) | (None, Some((limit, _))) => limit,
        (None, None) => 1.0,
    }
}
