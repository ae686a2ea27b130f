//! A server on the loopback interface that sends exactly the bytes that a test wants.

use std::io;
use std::ops::ControlFlow;
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
    /// Sends these bytes.
    Send(Vec<u8>),
    /// A moment in which what was sent so far gets its own way through the network.
    Pause,
    /// Goes on when the test says so.
    Wait(Arc<Notify>),
    /// Tells the test that it has come to this.
    Tell(Arc<Notify>),
    /// Goes on when so many requests have come this far.
    Meet(Arc<Barrier>),
    /// Waits until the client hangs up, and tells the test.
    UntilClosed(Arc<Notify>),
    /// Sends these bytes again and again until the client hangs up, or so many bytes were sent.
    Flood(Vec<u8>, usize),
    /// Sends these bytes again and again, with a pause each time, until the client hangs up.
    Drip(Vec<u8>),
    /// Ends the connection in order.
    Close,
    /// Ends the connection with a reset.
    Reset,
}

/// [`Step::Send`].
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

/// A chunked answer of zeros that ends when the client hangs up, or with so many bytes.
pub fn endless(status: &str, bytes: usize) -> [Step; 2] {
    const SIZE: usize = 0x4000;
    let head = format!("HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n\r\n");
    [send(head), Step::Flood(format!("{SIZE:x}\r\n{}\r\n", "0".repeat(SIZE)).into_bytes(), bytes)]
}

/// A server that runs for as long as its test.
pub struct Server {
    address: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    /// Those of them that are still open.
    open: AtomicUsize,
    flooded: AtomicUsize,
    requests: Mutex<Vec<String>>,
    bodies: Mutex<Vec<String>>,
}

type Script = Arc<dyn Fn(&str) -> Vec<Step> + Send + Sync>;

impl Server {
    /// A server that does what `script` says, which gets the head of each request.
    pub async fn start(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let (server, listener) = Self::bind().await;
        let (script, seen): (Script, _) = (Arc::new(script), Arc::clone(&server.seen));
        let serve = move |stream| serve(stream, Arc::clone(&seen), Arc::clone(&script));
        tokio::spawn(accept(listener, Arc::clone(&server.seen), serve));
        server
    }

    async fn bind() -> (Self, TcpListener) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        (Self { address, seen: Arc::default() }, listener)
    }

    /// A server that is not there.
    pub async fn gone() -> Self {
        Self::bind().await.0
    }

    /// A server that lets everybody connect, and neither reads nor says anything.
    pub async fn deaf() -> Self {
        let (server, listener) = Self::bind().await;
        tokio::spawn(async move {
            let _bound = listener;
            std::future::pending::<()>().await;
        });
        server
    }

    /// A server that resets every connection before it has read anything.
    pub async fn resetting() -> Self {
        Self::talking([Step::Reset]).await
    }

    /// A server that does this when a client connects, and does not wait for a request.
    pub async fn talking(steps: impl Into<Vec<Step>>) -> Self {
        let (server, listener) = Self::bind().await;
        let (steps, seen) = (steps.into(), Arc::clone(&server.seen));
        tokio::spawn(accept(listener, Arc::clone(&seen), move |mut stream| {
            let (steps, seen) = (steps.clone(), Arc::clone(&seen));
            async move { perform(&mut stream, &seen, steps).await.map(|_| ()) }
        }));
        server
    }

    /// A server that does each of these for a request, one after the other, and then the last one again
    /// and again.
    pub async fn in_turn(scripts: impl Into<Vec<Vec<Step>>>) -> Self {
        let (scripts, turn) = (scripts.into(), AtomicUsize::new(0));
        let last = scripts.len().checked_sub(1).expect("a script");
        Self::start(move |_| scripts[turn.fetch_add(1, Ordering::SeqCst).min(last)].clone()).await
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

    /// The base URL.
    pub fn url(&self) -> BaseUrl {
        format!("http://{}", self.address).parse().expect("a loopback address")
    }

    /// How many connections there were so far.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many of its connections are still open.
    pub fn open(&self) -> usize {
        self.seen.open.load(Ordering::SeqCst)
    }

    /// The bodies of the requests so far.
    pub fn bodies(&self) -> Vec<String> {
        self.seen.bodies.lock().expect("no test panicked here").clone()
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

async fn accept<T>(listener: TcpListener, seen: Arc<Seen>, serve: impl Fn(TcpStream) -> T)
where
    T: Future<Output = io::Result<()>> + Send + 'static,
{
    while let Ok((stream, _)) = listener.accept().await {
        seen.connections.fetch_add(1, Ordering::SeqCst);
        seen.open.fetch_add(1, Ordering::SeqCst);
        let (seen, served) = (Arc::clone(&seen), serve(stream));
        tokio::spawn(async move {
            // That the client hangs up is part of some tests.
            _ = served.await;
            seen.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>, script: Script) -> io::Result<()> {
    stream.set_nodelay(true)?;
    loop {
        let head = read_head(&mut stream).await?;
        seen.requests.lock().expect("no test panicked here").push(head.clone());
        let body = read_body(&mut stream, &head).await?;
        seen.bodies.lock().expect("no test panicked here").push(body);
        if perform(&mut stream, &seen, script(&head)).await?.is_break() {
            return Ok(());
        }
    }
}

/// Does what is to be done; whether that is the end of the connection.
async fn perform(stream: &mut TcpStream, seen: &Seen, steps: Vec<Step>) -> io::Result<ControlFlow<()>> {
    for step in steps {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Pause => tokio::time::sleep(Duration::from_millis(5)).await,
            Step::Wait(signal) => signal.notified().await,
            Step::Tell(signal) => signal.notify_one(),
            Step::Meet(barrier) => _ = barrier.wait().await,
            Step::UntilClosed(closed) => {
                let read = tokio::io::copy(stream, &mut tokio::io::sink()).await;
                closed.notify_one();
                _ = read?;
            }
            Step::Flood(piece, bytes) => flood(stream, &seen.flooded, &piece, bytes).await?,
            Step::Drip(piece) => loop {
                stream.write_all(&piece).await?;
                tokio::time::sleep(Duration::from_millis(5)).await;
            },
            Step::Close => return Ok(ControlFlow::Break(())),
            Step::Reset => return stream.set_zero_linger().map(ControlFlow::Break),
        }
    }
    Ok(ControlFlow::Continue(()))
}

async fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    String::from_utf8(head).map_err(io::Error::other)
}

/// The body of the request that `head` begins; what is not read would reset the connection in the end.
async fn read_body(stream: &mut TcpStream, head: &str) -> io::Result<String> {
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    String::from_utf8(body).map_err(io::Error::other)
}

async fn flood(stream: &mut TcpStream, sent: &AtomicUsize, piece: &[u8], bytes: usize) -> io::Result<()> {
    while sent.load(Ordering::SeqCst) < bytes {
        stream.write_all(piece).await?;
        sent.fetch_add(piece.len(), Ordering::SeqCst);
    }
    Ok(())
}
