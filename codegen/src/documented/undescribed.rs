//! Where an example says what its schema does not, though it fits: found with the schemas alone, and nothing of the
//! types that are made of them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::api::Direction;
use crate::conforms;
use crate::maps::HashSet;
use crate::pointer;

/// How deep schemas are looked through, as when an example is held to them. Values are no deeper than they are read.
const DEPTH: usize = 600;

/// The places of what a schema does not describe, as JSON Pointers in which all items of a list are `*`. What is within
/// such a place is not described either.
///
/// It is more rather than less: a place that it cannot be certain of is among them, and if looking takes too long, the
/// whole value is.
///
/// What only the other direction has is not described.
pub(super) fn undescribed(
    steps: &mut usize,
    root: &Value,
    (schema, direction): (&Value, Option<Direction>),
    value: &Value,
) -> Vec<String> {
    let mut look = Look { root, direction, steps, room: DEPTH, found: BTreeSet::new() };
    if look.value(&[schema], value, "").is_none() {
        return vec![String::new()];
    }
    let found = &look.found;
    found.iter().filter(|place| !is_within(place, found)).cloned().collect()
}

/// Whether a place is within another one.
fn is_within(place: &str, others: &BTreeSet<String>) -> bool {
    place.match_indices('/').any(|(end, _)| others.contains(&place[..end]))
}

/// A look at a value. `None` where it takes too long.
struct Look<'a, 's> {
    root: &'a Value,
    direction: Option<Direction>,
    steps: &'s mut usize,
    /// How much deeper it may go.
    room: usize,
    found: BTreeSet<String>,
}

/// All that is said of a value.
#[derive(Default)]
struct Said<'a> {
    schemas: Vec<&'a Map<String, Value>>,
    known: HashSet<usize>,
    /// Whether something depends on more than is looked at here.
    is_unsure: bool,
}

impl<'a> Look<'a, '_> {
    fn value(&mut self, schemas: &[&'a Value], value: &'a Value, at: &str) -> Option<()> {
        let mut said = Said::default();
        for schema in schemas {
            self.apply(schema, value, &mut said)?;
        }
        if said.is_unsure || self.is_of_other_direction(&said) {
            self.found.insert(at.to_owned());
            return Some(());
        }
        match value {
            Value::Object(members) => self.members(&said, members, at),
            Value::Array(items) => {
                let at = format!("{at}/*");
                items.iter().enumerate().try_for_each(|(index, item)| {
                    let schemas: Vec<_> = said.schemas.iter().filter_map(|schema| of_item(schema, index)).collect();
                    self.value(&schemas, item, &at)
                })
            }
            _ => Some(()),
        }
    }

    /// Adds what a schema says of a value, by itself and by the schemas that it is made of.
    fn apply(&mut self, schema: &'a Value, value: &'a Value, said: &mut Said<'a>) -> Option<()> {
        self.room = self.room.checked_sub(1)?;
        self.apply_next(schema, value, said)?;
        self.room += 1;
        Some(())
    }

    fn apply_next(&mut self, schema: &'a Value, value: &'a Value, said: &mut Said<'a>) -> Option<()> {
        *self.steps = self.steps.checked_sub(1)?;
        let Value::Object(keywords) = schema else { return Some(()) };
        if !said.known.insert(std::ptr::from_ref(keywords).addr()) {
            return Some(());
        }
        said.schemas.push(keywords);
        for (keyword, part) in keywords {
            match (keyword.as_str(), part) {
                ("$ref", Value::String(reference)) => {
                    let target = reference.strip_prefix('#').and_then(|target| self.root.pointer(target));
                    target.map_or(Some(()), |target| self.apply(target, value, said))?;
                }
                ("allOf", Value::Array(parts)) => parts.iter().try_for_each(|part| self.apply(part, value, said))?,
                ("anyOf" | "oneOf", Value::Array(variants)) => {
                    for variant in variants {
                        if conforms::disagreement_within(self.steps, self.root, variant, value).is_none() {
                            said.is_unsure |= says_nothing(variant);
                            self.apply(variant, value, said)?;
                        } else {
                            // Beside values that are listed there may be any others.
                            said.is_unsure |= !value.is_object() && !value.is_array();
                        }
                    }
                }
                // This is what `nullable` is in these words.
                ("else", _) if keywords.get("if").is_some_and(is_null) && value.is_null() => {}
                ("else", _) if keywords.get("if").is_some_and(is_null) => self.apply(part, value, said)?,
                ("then" | "else" | "dependentSchemas" | "patternProperties" | "unevaluatedProperties", _) => {
                    said.is_unsure |= !matches!(part, Value::Bool(_));
                }
                // What it does not tell is no variant, whatever else it is like.
                ("discriminator", Value::Object(told)) => said.is_unsure |= !is_told(told, value),
                _ => {}
            }
        }
        Some(())
    }

    fn is_of_other_direction(&self, said: &Said<'a>) -> bool {
        let says = |flag: &str| said.schemas.iter().any(|schema| schema.get(flag).is_some_and(|said| *said == true));
        match self.direction {
            Some(Direction::Sent) => says("readOnly") && !says("writeOnly"),
            Some(Direction::Received) => says("writeOnly") && !says("readOnly"),
            None => false,
        }
    }

    fn members(&mut self, said: &Said<'a>, members: &'a Map<String, Value>, at: &str) -> Option<()> {
        let describes = said.schemas.iter().any(|schema| schema.contains_key("properties"));
        for (name, member) in members {
            let schemas: Vec<_> = said.schemas.iter().filter_map(|schema| of_member(schema, name)).collect();
            let at = format!("{at}/{}", pointer::escape(name));
            if !schemas.is_empty() {
                self.value(&schemas, member, &at)?;
            } else if describes {
                self.found.insert(at);
            }
        }
        Some(())
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|types| types == "null")
}

/// Whether a value has one of those that tell variants apart.
fn is_told(told: &Map<String, Value>, value: &Value) -> bool {
    let tag = told.get("propertyName").and_then(Value::as_str).and_then(|name| value.get(name));
    told.get("values").and_then(Value::as_array).zip(tag).is_some_and(|(values, tag)| values.contains(tag))
}

fn says_nothing(schema: &Value) -> bool {
    schema.as_object().is_none_or(Map::is_empty)
}

/// What a schema says of a member. That there may be others beside those with a name says nothing of them.
fn of_member<'a>(schema: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let property = schema.get("properties").and_then(|properties| properties.get(name));
    property.or_else(|| schema.get("additionalProperties").filter(|others| !says_nothing(others)))
}

/// What a schema says of an item.
fn of_item(schema: &Map<String, Value>, index: usize) -> Option<&Value> {
    let first = schema.get("prefixItems").and_then(|first| first.get(index));
    first.or_else(|| schema.get("items"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn places(schema: &Value, direction: Option<Direction>, value: &Value) -> Vec<String> {
        let root = json!({ "$defs": {
            "Cat": { "type": "object", "required": ["kind"], "properties": {
                "kind": { "const": "cat" },
                "lives": { "type": "integer" },
                "friends": { "type": "array", "items": { "$ref": "#/$defs/Pet" } },
            } },
            "Dog": { "type": "object", "required": ["kind"], "properties": {
                "kind": { "const": "dog" },
                "bark": { "type": "string" },
            } },
            "Pet": { "oneOf": [{ "$ref": "#/$defs/Cat" }, { "$ref": "#/$defs/Dog" }] },
        } });
        undescribed(&mut 10_000, &root, (schema, direction), value)
    }

    #[test]
    fn the_variant_that_fits_is_what_describes_a_value() {
        let pet = json!({ "$ref": "#/$defs/Pet" });
        for (value, expected) in [
            (json!({ "kind": "cat", "lives": 9 }), vec![]),
            (json!({ "kind": "dog", "lives": 9 }), vec!["/lives"]),
            (json!({ "kind": "cat", "bark": "woof", "a/b": { "c": 1 } }), vec!["/a~1b", "/bark"]),
            (
                json!({ "kind": "cat", "friends": [{ "kind": "dog", "bark": "wow" }, { "kind": "dog", "lives": 1 }] }),
                vec!["/friends/*/lives"],
            ),
        ] {
            assert_eq!(places(&pet, None, &value), expected, "{value}");
        }
    }

    #[test]
    fn all_parts_describe_a_value_and_so_do_schemas_of_other_members() {
        let schema = json!({ "allOf": [{ "$ref": "#/$defs/Dog" }, { "properties": { "age": {} } }] });
        assert_eq!(places(&schema, None, &json!({ "kind": "dog", "age": 1, "size": 2 })), ["/size"]);
        let schema = json!({ "properties": { "a": {} }, "additionalProperties": { "$ref": "#/$defs/Dog" } });
        assert_eq!(places(&schema, None, &json!({ "a": 1, "b": { "kind": "dog", "size": 2 } })), ["/b/size"]);
        let free = json!({ "type": "object" });
        assert_eq!(places(&free, None, &json!({ "a": { "b": 1 } })), [""; 0]);
        let nullable = json!({ "if": { "type": "null" }, "else": { "$ref": "#/$defs/Dog" } });
        assert_eq!(places(&nullable, None, &json!({ "kind": "dog", "bark": "wow" })), [""; 0]);
        assert_eq!(places(&nullable, None, &json!({ "kind": "dog", "size": 2 })), ["/size"]);
    }

    #[test]
    fn what_only_the_other_direction_has_is_not_described() {
        let schema = json!({ "properties": {
            "id": { "allOf": [{ "readOnly": true }] },
            "secret": { "writeOnly": true },
            "both": { "readOnly": true, "writeOnly": true },
        } });
        let value = json!({ "id": 1, "secret": "s", "both": 2 });
        assert_eq!(places(&schema, None, &value), [""; 0]);
        assert_eq!(places(&schema, Some(Direction::Sent), &value), ["/id"]);
        assert_eq!(places(&schema, Some(Direction::Received), &value), ["/secret"]);
    }

    #[test]
    fn where_nobody_can_be_certain_nothing_is_claimed() {
        let value = json!({ "a": { "b": 1 }, "c": 2 });
        let unsure = json!({ "properties": { "c": {}, "a": { "if": {}, "then": { "properties": { "b": {} } } } } });
        assert_eq!(places(&unsure, None, &value), ["/a"]);
        let anything = json!({ "properties": { "c": {}, "a": { "anyOf": [{ "$ref": "#/$defs/Dog" }, {}] } } });
        assert_eq!(places(&anything, None, &value), ["/a"]);
        assert_eq!(undescribed(&mut 1, &json!({}), (&unsure, None), &value), [""]);
        // As deep as nobody looks, by variants that are behind one that fits.
        let choice =
            |number: usize| json!({ "anyOf": [{ "type": "object" }, { "$ref": format!("#/$defs/{}", number + 1) }] });
        let deep: Map<_, _> = (0..20_000).map(|number| (number.to_string(), choice(number))).collect();
        let root = json!({ "$defs": deep });
        assert_eq!(undescribed(&mut 1_000_000, &root, (&choice(0), None), &json!({})), [""]);
        let open = json!({ "anyOf": [{ "enum": ["a", "b"] }, { "type": "string" }] });
        assert_eq!(places(&open, None, &json!("c")), [""]);
        assert_eq!(places(&open, None, &json!("a")), [""; 0]);
        let told = json!({
            "oneOf": [{ "properties": { "a": {} } }, { "properties": { "b": {} } }],
            "discriminator": { "propertyName": "is", "values": ["one", "two"] },
        });
        assert_eq!(places(&told, None, &json!({ "is": "one", "a": 1 })), ["/is"]);
        assert_eq!(places(&told, None, &json!({ "is": "three", "a": 1 })), [""]);
    }
}
