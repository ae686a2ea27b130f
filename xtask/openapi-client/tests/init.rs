//! `openapi-client init`: what it writes is taken, and leaves less to be said.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_openapi-client")).args(arguments).current_dir(folder).output().expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder with the description of a fixture.
fn place(fixture: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(fixture).join("spec.yaml");
    fs::copy(spec, folder.path().join("theirs.yaml")).expect("a copy");
    folder
}

/// Begins the configuration, and gives it.
fn begun(place: &TempDir) -> String {
    let output = run(place.path(), &["init", "--spec", "theirs.yaml"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    fs::read_to_string(place.path().join("theirs.codegen.yaml")).expect("a configuration")
}

/// Makes the crate in a folder of that name.
fn made(place: &TempDir, out: &str, more: &[&str]) -> Output {
    run(place.path(), &[&["codegen", "--spec", "theirs.yaml", "--all", "--out", out], more].concat())
}

fn messages(output: &Output) -> usize {
    let said = text(&output.stderr);
    said.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning[")).count()
}

#[test]
fn what_is_begun_is_taken_and_leaves_less_to_be_said() {
    let fixtures = [
        "five-mistakes",
        "keys-twice",
        "names-collide",
        "operations-alike",
        "operations-without-id",
        "references-dangling",
        "servers-alike",
        "tags-collide",
        "types-alike",
    ];
    for fixture in fixtures {
        let place = place(fixture);
        let before = made(&place, "before", &["--no-config"]);
        let configuration = begun(&place);
        let after = made(&place, "after", &[]);
        assert!(after.status.success(), "{fixture}:\n{configuration}\n{}", text(&after.stderr));
        // What was an error is a warning now.
        let is_less = messages(&after) < messages(&before) || !before.status.success();
        assert!(is_less, "{fixture}:\n{configuration}\n{}", text(&after.stderr));
    }
}

/// What callers meet of the crate in a folder.
fn signatures(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(signatures(&path));
        } else {
            let text = fs::read_to_string(path).expect("a file");
            found.extend(text.lines().map(str::trim).filter(|line| line.starts_with("pub ")).map(str::to_owned));
        }
    }
    found
}

#[test]
fn names_stay_what_they_are() {
    let fixtures =
        ["names-collide", "operations-alike", "operations-without-id", "servers-alike", "tags-collide", "types-alike"];
    for fixture in fixtures {
        let place = place(fixture);
        assert!(made(&place, "before", &["--no-config"]).status.success());
        let configuration = begun(&place);
        assert!(made(&place, "after", &[]).status.success());
        let [before, after] = ["before", "after"].map(|out| signatures(&place.path().join(out).join("src")));
        let changed: Vec<_> = before.symmetric_difference(&after).collect();
        assert!(changed.is_empty(), "{fixture}: {changed:#?}\n{configuration}");
    }
}

#[test]
fn what_is_for_people_to_decide_stands_in_comments() {
    let foreign = begun(&place("foreign-code"));
    assert!(foreign.contains("\n  # - foreign-code\n") && !foreign.contains("\n  - foreign-code"), "{foreign}");
    let place = place("references-external");
    let addresses = begun(&place);
    assert!(addresses.contains("# references:\n") && addresses.contains("': FILE\n"), "{addresses}");
    assert!(addresses.contains("is not a file, and nothing is fetched"), "{addresses}");
}

#[test]
fn what_a_description_says_is_text_in_what_is_begun() {
    let place = TempDir::new().expect("a folder");
    let long = "long".repeat(400);
    let spec = format!(
        "openapi: 3.0.3
info: {{ title: Cats, version: '1' }}
paths:
  \"/a'b\\nstrict: true\":
    get: {{ responses: {{ '204': {{ description: None. }} }} }}
  \"/it's: #x\":
    get: {{ responses: {{ '204': {{ description: None. }} }} }}
  ? \"/{long}\"
  : get: {{ responses: {{ '204': {{ description: None. }} }} }}
components:
  schemas:
    \"S\\nallow: [foreign-code]\": {{ type: object }}
    A: {{ $ref: \"#/components/schemas/B\\nallow: [foreign-code]\" }}
"
    );
    fs::write(place.path().join("theirs.yaml"), spec).expect("a file");
    let configuration = begun(&place);
    assert!(configuration.contains("    'GET /it''s: #x': 'get_it_s_20'\n"), "{configuration}");
    let is_active = |line: &&str| !line.trim_start().starts_with('#');
    assert!(made(&place, "cats", &[]).status.success(), "{configuration}");
    assert!(configuration.lines().all(|line| line.len() < 400), "{configuration}");
    assert!(!configuration.lines().filter(is_active).any(|line| line.contains("longlong")), "{configuration}");
    assert!(
        !configuration.lines().any(|line| line.starts_with("allow: [f") || line.starts_with("strict")),
        "{configuration}"
    );
    assert!(
        !configuration.lines().any(|line| line.contains("foreign-code") && !line.trim_start().starts_with('#')),
        "{configuration}"
    );
}

#[test]
fn nothing_is_written_over() {
    let place = place("five-mistakes");
    for name in ["theirs.codegen.json", "theirs.codegen.yml", "theirs.codegen.yaml"] {
        let at = place.path().join(name);
        fs::write(&at, "{}").expect("a file");
        let output = run(place.path(), &["init", "--spec", "theirs.yaml"]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), format!("error: {name} is there, and is unchanged\n"));
        assert_eq!(fs::read_to_string(&at).expect("the file"), "{}");
        assert_eq!(fs::read_dir(place.path()).expect("the folder").count(), 2);
        fs::remove_file(at).expect("the file is removed");
    }
}
