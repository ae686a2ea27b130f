//! One view of a schema, whatever variant `openapiv3` read it as.

use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// All keywords of a schema, side by side, without those that have no effect on values of its type.
pub(super) fn keywords(kind: &SchemaKind) -> AnySchema {
    match kind {
        SchemaKind::Any(any) => effective(any.clone()),
        SchemaKind::OneOf { one_of } => AnySchema { one_of: one_of.clone(), ..AnySchema::default() },
        SchemaKind::AnyOf { any_of } => AnySchema { any_of: any_of.clone(), ..AnySchema::default() },
        SchemaKind::AllOf { all_of } => AnySchema { all_of: all_of.clone(), ..AnySchema::default() },
        SchemaKind::Not { not } => AnySchema { not: Some(not.clone()), ..AnySchema::default() },
        SchemaKind::Type(Type::String(string)) => of_string(string),
        SchemaKind::Type(Type::Number(number)) => of_number(number),
        SchemaKind::Type(Type::Integer(integer)) => of_integer(integer),
        SchemaKind::Type(Type::Object(object)) => of_object(object),
        SchemaKind::Type(Type::Array(array)) => of_array(array),
        SchemaKind::Type(Type::Boolean(boolean)) => of_boolean(boolean),
    }
}

/// `parse` warns of what is left out here.
fn effective(any: AnySchema) -> AnySchema {
    let is = |name: &str| any.typ.as_deref().is_none_or(|typ| typ == name);
    let (object, array, string, number) = (is("object"), is("array"), is("string"), is("number") || is("integer"));
    AnySchema {
        properties: if object { any.properties } else { Default::default() },
        required: if object { any.required } else { Vec::new() },
        additional_properties: any.additional_properties.filter(|_| object),
        min_properties: any.min_properties.filter(|_| object),
        max_properties: any.max_properties.filter(|_| object),
        items: any.items.filter(|_| array),
        min_items: any.min_items.filter(|_| array),
        max_items: any.max_items.filter(|_| array),
        unique_items: any.unique_items.filter(|_| array),
        pattern: any.pattern.filter(|_| string),
        min_length: any.min_length.filter(|_| string),
        max_length: any.max_length.filter(|_| string),
        multiple_of: any.multiple_of.filter(|_| number),
        exclusive_minimum: any.exclusive_minimum.filter(|_| number),
        exclusive_maximum: any.exclusive_maximum.filter(|_| number),
        minimum: any.minimum.filter(|_| number),
        maximum: any.maximum.filter(|_| number),
        ..any
    }
}

fn typed(name: &str) -> AnySchema {
    AnySchema { typ: Some(name.to_owned()), ..AnySchema::default() }
}

fn of_string(string: &StringType) -> AnySchema {
    let StringType { format, pattern, enumeration, min_length, max_length } = string;
    let format = match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Some("date".to_owned()),
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time".to_owned()),
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Some("password".to_owned()),
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some("byte".to_owned()),
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => Some("binary".to_owned()),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    AnySchema {
        format,
        pattern: pattern.clone(),
        enumeration: enumeration.iter().map(|value| Value::from(value.clone())).collect(),
        min_length: *min_length,
        max_length: *max_length,
        ..typed("string")
    }
}

fn of_number(number: &NumberType) -> AnySchema {
    let NumberType { format, multiple_of, exclusive_minimum, exclusive_maximum, minimum, maximum, enumeration } =
        number;
    let format = match format {
        VariantOrUnknownOrEmpty::Item(openapiv3::NumberFormat::Float) => Some("float".to_owned()),
        VariantOrUnknownOrEmpty::Item(openapiv3::NumberFormat::Double) => Some("double".to_owned()),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    AnySchema {
        format,
        multiple_of: *multiple_of,
        exclusive_minimum: exclusive_minimum.then_some(true),
        exclusive_maximum: exclusive_maximum.then_some(true),
        minimum: *minimum,
        maximum: *maximum,
        enumeration: enumeration.iter().map(|value| Value::from(*value)).collect(),
        ..typed("number")
    }
}

fn of_integer(integer: &IntegerType) -> AnySchema {
    let IntegerType { format, multiple_of, exclusive_minimum, exclusive_maximum, minimum, maximum, enumeration } =
        integer;
    let format = match format {
        VariantOrUnknownOrEmpty::Item(openapiv3::IntegerFormat::Int32) => Some("int32".to_owned()),
        VariantOrUnknownOrEmpty::Item(openapiv3::IntegerFormat::Int64) => Some("int64".to_owned()),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    AnySchema {
        format,
        multiple_of: multiple_of.map(|value| value as f64),
        exclusive_minimum: exclusive_minimum.then_some(true),
        exclusive_maximum: exclusive_maximum.then_some(true),
        minimum: minimum.map(|value| value as f64),
        maximum: maximum.map(|value| value as f64),
        enumeration: enumeration.iter().map(|value| Value::from(*value)).collect(),
        ..typed("integer")
    }
}

fn of_object(object: &ObjectType) -> AnySchema {
    let ObjectType { properties, required, additional_properties, min_properties, max_properties } = object;
    AnySchema {
        properties: properties.clone(),
        required: required.clone(),
        additional_properties: additional_properties.clone(),
        min_properties: *min_properties,
        max_properties: *max_properties,
        ..typed("object")
    }
}

fn of_array(array: &ArrayType) -> AnySchema {
    let ArrayType { items, min_items, max_items, unique_items } = array;
    AnySchema {
        items: items.clone(),
        min_items: *min_items,
        max_items: *max_items,
        unique_items: unique_items.then_some(true),
        ..typed("array")
    }
}

fn of_boolean(boolean: &BooleanType) -> AnySchema {
    let BooleanType { enumeration } = boolean;
    AnySchema { enumeration: enumeration.iter().map(|value| Value::from(*value)).collect(), ..typed("boolean") }
}
