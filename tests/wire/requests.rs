//! What the client sends.

use std::collections::BTreeMap;

use generated_client::Server as Cloud;

use super::server::{Server, answer};
use super::*;

/// The headers of a request or an answer, by name in lower case.
fn headers(head: &str) -> BTreeMap<String, String> {
    let lines = head.lines().skip(1).take_while(|line| !line.is_empty());
    let headers = lines.map(|line| line.split_once(": ").expect("a header"));
    headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect()
}

async fn small_server() -> Server {
    Server::saying([answer("200 OK", SMALL)]).await
}

fn only_request(server: &Server) -> String {
    let requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests[0].clone()
}

#[tokio::test]
async fn the_request_is_the_documented_one() {
    let server = small_server().await;
    let client = Client::new(server.url(), BearerToken::new(CANARY)).expect("a client");
    summary(&client).await.expect("an answer");
    let sent = only_request(&server);
    let Exchange { request: documented, .. } = exchange();

    let line = documented.lines().next().expect("a request line");
    let path = line.strip_prefix(&format!("GET {}", Cloud::Global.url())).expect("the worldwide cloud");
    assert_eq!(sent.lines().next(), Some(format!("GET {path}").as_str()));

    let mut expected = headers(&documented);
    expected.insert("authorization".to_owned(), format!("Bearer {CANARY}"));
    // To keep the connection is what HTTP/1.1 does unless told otherwise.
    assert_eq!(expected.remove("connection").as_deref(), Some("Keep-Alive"));
    // HTTP/1.1 demands the host, and asks every client for its name.
    expected.insert("host".to_owned(), server.address().to_owned());
    expected.insert("user-agent".to_owned(), "generated-client/0.1.0".to_owned());
    // Without this one, the server may pack the answer as it likes.
    expected.insert("accept-encoding".to_owned(), "identity".to_owned());
    assert_eq!(headers(&sent), expected, "these headers and no others");
    assert!(sent.ends_with("\r\n\r\n"), "no body: {sent}");
}

#[tokio::test]
async fn every_call_has_fresh_ids() {
    let server = small_server().await;
    let client = client(server.url());
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(client.invoices().summary().send().await.expect("an answer"));
    }
    let mut ids = Vec::new();
    for (sent, answer) in server.requests().iter().zip(&answers) {
        let sent = headers(sent);
        for (name, of_answer) in [("ms-requestid", answer.request_id()), ("ms-correlationid", answer.correlation_id())]
        {
            let id = of_answer.expect("an id");
            assert_eq!(id.get_version_num(), 4);
            assert_eq!(sent[name], id.to_string(), "the answer has no ids, so they are those that were sent");
            ids.push(id);
        }
    }
    assert_eq!(ids.len(), 6);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 6, "no two are the same");
}

#[tokio::test]
async fn ids_that_are_given_are_sent_as_they_are_spelled() {
    let server = small_server().await;
    let client = client(server.url());
    let spelled = REQUEST_ID.to_uppercase();
    let answer = client.invoices().summary().request_id(id(&spelled)).send().await.expect("an answer");
    let sent = headers(&only_request(&server));
    assert_eq!(sent["ms-requestid"], spelled);
    assert_ne!(sent["ms-correlationid"], CORRELATION_ID, "the other one is still fresh");
    assert_eq!(answer.request_id(), Some(*id(REQUEST_ID)));
}

#[tokio::test]
async fn optional_headers_are_sent_when_they_are_set() {
    let server = small_server().await;
    let client = client(server.url());
    let call = client.invoices().summary().contract_version("v1").application("Ledger 2").locale("en-US");
    call.locale("de-DE").await.expect("an answer");
    let sent = headers(&only_request(&server));
    assert_eq!(sent["ms-contract-version"], "v1");
    assert_eq!(sent["ms-partnercenter-application"], "Ledger 2");
    assert_eq!(sent["x-locale"], "de-DE", "the last one counts");
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_stops_the_call() {
    let server = small_server().await;
    let client = client(server.url());
    for value in ["de\r\nX-Injected: 1", "dé", "de\0"] {
        let error = client.invoices().summary().locale(value).await.expect_err("it cannot be sent");
        assert_eq!(
            error.to_string(),
            "getInvoiceSummary failed: the header `X-Locale` has a character that a header cannot hold (only \
             visible ASCII and spaces can be sent)"
        );
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_path_of_the_base_url_comes_first() {
    let server = small_server().await;
    for base in ["/gateway", "/gateway/"] {
        let base: BaseUrl = format!("{}{base}", server.url()).parse().expect("an address");
        client(base).invoices().summary().await.expect("an answer");
    }
    for request in server.requests() {
        assert_eq!(request.lines().next(), Some("GET /gateway/v1/invoices/summary HTTP/1.1"));
    }
}

#[tokio::test]
async fn a_call_can_go_to_another_server() {
    let (server, other) = (small_server().await, small_server().await);
    let client = client(server.url());
    client.invoices().summary().server(other.url()).await.expect("an answer");
    let sent = headers(&only_request(&other));
    assert_eq!(
        (sent["host"].as_str(), sent["authorization"].as_str()),
        (other.address(), &*format!("Bearer {CANARY}"))
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_user_agent_can_be_chosen() {
    let server = small_server().await;
    let client = builder(server.url()).user_agent("ledger/2").build().expect("a client");
    summary(&client).await.expect("an answer");
    assert_eq!(headers(&only_request(&server))["user-agent"], "ledger/2");
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let server = small_server().await;
    let client = client(server.url());
    drop(client.invoices().summary());
    drop(client.invoices().summary().into_future());
    client.invoices().summary().await.expect("an answer");
    assert_eq!(server.requests().len(), 1);
}
