//! Documented response headers.

use std::str::FromStr;

use http::HeaderMap;

/// The value of a header, if it is there and is what the API description says.
pub(crate) fn header<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
