//! `cargo xtask verify --propose`: the overlay that it writes takes the disagreements away.

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use codegen::{Options, Rule, Source};
use serde_json::Value;
use tempfile::TempDir;

fn verify(spec: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verify"));
    command.arg("--no-run").arg("--spec").arg(spec).args(more).output().expect("the program runs")
}

/// What is proposed for a description, and the classes of what disagrees with it in place.
fn proposed(spec: &Path) -> (String, Vec<String>) {
    let folder = TempDir::new().expect("a folder");
    let overlay = folder.path().join("fixes.overlay.yaml");
    let overlay_path = overlay.to_str().expect("a path");
    let output = verify(spec, &["--propose", overlay_path]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let applied = verify(spec, &["--overlay", overlay_path, "--json"]);
    let report: Value = serde_json::from_slice(&applied.stdout).expect("JSON");
    let classes = report["classes"].as_object().expect("the classes").keys().cloned().collect();
    (fs::read_to_string(overlay).expect("the overlay"), classes)
}

/// Whether a client can be made of a description with an overlay.
fn is_generated(spec: &Path, overlay: &str) {
    let options =
        Options::default().overlay(Source::new("fixes.overlay.yaml", overlay)).allow(Rule::UnresolvedReference);
    let source = Source::read(spec).expect("the description");
    if let Err(mistakes) = codegen::generate(&source, &options) {
        panic!("{mistakes}");
    }
}

#[test]
fn with_the_overlay_nothing_is_left_but_what_refers_to_nothing() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let spec = fixtures.join("classes.yaml");
    let (overlay, left) = proposed(&spec);
    assert_eq!(left, ["dangling-reference"]);
    is_generated(&spec, &overlay);
    let file = fixtures.join("classes.overlay.yaml");
    if env::var_os("BLESS").is_some() {
        fs::write(&file, &overlay).expect("a file");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(overlay == expected, "with BLESS=1, this is written:\n{overlay}");
}

/// What 3.0 says in its own words.
const OLDER: &str = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths: {}
components:
  schemas:
    Cat:
      type: object
      required: [name]
      properties:
        name: { type: string, maxLength: 2, example: Nemo }
        lives: { type: integer, format: int32, example: 8.5 }
        owner: { type: object, properties: { id: { type: integer } }, example: null }
        colour: { type: string, enum: [grey], example: null }
        size: { type: integer, example: large }
        toys: { oneOf: [{ type: integer }, { type: boolean }], example: [ball] }
      additionalProperties: false
      example: { name: Tom, age: 3, colour: white }
    Cats: { type: array, items: { $ref: '#/components/schemas/Cat' }, example: { cats: [] } }
";

#[test]
fn what_is_proposed_for_3_0_is_in_its_words() {
    let folder = TempDir::new().expect("a folder");
    let spec = folder.path().join("cats.yaml");
    fs::write(&spec, OLDER).expect("a file");
    let (overlay, left) = proposed(&spec);
    assert_eq!(left, [] as [&str; 0], "{overlay}");
    is_generated(&spec, &overlay);
    let actions: Value = serde_yaml::from_str(&overlay).expect("YAML");
    let updates: Vec<_> = actions["actions"].as_array().expect("actions").iter().collect();
    let update = |target: &str| {
        let of_target = updates.iter().filter(|action| action["target"] == target);
        of_target.filter_map(|action| action.get("update")).cloned().collect::<Vec<_>>()
    };
    let cat = "$.components.schemas.Cat";
    let json = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    for (target, expected) in [
        (".properties.name", r#"[{ "maxLength": 4 }]"#),
        (".properties.lives", r#"[{ "type": "number" }]"#),
        (".properties.owner", r#"[{ "nullable": true }]"#),
        (".properties.colour", r#"[{ "enum": ["white"] }, { "nullable": true }]"#),
        (".properties.size", r#"[{ "anyOf": [{ "type": "integer" }, { "type": "string" }] }]"#),
        (".properties.toys", r#"[{ "oneOf": [{ "type": "array", "items": { "type": "string" } }] }]"#),
        ("", r#"[{ "properties": { "age": { "type": "integer" } } }]"#),
    ] {
        assert_eq!(Value::from(update(&format!("{cat}{target}"))), json(expected), "{target}");
    }
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let (spec, overlay) = (folder.path().join("cats.yaml"), folder.path().join("mine.yaml"));
    fs::write(&spec, OLDER).expect("a file");
    fs::write(&overlay, "mine").expect("a file");
    let output = verify(&spec, &["--propose", overlay.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("mine.yaml cannot be written"), "{said}");
    assert_eq!(fs::read_to_string(&overlay).expect("the file"), "mine");
}

#[test]
fn hostile_texts_stay_texts() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile.yaml");
    let (overlay, left) = proposed(&spec);
    assert_eq!(left, [] as [&str; 0], "{overlay}");
    assert!(!overlay.contains('\u{1b}'), "{overlay}");
}
