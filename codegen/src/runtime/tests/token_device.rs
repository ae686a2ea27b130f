//! Tokens for a person who signs in on another device.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use secrecy::ExposeSecret;
use tokio::sync::Notify;

use super::fake_clock::{FakeClock, START};
use super::http_support::*;
use super::token_support::*;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::client::Client;
use crate::runtime::device_code::{DeviceCode, DevicePrompt};
use crate::runtime::token_url::TokenUrl;
use crate::runtime::transport::{TransportError, TransportErrorKind};

const CODES: &str = r#"{"device_code":"canary-device","user_code":"WDJB-MJHT","expires_in":1800,
    "verification_uri":"https://login.example.com/device","verification_uri_complete":"https://login.example.com/d?c=W"}"#;
const PENDING: &str = r#"{"error":"authorization_pending"}"#;
const SLOW: &str = r#"{"error":"slow_down"}"#;
const TOKENS: &str = r#"{"access_token":"canary-access0","expires_in":3600,"refresh_token":"canary-refresh.1"}"#;
const REFRESHED: &str = r#"{"access_token":"canary-access1","expires_in":3600,"refresh_token":"canary-refresh.1"}"#;

/// A token service that answers with these one after the other, `{"error"` with 400.
fn desk(answers: &[&str]) -> Desk {
    let answers: Mutex<VecDeque<String>> = Mutex::new(answers.iter().map(|&text| text.to_owned()).collect());
    let next = move |_| {
        let text = answers.lock().unwrap().pop_front().unwrap();
        match text.as_str() {
            "" => Err(TransportError::new(TransportErrorKind::Connect, "no connection")),
            _ => Ok(answer(if text.contains(r#""error""#) { 400 } else { 200 }, text)),
        }
    };
    Desk::new(next, thing)
}

fn url(path: &str) -> BaseUrl {
    format!("https://login.example.com{path}").parse().unwrap()
}

/// The credential, and what it shows.
fn device() -> (DeviceCode, Arc<Mutex<Vec<DevicePrompt>>>) {
    let shown = Arc::new(Mutex::new(Vec::new()));
    let prompts = shown.clone();
    let prompt = move |prompt: &DevicePrompt| prompts.lock().unwrap().push(prompt.clone());
    (DeviceCode::new(url("/t/device"), url("/t/token"), "app 1", prompt).scope("read write"), shown)
}

#[tokio::test]
async fn a_person_signs_in_while_the_call_waits() {
    let (device, shown) = device();
    let rotated = Arc::new(Mutex::new(Vec::new()));
    let hook = rotated.clone();
    let device = device.on_rotated(move |token| hook.lock().unwrap().push(token.expose_secret().to_owned()));
    let (desk, clock) = (desk(&[CODES, PENDING, SLOW, PENDING, TOKENS, REFRESHED]), FakeClock::new());
    let log = desk.log.clone();
    let client = client(device, desk, clock.clone());
    get_thing(&client).await.unwrap();
    assert_eq!(clock.seconds(), [5.0, 5.0, 10.0, 10.0]);
    assert_eq!(log.lines()[0], "POST https://login.example.com/t/device client_id=app%201&scope=read%20write");
    let asked = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=app%201\
                 &device_code=canary-device&scope=read%20write";
    assert_eq!(log.asked(), [asked; 4]);
    let prompts = shown.lock().unwrap().clone();
    let [prompt] = prompts.as_slice() else { panic!("{prompts:?}") };
    assert_eq!(prompt.user_code(), "WDJB-MJHT");
    assert_eq!(prompt.verification_uri(), "https://login.example.com/device");
    assert_eq!(prompt.verification_uri_complete(), Some("https://login.example.com/d?c=W"));
    assert_eq!(prompt.expires_at(), SystemTime::UNIX_EPOCH + START + Duration::from_secs(1800));
    assert!(!format!("{prompt:?}").contains("WDJB"), "{prompt:?}");
    // From then on, the refresh token does.
    tick(&clock, 3600).await;
    get_thing(&client).await.unwrap();
    let again = "grant_type=refresh_token&client_id=app%201&refresh_token=canary-refresh.1&scope=read%20write";
    assert_eq!(log.asked().last().unwrap(), again);
    assert_eq!(log.called(), ["Bearer canary-access0", "Bearer canary-access1"]);
    assert_eq!(*rotated.lock().unwrap(), ["canary-refresh.1"]);
}

async fn tick(clock: &FakeClock, seconds: u64) {
    crate::runtime::clock::Clock::sleep(clock, Duration::from_secs(seconds)).await;
}

#[tokio::test]
async fn the_token_service_says_how_often_it_is_asked() {
    let codes = CODES.replace('}', r#","interval":"7"}"#);
    let (desk, clock) = (desk(&[&codes, PENDING, "", PENDING, TOKENS]), FakeClock::new());
    get_thing(&client(device().0, desk, clock.clone())).await.unwrap();
    // What gets no answer is asked less often.
    assert_eq!(clock.seconds(), [7.0, 7.0, 14.0, 14.0]);
}

#[tokio::test]
async fn a_person_can_say_no_or_come_too_late() {
    for (codes, refusal, waits) in [
        (CODES.to_owned(), r#"{"error":"access_denied"}"#, 1),
        (CODES.to_owned(), r#"{"error":"expired_token"}"#, 1),
        (CODES.replace("1800", "12"), PENDING, 2),
    ] {
        let (device, shown) = device();
        let (desk, clock) = (desk(&[&codes, refusal, refusal, &codes, TOKENS]), FakeClock::new());
        let client = client(device, desk, clock.clone());
        let error = get_thing(&client).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("the token service wants a person to sign in or to agree"), "{text}");
        assert!(!text.contains("canary"), "{text}");
        assert_eq!((clock.waits().len(), shown.lock().unwrap().len()), (waits, 1), "{text}");
    }
}

#[tokio::test]
async fn a_stored_refresh_token_asks_nobody_while_it_is_good() {
    let (device, shown) = device();
    let device = device.refresh_token(REFRESH).client_secret(SECRET);
    let gone = r#"{"error":"invalid_grant"}"#;
    let alone = r#"{"access_token":"canary-access2","expires_in":3600}"#;
    let (desk, clock) = (desk(&[REFRESHED, gone, CODES, alone, CODES, TOKENS]), FakeClock::new());
    let log = desk.log.clone();
    let client = client(device, desk, clock.clone());
    get_thing(&client).await.unwrap();
    assert!(log.asked()[0].contains("&client_secret=canary-secret"), "{:?}", log.asked());
    assert_eq!(shown.lock().unwrap().len(), 0);
    tick(&clock, 3600).await;
    get_thing(&client).await.unwrap();
    assert_eq!(shown.lock().unwrap().len(), 1);
    // What is no good is not used again.
    tick(&clock, 3600).await;
    get_thing(&client).await.unwrap();
    assert_eq!(shown.lock().unwrap().len(), 2);
}

/// Whether a call ends when the token service gives one more answer.
async fn is_done(gate: &Notify, call: &mut Pin<&mut impl Future>) -> bool {
    gate.notify_one();
    poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await
}

#[tokio::test]
async fn the_next_call_waits_for_the_same_code() {
    let (device, shown) = device();
    let gate = Arc::new(Notify::new());
    let (desk, clock) = (desk(&[CODES, PENDING, TOKENS]).behind(&gate), FakeClock::new());
    let log = desk.log.clone();
    let client = client(device, desk, clock.clone());
    // The code is shown, and the call goes away while it waits.
    assert!(!is_done(&gate, &mut pin!(get_thing(&client).into_future())).await);
    let mut next = pin!(get_thing(&client).into_future());
    while !is_done(&gate, &mut next).await {}
    assert_eq!(shown.lock().unwrap().len(), 1);
    assert_eq!(log.lines().iter().filter(|line| line.contains("/t/device ")).count(), 1);
    assert_eq!(log.called(), ["Bearer canary-access0"]);
}

#[tokio::test]
async fn an_answer_without_codes_is_an_error() {
    for (codes, why) in [
        ("{}", "its JSON has no `device_code`"),
        (r#"{"device_code":"a","user_code":"b","expires_in":1}"#, "its JSON has no `verification_uri`"),
        (
            r#"{"device_code":"a","user_code":"b","verification_url":"c"}"#,
            "its `expires_in` is not a number of seconds",
        ),
    ] {
        let (desk, clock) = (desk(&[codes]), FakeClock::new());
        let error = get_thing(&client(device().0, desk, clock)).await.unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[tokio::test]
async fn codes_and_tokens_are_asked_for_in_the_same_words() {
    let task = http::HeaderName::from_static("x-task");
    let device = device().0.resource("r").parameter("audience", "b").token_url(url("/u/token"));
    let desk = desk(&[CODES, TOKENS]);
    let log = desk.log.clone();
    let device = device.correlation_header(task);
    assert_eq!(format!("{device:?}"), "DeviceCode(client app 1 at https://login.example.com/u/token)");
    get_thing(&client(device, desk, FakeClock::new())).await.unwrap();
    let lines = log.lines();
    assert_eq!(lines[0], "POST https://login.example.com/t/device client_id=app%201&resource=r&audience=b");
    assert!(lines[1].starts_with("POST https://login.example.com/u/token grant_type="), "{}", lines[1]);
    assert!(lines[1].ends_with("&device_code=canary-device&resource=r&audience=b"), "{}", lines[1]);
    assert_eq!(log.tasks(), [CORRELATION_ID; 2]);
}

#[test]
fn what_cannot_be_used_is_told_before_the_first_call() {
    let refused = |device: DeviceCode| {
        let built = Client::builder(base_url()).credential(device).transport(desk(&[])).clock(FakeClock::new()).build();
        built.map(drop).unwrap_err().to_string()
    };
    let ignore = |_: &DevicePrompt| {};
    assert!(refused(DeviceCode::new(url("/d"), url("/t"), "", ignore)).contains("the client id is empty"));
    assert!(refused(device().0.refresh_token("")).contains("the refresh token is empty"));
    assert!(refused(device().0.client_secret("")).contains("the client secret is empty"));
    let nowhere = TokenUrl::new("https://login.example.com", "/{tenant}", &[("tenant", "")]);
    assert!(refused(device().0.device_url(nowhere)).contains("the address of the token service has"));
}
