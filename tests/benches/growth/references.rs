//! References: chains of them, rings, and those that lead nowhere.

use codegen::Rule;
use serde_json::{Value, json};

use crate::input::{Family, Input, description, list, many, object, operations, refer, schema, schemas, with};

pub const FAMILIES: &[Family] = &[
    Family::new("schemas that refer in a chain", 120, chain),
    Family::new("responses that refer in a chain", 30, |count| {
        let response = |number: usize| match number + 1 == count {
            true => json!({ "description": "Done" }),
            false => json!({ "$ref": format!("#/components/responses/R{}", number + 1) }),
        };
        with(json!({
            "paths": operations(count, |number| json!({
                "operationId": format!("op{number}"),
                "responses": { "200": { "$ref": format!("#/components/responses/R{number}") } },
            })),
            "components": { "responses": many(count, |number| (format!("R{number}"), response(number))) },
        }))
    }),
    Family::new("references through references, each longer by a step", 120, |count| {
        schemas(count + 1, |number| {
            let next = match number == count {
                true => json!({ "properties": { "p": refer(format!("S{count}")) } }),
                false => json!({ "$ref": format!("#/components/schemas/S{}/properties/p", number + 1) }),
            };
            (format!("S{number}"), next)
        })
    }),
    Family::refused("references that refer to their own insides", 200, |count| {
        schemas(count, |number| (format!("S{number}"), refer(format!("S{number}/properties/p"))))
    }),
    Family::refused("schemas that refer in a ring", 250, |count| {
        schemas(count, |number| (format!("S{number}"), refer(format!("S{}", (number + 1) % count))))
    }),
    Family::new("objects in a chain", 50, |count| {
        schemas(count + 1, |number| {
            let next = if number == count { json!({}) } else { refer(format!("S{}", number + 1)) };
            (format!("S{number}"), json!({ "properties": { "next": next } }))
        })
    }),
    Family::new("objects in a ring", 50, |count| {
        schemas(count, |number| {
            (format!("S{number}"), json!({ "properties": { "next": refer(format!("S{}", (number + 1) % count)) } }))
        })
    }),
    Family::new("lists in a ring", 50, |count| {
        schemas(count, |number| {
            (format!("S{number}"), json!({ "type": "array", "items": refer(format!("S{}", (number + 1) % count)) }))
        })
    }),
    Family::new("references to one schema", 250, |count| {
        let properties = many(count, |number| (format!("p{number}"), refer("One")));
        let all = json!({ "One": object("a"), "Whole": { "properties": properties } });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::new("references into one schema", 60, |count| {
        let inner = many(count, |number| (format!("p{number}"), object(format!("a{number}"))));
        let outer = many(count, |number| (format!("q{number}"), refer(format!("One/properties/p{number}"))));
        let all = json!({ "One": { "properties": inner }, "Whole": { "properties": outer } });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::refused("references that lead nowhere, among as many names", 80, |count| Input::json(&dangling(count))),
    Family::new("references that lead nowhere and are allowed", 80, |count| {
        Input::json(&dangling(count)).allow(Rule::UnresolvedReference)
    }),
    Family::refused("references to one name that is close to many others", 100, |count| {
        let all = many(count, |number| (format!("Invoice{number:05}Line"), object("a")));
        let properties = many(count, |number| (format!("p{number}"), refer("InvoiceXxxxxLine")));
        let mut all = all;
        all["Whole"] = json!({ "properties": properties });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::refused("references to nowhere by very long names", 80, |count| {
        let name = |number: usize, end: &str| format!("{}{number}{end}", "Long".repeat(30));
        let mut all = many(count, |number| (name(number, "A"), object("a")));
        all["Whole"] = json!({ "properties": many(count, |number| (format!("p{number}"), refer(name(number, "B")))) });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::refused("a very long name that is nearly another one", 5000, |count| {
        let name = "long".repeat(count);
        let all = json!({ name.clone() + "a": object("a"), "Whole": { "properties": { "p": refer(name + "b") } } });
        with(json!({ "components": { "schemas": all } }))
    }),
    Family::new("security requirements of schemes that are not there", 80, |count| {
        let scheme = json!({ "type": "http", "scheme": "bearer" });
        with(json!({
            "security": list(count, |number| json!({ format!("schame{number}"): [] })),
            "paths": operations(1, |_| json!({ "operationId": "one", "responses": crate::input::responses() })),
            "components": { "securitySchemes": many(count, |number| (format!("scheme{number}"), scheme.clone())) },
        }))
    }),
    Family::refused("references to parameters that are not there", 160, |count| {
        let parameter = |number: usize| json!({ "$ref": format!("#/components/parameters/Q{number}") });
        let known = |number: usize| {
            (format!("P{number}"), json!({ "name": "p", "in": "query", "schema": { "type": "string" } }))
        };
        with(json!({
            "paths": operations(1, |_| json!({
                "operationId": "one",
                "parameters": list(count, parameter),
                "responses": crate::input::responses(),
            })),
            "components": { "parameters": many(count, known) },
        }))
    }),
    Family::new("one schema as deep as it can be, by way of itself", 500, |count| {
        let tail = "/properties/p".repeat(count);
        let tree = json!({ "properties": { "p": refer("Whole"), "q": refer(format!("Whole{tail}")) } });
        schema(tree)
    }),
];

fn chain(count: usize) -> Input {
    schemas(count, |number| {
        let next = if number + 1 == count { json!({ "type": "string" }) } else { refer(format!("S{}", number + 1)) };
        (format!("S{number}"), next)
    })
}

/// As many references that lead nowhere as there are names.
fn dangling(count: usize) -> Value {
    let mut all = many(count, |number| (format!("Thing{number}"), object("a")));
    all["Whole"] =
        json!({ "properties": many(count, |number| (format!("p{number}"), refer(format!("Thang{number}")))) });
    description(json!({ "components": { "schemas": all } }))
}
