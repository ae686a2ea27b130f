//! Operations, and what belongs to them.

use serde_json::{Map, Value, json};

use crate::input::{Family, Input, alike, list, many, object, operations, refer, responses, with};

pub const FAMILIES: &[Family] = &[
    Family::new("operations", 30, |count| {
        paths(operations(count, |number| json!({ "operationId": format!("op{number}"), "responses": responses() })))
    }),
    // A type for each direction of each schema, and what leads from the one to the other.
    Family::new("schemas that differ by direction, each in the next one", 20, |count| {
        let schema = |number: usize| {
            let next = (number + 1 < count).then(|| ("next".to_owned(), refer(format!("S{}", number + 1))));
            let id = ("id".to_owned(), json!({ "type": "string", "readOnly": true }));
            let key = ("key".to_owned(), json!({ "type": "string", "writeOnly": true }));
            let properties: Map<_, _> = [id, key].into_iter().chain(next).collect();
            // Nothing can be converted that has the last one inside of it.
            let required = if number + 1 == count { json!(["key"]) } else { json!(["id"]) };
            (format!("S{number}"), json!({ "required": required, "properties": properties }))
        };
        let content = json!({ "application/json": { "schema": refer("S0") } });
        let responses = json!({ "200": { "description": "all", "content": content.clone() } });
        let body = json!({ "content": content });
        with(json!({
            "paths": operations(1, |_| json!({ "operationId": "one", "requestBody": body, "responses": responses })),
            "components": { "schemas": many(count, schema) },
        }))
    }),
    Family::new("operations without an id", 30, |count| {
        paths(operations(count, |_| json!({ "responses": responses() })))
    }),
    Family::new("operations of one id", 30, |count| {
        paths(operations(count, |_| json!({ "operationId": "same", "responses": responses() })))
    }),
    Family::new("bodies that say the same", 30, |count| {
        let content = json!({ "application/json": { "schema": { "properties": { "a": {}, "b": {}, "c": {} } } } });
        let responses = json!({ "200": { "description": "all", "content": content.clone() } });
        paths(operations(
            count,
            |number| json!({ "operationId": format!("do{number}Things"), "requestBody": { "content": content }, "responses": responses }),
        ))
    }),
    Family::new("operations of one tag", 30, |count| {
        paths(operations(
            count,
            |number| json!({ "tags": ["things"], "operationId": format!("op{number}"), "responses": responses() }),
        ))
    }),
    Family::new("operations with a tag each", 16, |count| {
        paths(operations(
            count,
            |number| json!({ "tags": [format!("t{number}")], "operationId": "get", "responses": responses() }),
        ))
    }),
    Family::new("tags of one operation", 250, |count| {
        one(json!({ "tags": list(count, |number| format!("t{number}").into()) }))
    }),
    Family::new("tags of the same name in Rust", 16, |count| {
        paths(operations(
            count,
            |number| json!({ "tags": [alike(number)], "operationId": "get", "responses": responses() }),
        ))
    }),
    Family::new("tags that are listed", 250, |count| {
        with(json!({ "tags": list(count, |number| json!({ "name": format!("t{number}") })) }))
    }),
    Family::new("one tag that is listed many times", 100, |count| {
        with(json!({ "tags": list(count, |_| json!({ "name": "same" })) }))
    }),
    Family::new("parameters", 60, |count| {
        one(json!({ "parameters": list(count, |number| query(format!("p{number}"))) }))
    }),
    Family::new("required parameters", 60, |count| {
        let required = |number: usize| json!({ "name": format!("p{number}"), "in": "query", "required": true, "schema": { "type": "string" } });
        one(json!({ "parameters": list(count, required) }))
    }),
    Family::new("parameters that are components", 60, |count| {
        let parameters = list(count, |number| json!({ "$ref": format!("#/components/parameters/P{number}") }));
        with(json!({
            "paths": operations(1, |_| json!({ "operationId": "one", "parameters": parameters, "responses": responses() })),
            "components": { "parameters": many(count, |number| (format!("P{number}"), query(format!("p{number}")))) },
        }))
    }),
    Family::new("parameters of the same name in Rust", 60, |count| {
        one(json!({ "parameters": list(count, |number| query(alike(number))) }))
    }),
    Family::new("parameters of a path", 30, |count| {
        let path: String = (0..count).map(|number| format!("/{{p{number}}}")).collect();
        let parameter = |number: usize| json!({ "name": format!("p{number}"), "in": "path", "required": true, "schema": { "type": "string" } });
        let operation = json!({ "operationId": "one", "parameters": list(count, parameter), "responses": responses() });
        paths(json!({ path: { "get": operation } }))
    }),
    Family::new("parameters of a path that are not described", 30, |count| {
        let path: String = (0..count).map(|number| format!("/{{p{number}}}")).collect();
        paths(json!({ path: { "get": { "operationId": "one", "responses": responses() } } }))
    }),
    Family::new("parameters with an inline list of values", 30, |count| {
        let parameter = |number: usize| json!({ "name": format!("p{number}"), "in": "query", "schema": { "type": "string", "enum": ["a", "b"] } });
        one(json!({ "parameters": list(count, parameter) }))
    }),
    Family::new("parameters of a list in which some are nothing", 60, |count| {
        let parameter =
            |number: usize| if number.is_multiple_of(2) { Value::Null } else { query(format!("p{number}")) };
        one(json!({ "parameters": list(count, parameter) }))
    }),
    Family::new("headers of a response", 60, |count| {
        let headers = many(count, |number| (format!("X-H{number}"), json!({ "schema": { "type": "string" } })));
        one(json!({ "responses": { "200": { "description": "Done", "headers": headers } } }))
    }),
    Family::limited("statuses", 20, |count| {
        let status = |number: usize| {
            let json = json!({ "schema": object(format!("a{number}")) });
            ((400 + number).to_string(), json!({ "description": "No", "content": { "application/json": json } }))
        };
        one(json!({ "responses": many(count, status) }))
    }),
    Family::new("media types of a body", 30, |count| {
        let content = many(count, |number| (format!("text/x-{number}"), json!({ "schema": { "type": "string" } })));
        one(json!({ "requestBody": { "content": content } }))
    }),
    Family::new("media types of a response", 30, |count| {
        let content = many(count, |number| {
            (format!("application/v{number}+json"), json!({ "schema": object(format!("a{number}")) }))
        });
        one(json!({ "responses": { "200": { "description": "Done", "content": content } } }))
    }),
    Family::new("parts of a body", 30, |count| {
        let properties = many(count, |number| (format!("p{number}"), json!({ "type": "string", "format": "binary" })));
        let encoding = many(count, |number| (format!("p{number}"), json!({ "contentType": "image/png" })));
        let content = json!({ "schema": { "properties": properties }, "encoding": encoding });
        one(json!({ "requestBody": { "content": { "multipart/form-data": content } } }))
    }),
    Family::new("members of a form", 60, |count| {
        let properties = many(count, |number| (format!("p{number}"), json!({ "type": "array", "items": {} })));
        let encoding = many(count, |number| (format!("p{number}"), json!({ "style": "form", "explode": true })));
        let content = json!({ "schema": { "properties": properties }, "encoding": encoding });
        one(json!({ "requestBody": { "content": { "application/x-www-form-urlencoded": content } } }))
    }),
    Family::new("examples of a response", 60, |count| {
        let examples = many(count, |number| (format!("e{number}"), json!({ "value": { "a": "b" } })));
        let json = json!({ "schema": object("a"), "examples": examples });
        one(json!({ "responses": { "200": { "description": "Done", "content": { "application/json": json } } } }))
    }),
    Family::new("examples that do not fit", 60, |count| {
        let examples = many(count, |number| (format!("e{number}"), json!({ "value": [number] })));
        let json = json!({ "schema": object("a"), "examples": examples });
        one(json!({ "responses": { "200": { "description": "Done", "content": { "application/json": json } } } }))
    }),
    Family::new("members of an example", 1000, |count| {
        let value = many(count, |number| (format!("m{number}"), json!(number)));
        let json = json!({ "schema": { "type": "object" }, "example": value });
        one(json!({ "responses": { "200": { "description": "Done", "content": { "application/json": json } } } }))
    }),
    Family::new("callbacks", 100, |count| {
        let called = json!({ "post": { "responses": responses() } });
        one(
            json!({ "callbacks": many(count, |number| (format!("c{number}"), json!({ "{$request.body#/url}": called }))) }),
        )
    }),
    Family::new("links", 100, |count| {
        let links = many(count, |number| (format!("l{number}"), json!({ "operationId": "one" })));
        one(json!({ "responses": { "200": { "description": "Done", "links": links } } }))
    }),
    Family::new("servers", 60, |count| {
        with(json!({ "servers": list(count, |number| json!({ "url": format!("https://h{number}.example") })) }))
    }),
    Family::new("servers of one name", 60, |count| {
        let server = |number: usize| json!({ "url": format!("https://h.example/{number}"), "description": "Same" });
        with(json!({ "servers": list(count, server) }))
    }),
    Family::new("one server many times", 60, |count| {
        with(json!({ "servers": list(count, |_| json!({ "url": "https://h.example" })) }))
    }),
    Family::new("variables of a server", 30, |count| {
        let url: String = (0..count).map(|number| format!("/{{v{number}}}")).collect();
        let variables = many(count, |number| (format!("v{number}"), json!({ "default": "a" })));
        with(json!({ "servers": [{ "url": format!("https://h.example{url}"), "variables": variables }] }))
    }),
    Family::new("values of a variable of a server", 100, |count| {
        let values = list(count, |number| format!("v{number}").into());
        let variables = json!({ "v": { "default": "v0", "enum": values } });
        with(json!({ "servers": [{ "url": "https://{v}.example", "variables": variables }] }))
    }),
    Family::new("operations with servers of their own", 20, |count| {
        paths(operations(count, |number| {
            let servers = json!([{ "url": format!("https://h{number}.example") }]);
            json!({ "operationId": format!("op{number}"), "servers": servers, "responses": responses() })
        }))
    }),
    Family::new("security schemes, any of which will do", 30, |count| {
        with(json!({
            "security": list(count, |number| json!({ format!("s{number}"): [] })),
            "paths": one_path(json!({})),
            "components": { "securitySchemes": schemes(count) },
        }))
    }),
    Family::new("security schemes, all of which are needed", 30, |count| {
        with(json!({
            "security": [many(count, |number| (format!("s{number}"), json!([])))],
            "paths": one_path(json!({})),
            "components": { "securitySchemes": schemes(count) },
        }))
    }),
    Family::new("security schemes that exclude each other", 30, |count| {
        let bearer = json!({ "type": "http", "scheme": "bearer" });
        with(json!({
            "security": [many(count, |number| (format!("s{number}"), json!([])))],
            "paths": one_path(json!({})),
            "components": { "securitySchemes": many(count, |number| (format!("s{number}"), bearer.clone())) },
        }))
    }),
    Family::new("operations with a security scheme each", 20, |count| {
        with(json!({
            "paths": operations(count, |number| json!({
                "operationId": format!("op{number}"), "security": [{ format!("s{number}"): [] }],
                "responses": responses(),
            })),
            "components": { "securitySchemes": schemes(count) },
        }))
    }),
    Family::new("scopes", 100, |count| {
        let scopes = many(count, |number| (format!("scope{number}"), "Whatever".into()));
        let flows = json!({ "clientCredentials": { "tokenUrl": "https://h.example/token", "scopes": scopes } });
        with(json!({
            "security": [{ "o": list(count, |number| format!("scope{number}").into()) }],
            "paths": one_path(json!({})),
            "components": { "securitySchemes": { "o": { "type": "oauth2", "flows": flows } } },
        }))
    }),
    Family::new("operations with inline bodies and replies", 15, |count| {
        let content = |name: String| json!({ "application/json": { "schema": object(name) } });
        paths(operations(count, |number| {
            json!({
                "operationId": format!("op{number}"),
                "responses": { "200": { "description": "Done", "content": content(format!("a{number}")) } },
            })
        }))
    }),
    Family::new("operations that share a schema", 15, |count| {
        let content = json!({ "application/json": { "schema": refer("One") } });
        with(json!({
            "paths": operations(count, |number| json!({
                "operationId": format!("op{number}"),
                "responses": { "200": { "description": "Done", "content": content } },
            })),
            "components": { "schemas": { "One": object("a") } },
        }))
    }),
    Family::new("paths that begin with each other", 16, |size| {
        let path = |number: usize| format!("/things{}", "/a".repeat(number));
        let count = (16 * size).isqrt();
        paths(many(count, |number| (path(number), json!({ "get": { "responses": responses() } }))))
    }),
    Family::new("paths that differ in the names of their parameters", 20, |count| {
        let operation = json!({ "get": { "responses": responses() } });
        paths(many(count, |number| (format!("/things/{{p{number}}}"), operation.clone())))
    }),
];

fn paths(paths: Value) -> Input {
    with(json!({ "paths": paths }))
}

/// A description of one operation with these members.
fn one(members: Value) -> Input {
    paths(one_path(members))
}

fn one_path(members: Value) -> Value {
    operations(1, |_| {
        let mut operation = json!({ "operationId": "one", "responses": responses() });
        if let (Value::Object(operation), Value::Object(members)) = (&mut operation, &members) {
            operation.extend(members.clone());
        }
        operation
    })
}

fn query(name: String) -> Value {
    json!({ "name": name, "in": "query", "schema": { "type": "string" } })
}

fn schemes(count: usize) -> Value {
    many(count, |number| {
        (format!("s{number}"), json!({ "type": "apiKey", "in": "header", "name": format!("X-S{number}") }))
    })
}
