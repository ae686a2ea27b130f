//! Schemas: many of them, large ones, and some in each other.

use serde_json::{Value, json};

use crate::input::{Family, Input, alike, in_two, list, many, object, refer, schema, schemas, with};

pub const FAMILIES: &[Family] = &[
    Family::new("schemas", 100, |count| schemas(count, |number| (format!("S{number}"), object(format!("a{number}"))))),
    Family::new("properties", 200, |count| schema(json!({ "properties": properties(count) }))),
    Family::new("required properties", 200, |count| {
        let required = list(count, |number| format!("p{number}").into());
        schema(json!({ "properties": properties(count), "required": required }))
    }),
    Family::new("required properties that are not described", 200, |count| {
        schema(json!({ "properties": { "a": {} }, "required": list(count, |number| format!("p{number}").into()) }))
    }),
    Family::new("one required property, named many times", 500, |count| {
        schema(json!({ "properties": { "a": {} }, "required": list(count, |_| "a".into()) }))
    }),
    Family::new("properties of the same name in Rust", 100, |count| {
        schema(json!({ "properties": many(count, |number| (alike(number), json!({ "type": "string" }))) }))
    }),
    Family::new("properties without a readable name", 100, |count| {
        schema(json!({ "properties": many(count, |number| (in_two(number, "+", "="), json!({ "type": "string" }))) }))
    }),
    Family::new("schemas of the same name in Rust", 50, |count| schemas(count, |number| (alike(number), object("a")))),
    Family::new("schemas whose names begin with each other", 40, |size| {
        schemas((64 * size).isqrt(), |number| ("a_".repeat(number + 1), object("a")))
    }),
    Family::new("values", 250, |count| schema(json!({ "type": "string", "enum": values(count) }))),
    Family::new("values that are numbers", 250, |count| {
        schema(json!({ "type": "integer", "enum": list(count, |number| number.into()) }))
    }),
    Family::new("values of several types", 250, |count| {
        let value = |number: usize| if number.is_multiple_of(2) { json!(number) } else { json!(format!("v{number}")) };
        schema(json!({ "enum": list(count, value) }))
    }),
    Family::new("values that are objects", 250, |count| {
        schema(json!({ "enum": list(count, |number| json!({ "a": number })) }))
    }),
    Family::new("values of the same name in Rust", 100, |count| {
        schema(json!({ "type": "string", "enum": list(count, |number| alike(number).into()) }))
    }),
    Family::new("one value many times", 250, |count| {
        schema(json!({ "type": "string", "enum": list(count, |_| "a".into()) }))
    }),
    Family::new("values with names", 250, |count| {
        let names = list(count, |number| format!("Name{number}").into());
        schema(json!({ "type": "string", "enum": values(count), "x-enum-varnames": names }))
    }),
    Family::new("values with the same names", 250, |count| {
        let names = list(count, |number| format!("Name{}", number / 2).into());
        schema(json!({ "type": "string", "enum": values(count), "x-enum-varnames": names }))
    }),
    Family::new("equal lists of values, inline", 50, |count| {
        schemas(count, |number| {
            let kind = json!({ "type": "string", "enum": ["a", "b"] });
            (format!("S{number}"), json!({ "properties": { "kind": kind } }))
        })
    }),
    Family::new("equal objects, inline, at members of one name", 50, |count| {
        schemas(count, |number| (format!("S{number}"), json!({ "properties": { "inner": object("a") } })))
    }),
    Family::new("equal objects in equal objects", 25, |count| {
        let inner = json!({ "properties": { "b": { "properties": { "c": { "properties": { "d": object("e") } } } } } });
        schemas(count, |number| (format!("S{number}"), json!({ "properties": { "a": inner } })))
    }),
    Family::new("different objects at members of one name", 50, |count| {
        schemas(count, |number| {
            (format!("S{number}"), json!({ "properties": { "inner": object(format!("a{number}")) } }))
        })
    }),
    Family::new("objects of one title", 50, |count| {
        schemas(count, |number| {
            let titled = json!({ "title": "Same", "properties": { format!("a{number}"): { "type": "string" } } });
            (format!("S{number}"), json!({ "properties": { "inner": titled } }))
        })
    }),
    // JSON is read up to 128 levels, so that there are many of them.
    Family::new("schemas of many levels of properties", 2, |count| {
        let deep = (0..25).fold(json!({ "type": "string" }), |inner, _| json!({ "properties": { "p": inner } }));
        schemas(count, |number| (format!("S{number}"), deep.clone()))
    }),
    Family::new("schemas of many levels of lists", 4, |count| {
        let deep = (0..60).fold(json!({ "type": "string" }), |inner, _| json!({ "type": "array", "items": inner }));
        schemas(count, |number| (format!("S{number}"), deep.clone()))
    }),
    Family::new("levels of lists, by reference", 100, |count| {
        schemas(count, |number| {
            let items = if number == 0 { json!({}) } else { refer(format!("S{}", number - 1)) };
            (format!("S{number}"), json!({ "type": "array", "items": items }))
        })
    }),
    Family::new("levels of mappings, by reference", 100, |count| {
        schemas(count, |number| {
            let items = if number == 0 { json!({}) } else { refer(format!("S{}", number - 1)) };
            (format!("S{number}"), json!({ "type": "object", "additionalProperties": items }))
        })
    }),
    Family::new("allOf of inline parts", 100, |count| {
        schema(json!({ "allOf": list(count, |number| object(format!("a{number}"))) }))
    }),
    Family::new("allOf of equal parts", 100, |count| schema(json!({ "allOf": list(count, |_| object("a")) }))),
    Family::new("allOf of references", 50, |count| {
        let mut all = many(count, |number| (format!("S{number}"), object(format!("a{number}"))));
        all["Whole"] = json!({ "allOf": list(count, |number| refer(format!("S{number}"))) });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::new("allOf with one member in every part", 100, |count| {
        let part = |number: usize| json!({ "properties": { "a": { "properties": { format!("b{number}"): {} } } } });
        schema(json!({ "allOf": list(count, part) }))
    }),
    Family::new("allOf in a chain that adds nothing", 100, |count| {
        schemas(count, |number| {
            let schema =
                if number == 0 { object("a") } else { json!({ "allOf": [refer(format!("S{}", number - 1))] }) };
            (format!("S{number}"), schema)
        })
    }),
    // Types of as many members as there are levels: the sizes are those of what is made of them.
    Family::limited("allOf in a chain that adds a member at each level", 20, |size| heirs((64 * size).isqrt())),
    Family::limited("levels of two allOf with the next one", 10, |count| {
        schemas(count + 1, |number| {
            let next = || json!({ "allOf": [refer(format!("S{}", number + 1)), object("x")] });
            let schema =
                if number == count { object("a") } else { json!({ "properties": { "l": next(), "r": next() } }) };
            (format!("S{number}"), schema)
        })
    }),
    Family::limited("levels of two members with the next one", 50, |count| {
        schemas(count + 1, |number| {
            let next = || refer(format!("S{}", number + 1));
            let schema =
                if number == count { object("a") } else { json!({ "properties": { "l": next(), "r": next() } }) };
            (format!("S{number}"), schema)
        })
    }),
    Family::limited("inline allOf with the schema around it", 25, |count| {
        schemas(count, |number| {
            let manager = json!({ "allOf": [refer(format!("S{number}")), { "properties": { "since": {} } }] });
            (format!("S{number}"), json!({ "properties": { "name": { "type": "string" }, "manager": manager } }))
        })
    }),
    // Each is put together from all those below it.
    Family::limited("allOf diamonds, one on the other", 20, |size| diamonds((20 * size).isqrt())),
    Family::new("readOnly and writeOnly members", 100, |count| {
        let member =
            |number: usize| json!({ "type": "string", "readOnly": number.is_multiple_of(2), "writeOnly": false });
        schema(json!({ "properties": many(count, |number| (format!("p{number}"), member(number))) }))
    }),
    Family::new("derives", 100, |count| {
        schemas(count, |number| {
            (format!("S{number}"), json!({ "type": "string", "enum": ["a"], "x-rust-derive": ["Ord", "PartialOrd"] }))
        })
    }),
    Family::new("one schema at members of all names", 100, |count| {
        let member = |number: usize| {
            let title = if number.is_multiple_of(2) { "One".to_owned() } else { format!("Other {number}") };
            json!({ "title": title, "properties": { "a": { "type": "string", "enum": ["a", "b"] } } })
        };
        schema(json!({ "properties": many(count, |number| (format!("p{number}"), member(number))) }))
    }),
    Family::new("types that are alike once the next ones are", 50, |count| {
        let next = |row: &str, number: usize| refer(format!("{row}/properties/p{number}"));
        let row = |row: &str| {
            let member = |number: usize| match number + 1 == count {
                true => json!({ "properties": { "end": next("S0", 0) } }),
                false => json!({ "properties": { "next": next(row, number + 1) } }),
            };
            json!({ "properties": many(count, |number| (format!("p{number}"), member(number))) })
        };
        schemas(2, |number| (format!("S{number}"), row(&format!("S{number}"))))
    }),
    Family::new("mistakes that are close to what is meant", 50, |count| {
        schemas(count, |number| (format!("S{number}"), json!({ "typ": "string", "discriminatr": {}, "propertys": {} })))
    }),
];

fn properties(count: usize) -> Value {
    many(count, |number| (format!("p{number}"), json!({ "type": "string" })))
}

fn values(count: usize) -> Value {
    list(count, |number| format!("v{number}").into())
}

/// Each has the members of all before it.
fn heirs(count: usize) -> Input {
    schemas(count, |number| {
        let own = object(format!("a{number}"));
        let schema = if number == 0 { own } else { json!({ "allOf": [refer(format!("S{}", number - 1)), own] }) };
        (format!("S{number}"), schema)
    })
}

/// Two schemas are the parents of one, and have one parent themselves.
fn diamonds(levels: usize) -> Input {
    schemas(3 * levels + 1, |number| {
        let (level, part) = (number / 3, number % 3);
        let below = refer(format!("S{}", (level.max(1) - 1) * 3));
        let schema = match (level, part) {
            (0, _) => object("a"),
            (_, 0) => json!({ "allOf": [refer(format!("S{}", number + 1)), refer(format!("S{}", number + 2))] }),
            _ => json!({ "allOf": [below] }),
        };
        (format!("S{number}"), if number == 3 * levels { object("z") } else { schema })
    })
}
