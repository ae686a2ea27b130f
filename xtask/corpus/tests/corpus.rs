//! `cargo xtask corpus`, as a person at a terminal and a program meet it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const FINE: &str = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
servers: [{ url: https://cats.example }]
paths:
  /cats/{id}:
    get:
      operationId: getCat
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: The cat.
          content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } }
components:
  schemas:
    Cat: { type: object, required: [name], properties: { name: { type: string } } }
";

/// Two mistakes of one kind.
const REFUSED: &str = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
servers: [{ url: https://cats.example }]
paths:
  /cats:
    get: { operationId: listCats, responses: none }
    put: { operationId: putCats, responses: none }
";

const NEWER: &str =
    r#"{ "openapi": "3.3.0", "info": { "title": "Cats", "version": "1" }, "paths": { "/cats": { "get": {} } } }"#;

/// A folder of documents, and the place for what is made of them.
struct Workplace {
    folder: TempDir,
}

impl Workplace {
    fn new(documents: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("documents")).expect("a folder");
        for (name, text) in documents {
            fs::write(folder.path().join("documents").join(name), text).expect("a document");
        }
        Self { folder }
    }

    fn with_all_kinds() -> Self {
        let list = ("list.json", "[1, 2]");
        Self::new(&[("fine.yaml", FINE), ("refused.yml", REFUSED), ("newer.json", NEWER), list, ("notes.md", "# Cats")])
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_in(&self.out(), arguments)
    }

    fn run_in(&self, out: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_corpus"))
            .arg(self.folder.path().join("documents"))
            .arg("--out")
            .arg(out)
            .args(arguments)
            .output()
            .expect("it runs")
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("stdout is one JSON document")
}

/// The words of the line of a table that starts with this one.
fn row(table: &str, first: &str) -> Vec<String> {
    let row = table.lines().find(|line| line.starts_with(first)).unwrap_or_default();
    row.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_document_has_a_row_and_one_that_fails_does_not_stop_the_others() {
    let place = Workplace::with_all_kinds();
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let table = stdout(&output);
    let names: Vec<_> = table.lines().take(5).map(|line| line.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(names, ["document", "fine.yaml", "list.json", "newer.json", "refused.yml"], "{table}");

    let fine = row(&table, "fine.yaml");
    assert_eq!(fine[1..7], ["3.0.3", "1/1", "1", "1", "0", "-"], "{table}");
    assert_eq!(fine.last().map(String::as_str), Some("-"), "{table}");
    assert_eq!(row(&table, "newer.json")[1..4], ["3.3.0", "-/1", "0"], "{table}");
    assert!(table.contains("1:14: error[unsupported-version]: OpenAPI 3.3.0 is not supported\n"), "{table}");
    assert_eq!(row(&table, "refused.yml")[1..4], ["3.0.3", "-/2", "0"], "{table}");
    assert!(table.contains("(of 2) 7:46: error[invalid-value]: "), "{table}");
    assert!(row(&table, "list.json").contains(&"error[invalid-value]:".to_owned()), "{table}");
    assert!(table.ends_with("\n1 generated, 2 refused, 1 of a version not supported yet\n"), "{table}");

    assert!(place.out().join("crates/fine-client/src/lib.rs").is_file());
    assert!(!place.out().join("crates/refused-client/src").exists());
    assert!(stderr(&output).contains("generate   4/4 refused.yml: refused, 2 errors, "), "{}", stderr(&output));
}

#[test]
fn the_report_for_programs_says_the_same() {
    let output = Workplace::with_all_kinds().run(&["--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let report = report(&output);
    let summary = json!({
        "generated": 1, "compiled": 0, "without_warnings": 0, "refused": 2, "unsupported_version": 1, "operations_differ": 0,
    });
    assert_eq!(report["summary"], summary);
    let outcomes: Vec<_> = report["documents"].as_array().expect("a list").iter().map(|of| &of["outcome"]).collect();
    assert_eq!(outcomes, ["generated", "refused", "unsupported-version", "refused"]);

    let fine = &report["documents"][0];
    assert_eq!(fine["document"], "fine.yaml");
    assert_eq!(fine["input"], json!({ "version": "3.0.3", "operations": 1, "schemas": 1 }));
    assert_eq!((&fine["output"]["operations"], &fine["output"]["types"]), (&json!(1), &json!(1)));
    assert_eq!((&fine["errors"], &fine["first_error"], &fine["check"]), (&json!(0), &Value::Null, &Value::Null));
    assert!(fine["output"]["lines"].as_u64().is_some_and(|lines| lines > 100), "{fine}");
    assert!(fine["generating"]["seconds"].as_f64().is_some_and(|seconds| seconds > 0.0), "{fine}");
    if cfg!(unix) {
        let memory = fine["generating"]["peak_memory"].as_u64().expect("a size");
        assert!((1_000_000..1_000_000_000).contains(&memory), "{memory}");
    }
    assert_eq!(report["documents"][3]["errors"], 2);
}

#[test]
fn a_newer_version_is_no_failure() {
    let output = Workplace::new(&[("fine.yaml", FINE), ("newer.json", NEWER)]).run(&[]);
    assert!(output.status.success(), "{}", stdout(&output));
    assert!(stdout(&output).ends_with("\n1 generated, 0 refused, 1 of a version not supported yet\n"));
}

#[test]
fn what_takes_too_long_is_stopped_and_counts_as_refused() {
    let output = Workplace::new(&[("fine.yaml", FINE)]).run(&["--json", "--generate-limit", "0"]);
    assert_eq!(output.status.code(), Some(1));
    let report = report(&output);
    let fine = &report["documents"][0];
    assert_eq!((&fine["outcome"], &fine["input"]), (&json!("stopped"), &Value::Null));
    assert_eq!(fine["first_error"], "generating took longer than 0 s");
    assert_eq!(report["summary"]["refused"], 1);
}

#[test]
fn a_crate_of_an_earlier_run_does_not_outlive_its_document() {
    let place = Workplace::new(&[("fine.yaml", FINE)]);
    assert!(place.run(&[]).status.success());
    let library = place.out().join("crates/fine-client/src/lib.rs");
    assert!(library.is_file());
    fs::write(place.folder.path().join("documents/fine.yaml"), REFUSED).expect("a document");
    assert!(!place.run(&[]).status.success());
    assert!(!library.exists());
}

#[test]
fn a_folder_without_documents_is_a_clear_message() {
    let output = Workplace::new(&[("notes.md", "# Cats")]).run(&["--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("has no file that ends in .json, .yaml or .yml"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[test]
fn configurations_of_strangers_do_not_count() {
    let pwned = FINE.replace("paths:", "x-rust-derive: ['pwn::Pwn']\npaths:");
    let config = "name: pwned\nallow: [foreign-code]\ndependencies: { pwn: '1' }\n";
    let place = Workplace::new(&[("fine.yaml", FINE), ("pwned.yaml", &pwned)]);
    for name in ["fine.codegen.yaml", "pwned.codegen.yaml"] {
        fs::write(place.folder.path().join("documents").join(name), config).expect("a file");
    }
    let output = place.run(&["--json"]);
    let report = report(&output);
    let of = |file: &str| {
        let documents = report["documents"].as_array().expect("a list");
        documents.iter().find(|document| document["document"] == file).expect("a row").clone()
    };
    assert_eq!((&of("fine.yaml")["outcome"], &of("pwned.yaml")["outcome"]), (&json!("generated"), &json!("refused")));
    assert!(of("pwned.yaml")["first_error"].as_str().is_some_and(|error| error.contains("foreign-code")), "{report}");
    let manifest = fs::read_to_string(place.out().join("crates/fine-client/Cargo.toml")).expect("a file");
    assert!(!manifest.contains("pwn"), "{manifest}");
}

#[test]
#[ignore = "compiles an HTTP client, which takes a minute the first time"]
fn crates_are_compiled_and_measured() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    let place = Workplace::new(&[("fine.yaml", FINE), ("newer.json", NEWER)]);
    let output = place.run_in(&out, &["--check", "--json", "--jobs", "1"]);
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    let checked = report(&output);
    let check = &checked["documents"][0]["check"];
    assert_eq!((&check["compiled"], &check["warnings"], &check["errors"]), (&json!(true), &json!(0), &json!(0)));
    assert!(check["usage"]["seconds"].as_f64().is_some_and(|seconds| seconds > 0.01), "{check}");
    if cfg!(unix) {
        assert!(check["usage"]["peak_memory"].as_u64().is_some_and(|memory| memory > 50_000_000), "{check}");
    }
    assert_eq!(checked["summary"]["without_warnings"], 1);
    assert_eq!(checked["documents"][1]["check"], Value::Null);

    let output = place.run_in(&out, &["--check", "--jobs", "1", "--check-limit", "0"]);
    assert_eq!(output.status.code(), Some(1));
    let table = stdout(&output);
    assert!(table.contains(" rustc took longer than 0 s\n"), "{table}{}", stderr(&output));
    let summary = "1 generated, 0 compiled, 0 without warnings, 0 refused, 1 of a version not supported yet\n";
    assert!(table.ends_with(summary), "{table}");
}

#[test]
fn examples_come_back_or_the_run_fails() {
    // The usual folder, so that what programs depend on is compiled once.
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("corpus");
    let place = Workplace::new(&[("fine.yaml", FINE)]);
    let examples = place.folder.path().join("documents/examples");
    fs::create_dir(&examples).expect("a folder");
    let row = |status: &str, name: &str, example: &str, valid: bool| {
        format!(
            r#"{{"method":"GET","path":"/cats/{{id}}","status":"{status}","name":"{name}","example":{example},"valid":{valid}}}"#
        )
    };
    let rows = [
        row("200", "a cat", r#"{"name":"Tom"}"#, true),
        row("200", "no cat", "7", false),
        row("404", "nobody", r#"{"name":"Tom"}"#, false),
    ];
    let written = |rows: &[String]| fs::write(examples.join("fine.jsonl"), rows.join("\n")).expect("examples");
    written(&rows);
    let output = place.run_in(&out, &["--examples"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(row_of_examples(&stdout(&output)), ["fine.yaml", "3", "1", "1", "1", "1"]);

    written(&[&rows[..], &[row("200", "Toms", r#"["Tom"]"#, true)]].concat());
    let output = place.run_in(&out, &["--examples"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(row_of_examples(&stdout(&output)), ["fine.yaml", "4", "1", "2", "1", "2"]);
    let said = "fine.yaml: GET /cats/{id} 200 Toms: at the top: expected an object, found an array";
    assert!(stdout(&output).contains(said), "no {said:?} in:\n{}", stdout(&output));
    let short = &report(&place.run_in(&out, &["--examples", "--json"]))["examples"][0]["short"];
    assert_eq!(short.as_array().map(Vec::len), Some(3));
    assert_eq!(short[1]["problem"], "the crate has no JSON for this answer");
}

/// The last row that begins with the document, by its columns.
fn row_of_examples(table: &str) -> Vec<&str> {
    let mut rows = table.lines().filter(|line| line.starts_with("fine.yaml "));
    rows.next_back().expect("a row").split_whitespace().collect()
}
