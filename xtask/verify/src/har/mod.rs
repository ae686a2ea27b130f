//! Traffic, as browsers and other tools record it: HAR 1.2.

mod media;
mod piece;
mod requests;
mod route;

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::{Documented, Shown};
use serde::Deserialize;
use url::Url;

pub use piece::Piece;
use requests::Requests;
use route::Routes;

/// Requests and what they were answered with.
pub struct Traffic {
    pub name: Shown,
    entries: Vec<Entry>,
}

/// A request, and its answer.
struct Entry {
    /// From 1, as its place in the file.
    number: usize,
    method: String,
    url: Url,
    request: Message,
    /// `None` if there was no answer.
    answer: Option<(u16, Message)>,
}

/// What a request and an answer have in common.
struct Message {
    headers: Vec<Pair>,
    /// Of the body, if there is one.
    media_type: Option<String>,
    body: Option<Vec<u8>>,
}

/// What was found of all entries.
pub struct Found {
    pub pieces: Vec<Piece>,
    /// How many entries are of an operation that is described.
    pub described: usize,
    /// How many are of another service.
    pub foreign: usize,
}

#[derive(Deserialize)]
struct File {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    request: RecordedRequest,
    response: RecordedResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecordedRequest {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Pair>,
    post_data: Option<Content>,
}

#[derive(Deserialize)]
struct RecordedResponse {
    /// None, or less, if there was no answer.
    #[serde(default)]
    status: i64,
    #[serde(default)]
    headers: Vec<Pair>,
    content: Option<Content>,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    #[serde(default)]
    mime_type: String,
    text: Option<String>,
    encoding: Option<String>,
}

impl Traffic {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no HAR, as text to show.
    pub fn read(path: &Path) -> Result<Self, String> {
        let name = Shown::from(path);
        let failed = |why: String| format!("error: {name} cannot be read: {}", Shown::from(why));
        let text = fs::read(path).map_err(|error| failed(error.to_string()))?;
        // Some tools put a byte order mark before it.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        let file: File = serde_json::from_slice(text).map_err(|error| failed(format!("it is no HAR: {error}")))?;
        let entries = file.log.entries.into_iter().enumerate().map(|(index, recorded)| {
            let number = index + 1;
            Entry::of(number, recorded).map_err(|why| failed(format!("entry {number}: {why}")))
        });
        Ok(Self { name: name.clone(), entries: entries.collect::<Result<_, _>>()? })
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Holds the entries to the operations of a description; what is said of values is still to be held to schemas.
    pub fn found(&self, documented: &Documented) -> Found {
        let routes = Routes::of(documented);
        let is_strict = self.entries.iter().any(|entry| routes.is_of_service(&entry.url));
        let requests = Requests::of(documented);
        let mut found = Found { pieces: Vec::new(), described: 0, foreign: 0 };
        for entry in &self.entries {
            match routes.find(&entry.method, &entry.url, is_strict) {
                Some(found_at) => {
                    found.described += 1;
                    found.pieces.extend(requests.pieces(entry, &found_at));
                }
                None if is_strict && !routes.is_of_service(&entry.url) => found.foreign += 1,
                None => found.pieces.push(Piece::undescribed_operation(entry)),
            }
        }
        found
    }
}

impl Entry {
    fn of(number: usize, recorded: Recorded) -> Result<Self, String> {
        let Recorded { request, response } = recorded;
        let url = Url::parse(&request.url).map_err(|error| format!("its URL is none: {error}"))?;
        let status = u16::try_from(response.status).ok().filter(|status| *status >= 100);
        let answer = match status {
            Some(status) => Some((status, Message::of(response.headers, response.content)?)),
            None => None,
        };
        let method = request.method.to_ascii_uppercase();
        let request = Message::of(request.headers, request.post_data)?;
        Ok(Self { number, method, url, request, answer })
    }

    /// The operation that it seems to be of, without what may be secret in the query.
    fn title(&self) -> String {
        format!("entry {}: {} {}", self.number, self.method, self.url.path())
    }
}

impl Message {
    fn of(headers: Vec<Pair>, content: Option<Content>) -> Result<Self, String> {
        let Some(content) = content else { return Ok(Self { headers, media_type: None, body: None }) };
        let is_base64 = content.encoding.as_deref().is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
        let body = match content.text.filter(|text| !text.is_empty()) {
            Some(text) if is_base64 => {
                Some(STANDARD.decode(text.trim()).map_err(|error| format!("its body is no Base64: {error}"))?)
            }
            text => text.map(String::into_bytes),
        };
        let named = Some(content.mime_type).filter(|name| !name.is_empty() && name != "x-unknown");
        let media_type = named.or_else(|| header(&headers, "content-type").map(str::to_owned));
        Ok(Self { headers, media_type, body })
    }
}

/// The value of a header.
fn header<'h>(headers: &'h [Pair], name: &str) -> Option<&'h str> {
    headers.iter().find(|pair| pair.name.eq_ignore_ascii_case(name)).map(|pair| pair.value.as_str())
}
