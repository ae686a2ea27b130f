//! What things are called in Rust depends on what they are called in the description, not on its order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use codegen::{Options, Source};
use proptest::prelude::*;
use serde_yaml::Value;

use super::cases;

/// Puts the mappings and lists of a description in another order.
fn shuffle(value: &mut Value, random: &mut u64) {
    match value {
        Value::Mapping(mapping) => {
            let mut members: Vec<_> = std::mem::take(mapping).into_iter().collect();
            members.iter_mut().for_each(|(_, value)| shuffle(value, random));
            mix(&mut members, random);
            *mapping = members.into_iter().collect();
        }
        Value::Sequence(items) => {
            items.iter_mut().for_each(|item| shuffle(item, random));
            mix(items, random);
        }
        _ => {}
    }
}

fn mix<T>(items: &mut [T], random: &mut u64) {
    for last in (1..items.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, (*random >> 33) as usize % (last + 1));
    }
}

/// The lines of the emitted files, and the words of each, in no order: they tell which name on the wire has which
/// one in Rust.
fn lines(value: &Value) -> BTreeMap<String, Vec<Vec<String>>> {
    let source = Source::new("spec.yaml", serde_yaml::to_string(value).expect("YAML"));
    let generated = codegen::generate(&source, &Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
    let is_own = |path: &str| path.ends_with(".rs") && !client_tests::is_support(path);
    let files = generated.files().iter().filter(|(path, _)| is_own(path));
    files
        .map(|(path, text)| {
            let words = |line: &str| {
                let mut words: Vec<_> = line.split([' ', ',', '.']).map(str::to_owned).collect();
                words.sort();
                words
            };
            let text = with_a_line_for_each_value(text);
            // A list that does not fit a line is broken elsewhere in another order.
            let lines = text.lines().filter(|line| !line.contains("types::") || line.starts_with("impl"));
            let mut lines: Vec<_> = lines.map(words).collect();
            lines.sort();
            (path.to_owned(), lines)
        })
        .collect()
}

/// The code with the rows of `string_enum!` taken apart, which are as long as a line is.
fn with_a_line_for_each_value(code: &str) -> String {
    let mut text = String::new();
    let mut parts = code.split("\nstring_enum! {");
    text.extend(parts.next());
    for part in parts {
        let (row, rest) = part.split_once("\n}\n").expect("the end of the row");
        let (name, values) = row.split_once('{').expect("the values");
        for value in values.trim_end_matches([' ', '}', '\n']).split(',') {
            let words: Vec<_> = value.split_whitespace().collect();
            text.push_str(&format!("\n{} {}", name.trim(), words.join(" ")));
        }
        text.push('\n');
        text.push_str(rest);
    }
    text
}

static ALIKE: LazyLock<Value> = LazyLock::new(|| serde_yaml::from_str(include_str!("alike.yaml")).expect("YAML"));
static LINES: LazyLock<BTreeMap<String, Vec<Vec<String>>>> = LazyLock::new(|| lines(&ALIKE));

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn names_do_not_depend_on_order(seed in any::<u64>()) {
        let (mut other, mut random) = (ALIKE.clone(), seed);
        shuffle(&mut other, &mut random);
        let (expected, actual) = (&*LINES, lines(&other));
        prop_assert_eq!(expected.keys().collect::<Vec<_>>(), actual.keys().collect::<Vec<_>>());
        for (path, lines) in expected {
            let missing: Vec<_> = lines.iter().filter(|line| !actual[path].contains(line)).collect();
            prop_assert!(missing.is_empty() && lines.len() == actual[path].len(), "{} lacks {:#?}", path, missing);
        }
    }
}
