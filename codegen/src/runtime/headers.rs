//! Documented response headers.

use std::str::FromStr;

use http::HeaderMap;

/// The value of a header, if it is there and is what the API description says.
pub(crate) fn header<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The values of a header that holds a list, from all of its lines. None of them, if there is no such
/// header or if one is not what the API description says.
pub(crate) fn header_list<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<Vec<T>> {
    // The one list whose values have commas of their own (RFC 9110, section 5.3).
    let whole = name.eq_ignore_ascii_case("set-cookie");
    let mut values = Vec::new();
    for line in headers.get_all(name) {
        let line = line.to_str().ok()?;
        let items: Vec<_> = if whole { vec![line] } else { line.split(',').collect() };
        for item in items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()) {
            values.push(item.parse().ok()?);
        }
    }
    headers.contains_key(name).then_some(values)
}
