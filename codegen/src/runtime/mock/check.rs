//! Whether a request is one that the description allows.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

use super::refusal::Refusal;
use super::route::Found;
use super::table::Table;
use super::{body, parameter, security};

/// A request, and what it is held to.
pub struct Request<'r> {
    pub table: &'r Table,
    pub uri: &'r Uri,
    pub headers: &'r HeaderMap,
    pub body: &'r Bytes,
}

impl Request<'_> {
    /// The first line of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The names and the values of the query, as they were sent.
    pub fn query(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }

    /// The same of the cookies.
    pub fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.headers.get_all("cookie").iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
    }
}

/// The operation that a request is of, if it is allowed; or what is wrong with it as the most likely one.
pub fn choose<'t>(request: &Request<'_>, found: Vec<Found<'t>>) -> Result<Found<'t>, Refusal> {
    let mut first = None;
    for found in found {
        match check(request, &found) {
            Ok(()) => return Ok(found),
            Err(refusal) => _ = first.get_or_insert(refusal),
        }
    }
    Err(first.unwrap_or_else(|| Refusal::new(StatusCode::NOT_FOUND, Vec::new())))
}

fn check(request: &Request<'_>, found: &Found<'_>) -> Result<(), Refusal> {
    if let Some(fault) = security::fault(request, found.operation) {
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, vec![fault]));
    }
    let mut faults = parameter::faults(request, found);
    let mut status = StatusCode::BAD_REQUEST;
    match body::check(request, found.operation) {
        Ok(()) => {}
        Err(body::Fault::MediaType(fault)) => {
            if faults.is_empty() {
                status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            }
            faults.push(fault);
        }
        Err(body::Fault::Content(fault)) => faults.push(fault),
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::new(status, faults)) }
}
