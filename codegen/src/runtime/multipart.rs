//! Bodies of several parts: `multipart/form-data` of RFC 7578, and its relatives.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::{HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};
use serde::Serialize;

use super::body::Body;
use super::json::Json;
use super::media_type::{is_range, takes};
use super::request::Request;
use super::request_error::RequestError;
use super::transport::TransportError;

/// A part that is sent as it is, such as a file.
///
/// ```text
/// let part = Part::new(bytes).file_name("cat.png").content_type("image/png");
/// ```
#[derive(Debug)]
pub struct Part {
    body: Body,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl Part {
    /// A part of these bytes, this text, or what a stream has.
    pub fn new(body: impl Into<Body>) -> Self {
        Self { body: body.into(), file_name: None, content_type: None, headers: Vec::new() }
    }

    /// The name of the file, without control characters; of a part that the API takes for a file it is that of the part unless set,
    /// since servers know a file by having one.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type; unless set, the one that the API description has for the part, or for a file
    /// `application/octet-stream`. Where the description has several by a range, such as `image/*`, it must
    /// be one of them.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// One more header of the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// A body of several parts, in the order in which they were added.
///
/// If all parts are bytes, so is the body; if one is a stream, the body is one too, see [`Body`].
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
    boundary: Option<String>,
    error: Option<RequestError>,
}

impl Multipart {
    /// A body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part that is sent as a file.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, part: Part) -> Self {
        self.add_file(name.into(), None, part);
        self
    }

    /// Adds a part that is sent as it is, and as a file only if it has the name of one.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: Part) -> Self {
        self.parts.push((name.into(), part));
        self
    }

    /// Adds a part that its place tells, as in `multipart/mixed`: there, parts have no names.
    #[must_use]
    pub fn unnamed(self, part: Part) -> Self {
        self.part("", part)
    }

    /// Adds a part of text.
    #[must_use]
    pub fn text(self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.part(name, Part::new(text.into()))
    }

    /// The line between the parts; random unless set. It must not occur in them, and is of letters and
    /// digits, at most 70.
    #[must_use]
    pub fn boundary(mut self, boundary: impl Into<String>) -> Self {
        self.boundary = Some(boundary.into());
        self
    }

    /// Adds files under one name, with the media type that they have unless they say another one.
    #[doc(hidden)]
    pub fn files(mut self, name: &str, media_type: Option<&str>, parts: impl IntoIterator<Item = Part>) -> Self {
        for part in parts {
            self.add_file(name.to_owned(), media_type, part);
        }
        self
    }

    /// Adds parts under one name that are no files, with the same media type unless they say another one.
    #[doc(hidden)]
    pub fn parts(self, name: &str, media_type: Option<&str>, parts: impl IntoIterator<Item = Part>) -> Self {
        parts.into_iter().fold(self, |mut all, part| {
            all.add(name.to_owned(), media_type, None, part);
            all
        })
    }

    fn add_file(&mut self, name: String, media_type: Option<&str>, mut part: Part) {
        part.file_name.get_or_insert_with(|| name.clone());
        self.add(name, media_type, Some("application/octet-stream"), part);
    }

    /// Adds a part with the media type that the API description has for it unless it says another one; where
    /// that is open, with the `usual` one if that is among them.
    fn add(&mut self, name: String, media_type: Option<&str>, usual: Option<&str>, mut part: Part) {
        let described = media_type.filter(|described| is_range(described));
        let is_taken = |sent: &str| described.is_none_or(|listed| listed.split(',').any(|one| takes(one, sent)));
        if part.content_type.is_none() {
            let own = if described.is_some() { usual.filter(|usual| is_taken(usual)) } else { media_type.or(usual) };
            part.content_type = own.map(str::to_owned);
        }
        let sent = part.content_type.as_deref();
        // What a part is that does not say it (RFC 7578, section 4.4).
        if let Some(described) = described.filter(|_| !is_taken(sent.unwrap_or("text/plain"))) {
            self.fail(RequestError::media_type(Some(&name), sent, described));
        }
        self.parts.push((name, part));
    }

    /// Adds a value: text as it is, an object as JSON, an array as a part for each of its items, and
    /// nothing for `null`. `media_type` is the one that the API description has for it.
    #[doc(hidden)]
    pub fn value(mut self, name: &str, media_type: Option<&str>, value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            // What has just been written can be read.
            Ok(text) => _ = Json::parse(&text).map(|value| self.tree(name, media_type, &value)),
            Err(error) => self.fail(RequestError::body(error)),
        }
        self
    }

    /// Adds a part of JSON, whatever the value is; none if there is none.
    #[doc(hidden)]
    pub fn json(mut self, name: &str, media_type: &str, value: Option<impl Serialize>) -> Self {
        match value.map(|value| serde_json::to_string(&value)) {
            Some(Ok(text)) => self.parts.push((name.to_owned(), Part::new(text).content_type(media_type))),
            Some(Err(error)) => self.fail(RequestError::body(error)),
            None => {}
        }
        self
    }

    /// Adds the members of an object, each under its own name.
    #[doc(hidden)]
    pub fn values(mut self, values: &impl Serialize) -> Self {
        match serde_json::to_string(values) {
            Ok(text) => {
                if let Ok(Json::Object(members)) = Json::parse(&text) {
                    members.iter().for_each(|(name, value)| self.tree(name, None, value));
                }
            }
            Err(error) => self.fail(RequestError::body(error)),
        }
        self
    }

    fn tree(&mut self, name: &str, media_type: Option<&str>, value: &Json<'_>) {
        match value {
            Json::Null => {}
            Json::Array(items) => {
                items.iter().filter(|item| !item.is_null()).for_each(|item| self.item(name, media_type, item));
            }
            other => self.item(name, media_type, other),
        }
    }

    fn item(&mut self, name: &str, media_type: Option<&str>, value: &Json<'_>) {
        let (text, default) = match value {
            Json::String(text) => (Ok(text.to_string()), None),
            Json::Object(_) | Json::Array(_) => (serde_json::to_string(value), Some("application/json")),
            other => (serde_json::to_string(other), None),
        };
        match text {
            Ok(text) => {
                let content_type = media_type.or(default).map(str::to_owned);
                self.parts.push((name.to_owned(), Part { content_type, ..Part::new(text) }));
            }
            Err(error) => self.fail(RequestError::body(error)),
        }
    }

    pub(super) fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }

    /// The body, and its media type: `media_type` with the boundary.
    pub(crate) fn into_body(self, media_type: &str) -> Result<(String, Body), RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let boundary = self.boundary.unwrap_or_else(|| uuid::Uuid::new_v4().simple().to_string());
        let fits = |sign: u8| sign.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&sign);
        if boundary.is_empty() || boundary.len() > 70 || !boundary.bytes().all(fits) {
            return Err(RequestError::header("Content-Type"));
        }
        let is_form = media_type.trim().to_ascii_lowercase().starts_with("multipart/form-data");
        let mut pieces = VecDeque::new();
        for (name, part) in self.parts {
            let head = head(&boundary, &name, &part, is_form)?;
            pieces.extend([head.into(), part.body, Body::from("\r\n")]);
        }
        pieces.push_back(format!("--{boundary}--\r\n").into());
        // Some of the signs are only allowed within quotes.
        let is_token = boundary.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"'+_-.".contains(&sign));
        let quote = if is_token { "" } else { "\"" };
        Ok((format!("{media_type}; boundary={quote}{boundary}{quote}"), join(pieces)))
    }
}

impl Request {
    /// Sets the body, of parts; `media_type` is without the boundary.
    pub fn multipart(&mut self, media_type: &str, parts: Multipart) {
        match parts.into_body(media_type) {
            Ok((media_type, body)) => self.body(&media_type, body),
            Err(error) => self.fail(error),
        }
    }

    /// The same without the parts of a name, of which the call says by itself what they are.
    pub fn multipart_without(&mut self, name: &str, media_type: &str, mut parts: Multipart) {
        parts.parts.retain(|(known, _)| known != name);
        self.multipart(media_type, parts);
    }
}

/// The lines before the content of a part.
fn head(boundary: &str, name: &str, part: &Part, is_form: bool) -> Result<String, RequestError> {
    if [Some(name), part.file_name.as_deref()].into_iter().flatten().any(|name| name.contains(is_no_sign)) {
        return Err(RequestError::part(name));
    }
    let mut head = format!("--{boundary}\r\n");
    let file_name = part.file_name.as_deref().map(|name| format!("; filename=\"{}\"", quoted(name)));
    let file_name = file_name.unwrap_or_default();
    if is_form {
        let _ = write!(head, "Content-Disposition: form-data; name=\"{}\"{file_name}\r\n", quoted(name));
    } else if !file_name.is_empty() {
        let _ = write!(head, "Content-Disposition: attachment{file_name}\r\n");
    }
    let content_type = part.content_type.iter().map(|media_type| ("Content-Type", media_type.as_str()));
    let headers = part.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in content_type.chain(headers) {
        let is_valid = HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok() && value.is_ascii();
        if !is_valid {
            return Err(RequestError::header(name));
        }
        let _ = write!(head, "{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    Ok(head)
}

/// Whether a sign has no place in a name. Those that end a line are encoded.
fn is_no_sign(sign: char) -> bool {
    sign.is_ascii_control() && !matches!(sign, '\t' | '\r' | '\n')
}

/// A text within quotes, as browsers write it: RFC 7578 leaves it to them.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// One body of several.
fn join(pieces: VecDeque<Body>) -> Body {
    if !pieces.iter().all(|piece| piece.as_bytes().is_some()) {
        return Body::new(Chain(pieces));
    }
    let mut bytes = BytesMut::new();
    pieces.iter().filter_map(Body::as_bytes).for_each(|piece| bytes.extend_from_slice(piece));
    bytes.freeze().into()
}

/// Bodies, one after the other.
struct Chain(VecDeque<Body>);

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(first) = self.0.front_mut() {
            match std::task::ready!(Pin::new(first).poll_frame(context)) {
                Some(frame) => return Poll::Ready(Some(frame)),
                None => _ = self.0.pop_front(),
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.iter().all(http_body::Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let sizes = self.0.iter().map(Body::len);
        let exact: Option<u64> = sizes.sum();
        exact.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
