//! Bodies that are streams, both ways.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::Method;

use super::http_support::*;
use crate::runtime::body::{Body, BodyError};
use crate::runtime::call::{Call, Operation};
use crate::runtime::client::Client;
use crate::runtime::credential::Credential;
use crate::runtime::reply::Reply;
use crate::runtime::request::Request;
use crate::runtime::token::{AccessToken, TokenContext, TokenSource};
use crate::runtime::token_error::TokenError;
use crate::runtime::transport::BoxFuture;
use crate::runtime::unreadable::Unreadable;

/// `getFile`, whose success is left to the caller.
pub struct GetFile;

impl Operation for GetFile {
    const NAME: &'static str = "getFile";
    const ERRORS: &'static str = "401";
    type Output = Body;
    type Error = Bytes;

    fn output(reply: &Reply) -> Result<Body, Unreadable> {
        match reply.media_type(&["video/mp4", "text/plain"]) {
            0 => reply.stream(),
            _ => reply.text().map(Body::from),
        }
    }

    fn streams(head: &Reply) -> bool {
        head.status() == 200 && head.media_type(&["video/mp4", "text/plain"]) == 0
    }
}

/// Some pieces, then an error if it is to break off.
pub struct Pieces {
    pub pieces: Vec<&'static str>,
    pub breaks: bool,
}

impl Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.pieces.is_empty() {
            let breaks = std::mem::take(&mut self.breaks);
            return Poll::Ready(breaks.then(|| Err(std::io::Error::other("the disk is gone"))));
        }
        let piece = self.pieces.remove(0);
        Poll::Ready(Some(Ok(piece.into())))
    }
}

pub fn stream(pieces: &[&'static str]) -> Body {
    Body::from_stream(Pieces { pieces: pieces.to_vec(), breaks: false })
}

/// The answer 200 with a video.
fn video(body: Body) -> http::Response<Body> {
    let mut answer = answer(200, body);
    answer.headers_mut().insert("Content-Type", "video/mp4".parse().unwrap());
    answer
}

fn broken(pieces: &[&'static str]) -> Body {
    Body::from_stream(Pieces { pieces: pieces.to_vec(), breaks: true })
}

/// `PUT /file`, which may be repeated as far as its method goes.
fn put(client: &Client, body: impl Into<Body>) -> Call<'_, GetFile> {
    let mut request = Request::new(Method::PUT, "/file");
    request.body("video/*", body);
    request.sent_as("video/mp4", &[&["video/*"]]);
    Call::new(client, request)
}

#[tokio::test]
async fn a_stream_counts_down_what_is_left() {
    let mut body = stream(&["ab", "c"]).with_length(3);
    assert_eq!((body.len(), body.as_bytes(), body.is_empty()), (Some(3), None, false));
    assert_eq!(body.chunk().await.unwrap().unwrap(), "ab");
    assert_eq!(body.len(), Some(1));
    assert_eq!(body.chunk().await.unwrap().unwrap(), "c");
    assert_eq!((body.chunk().await.unwrap(), body.len()), (None, Some(0)));
    assert_eq!(stream(&["ab"]).len(), None);
}

#[tokio::test]
async fn a_body_is_collected_up_to_a_limit() {
    assert_eq!(stream(&["ab", "c"]).collect(3).await.unwrap(), "abc");
    let error = stream(&["ab", "c"]).collect(2).await.unwrap_err();
    assert_eq!(error.to_string(), "the body is larger than 2 bytes");
    let error = broken(&["ab"]).collect(9).await.unwrap_err();
    assert!(matches!(error, BodyError::Transport(_)), "{error:?}");
    assert_eq!(error.to_string(), "the body broke off: the disk is gone");
    assert_eq!(Body::from("text").collect(4).await.unwrap(), "text");
}

#[tokio::test]
async fn a_success_is_left_to_the_caller_and_an_error_is_not() {
    // More than the client would collect.
    let (client, _) = client_that(|| Ok(video(stream(&["x"; 2000]))));
    let response = Call::<GetFile>::new(&client, Request::new(Method::GET, "/file")).send().await.unwrap();
    assert!(response.body().is_empty());
    assert_eq!(response.into_value().collect(2000).await.unwrap().len(), 2000);

    let (client, _) = client_that(|| Ok(answer(401, stream(&["x", "y"]))));
    let error = put(&client, "").await.unwrap_err();
    assert_eq!((error.api().unwrap(), error.body().unwrap()), (&Bytes::from("xy"), &Bytes::from("xy")));
}

#[tokio::test]
async fn an_answer_of_another_media_type_is_collected() {
    let (client, _) = client_that(|| Ok(answer(200, stream(&["x", "y"]))));
    let response = put(&client, "").send().await.unwrap();
    assert_eq!(response.body(), "xy");
    assert_eq!(response.into_value().as_bytes().unwrap(), "xy");
}

#[tokio::test]
async fn an_answer_that_breaks_off_later_is_told_where_it_is_read() {
    let (client, _) = client_that(|| Ok(video(broken(&["ab"]))));
    let mut body = put(&client, "").await.unwrap();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "ab");
    assert_eq!(body.chunk().await.unwrap_err().to_string(), "the connection broke off: the disk is gone");
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    for (body, attempts) in [(stream(&["a"]), 1), (Body::from("a"), 4)] {
        let (builder, requests) = builder_that(|| Ok(answer(503, "busy")));
        let client = builder.build().unwrap();
        let error = put(&client, body).await.unwrap_err();
        assert_eq!((error.attempts(), requests.lock().unwrap().len()), (attempts, attempts as usize));
        assert!(error.is_retryable());
    }
}

/// Gives `token-0`, `token-1` and so on.
#[derive(Clone, Default)]
struct Counted(Arc<AtomicUsize>);

impl TokenSource for Counted {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::new(format!("token-{number}"))) })
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_for_the_next_call_if_this_one_cannot_be_repeated() {
    let (builder, requests) = builder_that(|| Ok(answer(401, "who are you?")));
    let client = builder.credential(Credential::from_source(Counted::default())).build().unwrap();
    let error = put(&client, stream(&["a"])).await.unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, 401));
    assert!(error.to_string().starts_with("getFile failed: the server answered 401 Unauthorized"), "{error}");
    put(&client, stream(&["a"])).await.unwrap_err();
    let requests = requests.lock().unwrap();
    let tokens: Vec<_> = requests.iter().map(|(_, headers)| headers["Authorization"].to_str().unwrap()).collect();
    assert_eq!(tokens, ["Bearer token-0", "Bearer token-1"]);
}

#[tokio::test]
async fn a_body_of_bytes_is_sent_again_with_another_token() {
    let (builder, requests) = builder_that(|| Ok(answer(401, "")));
    let client = builder.credential(Credential::from_source(Counted::default())).build().unwrap();
    put(&client, "a").await.unwrap_err();
    assert_eq!(requests.lock().unwrap().len(), 2);
}

#[cfg(feature = "blocking")]
mod blocking {
    use std::io::{self, Read};

    use super::*;
    use crate::runtime::blocking;

    fn client(answer: impl Fn() -> Answer + Send + Sync + 'static) -> blocking::Client {
        builder_that(answer).0.build_blocking().unwrap()
    }

    fn get(client: &blocking::Client) -> Call<'_, GetFile, blocking::Blocking> {
        Call::new(client, Request::new(Method::GET, "/file"))
    }

    #[test]
    fn a_body_is_read_like_a_file() {
        let client = client(|| Ok(video(stream(&["ab", "", "cde"]))));
        let mut body = get(&client).send().unwrap().into_value();
        // The body outlives the client.
        drop(client);
        let mut three = [0; 3];
        body.read_exact(&mut three).unwrap();
        assert_eq!(&three, b"abc");
        let mut rest = String::new();
        body.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "de");
        assert_eq!(body.read(&mut three).unwrap(), 0);
    }

    #[test]
    fn a_body_that_breaks_off_is_an_error_of_reading() {
        let client = client(|| Ok(video(broken(&["ab"]))));
        let mut body = get(&client).send().unwrap().into_value();
        let mut text = String::new();
        let error = body.read_to_string(&mut text).unwrap_err();
        assert_eq!(error.to_string(), "the connection broke off: the disk is gone");
    }

    #[test]
    fn a_body_of_an_async_client_is_not_waited_for() {
        let error = stream(&["a"]).read(&mut [0; 1]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::Unsupported);
        let mut text = String::new();
        Body::from("text").read_to_string(&mut text).unwrap();
        assert_eq!(text, "text");
    }

    /// Fails after what it has.
    struct Failing(&'static [u8]);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::other("the disk is gone")) } else { self.0.read(buffer) }
        }
    }

    #[tokio::test]
    async fn a_reader_is_sent_as_it_is_read() {
        let long = "x".repeat(200_000);
        let body = Body::from_reader(io::Cursor::new(long.clone())).with_length(200_000);
        assert_eq!(body.len(), Some(200_000));
        assert_eq!(body.collect(200_000).await.unwrap(), long);
        let mut body = Body::from_reader(Failing(b"ab"));
        assert_eq!(body.chunk().await.unwrap().unwrap(), "ab");
        assert_eq!(body.chunk().await.unwrap_err().to_string(), "the connection broke off: the disk is gone");
        assert_eq!(body.chunk().await.unwrap(), None);
    }
}

/// Over a socket.
#[cfg(feature = "reqwest")]
mod loopback {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::Notify;

    use super::super::http_server::{Server, Step, send};
    use super::*;

    #[tokio::test]
    async fn an_answer_is_read_while_it_comes() {
        let go_on = Arc::new(Notify::new());
        let server = Server::saying([
            send("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 4\r\n\r\nab"),
            Step::Wait(go_on.clone()),
            send("cd"),
        ])
        .await;
        let client = Client::builder(server.url()).build().unwrap();
        let mut body = Call::<GetFile>::new(&client, Request::new(Method::GET, "/file")).await.unwrap();
        assert_eq!(body.len(), Some(4));
        assert_eq!(body.chunk().await.unwrap().unwrap(), "ab");
        go_on.notify_one();
        assert_eq!(body.collect(2).await.unwrap(), "cd");
    }

    /// What a server gets until it has seen `end`.
    async fn received(end: &'static str, body: Body) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut text = Vec::new();
            while !text.ends_with(end.as_bytes()) {
                text.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            String::from_utf8(text).unwrap()
        });
        let client = Client::builder(crate::runtime::base_url::BaseUrl::try_from(url.as_str()).unwrap());
        put(&client.build().unwrap(), body).await.unwrap();
        server.await.unwrap()
    }

    #[tokio::test]
    async fn a_stream_goes_out_in_chunks_or_with_its_length() {
        let chunked = received("0\r\n\r\n", stream(&["ab", "cde"])).await;
        assert!(chunked.to_lowercase().contains("\r\ntransfer-encoding: chunked\r\n"), "{chunked}");
        assert!(chunked.ends_with("\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"), "{chunked}");
        let sized = received("abcde", stream(&["ab", "cde"]).with_length(5)).await;
        assert!(sized.to_lowercase().contains("\r\ncontent-length: 5\r\n"), "{sized}");
        assert!(sized.contains("video/mp4"), "{sized}");
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn a_blocking_client_reads_a_connection() {
        use std::io::Read;

        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(Server::saying([
            send("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 4\r\n\r\nab"),
            Step::Pause,
            send("cd"),
        ]));
        let client = Client::builder(server.url()).build_blocking().unwrap();
        let call: Call<'_, GetFile, _> = Call::new(&client, Request::new(Method::GET, "/file"));
        let mut text = String::new();
        call.send().unwrap().into_value().read_to_string(&mut text).unwrap();
        assert_eq!(text, "abcd");
    }
}
