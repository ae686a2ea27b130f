//! The text of a description: what JSON and YAML allow, and where in it messages point.

use std::fmt::Write as _;

use serde_json::json;

use crate::input::{Family, Input, description, many, object};

pub const FAMILIES: &[Family] = &[
    Family::refused("lists in lists, in YAML", 2000, |count| Input::yaml("[".repeat(count))),
    Family::refused("mappings in mappings, in YAML", 2000, |count| Input::yaml("{a: ".repeat(count))),
    Family::refused("keys that are mappings, in YAML", 2000, |count| Input::yaml("{".repeat(count))),
    Family::refused("lists in lists by dashes, in YAML", 20000, |count| Input::yaml("- ".repeat(count))),
    Family::refused("keys of keys, in YAML", 10000, |count| Input::yaml("? ".repeat(count))),
    Family::refused("lists in lists that end, in YAML", 1000, |count| {
        Input::yaml(format!("{HEAD}x-a: {}{}", "[".repeat(count), "]".repeat(count)))
    }),
    Family::refused("lists in lists that look as if they ended, in YAML", 1000, |count| {
        Input::yaml(format!("{HEAD}x-a: {}", "[ \"]\", '}', # ]}\n ".repeat(count)))
    }),
    Family::refused("lists in lists, and a key twice", 2000, |count| {
        Input::yaml(format!("{HEAD}openapi: 3.0.3\nx-a: {}", "[".repeat(count)))
    }),
    // At twice these sizes the time grows by three, while instructions of a whole run grow by two; why is not known.
    Family::refused("levels by indentation, in YAML", 1000, |size| {
        let mut text = HEAD.to_owned();
        for level in 0..(100 * size).isqrt() {
            let _ = writeln!(text, "{}x-a:", " ".repeat(level));
        }
        Input::yaml(text)
    }),
    Family::refused("lists in lists, in JSON", 5000, |count| json(&format!(r#"{{"x-a":{}"#, "[".repeat(count)))),
    Family::refused("mappings in mappings, in JSON", 5000, |count| json(&r#"{"a":"#.repeat(count))),
    Family::new("short lists, in YAML", 4000, |count| {
        Input::yaml(format!("{HEAD}x-a: [{}]", "[], {}, ".repeat(count)))
    }),
    Family::new("lines of short lists, in YAML", 1000, |count| {
        Input::yaml(format!("{HEAD}x-a:\n{}", "  - [a, 'b]', {c: \"}\"}]\n".repeat(count)))
    }),
    Family::new("anchors and aliases", 500, |count| {
        let mut text = HEAD.to_owned();
        for number in 0..count {
            let _ = writeln!(text, "x-a{number}: &a{number} [1]\nx-b{number}: *a{number}");
        }
        Input::yaml(text)
    }),
    Family::new("aliases of one anchor", 2000, |count| {
        Input::yaml(format!("{HEAD}x-a: &a [1, 2]\nx-b: [{}]", "*a, ".repeat(count)))
    }),
    Family::limited("aliases of one anchor that is as large", 400, |count| {
        Input::yaml(format!("{HEAD}x-a: &a [{}]\nx-b: [{}]", "1, ".repeat(count), "*a, ".repeat(count)))
    }),
    Family::limited("aliases of aliases of aliases", 20, |count| {
        let mut text = format!("{HEAD}x-0: &x0 [lol]\n");
        for level in 1..count {
            let _ = writeln!(text, "x-{level}: &x{level} [*x{0}, *x{0}, *x{0}, *x{0}]", level - 1);
        }
        Input::yaml(text)
    }),
    Family::new("merge keys", 100, |count| {
        let mut text = format!("{HEAD}x-a: &a {{ b: 1, c: 2 }}\n");
        for number in 0..count {
            let _ = writeln!(text, "x-b{number}: {{ <<: *a, d: 3 }}");
        }
        Input::yaml(text)
    }),
    Family::new("comments", 5000, |count| Input::yaml("# Nothing.\n".repeat(count) + HEAD)),
    Family::new("lines of a text, in YAML", 1000, |count| {
        Input::yaml(format!("{HEAD}x-a: |\n{}", "  text\n".repeat(count)))
    }),
    Family::new("lines of quoted text, in YAML", 1000, |count| {
        Input::yaml(format!("{HEAD}x-a: \"\n{}\"", "  text\n".repeat(count)))
    }),
    Family::refused("a key many times, in YAML", 100, |count| Input::yaml(HEAD.to_owned() + &"x-a: 1\n".repeat(count))),
    Family::refused("a key many times, in JSON", 100, |count| {
        json(&format!(r#"{{"openapi":"3.0.3",{}"paths":{{}}}}"#, r#""x-a":1,"#.repeat(count)))
    }),
    Family::refused("keys twice, in JSON", 400, |count| {
        let twice: String = (0..count).map(|number| format!(r#""x-{number}":1,"x-{number}":2,"#)).collect();
        json(&format!(r#"{{"openapi":"3.0.3",{twice}"paths":{{}}}}"#))
    }),
    Family::new("warnings, in JSON of one line", 150, |count| Input::json(&warnings(count))),
    Family::new("warnings, in JSON of many lines", 150, |count| {
        json(&serde_json::to_string_pretty(&warnings(count)).unwrap_or_default())
    }),
    Family::new("warnings, in YAML", 150, |count| {
        Input::yaml(serde_yaml::to_string(&warnings(count)).unwrap_or_default())
    }),
    Family::new("warnings, in YAML of one line", 150, |count| Input::yaml(format!("# JSON\n{}", warnings(count)))),
    Family::new("warnings about items of a list, in JSON of one line", 80, |count| {
        let parameter =
            |number: usize| json!({ "name": format!("p{number}"), "in": "query", "schema": { "type": "Int" } });
        let parameters: Vec<_> = (0..count).map(parameter).collect();
        Input::json(&description(json!({ "paths": { "/a": { "get": {
            "operationId": "one", "parameters": parameters, "responses": crate::input::responses(),
        } } } })))
    }),
    Family::new("warnings, in one line of letters that take several bytes", 150, |count| {
        let mut description = warnings(count);
        description["info"]["description"] = "\u{444}".repeat(20 * count).into();
        Input::json(&description)
    }),
    Family::new("unknown members, in JSON of one line", 80, |count| {
        let all = many(count, |number| (format!("S{number}"), json!({ "type": "object", "minimun": 1 })));
        Input::json(&description(json!({ "components": { "schemas": all } })))
    }),
    Family::new("repairs that move members", 50, |count| {
        let schema = |_: usize| json!({ "type": ["string", "null"], "examples": ["a"], "const": "a" });
        let all = many(count, |number| (format!("S{number}"), schema(number)));
        Input::json(&description(json!({ "components": { "schemas": all } })))
    }),
    Family::new("numbers of many digits", 100, |count| {
        let all = many(count, |number| {
            let limit: serde_json::Value = serde_json::from_str("123456789012345678901234567890.5").unwrap_or_default();
            (format!("p{number}"), json!({ "type": "number", "maximum": limit, "default": 1.5 }))
        });
        Input::json(&description(json!({ "components": { "schemas": { "Whole": { "properties": all } } } })))
    }),
    Family::new("schemas, in YAML", 100, |count| {
        let all = many(count, |number| (format!("S{number}"), object("a")));
        let description = description(json!({ "components": { "schemas": all } }));
        Input::yaml(serde_yaml::to_string(&description).unwrap_or_default())
    }),
];

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: Growth, version: '1' }\npaths: {}\n";

fn json(text: &str) -> Input {
    let input = Input::yaml("");
    Input { source: codegen::Source::new("growth.json", text), ..input }
}

/// A warning for each of many schemas.
fn warnings(count: usize) -> serde_json::Value {
    let all = many(count, |number| (format!("S{number}"), json!({ "type": "string", "minimum": 1 })));
    description(json!({ "components": { "schemas": all } }))
}
