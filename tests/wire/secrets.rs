//! The token goes into the `Authorization` header and nowhere else.

use std::fmt::Debug;

use generated_client::{Body, BoxFuture, Credential, Transport, TransportError, TransportErrorKind, http};

use super::server::{Server, answer, send};
use super::*;

fn no_token(what: &str, text: String) {
    assert!(!text.is_empty(), "{what} says something");
    assert!(!text.contains(CANARY), "{what} shows the token: {text}");
}

fn debugs(what: &str, value: &impl Debug) {
    no_token(what, format!("{value:?}"));
    no_token(what, format!("{value:#?}"));
}

#[tokio::test]
async fn nothing_that_is_printed_shows_the_token() {
    let token = BearerToken::new(CANARY);
    debugs("a token", &token);
    debugs("a credential", &Credential::from(token.clone()));
    let server = Server::saying([answer("200 OK", SMALL)]).await;
    let builder = Client::builder(server.url()).credential(token);
    debugs("a builder", &builder);
    let client = builder.build().expect("a client");
    debugs("a client", &client);
    debugs("a group of operations", &client.invoices());
    debugs("a call", &summary(&client));
    debugs("an answer", &summary(&client).send().await.expect("an answer"));
    assert!(server.requests()[0].contains(&format!("Bearer {CANARY}\r\n")), "this is the token that was sent");
}

#[tokio::test]
async fn no_error_shows_the_token() {
    for step in [
        answer("401 Unauthorized", r#"{"code": 400, "description": "access denied"}"#),
        answer("200 OK", "[]"),
        answer("500 Internal Server Error", "no"),
        send("garbage\r\n\r\n"),
    ] {
        let server = Server::saying([step]).await;
        let client = client(server.url());
        for call in [summary(&client), summary(&client).locale("\n")] {
            let error = call.await.expect_err("the call fails");
            debugs("an error", &error);
            no_token("an error", error.to_string());
            let mut cause: Option<&dyn std::error::Error> = Some(&error);
            while let Some(error) = cause {
                no_token("a cause", format!("{error} {error:?}"));
                cause = error.source();
            }
        }
    }
}

#[test]
fn a_token_that_cannot_be_sent_is_not_shown() {
    let address: BaseUrl = "https://api.example.com".parse().expect("an address");
    for (token, expected) in [
        (
            format!("{CANARY}\n"),
            "the client cannot be made: the bearer token has a character that no token has (a space, a line break at \
             its end, or one beyond ASCII)",
        ),
        (String::new(), "the client cannot be made: the bearer token is empty"),
    ] {
        let error = Client::new(address.clone(), BearerToken::new(token)).expect_err("it cannot be sent");
        debugs("an error", &error);
        assert_eq!(error.to_string(), expected);
    }
}

/// Fails with the request in its words, as a careless transport might.
struct Careless;

impl Transport for Careless {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        assert_eq!(request.headers()["authorization"], format!("Bearer {CANARY}"));
        let words = format!("{request:?}");
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Other, words)) })
    }
}

#[tokio::test]
async fn a_transport_cannot_print_the_token_by_accident() {
    let client = Client::builder(generated_client::Server::Global).credential(BearerToken::new(CANARY));
    let client = client.transport(Careless).build().expect("a client");
    let error = summary(&client).await.expect_err("the call fails");
    let text = error.to_string();
    assert!(text.contains("Sensitive"), "{text}");
    no_token("an error", text);
}
