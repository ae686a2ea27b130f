//! The bytes of a request or an answer.

use std::error::Error as StdError;
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Buf as _, Bytes};
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use super::collected::{Collected, TooLarge};
use super::transport::{TransportError, TransportErrorKind};

/// The body of a request or an answer: bytes that are all there, or a stream of them.
///
/// What is text or bytes becomes one by `into`; what is larger than memory should be, by
/// [`from_stream`](Self::from_stream). There is a stream only once: a call that sends one is not
/// tried again when it fails, nor when the server refuses its token, which is then the error of the
/// call.
///
/// Of an answer, read it piece by piece with [`chunk`](Self::chunk), or all of it with
/// [`collect`](Self::collect). It comes at the pace at which it is read. The time limits of the
/// client end when it begins; the transport's limit for the server's silence goes on.
///
/// It is an [`http_body::Body`], which is how a [`Transport`](super::transport::Transport) reads
/// it.
#[derive(Default)]
pub struct Body {
    /// What comes before the stream.
    bytes: Bytes,
    stream: Option<Pieces>,
}

struct Pieces {
    stream: Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync>>,
    /// In bytes, if somebody said so.
    length: Option<u64>,
    /// Whether a thread can wait for it, with no async runtime around.
    blocks: bool,
}

impl Body {
    /// A body without bytes.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A body that comes in pieces, such as an answer that is still being received.
    pub fn new<B>(stream: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync + 'static,
    {
        Self::of(stream, false)
    }

    /// A body that can be waited for without an async runtime.
    pub(crate) fn blocking<B>(stream: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync + 'static,
    {
        Self::of(stream, true)
    }

    fn of<B>(stream: B, blocks: bool) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync + 'static,
    {
        let stream: Pin<Box<_>> = Box::pin(stream);
        Self { bytes: Bytes::new(), stream: Some(Pieces { stream, length: None, blocks }) }
    }

    /// A body of the items of `stream`, which are sent as they come. An error ends the request.
    ///
    /// ```text
    /// let file = tokio::fs::File::open("video.mp4").await?;
    /// let body = Body::from_stream(tokio_util::io::ReaderStream::new(file));
    /// ```
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::new(Items(Mutex::new(Box::pin(stream))))
    }

    /// Says how many bytes the stream has, for servers that want a `Content-Length`. It must be
    /// true: a request whose stream has more or fewer fails.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Some(pieces) = &mut self.stream {
            pieces.length = Some(bytes);
        }
        self
    }

    /// The bytes, if they are all there.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        self.stream.is_none().then_some(&self.bytes)
    }

    /// How many bytes there are still to come, if that is known.
    #[must_use]
    pub fn len(&self) -> Option<u64> {
        http_body::Body::size_hint(self).exact()
    }

    /// Whether it is known that there are no bytes to come.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        http_body::Body::is_end_stream(self)
    }

    /// The next piece, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection broke off, or the server was silent for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.next().await.transpose()
    }

    /// All bytes, if there are no more than `limit` of them.
    ///
    /// # Errors
    ///
    /// Those of [`chunk`](Self::chunk), and if there are more bytes: no more than `limit` of them
    /// are held in memory.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, BodyError> {
        let too_large = |TooLarge| BodyError::TooLarge { limit };
        let announced = http_body::Body::size_hint(&self).lower();
        let mut collected = Collected::of(announced, limit).map_err(too_large)?;
        while let Some(piece) = self.next().await {
            collected.push(piece.map_err(BodyError::Transport)?).map_err(too_large)?;
        }
        Ok(collected.into_bytes())
    }

    /// The next piece, or `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        loop {
            let frame = std::future::poll_fn(|context| http_body::Body::poll_frame(Pin::new(&mut *self), context));
            match frame.await?.map(Frame::into_data) {
                Ok(Ok(bytes)) => return Some(Ok(bytes)),
                Ok(Err(_trailers)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Whether a thread can wait for it, with no async runtime around.
    pub(crate) fn blocks(&self) -> bool {
        self.stream.as_ref().is_none_or(|pieces| pieces.blocks)
    }

    /// Has the bytes that are at hand begin with some others, instead of with what they may begin with.
    pub(crate) fn begin_with(&mut self, begin: &str, instead_of: &str) {
        if self.bytes.starts_with(instead_of.as_bytes()) {
            self.bytes.advance(instead_of.len());
        }
        if !begin.is_empty() {
            self.bytes = [begin.as_bytes(), &self.bytes].concat().into();
        }
    }

    /// Puts back what was taken and is not needed yet.
    pub(crate) fn put_back(&mut self, bytes: Bytes) {
        self.bytes = bytes;
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if !self.bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(mem::take(&mut self.bytes)))));
        }
        match &mut self.stream {
            None => Poll::Ready(None),
            Some(pieces) => {
                let frame = pieces.stream.as_mut().poll_frame(context);
                if let (Poll::Ready(Some(Ok(frame))), Some(length)) = (&frame, &mut pieces.length) {
                    let count = frame.data_ref().map_or(0, Bytes::len);
                    *length = length.saturating_sub(count as u64);
                }
                frame
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty() && self.stream.as_ref().is_none_or(|pieces| pieces.stream.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        let before = self.bytes.len() as u64;
        let Some(pieces) = &self.stream else { return SizeHint::with_exact(before) };
        if let Some(length) = pieces.length {
            return SizeHint::with_exact(before.saturating_add(length));
        }
        let known = pieces.stream.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(before.saturating_add(known.lower()));
        if let Some(upper) = known.upper() {
            hint.set_upper(before.saturating_add(upper));
        }
        hint
    }
}

/// A stream as a body. The lock is never waited for: whoever polls has the body for himself.
struct Items<S>(Mutex<Pin<Box<S>>>);

impl<S, E> http_body::Body for Items<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let stream = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let item = stream.as_mut().poll_next(context);
        item.map(|item| item.map(|item| item.map(Frame::data).map_err(failed)))
    }
}

fn failed(error: impl Into<Box<dyn StdError + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, error)
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, stream: None }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.stream {
            None => write!(f, "Body({} bytes)", self.bytes.len()),
            Some(_) => f.write_str("Body(stream)"),
        }
    }
}

/// Why the bytes of a body cannot be had all at once.
#[derive(Debug)]
#[non_exhaustive]
pub enum BodyError {
    /// The body broke off.
    Transport(TransportError),

    /// It has more bytes than it may.
    TooLarge {
        /// How many it may have.
        limit: usize,
    },
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => write!(f, "the body broke off: {}", error.why()),
            Self::TooLarge { limit } => write!(f, "the body is larger than {limit} bytes"),
        }
    }
}

impl StdError for BodyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::TooLarge { .. } => None,
        }
    }
}
