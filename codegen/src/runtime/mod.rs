//! The support code of the emitted crate, compiled here so that it can be tested.

mod base_url;
mod body;
mod build_error;
mod call;
mod call_id;
mod client;
mod credential;
mod date;
mod date_time;
mod decimal;
mod error;
mod excerpt;
mod exchange;
mod headers;
#[cfg(feature = "reqwest")]
mod http_reqwest;
mod json;
mod maybe;
mod number;
mod reply;
mod request;
mod request_error;
mod response;
mod sentence;
mod spelled;
#[cfg(test)]
mod tests;
mod transport;
mod unreadable;
mod uuid;
