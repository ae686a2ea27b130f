//! Answers that the caller reads as they come, and that do not come as they should, over real sockets.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use tokio::sync::Notify;

use super::http_server::{Server, Step, send};
use super::http_stream::GetFile;
use crate::runtime::body::{Body, BodyError};
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::http_reqwest::ReqwestTransport;
use crate::runtime::request::Request;
use crate::runtime::transport::TransportErrorKind;

const FLOOD: usize = 0x1000_0000;
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nTransfer-Encoding: chunked\r\n\r\n";

fn silence() -> Step {
    Step::Wait(Arc::new(Notify::new()))
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(server.url())
}

/// `getFile`, whose success is left to the caller.
async fn file(builder: ClientBuilder) -> Result<Body, Error<Bytes>> {
    Call::<GetFile>::new(&builder.build().unwrap(), Request::new(Method::GET, "/file")).await
}

#[tokio::test]
async fn a_stream_that_drips_is_read_at_its_pace() {
    let drops = vec![vec![send("1\r\nx\r\n"), Step::Pause]; 150].concat();
    let server = Server::saying([vec![send(CHUNKED)], drops, vec![send("0\r\n\r\n")]].concat()).await;
    // There is time for the head, and the rest takes longer.
    let limit = Duration::from_millis(500);
    let body = file(builder(&server).attempt_timeout(limit).total_timeout(limit)).await.unwrap();
    assert_eq!(body.collect(150).await.unwrap(), "x".repeat(150));
}

#[tokio::test]
async fn a_stream_that_falls_silent_ends() {
    for rest in [vec![silence()], vec![send("2\r\n"), silence()], vec![send("0\r\n"), silence()]] {
        let server = Server::saying([vec![send(format!("{CHUNKED}1\r\nx\r\n"))], rest].concat()).await;
        let transport = ReqwestTransport::with_timeouts(Duration::from_secs(9), Duration::from_millis(100)).unwrap();
        let mut body = file(builder(&server).transport(transport)).await.unwrap();
        assert_eq!(body.chunk().await.unwrap().unwrap(), "x");
        let error = body.chunk().await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
        assert_eq!(error.to_string(), "no answer in time: operation timed out");
    }
}

#[tokio::test]
async fn a_stream_without_end_is_held_as_far_as_it_is_read() {
    for collects in [true, false] {
        let server = Server::saying([send(CHUNKED), Step::Flood(FLOOD)]).await;
        let mut body = file(builder(&server)).await.unwrap();
        if collects {
            let error = body.collect(1 << 20).await.unwrap_err();
            assert!(matches!(error, BodyError::TooLarge { limit: 0x10_0000 }), "{error}");
        } else {
            body.chunk().await.unwrap().unwrap();
            // Nobody reads on, so the server cannot go on.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(server.flooded() < FLOOD, "{}", server.flooded());
    }
}

#[tokio::test]
async fn a_stream_that_is_no_stream_says_so() {
    for rest in ["zz\r\n", "1;", "0\r\nX: "] {
        let rest = if rest == "zz\r\n" { rest.to_owned() } else { rest.to_owned() + &"0".repeat(0x1_0000) };
        let server = Server::saying([send(format!("{CHUNKED}1\r\nx\r\n{rest}")), silence()]).await;
        let mut body = file(builder(&server)).await.unwrap();
        assert_eq!(body.chunk().await.unwrap().unwrap(), "x");
        assert_eq!(body.chunk().await.unwrap_err().kind(), TransportErrorKind::Other);
    }
}

#[tokio::test]
async fn what_is_packed_is_not_taken_for_what_it_holds() {
    for (status, media_type) in [("200 OK", "video/mp4"), ("200 OK", "text/plain"), ("401 No", "video/mp4")] {
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Encoding: gzip\r\n");
        let server = Server::saying([send(format!("{head}Content-Length: 3\r\n\r\n\x1f\x0b\x08"))]).await;
        let error = file(builder(&server)).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Unexpected(_)), "{error:?}");
        assert!(error.to_string().contains(", but the body has the Content-Encoding gzip, "), "{error}");
        assert_eq!((server.requests().len(), error.is_retryable()), (1, false));
        // Nothing is packed where there is nothing.
        let server = Server::saying([send(format!("{head}Content-Length: 0\r\n\r\n"))]).await;
        let empty = file(builder(&server)).await;
        assert!(!matches!(empty.as_ref().map_err(Error::kind), Err(ErrorKind::Unexpected(_))), "{empty:?}");
    }
}
