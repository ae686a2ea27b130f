//! What a call does when the server refuses its token.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;

use super::http_support::*;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::credential::Credential;
use crate::runtime::request::Request;
use crate::runtime::token::{AccessToken, TokenContext, TokenSource};
use crate::runtime::token_error::TokenError;
use crate::runtime::transport::BoxFuture;

/// Gives `token-0`, `token-1` and so on.
#[derive(Clone, Default)]
struct Counted(Arc<AtomicUsize>);

impl TokenSource for Counted {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::new(format!("token-{number}"))) })
    }
}

/// A client whose server answers with these statuses, one for each attempt.
fn client(statuses: &'static [u16]) -> (Client, Requests) {
    let attempt = AtomicUsize::new(0);
    let (builder, requests) = builder_that(move || {
        let status = statuses[attempt.fetch_add(1, Ordering::SeqCst)];
        Ok(answer(status, format!("{{\"name\": \"{status}\"}}")))
    });
    let credential = Credential::from_source(Counted::default());
    (builder.credential(credential).build().unwrap(), requests)
}

fn tokens(requests: &Requests) -> Vec<String> {
    let requests = requests.lock().unwrap();
    requests.iter().map(|(_, headers)| headers["Authorization"].to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_call_repeated() {
    let (client, requests) = client(&[401, 200, 200]);
    let response = get_thing_fresh(&client).send().await.unwrap();
    assert_eq!(tokens(&requests), ["Bearer token-0", "Bearer token-1"]);
    let id = response.request_id().unwrap().to_string();
    assert!(requests.lock().unwrap().iter().all(|(_, headers)| headers["X-Request-Id"] == id));
    get_thing(&client).await.unwrap();
    assert_eq!(tokens(&requests)[2], "Bearer token-1");
}

#[tokio::test]
async fn a_second_refusal_is_the_outcome() {
    let (client, requests) = client(&[401, 401]);
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!((requests.lock().unwrap().len(), error.attempts()), (2, 2));
    assert_eq!(error.api(), Some(&ThingError::Unauthorized("401".to_owned())));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_new_token_is_no_retry() {
    let (client, requests) = client(&[503, 401, 503, 503, 200]);
    assert_eq!(get_thing(&client).await.unwrap().name, "200");
    assert_eq!(requests.lock().unwrap().len(), 5);
}

#[tokio::test]
async fn what_may_not_be_repeated_is_repeated_with_a_new_token() {
    let (client, requests) = client(&[401, 503]);
    let call = Call::<GetThing>::new(&client, Request::new(Method::POST, "/things"));
    assert_eq!(call.await.unwrap_err().status().unwrap(), 503);
    assert_eq!(requests.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_fixed_token_has_no_other() {
    let (client, requests) = client_that(|| Ok(answer(401, "")));
    get_thing(&client).await.unwrap_err();
    assert_eq!(requests.lock().unwrap().len(), 1);
}
