//! How documented response headers are read.

use http::{HeaderMap, HeaderValue};

use crate::runtime::headers::{header, header_list};

fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(*name, HeaderValue::from_static(value));
    }
    headers
}

fn list(line: &'static str) -> Vec<String> {
    header_list(&headers(&[("x-list", line)]), "X-List").unwrap()
}

#[test]
fn lists_are_what_stands_between_commas() {
    let headers =
        headers(&[("x-counts", "1, 2,,"), ("x-counts", "3"), ("x-empty", ""), ("x-wrong", "1, two"), ("x-more", "1")]);
    assert_eq!(header_list::<i64>(&headers, "X-Counts"), Some(vec![1, 2, 3]));
    assert_eq!(header_list::<i64>(&headers, "X-Empty"), Some(vec![]));
    assert_eq!(header_list::<i64>(&headers, "X-Wrong"), None);
    assert_eq!(header_list::<i64>(&headers, "X-Missing"), None);
}

#[test]
fn cookies_have_commas_of_their_own() {
    let first = "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    let headers = headers(&[("set-cookie", first), ("set-cookie", "b=2")]);
    assert_eq!(header_list::<String>(&headers, "Set-Cookie").unwrap(), [first, "b=2"]);
}

#[test]
fn commas_within_addresses_and_quotes_part_nothing() {
    let links = [r#"<https://a.example/?ids=1,2>; rel="next, last""#, r#"<b>; title="\", <""#, "<c>"];
    assert_eq!(list(r#"<https://a.example/?ids=1,2>; rel="next, last", <b>; title="\", <",<c>"#), links);
    assert_eq!(list(r#""a, b", c, W/"d,e""#), [r#""a, b""#, "c", r#"W/"d,e""#]);
    // A backslash that is escaped itself.
    assert_eq!(list(r#""a\\", "b""#), [r#""a\\""#, r#""b""#]);
}

#[test]
fn what_has_no_end_is_no_beginning() {
    assert_eq!(list("a < b, c"), ["a < b", "c"]);
    assert_eq!(list("2 > 1, <, x"), ["2 > 1", "<", "x"]);
    assert_eq!(list(r#"5", 6, <a,b>"#), [r#"5""#, "6", "<a,b>"]);
}

/// RFC 9110, section 5.3.
#[test]
fn several_lines_are_one_value_where_that_is_one() {
    let headers =
        headers(&[("link", "<a>; rel=next"), ("link", " <b>; rel=last "), ("x-count", "1"), ("x-count", "2")]);
    assert_eq!(header::<String>(&headers, "Link").unwrap(), "<a>; rel=next, <b>; rel=last");
    assert_eq!(header::<i64>(&headers, "X-Count"), Some(1));
    assert_eq!(header::<String>(&headers, "X-Missing"), None);
}
