//! The rules, on small descriptions.

use crate::{Difference, Options, Source, Step, analyze, diff};

const API: &str = "
openapi: 3.1.0
info: { title: Cats, version: '1' }
servers: [{ url: 'https://cats.example' }, { url: 'https://{region}.example', variables: { region: { default: eu } } }]
paths:
  /cats/{id}:
    put:
      operationId: putCat
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: dry, in: query, schema: { type: boolean } }
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Cat' } }
          text/plain: { schema: { type: string } }
      responses:
        '200':
          description: The cat.
          content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } }
        '202': { description: Later. }
  /pictures:
    post:
      operationId: sendPicture
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, required: [file], properties: { file: { type: string, format: binary } } }
      responses: { '204': { description: Done. } }
webhooks:
  born:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } }
      responses: { '204': { description: Thanks. } }
components:
  schemas:
    Cat:
      type: object
      required: [id, name, kind]
      x-rust-derive: [Eq]
      properties:
        id: { type: string, readOnly: true }
        key: { type: string, writeOnly: true }
        name: { type: string }
        kind: { const: cat }
        names: { $ref: '#/components/schemas/Names' }
      additionalProperties: { type: string }
    Names: { type: array, items: { type: string } }
";

fn difference(old: &str, new: &str) -> Difference {
    let analyzed = |name: &str, text: &str| {
        analyze(&Source::new(name, text), &Options::default()).unwrap_or_else(|messages| panic!("{messages}"))
    };
    diff(&analyzed("old.yaml", old), &analyzed("new.yaml", new))
}

/// What is said of an edit, each with those whom it breaks.
fn told(from: &str, to: &str) -> Vec<String> {
    assert_eq!(API.matches(from).count(), 1, "{from}");
    let difference = difference(API, &API.replacen(from, to, 1));
    let told = difference.items().iter().map(|item| {
        let breaks: Vec<_> = item.breaks().iter().map(|caller| caller.name()).collect();
        format!("{} [{}]", item.says(), breaks.join(" "))
    });
    told.collect()
}

#[test]
fn bodies() {
    assert_eq!(
        told("          text/plain: { schema: { type: string } }\n", ""),
        ["the body is `&types::CatInput` now, was `impl Into<PutCatBody>` [send]"]
    );
    assert_eq!(
        told(
            "          text/plain:",
            "          application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: string } } } }\n          text/plain:"
        ),
        ["variant of the body `Form` of `types::PutCatBody` is new []", "type `types::PutCatBody` is new []"]
    );
    assert_eq!(
        told("properties: { file:", "properties: { title: { type: string }, file:"),
        ["field `title`, `Option<String>`, is new []"]
    );
    assert_eq!(
        told(
            "required: [file], properties: { file:",
            "required: [file, title], properties: { title: { type: string }, file:"
        ),
        ["field `title`, `String`, is new and taken by `new` [send]"]
    );
}

#[test]
fn what_is_sent_otherwise_breaks_nobody() {
    assert_eq!(
        told("name: dry, in: query,", "name: dry, in: query, style: form, allowReserved: true,"),
        ["parameter `dry` has another style now: `form with reserved characters`, was `as it is` []"]
    );
    assert_eq!(
        told(
            "file: { type: string, format: binary } } }",
            "file: { type: string, format: binary } } }\n            encoding: { file: { contentType: image/png } }"
        ),
        ["field `file` has another way to be written now: `as a file, image/png`, was `as a file` []"]
    );
}

#[test]
fn parameters() {
    assert_eq!(
        told("name: dry, in: query,", "name: dry, in: query, required: true,"),
        ["parameter `dry` is an argument of the method now, was a setter [send]"]
    );
    // Nobody is told what is in the braces.
    assert_eq!(
        told(
            "/cats/{id}:\n    put:\n      operationId: putCat\n      parameters:\n        - { name: id,",
            "/cats/{cat}:\n    put:\n      operationId: putCat\n      parameters:\n        - { name: cat,"
        ),
        ["parameter `id` is called `cat` now []"]
    );
    assert_eq!(
        told(
            "        - { name: dry, in: query, schema: { type: boolean } }\n",
            "        - { name: dry, in: header, schema: { type: boolean } }\n"
        ),
        ["parameter `dry` is `header dry` in messages now, was `query dry` []"]
    );
}

#[test]
fn types() {
    // Of what is sent and what is received, each is told.
    assert_eq!(
        told("        name: { type: string }\n", "        name: { type: [string, 'null'] }\n"),
        [
            "field `name` is `Option<String>` now, was `String` [send read]",
            "field `name` is `Option<String>` now, was `String` [send]",
        ]
    );
    assert_eq!(
        told("key: { type: string, writeOnly: true }", "key: { type: string }"),
        ["field `key`, `Option<String>`, is new []", "field `key` is documented in other words []"]
    );
    assert_eq!(
        told("x-rust-derive: [Eq]", "x-rust-derive: []"),
        ["trait `Eq` is gone [read]", "trait `Eq` is gone [send]"]
    );
    assert_eq!(told("const: cat", "const: dog").len(), 2);
    // A type of which something has to be given has it where the description asks for it.
    assert_eq!(told("x-rust-derive: [Eq]", "x-rust-derive: [Eq, Default]"), ["trait `Default` is new []"; 2]);
    assert_eq!(
        told("additionalProperties: { type: string }", "additionalProperties: { type: integer }"),
        [
            "field `additional_properties` is `i64` now, was `String` [read]",
            "field `additional_properties` is `i64` now, was `String` [send]",
        ]
    );
    // What is the same in Rust is the same, whatever it is called.
    assert_eq!(
        told("names: { $ref: '#/components/schemas/Names' }", "names: { type: array, items: { type: string } }"),
        [""; 0]
    );
    assert_eq!(
        told("items: { type: string }", "items: { type: integer }"),
        ["type `types::Names` is `another name of Vec<i64>` now, was `another name of Vec<String>` [send read]"]
    );
}

#[test]
fn conversions() {
    assert_eq!(
        told("required: [id, name, kind]", "required: [id, key, name, kind]"),
        [
            "field `key` is `String` now, was `Option<String>`, and is taken by `new` now [send]",
            "conversion `From<types::Cat>` is `types::Cat::into_input(key: impl Into<String>)` now, was `From<types::Cat>` [send]",
        ]
    );
}

#[test]
fn replies() {
    assert_eq!(
        told("        '202': { description: Later. }\n", ""),
        ["output `operations::PutCatOutput` is `types::Cat` now, was `PutCatOutput` [read]"]
    );
    assert_eq!(
        told("'202': { description: Later. }", "'203': { description: Later. }"),
        ["reply `NonAuthoritativeInformation` is new []", "reply `Accepted` is gone [match]"]
    );
}

#[test]
fn servers() {
    assert_eq!(
        told("region: { default: eu }", "region: { default: us }"),
        ["variable `region` has another default now: `us`, was `eu` []"]
    );
    assert_eq!(
        told("region: { default: eu }", "region: { default: eu, enum: [eu, us] }"),
        ["variable `region` is `servers::RegionExampleRegion` now, was `impl Into<String>` [send]"]
    );
}

#[test]
fn webhooks() {
    assert_eq!(
        told("  born:", "  bornNow:"),
        [
            "webhook `webhooks::BornNow`, `types::Cat`, is new []",
            "webhook `webhooks::Born`, `types::Cat`, is gone [read]",
        ]
    );
}

#[test]
fn a_text_of_a_description_is_told_as_such() {
    let old = "
openapi: 3.0.3
info: { title: Odd, version: '1' }
paths: {}
components: { schemas: { Odd: { type: object, properties: { plain: { type: string } } } } }
";
    let new = old.replace("plain:", "\"a`]\\e[2J\\n# b\\u202e\":");
    let difference = difference(old, &new);
    for told in [difference.to_string(), difference.to_markdown(), difference.to_json()] {
        assert!(told.chars().all(|sign| sign == '\n' || !sign.is_control() && sign != '\u{202e}'), "{told}");
        assert!(!told.contains("\n# b"), "{told}");
    }
    assert_eq!(difference.step(), Step::Major);
}

#[test]
fn types_of_types_are_compared_in_no_more_time_than_there_are() {
    let schemas = |prefix: &str, last: &str| {
        let level = |level: usize| {
            let inner = format!("'#/components/schemas/{prefix}{}'", level + 1);
            format!("    {prefix}{level}: {{ type: array, prefixItems: [{{ $ref: {inner} }}, {{ $ref: {inner} }}] }}\n")
        };
        let levels: String = (0..60).map(level).collect();
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Deep, version: '1' }}\ncomponents:\n  schemas:\n    Top: {{ type: object, \
             properties: {{ a: {{ $ref: '#/components/schemas/{prefix}0' }} }} }}\n{levels}    {prefix}60: {{ type: {last} }}\n"
        )
    };
    let difference = difference(&schemas("A", "string"), &schemas("B", "string"));
    assert!(difference.items().iter().all(|item| item.path() != "types::Top::a"), "{difference}");
}

#[test]
fn pages_that_are_no_more_are_missed() {
    const PAGED: &str = "
openapi: 3.1.0
info: { title: Cats, version: '1' }
paths:
  /cats:
    get:
      operationId: list
      responses:
        '200':
          description: Some.
          headers: { Link: { schema: { type: string } } }
          content: { application/json: { schema: { type: array, items: { type: string } } } }
";
    let without = PAGED.replace("      responses", "      x-rust-pages: false\n      responses");
    let told = |old: &str, new: &str| {
        let difference = difference(old, new);
        difference.items().iter().map(|item| format!("{}: {}", item.path(), item.says())).collect::<Vec<_>>()
    };
    assert_eq!(
        told(PAGED, &without),
        ["list().items(): setter `items` is gone", "list().pages(): setter `pages` is gone"]
    );
    assert_eq!(told(&without, PAGED).len(), 2);
}
