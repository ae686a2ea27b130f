//! The canary, where there is no fault, and where the fault is to repeat it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use client_tests::server::answer;

use super::scene::{ACCESS, CANARY, SMALL, Scene, summary};

#[tokio::test]
async fn success() {
    let scene = Scene::saying([answer("200 OK", SMALL)]).await;
    scene.succeeds(1, 1).await;
    let form = &scene.tokens.bodies()[0];
    assert!(form.contains("client_secret=canary-secret%2F%2B%201&"), "they were there to be found: {form}");
    assert!(form.contains("refresh_token=canary-refresh-0&"), "they were there to be found: {form}");
}

#[tokio::test]
async fn the_token_repeated_in_an_error() {
    let body = format!(r#"{{"code": "900420", "description": "Bearer {ACCESS} is no good", "data": ["{ACCESS}"]}}"#);
    let fault = Scene::saying([answer("403 Forbidden", body)]).await.fails().await;
    fault.is(
        "api Forbidden, 403, final, attempts 1, requests 1, token requests 1",
        "the server answered 403 Forbidden (code: 900420, description: Bearer [secret] is no good)",
    );
}

#[tokio::test]
async fn the_token_repeated_in_what_is_no_json() {
    let fault = Scene::saying([answer("200 OK", format!("Bearer {ACCESS}"))]).await.fails().await;
    fault.is(
        "unexpected, 200, final, attempts 1, requests 1, token requests 1",
        "the server answered 200 OK, but the body is not JSON: expected a value at 1:1, near `Bearer [secret]`",
    );
}

#[tokio::test]
async fn the_token_repeated_in_a_redirect() {
    let redirect = answer(&format!("302 Found\nLocation: /{ACCESS}/start\nRetry-After: {ACCESS}"), "");
    Scene::saying([redirect]).await.fails().await.is(
        "unexpected, 302, final, attempts 1, requests 1, token requests 1",
        "the server answered 302 Found (Retry-After: [secret]; Location: /[secret]/start), but the API description does \
         not mention this status",
    );
}

#[tokio::test]
async fn the_secrets_repeated_by_the_token_service() {
    let body = r#"{"error": "invalid_client", "error_description": "canary-secret/+ 1, canary-secret%2F%2B%201"}"#;
    Scene::signing_in_with([answer("401 Unauthorized", body)]).await.fails().await.is(
        "token InvalidClient, no status, final, attempts 0, requests 0, token requests 1",
        "the token service refused the client (invalid_client: [secret], [secret]): check the client id and the secret: \
         that they belong together and to this token service, that it is the secret itself and not its id, and that it \
         has not expired",
    );
    let page = answer("500 Internal Server Error", "<p>canary-refresh-0</p>");
    Scene::signing_in_with([page]).await.fails().await.is(
        "token Unreadable, no status, retryable, attempts 0, requests 0, token requests 4",
        "the token service answered 500 Internal Server Error, but the body is no JSON object (23 bytes): check the token \
         URL, and that nothing between here and there answers in its place",
    );
}

#[tokio::test]
async fn a_program_that_ends_with_an_error() {
    let body = format!(r#"{{"code": 1, "description": "{ACCESS}"}}"#);
    let scene = Scene::saying([answer("403 Forbidden", body)]).await;
    let outcome = summary(&scene.client()).await;
    let panic = catch_unwind(AssertUnwindSafe(|| outcome.unwrap())).expect_err("it is an error");
    let message = panic.downcast_ref::<String>().expect("a message");
    assert!(message.contains("403 Forbidden") && !message.contains(CANARY), "{message}");
}
