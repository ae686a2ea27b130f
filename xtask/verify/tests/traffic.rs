//! `cargo xtask verify --har`: what went over the wire is held to the description.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const CATS: &str = "
openapi: 3.1.1
info: { title: Cats, version: '1' }
servers: [{ url: 'https://{region}.cats.example/v1' }]
paths:
  /cats:
    get:
      security: [{ key: [] }]
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer } }
        - { name: tags, in: query, schema: { type: array, items: { type: string } } }
      responses:
        '200':
          description: All.
          headers: { X-Total: { schema: { type: integer } } }
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Cat' } } } }
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } }
      responses: { '201': { description: Added. }, 4XX: { description: Wrong. } }
  /cats/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      responses: { '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } } }
  /cats/mine:
    get: { responses: { '204': { description: Nothing. } } }
components:
  securitySchemes: { key: { type: apiKey, in: query, name: api_key } }
  schemas:
    Cat:
      type: object
      required: [name]
      properties: { name: { type: string }, age: { type: integer }, kind: { enum: [house, wild] } }
";

/// Where a request goes that is as described.
const LIST: &str = "https://eu.cats.example/v1/cats?limit=5&api_key=canary-key&tags=a&tags=b";

/// A request and its answer.
fn entry(method: &str, url: &str, body: Option<Value>, (status, answer): (u16, Value)) -> Value {
    let content = |body: &Value| json!({ "mimeType": "application/json; charset=utf-8", "text": body.to_string() });
    let secrets = json!([
        { "name": "Authorization", "value": "Bearer canary-token" },
        { "name": "Cookie", "value": "session=canary-cookie" },
        { "name": "X-Total", "value": "1" },
    ]);
    let mut request = json!({ "method": method, "url": url, "headers": secrets });
    if let Some(body) = body {
        request["postData"] = content(&body);
    }
    let answer = if answer.is_null() { json!({ "mimeType": "x-unknown" }) } else { content(&answer) };
    json!({ "request": request, "response": { "status": status, "headers": secrets, "content": answer } })
}

fn fine() -> Vec<Value> {
    vec![
        entry("GET", LIST, None, (200, json!([{ "name": "canary-name", "age": 3 }]))),
        entry("POST", "https://us.cats.example/v1/cats", Some(json!({ "name": "Tom" })), (201, Value::Null)),
        entry("GET", "https://us.cats.example/v1/cats/7", None, (200, json!({ "name": "Tom", "kind": "wild" }))),
        entry("GET", "https://us.cats.example/v1/cats/mine", None, (204, Value::Null)),
        entry("GET", "https://elsewhere.example/v1/cats", None, (500, Value::Null)),
    ]
}

/// One entry for each way in which traffic can differ, with the class that it is.
fn planted() -> Vec<(&'static str, Value)> {
    let one = "https://eu.cats.example/v1/cats/7";
    let cat = |cat: Value| entry("GET", one, None, (200, cat));
    let mut page = cat(json!({}));
    page["response"]["content"] = json!({ "mimeType": "text/html", "text": "<p>canary</p>" });
    vec![
        ("undeclared-member", cat(json!({ "name": "Tom", "colour": "canary-grey" }))),
        ("null-not-allowed", cat(json!({ "name": "Tom", "age": null }))),
        ("not-listed", cat(json!({ "name": "Tom", "kind": "feral" }))),
        ("mixed-up", cat(json!({ "name": "Tom", "age": "canary-age" }))),
        ("undescribed-status", entry("GET", one, None, (418, json!({ "error": "canary" })))),
        ("undescribed-media-type", page),
        ("undescribed-parameter", entry("GET", &format!("{LIST}&sort=canary-sort"), None, (200, json!([])))),
        (
            "required-missing",
            entry("GET", "https://eu.cats.example/v1/cats?api_key=canary-key", None, (200, json!([]))),
        ),
    ]
}

struct Files {
    folder: TempDir,
}

impl Files {
    fn of(entries: &[Value]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let har = json!({ "log": { "version": "1.2", "entries": entries } });
        fs::write(folder.path().join("cats.yaml"), CATS).expect("a file");
        fs::write(folder.path().join("traffic.har"), format!("\u{feff}{har}")).expect("a file");
        Self { folder }
    }

    fn verify(&self, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_verify"));
        command.current_dir(self.folder.path()).args(["--no-run", "--spec", "cats.yaml", "--har", "traffic.har"]);
        command.args(more).output().expect("the program runs")
    }

    fn classes(&self, more: &[&str]) -> Vec<(String, u64)> {
        let output = self.verify(&[&["--json"], more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let classes = report["traffic"]["classes"].as_object().expect("the classes");
        classes.iter().map(|(class, count)| (class.clone(), count.as_u64().unwrap_or_default())).collect()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(Path::new(name))).expect("the file")
    }
}

#[test]
fn traffic_that_is_as_described_has_nothing_to_tell() {
    let files = Files::of(&fine());
    let output = files.verify(&["--strict"]);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{said}");
    let expected =
        "traffic.har  5 requests, 4 of operations that are described; 1 are of other services; all is as described";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn each_difference_is_found_and_nothing_else() {
    let planted = planted();
    for (class, entry) in &planted {
        let files = Files::of(&[fine(), vec![entry.clone()]].concat());
        assert_eq!(files.classes(&[]), [((*class).to_owned(), 1)], "{entry}");
    }
    let all = Files::of(&[fine(), planted.into_iter().map(|(_, entry)| entry).collect()].concat());
    let classes = all.classes(&[]);
    assert_eq!((classes.len(), classes.iter().all(|(_, count)| *count == 1)), (8, true), "{classes:?}");
    assert_eq!(all.verify(&["--strict"]).status.code(), Some(1));
}

#[test]
fn the_proposed_overlay_takes_the_differences_away() {
    let files = Files::of(&planted().into_iter().map(|(_, entry)| entry).collect::<Vec<_>>());
    let output = files.verify(&["--show-values", "--propose", "fixes.overlay.yaml"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let overlay = files.read("fixes.overlay.yaml");
    assert_eq!(files.classes(&["--overlay", "fixes.overlay.yaml"]), [], "{overlay}");
    // Values that nobody asked for are in no proposal; so what would have to list them is left.
    assert!(files.verify(&["--propose", "quiet.overlay.yaml"]).status.success());
    let left = files.classes(&["--overlay", "quiet.overlay.yaml"]);
    assert_eq!(left, [("not-listed".to_owned(), 1)]);
    let quiet = files.read("quiet.overlay.yaml");
    assert!(!quiet.contains("canary") && !quiet.contains("feral"), "{quiet}");
}

#[test]
fn nothing_of_the_values_is_told_unless_somebody_asks() {
    let files = Files::of(&planted().into_iter().map(|(_, entry)| entry).collect::<Vec<_>>());
    for more in [&[][..], &["--json"], &["--markdown"]] {
        let output = files.verify(more);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!said.contains("canary") && !said.contains("feral"), "{said}");
    }
    let shown = files.verify(&["--show-values"]);
    let said = String::from_utf8_lossy(&shown.stdout);
    assert!(said.contains("canary-age"), "{said}");
    for secret in ["canary-key", "canary-token", "canary-cookie"] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn where_all_requests_go_to_another_host_the_paths_alone_count() {
    let at_mock = |url: &str| entry("GET", url, None, (200, json!({ "name": "Tom" })));
    let files = Files::of(&[at_mock("http://127.0.0.1:4010/cats/7"), at_mock("http://127.0.0.1:4010/v1/cats/7")]);
    assert_eq!(files.classes(&[]), []);
    let files = Files::of(&[at_mock("http://127.0.0.1:4010/dogs/7")]);
    assert_eq!(files.classes(&[]), [("undescribed-operation".to_owned(), 1)]);
}

#[test]
fn what_is_no_har_is_an_error_that_says_so() {
    let files = Files::of(&[]);
    for (text, expected) in [
        ("{", "it is no HAR: EOF"),
        (r#"{ "log": {} }"#, "it is no HAR: missing field `entries`"),
        (
            r#"{ "log": { "entries": [{ "request": { "method": "GET", "url": "/cats" }, "response": {} }] } }"#,
            "entry 1: its URL is none",
        ),
    ] {
        fs::write(files.folder.path().join("traffic.har"), text).expect("a file");
        let output = files.verify(&[]);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(&format!("error: traffic.har cannot be read: {expected}")), "{said}");
    }
}
