//! Which of the described media types an answer has.

use crate::runtime::media_type::{choose, is_of_json, takes};

fn chosen<'a>(described: &[&'a str], sent: &str, body: &str) -> &'a str {
    described[choose(described, Some(sent).filter(|sent| !sent.is_empty()), body.as_bytes())]
}

#[test]
fn the_most_exact_one_is_taken() {
    let described = ["*/*", "image/*", "image/png", "application/json", "application/json; v=2"];
    for (sent, expected) in [
        ("image/png", "image/png"),
        ("IMAGE/PNG ; q=1", "image/png"),
        ("image/gif", "image/*"),
        ("application/json", "application/json"),
        ("application/json;charset=utf-8", "application/json"),
        ("application/json; v=\"2\"", "application/json; v=2"),
        ("text/plain", "*/*"),
    ] {
        assert_eq!(chosen(&described, sent, ""), expected, "{sent}");
    }
    assert_eq!(chosen(&["text/csv", "application/json; v=1"], "application/json", "[]"), "application/json; v=1");
}

#[test]
fn another_one_is_taken_for_what_it_is_like() {
    let described = ["application/pdf", "text/csv", "application/problem+json"];
    for (sent, body, expected) in [
        ("application/json", "{}", "application/problem+json"),
        ("application/json", "no", "application/problem+json"),
        ("application/zip", "{}", "application/pdf"),
        ("text/plain", "{}", "application/problem+json"),
        ("text/plain", "no", "text/csv"),
        ("application/xml", "<a/>", "text/csv"),
        ("", "\u{feff}{}", "application/problem+json"),
        ("", "", "application/problem+json"),
        ("", "no", "text/csv"),
        ("nonsense", "no", "application/pdf"),
    ] {
        assert_eq!(chosen(&described, sent, body), expected, "{sent}: {body}");
    }
}

#[test]
fn there_is_always_one() {
    assert_eq!(choose(&["application/pdf"], None, b"{}"), 0);
    assert_eq!(choose(&["text/plain", "text/csv"], Some("application/json"), b"{}"), 0);
    assert_eq!(choose(&[], None, b""), 0);
}

#[test]
fn a_range_takes_what_is_in_it() {
    for (described, sent) in [
        ("image/*", "image/png"),
        ("image/*", "IMAGE/PNG; q=1"),
        ("*/*", "x/y"),
        ("application/*+json", "application/vnd.cats+json"),
        ("application/json; charset=utf-8", "application/json"),
        ("text/csv", "text/csv; header=present"),
        ("json", "json"),
    ] {
        assert!(takes(described, sent), "{described}: {sent}");
    }
    for (described, sent) in [
        ("image/*", "text/plain"),
        ("image/*", "image/*"),
        ("image/*", "image/"),
        ("image/*", "image"),
        ("*/*", "*/*"),
        ("*/*", "x"),
        ("application/*+json", "application/json"),
        ("text/csv", "text/plain"),
    ] {
        assert!(!takes(described, sent), "{described}: {sent}");
    }
}

#[test]
fn json_is_told_by_its_media_type() {
    for json in ["application/json", "Application/Problem+JSON; charset=utf-8", "text/json"] {
        assert!(is_of_json(json), "{json}");
    }
    for other in ["application/notjson", "application/jsonl", "text/plain", "application/xml", ""] {
        assert!(!is_of_json(other), "{other}");
    }
}
