//! One view of a schema, whatever variant `openapiv3` read it as.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerFormat, IntegerType, NumberFormat, NumberType,
    ObjectType, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// All keywords of a schema, side by side, without those that have no effect on values of its type.
#[derive(Default)]
pub(super) struct Keywords<'a> {
    pub typ: Option<&'a str>,
    pub format: Option<&'a str>,
    pub enumeration: Vec<Value>,
    pub properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub required: &'a [String],
    pub additional_properties: Option<&'a AdditionalProperties>,
    pub items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub all_of: &'a [ReferenceOr<Schema>],
    pub one_of: &'a [ReferenceOr<Schema>],
    pub any_of: &'a [ReferenceOr<Schema>],
    pub limits: Limits<'a>,
}

/// What values must keep to, beyond their type. The client leaves that to the server.
#[derive(Clone, Default)]
pub(super) struct Limits<'a> {
    pub characters: Range,
    pub items: Range,
    pub members: Range,
    pub unique_items: bool,
    pub minimum: Option<f64>,
    pub exclusive_minimum: bool,
    pub maximum: Option<f64>,
    pub exclusive_maximum: bool,
    pub multiple_of: Option<f64>,
    pub pattern: Option<&'a str>,
    /// Whether `not` excludes some values.
    pub not: bool,
}

/// The least and the most of something countable.
pub(super) type Range = (Option<usize>, Option<usize>);

impl<'a> Keywords<'a> {
    pub fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Any(any) => of_any(any),
            SchemaKind::OneOf { one_of } => Self { one_of, ..Self::default() },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..Self::default() },
            SchemaKind::AllOf { all_of } => Self { all_of, ..Self::default() },
            SchemaKind::Not { not: _ } => Self { limits: Limits { not: true, ..Limits::default() }, ..Self::default() },
            SchemaKind::Type(Type::String(string)) => of_string(string),
            SchemaKind::Type(Type::Number(number)) => of_number(number),
            SchemaKind::Type(Type::Integer(integer)) => of_integer(integer),
            SchemaKind::Type(Type::Object(object)) => of_object(object),
            SchemaKind::Type(Type::Array(array)) => of_array(array),
            SchemaKind::Type(Type::Boolean(boolean)) => of_boolean(boolean),
        }
    }

    /// Whether it says nothing about what values look like, but for lists of other schemas.
    pub fn is_bare(&self) -> bool {
        self.typ.is_none()
            && self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_none_or(IndexMap::is_empty)
            && self.required.is_empty()
            && self.additional_properties.is_none()
            && self.items.is_none()
    }
}

/// `parse` warns of what is left out here.
fn of_any(any: &AnySchema) -> Keywords<'_> {
    let is = |name: &str| any.typ.as_deref().is_none_or(|typ| typ == name);
    let (object, array, string, number) = (is("object"), is("array"), is("string"), is("number") || is("integer"));
    let limits = Limits {
        characters: if string { (any.min_length, any.max_length) } else { Range::default() },
        items: if array { (any.min_items, any.max_items) } else { Range::default() },
        members: if object { (any.min_properties, any.max_properties) } else { Range::default() },
        unique_items: array && any.unique_items == Some(true),
        minimum: any.minimum.filter(|_| number),
        exclusive_minimum: any.exclusive_minimum == Some(true),
        maximum: any.maximum.filter(|_| number),
        exclusive_maximum: any.exclusive_maximum == Some(true),
        multiple_of: any.multiple_of.filter(|_| number),
        pattern: any.pattern.as_deref().filter(|_| string),
        not: any.not.is_some(),
    };
    Keywords {
        typ: any.typ.as_deref(),
        format: any.format.as_deref(),
        enumeration: any.enumeration.clone(),
        properties: Some(&any.properties).filter(|_| object),
        required: if object { &any.required } else { &[] },
        additional_properties: any.additional_properties.as_ref().filter(|_| object),
        items: any.items.as_ref().filter(|_| array),
        all_of: &any.all_of,
        one_of: &any.one_of,
        any_of: &any.any_of,
        limits,
    }
}

fn typed(name: &'static str) -> Keywords<'static> {
    Keywords { typ: Some(name), ..Keywords::default() }
}

fn of_string(string: &StringType) -> Keywords<'_> {
    let StringType { format, pattern, enumeration, min_length, max_length } = string;
    let format = match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Some("date"),
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Some("password"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some("byte"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => Some("binary"),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.as_str()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    Keywords {
        format,
        enumeration: enumeration.iter().map(|value| Value::from(value.clone())).collect(),
        limits: Limits { characters: (*min_length, *max_length), pattern: pattern.as_deref(), ..Limits::default() },
        ..typed("string")
    }
}

fn of_number(number: &NumberType) -> Keywords<'_> {
    let NumberType { format, multiple_of, exclusive_minimum, exclusive_maximum, minimum, maximum, enumeration } =
        number;
    let format = match format {
        VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Some("float"),
        VariantOrUnknownOrEmpty::Item(NumberFormat::Double) => Some("double"),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.as_str()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    Keywords {
        format,
        enumeration: enumeration.iter().map(|value| Value::from(*value)).collect(),
        limits: Limits {
            minimum: *minimum,
            exclusive_minimum: *exclusive_minimum,
            maximum: *maximum,
            exclusive_maximum: *exclusive_maximum,
            multiple_of: *multiple_of,
            ..Limits::default()
        },
        ..typed("number")
    }
}

fn of_integer(integer: &IntegerType) -> Keywords<'_> {
    let IntegerType { format, multiple_of, exclusive_minimum, exclusive_maximum, minimum, maximum, enumeration } =
        integer;
    let format = match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64"),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.as_str()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    Keywords {
        format,
        enumeration: enumeration.iter().map(|value| Value::from(*value)).collect(),
        limits: Limits {
            minimum: minimum.map(|value| value as f64),
            exclusive_minimum: *exclusive_minimum,
            maximum: maximum.map(|value| value as f64),
            exclusive_maximum: *exclusive_maximum,
            multiple_of: multiple_of.map(|value| value as f64),
            ..Limits::default()
        },
        ..typed("integer")
    }
}

fn of_object(object: &ObjectType) -> Keywords<'_> {
    let ObjectType { properties, required, additional_properties, min_properties, max_properties } = object;
    Keywords {
        properties: Some(properties),
        required,
        additional_properties: additional_properties.as_ref(),
        limits: Limits { members: (*min_properties, *max_properties), ..Limits::default() },
        ..typed("object")
    }
}

fn of_array(array: &ArrayType) -> Keywords<'_> {
    let ArrayType { items, min_items, max_items, unique_items } = array;
    Keywords {
        items: items.as_ref(),
        limits: Limits { items: (*min_items, *max_items), unique_items: *unique_items, ..Limits::default() },
        ..typed("array")
    }
}

fn of_boolean(boolean: &BooleanType) -> Keywords<'_> {
    let BooleanType { enumeration } = boolean;
    Keywords { enumeration: enumeration.iter().map(|value| Value::from(*value)).collect(), ..typed("boolean") }
}
