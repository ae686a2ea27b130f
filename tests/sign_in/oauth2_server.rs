//! Against a certified authorization server that other people wrote: the package `oidc-provider`,
//! which takes each refresh token once.
//!
//! It needs Node, and the package in the folder that the variable `OIDC_PROVIDER` names; `.ci/run`
//! installs it there and runs these tests. By hand: `npm install --prefix FOLDER oidc-provider@9`.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use client_tests::documented;
use generated_client::credentials::{AppAndUser, AppOnly};
use generated_client::secrecy::{ExposeSecret, SecretString};
use generated_client::{
    BaseUrl, BoxFuture, Client, Clock, Credential, Error, ErrorKind, Server as Cloud, SystemClock, TokenErrorKind,
};

use super::server::Server;
use super::{REFRESH, no_secret};

/// With what a form has to spell in another way.
const SECRET: &str = "canary ~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./%41";
const CLIENT_ID: &str = "app 1";
const API: &str = "https://api.partnercenter.microsoft.com";

/// The authorization server, which ends with the test, and the API.
struct Services {
    process: Child,
    tokens: BaseUrl,
    refresh_token: String,
    api: Server,
}

impl Drop for Services {
    fn drop(&mut self) {
        // If this test is killed, the end of its input makes the server stop.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Services {
    fn start() -> Self {
        let folder = env::var_os("OIDC_PROVIDER").expect("OIDC_PROVIDER names the folder with the package");
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sign_in/oidc_provider.mjs");
        let mut node = Command::new("node");
        node.arg(script).arg(folder).arg(SECRET);
        let node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = node.spawn().expect("Node runs");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let Ok(ready) = serde_json::from_str::<serde_json::Value>(&line) else {
            let mut said = String::new();
            let _ = process.stderr.take().expect("its errors").read_to_string(&mut said);
            panic!("the authorization server does not start\n{line}{said}");
        };
        let text = |name: &str| ready[name].as_str().expect("a text").to_owned();
        Self {
            tokens: text("url").parse().expect("a loopback address"),
            refresh_token: text("refresh_token"),
            process,
            api: Server::saying("200 OK", documented::GET_INVOICE_SUMMARY_200_DOCUMENTED),
        }
    }

    fn token_url(&self) -> BaseUrl {
        format!("{}/token", self.tokens).parse().expect("a loopback address")
    }

    fn app(&self, secret: &str) -> AppOnly {
        AppOnly::new(Cloud::Global, "contoso", CLIENT_ID, secret).token_url(self.token_url())
    }

    fn user(&self, secret: &str, refresh_token: &str) -> AppAndUser {
        AppAndUser::new(Cloud::Global, "contoso", CLIENT_ID, secret, refresh_token).token_url(self.token_url())
    }

    fn client(&self, credential: impl Into<Credential>, clock: &Shifted) -> Client {
        let server: BaseUrl = self.api.url().parse().expect("a loopback address");
        Client::builder(server).credential(credential).clock(clock.clone()).build().expect("a client")
    }

    /// The tokens that the API got, in their order.
    fn called(&self) -> Vec<String> {
        let sent = self.api.requests().into_iter().filter_map(|request| request.authorization);
        sent.map(|value| value.strip_prefix("Bearer ").expect("a bearer token").to_owned()).collect()
    }

    /// What the authorization server says about a token: whether it is good, whose it is, for what.
    fn introspect(&self, token: &str) -> (bool, String, String) {
        let secret: String = SECRET.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let form = format!("client_id=app%201&client_secret={secret}&token={token}");
        let host = self.tokens.to_string().replace("http://", "");
        let head = format!("POST /token/introspection HTTP/1.1\r\nHost: {host}\r\nConnection: close");
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let request = format!("{head}\r\n{kind}\r\nContent-Length: {}\r\n\r\n{form}", form.len());
        let mut stream = TcpStream::connect(host).expect("a connection");
        stream.write_all(request.as_bytes()).expect("it takes the request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        let answer: serde_json::Value = serde_json::from_str(body).expect("JSON");
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        (answer["active"] == true, text("client_id"), text("scope"))
    }
}

/// The clock of the machine, some seconds ahead.
#[derive(Clone, Default)]
struct Shifted(Arc<AtomicU64>);

impl Shifted {
    fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Shifted {
    fn now(&self) -> Instant {
        SystemClock.now()
    }

    fn wall(&self) -> SystemTime {
        SystemClock.wall() + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        SystemClock.sleep(duration)
    }
}

async fn call(client: &Client) {
    let summary = client.invoices().summary().await.expect("the documented answer");
    assert_eq!(summary.balance_amount.to_string(), "751094.39");
}

/// Why there is no token, and the sentence about it.
async fn refusal(client: &Client) -> (TokenErrorKind, Option<u16>, String) {
    let error: Error<_> = client.invoices().summary().await.expect_err("there is no token");
    no_secret(&format!("{error} {error:?}"));
    let ErrorKind::Token(token) = error.kind() else { panic!("{error}") };
    (token.kind(), token.status().map(|status| status.as_u16()), error.to_string())
}

#[tokio::test]
#[ignore = "needs Node and the package oidc-provider; .ci/run has them"]
async fn the_application_gets_tokens_and_the_next_ones() {
    let (services, clock) = (Services::start(), Shifted::default());
    let client = services.client(services.app(SECRET), &clock);
    // They last for 600 s, and are replaced 120 s before.
    for seconds in [0, 470, 20] {
        clock.advance(seconds);
        call(&client).await;
    }
    let [first, second, third] = services.called().try_into().expect("three calls");
    assert_eq!(first, second);
    assert_ne!(second, third);
    for token in [first, third] {
        let expected = (true, CLIENT_ID.to_owned(), format!("{API}/.default"));
        assert_eq!(services.introspect(&token), expected);
    }
    assert!(!services.introspect("another").0, "the server knows its tokens");
}

#[tokio::test]
#[ignore = "needs Node and the package oidc-provider; .ci/run has them"]
async fn the_user_gets_tokens_by_rotating_refresh_tokens() {
    let (services, clock) = (Services::start(), Shifted::default());
    let rotated = Arc::<Mutex<Vec<String>>>::default();
    let kept = Arc::clone(&rotated);
    let keep = move |token: &SecretString| {
        kept.lock().expect("no test panicked here").push(token.expose_secret().to_owned());
    };
    let user = services.user(SECRET, &services.refresh_token).on_rotated(keep);
    let client = services.client(user, &clock);
    for seconds in [0, 470, 20, 490] {
        clock.advance(seconds);
        call(&client).await;
    }
    let called = services.called();
    assert_eq!(called[0], called[1]);
    assert!(called[1] != called[2] && called[2] != called[3], "each refresh token gave an access token");
    let expected = (true, CLIENT_ID.to_owned(), format!("{API}/user_impersonation offline_access"));
    assert_eq!(services.introspect(&called[3]), expected);

    let last = {
        let rotated = rotated.lock().expect("no test panicked here");
        assert_eq!(rotated.len(), 3, "each new refresh token is handed over");
        rotated[2].clone()
    };
    call(&services.client(services.user(SECRET, &last), &clock)).await;
    // The first one was used up; the server takes that for a theft.
    let stale = services.client(services.user(SECRET, &services.refresh_token), &clock);
    let (kind, status, sentence) = refusal(&stale).await;
    assert_eq!((kind, status), (TokenErrorKind::InvalidGrant, Some(400)));
    assert!(sentence.contains("sign in again to get a new refresh token"), "{sentence}");
}

#[tokio::test]
#[ignore = "needs Node and the package oidc-provider; .ci/run has them"]
async fn wrong_secrets_are_told_apart() {
    let (services, clock) = (Services::start(), Shifted::default());
    let user = |secret, token| services.client(services.user(secret, token), &clock);
    for (client, kind, status, said) in [
        (
            services.client(services.app("canary-wrong"), &clock),
            TokenErrorKind::InvalidClient,
            401,
            "(invalid_client: client authentication failed): check the client id and the secret",
        ),
        (
            user("canary-wrong", &services.refresh_token),
            TokenErrorKind::InvalidClient,
            401,
            "(invalid_client: client authentication failed): check the client id and the secret",
        ),
        (
            user(SECRET, REFRESH),
            TokenErrorKind::InvalidGrant,
            400,
            "(invalid_grant: grant request is invalid): sign in again to get a new refresh token",
        ),
        (
            services.client(services.user(SECRET, &services.refresh_token).scope("unknown"), &clock),
            TokenErrorKind::InvalidScope,
            400,
            "check the scope, and that the token service is the one for this API",
        ),
    ] {
        let (found, with, sentence) = refusal(&client).await;
        assert_eq!((found, with), (kind, Some(status)), "{sentence}");
        assert!(sentence.contains(said), "{sentence}");
    }
    assert!(services.called().is_empty(), "no call without a token");
}
