//! A service in place of the real one: it answers with what the API description documents.

mod answer;
mod asked;
mod body;
mod check;
mod parameter;
mod refusal;
mod route;
mod rules;
mod schema;
mod security;
mod table;
mod text;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};

pub use self::asked::Asked;
use self::asked::Memory;
use self::check::Request;
use self::refusal::Refusal;
use self::route::Found;
pub use self::rules::On;
use self::rules::{Rules, Told};
use self::table::{Operation, Table};
use super::base_url::BaseUrl;
use super::body::{Body, BodyError};
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// The largest body of a request that is looked at: 64 MiB.
const MAX_BODY_SIZE: usize = 64 << 20;

/// A [`Transport`] that answers as the API description documents, without a network.
///
/// An operation is answered with the first example of its success, and where the description has none, with a value
/// that is made from the schema: the header [`Mock::HEADER`] says which of the two it is. [`on`](Self::on) tells it to
/// answer otherwise.
///
/// A request that the description does not allow gets an answer that says in words what is wrong with it, with a
/// status such as 400: a path that is not there, a parameter or a member that is missing or is not what its schema
/// says, another media type, no credential.
///
/// What is gone through page by page has one page, the example, whatever that says of others; the mock can be told more.
///
/// It remembers what it was asked, for [`requests`](Self::requests). Its clones are the same mock.
#[derive(Clone)]
pub struct Mock(Arc<Inner>);

struct Inner {
    table: Table,
    rules: Mutex<Rules>,
    memory: Mutex<Memory>,
}

impl Mock {
    /// The header that says where an answer comes from.
    ///
    /// | value | the answer |
    /// |---|---|
    /// | `documented`, `documented; example=…` | is an example of the description, by its name if it has one |
    /// | `made-from-schema` | is made from the schema, as the description has no example |
    /// | `empty` | has no body, as none is described |
    /// | `told` | is what the mock was told, or has a header that it was told |
    /// | `refused` | says what is wrong with the request |
    pub const HEADER: &str = "mock-answer";

    /// Whether a mock answered by itself: with an example, or as one is made.
    pub(super) fn is_example(headers: &HeaderMap) -> bool {
        let from = headers.get(Self::HEADER).and_then(|from| from.to_str().ok());
        from.is_some_and(|from| from.starts_with("documented") || from == "made-from-schema")
    }

    /// A mock of the operations of a table, as the generator writes it.
    #[doc(hidden)]
    pub fn of(table: &str) -> Self {
        Self(Arc::new(Inner { table: Table::read(table), rules: Mutex::default(), memory: Mutex::default() }))
    }

    /// The address of clients that nobody gives another one. The name leads nowhere.
    #[doc(hidden)]
    #[must_use]
    pub fn server() -> BaseUrl {
        BaseUrl::new("https://mock.invalid".to_owned(), "")
    }

    /// Tells how to answer an operation: one that has this `operationId`, such as `Operation::NAME` says, or
    /// this method and path template, such as `GET /cats/{id}`.
    ///
    /// What was told first is overruled by what is told later, unless that is for a few calls alone.
    ///
    /// # Panics
    ///
    /// If the description has no such operation.
    #[track_caller]
    pub fn on(&self, operation: &str) -> On<'_> {
        let Some(index) = self.0.table.position(operation) else {
            panic!("the API description has no operation `{operation}`{}", self.0.table.near(operation));
        };
        let number = self.rules().add(index);
        On::new(self, number)
    }

    /// What was asked so far, the first one first: no more than the last thousand requests.
    #[must_use]
    pub fn requests(&self) -> Vec<Asked> {
        lock(&self.0.memory).all()
    }

    /// The operations, each as its method and path template.
    #[doc(hidden)]
    pub fn operations(&self) -> impl Iterator<Item = String> + '_ {
        self.0.table.operations.iter().map(Operation::request)
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        lock(&self.0.rules)
    }

    /// What comes of a request, and after how long.
    fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Outcome {
        let table = &self.0.table;
        let found = route::find(table, method, uri);
        let asked = Asked::new(found.as_ref().ok().and_then(|found| found.first()), table, method, uri, headers, body);
        lock(&self.0.memory).add(asked);
        let chosen = found.and_then(|found| check::choose(&Request { table, uri, headers, body }, found));
        match chosen {
            Err(refusal) => Outcome { told: Told::default(), response: Ok(refusal.response(method)) },
            Ok(Found { index, operation, .. }) => {
                let told = self.rules().take(index).preferred(headers);
                let response = if told.broken {
                    Err(TransportError::new(TransportErrorKind::Other, "the mock was told to break the connection"))
                } else {
                    Ok(answer::answer(table, operation, headers, &told))
                };
                Outcome { told, response }
            }
        }
    }
}

/// What comes of a request.
struct Outcome {
    told: Told,
    response: Result<http::Response<Body>, TransportError>,
}

impl Transport for Mock {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = match body.collect(MAX_BODY_SIZE).await {
                Ok(body) => body,
                Err(BodyError::Transport(error)) => return Err(error),
                Err(error) => return Ok(Refusal::too_large(&error).response(&head.method)),
            };
            let Outcome { told, response } = self.answer(&head.method, &head.uri, &head.headers, &body);
            if let Some(delay) = told.delay {
                tokio::time::sleep(delay).await;
            }
            response
        })
    }
}

impl std::fmt::Debug for Mock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mock({} operations, {} requests)", self.0.table.operations.len(), lock(&self.0.memory).count())
    }
}

/// What a test left behind that panicked is as good as before.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
