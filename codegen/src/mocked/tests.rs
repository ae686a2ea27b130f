//! What is made where a description has no example.

use serde_json::{Value, json};

use super::made::pattern;
use crate::{Options, Source, mocked};

/// The table of a description.
fn table(text: &str) -> Value {
    let mocked = mocked(&Source::new("cats.yaml", text), &Options::default()).expect("a description");
    serde_json::from_str(mocked.table()).expect("JSON")
}

/// What is made of a schema, which may refer to other ones.
fn made(schema: &str, schemas: &str) -> Value {
    let table = table(&format!(
        "
openapi: 3.1.1
info: {{ title: Cats, version: '1' }}
paths:
  /cats:
    get:
      responses: {{ '200': {{ description: '', content: {{ application/json: {{ schema: {schema} }} }} }} }}
components:
  schemas: {{ {schemas} }}
"
    ));
    let example = &table["operations"][0]["answers"]["200"]["content"][0]["examples"][0];
    let number = example["value"].as_u64().expect("a number");
    table["examples"][usize::try_from(number).expect("small")].clone()
}

#[test]
fn a_value_keeps_to_what_the_schema_says() {
    for (schema, value) in [
        ("{ type: string }", json!("text")),
        ("{ type: string, minLength: 6 }", json!("textte")),
        ("{ type: string, maxLength: 1 }", json!("t")),
        ("{ type: string, format: date-time }", json!("2024-01-31T12:00:00Z")),
        ("{ type: string, pattern: '^SM[0-9a-f]{4}$' }", json!("SM0000")),
        ("{ type: [string, 'null'], enum: [null, b] }", json!("b")),
        ("{ const: { a: 1 } }", json!({ "a": 1 })),
        ("{ type: integer }", json!(1)),
        ("{ type: integer, minimum: 2.5 }", json!(3)),
        ("{ type: integer, exclusiveMaximum: 0 }", json!(-1)),
        ("{ type: integer, minimum: 7, multipleOf: 5 }", json!(10)),
        ("{ type: number, exclusiveMinimum: 1, maximum: 1.5 }", json!(1.5)),
        ("{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.5 }", json!(0.25)),
        ("{ type: boolean }", json!(true)),
        ("{ type: 'null' }", Value::Null),
        ("{ type: array, items: { type: integer } }", json!([1])),
        ("{ type: array, maxItems: 0, items: { type: integer } }", json!([])),
        ("{ type: array, minItems: 3, items: { type: integer } }", json!([1, 1, 1])),
        ("{ prefixItems: [{ type: integer }, { type: string }] }", json!([1, "text"])),
        ("{ type: object, additionalProperties: { type: integer } }", json!({ "key": 1 })),
        ("{ required: [a], properties: { b: { type: integer } } }", json!({ "b": 1, "a": "value" })),
        (
            "{ properties: { a: { type: string, writeOnly: true }, b: { readOnly: true, type: string } } }",
            json!({ "b": "text" }),
        ),
        ("{ type: integer, default: 5 }", json!(5)),
        ("{ type: integer, example: many, default: 5 }", json!(5)),
        ("{ type: string, format: date, example: today }", json!("2024-01-31")),
        ("{ type: string, examples: [first, second] }", json!("first")),
        (
            "{ allOf: [{ properties: { a: { type: integer } } }, { required: [b], properties: { b: { type: string } } }] }",
            json!({ "a": 1, "b": "text" }),
        ),
        (
            "{ properties: { a: { type: integer } }, oneOf: [{ type: 'null' }, { properties: { b: { type: string } } }] }",
            json!({ "a": 1, "b": "text" }),
        ),
        ("{}", json!({})),
        ("true", json!({})),
    ] {
        assert_eq!(made(schema, ""), value, "{schema}");
    }
}

#[test]
fn a_variant_has_the_tag_that_tells_it() {
    let schemas = "
      Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { purrs: '#/components/schemas/Cat' } } },
      Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { type: integer } } },
      Dog: { type: object, required: [kind], properties: { kind: { type: string } } }";
    assert_eq!(made("{ $ref: '#/components/schemas/Pet' }", schemas), json!({ "kind": "purrs", "lives": 1 }));
}

#[test]
fn what_is_within_itself_ends() {
    let schemas = "
      Tree: { type: object, required: [children], properties: { parent: { $ref: '#/components/schemas/Tree' }, children: { type: array, items: { $ref: '#/components/schemas/Tree' } } } },
      Endless: { type: object, required: [next], properties: { next: { $ref: '#/components/schemas/Endless' } } },
      Chain: { anyOf: [{ $ref: '#/components/schemas/Chain' }, { type: integer }] },
      Link: { oneOf: [{ type: object, required: [link], properties: { link: { $ref: '#/components/schemas/Link' } } }, { type: string }] }";
    let of = |name: &str| made(&format!("{{ $ref: '#/components/schemas/{name}' }}"), schemas);
    assert_eq!(of("Tree"), json!({ "children": [] }));
    assert_eq!(of("Endless"), json!({}));
    assert_eq!(of("Chain"), json!(1));
}

#[test]
fn wide_and_deep_schemas_make_small_values() {
    let members = |kind: &str| (0..300).map(|index| format!("m{index}: {kind}")).collect::<Vec<_>>().join(", ");
    let schemas = format!(
        "Wide: {{ type: object, properties: {{ {} }} }}, Leaf: {{ type: object, properties: {{ {} }} }}",
        members("{ $ref: '#/components/schemas/Leaf' }"),
        members("{ type: string }"),
    );
    let value = made("{ $ref: '#/components/schemas/Wide' }", &schemas);
    let size = value.to_string().len();
    assert!(size > 100 && size < 3000, "{size}");
}

#[test]
fn texts_match_simple_patterns() {
    for (pattern, least, text) in [
        ("^AC[0-9a-fA-F]{32}$", 0, Some("AC00000000000000000000000000000000")),
        (r"^\d{3}-\w+$", 0, Some("111-a")),
        (r"^\d+$", 4, Some("1111")),
        ("^(red|green)$", 0, Some("red")),
        ("^(?:[A-Z]{2}){2,3}$", 0, Some("AAAA")),
        (r"^\+?[1-9]\d{1,14}$", 0, Some("+11")),
        ("[^0-9]x?", 0, Some("ax")),
        ("^[-_.]$", 0, Some("-")),
        ("^(?=.*a).*$", 0, None),
        (r"^\p{L}+$", 0, None),
        ("^a{5,2}$", 0, None),
        ("(((", 0, None),
        ("[a", 0, None),
        ("a{99999999999999999999}", 0, None),
        ("(a{1000}){1000}", 0, None),
    ] {
        assert_eq!(pattern::example(pattern, least).as_deref(), text, "{pattern}");
    }
    assert_eq!(pattern::example(&"(".repeat(100_000), 0), None);
}

#[test]
fn examples_and_schemas_stand_there_once() {
    let table = table(
        "
openapi: 3.0.3
info: { title: Cats, version: '1' }
servers: [{ url: 'https://cats.example/v1/' }, { url: /v1 }, { url: 'https://cats.example' }]
paths:
  /cats: { get: { responses: { '200': { $ref: '#/components/responses/Cats' } } } }
  /tigers:
    parameters: [{ $ref: '#/components/parameters/limit' }]
    get:
      parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 5 } }]
      responses: { '200': { $ref: '#/components/responses/Cats' } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Cats' } } } }
      responses: { '200': { $ref: '#/components/responses/Cats' } }
components:
  parameters: { limit: { name: limit, in: query, schema: { type: integer } } }
  responses:
    Cats: { description: Cats., content: { application/json: { schema: { $ref: '#/components/schemas/Cats' }, example: [Tom] } } }
  schemas: { Cats: { type: array, nullable: true, items: { type: string } } }
",
    );
    assert_eq!((&table["prefixes"], &table["examples"]), (&json!(["/v1"]), &json!([["Tom"]])));
    let shared = "#/components/responses/Cats";
    assert_eq!(table["operations"][0]["answers"], json!({ "200": shared }));
    assert!(table["answers"].as_object().is_some_and(|answers| answers.keys().eq([shared])), "{table}");
    let limits: Vec<_> = (1..3).map(|index| &table["operations"][index]["parameters"]).collect();
    assert_eq!(limits[0].as_array().map(Vec::len), Some(1), "that of the operation counts");
    assert_eq!(
        table["schemas"]["$defs"],
        json!({
            "0": { "type": "integer", "minimum": 5 },
            "1": { "type": "integer" },
            "2": { "if": { "type": "null" }, "else": { "type": "array", "items": { "type": "string" } } },
        })
    );
}
