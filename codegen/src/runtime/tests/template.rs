//! What values may be in an address, and that none of them changes where requests go.

use proptest::prelude::*;

use crate::runtime::base_url::BaseUrl;
use crate::runtime::template::{Filling, Part, expand};

/// The address with `value` for `{x}`, and for `{y}` a text that the description lists.
fn filled(template: &str, default: Option<&str>, value: &str) -> Result<String, Part> {
    let fillings = [Filling::open("x", value, default), Filling::listed("y", "listed")];
    let parts = [Part::Scheme, Part::Host, Part::Port, Part::Path];
    expand("", template, &fillings)
        .map_err(|misplaced| parts.into_iter().find(|part| part.misplaced("x") == misplaced).unwrap())
}

/// What belongs to no host, wherever in a host it is given.
const NO_LABELS: &[&str] = &[
    "",
    ".",
    "..",
    "a..b",
    ".a",
    "a.",
    "-a",
    "a-",
    "evil.com/",
    "evil.com//",
    "evil.com\\",
    "evil.com#",
    "evil.com?",
    "evil.com?a=b",
    "evil.com:443/",
    "evil.com:x",
    "user@",
    "user:password@evil.com",
    "evil.com%2f",
    "evil.com%23",
    "%65vil",
    " evil",
    "evil\t",
    "evil\n",
    "e\r\nvil",
    "evil\0",
    "evil\u{3002}com",
    "evil\u{ff0e}com",
    "evil.com\u{ff0f}",
    "evil.com\u{2044}",
    "évil",
    "[::1]/",
    "[evil]",
    "[",
    "{y}",
    "https://evil.com",
    "//evil.com",
    "a,b",
    "*",
];

#[test]
fn a_host_has_labels_and_nothing_else() {
    for template in [
        "https://{x}.example.com",
        "https://{x}.example.com:8443/v1",
        "https://api.{x}.example.com/{y}",
        "https://{y}-{x}.example.com",
        "https://{x}-{y}.example.com",
        "https://{x}:8443/v1",
        "https://example.{x}",
        "https://{x}",
        "https://{x}/v1",
    ] {
        for default in [None, Some("acme"), Some("a.b")] {
            for value in NO_LABELS {
                let is_part_of_label = template.contains("-{x}") || template.contains("{x}-");
                if is_part_of_label && value.trim_matches('-') == "a" {
                    continue;
                }
                assert!(filled(template, default, value).is_err(), "{template} {default:?} {value:?}");
            }
            for value in ["contoso", "Contoso-1", "eu.contoso", "my_tenant", "xn--vil-bma"] {
                let url = filled(template, default, value).unwrap();
                assert_eq!(url, template.replace("{x}", value).replace("{y}", "listed"));
            }
        }
    }
    assert_eq!(filled("https://{x}.example.com", None, &"a".repeat(64)), Err(Part::Host));
    assert_eq!(filled("https://{x}.example.com", None, &["a"; 130].join(".")), Err(Part::Host));
}

#[test]
fn a_whole_host_may_have_a_port_and_what_its_default_has() {
    let server = |value| filled("https://{x}/v1", Some("localhost"), value);
    assert_eq!(server("[::1]:81").unwrap(), "https://[::1]:81/v1");
    assert_eq!(server("api.corp:8443").unwrap(), "https://api.corp:8443/v1");
    for (value, part) in [("a/b", Part::Host), ("a:", Part::Port), ("a:b", Part::Port), ("a:1/b", Part::Host)] {
        assert_eq!(server(value), Err(part), "{value}");
    }
    // With a port behind it, there is none in it.
    assert_eq!(filled("https://{x}:8443", None, "a:1"), Err(Part::Host));
    let server = |value| filled("https://{x}", Some("api.example.com:443/v2"), value);
    assert_eq!(server("other").unwrap(), "https://other");
    assert_eq!(server("other/v 3/x/").unwrap(), "https://other/v%203/x/");
    assert_eq!(server("other:8443/v3").unwrap(), "https://other:8443/v3");
    for value in ["other/..", "other/%2E%2e/x", "other/a\\..\\b"] {
        assert_eq!(server(value), Err(Part::Path), "{value}");
    }
    assert_eq!(server("other//x"), Err(Part::Path));
    assert_eq!(server("a@other/x"), Err(Part::Host));
}

#[test]
fn what_is_empty_by_default_stays_apart_from_the_name_beside_it() {
    for (template, value, expected) in [
        ("https://{x}example.com", "staging.", Some("https://staging.example.com")),
        ("https://{x}example.com", "evil", None),
        ("https://{x}example.com", "evil-", None),
        ("https://{x}example.com", "evil.com/.", None),
        ("https://api{x}.example.com", "-test", Some("https://api-test.example.com")),
        ("https://api{x}.example.com", ".eu", Some("https://api.eu.example.com")),
        ("https://api{x}.example.com", "evil.", None),
        ("https://example.com{x}", "/v1", Some("https://example.com/v1")),
        ("https://example.com{x}/a", "/v1", Some("https://example.com/v1/a")),
        ("https://example.com{x}", ".evil.com", None),
        ("https://example.com{x}", "evil.com", None),
        ("https://example.com{x}", ":8443/v1", Some("https://example.com:8443/v1")),
        ("https://example.com{x}", ":8443@evil.com", None),
        ("https://example.com{x}:443", ".evil.com", None),
        ("https://example.com{x}:443", "/v1", None),
        ("https://example.com{x}{y}", "@evil.com", None),
        ("https://example.com:8443{x}", "/v1", Some("https://example.com:8443/v1")),
        ("https://example.com:84{x}", "43", None),
        ("https://example.com:8443{x}", "@evil.com", None),
    ] {
        assert_eq!(filled(template, Some(""), value).ok().as_deref(), expected, "{template} {value}");
    }
    // A default that ends in a dot, or begins with one, wants that of others.
    let prefix = |value| filled("https://{x}example.com", Some("staging."), value);
    assert_eq!((prefix("eu.").is_ok(), prefix("evil")), (true, Err(Part::Host)));
    let suffix = |value| filled("https://api.example{x}", Some(".com"), value);
    assert_eq!((suffix(".org").is_ok(), suffix("evil.org")), (true, Err(Part::Host)));
    let port = |value| filled("https://example.com{x}", Some(":443"), value);
    assert_eq!((port(":8443").is_ok(), port("evil.com:443")), (true, Err(Part::Host)));
    let path = |value| filled("https://example.com{x}", Some("/v1"), value);
    assert_eq!((path("/v2/a").is_ok(), path(".evil.com/v1")), (true, Err(Part::Host)));
}

#[test]
fn a_port_is_a_number() {
    for template in ["https://example.com:{x}", "https://example.com:{x}/v1"] {
        for value in ["", "+1", "-1", "1.0", "0x1", "443@evil.com", "1/../../x", "1/", "1#", "1?", " 1", "１", "123456"]
        {
            assert_eq!(filled(template, Some("8443"), value), Err(Part::Port), "{value}");
        }
        assert_eq!(filled(template, Some("8443"), "1").unwrap(), template.replace("{x}", "1"));
    }
    for url in ["https://example.com:65536", "https://example.com:+1", "https://example.com:-1"] {
        url.parse::<BaseUrl>().unwrap_err();
    }
}

#[test]
fn a_path_is_encoded_and_does_not_lead_out() {
    let template = "https://example.com/{x}/v1";
    for value in
        ["", ".", "..", "../..", "../../admin", "a/../b", "a/..", "..\\a", "%2e%2e", "%2E.", ".%2e/a", "%2e%2e%2fadmin"]
    {
        for default in [None, Some("a"), Some("a/b"), Some("")] {
            assert_eq!(filled(template, default, value).is_ok(), default == Some(value), "{default:?} {value}");
        }
    }
    for (value, encoded) in [
        ("a b", "a%20b"),
        ("a/b", "a%2Fb"),
        ("@evil.com", "%40evil.com"),
        ("?a=b#c", "%3Fa%3Db%23c"),
        ("a\r\n\t\0", "a%0D%0A%09%00"),
        ("%41", "%2541"),
        ("{y}", "%7By%7D"),
        ("...", "..."),
    ] {
        assert_eq!(filled(template, Some("a"), value).unwrap(), template.replace("{x}", encoded));
    }
    // Where the description has segments, a value has some too.
    assert_eq!(filled(template, Some("api/v1"), "my api/v2").unwrap(), "https://example.com/my%20api/v2/v1");
    assert_eq!(filled(template, Some("api/v1"), "a//b"), Err(Part::Path));
    // At the end, it can be left out.
    assert_eq!(filled("https://example.com/{x}", Some("v1"), "").unwrap(), "https://example.com/");
    assert_eq!(filled("https://example.com/{x}", None, ""), Err(Part::Path));
}

#[test]
fn a_scheme_and_a_whole_address() {
    for value in ["", "https:", "https://evil.com", "https://evil.com/?", "java script", "//evil.com", "ht{y}"] {
        assert_eq!(filled("{x}://example.com", Some("http"), value), Err(Part::Scheme), "{value}");
    }
    assert_eq!(filled("{x}://example.com", Some("http"), "https").unwrap(), "https://example.com");
    let whole = |value| filled("{x}/items", Some("https://api.example.com/v1"), value);
    assert_eq!(whole("http://localhost:81/a").unwrap(), "http://localhost:81/a/items");
    assert_eq!(whole("https://other").unwrap(), "https://other/items");
    for value in ["https://a@b", "https://a/../b", "https://a:b", "https://a?b", "a", "https://", "https:///a"] {
        assert!(whole(value).is_err() || value == "a", "{value}");
    }
    // It is no address without the rest, which is found when the address is read.
    BaseUrl::expanded("{x}/items", &[Filling::open("x", "a", Some("https://a.example"))]).check(true).unwrap_err();
}

#[test]
fn what_the_description_has_stands_as_it_is() {
    let fillings = [
        Filling::listed("x", "api.example.com:81/a"),
        Filling::open("y", "b/../c%20", Some("b/../c%20")),
        Filling::open("z", "{x}", Some("d")),
    ];
    assert_eq!(
        expand("", "https://{x}/{y}/{z}/{w}", &fillings).unwrap(),
        "https://api.example.com:81/a/b/../c%20/%7Bx%7D/{w}"
    );
}

proptest! {
    /// Whatever is given, the rest of the address stays what it is.
    #[test]
    fn no_text_moves_a_request(value in any::<String>(), odd in "[a./:@#?\\\\%-]{0,6}") {
        for value in [&value, &odd] {
            for default in [None, Some(""), Some("v1")] {
                let at = |template| BaseUrl::expanded(template, &[Filling::open("x", value, default)]);
                let host = |url: BaseUrl| url.check(false).is_ok().then(|| url.join("/").unwrap());
                if let Some(uri) = host(at("https://{x}.example.com/v1")) {
                    prop_assert!(uri.host().unwrap().ends_with(".example.com") && uri.path() == "/v1/", "{uri}");
                }
                if let Some(uri) = host(at("https://api.example.com:{x}/v1")) {
                    prop_assert!(uri.host() == Some("api.example.com") && uri.path() == "/v1/", "{uri}");
                }
                if let Some(uri) = host(at("https://api.example.com/v1/{x}")) {
                    let path = uri.path();
                    prop_assert!(uri.host() == Some("api.example.com") && uri.query().is_none(), "{uri}");
                    prop_assert!(path.starts_with("/v1/") && !path.split('/').any(|segment| segment == ".."), "{uri}");
                }
            }
        }
    }
}
