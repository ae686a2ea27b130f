//! Multipart bodies, byte for byte.

use super::http_stream::stream;
use crate::runtime::json::Json;
use crate::runtime::multipart::{Multipart, Part};
use crate::runtime::request::Request;
use crate::runtime::style::Style;

async fn written(parts: Multipart) -> (String, Option<u64>, String) {
    let (media_type, body) = parts.boundary("xyz").into_body("multipart/form-data").unwrap();
    let (length, is_whole) = (body.len(), body.as_bytes().is_some());
    let bytes = body.collect(4096).await.unwrap();
    assert!(length.is_none_or(|length| length == bytes.len() as u64));
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (media_type, length.filter(|_| is_whole), text)
}

fn part(name: &str, rest: &str) -> String {
    format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n")
}

#[tokio::test]
async fn a_form_without_parts_has_its_end() {
    assert_eq!(
        written(Multipart::new()).await,
        ("multipart/form-data; boundary=xyz".to_owned(), Some(9), "--xyz--\r\n".to_owned())
    );
}

#[tokio::test]
async fn values_are_written_by_their_kind() {
    let json = Json::parse(r#"[null, "a\"b", 1.50, true, {"b": [1]}, [2]]"#).unwrap();
    let parts = Multipart::new()
        .value("v", None, &json)
        .json("j", "application/json", Some("text"))
        .json("l", "text/json; a=b", Some(Json::parse("[null, 1]").unwrap()))
        .json("n", "application/json", Some(Json::Null))
        .json("none", "application/json", None::<Json<'_>>)
        .value("none", None, &Json::Null)
        .values(&Json::parse(r#"{"rest": "of it"}"#).unwrap());
    let (_, _, text) = written(parts.text("t", "by hand")).await;
    let expected = [
        part("v", "\r\n\r\na\"b"),
        part("v", "\r\n\r\n1.50"),
        part("v", "\r\n\r\ntrue"),
        part("v", "\r\nContent-Type: application/json\r\n\r\n{\"b\":[1]}"),
        part("v", "\r\nContent-Type: application/json\r\n\r\n[2]"),
        part("j", "\r\nContent-Type: application/json\r\n\r\n\"text\""),
        part("l", "\r\nContent-Type: text/json; a=b\r\n\r\n[null,1]"),
        part("n", "\r\nContent-Type: application/json\r\n\r\nnull"),
        part("rest", "\r\n\r\nof it"),
        part("t", "\r\n\r\nby hand"),
    ];
    assert_eq!(text, expected.concat() + "--xyz--\r\n");
}

#[tokio::test]
async fn files_say_their_name_and_media_type() {
    let png = [Part::new("1"), Part::new("2").file_name("é\"\r\n.png").content_type("x/y")];
    let stream = [Part::new(stream(&["3", "4"]))];
    let parts = Multipart::new().files("a", Some("image/png"), png).files("b", None, stream);
    let (_, length, text) = written(parts).await;
    let expected = [
        part("a", "; filename=\"a\"\r\nContent-Type: image/png\r\n\r\n1"),
        part("a", "; filename=\"é%22%0D%0A.png\"\r\nContent-Type: x/y\r\n\r\n2"),
        part("b", "; filename=\"b\"\r\nContent-Type: application/octet-stream\r\n\r\n34"),
    ];
    assert_eq!((length, text), (None, expected.concat() + "--xyz--\r\n"));
}

#[tokio::test]
async fn parts_that_are_no_files_have_no_name_of_one() {
    let given = Part::new("2").content_type("x/y").header("X-A", "1");
    let parts = Multipart::new()
        .parts("a", Some("application/json"), [Part::new("1"), given])
        .parts("b", None, [Part::new("3").file_name("c.txt")])
        .part("d", Part::new("4"));
    let (_, _, text) = written(parts).await;
    let expected = [
        part("a", "\r\nContent-Type: application/json\r\n\r\n1"),
        part("a", "\r\nContent-Type: x/y\r\nX-A: 1\r\n\r\n2"),
        part("b", "; filename=\"c.txt\"\r\n\r\n3"),
        part("d", "\r\n\r\n4"),
    ];
    assert_eq!(text, expected.concat() + "--xyz--\r\n");
}

#[tokio::test]
async fn an_open_media_type_is_up_to_the_caller() {
    let image = |name: &str| Part::new("1").content_type(name);
    let parts = Multipart::new()
        .files("a", Some("image/*"), [image("image/svg+xml")])
        .files("b", Some("image/*, application/pdf"), [image("application/pdf")])
        .files("c", Some("application/*"), [Part::new("1")])
        .parts("d", Some("*/*"), [image("x/y"), Part::new("1")]);
    let (_, _, text) = written(parts).await;
    let sent = text.lines().filter(|line| line.starts_with("Content-Type"));
    let expected = ["image/svg+xml", "application/pdf", "application/octet-stream", "x/y"];
    assert_eq!(sent.collect::<Vec<_>>(), expected.map(|name| format!("Content-Type: {name}")));

    let told = |parts: Multipart| parts.into_body("multipart/form-data").unwrap_err().to_string();
    let unnamed = Multipart::new().files("a", Some("image/*, video/*"), [Part::new("1")]);
    let sentence = "the part `a` needs a media type, which `Part::content_type` says: the API takes `image/*, video/*`";
    assert_eq!(told(unnamed), sentence);
    for name in ["text/plain", "image/*", "image/", "image"] {
        let sentence = format!("the part `a` cannot be sent as `{name}`: the API takes `image/*`");
        assert_eq!(told(Multipart::new().files("a", Some("image/*"), [image(name)])), sentence);
        assert_eq!(told(Multipart::new().parts("a", Some("image/*"), [image(name)])), sentence);
    }
}

/// OpenAPI 3.0.4, "Encoding Object": as in a query, but nothing is escaped.
#[tokio::test]
async fn styles_make_parts_of_what_they_make_parameters_of() {
    let value = Json::parse(r#"{"R": 100, "a=b&c": "1 + 1 = 2%", "é": ["x", "y"]}"#).unwrap();
    let list = Json::parse(r#"["blue", null, "a b"]"#).unwrap();
    let parts = Multipart::new()
        .styled("v", Style::DEEP_OBJECT, &value)
        .styled("l", Style::FORM, &list)
        .styled("p", Style::PIPE_DELIMITED, &list)
        .styled("e", Style::FORM.exploded(), &list)
        .styled("none", Style::FORM, &Json::Null);
    let (_, _, text) = written(parts).await;
    let expected = [
        part("v[R]", "\r\n\r\n100"),
        part("v[a=b&c]", "\r\n\r\n1 + 1 = 2%"),
        part("v[é][0]", "\r\n\r\nx"),
        part("v[é][1]", "\r\n\r\ny"),
        part("l", "\r\n\r\nblue,a b"),
        part("p", "\r\n\r\nblue|a b"),
        part("e", "\r\n\r\nblue"),
        part("e", "\r\n\r\na b"),
    ];
    assert_eq!(text, expected.concat() + "--xyz--\r\n");
}

#[test]
fn a_boundary_is_random_and_within_the_rules() {
    let boundary = || Multipart::new().into_body("multipart/mixed").unwrap().0;
    assert_ne!(boundary(), boundary());
    for wrong in ["", "a b", "a\r\nb", &"x".repeat(71)] {
        Multipart::new().boundary(wrong).into_body("multipart/mixed").unwrap_err();
    }
}

#[test]
fn a_name_has_no_control_characters() {
    for sign in ["\0", "\u{1}", "\u{7}", "\u{8}", "\u{1b}", "\u{7f}"] {
        let named = || Part::new("").file_name(format!("cat{sign}.png"));
        for parts in [
            (&|| Multipart::new().file("a", named())) as &dyn Fn() -> Multipart,
            &|| Multipart::new().part(format!("a{sign}"), Part::new("")),
            &|| Multipart::new().values(&std::collections::BTreeMap::from([(format!("a{sign}"), 1)])),
        ] {
            for media_type in ["multipart/form-data", "multipart/mixed"] {
                let Err(error) = parts().into_body(media_type) else { panic!("{sign:?} in {media_type}") };
                let text = error.to_string();
                assert!(text.contains("a name with a control character, such as NUL"), "{text}");
                assert!(!text.contains(sign), "{text:?}");
            }
        }
    }
    let fine = Part::new("").file_name("a\tb\u{85}\u{202e}.png");
    Multipart::new().file("a", fine).into_body("multipart/form-data").unwrap();
}

#[test]
fn a_header_that_cannot_be_sent_is_the_error_of_the_call() {
    let parts = Multipart::new().file("a", Part::new("").header("X-A", "1\r\nX-B: 2"));
    let mut request = Request::new(http::Method::POST, "/");
    request.multipart("multipart/form-data", parts);
    let client = super::http_support::client_that(|| unreachable!()).0;
    let error = request.prepare(&client.settings).err().unwrap().to_string();
    assert!(error.starts_with("the header `X-A` has a character"), "{error}");
}

#[tokio::test]
async fn parts_that_are_told_by_their_order_have_no_names() {
    let parts = Multipart::new().boundary("xyz").unnamed(Part::new("{}").content_type("application/json"));
    let (media_type, body) = parts.unnamed(Part::new("png").file_name("a.png")).into_body("multipart/mixed").unwrap();
    assert_eq!(media_type, "multipart/mixed; boundary=xyz");
    let text = String::from_utf8(body.collect(4096).await.unwrap().to_vec()).unwrap();
    let expected = [
        "--xyz\r\nContent-Type: application/json\r\n\r\n{}\r\n",
        "--xyz\r\nContent-Disposition: attachment; filename=\"a.png\"\r\n\r\npng\r\n",
        "--xyz--\r\n",
    ];
    assert_eq!(text, expected.concat());
}
