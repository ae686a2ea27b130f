//! The proxy that the environment names, which leads to the API or does not. What it can read of a call
//! is where it goes: no token, and nothing that is called by plain `http`.

use std::sync::{Arc, Mutex};

use client_tests::server::{Server, Step, answer, send};
use generated_client::BaseUrl;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};

use super::apart;
use super::authority::{Authority, Goodbye, speak_tls};
use super::scene::{CANARY, SMALL, Scene, soon};

/// A proxy that connects to what it is asked for, or to what it likes, and keeps what it could read.
struct Tunnel {
    address: String,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Tunnel {
    async fn open(elsewhere: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let seen = Arc::<Mutex<Vec<u8>>>::default();
        let sees = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(tunnel(stream, elsewhere.clone(), Arc::clone(&sees)));
            }
        });
        Self { address, seen }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().expect("no panic")).into_owned()
    }
}

async fn tunnel(mut client: TcpStream, elsewhere: Option<String>, seen: Arc<Mutex<Vec<u8>>>) -> Option<()> {
    let see = |bytes: &[u8]| seen.lock().expect("no panic").extend_from_slice(bytes);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await.ok()?);
    }
    see(&head);
    let head = String::from_utf8(head).ok()?;
    let asked = head.strip_prefix("CONNECT ")?.split(' ').next()?;
    let target = elsewhere.unwrap_or_else(|| asked.to_owned());
    let mut server = TcpStream::connect(target).await.ok()?;
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.ok()?;
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let requests = async {
        let mut piece = vec![0; 0x4000];
        while let Ok(count @ 1..) = from_client.read(&mut piece).await {
            see(&piece[..count]);
            to_server.write_all(&piece[..count]).await.ok()?;
        }
        Some(())
    };
    tokio::select! {
        _ = requests => {}
        _ = copy(&mut from_server, &mut to_client) => {}
    }
    Some(())
}

#[tokio::test]
async fn through_a_proxy() {
    const ROW: &str = "proxy::through_a_proxy";
    if apart::case().is_none() {
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
            let proxy = Tunnel::open(None).await;
            let url = format!("http://user:{CANARY}-password@{}", proxy.address);
            assert!(Authority::trusted(ROW, 1, &[(name, &url)]).await.is_none());
            let text = proxy.text();
            let (head, rest) = text.split_once("\r\n\r\n").expect("a head");
            assert!(head.starts_with("CONNECT 127.0.0.1:"), "{head}");
            assert!(head.to_lowercase().contains("\r\nproxy-authorization: basic "), "{head}");
            assert!(!head.contains(CANARY), "{head}");
            assert!(!rest.is_empty() && !rest.contains(CANARY) && !rest.contains("HTTP/1.1"), "{rest}");
        }
        return;
    }
    let authority = Authority::trusted(ROW, 1, &[]).await.expect("this process has one");
    let scene = Scene::saying([answer("200 OK", SMALL)]).await;
    let url = speak_tls(&scene.api, authority.certificate(|_| {}), Goodbye::Said).await;
    let scene = scene.at(url);
    scene.succeeds(1, 1).await;
    assert!(!scene.api.requests()[0].to_lowercase().contains("proxy"), "that is between here and the proxy");
}

#[tokio::test]
async fn past_a_proxy() {
    const ROW: &str = "proxy::past_a_proxy";
    if apart::case().is_none() {
        let proxy = Server::saying([answer("200 OK", SMALL)]).await;
        let url = format!("http://{}", proxy.address());
        assert!(Authority::trusted(ROW, 1, &[("HTTPS_PROXY", &url), ("NO_PROXY", "127.0.0.1")]).await.is_none());
        assert_eq!(proxy.connections(), 0);
        return;
    }
    let authority = Authority::trusted(ROW, 1, &[]).await.expect("this process has one");
    let scene = Scene::saying([answer("200 OK", SMALL)]).await;
    let url = speak_tls(&scene.api, authority.certificate(|_| {}), Goodbye::Said).await;
    scene.at(url).succeeds(1, 1).await;
}

#[tokio::test]
async fn plain_http_past_a_proxy() {
    if apart::case().is_some() {
        return Scene::saying([answer("200 OK", SMALL)]).await.succeeds(1, 1).await;
    }
    let proxy = Server::saying([answer("200 OK", SMALL)]).await;
    let url = format!("http://{}", proxy.address());
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"] {
        apart::run("proxy::plain_http_past_a_proxy", 0, &[(name, &url)]).await;
    }
    assert_eq!(proxy.connections(), 0);
}

/// What a proxy does, and what the caller gets.
fn refusals() -> Vec<(Vec<Step>, &'static str)> {
    let flood = Step::Flood(b"0".repeat(1000), usize::MAX);
    vec![
        (
            vec![answer("407 Proxy Authentication Required\nProxy-Authenticate: Basic", "")],
            ": proxy authorization required",
        ),
        (vec![answer("502 Bad Gateway", "<h1>no</h1>")], ""),
        (vec![answer("403 Forbidden", "")], ""),
        (vec![answer("302 Found\nLocation: http://127.0.0.1:1/", "")], ""),
        (vec![send("SSH-2.0-OpenSSH_9.6\r\n")], ""),
        (vec![send("HTTP/1.1 200 OK\r\nX-Flood: "), flood], ": proxy response headers too long"),
        (vec![Step::Close], ": unexpected end of file"),
        (vec![send("HTTP/1.1 200 OK\r\n"), Step::Pause, Step::Reset], ": Connection reset by peer (os error 104)"),
    ]
}

/// An address that speaks TLS, if the proxy led there.
fn nowhere() -> BaseUrl {
    "https://127.0.0.1:1".parse().expect("a loopback address")
}

#[tokio::test]
async fn a_proxy_that_refuses() {
    let cases = refusals();
    if let Some((_, why)) = apart::case().map(|case| &cases[case]) {
        let scene = Scene::new(Server::gone().await).await.at(nowhere());
        return scene.fails().await.is(
            "transport Connect, no status, retryable, attempts 4, requests 0, token requests 1",
            &format!("cannot connect to API: the proxy of the environment (`HTTPS_PROXY`) made no connection{why}"),
        );
    }
    for (case, (steps, _)) in cases.into_iter().enumerate() {
        let proxy = Server::saying(steps).await;
        let url = format!("http://user:{CANARY}-password@{}", proxy.address());
        apart::run("proxy::a_proxy_that_refuses", case, &[("HTTPS_PROXY", &url)]).await;
        soon("there were four connections, and all are closed", || (proxy.connections(), proxy.open()) == (4, 0)).await;
        assert!(!proxy.requests().concat().contains(CANARY));
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there() {
    if apart::case().is_some() {
        let scene = Scene::new(Server::gone().await).await.at(nowhere());
        return scene.fails().await.is(
            "transport Connect, no status, retryable, attempts 4, requests 0, token requests 1",
            "cannot connect to API: the proxy of the environment (`HTTPS_PROXY`) made no connection: Connection refused \
             (os error 111)",
        );
    }
    let url = format!("http://{}", Server::gone().await.address());
    apart::run("proxy::a_proxy_that_is_not_there", 0, &[("HTTPS_PROXY", &url)]).await;
}

#[tokio::test]
async fn a_proxy_that_is_slow() {
    if apart::case().is_some() {
        let scene = Scene::new(Server::gone().await).await.at(nowhere()).slow();
        return scene.fails().await.is(
            "transport Timeout, no status, retryable, attempts 2, requests 0, token requests 1",
            "API did not answer in time: an attempt may take 250ms",
        );
    }
    for step in [Step::UntilClosed(Arc::default()), Step::Drip(b"H".into())] {
        let steps = [send("HTTP/1.1 200 OK\r\nX-Drip: "), step];
        let proxy = Server::saying(steps).await;
        let url = format!("http://{}", proxy.address());
        apart::run("proxy::a_proxy_that_is_slow", 0, &[("HTTPS_PROXY", &url)]).await;
        soon("there were two connections, and both are closed", || (proxy.connections(), proxy.open()) == (2, 0)).await;
    }
}

#[tokio::test]
async fn a_proxy_that_looks_into_tls() {
    // It has a certificate for every host, and an authority of its own that nobody knows.
    if apart::case().is_some() {
        let scene = Scene::new(Server::gone().await).await.at(nowhere());
        return scene.fails().await.is(
            "transport Tls, no status, final, attempts 1, requests 0, token requests 1",
            "cannot connect to API: invalid peer certificate: UnknownIssuer",
        );
    }
    let api = Server::saying([answer("200 OK", SMALL)]).await;
    let url = speak_tls(&api, Authority::new().certificate(|_| {}), Goodbye::Said).await.to_string();
    let proxy = Tunnel::open(url.strip_prefix("https://").map(str::to_owned)).await;
    let url = format!("http://{}", proxy.address);
    apart::run("proxy::a_proxy_that_looks_into_tls", 0, &[("HTTPS_PROXY", &url)]).await;
    assert!(!proxy.text().is_empty() && !proxy.text().contains(CANARY));
    assert_eq!(api.connections(), 0, "what is behind it sees nothing");
}
