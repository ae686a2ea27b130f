//! How a request becomes one that goes over the wire: signed, and with all that the client adds.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use http::Uri;
use http::header::{CONTENT_TYPE, COOKIE, HeaderValue, USER_AGENT};

use super::call_id::CallId;
use super::media_type;
use super::prepared::Prepared;
use super::request::Request;
use super::request_error::RequestError;
use super::retry;
use super::security::{MissingCredential, Signing};
use super::settings::Settings;

impl Request {
    /// Takes the credentials of the client that the operation asks for, and puts those in their places
    /// that are the same for each attempt.
    pub fn sign(mut self, client: &Settings) -> Result<Self, MissingCredential> {
        self.signing = Signing::choose(self.security, &client.credentials)?;
        for key in self.signing.keys.clone() {
            key.put(&mut self);
        }
        Ok(self)
    }

    /// What is sent over the wire, with all that the client adds but its token.
    pub fn prepare(mut self, client: &Settings) -> Result<Prepared, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        self.extras.check(self.signing.places())?;
        self.headers.extend(self.extras.take_headers());
        if !self.foreign {
            client.defaults.fill(&mut self.headers, &mut self.query);
        }
        let uri = self.uri(client)?;
        self.add_cookies()?;
        self.name_media_type()?;
        let by_method = retry::is_idempotent(&self.method);
        let is_once = !by_method && !self.foreign && !self.call_ids.has(CallId::Idempotency);
        if let Some(name) = client.idempotency_key.as_ref().filter(|_| is_once) {
            self.call_ids.add(CallId::Idempotency, name.clone());
        }
        self.call_ids.fill(&mut self.headers, client.pace.clock.wall());
        let is_repeatable = by_method || self.call_ids.is_told_apart(&self.headers);
        self.headers.entry(USER_AGENT).or_insert_with(|| client.user_agent.clone());
        let pace = &client.pace;
        if !pace.has_timers && (self.timeout.is_some() || self.retry.is_some_and(|policy| !policy.is_none())) {
            return Err(RequestError::no_clock());
        }
        Ok(Prepared {
            method: self.method,
            uri,
            headers: self.headers,
            body: Mutex::new(self.body),
            is_spent: AtomicBool::new(false),
            streams: self.streams,
            call_ids: self.call_ids,
            signing: self.signing,
            idempotent: self.idempotent.unwrap_or(is_repeatable),
            retry: self.retry.unwrap_or(pace.retry),
            total_timeout: self.timeout.or(pace.total_timeout),
        })
    }

    fn uri(&self, client: &Settings) -> Result<Uri, RequestError> {
        // Without the slash, the path would change the host: `https://api.example.com` + `.evil`.
        if !self.path.starts_with('/') || self.path.contains(['{', '?', '#']) || self.path.split('/').any(is_dots) {
            return Err(RequestError::path(&self.path));
        }
        let query = joined(&self.query, "&");
        let mark = if query.is_empty() { "" } else { "?" };
        let target = format!("{}{mark}{query}", self.path);
        let server = self.base_url(client);
        server.check(client.allow_http).map_err(RequestError::server)?;
        server.join(&target).map_err(RequestError::url)
    }

    /// Has the body sent as what the caller says that it is, which is nothing but what the API takes.
    fn name_media_type(&mut self) -> Result<(), RequestError> {
        let Some(usual) = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return Ok(()) };
        let Some((named, choices)) = self.sent_as.take() else {
            let is_open = media_type::is_range(usual);
            return if is_open { Err(RequestError::media_type(None, None, usual)) } else { Ok(()) };
        };
        let of_body = choices.iter().find(|types| types.first() == Some(&usual));
        let taken = of_body.map_or_else(|| vec![usual], |types| types.to_vec());
        let name = named.to_str().unwrap_or_default();
        if !taken.iter().any(|described| media_type::takes(described, name)) {
            return Err(RequestError::media_type(None, Some(name), &taken.join("`, `")));
        }
        self.headers.insert(CONTENT_TYPE, named);
        Ok(())
    }

    /// Puts the cookies into their header, beside what was set there as a header.
    fn add_cookies(&mut self) -> Result<(), RequestError> {
        let mut cookies = joined(&self.cookies, "; ");
        if cookies.is_empty() {
            return Ok(());
        }
        if let Some(header) = self.headers.get(COOKIE).and_then(|header| header.to_str().ok()) {
            cookies = format!("{header}; {cookies}");
        }
        let mut cookies = HeaderValue::try_from(cookies).map_err(|_| RequestError::header("Cookie"))?;
        cookies.set_sensitive(true);
        self.headers.insert(COOKIE, cookies);
        Ok(())
    }
}

/// Whether a segment of a path leads elsewhere, which it does when it is encoded, too.
fn is_dots(segment: &str) -> bool {
    matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
}

/// The texts that are not empty.
fn joined(texts: &[(String, String)], between: &str) -> String {
    let texts = texts.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(between)
}
