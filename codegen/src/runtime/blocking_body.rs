//! Bodies for programs without an async runtime: read and written like files.

use std::future::Future;
use std::io::{self, Read};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::body::Body;
use super::transport::{TransportError, TransportErrorKind};

/// The most pieces that wait to be taken, so that no body piles up in memory.
const AHEAD: usize = 2;

/// The size of the pieces in which a reader is read.
const PIECE: usize = 64 << 10;

/// Reads the body of an answer of the blocking client, or of one that is all there.
///
/// That of an async client cannot be waited for like this: it needs its runtime.
impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.blocks() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "the body comes from an async client, so it is read with `chunk().await`",
            ));
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let mut piece = match wait(self.next()) {
                None => return Ok(0),
                Some(piece) => piece.map_err(io::Error::other)?,
            };
            if piece.is_empty() {
                continue;
            }
            let count = piece.len().min(buffer.len());
            buffer[..count].copy_from_slice(&piece.split_to(count));
            self.put_back(piece);
            return Ok(count);
        }
    }
}

impl Body {
    /// A body of what `reader` reads, such as a file, which is sent as it is read. An error of the
    /// reader ends the request. A thread of its own reads, and it ends with the body.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        let (sender, receiver) = channel(AHEAD);
        let first = sender.clone();
        let spawned = thread::Builder::new().name("http-upload".to_owned()).spawn(move || send(reader, &sender));
        if let Err(error) = spawned {
            // There is room: nothing was sent before.
            _ = first.try_send(Some(Err(failed(error))));
        }
        Self::blocking(Relay { receiver, left: None, ended: false, keep: None })
    }
}

type Piece = Option<Result<Bytes, TransportError>>;

/// Reads until the end, an error, or until nobody wants the rest.
fn send(mut reader: impl Read, sender: &Sender<Piece>) {
    let mut buffer = vec![0; PIECE];
    loop {
        let piece = match reader.read(&mut buffer) {
            Ok(0) => None,
            Ok(count) => Some(Ok(Bytes::copy_from_slice(&buffer[..count]))),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Some(Err(failed(error))),
        };
        let is_last = !matches!(piece, Some(Ok(_)));
        if sender.blocking_send(piece).is_err() || is_last {
            return;
        }
    }
}

/// The body of an answer, carried from the thread that drives its connection to the one that reads
/// it. `keep` lives until the body is dropped.
pub fn relay(mut body: Body, keep: Arc<dyn Send + Sync>) -> Body {
    if body.blocks() {
        return body;
    }
    let (sender, receiver) = channel(AHEAD);
    let left = body.len();
    tokio::spawn(async move {
        loop {
            let piece = body.next().await;
            let is_last = !matches!(piece, Some(Ok(_)));
            if sender.send(piece).await.is_err() || is_last {
                return;
            }
        }
    });
    Body::blocking(Relay { receiver, left, ended: false, keep: Some(keep) })
}

/// The pieces of a body that another thread or task reads; the last one says that it is the end.
struct Relay {
    receiver: Receiver<Piece>,
    /// In bytes, if that is known.
    left: Option<u64>,
    ended: bool,
    #[expect(dead_code, reason = "kept for what its end would end")]
    keep: Option<Arc<dyn Send + Sync>>,
}

impl http_body::Body for Relay {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = std::task::ready!(self.receiver.poll_recv(context));
        // Without its last piece, the body broke off.
        let piece = piece.unwrap_or_else(|| Some(Err(failed("the rest was not read"))));
        self.ended = !matches!(piece, Some(Ok(_)));
        if let (Some(Ok(bytes)), Some(left)) = (&piece, &mut self.left) {
            *left = left.saturating_sub(bytes.len() as u64);
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.ended
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, error)
}

/// Wakes a thread that waits.
struct Waiting(Thread);

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// What `work` comes to; the thread sleeps until then.
pub fn wait<T>(work: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Waiting(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut work = pin!(work);
    loop {
        match work.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done,
            Poll::Pending => thread::park(),
        }
    }
}
