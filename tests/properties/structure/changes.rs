//! Changes to the structure of a description: what stands in one place is put into another.

use serde_json::{Map, Value, json};

/// Numbers that are the same for the same start.
pub struct Dice(u64);

impl Dice {
    pub fn new(start: u64) -> Self {
        Self(start)
    }

    /// The next number, below a limit. (SplitMix64.)
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let number = usize::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or(0);
        number % limit.max(1)
    }

    fn one_of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

/// More than this many values is another test's concern.
const LARGEST: usize = 4_000;

/// The tree with one to four changes; what other descriptions have is used, too.
pub fn changed(tree: &Value, others: &[Value], dice: &mut Dice) -> Value {
    let mut tree = tree.clone();
    for _ in 0..=dice.below(4) {
        let before = tree.clone();
        change(&mut tree, others, dice);
        if pointers(&tree).len() > LARGEST {
            return before;
        }
    }
    tree
}

fn change(tree: &mut Value, others: &[Value], dice: &mut Dice) {
    let all = pointers(tree);
    let schemas: Vec<_> = all.iter().filter(|pointer| is_schema(tree, pointer)).cloned().collect();
    // Most of what can go wrong does so in schemas.
    let chosen = if dice.below(3) == 0 { dice.one_of(&all) } else { dice.one_of(&schemas) };
    let Some(at) = chosen.cloned() else { return };
    let from = |dice: &mut Dice, tree: &Value| {
        let places = if dice.below(2) == 0 { &all } else { &schemas };
        let other = dice.one_of(places)?;
        tree.pointer(other).cloned()
    };
    match dice.below(14) {
        0 | 1 => {
            if let Some(other) = from(dice, tree) {
                put(tree, &at, other);
            }
        }
        2 | 3 => {
            let reference = a_reference(&at, &schemas, dice);
            put(tree, &at, reference);
        }
        4 => {
            if let Some(other) = the_same_elsewhere(&at, others, dice) {
                put(tree, &at, other);
            }
        }
        5 => remove(tree, &at),
        6 => duplicate(tree, &at, dice),
        7 => put(tree, &at, Value::Null),
        8 => {
            let other = tree.pointer(&at).map(|value| of_another_type(value, dice));
            put(tree, &at, other.unwrap_or_default());
        }
        9 | 10 => {
            let sibling = if dice.below(2) == 0 {
                a_reference(&at, &schemas, dice)
            } else {
                from(dice, tree).unwrap_or_default()
            };
            let value = tree.pointer(&at).cloned().unwrap_or_default();
            put(tree, &at, wrapped(value, sibling, dice));
        }
        11 => {
            let member = from(dice, tree).unwrap_or_default();
            let member = if dice.below(2) == 0 { a_reference(&at, &schemas, dice) } else { member };
            add(tree, &at, member, dice);
        }
        12 => {
            if let Some(other) = dice.one_of(&schemas).cloned() {
                let (one, two) = (tree.pointer(&at).cloned(), tree.pointer(&other).cloned());
                put(tree, &at, two.unwrap_or_default());
                put(tree, &other, one.unwrap_or_default());
            }
        }
        _ => {
            // Members of another object go into this one.
            let Some(Value::Object(members)) = from(dice, tree) else { return };
            if let Some(Value::Object(object)) = tree.pointer_mut(&at) {
                object.extend(members);
            }
        }
    }
}

/// The pointers of all values, in the order of the text.
fn pointers(tree: &Value) -> Vec<String> {
    fn walk(value: &Value, pointer: &mut String, all: &mut Vec<String>) {
        all.push(pointer.clone());
        let length = pointer.len();
        let mut child = |token: &str, value: &Value, pointer: &mut String| {
            pointer.push('/');
            pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
            walk(value, pointer, all);
            pointer.truncate(length);
        };
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| child(&index.to_string(), item, pointer));
            }
            Value::Object(members) => members.iter().for_each(|(key, member)| child(key, member, pointer)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    walk(tree, &mut String::new(), &mut all);
    all
}

fn is_schema(tree: &Value, pointer: &str) -> bool {
    const KEYWORDS: [&str; 10] =
        ["$ref", "allOf", "anyOf", "oneOf", "type", "properties", "items", "additionalProperties", "enum", "required"];
    let is_direct = pointer.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'));
    let value = tree.pointer(pointer).and_then(Value::as_object);
    is_direct || value.is_some_and(|value| KEYWORDS.iter().any(|keyword| value.contains_key(*keyword)))
}

fn put(tree: &mut Value, at: &str, value: Value) {
    if let Some(place) = tree.pointer_mut(at) {
        *place = value;
    }
}

fn around<'a>(tree: &'a mut Value, at: &str) -> Option<(&'a mut Value, String)> {
    let (parent, token) = at.rsplit_once('/')?;
    Some((tree.pointer_mut(parent)?, token.replace("~1", "/").replace("~0", "~")))
}

fn remove(tree: &mut Value, at: &str) {
    match around(tree, at) {
        Some((Value::Object(members), key)) => _ = members.shift_remove(&key),
        Some((Value::Array(items), index)) => {
            if let Some(index) = index.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

/// Puts the value there a second time, by a name that is like its own, or behind itself in the list.
fn duplicate(tree: &mut Value, at: &str, dice: &mut Dice) {
    let Some(value) = tree.pointer(at).cloned() else { return };
    match around(tree, at) {
        Some((Value::Object(members), key)) => {
            let names =
                [format!("{key}2"), key.to_uppercase(), format!("{key}_"), format!("_{key}"), format!("{key} {key}")];
            let name = dice.one_of(&names).cloned().unwrap_or_default();
            members.insert(name, value);
        }
        Some((Value::Array(items), _)) => items.push(value),
        _ => {}
    }
}

/// A reference to something around the place, or to any schema.
fn a_reference(at: &str, schemas: &[String], dice: &mut Dice) -> Value {
    let around: Vec<_> = at.match_indices('/').filter_map(|(end, _)| at.get(..end)).collect();
    let target = match dice.below(3) {
        0 => dice.one_of(&around).map(|pointer| (*pointer).to_owned()),
        1 => {
            // Of the schemas around it, which is how most recursion comes about.
            let above: Vec<_> = schemas.iter().filter(|schema| at.starts_with(schema.as_str())).collect();
            dice.one_of(&above).map(|pointer| (*pointer).clone())
        }
        _ => dice.one_of(schemas).cloned(),
    };
    json!({ "$ref": format!("#{}", target.unwrap_or_else(|| at.to_owned())) })
}

/// What another description has by the same name.
fn the_same_elsewhere(at: &str, others: &[Value], dice: &mut Dice) -> Option<Value> {
    let other = dice.one_of(others)?;
    let (_, name) = at.rsplit_once('/')?;
    let all = pointers(other);
    let same: Vec<_> =
        all.iter().filter(|pointer| pointer.rsplit_once('/').is_some_and(|(_, own)| own == name)).collect();
    let found = dice.one_of(&same).copied().or_else(|| dice.one_of(&all))?;
    other.pointer(found).cloned()
}

fn of_another_type(value: &Value, dice: &mut Dice) -> Value {
    match (value, dice.below(3)) {
        (Value::Object(members), 0) => Value::Array(members.values().cloned().collect()),
        (Value::Object(members), 1) => members.values().next().cloned().unwrap_or_default(),
        (Value::Object(members), _) => members.keys().cloned().collect::<Vec<_>>().into(),
        (Value::Array(items), 0) => items.first().cloned().unwrap_or_default(),
        (Value::Array(items), 1) => {
            Value::Object(items.iter().enumerate().map(|(index, item)| (index.to_string(), item.clone())).collect())
        }
        (Value::Array(_), _) => json!({}),
        (Value::String(text), 0) => json!([text]),
        (Value::String(text), 1) => json!({ text: {} }),
        (Value::String(_), _) => {
            let names = ["object", "array", "string", "integer", "number", "boolean", "binary", "date-time", "decimal"];
            dice.one_of(&names).copied().unwrap_or_default().into()
        }
        (_, 0) => json!("1"),
        (_, 1) => json!([]),
        _ => json!(true),
    }
}

/// A schema in another one that also has a sibling.
fn wrapped(value: Value, sibling: Value, dice: &mut Dice) -> Value {
    match dice.below(9) {
        0 => json!({ "allOf": [value, sibling] }),
        1 => json!({ "oneOf": [value, sibling] }),
        2 => json!({ "anyOf": [sibling, value] }),
        3 => json!({ "type": "array", "items": value }),
        4 => json!({ "additionalProperties": value, "properties": { "sibling": sibling } }),
        5 => json!({ "allOf": [value], "properties": { "sibling": sibling }, "required": ["sibling"] }),
        6 => json!({ "oneOf": [value, { "allOf": [sibling, { "properties": { "more": {} } }] }] }),
        7 => json!({ "allOf": [value], "oneOf": [sibling, { "type": "string" }], "nullable": true }),
        _ => json!({ "properties": { "inner": value }, "allOf": [sibling] }),
    }
}

/// Adds to an object what OpenAPI knows, and to a list anything.
fn add(tree: &mut Value, at: &str, member: Value, dice: &mut Dice) {
    const KEYS: [&str; 12] = [
        "items",
        "additionalProperties",
        "not",
        "allOf",
        "oneOf",
        "anyOf",
        "properties",
        "discriminator",
        "enum",
        "required",
        "default",
        "example",
    ];
    match tree.pointer_mut(at) {
        Some(Value::Object(object)) => {
            let key = dice.one_of(&KEYS).copied().unwrap_or_default();
            let value = match key {
                "allOf" | "oneOf" | "anyOf" => json!([member]),
                "properties" => json!({ "added": member }),
                "discriminator" => json!({ "propertyName": "kind" }),
                "enum" => json!(["a", "b", null]),
                "required" => json!(["kind", "added", "value"]),
                _ => member,
            };
            merge(object, key, value);
        }
        Some(Value::Array(items)) => items.push(member),
        _ => {}
    }
}

fn merge(object: &mut Map<String, Value>, key: &str, value: Value) {
    match (object.get_mut(key), value) {
        (Some(Value::Array(old)), Value::Array(new)) => old.extend(new),
        (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
        (_, value) => _ = object.insert(key.to_owned(), value),
    }
}
