//! Requests that are sent more than once, and those that ask for a stream by a member of their body.

use http::header::CONTENT_TYPE;

use super::json::{Kind, Reader, Stop};
use super::media_type::is_of_json;
use super::request::Request;

impl Request {
    /// Has the boolean `member` of the body ask for a stream, or for the whole. `default` is what it counts as where it is
    /// absent. A body that is no JSON object stays as it is.
    pub fn ask_by(&mut self, member: &str, flag: bool, default: bool) {
        let sent = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let Some(body) = self.body.as_bytes().filter(|_| sent.is_some_and(is_of_json)) else { return };
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

/// The text of an object, with a member of this value; `None` if it counts as that already.
fn with_flag(text: &str, member: &str, flag: bool, default: bool) -> Option<String> {
    let mut json = Reader::new(text);
    match values(&mut json, member).ok()?.last() {
        None if flag == default => None,
        None => {
            let (start, rest) = text.split_once('{')?;
            let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
            Some(format!("{start}{{{}:{flag}{comma}{rest}", serde_json::Value::from(member)))
        }
        Some((start, value)) => {
            let end = start + value.len();
            let asks = if *value == "null" { default } else { *value == "true" };
            (asks != flag).then(|| format!("{}{flag}{}", &text[..*start], &text[end..]))
        }
    }
}

/// The values of a member of an object, each with its place.
fn values<'a>(json: &mut Reader<'a>, member: &str) -> Result<Vec<(usize, &'a str)>, Stop> {
    json.enter(Kind::Object, "an object")?;
    let mut values = Vec::new();
    let mut is_first = true;
    while json.next_member(std::mem::take(&mut is_first))? {
        let is_it = json.name()? == member;
        let place = json.mark().place();
        let value = json.raw()?;
        if is_it {
            values.push((place, value));
        }
    }
    Ok(values)
}
