//! The schemas of a direction, compiled for a validator that knows nothing of the generator.

use codegen::Direction;
use jsonschema::{Draft, PatternOptions, Validator, ValidatorMap};
use serde_json::{Map, Value, json};

/// The schemas of a direction.
pub struct Schemas {
    document: Value,
    validators: ValidatorMap,
}

/// The most steps that matching a pattern may take: it may be anybody's.
const STEPS: usize = 100_000;

/// What pattern of a text is worth its memory, in bytes.
const SIZE: usize = 1 << 20;

fn options<'o>() -> jsonschema::ValidationOptions<'o> {
    let patterns = PatternOptions::fancy_regex().backtrack_limit(STEPS).size_limit(SIZE);
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_pattern_options(patterns)
        .offline()
}

impl Schemas {
    /// Compiles the schemas of a document.
    ///
    /// # Errors
    ///
    /// When the document as a whole is none of schemas.
    pub fn of(document: &Value) -> Result<Self, String> {
        let mut document = document.clone();
        let schemas = document.get_mut("$defs").and_then(Value::as_object_mut);
        for schema in schemas.into_iter().flat_map(Map::values_mut) {
            without_unreadable_patterns(schema);
            // What is no schema takes anything.
            if !jsonschema::meta::is_valid(schema) {
                *schema = json!({ "$comment": schema.get("$comment") });
            }
        }
        let validators = options().build_map(&document).map_err(|error| error.to_string())?;
        Ok(Self { document, validators })
    }

    /// The validator of a schema, by its URI fragment.
    pub fn validator(&self, fragment: &str) -> Option<&Validator> {
        self.validators.get(fragment)
    }

    /// The schema at a pointer of the document.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.document.pointer(pointer)
    }

    /// Where a keyword stands in the description, by its pointer in the document.
    pub fn origin(&self, keyword: &str) -> String {
        let mut end = keyword.len();
        while let Some(at) = keyword.get(..end).and_then(|before| before.rfind('/')) {
            end = at;
            let place = self.at(&keyword[..end]).and_then(|schema| schema.get("$comment")).and_then(Value::as_str);
            if let Some(place) = place {
                return format!("{place}{}", &keyword[end..]);
            }
        }
        String::new()
    }
}

/// Leaves out the patterns that are no regular expressions of JSON Schema: they say nothing that can be checked.
fn without_unreadable_patterns(schema: &mut Value) {
    let is_readable = |pattern: &str| options().build(&json!({ "pattern": pattern })).is_ok();
    let Some(keywords) = schema.as_object_mut() else { return };
    keywords.retain(|name, value| name != "pattern" || value.as_str().is_none_or(is_readable));
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("enum" | "const" | "dependentRequired", _) => {}
            ("properties" | "dependentSchemas", Value::Object(members)) => {
                members.values_mut().for_each(without_unreadable_patterns);
            }
            ("patternProperties", Value::Object(members)) => {
                members.retain(|pattern, _| is_readable(pattern));
                members.values_mut().for_each(without_unreadable_patterns);
            }
            (_, Value::Array(items)) => items.iter_mut().for_each(without_unreadable_patterns),
            (_, value) => without_unreadable_patterns(value),
        }
    }
}

/// The schemas of each direction.
pub struct Directions {
    either: Schemas,
    sent: Schemas,
    received: Schemas,
}

impl Directions {
    /// Compiles those of a description.
    ///
    /// # Errors
    ///
    /// As [`Schemas::of`].
    pub fn of(documented: &codegen::Documented) -> Result<Self, String> {
        let of = |direction| Schemas::of(documented.schemas(direction));
        Ok(Self { either: of(None)?, sent: of(Some(Direction::Sent))?, received: of(Some(Direction::Received))? })
    }

    pub fn of_direction(&self, direction: Option<Direction>) -> &Schemas {
        match direction {
            None => &self.either,
            Some(Direction::Sent) => &self.sent,
            Some(Direction::Received) => &self.received,
        }
    }
}
