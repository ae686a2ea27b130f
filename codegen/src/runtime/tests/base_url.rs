//! What a base URL may be.

use crate::runtime::base_url::BaseUrl;
use crate::runtime::template::Filling;

#[test]
fn a_base_url_is_kept_without_its_trailing_slash() {
    let kept = [
        ("https://api.example.com", "https://api.example.com"),
        ("HTTPS://API.Example.com/", "https://api.example.com"),
        ("https://api.example.com:8443/Base/", "https://api.example.com:8443/Base"),
        ("http://localhost:80", "http://localhost:80"),
        ("http://127.8.0.1", "http://127.8.0.1"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ];
    for (text, expected) in kept {
        let url: BaseUrl = text.parse().unwrap();
        assert_eq!(url.to_string(), expected);
        assert_eq!(url.join("/x?y=z").unwrap().to_string(), format!("{expected}/x?y=z"));
    }
}

#[test]
fn a_text_that_is_no_base_url_is_explained() {
    let refused = [
        ("", "is not a URL"),
        ("https://a b", "is not a URL"),
        ("/things", "needs a scheme and a host"),
        ("api.example.com", "needs a scheme and a host"),
        ("https://:443", "needs a scheme and a host"),
        ("http://api.example.com", "use `https`, because the credential"),
        ("http://127.0.0.1.example.com", "use `https`"),
        ("http://localhost.example.com", "use `https`"),
        ("ftp://localhost", "uses `ftp` for `localhost`"),
        ("https://me:secret@api.example.com", "a user name or a password"),
        ("https://api.example.com:port", "no port"),
        ("https://{region}.example.com", "has a brace"),
        ("https://api.example.com/{version}", "has a brace"),
        ("https://api.example.com?key=secret", "has a query"),
        ("https://api.example.com#secret", "has a fragment"),
    ];
    for (text, expected) in refused {
        let error = text.parse::<BaseUrl>().expect_err(text);
        let (shown, debug) = (error.to_string(), format!("{error:?}"));
        assert!(shown.contains(expected), "{text}: {shown}");
        assert!(!shown.contains("secret") && !debug.contains("secret"), "{shown} {debug}");
    }
}

#[test]
fn a_listed_server_is_the_same_as_a_parsed_one() {
    for url in ["https://api.example.com", "https://api.example.com/", "https://api.example.com:8443/a/b/"] {
        assert_eq!(BaseUrl::listed(url), url.parse().unwrap());
    }
}

#[test]
fn addresses_are_the_same_however_they_came_about() {
    let parsed: BaseUrl = "https://api.example.com/v1".parse().unwrap();
    let expanded = BaseUrl::expanded("https://{host}/v1/", &[Filling::open("host", "API.example.com", None)]);
    assert_eq!(parsed, expanded);
    assert_eq!(std::collections::HashSet::from([parsed, expanded]).len(), 1);
}
