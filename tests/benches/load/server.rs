//! A server on the loopback interface, in the same process, that does what the plan says.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use generated_client::BaseUrl;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};

use crate::plan::{Fault, fault};

/// The body of a documented error.
const FAULT: &str = r#"{"code": 1, "description": "Later."}"#;

/// A server that runs until the program ends.
pub struct Server {
    url: String,
    seen: Arc<Seen>,
}

/// What the server counts.
struct Seen {
    open: AtomicUsize,
    peak: AtomicUsize,
    connections: AtomicUsize,
    requests: AtomicUsize,
    /// By call.
    attempts: Vec<AtomicU32>,
}

impl Server {
    /// A server for so many calls.
    pub async fn start(calls: usize) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let attempts = (0..calls).map(|_| AtomicU32::new(0)).collect();
        let [open, peak, connections, requests] = [const { AtomicUsize::new(0) }; 4];
        let seen = Arc::new(Seen { open, peak, connections, requests, attempts });
        tokio::spawn(accept(listener, Arc::clone(&seen)));
        Ok(Self { url, seen })
    }

    pub fn url(&self) -> BaseUrl {
        self.url.parse().expect("a loopback address")
    }

    /// How many sockets are open now.
    pub fn open(&self) -> usize {
        self.seen.open.load(Ordering::SeqCst)
    }

    /// How many were open at once, at most.
    pub fn peak(&self) -> usize {
        self.seen.peak.load(Ordering::SeqCst)
    }

    /// How many there were in all.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub fn requests(&self) -> usize {
        self.seen.requests.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, seen: Arc<Seen>) {
    while let Ok((stream, _)) = listener.accept().await {
        let open = seen.open.fetch_add(1, Ordering::SeqCst) + 1;
        seen.peak.fetch_max(open, Ordering::SeqCst);
        seen.connections.fetch_add(1, Ordering::SeqCst);
        let seen = Arc::clone(&seen);
        tokio::spawn(async move {
            // The client hanging up is how every connection ends that the plan does not end.
            _ = serve(stream, &seen).await;
            seen.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(stream: TcpStream, seen: &Seen) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufStream::new(stream);
    loop {
        let call = read_call(&mut stream).await?;
        let attempt = seen.attempts.get(call).ok_or_else(|| io::Error::other("no such call"))?;
        let attempt = attempt.fetch_add(1, Ordering::SeqCst);
        seen.requests.fetch_add(1, Ordering::SeqCst);
        let body = format!(r#"{{"balanceAmount": {call}, "currencyCode": "USD"}}"#);
        let answer = match fault(call, attempt) {
            None => whole("200 OK", &body),
            Some(Fault::GarbageBody) => whole("200 OK", "<html>not JSON</html>"),
            Some(Fault::Unavailable) => whole("503 Service Unavailable", FAULT),
            Some(Fault::Throttled) => whole("429 Too Many Requests\r\nRetry-After: 0", FAULT),
            Some(Fault::Reset) => return stream.get_ref().set_zero_linger(),
            Some(Fault::GarbageHead) => return send(&mut stream, "\u{1}garbage\r\n\r\n").await,
            Some(Fault::HalfBody) => {
                let whole = whole("200 OK", &body);
                return send(&mut stream, &whole[..whole.len() - body.len() / 2]).await;
            }
        };
        send(&mut stream, &answer).await?;
    }
}

fn whole(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

async fn send(stream: &mut BufStream<TcpStream>, answer: &str) -> io::Result<()> {
    stream.write_all(answer.as_bytes()).await?;
    stream.flush().await
}

/// The number of the call, which stands in the id of the request.
async fn read_call(stream: &mut BufStream<TcpStream>) -> io::Result<usize> {
    let mut call = None;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            return call.ok_or_else(|| io::Error::other("the request has no id"));
        }
        let number = line.strip_prefix("ms-requestid:").and_then(|id| id.rsplit('-').next());
        call = call.or(number.and_then(|number| usize::from_str_radix(number, 16).ok()));
    }
}
