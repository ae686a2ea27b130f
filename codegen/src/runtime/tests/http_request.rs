//! How values become part of a request.

use http::Method;
use http::header::CONTENT_TYPE;

use super::http_support::*;
use crate::runtime::body::Body;
use crate::runtime::date::Date;
use crate::runtime::request::{ListStyle, Request};
use crate::runtime::style::Style;

fn sent(build: impl FnOnce(&mut Request)) -> Result<http::Request<Body>, String> {
    let (client, _) = client_that(|| Ok(answer(200, "")));
    let mut request = Request::new(Method::POST, "/a/{x}:act/{y}.json");
    request.path("x", &"1");
    request.path("y", &"2");
    build(&mut request);
    request.prepare(&client.settings).map(|request| request.attempt(None)).map_err(|error| error.to_string())
}

fn uri(build: impl FnOnce(&mut Request)) -> String {
    let uri = sent(build).unwrap().uri().to_string();
    uri.strip_prefix("https://api.example.com").unwrap().to_owned()
}

fn path(template: &'static str, values: &[(&str, &str)]) -> Result<String, String> {
    let (client, _) = client_that(|| Ok(answer(200, "")));
    let mut request = Request::new(Method::GET, template);
    for (name, value) in values {
        request.path(name, value);
    }
    let request =
        request.prepare(&client.settings).map(|request| request.attempt(None)).map_err(|error| error.to_string())?;
    Ok(request.uri().path().to_owned())
}

#[test]
fn path_values_stay_within_their_place() {
    assert_eq!(uri(|_| ()), "/a/1:act/2.json");
    assert_eq!(path("/{a}", &[("a", "x/../y?z#% é{b}")]).unwrap(), "/x%2F..%2Fy%3Fz%23%25%20%C3%A9%7Bb%7D");
    assert_eq!(path("/{a}/{b}", &[("a", "{b}"), ("b", "~._-")]).unwrap(), "/%7Bb%7D/~._-");
}

#[test]
fn path_values_that_lead_elsewhere_are_refused() {
    assert_eq!(path("/{a}", &[("a", "")]).unwrap_err(), "the path parameter `a` is empty");
    for value in [".", ".."] {
        let error = path("/{a}", &[("a", value)]).unwrap_err();
        assert!(error.starts_with("the path parameter `a` is `.`") || value == "..", "{error}");
    }
    for template in ["no-slash", "@evil.example", "/{missing}", "/a?b", "/a/../b", "/./"] {
        let error = path(template, &[]).unwrap_err();
        assert!(error.starts_with(&format!("the path `{template}`")), "{error}");
    }
    assert!(path("/{a}{b}", &[("a", "."), ("b", ".")]).is_err());
}

#[test]
fn query_values_are_encoded_and_replaced() {
    let uri = uri(|request| {
        request.query("a b", &"x y&z=+/");
        request.query("n", &1);
        request.query("n", &2);
    });
    assert_eq!(uri, "/a/1:act/2.json?a%20b=x%20y%26z%3D%2B%2F&n=2");
}

#[test]
fn query_lists_repeat_or_join() {
    let uri = uri(|request| {
        request.query_list("r", &["a", "b,c"], ListStyle::Repeated);
        request.query_list("j", &["a", "b,c"], ListStyle::Commas);
        request.query_list("e", &["", "a"], ListStyle::Commas);
        request.query_list::<i32>("none", &[], ListStyle::Commas);
    });
    assert_eq!(uri, "/a/1:act/2.json?r=a&r=b%2Cc&j=a,b%2Cc&e=,a");
}

#[test]
fn a_body_has_its_media_type() {
    let request = sent(|request| request.json(&["a"])).unwrap();
    assert_eq!(request.headers()["Content-Type"], "application/json");
    assert_eq!(request.body().as_bytes().unwrap(), "[\"a\"]");
    assert_eq!(request.method(), Method::POST);
}

#[test]
fn a_method_goes_by_its_name() {
    let (client, _) = client_that(|| Ok(answer(200, "")));
    for name in ["QUERY", "copy", "GET"] {
        assert_eq!(Request::named(name, "/").prepare(&client.settings).unwrap().attempt(None).method(), name);
    }
    let error = Request::named("no method", "/").prepare(&client.settings).err().unwrap();
    assert_eq!(error.to_string(), "HTTP has no method `no method`");
}

#[test]
fn the_first_fault_is_the_one_that_is_told() {
    let error = sent(|request| {
        request.header("X-A", &"\u{0}");
        request.header("X B", &"fine");
    });
    assert!(error.unwrap_err().contains("`X-A`"));
}

#[test]
fn an_operation_can_name_its_user_agent() {
    let request = sent(|request| request.header("User-Agent", &"mine")).unwrap();
    assert_eq!(request.headers()["User-Agent"], "mine");
}

#[test]
fn a_header_takes_visible_ascii_only() {
    for value in ["é", "a\nb", "\u{0}"] {
        let error = sent(|request| request.header("X-A", &value)).unwrap_err();
        assert!(error.contains("the header `X-A` has a character"), "{error}");
    }
    assert_eq!(sent(|request| request.header("X-A", &"a b~")).unwrap().headers()["X-A"], "a b~");
}

#[test]
fn an_open_media_type_has_to_be_named_and_is_kept_to() {
    const TAKEN: &[&[&str]] = &[&["application/json", "application/vnd.cats+json"], &["image/*", "video/mp4"]];
    let sent_as = |usual: &str, named: &str| {
        sent(|request| {
            request.sent_as(named, TAKEN);
            request.body(usual, "1");
        })
        .map(|request| request.headers()[CONTENT_TYPE].to_str().unwrap().to_owned())
    };
    for (usual, named) in [
        ("image/*", "image/png"),
        ("image/*", "video/mp4"),
        ("application/json", "application/vnd.cats+json"),
        ("application/json", "application/json; charset=utf-8"),
    ] {
        assert_eq!(sent_as(usual, named).as_deref(), Ok(named));
    }
    for (usual, named, taken) in [
        ("image/*", "text/plain", "image/*`, `video/mp4"),
        ("image/*", "image/*", "image/*`, `video/mp4"),
        ("application/json", "image/png", "application/json`, `application/vnd.cats+json"),
        ("multipart/form-data; boundary=a", "image/png", "multipart/form-data; boundary=a"),
    ] {
        let sentence = format!("the body cannot be sent as `{named}`: the API takes `{taken}`");
        assert_eq!(sent_as(usual, named), Err(sentence));
    }
    let unnamed = sent(|request| request.body("image/*", "1")).unwrap_err();
    assert_eq!(unnamed, "the body needs a media type, which `sent_as` says: the API takes `image/*`");
    let bodiless = sent(|request| request.sent_as("image/png", TAKEN)).unwrap();
    assert!(!bodiless.headers().contains_key(CONTENT_TYPE));
}

#[test]
fn a_value_may_be_passed_as_text_which_has_to_be_of_its_form() {
    let since = |text: &'static str| {
        move |request: &mut Request| {
            let value = request.passed::<Date>("since", text);
            request.query("since", &value);
            request.query_value("styled", &value, Style::FORM);
        }
    };
    assert_eq!(uri(since("2024-01-02")), "/a/1:act/2.json?since=2024-01-02&styled=2024-01-02");
    let error = sent(since("tomorrow")).unwrap_err();
    assert_eq!(error, "the value of `since` cannot be written: expected a date such as 2020-01-31, found \"tomorrow\"");
}
