//! How one page of an answer leads to the next.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
/// For the crate of the API, which has no other use for its crate.
pub use futures_core::Stream;
use http::HeaderMap;

#[cfg(feature = "mock")]
use super::mock::Mock;
use super::paging_body::{Value, Way, Written, count, flag, scalar};
use super::paging_fault::PagingFault;
use super::paging_link::next_link;
use super::request::Request;
use super::settings::Settings;

/// How the next page of an operation is asked for, by an answer with one of them.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    onward: Onward,
    parameter: Option<Parameter>,
    more: Option<Way>,
    done: Option<Way>,
    last: Option<Way>,
}

/// What there is to go on by.
#[derive(Clone, Copy, Debug)]
enum Onward {
    /// A value in the body: a link, unless there is a parameter for it.
    Member(Way),
    /// The same in a header.
    Header(&'static str),
    /// The link `next` of the `Link` headers.
    Links,
    /// The number of the page, counted from that of the first one.
    Number(u64, Way),
    /// How many items there were.
    Offset(Way),
}

/// What says which page is wanted.
#[derive(Clone, Copy, Debug)]
enum Parameter {
    Query(&'static str),
    Header(&'static str),
    /// A member of the body.
    Body(Way, Written),
}

impl Paging {
    const fn new(onward: Onward, parameter: Option<Parameter>) -> Self {
        Self { onward, parameter, more: None, done: None, last: None }
    }

    /// By a value in the body: the address of the next page, unless it is sent [in a parameter](Self::in_query).
    pub const fn by_member(way: Way) -> Self {
        Self::new(Onward::Member(way), None)
    }

    /// The same for a value in a header.
    pub const fn by_header(name: &'static str) -> Self {
        Self::new(Onward::Header(name), None)
    }

    /// By the headers `Link` (RFC 8288).
    pub const fn by_links() -> Self {
        Self::new(Onward::Links, None)
    }

    /// By the number of the page; the first one has the number `first`.
    pub const fn by_number(first: u64, items: Way) -> Self {
        Self::new(Onward::Number(first, items), None)
    }

    /// By how many items come before it.
    pub const fn by_offset(items: Way) -> Self {
        Self::new(Onward::Offset(items), None)
    }

    /// Sends the value in a query parameter.
    pub const fn in_query(mut self, name: &'static str) -> Self {
        self.parameter = Some(Parameter::Query(name));
        self
    }

    /// Sends the value in a header.
    pub const fn in_header(mut self, name: &'static str) -> Self {
        self.parameter = Some(Parameter::Header(name));
        self
    }

    /// Sends the value as a text in a member of the body.
    pub const fn in_body(self, way: Way) -> Self {
        self.written_in_body(way, Written::Text)
    }

    /// The same as a number.
    pub const fn in_body_as_number(self, way: Way) -> Self {
        self.written_in_body(way, Written::Number)
    }

    /// The same as the text or the number that it was in the answer.
    pub const fn in_body_as_it_came(self, way: Way) -> Self {
        self.written_in_body(way, Written::AsItCame)
    }

    const fn written_in_body(mut self, way: Way, written: Written) -> Self {
        self.parameter = Some(Parameter::Body(way, written));
        self
    }

    /// Names the member that says whether there are more pages.
    pub const fn more(mut self, way: Way) -> Self {
        self.more = Some(way);
        self
    }

    /// Names the member that says that there are none.
    pub const fn done(mut self, way: Way) -> Self {
        self.done = Some(way);
        self
    }

    /// Names the member that has the number of the last page.
    pub const fn last(mut self, way: Way) -> Self {
        self.last = Some(way);
        self
    }

    /// The value that leads to the next page; `None` behind the last one.
    fn onward<'b>(&self, sent: &Request, headers: &HeaderMap, body: &'b str) -> Result<Option<Value<'b>>, PagingFault> {
        let value = match self.onward {
            Onward::Member(way) => scalar(body, way)?,
            Onward::Header(name) => {
                headers.get(name).and_then(|value| value.to_str().ok()).map(|text| Value::of(text.to_owned()))
            }
            Onward::Links => next_link(headers).map(Value::of),
            Onward::Number(first, items) => self.number(sent, first, items, body)?,
            Onward::Offset(items) => {
                let count = count(body, items);
                let next = self.sent(sent, 0)?.checked_add(count).ok_or(PagingFault::Number)?;
                (count > 0).then(|| Value::counted(next))
            }
        };
        Ok(value.filter(|value| !value.text.trim().is_empty()))
    }

    fn number<'b>(&self, sent: &Request, first: u64, items: Way, body: &str) -> Result<Option<Value<'b>>, PagingFault> {
        let number = self.sent(sent, first)?;
        let last = match self.last {
            Some(way) => scalar(body, way)?.and_then(|last| last.text.parse::<u64>().ok()),
            None => None,
        };
        let is_last = last.map_or_else(|| count(body, items) == 0, |last| number >= last);
        let next = number.checked_add(1).ok_or(PagingFault::Number)?;
        Ok((!is_last).then(|| Value::counted(next)))
    }

    /// What tells the request of a page from those of others.
    fn place(&self, request: &Request) -> u64 {
        let (header, body) = match self.parameter {
            Some(Parameter::Header(name)) => (request.headers.get(name).map(|value| value.as_bytes()), None),
            Some(Parameter::Body(..)) => (None, request.body.as_bytes()),
            Some(Parameter::Query(_)) | None => (None, None),
        };
        hashed((&request.path, &request.query, header, body))
    }

    /// The number that a request was sent with, or else `usual`.
    fn sent(&self, sent: &Request, usual: u64) -> Result<u64, PagingFault> {
        let value = match self.parameter {
            Some(Parameter::Query(name)) => {
                let text = sent.query.iter().find(|(known, text)| known == name && !text.is_empty());
                text.map(|(_, text)| Value::of(text.split_once('=').map_or("", |(_, value)| value)))
            }
            Some(Parameter::Body(way, _)) => {
                let body = sent.body.as_bytes().and_then(|body| std::str::from_utf8(body).ok());
                body.and_then(|body| scalar(body, way).transpose()).transpose()?
            }
            Some(Parameter::Header(_)) | None => None,
        };
        value.map_or(Ok(usual), |value| value.text.parse().map_err(|_| PagingFault::Number))
    }

    /// Has a request ask for the page that a value leads to.
    fn ask(&self, request: &mut Request, value: &Value<'_>, client: &Settings) -> Result<(), PagingFault> {
        match self.parameter {
            Some(Parameter::Query(name)) => request.query(name, &value.text),
            Some(Parameter::Header(name)) => request.header(name, &value.text),
            Some(Parameter::Body(way, written)) => {
                request.member(way, &value.json(written)).ok_or(PagingFault::Body)?;
            }
            None => request.follow(&value.text, client)?,
        }
        Ok(())
    }
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How far a caller has come with the pages of a call.
pub struct Course {
    paging: Paging,
    next: Option<Result<Request, PagingFault>>,
    /// What was asked for, to be asked for once more with something else in it.
    sent: Option<Request>,
    /// What tells the requests that were sent from each other.
    asked: HashSet<u64>,
    /// What tells the last page from others.
    page: Option<u64>,
}

impl Course {
    /// One that begins with `first`.
    pub fn new(paging: Paging, first: Request) -> Self {
        Self { paging, next: Some(Ok(first)), sent: None, asked: HashSet::new(), page: None }
    }

    /// What to ask for next; `None` at the end, which an error is, too.
    pub fn next_request(&mut self) -> Option<Result<Request, PagingFault>> {
        let next = self.next.take()?;
        if let Ok(request) = &next {
            self.asked.insert(self.paging.place(request));
            self.sent = request.again();
        }
        Some(next)
    }

    /// Asks for nothing any more. Whether there was something to ask for.
    pub fn stop(&mut self) -> bool {
        self.next.take_if(|next| next.is_ok()).is_some()
    }

    /// Takes the answer to the last request.
    pub fn took(&mut self, headers: &HeaderMap, body: &Bytes, client: &Settings) {
        // What a mock answered by itself leads to the same answer again, or to the real server.
        #[cfg(feature = "mock")]
        if Mock::is_example(headers) {
            return;
        }
        let body = std::str::from_utf8(body).unwrap_or_default();
        let body = body.strip_prefix('\u{feff}').unwrap_or(body);
        self.next = self.behind(headers, body, client).transpose();
    }

    fn behind(&mut self, headers: &HeaderMap, body: &str, client: &Settings) -> Result<Option<Request>, PagingFault> {
        let more = self.paging.more.and_then(|way| flag(body, way));
        let more = more.or_else(|| flag(body, self.paging.done?).map(|done| !done));
        // What could not be sent again has no pages, unless there is something to ask for.
        let Some(mut request) = self.sent.take() else {
            return if more == Some(true) { Err(PagingFault::Once) } else { Ok(None) };
        };
        if more == Some(false) {
            return Ok(None);
        }
        let Some(value) = self.paging.onward(&request, headers, body)? else {
            return if more == Some(true) { Err(PagingFault::Nowhere) } else { Ok(None) };
        };
        self.paging.ask(&mut request, &value, client)?;
        // A server that does not look at the number gives the same page for each.
        let is_counted = matches!(self.paging.onward, Onward::Number(..) | Onward::Offset(_));
        let page = is_counted.then(|| hashed(body));
        let repeats = is_counted && page == self.page;
        self.page = page;
        if repeats || self.asked.contains(&self.paging.place(&request)) {
            return Err(PagingFault::Repeats);
        }
        Ok(Some(request))
    }
}
