//! What an operation asks for, before it is known which server it goes to.

use std::fmt::{self, Display};
use std::time::Duration;

use http::Method;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::base_url::BaseUrl;
use super::body::Body;
use super::call_id::{CallId, CallIdHeaders};
use super::extras::Extras;
use super::reply::Reply;
use super::request_error::RequestError;
use super::retry::RetryPolicy;
use super::security::{ANY_TOKEN, Alternatives, Signing};
use super::settings::Settings;

/// Everything but the unreserved characters of RFC 3986, section 2.3.
pub const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request in the making.
///
/// Values are encoded as they are set, and setting one again replaces it. A value that cannot be
/// sent is remembered: the first one comes out as the error of the call, and nothing is sent.
pub struct Request {
    pub(super) method: Method,
    /// The path as in the API description.
    pub(super) template: &'static str,
    /// The path with the values in place of `{name}`.
    pub(super) path: String,
    /// Name, and the whole encoded text for it: `name=a&name=b`.
    pub(super) query: Vec<(String, String)>,
    /// The same, with `; ` in between.
    pub(super) cookies: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) call_ids: CallIdHeaders,
    pub(super) servers: Servers,
    pub(super) security: Alternatives,
    pub(super) signing: Signing,
    /// Whether it may be repeated without harm; unless this says so, that depends on its method.
    pub(super) idempotent: Option<bool>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) timeout: Option<Duration>,
    /// Whether the body of an answer is left to the caller, going by its head.
    pub(super) streams: fn(&Reply) -> bool,
    /// What the caller says of the body, whatever it came with.
    pub(super) sent_as: Option<(HeaderValue, MediaTypes)>,
    /// What the caller adds to what the operation has.
    pub(super) extras: Extras,
    /// Whether it goes where nobody has to know who is calling.
    pub(super) foreign: bool,
    pub(super) error: Option<RequestError>,
}

/// Where a request goes instead of the client's server.
#[derive(Clone, Default)]
pub struct Servers {
    /// The one that the caller chose for this call.
    chosen: Option<BaseUrl>,
    /// The one that the API description has for the operation.
    own: Option<&'static str>,
    /// Those that it has for the clients of some servers, each with that server.
    own_beside: Vec<(&'static str, &'static str)>,
}

/// The media types that a body may have, by the one that it comes with, which is the first.
pub type MediaTypes = &'static [&'static [&'static str]];

/// How a list stands in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `name=a&name=b`: `explode: true`.
    Repeated,
    /// `name=a,b`: `explode: false`.
    Commas,
}

impl Request {
    /// A request for the path `template`, which starts with a slash and holds `{name}` for each
    /// [path value](Self::path).
    pub fn new(method: Method, template: &'static str) -> Self {
        Self {
            method,
            template,
            path: template.to_owned(),
            query: Vec::new(),
            cookies: Vec::new(),
            headers: HeaderMap::new(),
            body: Body::empty(),
            call_ids: CallIdHeaders::default(),
            servers: Servers::default(),
            security: ANY_TOKEN,
            signing: Signing::default(),
            idempotent: None,
            retry: None,
            timeout: None,
            streams: |_| false,
            sent_as: None,
            extras: Extras::default(),
            foreign: false,
            error: None,
        }
    }

    /// The same for a method of any name, such as `QUERY`.
    pub fn named(method: &'static str, template: &'static str) -> Self {
        let known = Method::from_bytes(method.as_bytes());
        let is_none = known.is_err();
        let mut request = Self::new(known.unwrap_or_default(), template);
        if is_none {
            request.fail(RequestError::method(method));
        }
        request
    }

    /// Puts `value` in place of `{name}` in the path.
    ///
    /// An empty value, `.` and `..` would address another resource, so they cannot be sent.
    pub fn path(&mut self, name: &str, value: &dyn Display) {
        let value = value.to_string();
        if matches!(value.as_str(), "" | "." | "..") {
            return self.fail(RequestError::path_value(name, value));
        }
        self.set_path(name, &encode(&value));
    }

    /// Puts text that is encoded already in place of `{name}` in the path.
    pub(super) fn set_path(&mut self, name: &str, text: &str) {
        self.path = self.path.replace(&format!("{{{name}}}"), text);
    }

    /// Sets a part of the query that the path of the description has: `text` is the whole of it.
    pub fn fixed_query(&mut self, name: &str, text: &str) {
        self.set_query(name, text.to_owned());
    }

    /// Sets a query parameter.
    pub fn query(&mut self, name: &str, value: &dyn Display) {
        let pair = format!("{}={}", encode(name), encode(&value.to_string()));
        self.set_query(name, pair);
    }

    /// Sets a query parameter that takes a list. An empty list leaves it out.
    pub fn query_list<T: Display>(&mut self, name: &str, values: &[T], style: ListStyle) {
        let key = encode(name);
        let values: Vec<_> = values.iter().map(|value| encode(&value.to_string())).collect();
        let text = match style {
            _ if values.is_empty() => String::new(),
            ListStyle::Repeated => format!("{key}={}", values.join(&format!("&{key}="))),
            ListStyle::Commas => format!("{key}={}", values.join(",")),
        };
        self.set_query(name, text);
    }

    /// Sets the whole text of a query parameter.
    pub(super) fn set_query(&mut self, name: &str, text: String) {
        set(&mut self.query, name, text);
    }

    /// Sets the whole text of a cookie.
    pub(super) fn set_cookie(&mut self, name: &str, text: String) {
        set(&mut self.cookies, name, text);
    }

    /// Sets a header. A value beyond visible ASCII cannot be sent.
    pub fn header(&mut self, name: &str, value: &dyn Display) {
        let value = value.to_string();
        match (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            // `HeaderValue` takes what is beyond ASCII too, which servers read in different ways.
            (Ok(name), Ok(header)) if value.is_ascii() => _ = self.headers.insert(name, header),
            _ => self.fail(RequestError::header(name)),
        }
    }

    /// Sets a header that must not be shown.
    pub(super) fn secret_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// Takes a header away again.
    pub(super) fn remove_header(&mut self, name: &str) {
        self.headers.remove(name);
    }

    /// Names the media types that the answer may have, if there are any.
    pub fn accept(&mut self, media_types: &str) {
        if !media_types.is_empty() {
            self.header("Accept", &media_types);
        }
    }

    /// Sets the body, as JSON.
    pub fn json(&mut self, value: &impl Serialize) {
        match serde_json::to_vec(value) {
            Ok(json) => self.body("application/json", json),
            Err(error) => self.fail(RequestError::body(error)),
        }
    }

    /// Sets the body, and the media type it has.
    pub fn body(&mut self, media_type: &str, body: impl Into<Body>) {
        self.header("Content-Type", &media_type);
        self.body = body.into();
    }

    /// Says that the header `name` identifies the call: it gets a fresh UUID if it is not set, the same
    /// for all attempts.
    pub fn call_id(&mut self, id: CallId, name: &str) {
        match HeaderName::try_from(name) {
            Ok(name) => self.call_ids.add(id, name),
            Err(_) => self.fail(RequestError::header(name)),
        }
    }

    /// Which of the client's credentials are sent: any bearer token, unless this says otherwise.
    pub fn security(&mut self, security: Alternatives) {
        self.security = security;
    }

    /// Whether the request may be repeated without harm; unless this says so, that depends on its
    /// method, and on whether a header tells the server that it is the same.
    pub fn idempotent(&mut self, idempotent: bool) {
        self.idempotent = Some(idempotent);
    }

    /// Sets how the call is tried again, instead of the way of the client.
    pub fn retry(&mut self, policy: RetryPolicy) {
        self.retry = Some(policy);
    }

    /// Sets how long the call may take, instead of the limit of the client.
    pub fn timeout(&mut self, total: Duration) {
        self.timeout = Some(total);
    }

    /// Names the server that the operation goes to, instead of that of the client: an address, or
    /// a path on the same host.
    pub fn server(&mut self, url: &'static str) {
        self.servers.own = Some(url);
    }

    /// The same for clients of the server `listed` alone.
    pub fn server_beside(&mut self, listed: &'static str, url: &'static str) {
        self.servers.own_beside.push((listed, url));
    }

    /// Sends the request to `server`, whatever the client's.
    pub fn send_to(&mut self, server: BaseUrl) {
        self.servers.chosen = Some(server);
    }

    /// Sets the media type that the body has, instead of the one that it comes with.
    pub fn sent_as(&mut self, media_type: &str, taken: MediaTypes) {
        match HeaderValue::from_str(media_type) {
            Ok(value) if media_type.is_ascii() => self.sent_as = Some((value, taken)),
            _ => self.fail(RequestError::header("Content-Type")),
        }
    }

    /// Says of which answers the body is left to the caller, going by their head.
    pub fn streams(&mut self, streams: fn(&Reply) -> bool) {
        self.streams = streams;
    }

    /// Sets a header beside those of the operation, or in the place of one.
    pub fn extra_header(&mut self, name: &str, value: &str) {
        if let Err(error) = self.extras.header(name, value) {
            self.fail(error);
        }
    }

    /// Adds a query parameter beside those of the operation, or in the place of one. What is set later, such as the next
    /// page, is in its place.
    pub fn extra_query(&mut self, name: &str, value: &str) {
        let text = self.extras.query(name, value).to_owned();
        self.set_query(name, text);
    }

    /// Remembers why the request cannot be sent.
    pub(super) fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }

    /// The method of the request.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole address without the query, for people to read.
    pub fn address(&self, client: &Settings) -> String {
        format!("{}{}", self.base_url(client), self.path)
    }

    /// Where the request goes. An own address of the caller is meant for all requests.
    pub(super) fn base_url(&self, client: &Settings) -> BaseUrl {
        let Servers { chosen, own, own_beside } = &self.servers;
        let client = &client.base_url;
        let beside = own_beside.iter().find(|(listed, _)| client.as_listed() == Some(listed));
        let own = beside.map(|(_, url)| *url).or(*own);
        match (chosen, own) {
            (Some(server), _) => server.clone(),
            (None, Some(path)) if path.starts_with('/') => client.beside(path),
            (None, Some(url)) if client.as_listed().is_some_and(|listed| listed != url) => BaseUrl::expanded(url, &[]),
            _ => client.clone(),
        }
    }

    /// The path without its values.
    pub fn template(&self) -> &'static str {
        self.template
    }
}

/// Sets the text of a name, in the place of an earlier one.
fn set(texts: &mut Vec<(String, String)>, name: &str, text: String) {
    match texts.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => *old = text,
        None => texts.push((name.to_owned(), text)),
    }
}

impl fmt::Debug for Request {
    /// Leaves out query, headers and body: they may hold what is nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Text as it stands in a path or a query.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
