//! An answer as it came: status, headers, and the bytes of its body.

use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::body::Body;
use super::collected::{Collected, TooLarge};
use super::deadline::Deadline;
use super::error::ErrorKind;
use super::excerpt;
use super::json::{Fault, Read, Reader};
use super::media_type;
use super::secrets::Secrets;
use super::trace;
use super::unreadable::Unreadable;

/// An answer that has been received, and not been understood yet.
#[derive(Clone)]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The body as it comes, where it is not read before it is understood. There is one, whoever of
    /// the clones takes it.
    stream: Option<Arc<Mutex<Option<Body>>>>,
    /// How many bytes of it may be held at once.
    limit: usize,
    /// Where the body says what the description does not, if somebody wants to know.
    undescribed: OnceLock<String>,
}

impl Reply {
    /// The head of `response` for now, and its body.
    pub(crate) fn head(response: http::Response<Body>) -> (Self, Body) {
        let (head, body) = response.into_parts();
        (
            Self {
                status: head.status,
                headers: head.headers,
                body: Bytes::new(),
                stream: None,
                limit: usize::MAX,
                undescribed: OnceLock::new(),
            },
            body,
        )
    }

    /// With the body still to be read, by whoever takes it, who holds at most `limit` bytes of it.
    pub(crate) fn with_stream(self, body: Body, limit: usize) -> Self {
        Self { stream: Some(Arc::new(Mutex::new(Some(body)))), limit, ..self }
    }

    /// Replaces the body that is still to be read, if there is one.
    #[doc(hidden)]
    pub fn map_stream(&self, change: impl FnOnce(Body) -> Body) {
        if let Some(stream) = &self.stream {
            let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
            *stream = stream.take().map(change);
        }
    }

    /// Reads the body of `response` until `deadline`, and holds at most `limit` bytes of it.
    ///
    /// There is a reply in any case: when the body broke off, is too late or too large, it has what
    /// came before.
    pub(crate) async fn receive(
        response: http::Response<Body>,
        limit: usize,
        deadline: &mut Deadline<'_>,
    ) -> (Self, Result<(), ErrorKind<Infallible>>) {
        let (head, body) = Self::head(response);
        head.with_body(body, limit, deadline).await
    }

    /// The same for a head and its `body`.
    pub(crate) async fn with_body(
        self,
        body: Body,
        limit: usize,
        deadline: &mut Deadline<'_>,
    ) -> (Self, Result<(), ErrorKind<Infallible>>) {
        let (body, outcome) = collect(body, limit, deadline).await;
        (Self { body, ..self }, outcome)
    }

    /// The status code, to choose by.
    #[doc(hidden)]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    #[doc(hidden)]
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as a JSON document.
    #[doc(hidden)]
    pub fn json<T: Read>(&self) -> Result<T, Unreadable> {
        let text = self.utf8()?;
        // Some servers put a byte order mark before JSON, though RFC 8259 forbids it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_ascii().is_empty() {
            return Err(Unreadable::empty());
        }
        let mut reader = Reader::new(text);
        let read = reader.read_all();
        if read.is_ok() {
            self.note_undescribed(&reader);
        }
        read.map_err(|fault| match fault {
            Fault::Mismatch(mismatch) => Unreadable::mismatch(mismatch),
            Fault::Json(error) => {
                let media_type = self.headers.get(CONTENT_TYPE);
                // The error of a failed call shows the body anyway.
                let shown = if self.status.is_success() { text } else { "" };
                Unreadable::syntax(error, media_type, shown)
            }
        })
    }

    /// Notes where the body says what the description does not. What is only looked for is not found.
    fn note_undescribed(&self, reader: &Reader<'_>) {
        if trace::is_detailed()
            && let Some(places) = reader.undescribed()
        {
            _ = self.undescribed.set(places);
        }
    }

    /// Where the body that has been read says what the description does not.
    pub(crate) fn undescribed(&self) -> Option<&str> {
        self.undescribed.get().map(String::as_str)
    }

    /// Reads the body as text.
    #[doc(hidden)]
    pub fn text(&self) -> Result<String, Unreadable> {
        self.utf8().map(str::to_owned)
    }

    /// The body as it is, all of it.
    #[doc(hidden)]
    pub fn bytes(&self) -> Result<Bytes, Unreadable> {
        self.unpacked().cloned()
    }

    /// The body as it comes.
    #[doc(hidden)]
    pub fn stream(&self) -> Result<Body, Unreadable> {
        let stream = self.stream.as_ref();
        let stream = stream.and_then(|stream| stream.lock().unwrap_or_else(PoisonError::into_inner).take());
        match stream {
            Some(stream) => Ok(stream),
            None => self.bytes().map(Body::from),
        }
    }

    /// Which of the media types that are `described` the body has, by its index.
    ///
    /// An answer whose `Content-Type` is missing or another one is taken for what it looks like.
    #[doc(hidden)]
    pub fn media_type(&self, described: &[&str]) -> usize {
        let sent = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        media_type::choose(described, sent, &self.body)
    }

    /// Reads an answer that has no body. One that has a body all the same is not wrong for it: the
    /// raw body stays with the answer. So this cannot fail; it returns what its siblings do.
    #[doc(hidden)]
    pub fn empty(&self) -> Result<(), Unreadable> {
        Ok(())
    }

    /// What to say about a status that the API description does not mention.
    #[doc(hidden)]
    pub fn undocumented(&self) -> Unreadable {
        Unreadable::undocumented()
    }

    /// How the body is packed, if it is: `gzip`. A transport that unpacks it takes the header away.
    ///
    /// Nothing is unpacked here: a few bytes may hold more than the memory does.
    pub(crate) fn content_encoding(&self) -> Option<String> {
        self.packing().filter(|_| !self.body.is_empty())
    }

    /// The same for a body that is not here yet.
    pub(crate) fn packing(&self) -> Option<String> {
        let values = self.headers.get_all(CONTENT_ENCODING).iter();
        let encodings: Vec<_> = values.map(|value| excerpt::of_bytes(value.as_bytes())).collect();
        // Some servers put the charset here.
        let as_it_is = ["", "identity", "none", "utf-8", "utf8"];
        let packs = |encoding: &str| !as_it_is.iter().any(|plain| encoding.eq_ignore_ascii_case(plain));
        encodings.iter().any(|encoding| packs(encoding)).then(|| encodings.join(", "))
    }

    /// The same answer without the `secrets` that it repeats, in its headers or its body; none if it
    /// repeats none.
    pub(crate) fn redacted(&self, secrets: &Secrets) -> Option<Self> {
        let body = secrets.remove(&self.body);
        let mut headers = self.headers.clone();
        let mut changed = body.is_some();
        for value in headers.values_mut() {
            if let Some(Ok(redacted)) = secrets.remove(value.as_bytes()).map(HeaderValue::try_from) {
                *value = redacted;
                changed = true;
            }
        }
        let body = body.map_or_else(|| self.body.clone(), Bytes::from);
        changed.then(|| Self { headers, body, ..self.clone() })
    }

    fn utf8(&self) -> Result<&str, Unreadable> {
        std::str::from_utf8(self.unpacked()?).map_err(|error| Unreadable::encoding(error.valid_up_to()))
    }

    /// The body, unless it is packed: its bytes are not those that the API description means.
    fn unpacked(&self) -> Result<&Bytes, Unreadable> {
        self.content_encoding().map_or(Ok(&self.body), |encoding| Err(Unreadable::encoded(encoding)))
    }
}

impl fmt::Debug for Reply {
    /// Leaves out the headers: a cookie may be among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({}, {} bytes)", self.status(), self.body.len())
    }
}

/// The bytes of `body` until its end, an error, or a limit; and whether that was its end.
async fn collect(
    mut body: Body,
    limit: usize,
    deadline: &mut Deadline<'_>,
) -> (Bytes, Result<(), ErrorKind<Infallible>>) {
    let too_large = || Err(ErrorKind::Unexpected(Unreadable::too_large(limit)));
    let announced = http_body::Body::size_hint(&body).lower();
    let Ok(mut collected) = Collected::of(announced, limit) else { return (Bytes::new(), too_large()) };
    let outcome = loop {
        match deadline.race(body.next()).await {
            Ok(Some(Ok(piece))) => {
                if let Err(TooLarge) = collected.push(piece) {
                    break too_large();
                }
            }
            Ok(None) => break Ok(()),
            Ok(Some(Err(error))) | Err(error) => break Err(ErrorKind::Transport(error)),
        }
    };
    (collected.into_bytes(), outcome)
}
