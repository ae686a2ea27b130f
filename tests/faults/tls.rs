//! TLS that is not what it should be: certificates above all. The requests of these rows do not come to
//! the API, so no token does.

use std::sync::Arc;
use std::time::Duration;

use client_tests::server::{Server, Step, answer, send, sized};
use generated_client::{BaseUrl, ReqwestTransport};
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, SanType, date_time_ymd};

use super::authority::{Authority, Goodbye, self_signed, speak_tls};
use super::scene::{SMALL, Scene, credential, soon};

const UNSAFE: &str = "transport Tls, no status, final, attempts 1, requests 0, token requests 1";
const LATE: &str = "transport Timeout, no status, retryable, attempts 2, requests 0, token requests 1";
const UNREACHED: &str = "transport Connect, no status, retryable, attempts 2, requests 0, token requests 1";

/// An API that works, and is not where the client goes.
async fn api() -> Scene {
    Scene::saying([answer("200 OK", SMALL)]).await
}

/// The same address, with TLS.
fn https(server: &Server) -> BaseUrl {
    format!("https://{}", server.address()).parse().expect("a loopback address")
}

#[tokio::test]
async fn a_certificate_that_is_right() {
    let Some(authority) = Authority::trusted("tls::a_certificate_that_is_right", 1, &[]).await else { return };
    let scene = api().await;
    let url = speak_tls(&scene.api, authority.certificate(|_| {}), Goodbye::Said).await;
    scene.at(url).succeeds(1, 1).await;
}

/// The client trusts the authority, and does not take this certificate of it.
async fn refused(authority: &Authority, change: impl FnOnce(&mut CertificateParams), why: &str) {
    let scene = api().await;
    let url = speak_tls(&scene.api, authority.certificate(change), Goodbye::Said).await;
    let sentence = format!("cannot connect to API: invalid peer certificate: {why}");
    let fault = scene.at(url).fails().await;
    fault.reads(UNSAFE, |text| text.starts_with(&sentence) && text.len() < 400);
}

#[tokio::test]
async fn a_certificate_of_another_host() {
    const NAME: &str = "certificate not valid for name \"127.0.0.1\"; certificate ";
    let Some(authority) = Authority::trusted("tls::a_certificate_of_another_host", 1, &[]).await else { return };
    let names = |names: &[&str]| {
        let name = |name: &&str| SanType::DnsName((*name).try_into().expect("ASCII"));
        names.iter().map(name).collect::<Vec<_>>()
    };
    for other in [names(&[]), names(&["example.com"]), names(&["127.0.0.1"]), names(&["example.com"; 1000])] {
        refused(&authority, |leaf| leaf.subject_alt_names = other, NAME).await;
    }
    let for_clients = |leaf: &mut CertificateParams| {
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    };
    refused(&authority, for_clients, "").await;
}

#[tokio::test]
async fn a_certificate_of_another_time() {
    let Some(authority) = Authority::trusted("tls::a_certificate_of_another_time", 1, &[]).await else { return };
    refused(&authority, |leaf| leaf.not_after = date_time_ymd(2001, 2, 3), "certificate expired: ").await;
    refused(&authority, |leaf| leaf.not_before = date_time_ymd(2999, 2, 3), "certificate not valid yet: ").await;
}

#[tokio::test]
async fn a_certificate_of_nobody() {
    for certificate in [Authority::new().certificate(|_| {}), self_signed()] {
        let scene = api().await;
        let url = speak_tls(&scene.api, certificate, Goodbye::Said).await;
        scene.at(url).fails().await.is(UNSAFE, "cannot connect to API: invalid peer certificate: UnknownIssuer");
    }
}

#[tokio::test]
async fn a_token_service_that_nobody_vouches_for() {
    let scene = api().await;
    let url = speak_tls(&scene.tokens, self_signed(), Goodbye::Said).await;
    let sentence =
        format!("no answer from the token service at {url}: cannot connect: invalid peer certificate: UnknownIssuer");
    scene
        .with(move |builder| builder.credential(credential(url.clone())))
        .fails()
        .await
        .is("token Transport, no status, final, attempts 0, requests 0, token requests 0", &sentence);
}

#[tokio::test]
async fn no_tls_where_it_should_be() {
    let flood = [&b"\x16\x03\x03\x40\x00\x02\xff\xff\xff"[..], &[0; 0x4000 - 4]].concat();
    for (step, why) in [
        (
            send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
            "received corrupt message of type InvalidContentType",
        ),
        (send(b"\x15\x03\x03\x00\x02\x02\x28"), "received fatal alert: HandshakeFailure"),
        (send(b"\x15\x03\x03\x00\x02\x02\x46"), "received fatal alert: ProtocolVersion"),
        (Step::Flood(flood, usize::MAX), "received corrupt message of type HandshakePayloadTooLarge"),
        (
            Step::Flood(b"\x14\x03\x03\x00\x01\x01".repeat(1000), usize::MAX),
            "received unexpected message: got ChangeCipherSpec when",
        ),
        (
            Step::Flood(b"\x15\x03\x03\x00\x02\x01\x5a".repeat(1000), usize::MAX),
            "peer misbehaved: TooManyWarningAlertsReceived",
        ),
    ] {
        let scene = Scene::new(Server::talking([step, Step::UntilClosed(Arc::default())]).await).await;
        let url = https(&scene.api);
        scene.at(url).fails().await.begins(UNSAFE, &format!("cannot connect to API: {why}"));
    }
}

#[tokio::test]
async fn a_handshake_that_breaks_off() {
    let half = send(b"\x16\x03\x03\x00\x7a\x02");
    for steps in
        [vec![Step::Close], vec![Step::Reset], vec![half.clone(), Step::Close], vec![half, Step::Pause, Step::Reset]]
    {
        let scene = Scene::new(Server::talking(steps).await).await.slow();
        let url = https(&scene.api);
        // What the client was about to send decides which words the operating system has for it.
        scene.at(url).fails().await.begins(UNREACHED, "cannot connect to API: ");
    }
}

#[tokio::test]
async fn a_handshake_that_never_ends() {
    let drip = [send(b"\x16\x03\x03\x3f\xff\x02\0\x3f\xfb"), Step::Drip(b"\0".into())];
    let (deaf, dripping) = (Server::deaf().await, Server::talking(drip).await);
    for url in [https(&deaf), https(&dripping)] {
        let scene = api().await.at(url.clone()).slow();
        scene.fails().await.is(LATE, "API did not answer in time: an attempt may take 250ms");
        let transport = ReqwestTransport::with_timeouts(Duration::from_millis(100), None).expect("a transport");
        let scene = api().await.at(url).through(transport);
        scene.fails().await.is(UNREACHED, "cannot connect to API: operation timed out");
    }
    soon("the handshakes are given up", || dripping.open() == 0).await;
}

#[tokio::test]
async fn a_goodbye_that_is_not_said() {
    let Some(authority) = Authority::trusted("tls::a_goodbye_that_is_not_said", 1, &[]).await else { return };
    let half = &SMALL[..20];
    let unsized_answer = send(format!("HTTP/1.1 200 OK\r\n\r\n{SMALL}"));
    for (step, count) in [(sized("200 OK", SMALL.len(), half), 20), (unsized_answer.clone(), SMALL.len())] {
        let scene = Scene::saying([step, Step::Close]).await;
        let url = speak_tls(&scene.api, authority.certificate(|_| {}), Goodbye::Unsaid).await;
        scene.at(url).fails().await.begins(
            "transport Other, 200, retryable, attempts 4, requests 4, token requests 1",
            &format!(
                "the server answered 200 OK, but the body broke off after {count} bytes: peer closed connection without"
            ),
        );
    }
    // All of it is there.
    for (step, goodbye) in [(answer("200 OK", SMALL), Goodbye::Unsaid), (unsized_answer, Goodbye::Said)] {
        let scene = Scene::saying([step, Step::Close]).await;
        let url = speak_tls(&scene.api, authority.certificate(|_| {}), goodbye).await;
        scene.at(url).succeeds(1, 1).await;
    }
}
