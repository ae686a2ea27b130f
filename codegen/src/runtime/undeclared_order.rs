//! What types with undeclared members can derive beside what all types do.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::json::{Json, JsonValue};
use super::undeclared::Undeclared;

impl Hash for Undeclared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Equal ones have the same names.
        self.by_name().keys().for_each(|name| name.hash(state));
    }
}

impl PartialOrd for Undeclared {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Undeclared {
    fn cmp(&self, other: &Self) -> Ordering {
        let texts = |(name, value): (&str, &JsonValue)| (name.to_owned(), text(value));
        let ordered = |members: &Self| members.iter().map(texts).collect::<BTreeMap<_, _>>();
        ordered(self).cmp(&ordered(other))
    }
}

/// A text that two values share if they are equal.
fn text(json: &Json<'_>) -> String {
    match json {
        Json::Array(items) => format!("{:?}", items.iter().map(text).collect::<Vec<_>>()),
        Json::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().map(|(name, value)| (name, text(value))).collect();
            format!("{members:?}")
        }
        plain => format!("{plain:?}"),
    }
}
