//! Signing in as a user does it: a token service and an API on this machine, over real sockets.

mod azure;
mod example;
mod oauth2_server;
mod server;

/// What must not be printed.
const SECRET: &str = "canary-secret";
const REFRESH: &str = "canary-refresh";
const ROTATED: &str = "canary-rotated";
const ACCESS: &str = "canary-access";

/// No text of the program shows a secret.
fn no_secret(text: &str) {
    assert!(!text.contains("canary"), "a secret is shown: {text}");
}
