//! A server on the loopback interface that says exactly the bytes that a test wants.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Barrier, Notify};

use crate::runtime::base_url::BaseUrl;

/// What the server does after it has read a request. Without an end, the connection stays open
/// for the next one.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    /// A moment in which what was sent so far gets its own way through the network.
    Pause,
    /// Goes on when the test says so.
    Wait(Arc<Notify>),
    /// Goes on when so many requests have come this far.
    Meet(Arc<Barrier>),
    /// Sends zeros in chunks until the client hangs up, or this many bytes were sent.
    Flood(usize),
    Close,
    Reset,
}

pub fn send(bytes: impl Into<Vec<u8>>) -> Step {
    Step::Send(bytes.into())
}

/// An answer with a `Content-Length` of `length`, whatever `body` is.
pub fn sized(length: usize, body: &str) -> Step {
    send(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"))
}

pub struct Server {
    address: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    sent: AtomicUsize,
    requests: Mutex<Vec<String>>,
}

impl Server {
    /// A server that does what `script` says for each request; it gets the request's head.
    pub async fn start(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::<Seen>::default();
        tokio::spawn(accept(listener, seen.clone(), Arc::new(script)));
        Self { address, seen }
    }

    /// A server that does the same for each request.
    pub async fn saying(steps: impl Into<Vec<Step>>) -> Self {
        let steps = steps.into();
        Self::start(move |_| steps.clone()).await
    }

    pub fn url(&self) -> BaseUrl {
        format!("http://{}", self.address).parse().unwrap()
    }

    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many bytes of floods the network took.
    pub fn flooded(&self) -> usize {
        self.seen.sent.load(Ordering::SeqCst)
    }

    /// The heads of the requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }
}

type Script = Arc<dyn Fn(&str) -> Vec<Step> + Send + Sync>;

async fn accept(listener: TcpListener, seen: Arc<Seen>, script: Script) {
    while let Ok((stream, _)) = listener.accept().await {
        seen.connections.fetch_add(1, Ordering::SeqCst);
        // The client hanging up is part of some tests.
        tokio::spawn(serve(stream, seen.clone(), script.clone()));
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>, script: Script) -> io::Result<()> {
    loop {
        let head = read_head(&mut stream).await?;
        seen.requests.lock().unwrap().push(head.clone());
        for step in script(&head) {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Pause => tokio::time::sleep(Duration::from_millis(5)).await,
                Step::Wait(signal) => signal.notified().await,
                Step::Meet(barrier) => _ = barrier.wait().await,
                Step::Flood(bytes) => flood(&mut stream, &seen.sent, bytes).await?,
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
    let head = String::from_utf8(head).map_err(io::Error::other)?;
    // What is not read would reset the connection when it is closed.
    let lower = head.to_ascii_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    stream.read_exact(&mut vec![0; length.unwrap_or(0)]).await?;
    Ok(head)
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
