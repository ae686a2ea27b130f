//! One view of a schema, whatever variant `openapiv3` read it as.

use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// All keywords of a schema, side by side.
pub(super) fn keywords(kind: &SchemaKind) -> AnySchema {
    match kind {
        SchemaKind::Any(any) => any.clone(),
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
