use serde_json::json;

use super::*;
use crate::{Options, documented};

fn of(text: &str) -> Documented {
    documented(&Source::new("cats.yaml", text), &Options::default()).expect("a description")
}

/// The titles of the examples, each with its value and the place of its schema.
fn listed(documented: &Documented) -> Vec<(String, Value, String)> {
    let of = |example: &DocumentedExample| {
        let fragment = example.schema.as_deref().unwrap_or("#").trim_start_matches('#');
        let schema = documented.schemas(example.direction).pointer(fragment);
        let place = schema.and_then(|schema| schema["$comment"].as_str()).unwrap_or_default();
        (example.title().to_string(), example.value.clone().unwrap_or_default(), place.to_owned())
    };
    documented.examples().iter().map(of).collect()
}

const CATS: &str = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /cats/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    put:
      requestBody:
        content:
          application/json: { schema: { $ref: '#/components/schemas/Cat' }, example: { name: Tom } }
          application/xml: { schema: { $ref: '#/components/schemas/Cat' }, example: <cat/> }
      responses:
        '200': { $ref: '#/components/responses/Cat' }
    get:
      responses:
        '200': { $ref: '#/components/responses/Cat' }
        '404':
          description: No.
          headers: { Retry-After: { schema: { type: integer }, example: 3 } }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string, default: a }, examples: { one: { value: b } } }
    Unused: { name: page, in: query, schema: { type: integer }, example: 2 }
  examples:
    tom: { value: { id: 1, name: Tom } }
  responses:
    Cat:
      description: A cat.
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Cat' }
          examples: { tom: { $ref: '#/components/examples/tom' }, again: { $ref: '#/components/examples/tom' } }
  schemas:
    Cat:
      type: object
      required: [id, name, secret]
      properties:
        id: { type: integer, format: int32, readOnly: true }
        name: { type: string, nullable: true, example: Tim }
        secret: { allOf: [{ $ref: '#/components/schemas/Secret' }] }
        age: { type: number, minimum: 0, exclusiveMinimum: true, default: 1 }
        kitten: { $ref: '#/components/schemas/Cat' }
    Secret: { type: string, writeOnly: true }
";

#[test]
fn every_example_is_found_once_with_what_has_it_and_its_schema() {
    let cat = "/components/schemas/Cat";
    let property = |name: &str| format!("{cat}/properties/{name}");
    let at = |body: &str| format!("{body}/schema");
    let put = "/paths/~1cats~1{id}/put/requestBody/content";
    let expected = [
        ("GET /cats/{id} path parameter id \"one\" (and 1 more)", json!("b"), at("/components/parameters/Id")),
        (
            "GET /cats/{id} 200 application/json \"tom\" (and 1 more)",
            json!({ "id": 1, "name": "Tom" }),
            at("/components/responses/Cat/content/application~1json"),
        ),
        (
            "GET /cats/{id} 404 header Retry-After",
            json!(3),
            at("/paths/~1cats~1{id}/get/responses/404/headers/Retry-After"),
        ),
        ("PUT /cats/{id} application/json", json!({ "name": "Tom" }), at(&format!("{put}/application~1json"))),
        ("PUT /cats/{id} application/xml", Value::Null, at(&format!("{put}/application~1xml"))),
        ("default", json!("a"), at("/components/parameters/Id")),
        ("query parameter page", json!(2), at("/components/parameters/Unused")),
        ("schema", json!("Tim"), property("name")),
        ("default", json!(1), property("age")),
    ];
    let expected = expected.map(|(title, value, place)| (title.to_owned(), value, place));
    assert_eq!(listed(&of(CATS)), expected);
}

#[test]
fn schemas_are_said_in_the_words_of_json_schema() {
    let documented = of(CATS);
    let cat = |direction| {
        let schemas = documented.schemas(direction)["$defs"].as_object().expect("schemas");
        schemas.values().find(|schema| schema["$comment"] == "/components/schemas/Cat").expect("the cat").clone()
    };
    let required = |direction| cat(direction)["required"].clone();
    assert_eq!(required(None), json!(["name"]));
    assert_eq!(required(Some(Direction::Sent)), json!(["name", "secret"]));
    assert_eq!(required(Some(Direction::Received)), json!(["id", "name"]));
    let property = |name: &str| {
        let mut property = cat(None)["properties"][name].clone();
        property.as_object_mut().expect("a schema").shift_remove("$comment");
        property
    };
    let place = "/components/schemas/Cat/properties";
    assert_eq!(
        property("name"),
        json!({ "if": { "type": "null" }, "else": { "$comment": format!("{place}/name"), "type": "string" } })
    );
    assert_eq!(property("age"), json!({ "type": "number", "exclusiveMinimum": 0 }));
    let limits = json!({ "minimum": i32::MIN, "maximum": i32::MAX, "$comment": format!("{place}/id/format") });
    assert_eq!(property("id"), json!({ "type": "integer", "format": "int32", "allOf": [limits] }));
    let kitten = property("kitten")["$ref"].as_str().expect("a reference").to_owned();
    let target = documented.schemas(None).pointer(kitten.trim_start_matches('#')).expect("a schema");
    assert_eq!(target["$comment"], "/components/schemas/Cat");
}

#[test]
fn places_are_those_of_the_text() {
    let documented = of(CATS);
    let places = documented.places(["/components/examples/tom/value/name", "/components/schemas/Cat/required"]);
    let shown = |pointer: &str| places.get(pointer).map(ToString::to_string);
    let line = |text: &str| CATS.lines().position(|line| line.contains(text)).expect("a line") + 1;
    let tom = line("tom: { value:");
    assert_eq!(shown("/components/examples/tom/value/name"), Some(format!("cats.yaml:{tom}:34")));
    assert_eq!(shown("/components/schemas/Cat/required"), Some(format!("cats.yaml:{}:17", line("required: [id"))));
}

#[test]
fn a_reference_that_leads_nowhere_is_a_warning() {
    let documented = of("
openapi: 3.1.0
info: { title: Cats, version: '1' }
components:
  schemas:
    Cat: { properties: { owner: { $ref: '#/components/schemas/Ownr' } }, example: { owner: 1 } }
    Owner: { type: string }
");
    let [warning] = documented.warnings().iter().collect::<Vec<_>>()[..] else {
        panic!("{}", documented.warnings());
    };
    assert_eq!((warning.rule(), warning.message()), (crate::Rule::UnresolvedReference, "no such schema: `Ownr`"));
    assert_eq!(documented.examples().len(), 1);
}

#[test]
fn an_example_in_a_file_of_the_folder_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write("outside.json", r#"{ "name": "Stranger" }"#);
    write("cats/examples/tom.json", r#"{ "name": "Tom" }"#);
    let external = |file: &str| format!("{{ externalValue: '{file}' }}");
    let [tom, outside, far, text] =
        ["examples/tom.json", "../outside.json", "https://cats.example/tom.json", "cats.yaml"].map(external);
    write(
        "cats/cats.yaml",
        &format!(
            "
openapi: 3.0.3
info: {{ title: Cats, version: '1' }}
paths:
  /cats:
    get:
      responses:
        '200':
          description: A cat.
          content:
            application/json:
              examples: {{ tom: {tom}, outside: {outside}, far: {far}, text: {text} }}
"
        ),
    );
    let source = Source::read(&folder.path().join("cats/cats.yaml")).expect("a description");
    let documented = documented(&source, &Options::default()).expect("a description");
    let [example] = documented.examples() else { panic!("{:?}", documented.examples()) };
    assert_eq!(example.value, Some(json!({ "name": "Tom" })));
    assert!(example.file.as_ref().is_some_and(|file| file.ends_with("cats/examples/tom.json")), "{example:?}");
}

/// What a type does not keep is no contract.
#[test]
fn an_example_with_what_its_type_does_not_keep_is_left_out() {
    let text = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
servers: [{ url: https://cats.example }]
x-rust-undeclared: false
paths:
  /cats:
    get:
      operationId: list
      responses:
        '200':
          description: Cats.
          content:
            application/json:
              schema: { type: array, items: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] } }
              examples:
                all: { value: [{ lives: 9 }, { tricks: [{ name: sit }] }] }
                more: { value: [{ lives: 9 }, { tricks: [{ name: sit, 'a/b': 1 }] }] }
                open: { value: [{ lives: 9, toys: { ball: 1 } }] }
components:
  schemas:
    Cat: { type: object, required: [lives], properties: { lives: { type: integer }, toys: { type: object, additionalProperties: true } } }
    Dog: { type: object, required: [tricks], properties: { tricks: { type: array, items: { $ref: '#/components/schemas/Trick' } } } }
    Trick: { type: object, properties: { name: { type: string } } }
";
    let generated = crate::generate(&Source::new("cats.yaml", text), &Options::default()).expect("a crate");
    let tests = generated.files().get("tests/documented_examples.rs").expect("tests");
    let left_out: Vec<_> = tests.lines().filter(|line| line.starts_with("// list ")).collect();
    let [line] = left_out[..] else { panic!("{tests}") };
    assert!(line.starts_with("// list 200 more (cats.yaml#/paths/~1cats/get/responses/200/"), "{line}");
    assert!(line.ends_with("`/1/tricks/0/a~1b` is not described, and what is not is not kept there"), "{line}");
    assert_eq!((generated.counts().examples, generated.counts().unfit_examples), (2, 1));
}
