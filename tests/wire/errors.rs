//! Answers that are errors: the type they become, and the sentence that an operator reads.

use generated_client::operations::invoices::SummaryHeaders;
use generated_client::types::{Fault, FaultCode};
use generated_client::{ErrorKind, Maybe};

use super::server::{Server, answer};
use super::*;

/// The error that an answer becomes, and its sentence.
async fn told(status: &str, body: &str) -> (Error<SummaryError>, String) {
    let server = Server::saying([answer(&format!("{status}\nContent-Type: application/json"), body)]).await;
    let error = failure(&server).await;
    assert_eq!(error.body().expect("a body"), body.as_bytes());
    assert_eq!(error.status().expect("a status").as_str(), &status[..3]);
    assert_eq!(error.headers().expect("headers")["content-type"], "application/json");
    assert_eq!((error.request_id(), error.correlation_id()), (Some(*id(REQUEST_ID)), Some(*id(CORRELATION_ID))));
    let sentence = sentence(&error);
    (error, sentence)
}

/// The sentence of an answer that is not as described.
async fn unexpected(status: &str, body: &str) -> String {
    let (error, sentence) = told(status, body).await;
    assert!(matches!(error.kind(), ErrorKind::Unexpected(_)) && error.api().is_none(), "{error:?}");
    sentence
}

#[tokio::test]
async fn a_code_is_a_number() {
    let body = r#"{"code":3000,"description":"Invalid property","data":[],"source":"PartnerFD"}"#;
    let (error, sentence) = told("404 Not Found", body).await;
    assert_eq!(
        sentence,
        "the server answered 404 Not Found (code: 3000, description: Invalid property, source: PartnerFD)"
    );
    let Ok(SummaryError::NotFound(fault)) = error.into_api() else { panic!("it is the documented error") };
    assert_eq!(fault.code, FaultCode::Number(3000));
    assert_eq!(fault.description.as_deref(), Some("Invalid property"));
    assert_eq!((fault.data, fault.source.as_deref()), (Maybe::Value(vec![]), Some("PartnerFD")));
}

#[tokio::test]
async fn a_code_is_a_string() {
    let (error, sentence) = told("401 Unauthorized", documented::UNAUTHORIZED_RETIRED_RESOURCE).await;
    assert_eq!(sentence, "the server answered 401 Unauthorized (code: 900420)");
    let expected = Fault::new(FaultCode::String("900420".to_owned()));
    assert_eq!(error.api(), Some(&SummaryError::Unauthorized(expected)));
}

#[tokio::test]
async fn an_error_has_the_extended_shape() {
    let body = r#"{"code": 600061, "message": "Not allowed.", "description": "", "errorName": "NotAllowed",
                   "isRetryable": false, "parameters": {"limit": 1.50}, "errorMessageExtended": "More."}"#;
    let (error, sentence) = told("400 Bad Request", body).await;
    assert_eq!(
        sentence,
        "the server answered 400 Bad Request (code: 600061, message: Not allowed., errorName: NotAllowed, isRetryable: \
         false, errorMessageExtended: More., limit: 1.50)"
    );
    let Some(SummaryError::BadRequest(fault)) = error.api() else { panic!("it is the documented error") };
    assert_eq!((fault.is_retryable, fault.error_name.as_deref()), (Some(false), Some("NotAllowed")));
    assert_eq!((fault.data.is_absent(), &fault.source), (true, &None));
    let parameters = fault.parameters.as_ref().expect("parameters");
    assert_eq!(serde_json::to_string(&parameters["limit"]).expect("JSON"), "1.50");
}

#[tokio::test]
async fn too_many_calls_come_with_the_time_to_wait() {
    let body = r#"{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }"#;
    let server = Server::saying([answer("429 Too Many Requests\nRetry-After: 57", body)]).await;
    let error = failure(&server).await;
    assert_eq!(
        sentence(&error),
        "the server answered 429 Too Many Requests and asks to wait 57 s (statusCode: 429, message: Rate limit is \
         exceeded. Try again in 57 seconds.)"
    );
    let Some(SummaryError::TooManyRequests(fault)) = error.api() else { panic!("it is the documented error") };
    assert_eq!(fault.status_code, Some(429));
    assert_eq!(SummaryHeaders::from(error.headers().expect("headers")).retry_after, Some(57));
}

#[tokio::test]
async fn every_documented_status_is_an_error_of_its_own() {
    for (status, name) in [
        ("400", "BadRequest"),
        ("401", "Unauthorized"),
        ("403", "Forbidden"),
        ("404", "NotFound"),
        ("405", "MethodNotAllowed"),
        ("406", "NotAcceptable"),
        ("408", "RequestTimeout"),
        ("409", "Conflict"),
        ("412", "PreconditionFailed"),
        ("429", "TooManyRequests"),
        ("500", "InternalServerError"),
        ("501", "NotImplemented"),
        ("502", "BadGateway"),
        ("503", "ServiceUnavailable"),
        ("504", "GatewayTimeout"),
    ] {
        let (error, sentence) = told(&format!("{status} Reason"), r#"{"code": 1}"#).await;
        assert!(format!("{:?}", error.api()).starts_with(&format!("Some({name}(")), "{error:?}");
        let words: String =
            name.chars().flat_map(|sign| [Some(' ').filter(|_| sign.is_uppercase()), Some(sign)]).flatten().collect();
        assert_eq!(sentence, format!("the server answered {status}{words} (code: 1)"));
    }
}

#[tokio::test]
async fn an_error_may_have_no_body() {
    assert_eq!(
        unexpected("404 Not Found", "").await,
        "the server answered 404 Not Found, but the body is empty where JSON should be"
    );
}

#[tokio::test]
async fn an_error_may_be_a_web_page() {
    let body =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<h1>502 Bad Gateway</h1>\r\n</body></html>";
    assert_eq!(
        unexpected("502 Bad Gateway", body).await,
        "the server answered 502 Bad Gateway (<html> <head><title>502 Bad Gateway</title></head> <body> <h1>502 Bad \
         Gateway</h1> </body></html>), but the body is not JSON (Content-Type: application/json): expected a value at 1:1"
    );
}

#[tokio::test]
async fn an_error_may_be_plain_text() {
    assert_eq!(
        unexpected("500 Internal Server Error", "The service is\tdown.\n").await,
        "the server answered 500 Internal Server Error (The service is down.), but the body is not JSON (Content-Type: \
         application/json): expected a value at 1:1"
    );
}

#[tokio::test]
async fn a_long_text_is_shown_in_part() {
    let sentence = unexpected("503 Service Unavailable", &"wait ".repeat(10_000)).await;
    assert!(sentence.contains("wait wait w") && sentence.contains("…)"), "{sentence}");
    assert!(sentence.len() < 500, "{sentence}");
}

#[tokio::test]
async fn what_would_act_on_a_terminal_is_escaped() {
    assert_eq!(
        unexpected("500 Internal Server Error", r#"{"code": true, "description": "\u001b[31mred \u202eder"}"#).await,
        "the server answered 500 Internal Server Error (code: true, description: \\u{1b}[31mred \\u{202e}der), but the \
         body does not fit the API description: at /code: expected a string or a number, found true"
    );
}

#[tokio::test]
async fn an_error_may_be_cut_off() {
    assert_eq!(
        unexpected("400 Bad Request", r#"{"code": 3000, "descr"#).await,
        "the server answered 400 Bad Request ({\"code\": 3000, \"descr), but the body is not JSON (Content-Type: \
         application/json): unterminated string, found the end at 1:22"
    );
}

#[tokio::test]
async fn an_error_may_be_of_another_shape() {
    for (body, expected) in [
        (
            r#"{"code": 1.5, "description": "No."}"#,
            "(code: 1.5, description: No.), but the body does not fit the API description: at /code: expected an integer of \
             64 bits, found the number 1.5",
        ),
        (
            r#"{"description": "No."}"#,
            "(description: No.), but the body does not fit the API description: at the top: expected a member `code`, \
             found none",
        ),
        (
            r#"{"error": {"code": "x", "message": "No."}}"#,
            "(code: x, message: No.), but the body does not fit the API description: at the top: expected a member \
             `code`, found none",
        ),
        (
            r#"[{"code": 1}]"#,
            "([{\"code\": 1}]), but the body does not fit the API description: at the top: expected an object, found an \
             array",
        ),
        (
            r#""No.""#,
            "(\"No.\"), but the body does not fit the API description: at the top: expected an object, found the string \
             \"No.\"",
        ),
    ] {
        let sentence = unexpected("403 Forbidden", body).await;
        assert_eq!(sentence, format!("the server answered 403 Forbidden {expected}"));
    }
}

#[tokio::test]
async fn a_status_may_be_unknown_to_the_description() {
    for (status, body, expected) in [
        ("418 Teapot", r#"{"code": 1, "description": "Short."}"#, "418 I'm a teapot (code: 1, description: Short.)"),
        ("204 No Content", "", "204 No Content"),
        ("299 Odd", SMALL, "299"),
        ("599 Odd", "", "599"),
    ] {
        assert_eq!(
            unexpected(status, body).await,
            format!("the server answered {expected}, but the API description does not mention this status")
        );
    }
}

#[tokio::test]
async fn the_details_of_an_error_are_for_developers() {
    let (error, sentence) = told("404 Not Found", r#"{"code": 1000}"#).await;
    assert_eq!((error.operation(), error.method().as_str()), ("getInvoiceSummary", "GET"));
    assert!(error.url().ends_with("/v1/invoices/summary"), "{}", error.url());
    let debug = format!("{error:?}");
    assert!(debug.contains(&sentence) && debug.contains(error.url()) && debug.contains("Number(1000)"), "{debug}");
}
