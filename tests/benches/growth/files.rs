//! Several files, overlays, and configurations.

use std::collections::HashMap;
use std::io;

use codegen::{Found, Loader};
use serde_json::{Value, json};

use crate::input::{Family, Input, description, list, many, object, operations, refer, responses};

pub const FAMILIES: &[Family] = &[
    Family::new("files", 60, |count| {
        let spec = all_in_files(count, |number| format!("f{number}.json#/S"));
        in_files(&spec, count, |_| json!({ "S": object("a") }))
    }),
    Family::new("files of one schema, one referring to the other", 60, |count| {
        let spec = all_in_files(1, |_| "f0.json".to_owned());
        in_files(&spec, count, |number| match number + 1 == count {
            true => object("a"),
            false => json!({ "properties": { "p": { "$ref": format!("f{}.json", number + 1) } } }),
        })
    }),
    Family::new("files that only refer, in a chain", 60, |count| {
        let spec = all_in_files(1, |_| "f0.json".to_owned());
        in_files(&spec, count, |number| match number + 1 == count {
            true => object("a"),
            false => json!({ "$ref": format!("f{}.json", number + 1) }),
        })
    }),
    Family::new("references to a chain of references in another file", 60, |count| {
        let spec = all_in_files(count, |number| format!("f0.json#/S{number}"));
        in_files(&spec, 1, |_| {
            many(count, |number| {
                let next = json!({ "$ref": format!("#/S{}", number + 1) });
                (format!("S{number}"), if number + 1 == count { object("a") } else { next })
            })
        })
    }),
    Family::new("references into one file", 60, |count| {
        let spec = all_in_files(count, |number| format!("f0.json#/S{number}"));
        in_files(&spec, 1, |_| many(count, |number| (format!("S{number}"), object("a"))))
    }),
    Family::new("inline references into one file", 60, |count| {
        let properties = many(count, |number| (format!("p{number}"), json!({ "$ref": format!("f0.json#/S{number}") })));
        let spec = description(json!({ "components": { "schemas": { "Whole": { "properties": properties } } } }));
        in_files(&spec, 1, |_| many(count, |number| (format!("S{number}"), object("a"))))
    }),
    Family::new("inline references into one schema of another file", 60, |count| {
        let properties =
            many(count, |number| (format!("p{number}"), json!({ "$ref": format!("f0.json#/S/properties/q{number}") })));
        let whole = json!({ "properties": properties });
        let spec =
            description(json!({ "components": { "schemas": { "One": { "$ref": "f0.json#/S" }, "Whole": whole } } }));
        in_files(
            &spec,
            1,
            |_| json!({ "S": { "properties": many(count, |number| (format!("q{number}"), object(format!("a{number}")))) } }),
        )
    }),
    Family::refused("references to nothing in another file", 100, |count| {
        let spec = all_in_files(count, |number| format!("f0.json#/T{number}"));
        in_files(&spec, 1, |_| many(count, |number| (format!("S{number}"), object("a"))))
    }),
    Family::refused("references to files that are not there", 400, |count| {
        in_files(&all_in_files(count, |number| format!("g{number}.json")), 1, |_| json!({}))
    }),
    Family::new("paths in another file", 30, |count| {
        let spec = description(json!({ "paths": { "$ref": "f0.json" } }));
        in_files(&spec, 1, |_| {
            operations(count, |number| json!({ "operationId": format!("op{number}"), "responses": responses() }))
        })
    }),
    Family::new("actions of an overlay that update", 60, |count| {
        let action = |number: usize| {
            let update = json!({ "description": "Changed" });
            json!({ "target": format!("$.components.schemas.S{number}"), "update": update })
        };
        of_schemas(count).overlay(&overlay(list(count, action)))
    }),
    Family::new("actions of an overlay that add to one place", 60, |count| {
        let action = |number: usize| json!({ "target": "$.components.schemas", "update": { format!("T{number}"): object("a") } });
        of_schemas(1).overlay(&overlay(list(count, action)))
    }),
    Family::new("actions of an overlay that add to one list", 60, |count| {
        let action = |number: usize| json!({ "target": "$.tags", "update": [{ "name": format!("t{number}") }] });
        Input::json(&description(json!({ "tags": [] }))).overlay(&overlay(list(count, action)))
    }),
    Family::new("actions of an overlay that copy", 60, |count| {
        let action = |number: usize| json!({ "target": format!("$.components.schemas.S{number}"), "copy": "$.components.schemas.S0" });
        let mut overlay = overlay(list(count, action));
        overlay["overlay"] = "1.1.0".into();
        of_schemas(count).overlay(&overlay)
    }),
    Family::new("actions of an overlay that remove", 60, |count| {
        let action = |number: usize| json!({ "target": format!("$.components.schemas.S{number}"), "remove": true });
        of_schemas(count).overlay(&overlay(list(count, action)))
    }),
    Family::new("what one action of an overlay removes", 200, |count| {
        let items = list(2 * count, |number| json!({ "name": format!("t{number}"), "x-gone": number < count }));
        let action = json!({ "target": "$.tags[?@.x-gone == true]", "remove": true });
        let action = json!({ "target": action["target"].as_str().unwrap_or_default().replace(".x-gone", "['x-gone']"), "remove": true });
        Input::json(&description(json!({ "tags": items }))).overlay(&overlay(json!([action])))
    }),
    Family::new("actions of an overlay that match nothing", 60, |count| {
        let action = |number: usize| json!({ "target": format!("$.components.schemas.T{number}"), "update": {} });
        of_schemas(1).overlay(&overlay(list(count, action)))
    }),
    Family::new("names of a configuration", 60, |count| {
        let rename = many(count, |number| (format!("S{number}"), format!("Name{number}").into()));
        of_schemas(count).config(&json!({ "rename": { "schemas": rename } }))
    }),
    Family::new("operations that are left out", 60, |count| {
        let operation = |number: usize| json!({ "operationId": format!("op{number}"), "x-rust-skip": true, "responses": responses() });
        Input::json(&description(json!({ "paths": operations(count, operation) })))
    }),
    Family::new("references in a chain to what is left out", 60, |count| {
        let operation = json!({ "operationId": "one", "x-rust-skip": true, "responses": responses() });
        let all = many(2 * count + 1, |number| {
            let schema = match number {
                0 => object("a"),
                number if number <= count => refer(format!("S{}", number - 1)),
                _ => json!({ "allOf": [refer(format!("S{count}"))] }),
            };
            (format!("S{number}"), schema)
        });
        Input::json(&description(json!({ "paths": { "/a": { "get": operation } }, "components": { "schemas": all } })))
    }),
    Family::new("what is left out, as nothing uses it", 1000, |count| {
        of_schemas(count).config(&json!({ "prune": true }))
    }),
    Family::new("dependencies", 60, |count| {
        let dependencies = many(count, |number| (format!("crate{number}"), "1".into()));
        of_schemas(1).config(&json!({ "dependencies": dependencies }))
    }),
];

fn of_schemas(count: usize) -> Input {
    let all = many(count, |number| (format!("S{number}"), object("a")));
    Input::json(&description(json!({ "components": { "schemas": all } })))
}

fn overlay(actions: Value) -> Value {
    json!({ "overlay": "1.0.0", "info": { "title": "Changes", "version": "1" }, "actions": actions })
}

/// A description of schemas that are in files.
fn all_in_files(count: usize, place: impl Fn(usize) -> String) -> Value {
    let all = many(count, |number| (format!("S{number}"), json!({ "$ref": place(number) })));
    description(json!({ "components": { "schemas": all } }))
}

fn in_files(description: &Value, count: usize, file: impl Fn(usize) -> Value) -> Input {
    let files = (0..count).map(|number| (format!("f{number}.json"), file(number).to_string()));
    let input = Input::json(description);
    Input { source: input.source.with_files(InMemory(files.collect())), ..input }
}

/// The files of a description that is in memory.
#[derive(Debug)]
struct InMemory(HashMap<String, String>);

impl Loader for InMemory {
    fn find(&self, path: &str) -> io::Result<Found> {
        match self.0.contains_key(path) || path == "growth.json" {
            true => Ok(Found { id: path.into(), is_outside: false }),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn read(&self, found: &Found) -> io::Result<Vec<u8>> {
        let text = found.id.to_str().and_then(|path| self.0.get(path));
        text.map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
