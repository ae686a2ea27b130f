//! `cargo xtask mock`, as programs meet it that speak HTTP.

mod running;

use std::fs;
use std::path::Path;
use std::process::Command;

use generated_client::{BaseUrl, BearerToken, Client};
use running::{Running, try_send};
use serde_json::Value;
use tempfile::TempDir;

const CATS: &str = "
openapi: 3.0.3
info: { title: Cats, version: '1' }
servers: [{ url: https://cats.example/v1 }]
paths:
  /cats:
    get:
      operationId: listCats
      parameters: [{ name: limit, in: query, required: true, schema: { type: integer } }]
      responses:
        '200': { description: Cats., content: { application/json: { example: [{ name: Tom, weight: 4.20 }] } } }
        '404': { description: None., content: { application/json: { schema: { type: object, properties: { code: { type: string } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name] } } } }
      responses: { '201': { description: It is there. } }
";

fn cats() -> (TempDir, Running) {
    let folder = TempDir::new().expect("a folder");
    let spec = folder.path().join("cats.yaml");
    fs::write(&spec, CATS).expect("a file");
    let running = Running::start(&spec);
    (folder, running)
}

#[test]
fn it_says_what_it_answers_and_where() {
    let (_folder, cats) = cats();
    assert!(cats.printed.starts_with("  GET /cats\n  POST /cats\n2 operations of "), "{}", cats.printed);
    assert!(cats.address.starts_with("127.0.0.1:"), "{}", cats.address);
}

#[test]
fn documented_examples_are_answered_with_and_without_the_path_of_the_server() {
    let (_folder, cats) = cats();
    for path in ["/cats?limit=1", "/v1/cats?limit=1"] {
        let answer = cats.send(&format!("GET {path} HTTP/1.1"), "");
        assert_eq!((answer.status, answer.from.as_str()), (200, "documented"), "{answer:?}");
        assert_eq!(answer.body, "[{\"name\":\"Tom\",\"weight\":4.20}]");
    }
    let made = cats.send("GET /cats?limit=1 HTTP/1.1\nPrefer: code=404", "");
    assert_eq!((made.status, made.from.as_str()), (404, "made-from-schema"), "{made:?}");
    let broken = try_send(&cats.address, "GET /cats?limit=1 HTTP/1.1\nPrefer: broken", "");
    assert!(broken.is_none(), "the connection ends without an answer");
}

#[test]
fn a_wrong_request_is_told_what_is_wrong() {
    let (_folder, cats) = cats();
    for (head, body, status, fault) in [
        ("GET /cats HTTP/1.1", "", 400, "the query parameter `limit` is missing, which `listCats` requires"),
        ("GET /cats?limit=many HTTP/1.1", "", 400, "the query parameter `limit` is a string, not an integer"),
        (
            "POST /cats HTTP/1.1\nContent-Type: text/plain",
            "Tom",
            415,
            "the body is `text/plain`: `POST /cats` takes `application/json`",
        ),
        ("POST /cats HTTP/1.1\nContent-Type: application/json", "{}", 400, "the body lacks `name`, which is required"),
        ("PUT /cats HTTP/1.1", "", 405, "the API description has no PUT of `/cats`, but GET, POST"),
        ("GET /dogs HTTP/1.1", "", 404, "the API description has no path like `/dogs`"),
    ] {
        let answer = cats.send(head, body);
        let said: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(
            (answer.status, answer.from.as_str(), &said["detail"]),
            (status, "refused", &fault.into()),
            "{head}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_reads_what_is_answered() {
    let running = Running::start(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/partner-center.yaml"));
    let server: BaseUrl = format!("http://{}", running.address).parse().expect("an address");
    let client = Client::new(server, BearerToken::new("token")).expect("a client");
    let summary = client.invoices().summary().await.expect("the summary");
    assert_eq!(summary.balance_amount.to_string(), "751094.39");
}

#[test]
fn what_cannot_be_served_is_said() {
    let folder = TempDir::new().expect("a folder");
    let spec = folder.path().join("cats.yaml");
    let said = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mock"));
        let output = command.arg("--spec").arg(&spec).args(arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).expect("text")
    };
    assert!(said(&[]).contains("cats.yaml"), "there is no such file");
    fs::write(&spec, CATS).expect("a file");
    let (_folder, running) = cats();
    let (_, port) = running.address.split_once(':').expect("a port");
    let taken = said(&["--port", port]);
    assert!(taken.starts_with(&format!("error: cannot listen on port {port}: ")), "{taken}");
}
