//! `cargo xtask mock`, as programs meet it that speak HTTP.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use generated_client::{BaseUrl, BearerToken, Client};
use serde_json::Value;
use tempfile::TempDir;

/// The program, which ends with the test.
struct Running {
    child: Child,
    /// What it printed before it began.
    printed: String,
    address: String,
}

impl Running {
    fn start(spec: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mock"));
        let mut child = command
            .arg("--spec")
            .arg(spec)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("what it prints")).lines();
        let mut printed = String::new();
        let last = lines.find_map(|line| {
            let line = line.expect("text");
            printed += &format!("{line}\n");
            line.ends_with("until Ctrl-C").then_some(line)
        });
        let last = last.expect("it says where it is");
        let (_, address) = last.split_once(" at http://").expect("an address");
        let address = address.split(',').next().expect("an address").to_owned();
        Self { child, printed, address }
    }

    /// What comes of a request, as it is sent.
    fn send(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let length = body.len();
        let request = format!(
            "{}\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}",
            head.replace('\n', "\r\n")
        );
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

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
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\r\nmock-answer: documented\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n[{\"name\":\"Tom\",\"weight\":4.20}]"), "{answer}");
    }
    let made = cats.send("GET /cats?limit=1 HTTP/1.1\nPrefer: code=404", "");
    assert!(made.starts_with("HTTP/1.1 404 ") && made.contains("\r\nmock-answer: made-from-schema\r\n"), "{made}");
    assert_eq!(
        cats.send("GET /cats?limit=1 HTTP/1.1\nPrefer: broken", ""),
        "",
        "the connection ends without an answer"
    );
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
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(body["detail"], fault, "{answer}");
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
