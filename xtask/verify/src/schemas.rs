//! The schemas of a direction, compiled for a validator that knows nothing of the generator.

use codegen::Direction;
use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::{Map, Value, json};

use crate::finding::escape;

/// The schemas of a direction.
///
/// All are compiled as one: the validator takes an object whose members are named after the schemas that they are held
/// to. So each schema is compiled once, however many others refer to it.
pub struct Schemas {
    document: Value,
    validator: Validator,
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
        let mut pointers = Vec::new();
        for (number, schema) in document.get("$defs").and_then(Value::as_object).into_iter().flatten() {
            let pointer = format!("/$defs/{number}");
            pointers_of_choices(schema, &pointer, &mut pointers);
            pointers.push(pointer);
        }
        let reference = |pointer: String| {
            let fragment = percent_encoded(&pointer);
            (pointer, json!({ "$ref": format!("#{fragment}") }))
        };
        let properties: Map<_, _> = pointers.into_iter().map(reference).collect();
        if let Some(document) = document.as_object_mut() {
            document.insert("properties".to_owned(), properties.into());
        }
        let validator = options().build(&document).map_err(|error| error.to_string())?;
        Ok(Self { document, validator })
    }

    /// Whether a value fits the schema at a pointer of the document; not, if that is none of those that values are held
    /// to by themselves.
    pub fn is_valid(&self, pointer: &str, value: &Value) -> bool {
        self.document.pointer("/properties").is_some_and(|known| known.get(pointer).is_some())
            && self.validator.is_valid(&json!({ pointer: value }))
    }

    /// Visits what a value breaks of the schema at a pointer of the document.
    pub fn each_error(&self, pointer: &str, value: &Value, mut visit: impl FnMut(&ValidationError<'_>)) {
        let instance = json!({ pointer: value });
        self.validator.iter_errors(&instance).for_each(|error| visit(&error));
    }

    /// The way to a value in the example, of one that an error has.
    pub fn way<'e>(error: &'e ValidationError<'_>) -> &'e str {
        let path = error.instance_path().as_str();
        path.get(1..).and_then(|path| path.find('/')).and_then(|end| path.get(end + 1..)).unwrap_or_default()
    }

    pub fn document(&self) -> &Value {
        &self.document
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
    if let Some(Value::Object(patterns)) = keywords.get_mut("patternProperties") {
        patterns.retain(|pattern, _| is_readable(pattern));
    }
    each_schema_below(schema, without_unreadable_patterns);
}

/// Visits the schemas that stand in a schema, but for what these have.
pub fn each_schema_below(schema: &mut Value, visit: fn(&mut Value)) {
    for (keyword, value) in schema.as_object_mut().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("enum" | "const" | "dependentRequired" | "required" | "type", _) => {}
            ("properties" | "patternProperties" | "dependentSchemas", Value::Object(members)) => {
                members.values_mut().for_each(visit);
            }
            (_, Value::Array(items)) => items.iter_mut().for_each(visit),
            (_, value) => visit(value),
        }
    }
}

/// The pointers of schemas that a value may be held to by themselves: variants, and those of objects and lists.
fn pointers_of_choices(schema: &Value, at: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else { return };
    for (keyword, value) in keywords {
        let at = format!("{at}/{}", escape(keyword));
        let below: Vec<_> = match (keyword.as_str(), value) {
            ("enum" | "const" | "dependentRequired" | "required" | "type", _) => continue,
            ("properties" | "patternProperties" | "dependentSchemas", Value::Object(members)) => {
                members.iter().map(|(name, value)| (format!("{at}/{}", escape(name)), value)).collect()
            }
            (_, Value::Array(items)) => {
                items.iter().enumerate().map(|(index, value)| (format!("{at}/{index}"), value)).collect()
            }
            (_, value) => vec![(at, value)],
        };
        let is_variant = matches!(keyword.as_str(), "oneOf" | "anyOf");
        for (at, value) in below {
            pointers_of_choices(value, &at, found);
            if is_variant || matches!(value.get("type").and_then(Value::as_str), Some("array" | "object")) {
                found.push(at);
            }
        }
    }
}

/// A pointer as it stands in a URI.
fn percent_encoded(pointer: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/$".contains(byte);
    let encoded = |byte: &u8| if is_plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    pointer.as_bytes().iter().map(encoded).collect()
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
