//! What the caller gets for an answer that is as documented.

use generated_client::http::StatusCode;
use generated_client::operations::invoices::SummaryHeaders;
use generated_client::types::InvoiceType;

use super::server::{Server, answer};
use super::*;

/// The documented answer, with the length that it really has and more headers.
async fn documented_server(more: &str) -> Server {
    let Exchange { response_head, body, .. } = exchange();
    let lines = response_head.lines().filter(|line| !line.starts_with("Content-Length"));
    let head = lines.collect::<Vec<_>>().join("\n") + more;
    let head = head.strip_prefix("HTTP/1.1 ").expect("a status line").to_owned();
    Server::saying([answer(&head, body)]).await
}

#[tokio::test]
async fn the_documented_response_becomes_a_typed_value() {
    let server = documented_server("").await;
    let answer = call(&server).await.expect("the documented answer");
    assert_eq!(answer.balance_amount.to_string(), "751094.39");
    assert_eq!(answer.currency_code, "USD");
    let details = answer.details.value().expect("details");
    let types: Vec<_> = details.iter().filter_map(|detail| detail.invoice_type.clone()).collect();
    assert_eq!(types, [InvoiceType::Recurring, InvoiceType::OneTime]);
    assert_eq!(*answer.value(), serde_json::from_str::<InvoiceSummary>(&exchange().body).expect("a summary"));
}

#[tokio::test]
async fn awaiting_a_call_gives_the_value_alone() {
    let server = documented_server("").await;
    let value: InvoiceSummary = summary(&client(server.url())).await.expect("the documented answer");
    assert_eq!(value, call(&server).await.expect("the documented answer").into_value());
}

#[tokio::test]
async fn status_headers_ids_and_raw_body_are_at_hand() {
    let server = documented_server("\nMS-CV: +VHd+6QPEkmzvP4p.0\nMS-ServerId: 201022015").await;
    let answer = call(&server).await.expect("the documented answer");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/json; charset=utf-8");
    assert_eq!(answer.headers()["date"], "Thu, 24 Mar 2016 05:21:01 GMT");
    assert_eq!(answer.request_id(), Some(*id(REQUEST_ID)));
    assert_eq!(answer.correlation_id(), Some(*id(CORRELATION_ID)));
    assert_eq!(answer.body(), exchange().body.as_bytes());

    let headers = SummaryHeaders::from(answer.headers());
    assert_eq!(headers.request_id, Some(id(REQUEST_ID)));
    assert_eq!(headers.correlation_id, Some(id(CORRELATION_ID)));
    assert_eq!(headers.cv.as_deref(), Some("+VHd+6QPEkmzvP4p.0"));
    assert_eq!(headers.server_id.as_deref(), Some("201022015"));
    assert_eq!((headers.retry_after, headers.www_authenticate), (None, None));
}

#[tokio::test]
async fn the_ids_are_those_that_the_service_answers_with() {
    let other = "00000000-0000-4000-8000-000000000001";
    let server =
        Server::saying([answer(&format!("200 OK\nms-requestid: {other}\nMS-CorrelationId: none"), SMALL)]).await;
    let answer = call(&server).await.expect("an answer");
    assert_eq!(answer.request_id(), Some(*id(other)));
    assert_eq!(answer.correlation_id(), Some(*id(CORRELATION_ID)), "what is no id does not hide the one that was sent");
    assert_eq!(SummaryHeaders::from(answer.headers()).correlation_id, None);
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped_and_kept_in_the_raw_body() {
    let body = format!("\u{feff}{}", documented::GET_INVOICE_SUMMARY_200_DOCUMENTED);
    let server = Server::saying([answer("200 OK\nContent-Type: application/json", &body)]).await;
    let answer = call(&server).await.expect("the documented answer");
    assert_eq!(answer.balance_amount.to_string(), "751094.39");
    assert_eq!(answer.body(), body.as_bytes());
}

#[tokio::test]
async fn the_content_type_need_not_be_right() {
    for head in ["200 OK", "200 OK\nContent-Type: text/plain", "200 OK\nContent-Type: application/json;charset=UTF-8"] {
        let server = Server::saying([answer(head, SMALL)]).await;
        assert_eq!(call(&server).await.expect("an answer").currency_code, "USD");
    }
}

#[tokio::test]
async fn what_the_description_does_not_know_is_no_error() {
    let body = r#"{"balanceAmount": 0.0, "currencyCode": "EUR", "more": {"a": [1]},
                   "details": [{"invoiceType": "perpetual", "summary": null}, {}]}"#;
    let server = Server::saying([answer("200 OK\nX-More: 1", body)]).await;
    let answer = call(&server).await.expect("an answer");
    let details = answer.details.value().expect("details");
    assert_eq!(details[0].invoice_type, Some(InvoiceType::Unknown("perpetual".to_owned())));
    assert_eq!(details[1].invoice_type, None);
}

#[tokio::test]
async fn an_answer_outlives_its_client() {
    let server = Server::saying([answer("200 OK", SMALL)]).await;
    let answer = call(&server).await.expect("an answer");
    drop(server);
    assert_eq!(tokio::spawn(async move { answer.currency_code.clone() }).await.expect("it is Send"), "USD");
}
