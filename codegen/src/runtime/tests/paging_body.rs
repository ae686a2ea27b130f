//! Pages that are asked for in the body of the request.

use http::{HeaderMap, Method};

use super::http_support::*;
use crate::runtime::paging::{Course, Paging};
use crate::runtime::paging_fault::PagingFault;
use crate::runtime::request::Request;

fn request(body: &'static str) -> Request {
    let mut request = Request::new(Method::POST, "/search");
    if !body.is_empty() {
        request.body("application/json", body);
    }
    request
}

fn body(request: &Request) -> String {
    let body = request.body.as_bytes().unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// What is asked for behind an answer to a request with this body.
fn next(paging: Paging, asked: &'static str, told: &'static str) -> Option<Result<Request, PagingFault>> {
    let (client, _) = client_that(|| Ok(answer(200, "")));
    let mut course = Course::new(paging, request(asked));
    assert!(course.next_request().is_some());
    course.took(&HeaderMap::new(), &told.into(), &client.settings);
    course.next_request()
}

/// The body of that.
fn asked(paging: Paging, asked: &'static str, told: &'static str) -> String {
    let next = next(paging, asked, told).unwrap().unwrap();
    assert_eq!(next.headers["content-type"], "application/json");
    body(&next)
}

const AFTER: Paging = Paging::by_member(&["next"]).in_body(&["page", "after"]);

#[test]
fn a_cursor_is_put_where_it_belongs_and_the_rest_stays_as_it_is() {
    for (sent, expected) in [
        ("", r#"{"page":{"after":"x\"y"}}"#),
        ("{}", r#"{"page":{"after":"x\"y"}}"#),
        (r#"{ "a": 1.50 }"#, r#"{"page":{"after":"x\"y"}, "a": 1.50 }"#),
        (r#"{"page":null,"a":"{"}"#, r#"{"page":{"after":"x\"y"},"a":"{"}"#),
        (r#"{"a":[],"page": {}}"#, r#"{"a":[],"page": {"after":"x\"y"}}"#),
        (r#"{"page":{"size":2,"after":"w"},"b":2}"#, r#"{"page":{"size":2,"after":"x\"y"},"b":2}"#),
        (r#"{"page":{"after":null}}"#, r#"{"page":{"after":"x\"y"}}"#),
    ] {
        assert_eq!(asked(AFTER, sent, r#"{"next": "x\"y"}"#), expected, "{sent}");
    }
    for sent in ["[]", "1", r#"{"page":[]}"#, r#"{"page":"x"}"#] {
        let next = next(AFTER, sent, r#"{"next": "x"}"#);
        assert!(matches!(next, Some(Err(PagingFault::Body))), "{sent}");
    }
}

#[test]
fn it_is_a_text_or_a_number_as_the_body_has_it() {
    let way = &["next"];
    let by = Paging::by_member(&["next"]);
    for (paging, text, number) in [
        (by.in_body(way), r#""7""#, r#""7""#),
        (by.in_body_as_number(way), "7", "7"),
        (by.in_body_as_it_came(way), r#""7""#, "7"),
    ] {
        assert_eq!(asked(paging, "{}", r#"{"next": "7"}"#), format!("{{\"next\":{text}}}"));
        assert_eq!(asked(paging, "{}", r#"{"next": 7}"#), format!("{{\"next\":{number}}}"));
    }
    // What is no number is sent as it is, for the server to say what is wrong with it.
    assert_eq!(asked(by.in_body_as_number(way), "{}", r#"{"next": "7}"}"#), r#"{"next":"7}"}"#);
}

#[test]
fn numbers_count_on_from_what_the_body_asks_for() {
    let number = Paging::by_number(1, &["items"]).in_body_as_number(&["page"]);
    for (sent, expected) in
        [("{}", r#"{"page":2}"#), (r#"{"page":null}"#, r#"{"page":2}"#), (r#"{"page":5}"#, r#"{"page":6}"#)]
    {
        assert_eq!(asked(number, sent, r#"{"items": [1]}"#), expected);
    }
    let offset = Paging::by_offset(&["items"]).in_body_as_it_came(&["from"]);
    assert_eq!(asked(offset, r#"{"from":3}"#, r#"{"items": [1, 2]}"#), r#"{"from":5}"#);
    assert!(next(number, "{}", r#"{"items": []}"#).is_none());
    let odd = next(offset, r#"{"from":"x"}"#, r#"{"items": [1]}"#);
    assert!(matches!(odd, Some(Err(PagingFault::Number))));
}

#[test]
fn the_same_body_is_the_same_page() {
    let (client, _) = client_that(|| Ok(answer(200, "")));
    let mut course = Course::new(AFTER, request("{}"));
    for cursor in ["a", "b"] {
        assert!(course.next_request().unwrap().is_ok());
        course.took(&HeaderMap::new(), &format!("{{\"next\": \"{cursor}\"}}").into(), &client.settings);
    }
    assert_eq!(body(course.next_request().unwrap().as_ref().unwrap()), r#"{"page":{"after":"b"}}"#);
    course.took(&HeaderMap::new(), &r#"{"next": "a"}"#.into(), &client.settings);
    assert_eq!(course.next_request().unwrap().unwrap_err(), PagingFault::Repeats);
    assert!(course.next_request().is_none());
}
