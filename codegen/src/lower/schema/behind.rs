//! What stands behind a place of the document: through references, and through lists of one schema.

use std::collections::HashSet;

use serde_json::Value;

use super::Reading;
use crate::api::Origin;

/// How many references and nested schemas are looked through. Those of people are a handful.
const NESTED: usize = 64;

impl Reading<'_, '_> {
    /// Whether the schema at a place allows `null`: it says so, or what it stands for does.
    pub fn is_nullable(&self, origin: &Origin) -> bool {
        self.ground
            .document
            .at(origin.pointer())
            .is_some_and(|value| self.says_null(value, NESTED, &mut HashSet::new()))
    }

    /// The same for the schema at the end of a reference, at `place`: found out once, as many lead there.
    pub fn allows_null(&self, schema: &Value, place: &Origin) -> bool {
        if let Some(known) = self.nullable.borrow().get(place.pointer()) {
            return *known;
        }
        let allows = self.says_null(schema, NESTED, &mut HashSet::from([place.pointer().to_owned()]));
        self.nullable.borrow_mut().insert(place.shared(), allows);
        allows
    }

    /// Whether a schema says so, through at most `depth` schemas and without those that were looked at, so that it
    /// ends, and soon, for parents and children that refer to each other.
    fn says_null(&self, schema: &Value, depth: usize, seen: &mut HashSet<String>) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let Ok((target, place)) = self.ground.find(reference, &Origin::new("")) else { return false };
            if let Some(known) = self.nullable.borrow().get(place.pointer()) {
                return *known;
            }
            return seen.insert(place.pointer().to_owned()) && self.says_null(target, depth, seen);
        }
        let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
        schema.get("nullable").and_then(Value::as_bool) == Some(true)
            || list("enum").any(Value::is_null)
            || ["allOf", "oneOf", "anyOf"].into_iter().flat_map(list).any(|inner| self.says_null(inner, depth, seen))
    }

    /// What a schema stands for: the end of references, and of lists with a single schema.
    pub fn behind<'b>(&'b self, schema: &'b Value) -> &'b Value {
        let mut schema = schema;
        for _ in 0..NESTED {
            let sole = ["allOf", "oneOf", "anyOf"].iter().find_map(|keyword| {
                match schema.get(keyword)?.as_array()?.as_slice() {
                    [only] => Some(only),
                    _ => None,
                }
            });
            let target = schema
                .get("$ref")
                .and_then(Value::as_str)
                .map(|reference| self.ground.find(reference, &Origin::new("")));
            schema = match (target, sole) {
                (Some(Ok((target, _))), _) => target,
                (None, Some(only)) => only,
                _ => return schema,
            };
        }
        schema
    }

    /// What the target of a bare reference says about itself, which goes for what refers to it.
    pub fn description_behind(&self, origin: &Origin) -> Option<&str> {
        let schema = self.ground.document.at(origin.pointer())?;
        self.behind(schema).get("description")?.as_str()
    }

    /// Whether the schema at a place takes any value there is.
    pub fn is_any(&self, origin: &Origin) -> bool {
        const NARROWING: [&str; 11] = [
            "$ref",
            "additionalProperties",
            "allOf",
            "anyOf",
            "enum",
            "items",
            "not",
            "oneOf",
            "properties",
            "required",
            "type",
        ];
        let schema = self.ground.document.at(origin.pointer()).map(|schema| self.behind(schema));
        schema.is_some_and(|schema| !NARROWING.iter().any(|keyword| schema.get(keyword).is_some()))
    }
}
