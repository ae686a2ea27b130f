use serde_json::{Value, json};

use super::{File, resolve};
use crate::diagnostics::Report;
use crate::source::Source;

/// A document with these schemas as it is after its references were resolved, and what was said of it.
fn resolved(schemas: &Value) -> (Value, Vec<String>) {
    resolved_document(json!({ "openapi": "3.2.0", "components": { "schemas": schemas } }))
}

fn resolved_document(mut tree: Value) -> (Value, Vec<String>) {
    let mut report = Report::new(Source::new("spec.json", tree.to_string()));
    resolve(&mut tree, File { number: 0, base: "spec.json" }, &mut report);
    let said = report.finish();
    let said = said.iter().map(|message| format!("{}: {}", message.pointer().unwrap_or_default(), message.message()));
    (tree, said.collect())
}

/// The references of the schemas that `resolved` makes of these, by their places.
fn references(schemas: &Value) -> Vec<(String, String)> {
    let (tree, said) = resolved(schemas);
    assert_eq!(said, [""; 0]);
    let mut found = Vec::new();
    collect(&tree["components"]["schemas"], "", &mut found);
    found
}

fn collect(value: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value.as_str().filter(|_| key == "$ref") {
                    Some(text) => found.push((at.to_owned(), text.replace("#/components/schemas/", "> "))),
                    None => collect(value, &format!("{at}/{key}"), found),
                }
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[track_caller]
fn assert_references(schemas: &Value, expected: &[(&str, &str)]) {
    let found = references(schemas);
    let found: Vec<_> = found.iter().map(|(at, to)| (at.as_str(), to.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn schemas_are_found_by_their_uris() {
    let schemas = json!({
        "A": { "$ref": "https://cats.example/cat" },
        "B": { "$id": "https://cats.example/toys/mouse", "items": { "$ref": "../cat#/properties/name" } },
        "C": { "$id": "https://cats.example/cat", "properties": { "name": {}, "toy": { "$ref": "toys/mouse" } } },
        "D": { "$id": "relative", "items": { "$ref": "relative" } },
        "E": { "$ref": "https://cats.example/elsewhere" },
    });
    let expected = [
        ("/A", "> C"),
        ("/B/items", "> C/properties/name"),
        ("/C/properties/toy", "> B"),
        ("/D/items", "> D"),
        ("/E", "https://cats.example/elsewhere"),
    ];
    assert_references(&schemas, &expected);
}

#[test]
fn pointers_count_from_the_schema_with_a_uri() {
    let schemas = json!({
        "A": {
            "$id": "https://cats.example/a",
            "items": { "$ref": "#/$defs/x" },
            "$defs": {
                "x": { "$id": "inner", "items": { "$ref": "#/$defs/y" }, "$defs": { "y": { "$ref": "#" } } },
                "y": { "$ref": "#" },
            },
        },
    });
    let expected = [
        ("/A/items", "> A/$defs/x"),
        ("/A/$defs/x/items", "> A/$defs/x/$defs/y"),
        ("/A/$defs/x/$defs/y", "> A/$defs/x"),
        ("/A/$defs/y", "> A"),
    ];
    assert_references(&schemas, &expected);
}

#[test]
fn anchors_are_names_within_a_schema_with_a_uri() {
    let schemas = json!({
        "A": { "items": { "$anchor": "here", "items": { "$ref": "#here" } } },
        "B": {
            "$id": "b",
            "items": { "$ref": "#here" },
            "$defs": { "other": { "$anchor": "here" }, "dynamic": { "$dynamicAnchor": "there" } },
        },
        "C": { "$ref": "b#here" },
        "D": { "$dynamicRef": "b#here" },
        "E": { "$ref": "b#there" },
    });
    let expected = [
        ("/A/items/items", "> A/items"),
        ("/B/items", "> B/$defs/other"),
        ("/C", "> B/$defs/other"),
        ("/D", "> B/$defs/other"),
        ("/E", "> B/$defs/dynamic"),
    ];
    assert_references(&schemas, &expected);
}

#[test]
fn what_only_looks_like_a_keyword_is_none() {
    let schemas = json!({
        "A": {
            "properties": { "$id": { "type": "string" }, "$anchor": {}, "$ref": { "type": "string" } },
            "example": { "$id": "https://cats.example/cat", "$anchor": "x", "$ref": "#x" },
            "default": { "$id": "https://cats.example/cat", "$anchor": "x" },
            "enum": [{ "$id": "https://cats.example/cat", "$anchor": "x", "$dynamicRef": "#x" }],
            "x-more": { "$anchor": "x" },
        },
        "B": { "$id": "https://cats.example/cat", "$anchor": "x" },
    });
    let (tree, said) = resolved(&schemas);
    assert_eq!(said, [""; 0]);
    assert_eq!(tree["components"]["schemas"], schemas);
}

#[test]
fn the_document_has_a_uri() {
    let (tree, said) = resolved_document(json!({
        "$self": "https://cats.example/api/openapi#part",
        "paths": { "/a": { "get": { "parameters": [{ "$ref": "openapi#/components/parameters/P" }] } } },
        "components": { "schemas": {
            "A": { "$ref": "https://cats.example/api/openapi#/components/schemas/B" },
            "B": { "$id": "b", "items": { "$ref": "openapi#/components/schemas/A" } },
            "C": { "discriminator": { "propertyName": "p", "mapping": { "a": "A", "b": "b" } } },
        } },
    }));
    assert_eq!(said, ["/$self: the URI of a description has no fragment; it is ignored"]);
    assert_eq!(tree.pointer("/paths/~1a/get/parameters/0/$ref"), Some(&json!("#/components/parameters/P")));
    let schemas = &tree["components"]["schemas"];
    assert_eq!(schemas["A"]["$ref"], "#/components/schemas/B");
    assert_eq!(schemas["B"]["items"]["$ref"], "#/components/schemas/A");
    assert_eq!(schemas["C"]["discriminator"]["mapping"], json!({ "a": "A", "b": "#/components/schemas/B" }));
}

#[test]
fn a_generic_schema_is_copied_for_what_refers_to_it() {
    let schemas = json!({
        "Page": {
            "$id": "page",
            "properties": { "items": { "items": { "$dynamicRef": "#item" } }, "next": { "$ref": "#" } },
            "$defs": { "any": { "$dynamicAnchor": "item" } },
        },
        "Cats": { "$id": "cats", "$ref": "page", "$defs": { "item": { "$dynamicAnchor": "item", "$ref": "cat" } } },
        "Cat": { "$id": "cat", "properties": { "name": { "type": "string" } } },
        "Toys": {
            "$id": "toys",
            "properties": { "page": { "$ref": "page" }, "again": { "$ref": "page#/properties/items" } },
            "$defs": { "toy": { "$dynamicAnchor": "item", "type": "string" } },
        },
        "Pages": { "items": { "$ref": "page" } },
    });
    let expected = [
        ("/Page/properties/items/items", "> Page/$defs/any"),
        ("/Page/properties/next", "> Page"),
        ("/Cats/$defs/item", "> Cat"),
        ("/Cats/properties/items/items", "> Cats/$defs/item"),
        ("/Cats/properties/next", "> Cats"),
        ("/Toys/properties/page", "> Toys-Page"),
        ("/Toys/properties/again", "> Toys-Page/properties/items"),
        ("/Pages/items", "> Page"),
        ("/Toys-Page/properties/items/items", "> Toys/$defs/toy"),
        ("/Toys-Page/properties/next", "> Toys-Page"),
    ];
    assert_references(&schemas, &expected);
}

#[test]
fn what_a_generic_schema_is_made_of_can_be_a_plain_component() {
    let schemas = json!({
        "Page": {
            "$id": "page",
            "properties": { "items": { "items": { "$dynamicRef": "#item" } } },
            "$defs": { "any": { "$dynamicAnchor": "item" } },
        },
        "Cats": {
            "$id": "cats",
            "$ref": "page",
            "$defs": { "item": { "$dynamicAnchor": "item", "$ref": "spec.json#/components/schemas/Cat" } },
        },
        "Cat": { "properties": { "page": { "$ref": "page" }, "toy": { "$ref": "#/components/schemas/Toy" } } },
        "Toy": { "type": "string" },
    });
    let expected = [
        ("/Page/properties/items/items", "> Page/$defs/any"),
        // On the way from there, a page is one of cats.
        ("/Cats/$defs/item", "> Cats-Cat"),
        ("/Cats/properties/items/items", "> Cats/$defs/item"),
        ("/Cat/properties/page", "> Page"),
        ("/Cat/properties/toy", "> Toy"),
        ("/Cats-Cat/properties/page", "> Cats"),
        ("/Cats-Cat/properties/toy", "> Toy"),
    ];
    assert_references(&schemas, &expected);
}

#[test]
fn the_outermost_of_several_names_counts() {
    let node = |id: &str, inner: &str| json!({ "$id": id, "$dynamicAnchor": "node", "type": "object", "properties": { "next": { "$ref": inner } } });
    let schemas = json!({
        "A": node("a", "b"),
        "B": node("b", "c"),
        "C": { "$id": "c", "$dynamicAnchor": "node", "properties": { "child": { "$dynamicRef": "#node" } } },
    });
    let expected = [
        ("/A/properties/next", "> A-B"),
        ("/B/properties/next", "> B-C"),
        ("/C/properties/child", "> C"),
        ("/A-B/properties/next", "> A-C"),
        ("/B-C/properties/child", "> B"),
        ("/A-C/properties/child", "> A"),
    ];
    assert_references(&schemas, &expected);
}

#[test]
fn a_reference_beside_another_is_one_of_all() {
    let schemas = json!({
        "A": { "$id": "a", "$dynamicAnchor": "x", "type": "object" },
        "B": { "$ref": "#/components/schemas/A", "$dynamicRef": "a#x" },
    });
    assert_references(&schemas, &[("/B", "> A"), ("/B/allOf/0", "> A")]);
}

#[test]
fn what_leads_nowhere_is_told() {
    let (tree, said) = resolved(&json!({
        "A": { "properties": { "p": { "$ref": "#nowere", "type": "string" } } },
        "B": { "$dynamicRef": "#gone" },
        "C": { "$ref": "c#/nothing" },
        "D": { "$id": "c", "$anchor": "nowhere" },
        "E": { "$id": "twice" },
        "F": { "$id": "twice" },
        "G": { "$ref": "twice" },
        "H": { "items": { "$anchor": "same" }, "properties": { "p": { "$anchor": "same" } } },
        "I": { "$id": "https://cats.example/i", "items": { "$ref": "#/components/schemas/A" } },
        "J": { "$id": "#old", "items": { "$ref": "#old" } },
    }));
    let place = |rest: &str| format!("/components/schemas/{rest}");
    let expected = [
        place("H/properties/p/$anchor: the anchor `same` is that of another schema already"),
        place("J/$id: `$id: '#old'` is read as `$anchor: old`"),
        place("A/properties/p/$ref: `#nowere` leads nowhere: no schema of this document has the anchor `nowere`"),
        place("B/$dynamicRef: `#gone` leads nowhere: no schema of this document has the anchor `gone`"),
        place("C/$ref: `c#/nothing` leads nowhere: there is nothing at `/nothing` of the schema `c`"),
        place("G/$ref: `twice` is the `$id` of several schemas"),
        place(
            "I/items/$ref: `#/components/schemas/A` counts from the schema `https://cats.example/i`, which has no \
             such place; it is read as one of the document",
        ),
    ];
    let mut sorted = (said, expected);
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1);
    assert_eq!(tree.pointer("/components/schemas/A/properties/p"), Some(&json!({ "type": "string" })));
    assert_eq!(tree.pointer("/components/schemas/J/items/$ref"), Some(&json!("#/components/schemas/J")));
}

#[test]
fn copies_of_copies_come_to_an_end() {
    // Each schema goes on to the next with one of two bindings, so that there are as many ways as subsets.
    let mut schemas = serde_json::Map::new();
    for number in 0..30 {
        let next = format!("s{}", number + 1);
        for kind in ["s", "t"] {
            let anchor = if kind == "s" { format!("n{number}") } else { format!("m{number}") };
            let other = format!("t{}", number + 1);
            let schema = json!({
                "$id": format!("{kind}{number}"),
                "items": { "$ref": next }, "not": { "$ref": other },
                "$defs": { "d": { "$dynamicAnchor": anchor } },
            });
            schemas.insert(format!("{kind}{number}"), schema);
        }
    }
    let asked = (0..30).flat_map(|number| [format!("n{number}"), format!("m{number}")]);
    let anchors: serde_json::Map<_, _> =
        asked.clone().map(|name| (name.clone(), json!({ "$dynamicAnchor": name }))).collect();
    let parts: Vec<_> = asked.map(|name| json!({ "$dynamicRef": format!("#{name}") })).collect();
    for id in ["s30", "t30"] {
        schemas.insert(id.to_owned(), json!({ "$id": id, "allOf": parts, "$defs": anchors }));
    }
    let (_, said) = resolved(&Value::Object(schemas));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].ends_with("the schemas that `$dynamicRef` makes of those written here are too many"), "{said:?}");
}
