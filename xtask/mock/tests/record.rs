//! What the mock writes of its traffic.

mod running;

use std::fs;
use std::path::Path;
use std::process::Command;

use running::{Running, try_send};
use serde_json::Value;
use tempfile::TempDir;

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A mock that records, and where.
fn recording(spec: &Path) -> (TempDir, std::path::PathBuf, Running) {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("traffic.har");
    let mock = Running::start_with(spec, &["--record", file.to_str().expect("a path")]);
    (folder, file, mock)
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).expect("the file")).expect("JSON")
}

#[test]
fn the_file_is_whole_after_each_request_and_has_no_credentials() {
    let (_folder, file, mock) = recording(&fixture("cats.yaml"));
    assert_eq!(read(&file)["log"]["entries"], Value::Array(Vec::new()));
    mock.send("GET /cats?limit=1 HTTP/1.1\nAuthorization: Bearer canary\nCookie: a=canary", "");
    let first = read(&file);
    let entry = &first["log"]["entries"][0];
    assert_eq!(entry["request"]["url"], format!("http://{}/cats?limit=1", mock.address));
    assert_eq!(entry["response"]["status"], 200);
    assert!(!first.to_string().contains("canary"), "{first}");
    mock.send("POST /cats HTTP/1.1\nContent-Type: application/json", "{\"name\":\"Tom\"}");
    let broken = try_send(&mock.address, "GET /cats?limit=1 HTTP/1.1\nPrefer: broken", "");
    assert!(broken.is_none());
    let all = read(&file);
    let entries = all["log"]["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[1]["request"]["postData"]["text"], "{\"name\":\"Tom\"}");
    assert_eq!(entries[2]["response"]["status"], 0);
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("mine.har");
    fs::write(&file, "mine").expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock"));
    let output = command.arg("--spec").arg(fixture("cats.yaml")).arg("--record").arg(&file).output();
    assert_eq!(output.expect("the program runs").status.code(), Some(1));
    assert_eq!(fs::read_to_string(&file).expect("the file"), "mine");
}

/// What `cargo xtask verify` says of a record, as the program that is compiled beside this one.
fn verified(spec: &Path, file: &Path) -> (bool, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_mock")).with_file_name("verify");
    assert!(program.is_file(), "this test is one of the workspace: `cargo test --workspace` compiles what it needs");
    let mut command = Command::new(program);
    let output = command.args(["--no-run", "--strict", "--spec"]).arg(spec).arg("--har").arg(file).output();
    let output = output.expect("the program runs");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn what_the_mock_answers_is_as_described() {
    let spec = fixture("cats.yaml");
    let (_folder, file, mock) = recording(&spec);
    let post = "POST /cats HTTP/1.1\nContent-Type: application/json\nAuthorization: Bearer canary";
    mock.send("GET /cats?limit=1 HTTP/1.1", "");
    mock.send("GET /cats/7 HTTP/1.1", "");
    mock.send(post, "{\"id\":1,\"name\":\"Tom\"}");
    let (is_fine, said) = verified(&spec, &file);
    assert!(is_fine && said.contains("3 requests, 3 of operations that are described; all is as described"), "{said}");
    mock.send(post, "{\"id\":1}");
    let (is_fine, said) = verified(&spec, &file);
    assert!(!is_fine && said.contains("the member `name`, which is required, is missing"), "{said}");
}
