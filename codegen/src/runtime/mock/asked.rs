//! What a mock was asked.

use std::collections::VecDeque;
use std::fmt;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, Method, Uri};

use super::route::Found;
use super::table::Table;

/// How many requests are remembered.
const MOST: usize = 1000;

/// A request that a mock got.
///
/// Its Debug shows the method and the path alone: the rest may hold what is nobody's business.
#[derive(Clone)]
pub struct Asked {
    operation: Option<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Asked {
    pub(super) fn new(
        found: Option<&Found<'_>>,
        table: &Table,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Self {
        let mut headers = headers.clone();
        let keys = table.schemes.iter().filter(|scheme| scheme.location == "header");
        let keys = keys.filter_map(|scheme| HeaderName::try_from(scheme.key.as_str()).ok());
        let secret: Vec<_> = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].into_iter().chain(keys).collect();
        for (name, value) in &mut headers {
            if secret.contains(name) {
                value.set_sensitive(true);
            }
        }
        let operation = found.map(|found| found.operation.id.clone());
        Self { operation, method: method.clone(), uri: uri.clone(), headers, body: body.clone() }
    }

    /// The operation, as `Operation::NAME` has it; none, if the description has no such path or method.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path, as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query, as it was sent and without the question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// The headers. Those that hold a credential are marked, so that their Debug does not show it.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path())
    }
}

/// The last requests.
#[derive(Default)]
pub struct Memory(VecDeque<Asked>);

impl Memory {
    pub fn add(&mut self, asked: Asked) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(asked);
    }

    pub fn all(&self) -> Vec<Asked> {
        self.0.iter().cloned().collect()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }
}
