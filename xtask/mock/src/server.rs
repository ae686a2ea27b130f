//! The mock behind a socket of this machine.

use std::net::Ipv4Addr;

use anstream::eprintln;
use codegen::Shown;
use generated_client_runtime::body::Body;
use generated_client_runtime::mock::Mock;
use generated_client_runtime::transport::{Transport, TransportError, TransportErrorKind};
use http::{Request, Response};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

/// A socket that other machines do not see.
pub async fn listen(port: u16) -> Result<TcpListener, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    listener.map_err(|error| format!("error: cannot listen on port {port}: {error}; choose another one with `--port`"))
}

/// Answers until Ctrl-C.
pub async fn serve(listener: TcpListener, mock: Mock) {
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
        let mock = mock.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(mock.clone(), request));
            let mut connection = http1::Builder::new();
            // An error is a client that hangs up, or a connection that was told to break.
            let _ = connection.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(mock: Mock, request: Request<Incoming>) -> Result<Response<Body>, TransportError> {
    // Neither the query nor the headers, which may hold credentials.
    let line = format!("{} {}", request.method(), request.uri().path());
    let request =
        request.map(|body| Body::new(body.map_err(|error| TransportError::new(TransportErrorKind::Other, error))));
    let answered = mock.send(request).await;
    let end = match &answered {
        Ok(response) => {
            let from = response.headers().get(Mock::HEADER).and_then(|value| value.to_str().ok());
            format!("{} {}", response.status().as_u16(), from.unwrap_or_default())
        }
        Err(error) => error.to_string(),
    };
    eprintln!("{}: {}", Shown::from(line), Shown::from(end));
    answered
}
