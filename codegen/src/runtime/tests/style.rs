//! How values are written, by the tables of OpenAPI 3.0.4 ("Style Examples") and RFC 6570.

use http::Method;
use http::header::{CONTENT_TYPE, COOKIE};

use super::http_support::*;
use crate::runtime::body::Body;
use crate::runtime::json::Json;
use crate::runtime::request::Request;
use crate::runtime::style::Style;

fn sent(template: &'static str, build: impl FnOnce(&mut Request)) -> Result<http::Request<Body>, String> {
    let (client, _) = client_that(|| Ok(answer(200, "")));
    let mut request = Request::new(Method::POST, template);
    build(&mut request);
    request.prepare(&client.settings).map(|request| request.attempt(None)).map_err(|error| error.to_string())
}

fn json(text: &str) -> Json<'_> {
    Json::parse(text).unwrap()
}

fn uri(request: Result<http::Request<Body>, String>) -> String {
    match request {
        Ok(request) => request.uri().to_string().replace("https://api.example.com", ""),
        Err(error) => error,
    }
}

/// What stands in a path between `/a` and `b`, so that nothing may stand there too.
fn path(value: &str, style: Style) -> String {
    let uri = uri(sent("/a{color}b", |request| request.path_value("color", &json(value), style)));
    uri.strip_prefix("/a").and_then(|uri| uri.strip_suffix('b')).unwrap_or(&uri).to_owned()
}

fn query(value: &str, style: Style) -> String {
    uri(sent("/", |request| request.query_value("color", &json(value), style))).trim_start_matches('/').to_owned()
}

fn header(value: &str, style: Style) -> Option<String> {
    let request = sent("/", |request| request.header_value("Color", &json(value), style)).unwrap();
    request.headers().get("Color").map(|value| value.to_str().unwrap().to_owned())
}

fn cookie(value: &str, style: Style) -> Option<String> {
    let request = sent("/", |request| request.cookie_value("color", &json(value), style)).unwrap();
    request.headers().get(COOKIE).map(|value| value.to_str().unwrap().to_owned())
}

fn form(value: &str, style: Style, others: &[(&str, Style)]) -> String {
    let request = sent("/", |request| request.form(&json(value), style, others)).unwrap();
    assert_eq!(request.headers()[CONTENT_TYPE], "application/x-www-form-urlencoded");
    String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap()
}

const EMPTY: &str = r#""""#;
const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue", "black", "brown"]"#;
const OBJECT: &str = r#"{"R": 100, "G": 200, "B": 150}"#;

#[test]
fn paths_are_written_as_in_the_table() {
    let table = [
        (Style::MATRIX, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (
            Style::MATRIX.exploded(),
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
        (Style::LABEL, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        (Style::LABEL.exploded(), ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Style::SIMPLE, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Style::SIMPLE.exploded(), "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ];
    for (style, empty, string, array, object) in table {
        for undefined in [EMPTY, "null", "[]", "{}", "[null]", r#"{"R": null}"#] {
            match empty {
                "" => assert_eq!(path(undefined, style), "the path parameter `color` is empty"),
                _ => assert_eq!(path(undefined, style), empty, "{style:?} {undefined}"),
            }
        }
        assert_eq!(path(STRING, style), string);
        assert_eq!(path(ARRAY, style), array);
        assert_eq!(path(OBJECT, style), object);
    }
}

#[test]
fn queries_are_written_as_in_the_table() {
    let table = [
        (Style::FORM, "?color=blue,black,brown", "?color=R,100,G,200,B,150"),
        (Style::FORM.exploded(), "?color=blue&color=black&color=brown", "?R=100&G=200&B=150"),
        (Style::SPACE_DELIMITED, "?color=blue%20black%20brown", "?color=R%20100%20G%20200%20B%20150"),
        (Style::PIPE_DELIMITED, "?color=blue%7Cblack%7Cbrown", "?color=R%7C100%7CG%7C200%7CB%7C150"),
        // What the table leaves open goes by what `explode` means.
        (Style::SPACE_DELIMITED.exploded(), "?color=blue&color=black&color=brown", "?R=100&G=200&B=150"),
        (Style::PIPE_DELIMITED.exploded(), "?color=blue&color=black&color=brown", "?R=100&G=200&B=150"),
        (
            Style::DEEP_OBJECT,
            "?color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
            "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ];
    for (style, array, object) in table {
        for undefined in ["null", "[]", "{}", "[null]", r#"{"R": null}"#] {
            assert_eq!(query(undefined, style), "", "{style:?} {undefined}");
            assert_eq!(query(undefined, style.or_empty()), "?color=", "{style:?} {undefined}");
        }
        assert_eq!(query(EMPTY, style), "?color=");
        assert_eq!(query(STRING, style), "?color=blue");
        assert_eq!(query("true", style), "?color=true");
        assert_eq!(query("1.50", style), "?color=1.50");
        assert_eq!(query(ARRAY, style), array);
        assert_eq!(query(OBJECT, style), object);
    }
}

#[test]
fn headers_are_written_as_in_the_table() {
    for undefined in ["null", "[]", "{}"] {
        assert_eq!(header(undefined, Style::SIMPLE), None);
    }
    assert_eq!(header(EMPTY, Style::SIMPLE).unwrap(), "");
    assert_eq!(header(STRING, Style::SIMPLE).unwrap(), "blue");
    assert_eq!(header(ARRAY, Style::SIMPLE).unwrap(), "blue,black,brown");
    assert_eq!(header(OBJECT, Style::SIMPLE).unwrap(), "R,100,G,200,B,150");
    assert_eq!(header(OBJECT, Style::SIMPLE.exploded()).unwrap(), "R=100,G=200,B=150");
    assert_eq!(header(r#"["a b", "1/2"]"#, Style::SIMPLE).unwrap(), "a b,1/2", "headers are not encoded");
}

#[test]
fn cookies_are_separate_where_parameters_would_be() {
    assert_eq!(cookie("[]", Style::FORM), None);
    assert_eq!(cookie(EMPTY, Style::FORM).unwrap(), "color=");
    assert_eq!(cookie(ARRAY, Style::FORM).unwrap(), "color=blue,black,brown");
    assert_eq!(cookie(OBJECT, Style::FORM).unwrap(), "color=R,100,G,200,B,150");
    assert_eq!(cookie(ARRAY, Style::FORM.exploded()).unwrap(), "color=blue; color=black; color=brown");
    assert_eq!(cookie(OBJECT, Style::FORM.exploded()).unwrap(), "R=100; G=200; B=150");
    assert_eq!(cookie(r#""a=b%20/+""#, Style::FORM).unwrap(), "color=a=b%20/+", "what a cookie can hold");
    assert_eq!(cookie(r#""a;b, \"c\\é""#, Style::FORM).unwrap(), "color=a%3Bb%2C%20%22c%5C%C3%A9");
    let request = sent("/", |request| {
        request.header("Cookie", &"z=0");
        request.cookie_value("a;", &1, Style::FORM);
        request.cookie_value("b", &2, Style::FORM);
        request.cookie_value("b", &3, Style::FORM);
    });
    assert_eq!(request.unwrap().headers()[COOKIE], "z=0; a%3B=1; b=3");
}

#[test]
fn undefined_members_and_items_are_left_out() {
    let object = r#"{"a": null, "b": "", "c": false}"#;
    let list = r#"[null, "", 1]"#;
    assert_eq!(query(object, Style::FORM.exploded()), "?b=&c=false");
    assert_eq!(query(object, Style::FORM), "?color=b,,c,false");
    assert_eq!(query(list, Style::FORM), "?color=,1");
    assert_eq!(query(list, Style::FORM.exploded()), "?color=&color=1");
    assert_eq!(query(object, Style::DEEP_OBJECT), "?color%5Bb%5D=&color%5Bc%5D=false");
    assert_eq!(path(object, Style::MATRIX.exploded()), ";b;c=false");
    assert_eq!(path(list, Style::MATRIX.exploded()), ";color;color=1");
    assert_eq!(path(list, Style::LABEL.exploded()), "..1");
}

#[test]
fn delimiters_within_values_are_encoded() {
    let list = r#"["a,b", "c&d=e", "f/é"]"#;
    assert_eq!(query(list, Style::FORM), "?color=a%2Cb,c%26d%3De,f%2F%C3%A9");
    assert_eq!(path(list, Style::SIMPLE), "a%2Cb,c%26d%3De,f%2F%C3%A9");
    assert_eq!(path(r#"{"a;b": "c;d"}"#, Style::MATRIX.exploded()), ";a%3Bb=c%3Bd");
    assert_eq!(query(r#"{"a b[": "c"}"#, Style::FORM.exploded()), "?a%20b%5B=c");
    let reserved = r#"["a,b", "c;d"]"#;
    assert_eq!(query(reserved, Style::FORM.reserved()), "?color=a%2Cb,c;d");
}

#[test]
fn what_no_encoding_tells_apart_is_refused() {
    let told = |error: String, sign: &str| {
        let sentence = format!("the value of `color` has a '{sign}' within an item or a name");
        assert!(error.starts_with(&sentence), "{error}");
    };
    told(query(r#"["a b"]"#, Style::SPACE_DELIMITED), " ");
    told(query(r#"{"a": "b|c"}"#, Style::PIPE_DELIMITED), "|");
    told(query(r#"{"a[b": 1}"#, Style::DEEP_OBJECT), "[");
    for value in [r#"["a,b"]"#, r#"{"a,b": 1}"#, r#"{"a": "b,c"}"#] {
        for style in [Style::SIMPLE, Style::SIMPLE.exploded()] {
            let error = sent("/", |request| request.header_value("color", &json(value), style)).unwrap_err();
            told(error, ",");
        }
    }
    assert_eq!(query(r#"["a b|c"]"#, Style::SPACE_DELIMITED.exploded()), "?color=a%20b%7Cc");
}

#[test]
fn reserved_characters_pass_but_those_that_mean_something() {
    // All of RFC 3986, section 2.2, a triple, and what is no triple.
    let value = r#"":/?#[]@!$&'()*+,;= %2F%2 %zé^""#;
    assert_eq!(query(value, Style::FORM.reserved()), "?color=:/?%23%5B%5D@!$%26'()*%2B,;%3D%20%2F%252%20%25z%C3%A9%5E");
    // The formulas of appendix C, with nothing encoded beforehand.
    let formulas = r#"{"a": "x+y", "b": "x/y", "c": "x^y"}"#;
    assert_eq!(query(formulas, Style::FORM.exploded()), "?a=x%2By&b=x%2Fy&c=x%5Ey");
    assert_eq!(query(formulas, Style::FORM.exploded().reserved()), "?a=x%2By&b=x/y&c=x%5Ey");
}

#[test]
fn deep_objects_are_as_deep_as_the_value() {
    let value = r#"{"a": {"b": 1, "c": [true, {"d": "x y"}]}, "e": [], "f": {}, "g": null}"#;
    let expected = "?color[a][b]=1&color[a][c][0]=true&color[a][c][1][d]=x%20y";
    assert_eq!(query(value, Style::DEEP_OBJECT), expected.replace('[', "%5B").replace(']', "%5D"));
}

#[test]
fn what_nests_further_than_a_style_is_json() {
    let value = r#"{"a": [1, "é"], "b": 2, "c": {"d": 3}}"#;
    assert_eq!(query("[[1.0],{}]", Style::FORM), "?color=%5B1.0%5D,%7B%7D");
    assert_eq!(query(value, Style::FORM), "?color=a,%5B1%2C%22%C3%A9%22%5D,b,2,c,%7B%22d%22%3A3%7D");
    assert_eq!(path(value, Style::SIMPLE.exploded()), "a=%5B1%2C%22%C3%A9%22%5D,b=2,c=%7B%22d%22%3A3%7D");
}

/// Spring's `Pageable`: each member is written as it would be as a parameter of its own.
#[test]
fn lists_of_exploded_objects_have_a_pair_for_each_item() {
    let value = r#"{"page": 0, "sort": ["name,asc", null, "id"], "none": [], "in": [{"a": [1]}], "of": {"b": 2}}"#;
    let pairs = "page=0&sort=name%2Casc&sort=id&in=%7B%22a%22%3A%5B1%5D%7D&of=%7B%22b%22%3A2%7D";
    assert_eq!(query(value, Style::FORM.exploded()), format!("?{pairs}"));
    assert_eq!(query(value, Style::PIPE_DELIMITED.exploded()), format!("?{pairs}"));
    assert_eq!(form(&format!(r#"{{"v": {value}}}"#), Style::FORM.exploded(), &[]), pairs);
    let value = r#"{"sort": ["name,asc", "id"]}"#;
    assert_eq!(query(value, Style::FORM.exploded().reserved()), "?sort=name,asc&sort=id");
    assert_eq!(path(value, Style::MATRIX.exploded()), ";sort=name%2Casc;sort=id");
    assert_eq!(cookie(value, Style::FORM.exploded()).unwrap(), "sort=name%2Casc; sort=id");
    assert_eq!(query(r#"{"sort": []}"#, Style::FORM.exploded()), "");
}

#[test]
fn content_is_json_whatever_it_is() {
    assert_eq!(query(r#"{"lat": 1.0, "é": []}"#, Style::JSON), "?color=%7B%22lat%22%3A1.0%2C%22%C3%A9%22%3A%5B%5D%7D");
    assert_eq!(query("[]", Style::JSON), "?color=%5B%5D");
    assert_eq!(query(STRING, Style::JSON), "?color=%22blue%22");
    assert_eq!(path("[1]", Style::JSON), "%5B1%5D");
    assert_eq!(header(r#"{"a, b": "é😀"}"#, Style::JSON).unwrap(), r#"{"a, b":"\u00e9\ud83d\ude00"}"#);
    assert_eq!(cookie(r#"{"a": [1, 2]}"#, Style::JSON).unwrap(), "color={%22a%22:[1%2C2]}");
}

#[test]
fn what_nests_deeper_than_json_is_read_is_refused() {
    let (mut value, depth) = (Json::Null, 129);
    for _ in 0..depth {
        value = Json::Array(vec![value]);
    }
    let error = sent("/", |request| request.query_value("color", &value, Style::DEEP_OBJECT)).unwrap_err();
    assert!(error.starts_with("the value of `color` cannot be written: "), "{error}");
}

#[test]
fn names_are_encoded() {
    let request = sent("/", |request| request.query_value("\u{2764}\u{fe0f}", "love!", Style::FORM.reserved()));
    assert_eq!(uri(request), "/?%E2%9D%A4%EF%B8%8F=love!");
    let request = sent("/", |request| request.query_value("filter[a]", &json(r#"{"b": 1}"#), Style::DEEP_OBJECT));
    assert_eq!(uri(request), "/?filter%5Ba%5D%5Bb%5D=1");
}

#[test]
fn a_value_replaces_the_one_before() {
    let request = sent("/", |request| {
        request.fixed_query("color", "color");
        request.fixed_query("a", "a=%20b");
        request.query_value("color", &json(OBJECT), Style::FORM.exploded());
        request.query_value("color", &json("[1]"), Style::FORM);
        request.query_value("a", &json("null"), Style::FORM);
        request.header_value("X", &json("[1]"), Style::SIMPLE);
        request.header_value("X", &json("[]"), Style::SIMPLE);
    });
    assert!(!request.as_ref().unwrap().headers().contains_key("X"));
    assert_eq!(uri(request), "/?color=1");
}

#[test]
fn forms_go_by_content_unless_they_have_a_style() {
    // The example of "Encoding the x-www-form-urlencoded Media Type", with all of it encoded.
    let address = r#"{"streetAddress": "123 Example Dr.", "city": "Somewhere", "state": "CA", "zip": "99999+1234"}"#;
    let value = format!(r#"{{"id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "address": {address}}}"#);
    assert_eq!(
        form(&value, Style::PROPERTY, &[]),
        "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C%22city\
         %22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D"
    );
    assert_eq!(
        form(r#"{"a": ["x", {"y": 1}, null], "b": [], "c": {}, "d": null, "e": ""}"#, Style::PROPERTY, &[]),
        "a=x&a=%7B%22y%22%3A1%7D&c=%7B%7D&e="
    );
    assert_eq!(form(r#"{"id": "a"}"#, Style::PROPERTY, &[("id", Style::JSON)]), "id=%22a%22");
}

#[test]
fn forms_are_written_in_the_styles_of_queries() {
    let value = format!(r#"{{"a b": "c d~*é", "color": {ARRAY}, "rgb": {OBJECT}}}"#);
    assert_eq!(
        form(&value, Style::DEEP_OBJECT, &[("color", Style::FORM)]),
        "a+b=c+d%7E*%C3%A9&color=blue,black,brown&rgb%5BR%5D=100&rgb%5BG%5D=200&rgb%5BB%5D=150"
    );
    assert_eq!(
        form(&value, Style::FORM.exploded(), &[("color", Style::SPACE_DELIMITED), ("rgb", Style::PIPE_DELIMITED)]),
        "a+b=c+d%7E*%C3%A9&color=blue+black+brown&rgb=R%7C100%7CG%7C200%7CB%7C150"
    );
    let path = [("path", Style::FORM.reserved())];
    assert_eq!(form(r#"{"path": "/a b?c&d", "e": "/"}"#, Style::PROPERTY, &path), "path=/a%20b?c%26d&e=%2F");
    assert_eq!(form("{}", Style::PROPERTY, &[]), "");
    let error = sent("/", |request| request.form(&json("[1]"), Style::PROPERTY, &[])).unwrap_err();
    assert_eq!(error, "the body cannot be written as a form: it has no members");
}

#[test]
fn a_path_may_hold_what_is_reserved_as_long_as_it_stays_a_segment() {
    let style = Style::SIMPLE.reserved();
    assert_eq!(path(r#""a:b@c%20""#, style), "a:b@c%20");
    assert_eq!(path(r#""!$&'()*+,;=:@""#, style), "!$&'()*+,;=:@");
    assert_eq!(path(r#""/?#[] %é%zz%2""#, style), "%2F%3F%23%5B%5D%20%25%C3%A9%25zz%252");
    assert_eq!(path(r#"["a,b", "c:d"]"#, style), "a%2Cb,c:d");
    assert_eq!(path(r#""x""#, Style::MATRIX.reserved()), ";color=x");
    for dots in ["..", ".", "%2e%2E", ".%2e", "%2E"] {
        let error = sent("/a/{b}", |request| request.path_value("b", dots, style)).unwrap_err();
        assert!(error.contains("leads elsewhere"), "{error}");
    }
}

#[test]
fn a_cookie_of_its_own_style_is_sent_as_it_is() {
    assert_eq!(cookie(r#""a%20b/\"c, d""#, Style::COOKIE).unwrap(), r#"color=a%20b/"c, d"#);
    assert_eq!(cookie(ARRAY, Style::COOKIE).unwrap(), "color=blue,black,brown");
    assert_eq!(cookie(ARRAY, Style::COOKIE.exploded()).unwrap(), "color=blue; color=black; color=brown");
    assert_eq!(cookie(OBJECT, Style::COOKIE).unwrap(), "color=R,100,G,200,B,150");
    assert_eq!(cookie(OBJECT, Style::COOKIE.exploded()).unwrap(), "R=100; G=200; B=150");
    assert_eq!(cookie("[]", Style::COOKIE), None);
    for value in [r#""a;b""#, r#""a\nb""#, r#""\u007f""#, r#""é""#, r#"["a", ";"]"#] {
        let error = sent("/", |request| request.cookie_value("color", &json(value), Style::COOKIE)).unwrap_err();
        assert!(error.starts_with("the cookie `color` has a character that a cookie cannot hold"), "{error}");
    }
    let error = sent("/", |request| request.cookie_value("color", &json(r#"["a,b"]"#), Style::COOKIE)).unwrap_err();
    assert!(error.contains("which would be read as the end of it"), "{error}");
}

#[test]
fn a_query_may_be_one_value() {
    let whole = |value: &str, style| uri(sent("/", |request| request.querystring_value("q", &json(value), style)));
    assert_eq!(whole(r#"{"a": 1, "b": ["x y"]}"#, Style::JSON), "/?%7B%22a%22%3A1%2C%22b%22%3A%5B%22x%20y%22%5D%7D");
    assert_eq!(whole(r#""a=b&c d""#, Style::SIMPLE), "/?a%3Db%26c%20d");
    assert_eq!(whole(r#""a=b+%20&c=d#""#, Style::SIMPLE.reserved()), "/?a=b+%20&c=d%23");
    assert_eq!(whole(EMPTY, Style::SIMPLE), "/");
}

#[test]
fn a_query_may_be_a_form() {
    let value = r#"{"a b": "x y&z", "ids": [1, 2], "joined": [1, 2], "json": {"a": 1}, "none": null}"#;
    let others = [("joined", Style::FORM)];
    let uri = uri(sent("/", |request| request.querystring_form("q", &json(value), Style::PROPERTY, &others)));
    assert_eq!(uri, "/?a+b=x+y%26z&ids=1&ids=2&joined=1,2&json=%7B%22a%22%3A1%7D");
    let error = sent("/", |request| request.querystring_form("q", "text", Style::PROPERTY, &[])).unwrap_err();
    assert_eq!(error, "the value of `q` cannot be written as a form: it has no members");
}
