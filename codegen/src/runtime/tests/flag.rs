//! Requests that ask for a stream, or for the whole, by a member of their body.

use http::Method;

use crate::runtime::multipart::Multipart;
use crate::runtime::request::Request;

fn asked(body: &'static str, flag: bool, default: bool) -> String {
    asked_of("application/json; charset=utf-8", body, flag, default)
}

fn asked_of(media_type: &str, body: &'static str, flag: bool, default: bool) -> String {
    let mut request = Request::new(Method::POST, "/");
    request.body(media_type, body);
    request.ask_by("stream", flag, default);
    let body = request.again().unwrap().body;
    String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap()
}

#[test]
fn the_member_is_there_unless_it_goes_without_saying() {
    assert_eq!(asked("{}", true, false), r#"{"stream":true}"#);
    assert_eq!(asked(r#" { "a" : 1e3 } "#, true, false), r#" {"stream":true, "a" : 1e3 } "#);
    assert_eq!(asked(r#"{"a":"{"}"#, false, true), r#"{"stream":false,"a":"{"}"#);
    assert_eq!(asked(r#"{"a":1}"#, false, false), r#"{"a":1}"#);
    assert_eq!(asked(r#"{"a":1}"#, true, true), r#"{"a":1}"#);
}

#[test]
fn the_member_is_replaced_where_it_says_something_else() {
    assert_eq!(
        asked(r#"{"a":{"stream":1},"stream" : false,"b":[2.50]}"#, true, false),
        r#"{"a":{"stream":1},"stream" : true,"b":[2.50]}"#
    );
    assert_eq!(asked(r#"{"str\u0065am":true}"#, false, false), r#"{"str\u0065am":false}"#);
    assert_eq!(asked(r#"{"stream":true}"#, true, false), r#"{"stream":true}"#);
    assert_eq!(asked(r#"{"stream":null}"#, true, false), r#"{"stream":true}"#);
    assert_eq!(asked(r#"{"stream":null}"#, false, false), r#"{"stream":null}"#);
    assert_eq!(asked(r#"{"stream":null}"#, false, true), r#"{"stream":false}"#);
}

/// What form data with a part `stream` comes to that is asked for first as a whole, then as a stream if that is wanted.
fn asked_of_form(parts: Multipart, flag: bool, default: bool) -> String {
    let mut request = Request::new(Method::POST, "/");
    request.multipart_without("stream", "multipart/form-data", parts.boundary("b+c:d"));
    request.ask_by("stream", false, default);
    if flag {
        request.ask_by("stream", true, default);
    }
    let body = request.again().unwrap().body;
    String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap().replace("\r\n", "|")
}

#[test]
fn of_form_data_it_is_the_first_part() {
    const HEAD: &str = "--b+c:d|Content-Disposition: form-data; name=";
    let form = || Multipart::new().text("stream", "false").text("a", "1").text("stream", "maybe");
    let rest = format!("{HEAD}\"a\"||1|--b+c:d--|");
    for (flag, default, first) in [(true, false, "true"), (false, true, "false")] {
        let first = format!("{HEAD}\"stream\"||{first}|");
        assert_eq!(asked_of_form(form(), flag, default), format!("{first}{rest}"));
        assert_eq!(asked_of_form(Multipart::new(), flag, default), format!("{first}--b+c:d--|"));
        assert_eq!(asked_of_form(form(), !flag, default), rest);
    }
}

#[test]
fn what_is_no_object_stays() {
    for body in ["", "[]", "{", "{\"stream\":", "\u{e9}"] {
        assert_eq!(asked(body, true, false), body);
    }
    assert_eq!(asked_of("text/plain", "{}", true, false), "{}");
    assert_eq!(asked_of("application/merge-patch+json", "{}", true, false), r#"{"stream":true}"#);
}

#[test]
fn a_request_that_cannot_be_sent_is_not_sent_again() {
    let mut request = Request::new(Method::GET, "/{id}");
    assert!(request.again().is_some());
    request.path("id", &"..");
    assert!(request.again().is_none());
    let mut request = Request::new(Method::POST, "/");
    request.body("text/plain", super::http_stream::stream(&["a"]));
    assert!(request.again().is_none());
}
