//! What OpenAPI 3.1 and 3.2 brought.

use serde_json::{Value, json};

use crate::input::{Family, Input, list, many, object, refer, with};

pub const FAMILIES: &[Family] = &[
    Family::new("references among other keywords, in a chain", 15, |size| {
        // Each of them has the members of all that come behind it.
        let count = (64 * size).isqrt();
        let member = |number: usize| many(1, |_| (format!("p{number}"), json!({ "type": "string" })));
        let link =
            |number: usize| json!({ "$ref": place(number + 1), "properties": member(number), "title": "A link" });
        schemas(count + 1, |number| (format!("S{number}"), if number == count { object("a") } else { link(number) }))
    }),
    Family::new("references beside texts", 200, |count| {
        let member = |number: usize| (format!("p{number}"), json!({ "$ref": place(0), "description": "A member." }));
        schemas(2, |number| {
            let whole = json!({ "properties": many(count, member) });
            (format!("S{number}"), if number == 0 { object("a") } else { whole })
        })
    }),
    Family::new("references among other keywords, in a circle", 15, |size| {
        let count = (64 * size).isqrt();
        schemas(count, |number| {
            let next = place((number + 1) % count);
            (format!("S{number}"), json!({ "$ref": next, "properties": { "a": { "type": "string" } } }))
        })
    }),
    Family::new("strings to choose from", 200, |count| {
        whole(json!({ "oneOf": list(count, |number| json!({ "type": "string", "maxLength": number })) }))
    }),
    Family::new("values to choose from", 200, |count| {
        let value = |number: usize| json!({ "const": format!("v{number}"), "title": format!("Value {number}") });
        whole(json!({ "oneOf": list(count, value) }))
    }),
    Family::new("one type many times", 2000, |count| whole(json!({ "type": list(count, |_| "string".into()) }))),
    Family::new("conditions beside each other", 100, |count| {
        let condition = |number: usize| json!({ "if": true, "then": object(format!("a{number}")) });
        whole(json!({ "type": "object", "allOf": list(count, condition) }))
    }),
    Family::new("conditions in conditions", 15, |count| {
        let within = |inner: Value, number: usize| json!({ "properties": many(1, |_| (format!("a{number}"), json!({}))), "if": true, "then": inner });
        whole((0..count).fold(object("a"), within))
    }),
    Family::new("conditions that lead to each other", 15, |size| {
        let count = (64 * size).isqrt();
        schemas(count, |number| {
            let next = refer(format!("S{}", (number + 1) % count));
            let members = many(1, |_| (format!("a{number}"), json!({ "type": "string" })));
            (format!("S{number}"), json!({ "properties": members, "then": next.clone(), "else": next }))
        })
    }),
    Family::new("patterns of members", 200, |count| {
        let pattern = |number: usize| (format!("^a{number}"), json!({ "type": "integer", "maximum": number }));
        whole(json!({ "patternProperties": many(count, pattern) }))
    }),
    Family::new("first items", 200, |count| {
        whole(json!({ "prefixItems": list(count, |number| object(format!("a{number}"))), "items": false }))
    }),
    Family::new("schemas in schemas, by reference", 100, |count| {
        let inner = many(count, |number| (format!("D{number}"), object(format!("a{number}"))));
        let member = |number: usize| (format!("p{number}"), json!({ "$ref": format!("{}/$defs/D{number}", place(0)) }));
        schemas(1, |number| (format!("S{number}"), json!({ "properties": many(count, member), "$defs": inner })))
    }),
    Family::new("anchors", 100, |count| {
        let member = |number: usize| (format!("p{number}"), json!({ "$ref": format!("#a{number}") }));
        let anchored = |number: usize| json!({ "$anchor": format!("a{number}"), "type": "object" });
        let schema = |number: usize| {
            if number == 0 { json!({ "properties": many(count, member) }) } else { anchored(number - 1) }
        };
        schemas(count + 1, |number| (format!("S{number}"), schema(number)))
    }),
    Family::new("schemas with URIs", 100, |count| {
        let uri = |number: usize| format!("https://schemas.example/{number}");
        schemas(count, |number| {
            let next = json!({ "$ref": uri((number + 1) % count) });
            (format!("S{number}"), json!({ "$id": uri(number), "properties": { "next": next } }))
        })
    }),
    Family::new("generic schemas", 30, |count| {
        let page = json!({
            "$id": "https://schemas.example/page",
            "properties": { "items": { "items": { "$dynamicRef": "#item" } } },
            "$defs": { "default": { "$dynamicAnchor": "item", "not": {} } },
        });
        let pages = |number: usize| {
            json!({
                "$id": format!("https://schemas.example/{number}"),
                "$ref": "page",
                "$defs": { "item": { "$dynamicAnchor": "item", "title": format!("Item {number}"), "type": "object" } },
            })
        };
        schemas(count + 1, |number| (format!("S{number}"), if number == count { page.clone() } else { pages(number) }))
    }),
    Family::new("webhooks", 30, |count| {
        let body =
            |number: usize| json!({ "content": { "application/json": { "schema": object(format!("a{number}")) } } });
        let item = |number: usize| (format!("w{number}"), json!({ "post": { "requestBody": body(number) } }));
        newer(json!({ "webhooks": many(count, item) }))
    }),
    Family::new("tags in tags", 30, |count| {
        let tag = |number: usize| match number {
            0 => json!({ "name": "t0" }),
            _ => json!({ "name": format!("t{number}"), "parent": format!("t{}", number - 1) }),
        };
        let operation = |number: usize| {
            (
                format!("/p{number}"),
                json!({ "get": { "tags": [format!("t{number}")], "operationId": format!("get{number}") } }),
            )
        };
        newer(json!({ "openapi": "3.2.0", "tags": list(count, tag), "paths": many(count, operation) }))
    }),
    Family::new("operations of any method", 20, |count| {
        let operation = |number: usize| (format!("M{number}"), json!({ "operationId": format!("call{number}") }));
        newer(json!({ "openapi": "3.2.0", "paths": { "/p": { "additionalOperations": many(count, operation) } } }))
    }),
];

/// A description of OpenAPI 3.1 with these members, unless they say another version.
fn newer(members: Value) -> Input {
    let mut all = json!({ "openapi": "3.1.1" });
    if let (Value::Object(all), Value::Object(members)) = (&mut all, members) {
        all.extend(members);
    }
    with(all)
}

fn schemas(count: usize, schema: impl Fn(usize) -> (String, Value)) -> Input {
    newer(json!({ "components": { "schemas": many(count, schema) } }))
}

fn whole(schema: Value) -> Input {
    newer(json!({ "components": { "schemas": { "Whole": schema } } }))
}

fn place(number: usize) -> String {
    format!("#/components/schemas/S{number}")
}
