//! Where JSON differs from what is documented.

use std::collections::BTreeSet;

use super::JsonValue;

/// How many differences are told.
const MOST: usize = 20;

/// The most characters of a value that are shown.
const WIDTH: usize = 80;

/// A line for each difference: where it is, as a JSON Pointer, what is documented there, and what came back.
///
/// Numbers differ if they are spelled differently; the order of members does not count.
pub fn differences(documented: &JsonValue, written: &JsonValue) -> Vec<String> {
    let mut found = Vec::new();
    compare(Some(documented), Some(written), "", &mut found);
    if let Some(more @ 1..) = found.len().checked_sub(MOST) {
        found.truncate(MOST);
        found.push(format!("and {more} more"));
    }
    found
}

fn compare(documented: Option<&JsonValue>, written: Option<&JsonValue>, at: &str, found: &mut Vec<String>) {
    match (documented, written) {
        (Some(left @ JsonValue::Object(members)), Some(right @ JsonValue::Object(others))) => {
            let names: BTreeSet<_> = members.iter().chain(others).map(|(name, _)| name).collect();
            for name in names {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                compare(left.get(name), right.get(name), &at, found);
            }
        }
        (Some(JsonValue::Array(left)), Some(JsonValue::Array(right))) => {
            for index in 0..left.len().max(right.len()) {
                compare(left.get(index), right.get(index), &format!("{at}/{index}"), found);
            }
        }
        _ if documented == written => {}
        _ => {
            let place = if at.is_empty() { String::new() } else { format!("{at}: ") };
            found.push(format!("{place}documented {}, came back {}", shown(documented), shown(written)));
        }
    }
}

/// A value in a few characters, none of which a terminal would obey.
fn shown(value: Option<&JsonValue>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut signs = text.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign });
    let start: String = signs.by_ref().take(WIDTH).collect();
    if signs.next().is_some() { start + "…" } else { start }
}
