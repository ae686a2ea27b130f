//! No secret in anything that can be printed, whatever the token service does.

use std::error::Error as _;

use super::fake_clock::FakeClock;
use super::http_support::*;
use super::token_support::*;
use crate::runtime::client::Client;
use crate::runtime::credential::Credential;
use crate::runtime::error::ErrorKind;
use crate::runtime::token_error::TokenErrorKind;
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// Everything that can be printed of a call with a token service that answers with `script`.
async fn printed(script: fn() -> Answer) -> (String, Option<TokenErrorKind>) {
    let desk = Desk::new(move |_| script(), thing);
    let user = user();
    let credential = Credential::from(user.clone());
    let mut text = format!("{user:?} {credential:?} {:?}", app());
    let client: Client = client(credential, desk, FakeClock::new());
    text += &format!("{client:?} {:#?}", client.clone());
    let mut kind = None;
    match get_thing(&client).send().await {
        Ok(response) => text += &format!("{response:?} {:?}", response.headers()),
        Err(error) => {
            text += &format!("{error} {error:?} {error:#?}");
            let mut source = error.source();
            while let Some(cause) = source {
                text += &format!("{cause} {cause:?}");
                source = cause.source();
            }
            let ErrorKind::Token(token) = error.kind() else { panic!("{error}") };
            text += &format!("{token} {token:?} {token:#?} {:?} {:?}", token.description(), token.code());
            kind = Some(token.kind());
        }
    }
    (text, kind)
}

async fn secret_free(script: fn() -> Answer, expected: Option<TokenErrorKind>) -> String {
    let (text, kind) = printed(script).await;
    assert_eq!(kind, expected, "{text}");
    assert!(!text.contains("canary"), "{text}");
    text
}

#[tokio::test]
async fn on_success() {
    secret_free(|| token(0), None).await;
}

#[tokio::test]
async fn when_there_is_no_answer() {
    let down = || Err(TransportError::new(TransportErrorKind::Connect, "refused"));
    let text = secret_free(down, Some(TokenErrorKind::Transport)).await;
    assert!(
        text.contains("no answer from the token service at https://login.example.com/t/token: cannot connect: refused"),
        "{text}"
    );
}

#[tokio::test]
async fn when_the_secret_is_repeated() {
    let echo = || {
        let secret = SECRET.replace('"', "\\\"");
        let form = "canary-secret~%26%3C%22%C3%A9%20%2B%2F";
        Ok(answer(
            400,
            format!(
                r#"{{"error":"invalid_client","error_description":"no: {secret} {form} {REFRESH}","trace_id":"{REFRESH}"}}"#
            ),
        ))
    };
    let text = secret_free(echo, Some(TokenErrorKind::InvalidClient)).await;
    assert!(text.contains("no: [secret] [secret] [secret]"), "{text}");
}

#[tokio::test]
async fn when_the_answer_is_html() {
    let page = || {
        let html = SECRET.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        Ok(answer(502, format!("<html>Bad Gateway {html}</html>")))
    };
    let text = secret_free(page, Some(TokenErrorKind::Unreadable)).await;
    assert!(text.contains("502 Bad Gateway, but the body is no JSON object ("), "{text}");
    let plain = || Ok(answer(502, "<html>The proxy says no</html>"));
    let text = secret_free(plain, Some(TokenErrorKind::Unreadable)).await;
    assert!(text.contains("(<html>The proxy says no</html>)"), "{text}");
}

#[tokio::test]
async fn when_the_answer_is_cut_off() {
    let cut = || Ok(answer(200, format!(r#"{{"refresh_token":"{REFRESH}","access_token":"{ACCESS}"#)));
    let text = secret_free(cut, Some(TokenErrorKind::Unreadable)).await;
    assert!(text.contains("check the token URL"), "{text}");
}

#[tokio::test]
async fn when_the_answer_is_too_large() {
    let large = || Ok(answer(200, format!(r#"{{"access_token":"{ACCESS}{}"}}"#, "x".repeat(1 << 20))));
    secret_free(large, Some(TokenErrorKind::Unreadable)).await;
}

#[tokio::test]
async fn when_the_token_is_none() {
    for script in [
        (|| Ok(answer(200, format!(r#"{{"access_token":"{ACCESS} \n"}}"#)))) as fn() -> Answer,
        || Ok(answer(200, format!(r#"{{"access_token":["{ACCESS}"]}}"#))),
        || Ok(answer(200, format!(r#"{{"token_type":"mac","access_token":"{ACCESS}"}}"#))),
        || Ok(answer(200, format!(r#"{{"expires_in":"{ACCESS}","access_token":"{ACCESS}"}}"#))),
        || Ok(answer(302, format!("{{\"Location\":\"{REFRESH}\"}}"))),
        || Ok(answer(200, "")),
        || Ok(answer(200, vec![0xff, 0xfe])),
    ] {
        let (text, kind) = printed(script).await;
        assert!(matches!(kind, Some(TokenErrorKind::Unreadable | TokenErrorKind::Credential)), "{text}");
        assert!(!text.contains("canary"), "{text}");
    }
}

#[tokio::test]
async fn when_the_api_repeats_the_token() {
    let desk = Desk::new(token, |_| Ok(answer(403, format!("{{\"name\": \"{ACCESS}1\", \"token\": \"{ACCESS}0\"}}"))));
    let error = get_thing(&client(app(), desk, FakeClock::new())).await.unwrap_err();
    assert!(error.to_string().contains(&format!("(name: {ACCESS}1, token: [secret])")), "{error}");
    assert_eq!(error.body().unwrap(), &format!("{{\"name\": \"{ACCESS}1\", \"token\": \"[secret]\"}}"));
}
