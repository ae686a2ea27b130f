//! The support code of the emitted crate, compiled here so that it can be tested.

/// As it is of an API that has no such header.
const IDEMPOTENCY_KEY: Option<&str> = None;

mod address;
#[cfg(feature = "azure_core")]
mod azure;
mod base64;
mod base_url;
mod basic;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "blocking")]
mod blocking_body;
mod body;
mod build_error;
mod call;
mod call_id;
mod choice;
mod client;
mod clock;
mod collected;
pub mod conforms;
mod credential;
mod custom;
mod date;
mod date_time;
mod deadline;
mod decimal;
mod device_code;
mod duration;
mod epoch;
mod error;
mod escape;
mod event;
mod event_fields;
mod excerpt;
mod exchange;
mod extras;
mod fit;
mod flag;
mod foreign;
mod fraction;
mod framing;
mod from_reply;
mod headers;
#[cfg(feature = "reqwest")]
mod http_reqwest;
mod into_value;
mod ip;
mod items;
mod items_body;
mod items_error;
#[cfg(feature = "blocking")]
mod items_waited;
pub mod json;
mod json_text;
mod key;
mod location;
mod maybe;
mod media_type;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
mod number;
mod number_or_text;
mod oauth2;
mod oauth2_answer;
mod offset;
mod or_empty;
mod pace;
mod pages;
mod paging;
mod paging_body;
mod paging_fault;
mod paging_link;
mod password;
mod prepared;
mod preparing;
mod reply;
mod request;
mod request_error;
mod request_member;
mod response;
mod retry;
mod rfc3339;
mod secrets;
mod security;
mod sentence;
mod settings;
mod spelled;
mod statuses;
mod streaming;
mod string_enum;
mod style;
mod styled;
mod styled_parts;
#[cfg(feature = "reqwest")]
mod system_clock;
mod template;
#[cfg(test)]
mod tests;
mod time;
mod token;
mod token_cache;
mod token_error;
mod token_url;
mod trace;
mod transport;
mod tuple;
mod undeclared;
mod undeclared_order;
mod unreadable;
mod uuid;
#[cfg(feature = "blocking")]
mod waited;
