//! Values → the schemas of `openapiv3`.
//!
//! To find out which kind of schema one is, its own reader copies all that is in it, once for each level that it is
//! nested. Most schemas are of one type or one list, and are read here as they are; it reads all others.

use openapiv3::{
    AdditionalProperties, ArrayType, BooleanType, Discriminator, ExternalDocumentation, IntegerType, NumberType,
    ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde::Deserialize;
use serde_json::{Result, Value};

use super::reference;

/// A schema or a reference.
pub(super) fn schema(value: &Value) -> Result<ReferenceOr<Schema>> {
    // What it says of a mistake depends on what it was looking at.
    part(value).or_else(|_| Schema::deserialize(value).map(ReferenceOr::Item))
}

/// The same within another one.
fn part(value: &Value) -> Result<ReferenceOr<Schema>> {
    if let Some(reference) = reference(value) {
        return Ok(ReferenceOr::ref_(reference));
    }
    match kind(value).map(|kind| plain(value, kind)) {
        Some(Ok(Some(schema))) => Ok(ReferenceOr::Item(schema)),
        Some(Err(error)) => Err(error),
        Some(Ok(None)) | None => Schema::deserialize(value).map(ReferenceOr::Item),
    }
}

/// A schema of the kind that a value seems to be of, without what else it says.
fn kind(value: &Value) -> Option<SchemaKind> {
    let Some(typ) = value.get("type") else {
        let lists = [
            ("oneOf", SchemaKind::OneOf { one_of: Vec::new() }),
            ("allOf", SchemaKind::AllOf { all_of: Vec::new() }),
            ("anyOf", SchemaKind::AnyOf { any_of: Vec::new() }),
        ];
        return lists.into_iter().find(|(keyword, _)| value.get(keyword).is_some()).map(|(_, kind)| kind);
    };
    let typ = match typ.as_str()? {
        "array" => Type::Array(ArrayType { items: None, min_items: None, max_items: None, unique_items: false }),
        "boolean" => Type::Boolean(BooleanType::default()),
        "integer" => Type::Integer(IntegerType::default()),
        "number" => Type::Number(NumberType::default()),
        "object" => Type::Object(ObjectType::default()),
        "string" => Type::String(StringType::default()),
        _ => return None,
    };
    Some(SchemaKind::Type(typ))
}

/// A schema of a kind; `None` if it says anything else than what schemas of that kind say. That is found out before
/// the schemas within it are read, so that none is read more than twice.
fn plain(value: &Value, mut kind: SchemaKind) -> Result<Option<Schema>> {
    let mut schema_data = SchemaData::default();
    let mut within = Vec::new();
    for (keyword, value) in value.as_object().into_iter().flatten() {
        let keyword = keyword.as_str();
        if value.is_null() {
            return Ok(None);
        }
        if holds(&kind, keyword) {
            within.push((keyword, value));
        } else if keyword != "type"
            && !annotation(keyword, value, &mut schema_data)?
            && !limit(keyword, value, &mut kind)
        {
            return Ok(None);
        }
    }
    for (keyword, value) in within {
        if !inner(keyword, value, &mut kind)? {
            return Ok(None);
        }
    }
    Ok(Some(Schema { schema_data, schema_kind: kind }))
}

/// Whether schemas of a kind have others under a keyword.
fn holds(kind: &SchemaKind, keyword: &str) -> bool {
    match kind {
        SchemaKind::Type(Type::Array(_)) => keyword == "items",
        SchemaKind::Type(Type::Object(_)) => matches!(keyword, "properties" | "additionalProperties"),
        SchemaKind::OneOf { .. } => keyword == "oneOf",
        SchemaKind::AllOf { .. } => keyword == "allOf",
        SchemaKind::AnyOf { .. } => keyword == "anyOf",
        SchemaKind::Type(_) | SchemaKind::Not { .. } | SchemaKind::Any(_) => false,
    }
}

/// Reads the schemas under a keyword; whether there are some.
fn inner(keyword: &str, value: &Value, kind: &mut SchemaKind) -> Result<bool> {
    match kind {
        SchemaKind::Type(Type::Array(array)) => array.items = Some(boxed(part(value)?)),
        SchemaKind::Type(Type::Object(object)) if keyword == "properties" => {
            let Some(properties) = value.as_object() else { return Ok(false) };
            object.properties.reserve_exact(properties.len());
            for (name, value) in properties {
                object.properties.insert(name.clone(), boxed(part(value)?));
            }
        }
        SchemaKind::Type(Type::Object(object)) => {
            object.additional_properties = Some(match value.as_bool() {
                Some(any) => AdditionalProperties::Any(any),
                None => AdditionalProperties::Schema(Box::new(part(value)?)),
            });
        }
        SchemaKind::OneOf { one_of: list }
        | SchemaKind::AllOf { all_of: list }
        | SchemaKind::AnyOf { any_of: list } => {
            let Some(items) = value.as_array() else { return Ok(false) };
            list.reserve_exact(items.len());
            for item in items {
                list.push(part(item)?);
            }
        }
        SchemaKind::Type(_) | SchemaKind::Not { .. } | SchemaKind::Any(_) => return Ok(false),
    }
    Ok(true)
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::boxed_item(schema),
    }
}

/// Puts a value where it belongs; whether it is one that belongs there.
fn put<T>(place: &mut T, value: Option<T>) -> bool {
    value.map(|value| *place = value).is_some()
}

/// Reads what any schema can say; whether it is that.
fn annotation(keyword: &str, value: &Value, data: &mut SchemaData) -> Result<bool> {
    Ok(match keyword {
        "nullable" => put(&mut data.nullable, value.as_bool()),
        "readOnly" => put(&mut data.read_only, value.as_bool()),
        "writeOnly" => put(&mut data.write_only, value.as_bool()),
        "deprecated" => put(&mut data.deprecated, value.as_bool()),
        "title" => put(&mut data.title, text(value)),
        "description" => put(&mut data.description, text(value)),
        "example" => put(&mut data.example, Some(Some(value.clone()))),
        "default" => put(&mut data.default, Some(Some(value.clone()))),
        "externalDocs" => put(&mut data.external_docs, Some(Some(ExternalDocumentation::deserialize(value)?))),
        "discriminator" => put(&mut data.discriminator, Some(Some(Discriminator::deserialize(value)?))),
        extension if extension.starts_with("x-") => {
            data.extensions.insert(extension.to_owned(), value.clone());
            true
        }
        _ => false,
    })
}

/// Reads what schemas of a type say of its values; whether it is that.
fn limit(keyword: &str, value: &Value, kind: &mut SchemaKind) -> bool {
    let SchemaKind::Type(typ) = kind else { return false };
    match (typ, keyword) {
        (Type::Array(array), "minItems") => put(&mut array.min_items, count(value)),
        (Type::Array(array), "maxItems") => put(&mut array.max_items, count(value)),
        (Type::Array(array), "uniqueItems") => put(&mut array.unique_items, value.as_bool()),
        (Type::Boolean(boolean), "enum") => put(&mut boolean.enumeration, values(value, Value::as_bool)),
        (Type::Integer(integer), "format") => put(&mut integer.format, text(value).map(Into::into)),
        (Type::Integer(integer), "enum") => put(&mut integer.enumeration, values(value, Value::as_i64)),
        (Type::Integer(integer), "minimum") => put(&mut integer.minimum, value.as_i64().map(Some)),
        (Type::Integer(integer), "maximum") => put(&mut integer.maximum, value.as_i64().map(Some)),
        (Type::Integer(integer), "exclusiveMinimum") => put(&mut integer.exclusive_minimum, value.as_bool()),
        (Type::Integer(integer), "exclusiveMaximum") => put(&mut integer.exclusive_maximum, value.as_bool()),
        (Type::Integer(integer), "multipleOf") => put(&mut integer.multiple_of, value.as_i64().map(Some)),
        (Type::Number(number), "format") => put(&mut number.format, text(value).map(Into::into)),
        (Type::Number(number), "enum") => put(&mut number.enumeration, values(value, Value::as_f64)),
        (Type::Number(number), "minimum") => put(&mut number.minimum, value.as_f64().map(Some)),
        (Type::Number(number), "maximum") => put(&mut number.maximum, value.as_f64().map(Some)),
        (Type::Number(number), "exclusiveMinimum") => put(&mut number.exclusive_minimum, value.as_bool()),
        (Type::Number(number), "exclusiveMaximum") => put(&mut number.exclusive_maximum, value.as_bool()),
        (Type::Number(number), "multipleOf") => put(&mut number.multiple_of, value.as_f64().map(Some)),
        (Type::Object(object), "required") => put(&mut object.required, texts(value)),
        (Type::Object(object), "minProperties") => put(&mut object.min_properties, count(value)),
        (Type::Object(object), "maxProperties") => put(&mut object.max_properties, count(value)),
        (Type::String(string), "format") => put(&mut string.format, text(value).map(Into::into)),
        (Type::String(string), "enum") => {
            put(&mut string.enumeration, values(value, |value| value.as_str().map(str::to_owned)))
        }
        (Type::String(string), "pattern") => put(&mut string.pattern, text(value)),
        (Type::String(string), "minLength") => put(&mut string.min_length, count(value)),
        (Type::String(string), "maxLength") => put(&mut string.max_length, count(value)),
        _ => false,
    }
}

fn text(value: &Value) -> Option<Option<String>> {
    value.as_str().map(|text| Some(text.to_owned()))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    each(value, |text| text.as_str().map(str::to_owned))
}

fn count(value: &Value) -> Option<Option<usize>> {
    value.as_u64()?.try_into().ok().map(Some)
}

/// The values of an `enum`, of which `null` may be one.
fn values<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<Option<T>>> {
    each(value, |value| if value.is_null() { Some(None) } else { read(value).map(Some) })
}

/// All items of a list, in no more room than they take.
fn each<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    let items = value.as_array()?;
    let mut list = Vec::with_capacity(items.len());
    for item in items {
        list.push(read(item)?);
    }
    Some(list)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Reads values as `openapiv3` does; whether that took its own reader is in the last column.
    #[test]
    fn schemas_are_read_as_openapiv3_reads_them() {
        let text = json!({ "type": "string", "format": "date", "minLength": 1, "enum": ["a", null], "x-a": [1] });
        let reference = json!({ "$ref": "#/components/schemas/Cat", "description": "Left out." });
        let object = json!({
            "type": "object", "title": "Cat", "nullable": true, "example": { "a": 1 }, "required": ["text"],
            "properties": { "text": text, "cat": reference, "any": {}, "odd": { "type": "string", "minimum": 1 } },
            "additionalProperties": { "type": "array", "items": text, "uniqueItems": true },
            "externalDocs": { "url": "https://cats.example" },
        });
        let cases = [
            (text.clone(), true),
            (object.clone(), true),
            (json!({ "type": "integer", "format": "int32", "minimum": -1, "exclusiveMinimum": true }), true),
            (json!({ "type": "integer", "format": "int128", "enum": [1, 2], "default": 1 }), true),
            (json!({ "type": "number", "format": "float", "maximum": 1, "multipleOf": 0.5, "enum": [1.5] }), true),
            (json!({ "type": "boolean", "enum": [true], "deprecated": true, "readOnly": true }), true),
            (json!({ "type": "object", "additionalProperties": false, "maxProperties": 2 }), true),
            (json!({ "oneOf": [object, reference], "discriminator": { "propertyName": "kind" } }), true),
            (json!({ "allOf": [reference, { "description": "Says nothing." }], "description": "Both." }), true),
            (json!({ "anyOf": [text] }), true),
            (json!({ "type": "string", "properties": { "text": text } }), false),
            (json!({ "type": "object", "allOf": [reference] }), false),
            (json!({ "oneOf": [text], "anyOf": [text] }), false),
            (json!({ "type": "integer", "minimum": 0.5 }), false),
            (json!({ "type": "integer", "maximum": u64::MAX }), false),
            (json!({ "type": "string", "format": null, "description": null }), false),
            (json!({ "type": "string", "xml": { "name": "cat" } }), false),
            (json!({ "type": "null" }), false),
            (json!({ "not": text }), false),
            (json!({}), false),
        ];
        for (value, is_ours) in cases {
            let own = Schema::deserialize(&value).map(ReferenceOr::Item).expect("a schema");
            assert_eq!(schema(&value).expect("a schema"), own, "{value}");
            let ours = kind(&value).and_then(|kind| plain(&value, kind).expect("a schema"));
            assert_eq!(ours.is_some(), is_ours, "{value}");
        }
    }

    #[test]
    fn what_is_no_schema_is_said_as_openapiv3_says_it() {
        let inner = json!({ "type": "object", "properties": { "a": { "type": 1 } } });
        let others = [json!({ "type": "array", "minItems": -1 }), json!({ "oneOf": 1 }), json!("text"), json!(true)];
        for value in [inner].into_iter().chain(others) {
            let said = Schema::deserialize(&value).expect_err("a mistake").to_string();
            assert_eq!(schema(&value).expect_err("a mistake").to_string(), said, "{value}");
        }
    }
}
