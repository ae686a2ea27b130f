//! A server on the loopback interface that sends exactly the bytes that a test wants.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated_client::BaseUrl;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Barrier, Notify};

/// What the server does after the head of a request has come. After the last step it waits for the next
/// request on the same connection.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    /// A moment in which what was sent so far gets its own way through the network.
    Pause,
    /// Goes on when the test says so.
    Wait(Arc<Notify>),
    /// Goes on when so many requests have come this far.
    Meet(Arc<Barrier>),
    /// Waits until the client hangs up, and tells the test.
    UntilClosed(Arc<Notify>),
    /// Sends zeros in chunks until the client hangs up, or so many bytes were sent.
    Flood(usize),
    Close,
    Reset,
}

pub fn send(bytes: impl Into<Vec<u8>>) -> Step {
    Step::Send(bytes.into())
}

/// A whole answer. `head` is its status line and the headers besides the length, a line each.
pub fn answer(head: &str, body: impl AsRef<[u8]>) -> Step {
    let body = body.as_ref();
    sized(head, body.len(), body)
}

/// An answer that says it is `length` bytes long, whatever it is.
pub fn sized(head: &str, length: usize, body: impl AsRef<[u8]>) -> Step {
    let head = head.replace('\n', "\r\n");
    let mut bytes = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body.as_ref());
    Step::Send(bytes)
}

/// A server that runs for as long as its test.
pub struct Server {
    address: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    flooded: AtomicUsize,
    requests: Mutex<Vec<String>>,
}

type Script = Arc<dyn Fn(&str) -> Vec<Step> + Send + Sync>;

impl Server {
    /// A server that does what `script` says, which gets the head of each request.
    pub async fn start(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let seen = Arc::<Seen>::default();
        tokio::spawn(accept(listener, Arc::clone(&seen), Arc::new(script)));
        Self { address, seen }
    }

    /// A server that does the same for each request.
    pub async fn saying(steps: impl Into<Vec<Step>>) -> Self {
        let steps = steps.into();
        Self::start(move |_| steps.clone()).await
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn url(&self) -> BaseUrl {
        format!("http://{}", self.address).parse().expect("a loopback address")
    }

    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many bytes of floods the network took.
    pub fn flooded(&self) -> usize {
        self.seen.flooded.load(Ordering::SeqCst)
    }

    /// The heads of the requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().expect("no test panicked here").clone()
    }
}

async fn accept(listener: TcpListener, seen: Arc<Seen>, script: Script) {
    while let Ok((stream, _)) = listener.accept().await {
        seen.connections.fetch_add(1, Ordering::SeqCst);
        // That the client hangs up is part of some tests.
        tokio::spawn(serve(stream, Arc::clone(&seen), Arc::clone(&script)));
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>, script: Script) -> io::Result<()> {
    stream.set_nodelay(true)?;
    loop {
        let head = read_head(&mut stream).await?;
        seen.requests.lock().expect("no test panicked here").push(head.clone());
        for step in script(&head) {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Pause => tokio::time::sleep(Duration::from_millis(5)).await,
                Step::Wait(signal) => signal.notified().await,
                Step::Meet(barrier) => _ = barrier.wait().await,
                Step::UntilClosed(closed) => {
                    let read = stream.read_u8().await;
                    closed.notify_one();
                    _ = read?;
                }
                Step::Flood(bytes) => flood(&mut stream, &seen.flooded, bytes).await?,
                Step::Close => return Ok(()),
                Step::Reset => return stream.set_zero_linger(),
            }
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    String::from_utf8(head).map_err(io::Error::other)
}

async fn flood(stream: &mut TcpStream, sent: &AtomicUsize, bytes: usize) -> io::Result<()> {
    const SIZE: usize = 0x4000;
    let chunk = format!("{SIZE:x}\r\n{}\r\n", "0".repeat(SIZE));
    while sent.load(Ordering::SeqCst) < bytes {
        stream.write_all(chunk.as_bytes()).await?;
        sent.fetch_add(chunk.len(), Ordering::SeqCst);
    }
    Ok(())
}
