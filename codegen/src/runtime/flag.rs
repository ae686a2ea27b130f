//! Requests that are sent more than once, and those that ask for a stream by a member of their body.

use http::header::CONTENT_TYPE;

use super::media_type::is_of_json;
use super::request::Request;
use super::request_member::{values, with_member};

impl Request {
    /// Has the boolean `member` of the body ask for a stream, or for the whole; of form data, it is the first part.
    /// `default` is what it counts as where it is absent. Any other body stays as it is, and so does JSON that is no object.
    pub fn ask_by(&mut self, member: &str, flag: bool, default: bool) {
        let sent = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let Some(sent) = sent else { return };
        if let Some((_, boundary)) = sent.split_once("boundary=").filter(|_| sent.starts_with("multipart/form-data")) {
            let boundary = boundary.trim_matches('"');
            let begin = if flag == default { String::new() } else { part(boundary, member, flag) };
            return self.body.begin_with(&begin, &part(boundary, member, !flag));
        }
        let Some(body) = self.body.as_bytes().filter(|_| is_of_json(sent)) else { return };
        let changed = std::str::from_utf8(body).ok().and_then(|body| with_flag(body, member, flag, default));
        if let Some(changed) = changed {
            self.body = changed.into();
        }
    }

    /// The same request once more; `None` if there is nothing that could be sent once more.
    pub fn again(&self) -> Option<Self> {
        let body = self.body.as_bytes().filter(|_| self.error.is_none())?.clone();
        Some(Self {
            method: self.method.clone(),
            template: self.template,
            path: self.path.clone(),
            query: self.query.clone(),
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
            body: body.into(),
            call_ids: self.call_ids.clone(),
            servers: self.servers.clone(),
            security: self.security,
            signing: self.signing.clone(),
            idempotent: self.idempotent,
            retry: self.retry,
            timeout: self.timeout,
            streams: self.streams,
            sent_as: self.sent_as.clone(),
            extras: self.extras.clone(),
            foreign: self.foreign,
            error: None,
        })
    }
}

/// A part of form data.
fn part(boundary: &str, name: &str, flag: bool) -> String {
    format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{flag}\r\n")
}

/// The text of an object, with a member of this value; `None` if it counts as that already.
fn with_flag(text: &str, member: &str, flag: bool, default: bool) -> Option<String> {
    let counts_as = match values(text, member).ok()?.pop() {
        None | Some((_, "null")) => default,
        Some((_, value)) => value == "true",
    };
    if counts_as == flag { None } else { with_member(text, &[member], &flag.to_string()) }
}
