//! What a schema is, before it is made a type of.

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData};
use serde_json::Value;

use super::Lowering;
use crate::api::{Integer, Origin, Type};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// What a schema is, seen from the keywords that decide it.
pub(super) enum Class<'a> {
    /// No keyword says anything about the type.
    Any,
    /// The sole schema of a list, which is how a reference gets a description of its own. With the
    /// keyword of the list.
    Same(&'static str, &'a ReferenceOr<Schema>),
    Plain(Type),
    Strings,
    Array(&'a ReferenceOr<Box<Schema>>),
    Map(Option<&'a ReferenceOr<Schema>>),
    Struct,
    Union(&'static str, &'a [ReferenceOr<Schema>]),
}

impl Lowering<'_> {
    /// What a schema is; `Any` after reporting what is not generated.
    pub fn classify<'a>(&mut self, data: &SchemaData, schema: &'a AnySchema, origin: &Origin) -> Class<'a> {
        if data.discriminator.is_some() {
            return self.unsupported("`discriminator`", "discriminator", origin);
        }
        if schema.not.is_some() {
            return self.unsupported("`not`", "not", origin);
        }
        let lists = [("allOf", &schema.all_of), ("oneOf", &schema.one_of), ("anyOf", &schema.any_of)];
        let mut lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
        match (lists.next(), lists.next()) {
            (None, _) => self.classify_typed(schema, origin),
            (Some((keyword, list)), None) => self.classify_list(keyword, list, schema, origin),
            (Some((first, _)), Some((second, _))) => {
                self.unsupported(&format!("`{second}` beside `{first}`"), second, origin)
            }
        }
    }

    fn classify_list<'a>(
        &mut self,
        keyword: &'static str,
        list: &'a [ReferenceOr<Schema>],
        schema: &AnySchema,
        origin: &Origin,
    ) -> Class<'a> {
        if let Some(own) = own_keyword(schema).filter(|own| *own != "type" || !self.repeats_type(schema, origin)) {
            return self.unsupported(&format!("`{own}` beside `{keyword}`"), own, origin);
        }
        match list {
            [only] => Class::Same(keyword, only),
            _ if keyword == "allOf" => self.unsupported("`allOf` with several schemas", keyword, origin),
            _ => Class::Union(keyword, list),
        }
    }

    /// Whether the schema's own `type` is also that of the sole schema that it stands for.
    fn repeats_type(&self, schema: &AnySchema, origin: &Origin) -> bool {
        let target = self.document.tree.pointer(origin.pointer()).map(|value| self.behind(value));
        let target = target.and_then(|target| target.get("type")).and_then(Value::as_str);
        target.is_some() && target == schema.typ.as_deref()
    }

    fn classify_typed<'a>(&mut self, schema: &'a AnySchema, origin: &Origin) -> Class<'a> {
        match schema.typ.as_deref() {
            _ if !schema.enumeration.is_empty() => self.classify_enum(schema, origin),
            Some("string") => Class::Plain(string_type(schema.format.as_deref())),
            Some("integer") => Class::Plain(Type::Integer(integer_type(schema.format.as_deref()))),
            Some("number") => Class::Plain(match schema.format.as_deref() {
                Some("decimal") => Type::Decimal,
                _ => Type::Number,
            }),
            Some("boolean") => Class::Plain(Type::Boolean),
            Some("array") => match &schema.items {
                Some(items) => Class::Array(items),
                None => Class::Plain(Type::Array(Box::new(Type::Any))),
            },
            None if schema.items.is_some() => self.unsupported("`items` without `type: array`", "items", origin),
            None if !is_object(schema) => Class::Any,
            _ => classify_object(schema),
        }
    }

    fn classify_enum<'a>(&mut self, schema: &'a AnySchema, origin: &Origin) -> Class<'a> {
        let strings = schema.enumeration.iter().all(|value| value.is_string() || value.is_null());
        let one = schema.enumeration.iter().any(Value::is_string);
        match schema.typ.as_deref() {
            Some("string") | None if strings && one => Class::Strings,
            _ => self.unsupported("an `enum` of anything but strings", "enum", origin),
        }
    }

    fn unsupported<'a>(&mut self, what: &str, keyword: &str, origin: &Origin) -> Class<'a> {
        let message = format!("{what} is not generated yet");
        self.push(Diagnostic::error(Rule::UnsupportedSchema, &origin.child(keyword), message).on_key());
        Class::Any
    }
}

/// A keyword that would have to be combined with a list of schemas beside it.
fn own_keyword(schema: &AnySchema) -> Option<&'static str> {
    let keywords = [
        ("properties", !schema.properties.is_empty()),
        ("required", !schema.required.is_empty()),
        ("additionalProperties", schema.additional_properties.is_some()),
        ("items", schema.items.is_some()),
        ("enum", !schema.enumeration.is_empty()),
        ("format", schema.format.is_some()),
        ("type", schema.typ.is_some()),
    ];
    keywords.into_iter().find(|(_, is_there)| *is_there).map(|(keyword, _)| keyword)
}

fn is_object(schema: &AnySchema) -> bool {
    !schema.properties.is_empty() || !schema.required.is_empty() || schema.additional_properties.is_some()
}

/// A struct where members are named, a map where they are not.
fn classify_object(schema: &AnySchema) -> Class<'_> {
    match (&schema.additional_properties, schema.properties.is_empty() && schema.required.is_empty()) {
        (Some(AdditionalProperties::Schema(values)), true) => Class::Map(Some(values.as_ref())),
        (None | Some(AdditionalProperties::Any(true)), true) => Class::Map(None),
        _ => Class::Struct,
    }
}

/// What a string of a format becomes. Formats without a type of their own stay text, as written:
/// OpenAPI leaves `format` open, and text holds them all.
fn string_type(format: Option<&str>) -> Type {
    match format {
        Some("date-time") => Type::DateTime,
        Some("date") => Type::Date,
        Some("uuid") => Type::Uuid,
        _ => Type::String,
    }
}

/// The size of an integer. Without a format that is known, the larger one: a number that does not
/// fit is an error when it is read, never cut off.
fn integer_type(format: Option<&str>) -> Integer {
    match format {
        Some("int32") => Integer::I32,
        _ => Integer::I64,
    }
}
