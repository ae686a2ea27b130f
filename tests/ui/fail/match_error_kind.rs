//! There may be more reasons for a failure some day.

use generated_client::ErrorKind;

fn label<E>(kind: &ErrorKind<E>) -> &'static str {
    match kind {
        ErrorKind::Request(_) => "request",
        ErrorKind::Transport(_) => "transport",
        ErrorKind::Api(_) => "api",
        ErrorKind::Unexpected(_) => "unexpected",
    }
}

fn main() {}
