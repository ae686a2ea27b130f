//! Values of one of several types.

use serde_json::{Map, Value, json};

use crate::input::{Family, Input, list, many, object, refer, schema, schemas, with};

pub const FAMILIES: &[Family] = &[
    Family::new("oneOf of objects", 40, |count| {
        schema(json!({ "oneOf": list(count, |number| object(format!("a{number}"))) }))
    }),
    Family::new("oneOf of references", 40, |count| union(count, "oneOf", |number| object(format!("a{number}")), None)),
    Family::new("oneOf of references to alike objects", 40, |count| union(count, "oneOf", |_| object("a"), None)),
    Family::new("oneOf of equal objects", 40, |count| schema(json!({ "oneOf": list(count, |_| object("a")) }))),
    Family::new("oneOf of one reference, many times", 100, |count| {
        let all = json!({ "One": object("a"), "Whole": { "oneOf": list(count, |_| refer("One")) } });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::new("oneOf of objects that share all members but one", 30, |count| {
        schema(json!({ "oneOf": list(count, |number| {
            let members = ["a", "b", "c", "d"].map(|name| (name.to_owned(), json!({})));
            let own = (format!("own{number}"), json!({}));
            json!({ "properties": members.into_iter().chain([own]).collect::<Map<_, _>>(), "required": ["a", "b"] })
        }) }))
    }),
    Family::new("oneOf with a discriminator", 40, |count| union(count, "oneOf", tagged, Some(json!({})))),
    Family::new("oneOf with a discriminator that maps", 40, |count| {
        let mapping = |number: usize| (format!("m{number}"), format!("#/components/schemas/S{number}").into());
        union(count, "oneOf", tagged, Some(many(count, mapping)))
    }),
    Family::new("a discriminator that maps many names to one schema", 200, |count| {
        let mapping = |number: usize| (format!("m{number}"), "#/components/schemas/S0".into());
        union(2, "oneOf", tagged, Some(many(count, mapping)))
    }),
    Family::new("oneOf of objects with constants that tell them apart", 40, |count| {
        schema(json!({ "oneOf": list(count, |number| {
            let kind = json!({ "type": "string", "enum": [format!("k{number}")] });
            json!({ "properties": { "kind": kind }, "required": ["kind"] })
        }) }))
    }),
    Family::new("oneOf of objects that are told deep inside", 20, |count| {
        schema(json!({ "oneOf": list(count, |number| {
            let kind = json!({ "type": "string", "enum": [format!("k{number}")] });
            let inner = json!({ "properties": { "kind": kind }, "required": ["kind"] });
            json!({ "properties": { "data": { "properties": { "of": inner } } }, "required": ["data"] })
        }) }))
    }),
    Family::new("oneOf of objects with values that some share", 20, |count| {
        union(count, "oneOf", |number| listing(&[number, number + 1]), None)
    }),
    Family::new("oneOf of objects with values that all share", 20, |count| {
        union(count, "oneOf", |_| listing(&[1, 2]), None)
    }),
    Family::new("children of a schema with a discriminator, which add nothing", 40, |count| {
        let mut all = many(count, |number| (format!("S{number}"), json!({ "allOf": [refer("Whole")] })));
        all["Whole"] = json!({
            "properties": { "kind": { "type": "string" } }, "required": ["kind"],
            "discriminator": { "propertyName": "kind" },
        });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::new("oneOf of lists of values", 100, |count| {
        schema(json!({ "oneOf": list(count, |number| json!({ "type": "string", "enum": [format!("v{number}")] })) }))
    }),
    Family::new("oneOf of strings", 200, |count| {
        schema(json!({ "oneOf": list(count, |number| json!({ "type": "string", "format": format!("f{number}") })) }))
    }),
    Family::new("oneOf of lists", 40, |count| {
        union(count, "oneOf", |number| json!({ "type": "array", "items": object(format!("a{number}")) }), None)
    }),
    Family::new("oneOf of one title", 40, |count| {
        schema(json!({ "oneOf": list(count, |number| json!({
            "title": "Same", "type": "object", "properties": { format!("a{number}"): {} },
        })) }))
    }),
    Family::new("anyOf of objects", 40, |count| {
        schema(json!({ "anyOf": list(count, |number| object(format!("a{number}"))) }))
    }),
    Family::new("anyOf of references", 40, |count| union(count, "anyOf", |number| object(format!("a{number}")), None)),
    Family::new("oneOf beside members", 30, |count| {
        schema(json!({
            "properties": { "id": { "type": "string" } },
            "oneOf": list(count, |number| object(format!("a{number}"))),
        }))
    }),
    Family::new("schemas with a oneOf", 16, |count| {
        schemas(count, |number| (format!("S{number}"), json!({ "oneOf": [object("a"), object("b")] })))
    }),
    Family::new("oneOf in a chain", 16, |count| {
        schemas(count + 1, |number| {
            let next = if number == count { object("z") } else { refer(format!("S{}", number + 1)) };
            (format!("S{number}"), json!({ "oneOf": [object(format!("a{number}")), next] }))
        })
    }),
    Family::new("children of a schema with a discriminator", 40, |count| {
        let child = |number: usize| json!({ "allOf": [refer("Whole"), object(format!("a{number}"))] });
        let mut all = many(count, |number| (format!("S{number}"), child(number)));
        all["Whole"] = json!({
            "properties": { "kind": { "type": "string" } }, "required": ["kind"],
            "discriminator": { "propertyName": "kind" },
        });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::limited("children of children of a schema with a discriminator", 20, |size| {
        schemas((16 * size).isqrt(), |number| {
            let schema = match number {
                0 => json!({
                    "properties": { "kind": { "type": "string" } }, "discriminator": { "propertyName": "kind" },
                }),
                _ => json!({ "allOf": [refer(format!("S{}", number - 1)), object(format!("a{number}"))] }),
            };
            (format!("S{number}"), schema)
        })
    }),
    Family::limited("levels of oneOf with the next one, and with more of it", 9, |count| {
        schemas(count + 1, |number| {
            let next = || refer(format!("S{}", number + 1));
            let schema = match number == count {
                true => object("a"),
                false => json!({ "oneOf": [next(), { "allOf": [next(), object(format!("p{number}"))] }] }),
            };
            (format!("S{number}"), schema)
        })
    }),
    Family::new("schemas of many levels of oneOf", 4, |count| {
        let deep = (0..12).fold(json!({ "type": "string" }), |inner, number| {
            json!({ "oneOf": [{ "properties": { format!("p{number}"): inner } }, { "type": "integer" }] })
        });
        schemas(count, |number| (format!("S{number}"), deep.clone()))
    }),
    Family::limited("allOf of oneOf", 9, |count| {
        schema(json!({ "allOf": list(count, |number| {
            json!({ "oneOf": [object(format!("a{number}")), object(format!("b{number}"))] })
        }) }))
    }),
];

/// An object that lists values of its members.
fn listing(values: &[usize]) -> Value {
    let values: Vec<_> = values.iter().map(|value| format!("v{value}")).collect();
    let listed = json!({ "type": "string", "enum": values });
    json!({ "properties": { "one": listed, "two": listed, "inner": { "properties": { "three": listed } } } })
}

fn tagged(number: usize) -> Value {
    json!({
        "properties": { "kind": { "type": "string" }, format!("a{number}"): { "type": "string" } },
        "required": ["kind"],
    })
}

/// A schema that is one of many components; with a mapping, by a discriminator.
fn union(count: usize, keyword: &str, component: impl Fn(usize) -> Value, mapping: Option<Value>) -> Input {
    let mut all = many(count, |number| (format!("S{number}"), component(number)));
    all["Whole"] = json!({ keyword: list(count, |number| refer(format!("S{number}"))) });
    if let Some(mapping) = mapping {
        all["Whole"]["discriminator"] = json!({ "propertyName": "kind", "mapping": mapping });
    }
    with(json!({ "components": { "schemas": all } }))
}
