//! The mock behind a socket of this machine.

use std::net::Ipv4Addr;
use std::sync::Arc;

use anstream::eprintln;
use bytes::Bytes;
use codegen::Shown;
use generated_client_runtime::body::Body;
use generated_client_runtime::mock::Mock;
use generated_client_runtime::transport::{Transport, TransportError, TransportErrorKind};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use crate::record::Record;

/// A socket that other machines do not see.
pub async fn listen(port: u16) -> Result<TcpListener, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    listener.map_err(|error| format!("error: cannot listen on port {port}: {error}; choose another one with `--port`"))
}

/// A mock, and where what it is asked is written.
pub struct Server {
    pub mock: Mock,
    pub record: Option<Record>,
}

impl Server {
    /// Answers until Ctrl-C.
    pub async fn serve(self, listener: TcpListener) {
        let address = listener.local_addr().map(|address| address.to_string()).unwrap_or_default();
        let server = Arc::new((self, address));
        let end = tokio::signal::ctrl_c();
        tokio::pin!(end);
        loop {
            let stream = tokio::select! {
                _ = &mut end => return,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    // What hangs up at once is no reason to stop.
                    Err(_) => continue,
                },
            };
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                let service = service_fn(move |request| {
                    let server = Arc::clone(&server);
                    async move { server.0.answer(&server.1, request).await }
                });
                let mut connection = http1::Builder::new();
                // An error is a client that hangs up, or a connection that was told to break.
                let _ = connection.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
            });
        }
    }

    async fn answer(&self, address: &str, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, TransportError> {
        // Neither the query nor the headers, which may hold credentials.
        let line = format!("{} {}", request.method(), request.uri().path());
        let other = |error: hyper::Error| TransportError::new(TransportErrorKind::Other, error);
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(other)?.to_bytes();
        let request = Request::from_parts(head, body);
        let answered = self.answered(request.clone()).await;
        let end = match &answered {
            Ok(response) => {
                let from = response.headers().get(Mock::HEADER).and_then(|value| value.to_str().ok());
                format!("{} {}", response.status().as_u16(), from.unwrap_or_default())
            }
            Err(error) => error.to_string(),
        };
        eprintln!("{}: {}", Shown::from(line), Shown::from(end));
        let recorded = self.record.as_ref().map(|record| record.add(address, &request, answered.as_ref().ok()));
        if let Some(Err(error)) = recorded {
            eprintln!("error: this cannot be recorded: {error}");
        }
        answered.map(|response| response.map(Full::new))
    }

    /// The whole of what the mock answers.
    async fn answered(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (head, body) = self.mock.send(request.map(Body::from)).await?.into_parts();
        Ok(Response::from_parts(head, BodyExt::collect(body).await?.to_bytes()))
    }
}
