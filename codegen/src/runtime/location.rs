//! Requests for addresses that the API description does not have.

use http::Method;
use http::header::{HeaderMap, LOCATION};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::base_url::BaseUrl;
use super::error::Error;
use super::exchange::CallInfo;
use super::request::Request;
use super::request_error::RequestError;
use super::response::Response;
use super::security::EVERY_CREDENTIAL;
use super::settings::Settings;

/// What an address cannot hold as it is; `%` stays, as what is there may be encoded already.
const NOT_IN_ADDRESS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// An address, taken apart.
struct Address {
    origin: BaseUrl,
    path: String,
    query: String,
}

impl Request {
    /// A request of the caller's own: for a path below the client's server, or for a whole address.
    pub fn own(client: &Settings, method: Method, target: &str) -> Self {
        let mut request = Self::new(method, "{path}");
        request.security(EVERY_CREDENTIAL);
        if target.starts_with('/') {
            let (path, query) = parts(target);
            request.target(path, query);
            return request;
        }
        match Address::read(target) {
            Some(address) => {
                request.foreign = !address.origin.is_of_origin(&client.base_url.to_string());
                request.address_to(address);
            }
            None => request.fail(RequestError::address("the address")),
        }
        request
    }

    /// A request for the address that an answer names, to the call that it answered.
    ///
    /// What proves to the API who is calling goes no further than where it went for that call.
    fn following(call: &CallInfo, answer: Option<&HeaderMap>) -> Self {
        let mut request = Self::new(Method::GET, "{location}");
        let Some(location) = answer.and_then(|headers| headers.get(LOCATION)) else {
            request.fail(RequestError::no_location());
            return request;
        };
        match Address::resolve(&call.url, &String::from_utf8_lossy(location.as_bytes())) {
            Some(address) => {
                request.foreign = call.foreign || !address.origin.is_of_origin(&call.url);
                request.security(call.security);
                request.address_to(address);
            }
            None => request.fail(RequestError::address("the header `Location` of the answer")),
        }
        request
    }

    fn address_to(&mut self, Address { origin, path, query }: Address) {
        self.send_to(origin);
        self.target(path, query);
        if self.foreign {
            self.security(&[]);
        }
    }

    /// The query is kept as it is, in front of what is added.
    fn target(&mut self, path: String, query: String) {
        self.path = path;
        self.set_query("", query);
    }
}

/// An answer that may say where something is: a [`Response`], or an [`Error`], as a redirect is that
/// nothing is described of.
///
/// Only types of this crate implement it.
pub trait Located {
    /// The request for what is there.
    #[doc(hidden)]
    fn following(&self) -> Request;
}

impl<T> Located for Response<T> {
    fn following(&self) -> Request {
        Request::following(self.call(), Some(self.headers()))
    }
}

impl<E> Located for Error<E> {
    fn following(&self) -> Request {
        Request::following(self.call(), self.headers())
    }
}

impl Address {
    /// A whole address, with a scheme and a host.
    fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        let origin = BaseUrl::insecure(&format!("{scheme}://{authority}")).ok()?.secured();
        let (path, query) = parts(target);
        Some(Self { origin, path: without_dots(&path), query })
    }

    /// What `reference` means in an answer to a request for `base`: RFC 3986, section 5.2.
    fn resolve(base: &str, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        let (scheme, rest) = base.split_once("://")?;
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(slash);
        let above = path.rfind('/').map_or("/", |slash| &path[..=slash]);
        match reference {
            "" => None,
            _ if has_scheme(reference) => Self::read(reference),
            _ if reference.starts_with("//") => Self::read(&format!("{scheme}:{reference}")),
            _ if reference.starts_with('/') => Self::read(&format!("{scheme}://{authority}{reference}")),
            _ if reference.starts_with(['?', '#']) => Self::read(&format!("{scheme}://{authority}{path}{reference}")),
            _ => Self::read(&format!("{scheme}://{authority}{above}{reference}")),
        }
    }
}

/// The path and the query of an address, without what is behind `#`.
fn parts(target: &str) -> (String, String) {
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let encode = |text: &str| utf8_percent_encode(text, NOT_IN_ADDRESS).to_string();
    let path = encode(path);
    (if path.starts_with('/') { path } else { format!("/{path}") }, encode(query))
}

/// Whether a reference says by itself how it is reached, as `mailto:` does.
fn has_scheme(reference: &str) -> bool {
    let colon = reference.find([':', '/', '?', '#']).filter(|at| reference[*at..].starts_with(':'));
    colon.is_some_and(|colon| reference[..colon].starts_with(|sign: char| sign.is_ascii_alphabetic()))
}

/// A path without `.` and `..`, which stay within it.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_dots = matches!(segment, "." | "..");
        if segment == ".." {
            kept.pop();
        }
        match (is_dots, segments.peek()) {
            (false, _) => kept.push(segment),
            // What ends in dots is a folder.
            (true, None) => kept.push(""),
            (true, Some(_)) => {}
        }
    }
    format!("/{}", kept.join("/"))
}
