//! The program while it runs, and requests as they are sent.

#![allow(dead_code, reason = "no test needs all of it")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The program, which ends with the test.
pub struct Running {
    child: Child,
    /// What it printed before it began.
    pub printed: String,
    pub address: String,
}

impl Running {
    pub fn start(spec: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mock"));
        command.arg("--spec").arg(spec).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("what it prints")).lines();
        let mut printed = String::new();
        let last = lines.find_map(|line| {
            let line = line.expect("text");
            printed += &format!("{line}\n");
            line.ends_with("until Ctrl-C").then_some(line)
        });
        let last = last.expect("it says where it is");
        let (_, address) = last.split_once(" at http://").expect("an address");
        let address = address.split(',').next().expect("an address").to_owned();
        Self { child, printed, address }
    }

    /// What comes of a request.
    pub fn send(&self, head: &str, body: &str) -> Answer {
        send(&self.address, head, body)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer, as far as tests look at it.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The header that says where it comes from.
    pub from: String,
    pub body: String,
}

/// What a server answers, which ends the connection behind it; none, if it ends it without an answer.
pub fn try_send(address: &str, head: &str, body: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let (head, length) = (head.replace('\n', "\r\n"), body.len());
    let more = format!("Host: {address}\r\nConnection: close\r\nContent-Length: {length}");
    stream.write_all(format!("{head}\r\n{more}\r\n\r\n{body}").as_bytes()).expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let header = |name: &str| {
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let mut values = lines.filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        values.next().unwrap_or_default().to_owned()
    };
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let body = if header("transfer-encoding") == "chunked" { unchunked(body) } else { body.to_owned() };
    Some(Answer { status, from: header("mock-answer"), body })
}

pub fn send(address: &str, head: &str, body: &str) -> Answer {
    try_send(address, head, body).expect("an answer")
}

/// A body that comes in pieces, each behind its length.
fn unchunked(mut text: &str) -> String {
    let mut body = String::new();
    while let Some((length, rest)) = text.split_once("\r\n") {
        let length = usize::from_str_radix(length.trim(), 16).expect("a length");
        body += &rest[..length];
        text = rest[length..].trim_start_matches("\r\n");
    }
    body
}
