//! The mock beside Prism, the mock server of other people: the same requests get the same kind of answer.
//!
//! It takes Node, and the environment variable `PRISM` with a folder that has the package `@stoplight/prism-cli`.

mod running;

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use running::{Answer, Running, send};

/// Prism, which ends with the test.
struct Prism {
    child: Child,
    address: String,
}

impl Prism {
    fn start(spec: &Path) -> Self {
        let folder = PathBuf::from(env::var_os("PRISM").expect("the folder of Prism, in PRISM"));
        let port =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr()).expect("a port").port();
        let mut command = Command::new("node");
        command.arg(folder.join("node_modules/@stoplight/prism-cli/dist/index.js"));
        command.args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()]).arg(spec);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("Node runs");
        let prism = Self { child, address: format!("127.0.0.1:{port}") };
        let start = Instant::now();
        while TcpStream::connect(&prism.address).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "Prism does not listen");
            thread::sleep(Duration::from_millis(50));
        }
        prism
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What an answer comes to: its status, and the body of what is documented.
///
/// Prism has another status than 400 for a request that its validator refuses, and makes other values of schemas.
fn kind(answer: &Answer, is_documented: bool) -> (u16, Option<String>) {
    let status = if answer.status == 422 { 400 } else { answer.status };
    let body = answer.body.trim();
    let body =
        serde_json::from_str::<serde_json::Value>(body).map_or_else(|_| body.to_owned(), |json| json.to_string());
    (status, (is_documented && status < 300).then_some(body))
}

/// Sends the same to both.
fn hold(spec: &Path, requests: &[(&str, &str)]) {
    let (mock, prism) = (Running::start(spec), Prism::start(spec));
    let mut differences = Vec::new();
    for (head, body) in requests {
        let (own, other) = (send(&mock.address, head, body), send(&prism.address, head, body));
        let is_documented = own.from.starts_with("documented");
        let (own, other) = (kind(&own, is_documented), kind(&other, is_documented));
        if own != other {
            differences.push(format!("{head}\n{body}\n  the mock: {own:?}\n  Prism:    {other:?}"));
        }
    }
    assert!(differences.is_empty(), "{} of {}\n{}", differences.len(), requests.len(), differences.join("\n\n"));
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[test]
#[ignore = "it takes Node and Prism"]
fn cats_are_answered_as_by_prism() {
    hold(
        &fixture("cats.yaml"),
        &[
            ("GET /cats?limit=1 HTTP/1.1", ""),
            ("GET /cats?limit=1 HTTP/1.1\nAccept: text/csv", ""),
            ("GET /cats?limit=1 HTTP/1.1\nAccept: application/json;q=0.5, text/csv", ""),
            ("GET /cats?limit=1 HTTP/1.1\nAccept: application/pdf", ""),
            ("GET /cats?limit=1 HTTP/1.1\nPrefer: example=none", ""),
            ("GET /cats?limit=1 HTTP/1.1\nPrefer: code=404", ""),
            ("GET /cats?limit=1&unknown=1 HTTP/1.1", ""),
            ("GET /cats?limit=1&colours=black&colours=white HTTP/1.1", ""),
            ("GET /cats?limit=1&colours=red HTTP/1.1", ""),
            ("GET /cats?limit=1&near[km]=5 HTTP/1.1", ""),
            ("GET /cats?limit=1&near[km]=far HTTP/1.1", ""),
            ("GET /cats HTTP/1.1", ""),
            ("GET /cats?limit=many HTTP/1.1", ""),
            ("GET /cats?limit=0 HTTP/1.1", ""),
            ("GET /cats?limit=101 HTTP/1.1", ""),
            ("GET /cats?limit=1 HTTP/1.1\nX-Trace: 123e4567-e89b-42d3-a456-426614174000", ""),
            ("GET /cats?limit=1 HTTP/1.1\nX-Trace: none", ""),
            ("PUT /cats HTTP/1.1", ""),
            ("GET /dogs HTTP/1.1", ""),
            ("GET /cats/7 HTTP/1.1", ""),
            ("GET /cats/seven HTTP/1.1", ""),
            ("GET /cats/best HTTP/1.1", ""),
            ("DELETE /cats/7 HTTP/1.1", ""),
            ("POST /cats HTTP/1.1\nContent-Type: application/json", "{\"id\": 1, \"name\": \"Tom\"}"),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json", "{\"id\": 1, \"name\": \"Tom\"}"),
            (
                "POST /cats HTTP/1.1\nAuthorization: Bearer t\nContent-Type: application/json",
                "{\"id\": 1, \"name\": \"Tom\"}",
            ),
            (
                "POST /cats HTTP/1.1\nAuthorization: Basic t\nContent-Type: application/json",
                "{\"id\": 1, \"name\": \"Tom\"}",
            ),
            (
                "POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json",
                "{\"id\": 1, \"name\": \"Tom\", \"more\": true}",
            ),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json", "{\"id\": \"1\", \"name\": \"Tom\"}"),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json", "{\"id\": 1}"),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json", "{\"id\": 1, \"name\": \"T\"}"),
            (
                "POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json",
                "{\"id\": 1, \"name\": \"Tom\", \"kind\": \"big\"}",
            ),
            (
                "POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json",
                "{\"id\": 1, \"name\": \"Tom\", \"born\": \"today\"}",
            ),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/json", "[]"),
            ("POST /cats HTTP/1.1\nX-Key: k", ""),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: text/plain", "Tom"),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/x-www-form-urlencoded", "id=1&name=Tom"),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/x-www-form-urlencoded", "id=one&name=Tom"),
            ("POST /cats HTTP/1.1\nX-Key: k\nContent-Type: application/x-www-form-urlencoded", "id=1"),
        ],
    );
}

#[test]
#[ignore = "it takes Node and Prism"]
fn toys_are_answered_as_by_prism() {
    hold(
        &fixture("toys.json"),
        &[
            ("GET /toys/ball/a.json HTTP/1.1", ""),
            ("GET /toys/stick/a.json HTTP/1.1", ""),
            ("GET /toys/ball/a HTTP/1.1", ""),
            ("PUT /toys HTTP/1.1", ""),
            ("PUT /toys HTTP/1.1\nContent-Type: application/json", "[null, { \"colour\": 1 }]"),
            ("PUT /toys HTTP/1.1\nContent-Type: application/json", "[{ \"colour\": \"red\" }]"),
            ("PUT /toys HTTP/1.1\nContent-Type: application/json", "[{ \"colour\": true }]"),
            ("PUT /toys HTTP/1.1\nContent-Type: application/json", "[{}]"),
            ("PUT /toys HTTP/1.1\nContent-Type: application/json", "[null, null, null]"),
            ("PUT /toys HTTP/1.1\nContent-Type: application/json\nPrefer: code=500", "[]"),
        ],
    );
}

#[test]
#[ignore = "it takes Node and Prism"]
fn the_balance_is_answered_as_by_prism() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/partner-center.yaml");
    let token = "Authorization: Bearer token";
    let requests = [
        format!("GET /v1/invoices/summary HTTP/1.1\n{token}"),
        format!("GET /v1/invoices/summary HTTP/1.1\n{token}\nMS-RequestId: a45e6643-1caf-4429-8f90-07c03d85bc2b"),
        format!("GET /v1/invoices/summary HTTP/1.1\n{token}\nPrefer: code=401"),
        format!("GET /v1/invoices/summary HTTP/1.1\n{token}\nPrefer: code=429"),
        format!("POST /v1/invoices/summary HTTP/1.1\n{token}"),
        "GET /v1/invoices/summary HTTP/1.1".to_owned(),
        "GET /v1/invoices HTTP/1.1".to_owned(),
    ];
    let requests: Vec<_> = requests.iter().map(|head| (head.as_str(), "")).collect();
    hold(&spec, &requests);
}
