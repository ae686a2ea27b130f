//! Tokens: when they are asked for, and how.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::ExposeSecret;
use tokio::sync::Notify;

use super::fake_clock::FakeClock;
use super::http_support::*;
use super::token_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::client::Client;
use crate::runtime::clock::Clock;
use crate::runtime::credential::{BearerToken, Credential};
use crate::runtime::error::ErrorKind;
use crate::runtime::oauth2::{ClientCredentials, RefreshToken};
use crate::runtime::token::{AccessToken, TokenContext, TokenSource};
use crate::runtime::token_error::{TokenError, TokenErrorKind};
use crate::runtime::token_url::TokenUrl;
use crate::runtime::transport::BoxFuture;

fn bearer(number: usize) -> String {
    format!("Bearer {ACCESS}{number}")
}

#[tokio::test]
async fn a_token_is_asked_for_once_and_used_until_the_margin() {
    let (desk, clock) = (Desk::new(token, thing), FakeClock::new());
    let log = desk.log.clone();
    let client = client(app(), desk, clock.clone());
    for wait in [0, 3479, 1, 0] {
        clock.sleep(Duration::from_secs(wait)).await;
        get_thing(&client).await.unwrap();
    }
    assert_eq!(log.called(), [bearer(0), bearer(0), bearer(1), bearer(1)]);
    let form = "grant_type=client_credentials&client_id=app%201\
                &client_secret=canary-secret~%26%3C%22%C3%A9%20%2B%2F&scope=all%2F.default";
    assert_eq!(log.asked(), [form, form]);
}

#[tokio::test]
async fn a_short_life_has_a_short_margin() {
    let short = |number| Ok(answer(200, format!(r#"{{"expires_in":"100","access_token":"{ACCESS}{number}"}}"#)));
    let (desk, clock) = (Desk::new(short, thing), FakeClock::new());
    let log = desk.log.clone();
    let client = client(app(), desk, clock.clone());
    for wait in [0, 79, 1] {
        clock.sleep(Duration::from_secs(wait)).await;
        get_thing(&client).await.unwrap();
    }
    assert_eq!(log.called(), [bearer(0), bearer(0), bearer(1)]);
}

#[tokio::test]
async fn a_life_may_be_longer_than_can_be_counted() {
    for seconds in ["99999999999999999999", "1e30", "\"18446744073709551615\""] {
        let long =
            move |number| Ok(answer(200, format!(r#"{{"expires_in":{seconds},"access_token":"{ACCESS}{number}"}}"#)));
        let (desk, clock) = (Desk::new(long, thing), FakeClock::new());
        let log = desk.log.clone();
        let client = client(app(), desk, clock.clone());
        for wait in [0, 1 << 40] {
            clock.sleep(Duration::from_secs(wait)).await;
            get_thing(&client).await.unwrap();
        }
        assert_eq!(log.called(), [bearer(0), bearer(0)]);
    }
}

#[tokio::test]
async fn a_slow_token_service_is_told_from_a_slow_api() {
    let desk = Desk::new(token, thing).behind(&Arc::new(Notify::new()));
    let log = desk.log.clone();
    let client = client(app(), desk, FakeClock::new());
    let error = get_thing(&client).timeout(Duration::from_secs(7)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Token(token) if token.kind() == TokenErrorKind::Transport), "{error}");
    assert_eq!((error.attempts(), error.is_retryable(), log.called().len()), (0, true, 0));
    let beginning = "getThing failed: no answer from the token service: no answer in time: the call may take 7s in all";
    assert!(error.to_string().starts_with(beginning), "{error}");
}

#[tokio::test]
async fn a_token_service_that_is_busy_says_for_how_long() {
    for (body, expected) in [
        (r#"{"error":"temporarily_unavailable"}"#, "try again later; it asks to wait 7 s"),
        ("busy", "and that nothing between here and there answers in its place; it asks to wait 7 s"),
    ] {
        let busy = move |_| {
            let mut busy = answer(503, body);
            busy.headers_mut().insert("Retry-After", "7".parse().unwrap());
            Ok(busy)
        };
        let error = get_thing(&client(app(), Desk::new(busy, thing), FakeClock::new())).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    }
}

#[tokio::test]
async fn a_token_service_is_not_asked_again_before_it_wants_to_be() {
    let date = "Fri, 31 Dec 9999 23:59:59 GMT";
    for wait in ["315360000", "99999999999999999999", date] {
        let busy = move |_| {
            let mut busy = answer(429, r#"{"error":"temporarily_unavailable"}"#);
            busy.headers_mut().insert("Retry-After", wait.parse().unwrap());
            Ok(busy)
        };
        let (desk, clock) = (Desk::new(busy, thing), FakeClock::new());
        let log = desk.log.clone();
        let error = get_thing(&client(app(), desk, clock.clone())).await.unwrap_err();
        assert_eq!((log.asked().len(), clock.waits()), (1, vec![]), "{wait}");
        assert!(error.retry_after() >= Some(Duration::from_secs(315_360_000)), "{error:?}");
        assert!(error.to_string().contains("it asks to wait "), "{error}");
    }
}

#[tokio::test]
async fn a_resource_takes_the_place_of_a_scope() {
    let desk = Desk::new(token, thing);
    let log = desk.log.clone();
    let app = app().resource("https://api.example.com").parameter("audience", "b");
    get_thing(&client(app, desk, FakeClock::new())).await.unwrap();
    assert!(log.asked()[0].ends_with("&resource=https%3A%2F%2Fapi.example.com&audience=b"));
    assert!(!log.asked()[0].contains("scope"));
}

#[tokio::test]
async fn a_refresh_token_asks_for_the_same_things() {
    let desk = Desk::new(token, thing);
    let log = desk.log.clone();
    let elsewhere: BaseUrl = "https://login.example.com/u/token".parse().unwrap();
    let task = http::HeaderName::from_static("x-task");
    let user = user().token_url(elsewhere).resource("r").scope("s").parameter("audience", "b").correlation_header(task);
    get_thing(&client(user, desk, FakeClock::new())).await.unwrap();
    let line = &log.lines()[0];
    assert!(line.starts_with("POST https://login.example.com/u/token grant_type=refresh_token&"), "{line}");
    assert!(line.ends_with("&refresh_token=canary-refresh.0&scope=s&audience=b"), "{line}");
    assert_eq!(log.tasks(), [CORRELATION_ID]);
}

#[test]
fn secrets_are_not_sent_in_the_clear_whatever_the_caller_permits() {
    for url in
        [BaseUrl::insecure("http://login.example.com/token").unwrap(), BaseUrl::listed("http://login.example.com")]
    {
        let builder = Client::builder(url.clone()).allow_http(true);
        let error = builder.credential(app().token_url(url)).build().unwrap_err().to_string();
        assert!(error.contains("secrets are not sent to `http://login.example.com`"), "{error}");
    }
    let local = BaseUrl::insecure("http://localhost:81/token").unwrap();
    Client::builder(local.clone()).credential(app().token_url(local)).build().unwrap();
}

/// Lets everything that can run come to its wait.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn concurrent_calls_ask_once() {
    for refused in [false, true] {
        let gate = Arc::new(Notify::new());
        let script =
            move |number| if refused { Ok(answer(400, r#"{"error":"invalid_client"}"#)) } else { token(number) };
        let desk = Desk::new(script, thing).behind(&gate);
        let log = desk.log.clone();
        let client = client(app(), desk, FakeClock::new());
        let calls: Vec<_> = (0..64)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { get_thing(&client).await.is_ok() })
            })
            .collect();
        settle().await;
        gate.notify_one();
        for call in calls {
            assert_eq!(call.await.unwrap(), !refused);
        }
        assert_eq!(log.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_cancelled_call_leaves_the_others_to_it() {
    let gate = Arc::new(Notify::new());
    let desk = Desk::new(token, thing).behind(&gate);
    let log = desk.log.clone();
    let client = client(app(), desk, FakeClock::new());
    let start = || {
        let client = client.clone();
        tokio::spawn(async move { get_thing(&client).await.is_ok() })
    };
    let first = start();
    settle().await;
    let second = start();
    settle().await;
    first.abort();
    settle().await;
    gate.notify_one();
    assert!(second.await.unwrap());
    assert_eq!(log.asked().len(), 2);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let api = |number| if number == 0 { Ok(answer(401, r#"{"name":"no"}"#)) } else { thing(number) };
    let desk = Desk::new(token, api);
    let log = desk.log.clone();
    get_thing(&client(app(), desk, FakeClock::new())).await.unwrap();
    assert_eq!(log.called(), [bearer(0), bearer(1)]);

    let desk = Desk::new(token, |_| Ok(answer(401, r#"{"name":"no"}"#)));
    let log = desk.log.clone();
    let error = get_thing(&client(app(), desk, FakeClock::new())).await.unwrap_err();
    assert_eq!(error.api(), Some(&ThingError::Unauthorized("no".to_owned())));
    assert_eq!(log.called().len(), 2);

    let desk = Desk::new(token, |_| Ok(answer(401, r#"{"name":"no"}"#)));
    let log = desk.log.clone();
    get_thing(&client(BearerToken::new("fixed"), desk, FakeClock::new())).await.unwrap_err();
    assert_eq!(log.called(), ["Bearer fixed"]);
}

#[tokio::test]
async fn a_rotated_refresh_token_is_used_and_handed_over() {
    let script = |number: usize| {
        let body = format!(
            r#"{{"access_token":"{ACCESS}{number}","expires_in":3600,"refresh_token":"canary-refresh.{}"}}"#,
            number.min(1)
        );
        Ok(answer(200, body))
    };
    let (desk, clock) = (Desk::new(script, thing), FakeClock::new());
    let log = desk.log.clone();
    let stored = Arc::<Mutex<Vec<String>>>::default();
    let store = stored.clone();
    let user = user().on_rotated(move |token| store.lock().unwrap().push(token.expose_secret().to_owned()));
    let client = client(user, desk, clock.clone());
    for _ in 0..4 {
        get_thing(&client).await.unwrap();
        clock.sleep(Duration::from_secs(3600)).await;
    }
    let sent: Vec<_> = log.asked().iter().map(|form| form.chars().last().unwrap()).collect();
    assert_eq!(sent, ['0', '0', '1', '1']);
    assert_eq!(*stored.lock().unwrap(), ["canary-refresh.1"]);
    assert!(log.asked()[0].starts_with("grant_type=refresh_token&client_id=app%201&client_secret="));
}

#[tokio::test]
async fn a_token_that_is_still_good_survives_a_failure() {
    let script = |number| if number == 0 { token(0) } else { Ok(answer(503, "")) };
    let (desk, clock) = (Desk::new(script, thing), FakeClock::new());
    let log = desk.log.clone();
    let client = client(app(), desk, clock.clone());
    for (wait, asked) in [(0, 1), (3500, 2), (9, 2), (1, 3)] {
        clock.sleep(Duration::from_secs(wait)).await;
        get_thing(&client).await.unwrap();
        assert_eq!(log.asked().len(), asked);
    }
    clock.sleep(Duration::from_secs(90)).await;
    let error = get_thing(&client).await.unwrap_err();
    assert!(error.is_retryable());
}

/// Fails every second time.
#[derive(Default)]
struct Own(AtomicUsize);

impl TokenSource for Own {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        assert_eq!(context.correlation_id().unwrap().to_string(), CORRELATION_ID);
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        let end = context.clock().wall() + Duration::from_secs(60);
        Box::pin(async move {
            match number % 2 {
                0 => Ok(AccessToken::new("own").expires_at(end)),
                _ => Err(TokenError::from_source("the vault is shut")),
            }
        })
    }
}

#[tokio::test]
async fn a_caller_can_bring_a_source() {
    let (desk, clock) = (Desk::new(token, thing), FakeClock::new());
    let log = desk.log.clone();
    let client = client(Credential::from_source(Own::default()), desk, clock.clone());
    get_thing(&client).await.unwrap();
    assert_eq!(log.lines().len(), 1);
    assert_eq!(log.called(), ["Bearer own"]);
    clock.sleep(Duration::from_secs(60)).await;
    let error = get_thing(&client).await.unwrap_err();
    assert!(error.to_string().contains("there is no access token: the vault is shut"));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn what_cannot_be_used_is_said_when_the_client_is_built() {
    let build = |credential: Credential| {
        let (builder, _) = builder_that(|| Ok(answer(200, "")));
        builder.credential(credential).build().unwrap_err().to_string()
    };
    let at = |authority: &str, tenant: &str| {
        let url = TokenUrl::new(authority, "/{tenant}/token", &[("tenant", tenant)]);
        build(app().token_url(url).into())
    };
    for tenant in ["", ".", "..", "../admin", "%2e%2e"] {
        let error = at("https://login.example.com", tenant);
        assert!(error.contains("the token service has a value for `{tenant}` that is no part of a path"), "{error}");
    }
    for tenant in ["", "evil.example/", "me@evil.example", "evil.example#"] {
        let error = at("https://{tenant}.example.com", tenant);
        assert!(error.contains("the token service has a value for `{tenant}` that is no part of a host"), "{error}");
    }
    assert!(at("http://login.example.com", "t").contains("use `https`"));
    let empty = RefreshToken::new(token_url(), "a", "b", "");
    assert!(build(empty.into()).contains("the refresh token is empty"));
    assert!(build(ClientCredentials::new(token_url(), "", "b").into()).contains("the client id is empty"));
    let slash = TokenUrl::new("https://login.example.com", "/{tenant}/token", &[("tenant", "a/b?c")]);
    assert_eq!(slash.to_string(), "https://login.example.com/a%2Fb%3Fc/token");
}

#[tokio::test]
async fn errors_are_typed_and_say_what_to_do() {
    let body = r#"{"error":"invalid_client","error_description":"E7000215: Invalid secret for app 'a'.\r\nTrace ID: t\r\n","error_codes":[7000215],"timestamp":"2025-01-01 00:00:00Z","trace_id":"t-1","correlation_id":"c-1"}"#;
    let desk = Desk::new(move |_| Ok(answer(401, body)), thing);
    let error = get_thing(&client(app(), desk, FakeClock::new())).await.unwrap_err();
    let ErrorKind::Token(token) = error.kind() else { panic!("{error}") };
    assert_eq!(token.kind(), TokenErrorKind::InvalidClient);
    assert_eq!(token.error_codes(), [7000215]);
    assert_eq!((token.trace_id(), token.correlation_id()), (Some("t-1"), Some("c-1")));
    let text = error.to_string();
    let start = "getThing failed: the token service refused the client (invalid_client: E7000215: Invalid \
                 secret for app 'a'.): check the client id and the secret";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("; trace id t-1 of the token service; correlation id c-1 of the token service"), "{text}");
    assert!(!error.is_retryable());
}

/// Over real sockets: a token from a token service on this machine, which may use plain `http`.
#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_token_service_on_this_machine() {
    use super::http_server::{Server, Step, send};
    use crate::runtime::client::Client;

    let api = Server::saying([send("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"name\": \"a\"}")]).await;
    let good = send("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"access_token\": \"t\"}");
    let service = Server::saying([good]).await;
    let client = Client::new(api.url(), app().token_url(service.url())).unwrap();
    get_thing(&client).await.unwrap();
    assert!(api.requests()[0].to_lowercase().contains("\r\nauthorization: bearer t\r\n"));
    let head = service.requests()[0].to_lowercase();
    assert!(head.starts_with("post / http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\ncontent-type: application/x-www-form-urlencoded\r\n"), "{head}");
    assert!(head.contains("\r\naccept: application/json\r\n") && head.contains("\r\nuser-agent: "), "{head}");

    let elsewhere = Server::saying([Step::Close]).await;
    let redirect = format!("HTTP/1.1 307 Go\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", elsewhere.url());
    let service = Server::saying([send(redirect)]).await;
    let client = Client::new(api.url(), app().token_url(service.url())).unwrap();
    let error = get_thing(&client).await.unwrap_err();
    assert!(error.to_string().contains("the token service answered 307 Temporary Redirect, but the body is empty"));
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn the_id_of_the_task_goes_along() {
    let desk = Desk::new(token, thing);
    let log = desk.log.clone();
    let app = app().correlation_header(http::HeaderName::from_static("x-task"));
    get_thing(&client(app, desk, FakeClock::new())).await.unwrap();
    assert_eq!(log.tasks(), [CORRELATION_ID]);
}
