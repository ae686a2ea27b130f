//! Where calls go: the client's server, that of the operation, or that of the call.

use super::http_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::credential::BearerToken;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::template::Filling;

fn builder(server: BaseUrl) -> (ClientBuilder, Requests) {
    let (builder, requests) = builder_at(server, || Ok(answer(200, r#"{"name": "a"}"#)));
    (builder.retry(RetryPolicy::none()), requests)
}

/// Where `getThing` goes, whose operation has the server `own`, and with it the token.
async fn place(client: Client, requests: &Requests, own: &'static str) -> Result<String, Error<ThingError>> {
    let mut call = get_thing(&client);
    call.request.server(own);
    call.request.server_beside("https://sandbox.example.com", "https://sandbox.files.example.com");
    call.await?;
    let (uri, headers) = requests.lock().unwrap().pop().unwrap();
    assert_eq!(headers["Authorization"], format!("Bearer {CANARY}"));
    Ok(uri.to_string())
}

async fn placed(server: BaseUrl, own: &'static str) -> Result<String, Error<ThingError>> {
    let (builder, requests) = builder(server);
    place(builder.build().unwrap(), &requests, own).await
}

const FILES: &str = "https://files.example.com/v1";

#[tokio::test]
async fn an_operation_has_its_server_beside_a_listed_one() {
    for (server, own, expected) in [
        ("https://api.example.com/v1", FILES, "https://files.example.com/v1/things"),
        ("https://sandbox.example.com", FILES, "https://sandbox.files.example.com/things"),
        ("https://api.example.com/v1", "http://localhost:81", "http://localhost:81/things"),
        ("https://api.example.com/v1", "/files/", "https://api.example.com/files/things"),
        ("https://api.example.com/v1", "/", "https://api.example.com/things"),
    ] {
        assert_eq!(placed(BaseUrl::listed(server), own).await.unwrap(), expected);
    }
    let template = "https://{region}.example.com";
    let filled = || BaseUrl::expanded(template, &[Filling::open("region", "eu", None)]);
    assert_eq!(placed(filled(), FILES).await.unwrap(), "https://files.example.com/v1/things");
    // The same one, with the values that the client has.
    assert_eq!(placed(filled(), template).await.unwrap(), "https://eu.example.com/things");
}

#[tokio::test]
async fn an_address_of_the_caller_gets_all_calls() {
    let mock = || "http://127.0.0.1:81/mock".parse::<BaseUrl>().unwrap();
    assert_eq!(placed(mock(), FILES).await.unwrap(), "http://127.0.0.1:81/mock/things");
    assert_eq!(placed(mock(), "https://{agent}").await.unwrap(), "http://127.0.0.1:81/mock/things");
    assert_eq!(placed(mock(), "/files").await.unwrap(), "http://127.0.0.1:81/files/things");
    let under = mock().below("/v3/", &[]);
    assert_eq!(placed(under, FILES).await.unwrap(), "http://127.0.0.1:81/mock/v3/things");
}

#[tokio::test]
async fn a_call_can_have_a_server_of_its_own() {
    for base in [BaseUrl::listed("https://api.example.com"), base_url()] {
        let (builder, requests) = builder(base);
        let client = builder.build().unwrap();
        let mut call = get_thing(&client).server("https://other.example.com/x".parse::<BaseUrl>().unwrap());
        call.request.server(FILES);
        call.await.unwrap();
        let (uri, headers) = requests.lock().unwrap().pop().unwrap();
        assert_eq!(uri, "https://other.example.com/x/things");
        assert_eq!(headers["Authorization"], format!("Bearer {CANARY}"));
    }
}

#[tokio::test]
async fn a_call_without_an_address_or_in_the_clear_is_not_sent() {
    let (builder, requests) = builder(BaseUrl::listed("https://api.example.com"));
    let client = builder.build().unwrap();
    for (own, expected) in [
        ("https://{agent}", "the server `https://{agent}` make no address: the base URL has a brace"),
        ("https://", "the server `https://` make no address: the base URL "),
        ("http://files.example.com", "the server `http://files.example.com` is reached by plain `http`"),
    ] {
        let error = place(client.clone(), &requests, own).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(expected), "{text}");
        assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
        let hint = if own.starts_with("http:") { "`ClientBuilder::allow_http`" } else { "`Call::server`" };
        assert!(text.contains(hint), "{text}");
    }
    let call = get_thing(&client).server(BaseUrl::listed("http://files.example.com"));
    assert!(call.await.unwrap_err().to_string().contains("by plain `http`"));
    assert!(requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn plain_http_takes_permission() {
    let listed = || BaseUrl::listed("http://old.example.com/v1");
    let error = Client::builder(listed()).credential(BearerToken::new(CANARY)).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the client cannot be made: the server `http://old.example.com` is reached by plain `http`, so that what is \
         sent there, the credential too, can be read on the way: use one with `https`, or accept that with \
         `ClientBuilder::allow_http`"
    );
    let (builder_with, requests) = builder(listed());
    let client = builder_with.allow_http(true).build().unwrap();
    assert_eq!(place(client, &requests, "/").await.unwrap(), "http://old.example.com/things");

    let asked_for = BaseUrl::insecure("http://10.0.0.1:81").unwrap();
    assert_eq!(placed(asked_for.clone(), FILES).await.unwrap(), "http://10.0.0.1:81/things");
    assert_eq!(placed(asked_for.below("/v1", &[]), FILES).await.unwrap(), "http://10.0.0.1:81/v1/things");
    for own in ["http://localhost:81", "http://[::1]", "http://127.0.0.1:81/v1"] {
        Client::builder(BaseUrl::listed(own)).build().unwrap();
    }
    for text in ["ftp://10.0.0.1", "http://me:secret@10.0.0.1", "10.0.0.1"] {
        BaseUrl::insecure(text).unwrap_err();
    }
}

#[test]
fn values_that_make_no_address_are_found_when_the_client_is_built() {
    let template = "{scheme}://{region}.example.com:{port}/{base}";
    let error = |scheme, region, port, base| {
        let fillings = [("scheme", scheme), ("region", region), ("port", port), ("base", base)];
        let server = BaseUrl::expanded(template, &fillings.map(|(name, text)| Filling::open(name, text, Some("443"))));
        let error = Client::builder(server).build().unwrap_err();
        let (shown, debug) = (error.to_string(), format!("{error:?}"));
        assert!(shown.contains(&format!("the values for the server `{template}` make no address: ")), "{shown}");
        assert!(!shown.contains("secret") && !debug.contains("secret"), "{shown} {debug}");
        shown
    };
    for (shown, expected) in [
        (error("https", "eu", "x", "v1"), "a value for `{port}` that is no port"),
        (error("https", "eu", "65536", "v1"), "something after the host that is no port"),
        (error("https", "me:secret@evil.example", "443", "v1"), "a value for `{region}` that is no part of a host"),
        (error("https", "secret b", "443", "v1"), "a value for `{region}` that is no part of a host"),
        (error("https", "eu", "443", "../secret"), "a value for `{base}` that is no part of a path"),
        (error("secret:", "eu", "443", "v1"), "a value for `{scheme}` that is no scheme"),
        (error("ftp", "eu", "443", "v1"), "uses `ftp`"),
    ] {
        assert!(shown.contains(expected), "{shown}");
    }
    let below = base_url().below("/{base}", &[Filling::open("base", "..", Some("v1"))]);
    assert_eq!(below.to_string(), "https://api.example.com/{base}");
    assert!(Client::builder(below).build().unwrap_err().to_string().contains("no part of a path"));
}

#[test]
fn a_path_cannot_change_the_host() {
    let url = |path| base_url().below(path, &[]).to_string();
    assert_eq!(url(".evil.example"), "https://api.example.com/.evil.example");
    assert_eq!(url("@evil.example/"), "https://api.example.com/@evil.example");
    assert_eq!(url("//evil.example"), "https://api.example.com/evil.example");
    assert_eq!(url(""), "https://api.example.com");
}
