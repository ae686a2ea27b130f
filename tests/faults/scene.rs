//! The stage of every row: an API and a token service that do what the row wants, and a client that calls
//! them. What comes of a call is searched for secrets, whatever it is.

use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::time::Duration;

use client_tests::server::{Server, Step, answer};
use client_tests::transport::TRANSPORT;
use generated_client::credentials::AppAndUser;
use generated_client::operations::invoices::{Summary, SummaryError};
use generated_client::types::InvoiceSummary;
use generated_client::{
    BaseUrl, Call, Client, ClientBuilder, Credential, Error, ErrorKind, ReqwestTransport, Response, RetryPolicy,
    Server as Cloud, Uuid,
};
use tokio::time::{sleep, timeout};

use super::log::Log;

/// What every secret of a row contains.
pub const CANARY: &str = "canary";

const SECRET: &str = "canary-secret/+ 1";
const REFRESH: &str = "canary-refresh-0";
pub const ACCESS: &str = "canary-access-1";

const REQUEST_ID: &str = "a45e6643-1caf-4429-8f90-07c03d85bc2b";
const CORRELATION_ID: &str = "57eb2ca7-755f-450f-9187-eae1e75a0114";

/// The smallest summary.
pub const SMALL: &str = r#"{"balanceAmount": 1, "currencyCode": "USD"}"#;

/// How long an attempt may take in the rows where the server is slow.
pub const LIMIT: Duration = Duration::from_millis(250);

/// A call that takes longer than this hangs.
const HANG: Duration = Duration::from_secs(60);

type Adjust = Box<dyn Fn(ClientBuilder) -> ClientBuilder>;

pub struct Scene {
    pub api: Server,
    pub tokens: Server,
    /// Where the client calls the API: at its own address, or through what stands before it.
    url: BaseUrl,
    adjust: Adjust,
}

/// What a token service answers that works: a token that lasts an hour, and a new refresh token.
pub fn token(number: usize) -> Step {
    let body = format!(
        r#"{{"token_type": "Bearer", "expires_in": 3600, "access_token": "canary-access-{number}",
            "refresh_token": "canary-refresh-{number}"}}"#
    );
    answer("200 OK", body)
}

pub fn id(text: &str) -> Uuid {
    text.parse().expect("a UUID")
}

impl Scene {
    /// An API, and a token service that works.
    pub async fn new(api: Server) -> Self {
        let tokens = Server::in_turn([vec![token(1)], vec![token(2)], vec![token(3)]]).await;
        Self { url: api.url(), api, tokens, adjust: Box::new(|builder| builder) }
    }

    /// An API that does the same for each request.
    pub async fn saying(steps: impl Into<Vec<Step>>) -> Self {
        Self::new(Server::saying(steps).await).await
    }

    /// An API that does each of these for a request, one after the other.
    pub async fn in_turn(scripts: impl Into<Vec<Vec<Step>>>) -> Self {
        Self::new(Server::in_turn(scripts).await).await
    }

    /// An API that works, and a token service.
    pub async fn signing_in(tokens: Server) -> Self {
        Self { tokens, ..Self::saying([answer("200 OK", SMALL)]).await }
    }

    /// A token service that does the same for each request.
    pub async fn signing_in_with(steps: impl Into<Vec<Step>>) -> Self {
        Self::signing_in(Server::saying(steps).await).await
    }

    /// Calls the API at `url`, which leads to it or should.
    pub fn at(self, url: BaseUrl) -> Self {
        Self { url, ..self }
    }

    /// Makes the client in another way than the usual.
    pub fn with(mut self, adjust: impl Fn(ClientBuilder) -> ClientBuilder + 'static) -> Self {
        self.adjust = Box::new(adjust);
        self
    }

    /// Attempts take no longer than [`LIMIT`], and there are two of them.
    pub fn slow(self) -> Self {
        let once = RetryPolicy::default().retries(1).base(Duration::from_millis(1));
        self.with(move |builder| builder.attempt_timeout(LIMIT).retry(once))
    }

    /// There are two attempts, which go through `transport`.
    pub fn through(self, transport: ReqwestTransport) -> Self {
        let once = RetryPolicy::default().retries(1).base(Duration::from_millis(1));
        self.with(move |builder| builder.transport(transport.clone()).retry(once))
    }

    pub fn credential(&self) -> AppAndUser {
        credential(self.tokens.url())
    }

    /// Retries as often as it does by default, and waits less; see [`Scene::with`].
    pub fn builder(&self) -> ClientBuilder {
        let builder = Client::builder(self.url.clone()).credential(self.credential()).transport(TRANSPORT.clone());
        (self.adjust)(builder.retry(RetryPolicy::default().base(Duration::from_millis(1))))
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// What the call fails with. Nothing of it stays: the connections are closed but for the one that may be
    /// used again, and the client goes on to call a server that works.
    pub async fn fails(&self) -> Fault {
        let client = self.client();
        let fault = match self.call(&client).await {
            Ok(response) => panic!("there is an answer: {response:?}"),
            Err(error) => Fault::new(self, error),
        };
        soon("the API sees its connections close", || self.api.open() <= 1).await;
        soon("the token service sees its connections close", || self.tokens.open() <= 1).await;
        if !matches!(fault.error.kind(), ErrorKind::Token(_)) {
            let other = Server::saying([answer("200 OK", SMALL)]).await;
            let response = summary(&client).server(other.url()).await;
            assert_eq!(response.expect("an answer of another server").currency_code, "USD");
        }
        fault
    }

    /// Calls, and gets an answer with so many requests to the API and to the token service.
    pub async fn succeeds(&self, requests: usize, tokens: usize) {
        self.succeeds_with(&self.client(), requests, tokens).await;
    }

    pub async fn succeeds_with(&self, client: &Client, requests: usize, tokens: usize) {
        let response = self.call(client).await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(response.value().currency_code, "USD");
        assert_eq!(response.request_id(), Some(id(REQUEST_ID)).map(|id| *id));
        assert_eq!((self.api.requests().len(), self.tokens.requests().len()), (requests, tokens));
    }

    /// Calls; whatever comes of it, nothing that can be printed shows a secret.
    pub async fn call(&self, client: &Client) -> Result<Response<InvoiceSummary>, Error<SummaryError>> {
        let (log, recording) = Log::record();
        let outcome = timeout(HANG, summary(client).send()).await.expect("the call ends");
        drop(recording);
        let printed = self.printed(client, &outcome) + &log.text();
        assert!(printed.contains("getInvoiceSummary"), "the log is there: {printed}");
        assert!(!printed.contains(CANARY), "a secret shows: {printed}");
        for request in self.api.requests() {
            assert!(request.contains("authorization: Bearer canary-access-"), "it was there to be found: {request}");
        }
        outcome
    }

    fn printed(&self, client: &Client, outcome: &Result<Response<InvoiceSummary>, Error<SummaryError>>) -> String {
        let mut text = debugs(client) + &debugs(&client.invoices()) + &debugs(&summary(client));
        let credential = self.credential();
        text += &(debugs(&self.builder()) + &debugs(&credential) + &debugs(&Credential::from(credential)));
        match outcome {
            Ok(response) => text + &debugs(response),
            Err(error) => text + &printed(error),
        }
    }

    /// The text with names in the place of addresses.
    fn named(&self, text: &str) -> String {
        let text = text.replace(&self.url.to_string(), "API");
        text.replace(&self.tokens.url().to_string(), "TOKENS")
    }
}

/// Signs in at `tokens`.
pub fn credential(tokens: BaseUrl) -> AppAndUser {
    AppAndUser::new(Cloud::Global, "tenant", "client-id", SECRET, REFRESH).token_url(tokens)
}

/// The documented call, with the documented ids.
pub fn summary(client: &Client) -> Call<'_, Summary> {
    client.invoices().summary().request_id(id(REQUEST_ID)).correlation_id(id(CORRELATION_ID))
}

/// Comes true soon, or the test fails.
pub async fn soon(what: &str, is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(HANG, waiting).await.unwrap_or_else(|_| panic!("{what}"));
}

fn debugs(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}\n")
}

/// Everything that an error can print.
fn printed(error: &Error<SummaryError>) -> String {
    let mut text = format!("{error}\n{}{}", debugs(error), debugs(&error.headers()));
    let body = error.body().map(|body| String::from_utf8_lossy(body).into_owned());
    text.extend(body);
    let mut cause = error.source();
    if let ErrorKind::Token(token) = error.kind() {
        _ = write!(text, "{token} {} {:?} {:?}", debugs(token), token.code(), token.description());
    }
    while let Some(error) = cause {
        _ = write!(text, "{error} {}", debugs(&error));
        cause = error.source();
    }
    text
}

/// A failed call.
pub struct Fault {
    pub error: Error<SummaryError>,
    facts: String,
    sentence: String,
}

impl Fault {
    fn new(scene: &Scene, error: Error<SummaryError>) -> Self {
        let ids = (error.request_id().map(|id| id.to_string()), error.correlation_id().map(|id| id.to_string()));
        assert_eq!(ids, (Some(REQUEST_ID.to_owned()), Some(CORRELATION_ID.to_owned())));
        let facts = format!(
            "{}, {}, {}, attempts {}, requests {}, token requests {}",
            kind(error.kind()),
            error.status().map_or("no status".to_owned(), |status| status.as_str().to_owned()),
            if error.is_retryable() { "retryable" } else { "final" },
            error.attempts(),
            scene.api.requests().len(),
            scene.tokens.requests().len(),
        );
        let text = scene.named(&error.to_string());
        let ids = format!("; request id {REQUEST_ID}, correlation id {CORRELATION_ID}");
        let attempts = match error.attempts() {
            0 | 1 => String::new(),
            attempts => format!(" after {attempts} attempts"),
        };
        let sentence = text.strip_prefix(&format!("getInvoiceSummary failed{attempts}: "));
        let sentence = sentence.and_then(|text| text.strip_suffix(&ids));
        let sentence = sentence.unwrap_or_else(|| panic!("operation, attempts or ids are missing: {text}")).to_owned();
        Self { error, facts, sentence }
    }

    /// What the caller gets and the servers saw, and the sentence without its ends.
    pub fn is(&self, facts: &str, sentence: &str) {
        assert_eq!((self.facts.as_str(), self.sentence.as_str()), (facts, sentence));
    }

    /// The same, where the operating system chooses its words at the end.
    pub fn begins(&self, facts: &str, sentence: &str) {
        self.reads(facts, |text| text.starts_with(sentence));
    }

    /// The same, where the sentence has a number that is up to chance.
    pub fn reads(&self, facts: &str, sentence: impl Fn(&str) -> bool) {
        assert_eq!(self.facts, facts, "{}", self.sentence);
        assert!(sentence(&self.sentence), "{}", self.sentence);
    }

    /// The answer was kept as far as it came.
    pub fn has_body(&self, body: impl AsRef<[u8]>) {
        assert_eq!(self.error.body().map(|body| &body[..]), Some(body.as_ref()));
    }
}

fn kind(kind: &ErrorKind<SummaryError>) -> String {
    match kind {
        ErrorKind::Request(_) => "request".to_owned(),
        ErrorKind::Token(error) => format!("token {:?}", error.kind()),
        ErrorKind::Transport(error) => format!("transport {:?}", error.kind()),
        ErrorKind::Api(error) => {
            let debug = format!("{error:?}");
            format!("api {}", debug.split('(').next().unwrap_or_default())
        }
        ErrorKind::Unexpected(_) => "unexpected".to_owned(),
        other => format!("{other:?}"),
    }
}
