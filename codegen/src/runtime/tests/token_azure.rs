//! Tokens of a credential of `azure_core`.

use std::error::Error as _;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::error::ErrorKind as AzureErrorKind;
use azure_core::time::OffsetDateTime;

use super::fake_clock::{FakeClock, START};
use super::http_support::*;
use super::token_support::*;
use crate::runtime::clock::Clock;
use crate::runtime::credential::Credential;
use crate::runtime::error::ErrorKind;
use crate::runtime::token_error::TokenErrorKind;

const SCOPE: &str = "https://api.example.com/.default";

/// Gives `token-1`, `token-2` and so on, each until an hour later than the one before.
#[derive(Debug, Default)]
struct Fake {
    asked: Mutex<Vec<String>>,
}

impl Fake {
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

#[async_trait::async_trait]
impl TokenCredential for Fake {
    async fn get_token(&self, scopes: &[&str], _: Option<TokenRequestOptions<'_>>) -> azure_core::Result<AccessToken> {
        let number = {
            let mut asked = self.asked.lock().unwrap();
            asked.push(scopes.join(" "));
            asked.len()
        };
        // Others get their turn, as they do while a real one waits for the network.
        tokio::task::yield_now().await;
        Ok(AccessToken::new(format!("token-{number}"), after_start(3600 * number)))
    }
}

fn after_start(seconds: usize) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + START + Duration::from_secs(seconds.try_into().unwrap())
}

#[tokio::test]
async fn a_token_is_used_until_shortly_before_it_expires() {
    let (fake, desk, clock) = (Arc::new(Fake::default()), Desk::new(token, thing), FakeClock::new());
    let log = desk.log.clone();
    let client = client(Credential::from_azure(fake.clone(), SCOPE), desk, clock.clone());
    for wait in [0, 3479, 1, 0] {
        clock.sleep(Duration::from_secs(wait)).await;
        get_thing(&client).await.unwrap();
    }
    assert_eq!(log.called(), ["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2"]);
    assert_eq!(log.lines().len(), 4, "the client's own transport is not used for tokens");
    assert_eq!(fake.asked(), [SCOPE, SCOPE]);
}

#[tokio::test]
async fn concurrent_calls_ask_once() {
    let fake = Arc::new(Fake::default());
    let client = client(Credential::from_azure(fake.clone(), SCOPE), Desk::new(token, thing), FakeClock::new());
    let calls: Vec<_> = (0..64)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get_thing(&client).await.is_ok() })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap());
    }
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn a_refused_token_is_asked_for_again() {
    let fake = Arc::new(Fake::default());
    let api = |number| if number == 0 { Ok(answer(401, r#"{"name": "no"}"#)) } else { thing(number) };
    let desk = Desk::new(token, api);
    let log = desk.log.clone();
    get_thing(&client(Credential::from_azure(fake, SCOPE), desk, FakeClock::new())).await.unwrap();
    assert_eq!(log.called(), ["Bearer token-1", "Bearer token-2"]);
}

/// Gives a token until a time of its own.
#[derive(Debug)]
struct Until(OffsetDateTime);

#[async_trait::async_trait]
impl TokenCredential for Until {
    async fn get_token(&self, _: &[&str], _: Option<TokenRequestOptions<'_>>) -> azure_core::Result<AccessToken> {
        Ok(AccessToken::new("token", self.0))
    }
}

#[tokio::test]
async fn no_time_is_too_early_or_too_late() {
    let far = OffsetDateTime::UNIX_EPOCH + azure_core::time::Duration::days(2_900_000);
    let past = OffsetDateTime::UNIX_EPOCH - azure_core::time::Duration::days(700_000);
    for time in [past, OffsetDateTime::UNIX_EPOCH, far] {
        let desk = Desk::new(token, thing);
        let log = desk.log.clone();
        let client = client(Credential::from_azure(Arc::new(Until(time)), SCOPE), desk, FakeClock::new());
        for _ in 0..2 {
            get_thing(&client).await.unwrap();
        }
        assert_eq!(log.called(), ["Bearer token", "Bearer token"]);
    }
}

#[derive(Debug)]
struct Failing;

#[async_trait::async_trait]
impl TokenCredential for Failing {
    async fn get_token(&self, _: &[&str], _: Option<TokenRequestOptions<'_>>) -> azure_core::Result<AccessToken> {
        let cause = io::Error::new(io::ErrorKind::ConnectionRefused, "nobody is there");
        Err(azure_core::Error::with_error(AzureErrorKind::Credential, cause, "no managed identity"))
    }
}

#[tokio::test]
async fn an_error_keeps_its_words_and_its_causes() {
    let desk = Desk::new(token, thing);
    let log = desk.log.clone();
    let client = client(Credential::from_azure(Arc::new(Failing), SCOPE), desk, FakeClock::new());
    let error = get_thing(&client).await.unwrap_err();
    assert!(error.to_string().contains("there is no access token: no managed identity"), "{error}");
    assert!(!error.is_retryable());
    assert!(log.lines().is_empty(), "no call without a token");
    let ErrorKind::Token(token) = error.kind() else { panic!("{error}") };
    assert_eq!(token.kind(), TokenErrorKind::Source);
    let azure: &azure_core::Error = token.get_ref().unwrap().downcast_ref().unwrap();
    assert!(matches!(azure.kind(), AzureErrorKind::Credential));
    let cause: &io::Error = token.source().unwrap().downcast_ref().unwrap();
    assert_eq!(cause.to_string(), "nobody is there");
    assert!(error.source().unwrap().to_string().contains("nobody is there"));
}

#[tokio::test]
async fn an_empty_scope_is_said_when_the_client_is_built() {
    let (builder, _) = builder_that(|| Ok(answer(200, "")));
    let error = builder.credential(Credential::from_azure(Arc::new(Failing), "")).build().unwrap_err();
    assert!(error.to_string().contains("the scope is empty"), "{error}");
}
