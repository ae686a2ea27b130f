mod base_url;
mod dates;
mod http_client;
mod http_error;
#[cfg(feature = "reqwest")]
mod http_loopback;
mod http_request;
#[cfg(feature = "reqwest")]
mod http_server;
mod http_support;
mod json;
mod objects;
mod serde_contexts;
mod values;
