//! A stand-in for the service: a server that has one answer.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};

/// Answers every request with `json`. As the service does, it puts a UTF-8 byte order mark in front.
pub async fn serve(listener: TcpListener, json: &'static str) -> io::Result<()> {
    let body = format!("\u{feff}{json}");
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    loop {
        let (stream, _) = listener.accept().await?;
        // A client that hangs up is no reason to stop.
        let _ = answer_all(stream, &answer).await;
    }
}

async fn answer_all(stream: TcpStream, answer: &str) -> io::Result<()> {
    let mut stream = BufStream::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        // The request has no body, so it ends with its head: at an empty line.
        if line == "\r\n" {
            stream.write_all(answer.as_bytes()).await?;
            stream.flush().await?;
        }
        line.clear();
    }
    Ok(())
}
