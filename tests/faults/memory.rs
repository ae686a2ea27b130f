//! What answers cost in memory. The most that a process has held counts all rows that ran in it, and the
//! servers too, so these rows have processes of their own, which are told where the API is.

use std::env;
use std::fs;

use client_tests::server::{Server, Step, endless, send, sized};
use generated_client::BaseUrl;

use super::apart;
use super::scene::{LIMIT, SMALL, Scene, summary};

const API: &str = "FAULTS_API";

/// The largest answer that a client reads unless told otherwise.
const LARGEST: usize = 32 << 20;

/// The most memory that this process has held so far, in bytes.
fn held() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
    peak.and_then(|peak| peak.trim().parse::<usize>().ok()).expect("a number of KiB") << 10
}

/// What the process of a row has: a client that has made a call, the API to call then, and what was held
/// so far.
async fn scene() -> (Scene, usize) {
    let scene = Scene::saying([sized("200 OK", SMALL.len(), SMALL)]).await;
    scene.succeeds(1, 1).await;
    let url: BaseUrl = env::var(API).expect("where the API is").parse().expect("a URL");
    (scene.at(url), held())
}

#[tokio::test]
async fn numbers_that_nobody_reads() {
    // A node of the tree takes 32 bytes, and a `0` and its comma two; beside the tree, there is the body, and what
    // is kept of it as text, which may have grown to twice its size.
    const MOST: usize = 20 * LARGEST;
    if apart::case().is_some() {
        let (scene, before) = scene().await;
        // What is printed of it takes a lot more.
        let response = summary(&scene.client()).send().await.expect("an answer");
        let held = held() - before;
        assert!(response.body().len() > LARGEST - 0x2_0000 && response.undeclared.len() == 1);
        assert!(held < MOST, "{held} bytes");
        return;
    }
    let (head, tail) = (format!("{}, \"more\": [", &SMALL[..SMALL.len() - 1]), "0]}");
    let zeros = b"0,".repeat(0x8000);
    let count = (LARGEST - head.len() - tail.len()) / zeros.len() * zeros.len();
    let length = head.len() + count + tail.len();
    let api = Server::saying([sized("200 OK", length, head), Step::Flood(zeros, count), send(tail)]).await;
    apart::run("memory::numbers_that_nobody_reads", 0, &[(API, &api.url().to_string())]).await;
}

#[tokio::test]
async fn answers_without_end() {
    const MOST: usize = 8 << 20;
    const FLOOD: usize = 16 << 20;
    if apart::case().is_some() {
        let (scene, before) = scene().await;
        let scene = scene.with(|builder| builder.attempt_timeout(LIMIT).max_body_size(1 << 20));
        let error = scene.call(&scene.client()).await.expect_err("there is no end");
        let held = held() - before;
        assert!(held < MOST, "{held} bytes for {error}");
        return;
    }
    let flood = |beginning: &str, piece: &str| {
        vec![send(beginning), Step::Flood(piece.repeat(0x4000 / piece.len()).into(), FLOOD)]
    };
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let floods = [
        flood("HTTP/1.1 200 OK\r\nX-Flood: ", "0"),
        flood("", "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"),
        flood(&format!("{chunked}1;"), "0"),
        flood(&format!("{chunked}1\r\n{{\r\n0\r\n"), "X: 0\r\n"),
        flood("HTTP/1.1 101 Switching Protocols\r\n\r\n", "0"),
        endless("200 OK", FLOOD).into(),
        endless("500 Internal Server Error", FLOOD).into(),
    ];
    for (case, steps) in floods.into_iter().enumerate() {
        let api = Server::saying(steps).await;
        apart::run("memory::answers_without_end", case, &[(API, &api.url().to_string())]).await;
    }
}
