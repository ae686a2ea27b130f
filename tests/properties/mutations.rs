//! Changes to a good description, such as a person makes by mistake and such as no person would make.

use std::mem::discriminant;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_yaml::{Mapping, Value};

/// Pieces of YAML and of OpenAPI to put somewhere.
const TOKENS: &[&str] = &[
    ": ", "- ", "? ", "&a ", "*a ", "<<: *a", "!!str ", "!x ", "|\n", ">-\n", "'", "\"", "{", "}", "[", "]", ",", "#",
    "---\n", "...\n", "%YAML 1.2\n", "\t", "\r", "\u{feff}", "\u{0}", "\u{85}", "\u{2028}", "~", "null", "$ref: ",
    "\\", "{id}", "0x10", "1e999", ".nan", "'': ", "é", "\u{1f600}", "*/", "```", "r#\"", "self", "r#", "//", "{}",
    "]]>",
];

/// One change to a text.
#[derive(Clone, Debug)]
enum TextChange {
    DeleteLine(Index),
    RepeatLine(Index, Index),
    ReplaceLine(Index, Index),
    Swap(Index, Index),
    Insert(Index, &'static str),
    Truncate(Index),
}

fn text_change() -> impl Strategy<Value = TextChange> {
    use TextChange::*;
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(DeleteLine),
        (at(), at()).prop_map(|(from, to)| RepeatLine(from, to)),
        (at(), at()).prop_map(|(from, to)| ReplaceLine(from, to)),
        (at(), at()).prop_map(|(one, other)| Swap(one, other)),
        (at(), select(TOKENS)).prop_map(|(at, token)| Insert(at, token)),
        (at(), select(TOKENS)).prop_map(|(at, token)| Insert(at, token)),
        at().prop_map(Truncate),
    ]
}

/// The text with a few changes.
pub fn mutated_text(text: String) -> impl Strategy<Value = String> {
    vec(text_change(), 1..4).prop_map(move |changes| changes.iter().fold(text.clone(), change_text))
}

fn change_text(text: String, change: &TextChange) -> String {
    use TextChange::*;
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut signs: Vec<char> = text.chars().collect();
    if lines.is_empty() {
        return text;
    }
    let (line_count, sign_count) = (lines.len(), signs.len());
    let line = |at: &Index| at.index(line_count);
    let sign = |at: &Index| at.index(sign_count);
    match change {
        DeleteLine(at) => _ = lines.remove(line(at)),
        RepeatLine(from, to) => lines.insert(line(to), lines[line(from)]),
        ReplaceLine(from, to) => lines[line(to)] = lines[line(from)],
        Swap(one, other) => {
            signs.swap(sign(one), sign(other));
            return signs.into_iter().collect();
        }
        Insert(at, token) => {
            signs.splice(sign(at)..sign(at), token.chars());
            return signs.into_iter().collect();
        }
        Truncate(at) => return signs[..sign(at)].iter().collect(),
    }
    lines.concat()
}

/// One change to a value of a tree.
#[derive(Clone, Debug)]
enum TreeChange {
    Replace(Value),
    /// By another text, if it is a text.
    Reword(&'static str),
    /// By the value of another place, which is of the same kind: mapping for mapping, text for text.
    Copy(Index),
    Delete,
    /// Puts the value behind this key.
    Wrap(&'static str),
    Rename(&'static str),
}

/// Names that descriptions have, and names that nothing can be made of.
const NAMES: &[&str] = &[
    "",
    "$",
    "$ref",
    "self",
    "Self",
    "type",
    "crate",
    "a b",
    "fooBar",
    "foo_bar",
    "Foo",
    "123",
    "+1",
    "é",
    "\n",
    "x-rust-name",
    "nullable",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "items",
    "properties",
    "default",
    "example",
    "additionalProperties",
    "required",
    "string",
    "integer",
    "object",
    "array",
    "date-time",
    "uuid",
    "decimal",
    "int32",
    "path",
    "query",
    "header",
    "format",
    "schema",
    "content",
    "in",
    "/",
    "/{id}",
    "4XX",
    "99",
    "4xx",
    "Default",
    "pets",
    "const",
    "definitions",
    "exclusiveMinimum",
    "examples",
    "parameters",
    "Client",
    "Error",
    "String",
    "Option",
    "Response",
];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![Just(0_i64), Just(-1), Just(1), any::<i64>()].prop_map(Value::from),
        Just(Value::from(u64::MAX)),
        Just(Value::from(1e30)),
        select(vec![
            "null",
            "true",
            "no",
            "10",
            "Integer",
            "file",
            "number,string",
            "#components/schemas/Pet",
            "Pet",
            "4xx"
        ])
        .prop_map(Value::from),
        Just(Value::Sequence(vec!["string".into(), "null".into()])),
        Just(Value::Sequence(vec![wrap("type", "null".into()), wrap("type", "string".into())])),
        Just(Value::from(-1.5)),
        select(NAMES).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        select(vec![
            "#",
            "#/components/schemas/Pet",
            "#/components/schemas/Missing",
            "other.yaml#/a",
            "#/paths/~1pets/get",
            "#/definitions/Pet",
            "#/components/schemas",
            "#/info",
            "#",
            "Pet"
        ])
        .prop_map(|target| wrap("$ref", target.into())),
        Just(Value::Sequence(vec![])),
        Just(Value::Mapping(Mapping::new())),
        Just(Value::Sequence(vec![Value::Null])),
    ]
}

fn wrap(key: &str, value: Value) -> Value {
    Value::Mapping([(Value::from(key), value)].into_iter().collect())
}

fn tree_change() -> impl Strategy<Value = TreeChange> {
    prop_oneof![
        2 => scalar().prop_map(TreeChange::Replace),
        3 => select(NAMES).prop_map(TreeChange::Reword),
        4 => any::<Index>().prop_map(TreeChange::Copy),
        3 => Just(TreeChange::Delete),
        1 => select(NAMES).prop_map(TreeChange::Wrap),
        2 => select(NAMES).prop_map(TreeChange::Rename),
    ]
}

/// The tree with a few changes.
pub fn mutated_tree(tree: Value) -> impl Strategy<Value = Value> {
    vec((any::<Index>(), tree_change()), 1..4).prop_map(move |changes| {
        changes.into_iter().fold(tree.clone(), |mut tree, (at, change)| {
            let all = values(&tree);
            let mut number = at.index(all.len());
            let other = match &change {
                TreeChange::Copy(from) => {
                    let kind = discriminant(all[number]);
                    let alike: Vec<_> = all.iter().filter(|value| discriminant(**value) == kind).collect();
                    Some((*alike[from.index(alike.len())]).clone())
                }
                _ => None,
            };
            change_tree(&mut tree, &mut number, change, other);
            tree
        })
    })
}

/// This value and all below it, in the order of the text.
fn values(tree: &Value) -> Vec<&Value> {
    let mut all = vec![tree];
    for child in children(tree) {
        all.extend(values(child));
    }
    all
}

fn children(tree: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match tree {
        Value::Sequence(items) => Box::new(items.iter()),
        Value::Mapping(entries) => Box::new(entries.iter().map(|(_, value)| value)),
        _ => Box::new(std::iter::empty()),
    }
}

/// Changes the value with this number; counts it down to there.
fn change_tree(tree: &mut Value, number: &mut usize, change: TreeChange, other: Option<Value>) {
    // Deleting and renaming are up to the value around it.
    let Some((parent, at)) = locate(tree, number) else { return };
    match (parent, change) {
        (Value::Sequence(items), TreeChange::Delete) => _ = items.remove(at),
        (Value::Sequence(items), change) => changed(&mut items[at], change, other),
        (Value::Mapping(entries), TreeChange::Delete) => *entries = without(entries, at),
        (Value::Mapping(entries), TreeChange::Rename(name)) => {
            let renamed = entries.iter().enumerate().map(|(index, (key, value))| {
                let key = if index == at { Value::from(name) } else { key.clone() };
                (key, value.clone())
            });
            *entries = renamed.collect();
        }
        (Value::Mapping(entries), change) => {
            if let Some((_, value)) = entries.iter_mut().nth(at) {
                changed(value, change, other);
            }
        }
        _ => {}
    }
}

fn without(entries: &Mapping, at: usize) -> Mapping {
    let kept = entries.iter().enumerate().filter(|(index, _)| *index != at);
    kept.map(|(_, (key, value))| (key.clone(), value.clone())).collect()
}

fn changed(value: &mut Value, change: TreeChange, other: Option<Value>) {
    match (change, other) {
        (TreeChange::Replace(new), _) => *value = new,
        (TreeChange::Reword(new), _) if value.is_string() => *value = new.into(),
        (TreeChange::Copy(_), Some(other)) => *value = other,
        (TreeChange::Wrap(key), _) => *value = wrap(key, value.clone()),
        _ => {}
    }
}

/// The value around the one with this number, and its place there.
fn locate<'a>(tree: &'a mut Value, number: &mut usize) -> Option<(&'a mut Value, usize)> {
    let sizes: Vec<_> = children(tree).map(|child| values(child).len()).collect();
    *number = number.checked_sub(1)?;
    let at = sizes.iter().position(|size| {
        let inside = *number < *size;
        if !inside {
            *number -= size;
        }
        inside
    })?;
    if *number == 0 {
        return Some((tree, at));
    }
    let child = match tree {
        Value::Sequence(items) => items.get_mut(at),
        Value::Mapping(entries) => entries.iter_mut().nth(at).map(|(_, value)| value),
        _ => None,
    };
    locate(child?, number)
}
