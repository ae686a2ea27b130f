//! No secret of any kind in anything that can be printed, whatever becomes of a call.

use std::error::Error as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;

use super::fake_clock::FakeClock;
use super::http_support::*;
use super::http_trace::Recorder;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::credential::{BearerToken, Credential};
use crate::runtime::key::Key;
use crate::runtime::request::Request;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::security::Scheme;
use crate::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// With signs that a query, HTML and JSON spell in other ways.
const SECRET: &str = "canary-0&<\"é +/=%";
const PLAIN: &str = "canary/1+2=";

/// One of each kind, with the secret of each.
fn credentials() -> Vec<(&'static str, Credential)> {
    let basic = |user: &str, password: &str| Key::basic(user.to_owned(), password.to_owned());
    vec![
        (PLAIN, BearerToken::new(PLAIN).into()),
        (PLAIN, Key::header("X-Key", PLAIN).into()),
        (PLAIN, Key::http("Token", PLAIN).into()),
        (SECRET, Key::query("key", SECRET).into()),
        (PLAIN, Key::query("key", PLAIN).into()),
        (PLAIN, Key::cookie("key", PLAIN).into()),
        (SECRET, basic("canary-user", SECRET).into()),
        (PLAIN, basic(PLAIN, "").into()),
    ]
}

/// Fails or answers with all of the request, as nobody should.
struct Careless {
    secret: &'static str,
    status: Option<u16>,
}

impl Transport for Careless {
    fn send(&self, request: http::Request<crate::runtime::body::Body>) -> BoxFuture<'_, Answer> {
        let (head, _) = request.into_parts();
        let mut lines = vec![head.uri.to_string(), self.secret.to_owned()];
        lines.extend(head.headers.values().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()));
        if let Some(query) = head.uri.query() {
            lines.push(percent_encoding::percent_decode_str(query).decode_utf8_lossy().into_owned());
        }
        let text = lines.join(" ");
        let Some(status) = self.status else {
            return Box::pin(async { Err(TransportError::new(TransportErrorKind::Other, text)) });
        };
        let mut response = answer(status, format!("{{\"name\": {}}}", serde_json::Value::from(text.as_str())));
        // As a redirect repeats the query.
        response.headers_mut().insert("Location", head.uri.to_string().parse().unwrap());
        Box::pin(async { Ok(response) })
    }
}

/// All that can be printed of a call that is signed with `credential`.
async fn printed(credential: Credential, transport: impl Transport + 'static) -> (String, String) {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let credential = credential.of_scheme("key");
    let mut text = format!("{credential:?} {credential:#?}");
    let builder = Client::builder(base_url()).credential(credential).transport(transport);
    let builder = builder.clock(FakeClock::new()).retry(RetryPolicy::default().retries(1));
    text += &format!("{builder:?}");
    let client = builder.build().unwrap();
    text += &format!("{client:?} {client:#?}");
    let mut request = Request::new(Method::GET, "/things");
    request.query("limit", &1);
    request.security(&[&[Scheme::Own("key")]]);
    let call = Call::<GetThing>::new(&client, request);
    text += &format!("{call:?} {:?}", call.request);
    let mut said = String::new();
    match call.send().await {
        Ok(response) => text += &format!("{response:?}"),
        Err(error) => {
            said = error.to_string();
            text += &format!("{error} {error:?} {error:#?} {:?} {:?}", error.headers(), error.url());
            text += &String::from_utf8_lossy(error.body().map_or(&[], |body| body));
            let mut source = error.source();
            while let Some(cause) = source {
                text += &format!("{cause} {cause:?}");
                source = cause.source();
            }
        }
    }
    (text + &recorder.text(), said)
}

/// The ways that the secrets could be spelled.
fn spellings() -> Vec<String> {
    let encoded =
        [("canary-user", SECRET), (PLAIN, "")].map(|(user, password)| STANDARD.encode(format!("{user}:{password}")));
    [vec!["canary-0".to_owned(), "canary/1".to_owned(), "canary%2F1".to_owned()], encoded.to_vec()].concat()
}

fn is_free(text: &str) {
    for spelling in spellings() {
        assert!(!text.contains(&spelling), "{spelling} in {text}");
    }
}

#[tokio::test]
async fn whatever_the_server_answers() {
    for (secret, credential) in credentials() {
        // 401 has documented contents, 500 is repeated, and a redirect is an error.
        for status in [401, 302, 404, 500] {
            let (text, said) = printed(credential.clone(), Careless { secret, status: Some(status) }).await;
            assert!(said.contains("getThing failed") && said.contains(&status.to_string()), "{said}");
            is_free(&text);
        }
    }
}

/// A transport of the caller's own whose errors show the address, as those of many do.
#[tokio::test]
async fn whatever_the_transport_says() {
    for (secret, credential) in credentials() {
        let (text, said) = printed(credential, Careless { secret, status: None }).await;
        assert!(said.contains("broke off"), "{said}");
        is_free(&text);
    }
}

/// On success, the answer is the caller's, but nothing else shows the secret.
#[tokio::test]
async fn on_success() {
    for (_, credential) in credentials() {
        let requests = Requests::default();
        let transport = Canned { answer: || Ok(answer(200, r#"{"name": "a"}"#)), requests: requests.clone() };
        let (text, said) = printed(credential, transport).await;
        assert_eq!(said, "");
        is_free(&text);
        let sent = requests.lock().unwrap();
        assert!(!format!("{:?}", sent[0].1).contains("canary"), "headers are marked: {sent:?}");
    }
}
