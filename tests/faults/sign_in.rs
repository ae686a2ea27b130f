//! Token services that are down, slow, or do not tell the truth.

use std::sync::{Arc, Mutex};

use client_tests::server::{Server, Step, answer, endless, send, sized};
use generated_client::secrecy::{ExposeSecret, SecretString};

use super::scene::{CANARY, SMALL, Scene, token};

/// No token, and nothing to be gained by asking again.
async fn lies(head: &str, body: &str, why: &str) {
    let scene = Scene::signing_in_with([answer(head, body)]).await;
    scene.fails().await.is(
        "token Unreadable, no status, final, attempts 0, requests 0, token requests 1",
        &format!(
            "the token service answered {}, but {why}: check the token URL, and that nothing between here and there \
             answers in its place",
            head.lines().next().unwrap_or_default()
        ),
    );
}

#[tokio::test]
async fn token_service_down() {
    let scene = Scene::signing_in(Server::gone().await).await;
    scene.fails().await.is(
        "token Transport, no status, retryable, attempts 0, requests 0, token requests 0",
        "no answer from the token service at TOKENS: cannot connect: Connection refused (os error 111)",
    );
}

#[tokio::test]
async fn token_service_resets() {
    let scene = Scene::signing_in_with([Step::Reset]).await;
    scene.fails().await.is(
        "token Transport, no status, retryable, attempts 0, requests 0, token requests 4",
        "no answer from the token service at TOKENS: the connection broke off: Connection reset by peer (os error 104)",
    );
}

#[tokio::test]
async fn token_service_slow() {
    let hang = Step::UntilClosed(Arc::default());
    for steps in [vec![hang.clone()], vec![sized("200 OK", 99, "{"), hang]] {
        let scene = Scene::signing_in_with(steps).await.slow();
        scene.fails().await.is(
            "token Transport, no status, retryable, attempts 0, requests 0, token requests 2",
            "no answer from the token service: no answer in time: an attempt may take 250ms",
        );
    }
}

#[tokio::test]
async fn token_service_slow_once() {
    let hang = vec![Step::UntilClosed(Arc::default())];
    Scene::signing_in(Server::in_turn([hang, vec![token(1)]]).await).await.slow().succeeds(1, 2).await;
}

#[tokio::test]
async fn token_service_breaks_off() {
    let body = format!(r#"{{"access_token": "{CANARY}-access-1", "refresh_"#);
    let scene = Scene::signing_in_with([sized("200 OK", 999, body), Step::Close]).await;
    scene.fails().await.is(
        "token Transport, no status, retryable, attempts 0, requests 0, token requests 4",
        "no answer from the token service at TOKENS: the connection broke off: end of file before message length \
         reached",
    );
}

#[tokio::test]
async fn token_service_speaks_no_http() {
    let scene = Scene::signing_in_with([send("SSH-2.0-OpenSSH_9.6\r\n"), Step::Close]).await;
    scene.fails().await.is(
        "token Transport, no status, final, attempts 0, requests 0, token requests 1",
        "no answer from the token service at TOKENS: the answer cannot be read as HTTP: invalid HTTP version parsed",
    );
}

#[tokio::test]
async fn token_answer_without_end() {
    const FLOOD: usize = 0x1000_0000;
    let scene = Scene::signing_in_with(endless("200 OK", FLOOD)).await;
    scene.fails().await.is(
        "token Unreadable, no status, final, attempts 0, requests 0, token requests 1",
        "the token service answered 200 OK, but the answer is too large for one of a token service: check the token \
         URL, and that nothing between here and there answers in its place",
    );
    assert!(scene.tokens.flooded() < FLOOD, "the connection is given up");
}

#[tokio::test]
async fn token_answer_is_no_json() {
    lies("200 OK", "<html>Sign in</html>", "the body is no JSON object (20 bytes)").await;
    lies("200 OK", "[]", "the body is no JSON object (2 bytes)").await;
    lies("200 OK", "", "the body is empty").await;
    lies("200 OK\nContent-Encoding: gzip", "\x1f", "the body has the Content-Encoding gzip, which was not asked for")
        .await;
}

#[tokio::test]
async fn token_of_another_type() {
    let body = r#"{"token_type": "mac", "access_token": "canary-access-1"}"#;
    lies("200 OK", body, "the token is not a bearer token").await;
}

#[tokio::test]
async fn token_answer_without_a_token() {
    for body in [r#"{"token_type": "Bearer"}"#, r#"{"access_token": ["canary"]}"#, r#"{"access_token": ""}"#] {
        lies("200 OK", body, "its JSON has no `access_token`").await;
    }
}

#[tokio::test]
async fn token_that_is_none() {
    let scene = Scene::signing_in_with([answer("200 OK", r#"{"access_token": "canary\r\nX-Evil: 1"}"#)]).await;
    scene.fails().await.is(
        "token Credential, no status, final, attempts 0, requests 0, token requests 1",
        "the bearer token has a character that no token has (a space, a line break at its end, or one beyond ASCII)",
    );
}

#[tokio::test]
async fn token_life_that_is_odd() {
    for odd in ["\"soon\"", "-1", "\"-3600\"", "1e999", "[]", "true", "\"canary\""] {
        let body = format!(r#"{{"access_token": "canary-access-1", "expires_in": {odd}}}"#);
        lies("200 OK", &body, "its `expires_in` is not a number of seconds").await;
    }
}

#[tokio::test]
async fn token_life_of_every_spelling() {
    for fine in ["\"3599\"", "3599.5", "99999999999999999999", "1e300", "null"] {
        let body = format!(r#"{{"access_token": "canary-access-1", "expires_in": {fine}}}"#);
        let scene = Scene::signing_in_with([answer("200 OK", body)]).await;
        let client = scene.client();
        scene.succeeds_with(&client, 1, 1).await;
        scene.succeeds_with(&client, 2, 1).await;
    }
    // This one is over when it comes: it serves the call that asked for it, and no other.
    let body = r#"{"access_token": "canary-access-1", "expires_in": "0"}"#;
    let scene = Scene::signing_in_with([answer("200 OK", body)]).await;
    let client = scene.client();
    scene.succeeds_with(&client, 1, 1).await;
    scene.succeeds_with(&client, 2, 2).await;
}

#[tokio::test]
async fn token_error_with_status_200() {
    let body = r#"{"error": "invalid_grant", "error_description": "AADSTS700082: canary-refresh-0 has expired.",
                   "error_codes": [700082], "trace_id": "t-1", "correlation_id": "c-1"}"#;
    let scene = Scene::signing_in_with([answer("200 OK", body)]).await;
    scene.fails().await.is(
        "token InvalidGrant, no status, final, attempts 0, requests 0, token requests 1",
        "the token service refused the refresh token or the sign-in behind it (invalid_grant: AADSTS700082: [secret] has \
         expired.): sign in again to get a new refresh token; each one that the service hands out replaces the one \
         before; trace id t-1 of the token service; correlation id c-1 of the token service",
    );
}

#[tokio::test]
async fn token_service_behind_a_bad_gateway() {
    let page = "<html>\r\n<h1>502 Bad Gateway</h1>\r\n</html>";
    let scene = Scene::signing_in_with([answer("502 Bad Gateway", page)]).await;
    scene.fails().await.is(
        "token Unreadable, no status, retryable, attempts 0, requests 0, token requests 4",
        "the token service answered 502 Bad Gateway, but the body is no JSON object (<html> <h1>502 Bad Gateway</h1> \
         </html>): check the token URL, and that nothing between here and there answers in its place",
    );
}

#[tokio::test]
async fn token_service_that_throttles() {
    let busy = answer("429 Too Many Requests\nRetry-After: 30", r#"{"error": "temporarily_unavailable"}"#);
    let scene = Scene::signing_in_with([busy]).await;
    let scene = scene.with(|builder| builder.total_timeout(std::time::Duration::from_secs(10)));
    scene.fails().await.is(
        "token Unavailable, no status, retryable, attempts 0, requests 0, token requests 1",
        "the token service has a problem of its own (temporarily_unavailable): try again later; it asks to wait 30 s",
    );
}

#[tokio::test]
async fn token_service_busy_once() {
    let busy = vec![answer("503 Service Unavailable", "busy")];
    Scene::signing_in(Server::in_turn([busy, vec![token(1)]]).await).await.succeeds(1, 2).await;
}

#[tokio::test]
async fn token_service_that_redirects() {
    let other = Server::saying([token(1)]).await;
    let location = format!("http://{}/token", other.address());
    let head = format!("307 Temporary Redirect\nLocation: {location}");
    lies(&head, "", "the body is empty").await;
    assert_eq!(other.connections(), 0, "the secrets did not travel");
}

#[tokio::test]
async fn token_service_that_rotates() {
    let refused = vec![answer("401 Unauthorized", r#"{"code": 1}"#)];
    let scene = Scene::in_turn([vec![answer("200 OK", SMALL)], refused, vec![answer("200 OK", SMALL)]]).await;
    let stored = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&stored);
    let keep = move |token: &SecretString| store.lock().expect("no panic").push(token.expose_secret().to_owned());
    let credential = scene.credential().on_rotated(keep);
    let client = scene.builder().credential(credential).build().expect("a client");
    scene.succeeds_with(&client, 1, 1).await;
    scene.succeeds_with(&client, 3, 2).await;
    let sent: Vec<_> =
        scene.tokens.bodies().iter().map(|form| form.contains("&refresh_token=canary-refresh-1")).collect();
    assert_eq!(sent, [false, true], "the new one is sent");
    assert_eq!(*stored.lock().expect("no panic"), ["canary-refresh-1", "canary-refresh-2"]);
}
