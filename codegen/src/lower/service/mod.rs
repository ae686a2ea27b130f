//! What the description says of the service as a whole: servers, and how callers are known to it.

mod oauth2;
#[cfg(test)]
mod oauth2_tests;
mod security;
mod server;
mod server_url;
mod server_variable;

pub(super) use self::security::Schemes;
