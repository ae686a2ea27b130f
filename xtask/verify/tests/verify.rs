//! `cargo xtask verify`, as a person at a terminal and a program meet it.

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use pulldown_cmark::{Event, Parser, Tag};
use serde_json::Value;
use tempfile::TempDir;

/// Holds a description to itself alone.
fn verify(spec: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verify"));
    command.arg("--no-run").arg("--spec").arg(spec).args(more).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Holds a report to the file that has it; with `BLESS=1`, writes the file.
fn is_expected(report: &str, name: &str) {
    let file = fixture(name);
    if env::var_os("BLESS").is_some() {
        fs::write(&file, report).expect("a file");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(report == expected, "{name} is not as expected; with BLESS=1, this is written:\n{report}");
}

fn with_description(description: &str, more: &[&str]) -> Output {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("cats.yaml");
    fs::write(&file, description).expect("a file");
    verify(&file, more)
}

#[test]
fn the_report_has_both_places_and_an_edit_for_each_class() {
    let output = verify(&fixture("classes.yaml"), &[]);
    assert!(output.status.success());
    is_expected(&text(&output.stdout), "classes.txt");
}

#[test]
fn the_owner_of_the_api_gets_markdown() {
    is_expected(&text(&verify(&fixture("classes.yaml"), &["--markdown"]).stdout), "classes.md");
}

#[test]
fn every_class_is_among_the_fixtures() {
    let output = verify(&fixture("classes.yaml"), &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let classes = report["classes"].as_object().expect("the classes");
    assert_eq!(classes.len(), 18, "{classes:?}");
    assert_eq!(report["all"].as_array().map(Vec::len), report["examples"].as_u64().map(|count| count as usize));
}

#[test]
fn what_a_description_says_reaches_neither_terminal_nor_markdown_as_more_than_text() {
    for arguments in [&[][..], &["--markdown"], &["--json"]] {
        let output = verify(&fixture("hostile.yaml"), arguments);
        for said in [text(&output.stdout), text(&output.stderr)] {
            assert!(!said.contains('\u{1b}'), "{said}");
        }
    }
    let markdown = text(&verify(&fixture("hostile.yaml"), &["--markdown"]).stdout);
    for event in Parser::new(&markdown) {
        let is_ours = match event {
            Event::Start(tag) => {
                !matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)
            }
            Event::Html(_) | Event::InlineHtml(_) => false,
            _ => true,
        };
        assert!(is_ours, "{markdown}");
    }
    let headings = Parser::new(&markdown).filter(|event| matches!(event, Event::Start(Tag::Heading { .. }))).count();
    assert_eq!(headings, 3, "{markdown}");
    assert!(markdown.contains("mixed-up") && markdown.contains("undeclared-member"), "{markdown}");
}

#[test]
fn a_strict_run_fails_if_anything_disagrees() {
    assert!(verify(&fixture("classes.yaml"), &[]).status.success());
    assert_eq!(verify(&fixture("classes.yaml"), &["--strict"]).status.code(), Some(1));
    let fine = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths: {}
components: { schemas: { Cat: { type: string, nullable: true, enum: [a, b], example: a, default: null } } }
";
    let output = with_description(fine, &["--strict"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("2 examples, all of which fit their schemas\n"));
}

#[test]
fn overlays_and_configurations_count() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        file
    };
    let spec = write(
        "cats.yaml",
        "
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths: {}
components: { schemas: { Cat: { type: string, example: 1 } } }
",
    );
    let overlay = write(
        "fixes.yaml",
        "
overlay: 1.0.0
info: { title: Fixes, version: '1' }
actions: [{ target: $.components.schemas.Cat, update: { type: integer } }]
",
    );
    assert_eq!(verify(&spec, &["--strict"]).status.code(), Some(1));
    assert!(verify(&spec, &["--strict", "--overlay", overlay.to_str().expect("a path")]).status.success());
    write("cats.codegen.yaml", "overlays: [fixes.yaml]\n");
    assert!(verify(&spec, &["--strict"]).status.success());
    assert_eq!(verify(&spec, &["--strict", "--no-config"]).status.code(), Some(1));
}

#[test]
fn a_description_that_cannot_be_read_is_an_error_with_its_place() {
    let output = with_description("openapi: 3.0.3\npaths: [\n", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error[syntax]"), "{}", text(&output.stderr));
}

#[test]
#[ignore = "compiles a crate and what it depends on, which takes half a minute"]
fn all_examples_of_the_project_fit_and_come_back() {
    let output = Command::new(env!("CARGO_BIN_EXE_verify")).output().expect("the program runs");
    let (said, problems) = (text(&output.stdout), text(&output.stderr));
    let expected = "spec/partner-center.yaml  13 examples, all of which fit their schemas; 5 of 5 come back from the types \
                    of the crate\n";
    assert!(said.starts_with(expected), "{said}\n{problems}");
    assert!(output.status.success(), "{problems}");
}

/// A type that somebody put there has no place for every number.
#[test]
#[ignore = "compiles a crate and what it depends on, which takes half a minute"]
fn what_fits_and_does_not_come_back_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    let spec = folder.path().join("lossy-cats.yaml");
    let description = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
servers: [{ url: https://cats.example }]
paths: {}
components:
  schemas:
    Weight: { type: number }
    Cat: { type: object, properties: { weight: { $ref: '#/components/schemas/Weight' } }, example: { weight: 1.50 } }
";
    fs::write(&spec, description).expect("a file");
    fs::write(folder.path().join("lossy-cats.codegen.yaml"), "types: { Weight: f64 }\n").expect("a file");
    let output =
        Command::new(env!("CARGO_BIN_EXE_verify")).arg("--spec").arg(&spec).output().expect("the program runs");
    let (said, problems) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{said}\n{problems}");
    assert!(said.contains("1 example, which fits its schema; 0 of 1 come back"), "{said}\n{problems}");
    let error = "error: this fits, and does not come back: /weight: documented 1.50, came back 1.5\n  --> ";
    assert!(problems.contains(error) && problems.contains("lossy-cats.yaml:9:"), "{problems}");
    assert!(verify(&spec, &[]).status.success());
}

/// The report of a description whose crate is compiled.
fn compiled(spec: &Path, more: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verify"));
    let output = command.arg("--json").arg("--spec").arg(spec).args(more).output().expect("the program runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
#[ignore = "compiles a crate and what it depends on, which takes half a minute"]
fn answers_that_the_client_refuses_are_taken_with_the_overlay() {
    let folder = TempDir::new().expect("a folder");
    // A folder of its own name: crates are called after their descriptions.
    let spec = folder.path().join("refused.yaml");
    fs::copy(fixture("classes.yaml"), &spec).expect("a file");
    let answers = &compiled(&spec, &[])["answers"];
    let refused: Vec<_> = answers["refused"].as_array().expect("a list").iter().map(|one| &one["example"]).collect();
    let names = ["fine", "as text", "an object", "none"];
    assert_eq!(
        refused,
        names.map(|name| format!("GET /animals 200 application/json {name:?}")).iter().collect::<Vec<_>>()
    );
    assert_eq!(answers["all"], 5);
    let overlay = folder.path().join("fixes.yaml");
    fs::write(&overlay, answers["overlay"].as_str().expect("an overlay")).expect("a file");
    let answers = &compiled(&spec, &["--overlay", overlay.to_str().expect("a path")])["answers"];
    assert_eq!((&answers["all"], &answers["refused"]), (&Value::from(5), &Value::Array(Vec::new())));
}

#[test]
fn schemas_may_refer_to_each_other_in_a_chain_of_any_length() {
    const LENGTH: usize = 2_000;
    let wraps: [fn(String) -> String; 2] = [
        |next| format!(r#"{{ "properties": {{ "next": {next} }}, "example": {{ "next": {{}} }} }}"#),
        |next| format!(r#"{{ "allOf": [{next}, {{ "properties": {{ "a": {{ "type": "string" }} }} }}] }}"#),
    ];
    for wrap in wraps {
        let next = |index: usize| format!(r##"{{ "$ref": "#/components/schemas/S{}" }}"##, index + 1);
        let schemas: Vec<_> = (0..LENGTH).map(|index| format!(r#""S{index}": {}"#, wrap(next(index)))).collect();
        let output = with_description(
            &format!(
                r#"{{ "openapi": "3.0.3", "info": {{ "title": "Chain", "version": "1" }}, "paths": {{}},
                "components": {{ "schemas": {{ {}, "S{LENGTH}": {{ "type": "object", "example": {{}} }} }} }} }}"#,
                schemas.join(",")
            ),
            &["--strict"],
        );
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

#[test]
fn what_is_the_same_in_all_items_of_a_list_is_told_once() {
    let items: Vec<_> = (0..10_000).map(|index| format!("{{ kind: x{index}, Name: a, b{index}: 1 }}")).collect();
    let output = with_description(
        &format!(
            "
openapi: 3.0.3
info: {{ title: Cats, version: '1' }}
paths: {{}}
components:
  schemas:
    Cats:
      type: array
      items:
        type: object
        required: [name, age]
        properties: {{ name: {{ type: string }}, age: {{ type: integer }}, kind: {{ type: string, enum: [a, b] }} }}
      example: [{}]
",
            items.join(", ")
        ),
        &["--json"],
    );
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for (class, count) in [("required-missing", 1), ("equal-but-for-case", 1), ("not-listed", 1)] {
        assert_eq!(report["classes"][class], count, "{class}");
    }
}
