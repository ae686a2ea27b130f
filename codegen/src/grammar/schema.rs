//! Schemas: those of OpenAPI 3.0, and since 3.1 those of JSON Schema.
//!
//! Source: JSON Schema 2020-12, Core sections 8 to 11, and Validation sections 6 to 9.

use super::objects::{EXTERNAL_DOCS, PROSE, shape};
use super::versions::{ALL, ONLY_3_0, SINCE_3_1, SINCE_3_2};
use super::wants::Shape;
use super::wants::Want::{
    Anything, Aside, Filled, Flag, FlagOr, List, Map, Natural, Number, Object, RefOr, Target, Text, Types, Word,
};

/// The types of OpenAPI 3.0.
const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];
/// Those of JSON Schema.
const ALL_TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string"];

pub(crate) static SCHEMA: Shape = shape(
    "Schema",
    &[],
    &[
        ("$ref", Target, SINCE_3_1),
        ("$id", Text, SINCE_3_1),
        ("$schema", Aside(&Text), SINCE_3_1),
        ("$anchor", Text, SINCE_3_1),
        ("$dynamicAnchor", Text, SINCE_3_1),
        ("$dynamicRef", Text, SINCE_3_1),
        ("$vocabulary", Aside(&Map(&Flag)), SINCE_3_1),
        ("$comment", PROSE, SINCE_3_1),
        ("$defs", Map(&RefOr(&SCHEMA)), SINCE_3_1),
        ("title", PROSE, ALL),
        ("multipleOf", Aside(&Number), ALL),
        ("maximum", Aside(&Number), ALL),
        ("exclusiveMaximum", Aside(&Flag), ONLY_3_0),
        ("exclusiveMaximum", Aside(&Number), SINCE_3_1),
        ("minimum", Aside(&Number), ALL),
        ("exclusiveMinimum", Aside(&Flag), ONLY_3_0),
        ("exclusiveMinimum", Aside(&Number), SINCE_3_1),
        ("maxLength", Aside(&Natural), ALL),
        ("minLength", Aside(&Natural), ALL),
        ("pattern", Aside(&Text), ALL),
        ("maxItems", Aside(&Natural), ALL),
        ("minItems", Aside(&Natural), ALL),
        ("uniqueItems", Aside(&Flag), ALL),
        ("maxContains", Aside(&Natural), SINCE_3_1),
        ("minContains", Aside(&Natural), SINCE_3_1),
        ("maxProperties", Aside(&Natural), ALL),
        ("minProperties", Aside(&Natural), ALL),
        ("required", List(&Text), ALL),
        ("dependentRequired", Aside(&Map(&List(&Text))), SINCE_3_1),
        ("const", Anything, SINCE_3_1),
        ("enum", Filled(&Anything), ALL),
        ("type", Word(TYPES), ONLY_3_0),
        ("type", Types(ALL_TYPES), SINCE_3_1),
        ("not", RefOr(&SCHEMA), ALL),
        ("allOf", Filled(&RefOr(&SCHEMA)), ALL),
        ("oneOf", Filled(&RefOr(&SCHEMA)), ALL),
        ("anyOf", Filled(&RefOr(&SCHEMA)), ALL),
        ("if", RefOr(&SCHEMA), SINCE_3_1),
        ("then", RefOr(&SCHEMA), SINCE_3_1),
        ("else", RefOr(&SCHEMA), SINCE_3_1),
        ("dependentSchemas", Map(&RefOr(&SCHEMA)), SINCE_3_1),
        ("prefixItems", Filled(&RefOr(&SCHEMA)), SINCE_3_1),
        ("items", RefOr(&SCHEMA), ALL),
        ("contains", RefOr(&SCHEMA), SINCE_3_1),
        ("unevaluatedItems", RefOr(&SCHEMA), SINCE_3_1),
        ("properties", Map(&RefOr(&SCHEMA)), ALL),
        ("patternProperties", Map(&RefOr(&SCHEMA)), SINCE_3_1),
        ("additionalProperties", FlagOr(&RefOr(&SCHEMA)), ALL),
        ("unevaluatedProperties", FlagOr(&RefOr(&SCHEMA)), SINCE_3_1),
        ("propertyNames", RefOr(&SCHEMA), SINCE_3_1),
        ("description", PROSE, ALL),
        ("format", Text, ALL),
        ("contentMediaType", Aside(&Text), SINCE_3_1),
        ("contentEncoding", Aside(&Text), SINCE_3_1),
        ("contentSchema", RefOr(&SCHEMA), SINCE_3_1),
        ("default", Anything, ALL),
        ("nullable", Flag, ONLY_3_0),
        ("discriminator", Object(&DISCRIMINATOR), ALL),
        ("readOnly", Flag, ALL),
        ("writeOnly", Flag, ALL),
        ("example", Anything, ALL),
        ("examples", Aside(&List(&Anything)), SINCE_3_1),
        ("externalDocs", Aside(&Object(&EXTERNAL_DOCS)), ALL),
        ("deprecated", Aside(&Flag), ALL),
        ("xml", Aside(&Object(&XML)), ALL),
    ],
);
static DISCRIMINATOR: Shape = shape(
    "Discriminator",
    &[("propertyName", ALL)],
    &[("propertyName", Text, ALL), ("mapping", Map(&Target), ALL), ("defaultMapping", Target, SINCE_3_2)],
);
static XML: Shape = shape(
    "XML",
    &[],
    &[
        ("nodeType", Aside(&Word(&["element", "attribute", "text", "cdata", "none"])), SINCE_3_2),
        ("name", Text, ALL),
        ("namespace", Text, ALL),
        ("prefix", Text, ALL),
        ("attribute", Flag, ALL),
        ("wrapped", Flag, ALL),
    ],
);
