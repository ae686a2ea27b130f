//! Examples that are there several times: one is written out, and one of each type is tested.

use crate::api::Example;
use crate::maps::{HashMap, HashSet};

/// Finds those that say the same as others before them, once their texts are known.
pub(crate) fn find_same(examples: &mut [Example]) {
    let mut first: HashMap<&str, usize> = HashMap::default();
    let mut known = HashSet::default();
    let found = examples.iter().enumerate().map(|(index, example)| {
        let same = *first.entry(&example.json).or_insert(index);
        let same = Some(same).filter(|same| *same < index && example.json.contains('\n'));
        (same, !known.insert((&example.json, &example.ty)))
    });
    let found: Vec<_> = found.collect();
    for (example, (same, is_repeated)) in examples.iter_mut().zip(found) {
        (example.same, example.is_repeated) = (same, is_repeated);
    }
}
