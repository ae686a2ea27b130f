//! Which credentials a call is sent with, and where they stand.

use http::Method;

use super::http_support::*;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::client::ClientBuilder;
use crate::runtime::credential::{BearerToken, Credential};
use crate::runtime::error::ErrorKind;
use crate::runtime::key::Key;
use crate::runtime::request::Request;
use crate::runtime::security::{Alternatives, Scheme};
use crate::runtime::token::{AccessToken, TokenContext, TokenSource};
use crate::runtime::token_error::TokenError;
use crate::runtime::transport::BoxFuture;

const BEARER: Scheme = Scheme::Bearer("bearer");
const OTHER_BEARER: Scheme = Scheme::Bearer("other bearer");
const ID: Scheme = Scheme::Own("id");
const KEY: Scheme = Scheme::Own("key");
const SESSION: Scheme = Scheme::Own("session");

fn token() -> Credential {
    BearerToken::new("token").into()
}

fn id() -> Credential {
    Credential::from(Key::header("X-Id", "1 2")).of_scheme("id")
}

fn key() -> Credential {
    Credential::from(Key::query("k&y", "a b&c=é")).of_scheme("key")
}

fn session() -> Credential {
    Credential::from(Key::cookie("session", "c%3Dd")).of_scheme("session")
}

fn builder(held: impl IntoIterator<Item = Credential>) -> (ClientBuilder, Requests) {
    let requests = Requests::default();
    let builder = Client::builder(base_url())
        .transport(Canned { answer: || Ok(answer(200, r#"{"name": "a"}"#)), requests: requests.clone() });
    (held.into_iter().fold(builder, ClientBuilder::credential), requests)
}

/// What a client sends for an operation that takes `wanted`: the query, and the headers that credentials
/// stand in.
async fn sent(wanted: Alternatives, held: impl IntoIterator<Item = Credential>) -> Result<String, String> {
    let (builder, requests) = builder(held);
    let client = builder.build().unwrap();
    let mut request = Request::new(Method::GET, "/things");
    request.query("limit", &1);
    request.header("X-Id", &"none");
    request.security(wanted);
    Call::<GetThing>::new(&client, request).await.map_err(|error| {
        assert!(matches!(error.kind(), ErrorKind::Credential(_)) && !error.is_retryable(), "{error:?}");
        assert_eq!((error.attempts(), requests.lock().unwrap().len()), (0, 0));
        error.to_string()
    })?;
    let (uri, headers) = requests.lock().unwrap().remove(0);
    let mut text = uri.query().unwrap().to_owned();
    for name in ["authorization", "cookie", "x-id"] {
        for value in headers.get_all(name) {
            assert!(value.is_sensitive() || value == "none", "{name}");
            text += &format!(" {name}: {}", value.to_str().unwrap());
        }
    }
    Ok(text)
}

#[tokio::test]
async fn each_key_stands_in_its_place() {
    assert_eq!(sent(&[&[ID]], [id()]).await.unwrap(), "limit=1 x-id: 1 2");
    assert_eq!(sent(&[&[KEY]], [key()]).await.unwrap(), "limit=1&k%26y=a%20b%26c%3D%C3%A9 x-id: none");
    assert_eq!(sent(&[&[SESSION]], [session()]).await.unwrap(), "limit=1 cookie: session=c%3Dd x-id: none");
    let all = "limit=1&k%26y=a%20b%26c%3D%C3%A9 authorization: Bearer token cookie: session=c%3Dd x-id: 1 2";
    assert_eq!(sent(&[&[ID, KEY, BEARER, SESSION]], [token(), session(), key(), id()]).await.unwrap(), all);
}

#[tokio::test]
async fn http_schemes_stand_in_the_authorization_header() {
    let basic = |user: &str, password: &str| Credential::from(Key::basic(user, password)).of_scheme("id");
    // The examples of RFC 7617, sections 2 and 2.1.
    let sent_basic = sent(&[&[ID]], [basic("Aladdin", "open sesame")]).await.unwrap();
    assert_eq!(sent_basic, "limit=1 authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== x-id: none");
    let sent_basic = sent(&[&[ID]], [basic("test", "123£")]).await.unwrap();
    assert_eq!(sent_basic, "limit=1 authorization: Basic dGVzdDoxMjPCow== x-id: none");
    let sent_basic = sent(&[&[ID]], [basic("key", "")]).await.unwrap();
    assert_eq!(sent_basic, "limit=1 authorization: Basic a2V5Og== x-id: none");
    let other = Credential::from(Key::http("Digest", "username=\"a\", uri=\"/\"")).of_scheme("id");
    let sent_other = sent(&[&[ID]], [other]).await.unwrap();
    assert_eq!(sent_other, "limit=1 authorization: Digest username=\"a\", uri=\"/\" x-id: none");
}

#[tokio::test]
async fn the_first_alternative_counts_that_is_held_as_a_whole() {
    let wanted: Alternatives = &[&[ID, KEY], &[BEARER], &[SESSION]];
    assert_eq!(sent(wanted, [id(), session()]).await.unwrap(), "limit=1 cookie: session=c%3Dd x-id: none");
    let bearer = "limit=1 authorization: Bearer token x-id: none";
    assert_eq!(sent(wanted, [session(), id(), token()]).await.unwrap(), bearer);
    let both = "limit=1&k%26y=a%20b%26c%3D%C3%A9 x-id: 1 2";
    assert_eq!(sent(wanted, [token(), key(), session(), id()]).await.unwrap(), both);
}

#[tokio::test]
async fn a_credential_goes_only_where_it_is_asked_for() {
    let all = || [id(), key(), session(), token()];
    assert_eq!(sent(&[], all()).await.unwrap(), "limit=1 x-id: none");
    assert_eq!(sent(&[&[], &[Scheme::Own("another")]], all()).await.unwrap(), "limit=1 x-id: none");
    assert_eq!(sent(&[&[], &[ID]], all()).await.unwrap(), "limit=1 x-id: 1 2");
}

#[tokio::test]
async fn a_token_of_a_scheme_is_for_that_alone() {
    let own = || Credential::from(BearerToken::new("own")).of_scheme("bearer");
    let header = |token| format!("limit=1 authorization: Bearer {token} x-id: none");
    assert_eq!(sent(&[&[BEARER]], [token(), own()]).await.unwrap(), header("own"));
    assert_eq!(sent(&[&[OTHER_BEARER]], [token(), own()]).await.unwrap(), header("token"));
    assert_eq!(sent(&[&[Scheme::Token]], [own(), token()]).await.unwrap(), header("token"));
    assert!(sent(&[&[OTHER_BEARER]], [own()]).await.is_err());
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let error = sent(&[&[ID, KEY], &[BEARER]], [id(), session()]).await.unwrap_err();
    assert_eq!(
        error,
        "getThing failed: the client has no credential for it: it takes `id` together with `key`, or `bearer` (any \
         bearer token), and the client has `id`, `session`; give the client one more with \
         `ClientBuilder::credential`"
    );
}

#[tokio::test]
async fn without_any_credential_signing_is_up_to_the_transport() {
    assert_eq!(sent(&[&[ID]], []).await.unwrap(), "limit=1 x-id: none");
}

#[tokio::test]
async fn one_more_for_a_scheme_replaces_the_one_before() {
    let other = || Credential::from(Key::header("X-Id", "3")).of_scheme("id");
    assert_eq!(sent(&[&[ID]], [id(), other()]).await.unwrap(), "limit=1 x-id: 3");
}

#[tokio::test]
async fn a_key_replaces_a_parameter_of_its_name() {
    let limit = || Credential::from(Key::query("limit", "2")).of_scheme("id");
    assert_eq!(sent(&[&[ID]], [limit()]).await.unwrap(), "limit=2 x-id: none");
}

#[tokio::test]
async fn a_cookie_stands_behind_the_cookies_of_the_call() {
    let (builder, requests) = builder([session()]);
    let client = builder.build().unwrap();
    let mut request = Request::new(Method::GET, "/things");
    request.header("Cookie", &"a=1");
    request.set_cookie("b", "b=2".to_owned());
    request.security(&[&[SESSION]]);
    Call::<GetThing>::new(&client, request).await.unwrap();
    assert_eq!(requests.lock().unwrap()[0].1["cookie"], "a=1; b=2; session=c%3Dd");
}

/// Gives `token-0`, `token-1` and so on.
#[derive(Default)]
struct Counted(std::sync::atomic::AtomicUsize);

impl TokenSource for Counted {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        let number = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::new(format!("token-{number}"))) })
    }
}

#[tokio::test]
async fn only_a_refused_token_is_replaced() {
    const WITH_TOKEN: Alternatives = &[&[BEARER, KEY]];
    for (wanted, expected) in [(WITH_TOKEN, 2), (&[&[KEY]], 1)] {
        let requests = Requests::default();
        let transport = Canned { answer: || Ok(answer(401, r#"{"name": "a"}"#)), requests: requests.clone() };
        let source = Credential::from_source(Counted::default()).of_scheme("bearer");
        let builder = Client::builder(base_url()).transport(transport).credential(key()).credential(source);
        let client = builder.build().unwrap();
        let mut request = Request::new(Method::GET, "/things");
        request.security(wanted);
        Call::<GetThing>::new(&client, request).await.unwrap_err();
        let requests = requests.lock().unwrap();
        assert_eq!(requests.len(), expected);
        assert!(requests.iter().all(|(uri, _)| uri.query() == Some("k%26y=a%20b%26c%3D%C3%A9")), "{requests:?}");
    }
}

#[test]
fn what_cannot_be_sent_is_an_error_of_the_builder() {
    for (key, expected) in [
        (Key::header("X-Id", ""), "what is to be sent in the header `X-Id` is empty"),
        (Key::header("X-Id", "canary\n"), "in the header `X-Id` has a character that cannot be there (only visible"),
        (Key::header("X-Id", " canary"), "only visible ASCII can be sent, with spaces in between"),
        (Key::header("X-Id", "canaryé"), "only visible ASCII can be sent"),
        (Key::http("Digest", "canary\u{7f}"), "the header `Authorization` has a character"),
        (Key::http("Digest", ""), "the header `Authorization` is empty"),
        (Key::query("k", "canary\n"), "the query parameter `k` has a character that cannot be there (no line break"),
        (Key::query("k", "a\0canary"), "the query parameter `k` has a character"),
        (Key::cookie("c", "canary;"), "the cookie `c` has a character that cannot be there"),
        (Key::cookie("c", "canary x"), "the cookie `c` has a character"),
        (Key::basic("can:ary", "canary"), "the user name has a colon, which would be read as its end"),
        (Key::basic("canary", "canary\n"), "the user name or the password has a control character"),
        (Key::basic("", ""), "the user name with its password is empty"),
    ] {
        let (builder, _) = builder([Credential::from(key)]);
        let error = builder.build().unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
    for key in
        [Key::header("X-Id", "a b~!"), Key::query("k", "é b"), Key::cookie("c", "\"a/b=\""), Key::basic("", "a:b")]
    {
        assert!(builder([Credential::from(key)]).0.build().is_ok());
    }
}
