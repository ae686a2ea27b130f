mod base_url;
mod choice;
mod choice_growth;
mod choice_loss;
mod conforms;
mod dates;
mod fake_clock;
mod flag;
mod foreign;
mod formats;
mod framing;
mod headers;
#[cfg(feature = "blocking")]
mod http_blocking;
mod http_client;
mod http_custom;
mod http_error;
mod http_extras;
#[cfg(feature = "reqwest")]
mod http_loopback;
#[cfg(feature = "reqwest")]
mod http_once;
mod http_renew;
mod http_request;
mod http_retry;
#[cfg(feature = "reqwest")]
mod http_server;
mod http_stream;
#[cfg(feature = "reqwest")]
mod http_stream_faults;
mod http_support;
mod http_time;
mod http_trace;
mod into_value;
mod items;
mod items_body;
mod json;
mod json_text;
mod maybe;
mod media_type;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
mod numbers_or_texts;
mod objects;
mod or_empty;
mod pages;
mod pages_empty;
mod paging_body;
mod security;
mod security_secrets;
mod serde_contexts;
mod servers;
mod statuses;
mod string_enums;
mod style;
mod template;
mod texts;
mod token;
#[cfg(feature = "azure_core")]
mod token_azure;
mod token_device;
mod token_secrets;
mod token_support;
mod tuples;
mod undeclared;
mod undescribed;
mod values;
