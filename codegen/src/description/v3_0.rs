//! OpenAPI 3.0, in the types of `openapiv3`.

mod read;

use std::borrow::Borrow;
use std::sync::OnceLock;

use elsa::sync::FrozenMap;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerFormat, IntegerType, NumberFormat, NumberType,
    ObjectType, ReferenceOr, SchemaData, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Deserialize;
use serde_json::Value;

use super::schema::{
    Additional, Annotations, At, Bound, Child, Discriminator, Inner, Items, Keywords, Limits, Nullable, Range,
};
use super::{Extensions, ExternalDocs};
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::rule::Rule;

/// A schema, once somebody asked for it; nothing, if it is none.
type Typed = OnceLock<Option<ReferenceOr<openapiv3::Schema>>>;

/// The schemas of a description that OpenAPI 3.0 has words for.
pub(super) struct Schemas {
    components: IndexMap<String, Typed>,
    /// Those that stand elsewhere, by their places, once somebody asked for them.
    others: FrozenMap<String, Box<ReferenceOr<openapiv3::Schema>>>,
}

const COMPONENTS: &str = "/components/schemas";

impl Schemas {
    /// Those of a tree, but for components that say something in newer words.
    pub fn of(tree: &Value, is_newer: impl Fn(&str) -> bool) -> Self {
        let names = components(tree).map(|(name, _)| name);
        let names = names.filter(|name| !is_newer(&format!("{COMPONENTS}/{}", pointer::escape(name))));
        let components = names.map(|name| (name.to_owned(), Typed::new())).collect();
        Self { components, others: FrozenMap::new() }
    }

    /// Reads all components of the tree, which takes a while and can be done beside other things.
    ///
    /// # Errors
    ///
    /// One of them is not OpenAPI 3.0.
    pub fn read(&self, tree: &Value) -> Result<(), Diagnostic> {
        let all: Vec<_> = components(tree).collect();
        let is_wrong =
            |(name, schema): &&(&str, &Value)| self.component(name, schema).is_some_and(|read| read.is_none());
        match all.par_iter().find_first(is_wrong) {
            Some((name, schema)) => Err(mistake(schema, Origin::new(COMPONENTS).child(name))),
            None => Ok(()),
        }
    }

    /// Lets go of what was read.
    pub fn forget(&mut self) {
        self.components.values_mut().for_each(|component| _ = component.take());
        self.others = FrozenMap::new();
    }

    /// What is at a component, if it is one of these.
    fn component(&self, name: &str, value: &Value) -> Option<Option<&ReferenceOr<openapiv3::Schema>>> {
        Some(self.components.get(name)?.get_or_init(|| read::schema(value).ok()).as_ref())
    }

    /// The schema at a place of the tree.
    pub fn at<'a>(&'a self, value: &'a Value, place: &str) -> serde_json::Result<Child<'a>> {
        let name = place.strip_prefix(COMPONENTS).and_then(|rest| rest.strip_prefix('/'));
        let component = name.filter(|name| !name.contains('/')).map(pointer::unescape);
        if let Some(schema) = component.and_then(|name| self.component(&name, value)).flatten() {
            return Ok(Child::of(schema));
        }
        if let Some(reference) = reference(value) {
            return Ok(Child::Reference(reference));
        }
        let schema = match self.others.get(place) {
            Some(schema) => schema,
            None => self.others.insert(place.to_owned(), Box::new(read::schema(value)?)),
        };
        Ok(Child::of(schema))
    }
}

/// The components of a tree that are schemas, with their names.
fn components(tree: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let all = tree.pointer(COMPONENTS).and_then(Value::as_object).into_iter().flatten();
    all.map(|(name, schema)| (name.as_str(), schema))
}

fn reference(value: &Value) -> Option<&str> {
    pointer::child(value, "$ref")?.as_str()
}

/// What is wrong with a schema at a place. Keeping track of the way there costs time, so that it is read again for it.
fn mistake(schema: &Value, place: Origin) -> Diagnostic {
    let mut track = serde_path_to_error::Track::new();
    let deserializer = serde_path_to_error::Deserializer::new(schema, &mut track);
    let read = ReferenceOr::<openapiv3::Schema>::deserialize(deserializer);
    let why = read.err().map_or_else(String::new, |error| error.to_string());
    let origin = track.path().iter().fold(place, |origin, segment| origin.child(segment.to_string()));
    Diagnostic::error(Rule::InvalidValue, &origin, format!("this is not OpenAPI 3.0: {why}"))
}

/// A schema, whatever variant it was read as.
#[derive(Clone, Copy)]
pub(super) struct Schema<'a>(pub &'a openapiv3::Schema);

impl<'a> Schema<'a> {
    pub fn annotations(self) -> Annotations<'a> {
        let SchemaData {
            // Said by the keywords.
            nullable: _,
            read_only,
            write_only,
            deprecated,
            external_docs,
            example,
            title,
            description,
            discriminator: _,
            default,
            extensions: _,
        } = &self.0.schema_data;
        Annotations {
            title: title.as_deref(),
            description: description.as_deref(),
            deprecated: *deprecated,
            read_only: *read_only,
            write_only: *write_only,
            default: default.as_ref(),
            example: example.as_ref().map(|example| (example, At::Keyword("example"))),
            external_docs: external_docs.as_ref().map(|docs| {
                let openapiv3::ExternalDocumentation { description, url, extensions: _ } = docs;
                ExternalDocs { description: description.as_deref(), url }
            }),
        }
    }

    pub fn discriminator(self) -> Option<Discriminator<'a>> {
        let openapiv3::Discriminator { property_name, mapping, extensions: _ } =
            self.0.schema_data.discriminator.as_ref()?;
        let mapping = mapping.iter().map(|(value, target)| (value.as_str(), target.as_str())).collect();
        Some(Discriminator { property_name, mapping, default_mapping: None })
    }

    pub fn extensions(self) -> Extensions<'a> {
        Extensions::typed(&self.0.schema_data.extensions)
    }

    /// Whether it is anything but of a plain type.
    pub fn may_combine(self) -> bool {
        !matches!(self.0.schema_kind, SchemaKind::Type(_))
    }

    pub fn keywords(self) -> Keywords<'a> {
        let mut keywords = match &self.0.schema_kind {
            SchemaKind::Any(any) => of_any(any),
            SchemaKind::OneOf { one_of } => Keywords { one_of: list("oneOf", one_of), ..Keywords::default() },
            SchemaKind::AnyOf { any_of } => Keywords { any_of: list("anyOf", any_of), ..Keywords::default() },
            SchemaKind::AllOf { all_of } => Keywords { all_of: list("allOf", all_of), ..Keywords::default() },
            SchemaKind::Not { not: _ } => {
                Keywords { limits: Limits { not: true, ..Limits::default() }, ..Keywords::default() }
            }
            SchemaKind::Type(Type::String(string)) => of_string(string),
            SchemaKind::Type(Type::Number(number)) => of_number(number),
            SchemaKind::Type(Type::Integer(integer)) => of_integer(integer),
            SchemaKind::Type(Type::Object(object)) => of_object(object),
            SchemaKind::Type(Type::Array(array)) => of_array(array),
            SchemaKind::Type(Type::Boolean(boolean)) => of_boolean(boolean),
        };
        if self.0.schema_data.nullable {
            keywords.nullable = Nullable::Yes;
        }
        keywords
    }
}

impl<'a> Child<'a> {
    fn of<S: Borrow<openapiv3::Schema>>(schema: &'a ReferenceOr<S>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(Schema(schema.borrow()).into()),
        }
    }
}

fn list<'a>(keyword: &'static str, schemas: &'a [ReferenceOr<openapiv3::Schema>]) -> Vec<Inner<'a>> {
    let schemas = schemas.iter().enumerate();
    schemas.map(|(index, schema)| Inner { at: At::Item(keyword, index), child: Child::of(schema) }).collect()
}

fn properties<'a>(properties: &'a IndexMap<String, ReferenceOr<Box<openapiv3::Schema>>>) -> Vec<(&'a str, Child<'a>)> {
    properties.iter().map(|(name, schema)| (name.as_str(), Child::of(schema))).collect()
}

fn additional(additional: &AdditionalProperties) -> (Additional<'_>, At<'_>) {
    let said = match additional {
        AdditionalProperties::Any(any) => Additional::Any(*any),
        AdditionalProperties::Schema(schema) => Additional::Schema(Child::of(schema)),
    };
    (said, At::Keyword("additionalProperties"))
}

fn items(schema: &ReferenceOr<Box<openapiv3::Schema>>) -> (Items<'_>, At<'_>) {
    (Items::Schema(Child::of(schema)), At::Keyword("items"))
}

fn listed<'a>(values: impl Iterator<Item = Value>) -> Vec<(Value, At<'a>)> {
    values.enumerate().map(|(index, value)| (value, At::Item("enum", index))).collect()
}

/// The limits of numbers, of which flags say whether they are excluded.
fn bounds<'a>(
    (minimum, excludes_minimum): (Option<f64>, bool),
    (maximum, excludes_maximum): (Option<f64>, bool),
    multiple_of: Option<f64>,
) -> Limits<'a> {
    let bound = |value: Option<f64>, keyword| value.map(|value| Bound { value, keyword });
    let (minimum, maximum) = (bound(minimum, "minimum"), bound(maximum, "maximum"));
    Limits {
        minimum: minimum.filter(|_| !excludes_minimum),
        exclusive_minimum: minimum.filter(|_| excludes_minimum),
        maximum: maximum.filter(|_| !excludes_maximum),
        exclusive_maximum: maximum.filter(|_| excludes_maximum),
        multiple_of,
        ..Limits::default()
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
        pattern: any.pattern.as_deref().filter(|_| string),
        not: any.not.is_some(),
        ..bounds(
            (any.minimum.filter(|_| number), any.exclusive_minimum == Some(true)),
            (any.maximum.filter(|_| number), any.exclusive_maximum == Some(true)),
            any.multiple_of.filter(|_| number),
        )
    };
    Keywords {
        typ: any.typ.as_deref(),
        format: any.format.as_deref(),
        enumeration: listed(any.enumeration.iter().cloned()),
        properties: if object { properties(&any.properties) } else { Vec::new() },
        required: if object { texts(&any.required) } else { Vec::new() },
        additional: any.additional_properties.as_ref().filter(|_| object).map(additional),
        items: any.items.as_ref().filter(|_| array).map(items),
        all_of: list("allOf", &any.all_of),
        one_of: list("oneOf", &any.one_of),
        any_of: list("anyOf", &any.any_of),
        limits,
        ..Keywords::default()
    }
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn float(integer: Option<i64>) -> Option<f64> {
    integer.map(|integer| integer as f64)
}

fn of_type(name: &'static str) -> Keywords<'static> {
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
        enumeration: listed(enumeration.iter().map(|value| Value::from(value.clone()))),
        limits: Limits { characters: (*min_length, *max_length), pattern: pattern.as_deref(), ..Limits::default() },
        ..of_type("string")
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
        enumeration: listed(enumeration.iter().map(|value| Value::from(*value))),
        limits: bounds((*minimum, *exclusive_minimum), (*maximum, *exclusive_maximum), *multiple_of),
        ..of_type("number")
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
        enumeration: listed(enumeration.iter().map(|value| Value::from(*value))),
        limits: bounds(
            (float(*minimum), *exclusive_minimum),
            (float(*maximum), *exclusive_maximum),
            float(*multiple_of),
        ),
        ..of_type("integer")
    }
}

fn of_object(object: &ObjectType) -> Keywords<'_> {
    let ObjectType { properties: members, required, additional_properties, min_properties, max_properties } = object;
    Keywords {
        properties: properties(members),
        required: texts(required),
        additional: additional_properties.as_ref().map(additional),
        limits: Limits { members: (*min_properties, *max_properties), ..Limits::default() },
        ..of_type("object")
    }
}

fn of_array(array: &ArrayType) -> Keywords<'_> {
    let ArrayType { items: each, min_items, max_items, unique_items } = array;
    Keywords {
        items: each.as_ref().map(items),
        limits: Limits { items: (*min_items, *max_items), unique_items: *unique_items, ..Limits::default() },
        ..of_type("array")
    }
}

fn of_boolean(boolean: &BooleanType) -> Keywords<'_> {
    let BooleanType { enumeration } = boolean;
    Keywords { enumeration: listed(enumeration.iter().map(|value| Value::from(*value))), ..of_type("boolean") }
}
