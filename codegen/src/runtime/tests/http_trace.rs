//! What a call tells `tracing`, and what it does not.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::http_support::*;

type Fields = BTreeMap<&'static str, String>;

/// Keeps the fields of all spans and events of one thread.
#[derive(Clone, Default)]
pub struct Recorder {
    spans: Arc<Mutex<Vec<Fields>>>,
    events: Arc<Mutex<Vec<Fields>>>,
    open: Arc<Mutex<Vec<u64>>>,
}

impl Recorder {
    /// All that was said, as text.
    pub fn text(&self) -> String {
        format!("{:?} {:?}", self.spans.lock().unwrap(), self.events.lock().unwrap())
    }
}

struct Fill<'a>(&'a mut Fields);

impl Visit for Fill<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Other crates have spans and events too.
        metadata.target().starts_with(env!("CARGO_CRATE_NAME"))
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::from([("name", span.metadata().name().to_owned())]);
        span.record(&mut Fill(&mut fields));
        let mut spans = self.spans.lock().unwrap();
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = span.into_u64() as usize - 1;
        values.record(&mut Fill(&mut self.spans.lock().unwrap()[index]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let span = self.open.lock().unwrap().last().map_or_else(String::new, u64::to_string);
        let mut fields = Fields::from([("level", event.metadata().level().to_string()), ("span", span)]);
        event.record(&mut Fill(&mut fields));
        self.events.lock().unwrap().push(fields);
    }

    fn enter(&self, span: &Id) {
        self.open.lock().unwrap().push(span.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.open.lock().unwrap().pop();
    }
}

/// Records a call that gets `answers`, one for each attempt.
async fn record(answers: &'static [(u16, &'static str)]) -> (Vec<Fields>, Vec<Fields>) {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    // A test on another thread that was the first to reach a span or an event, just before there was
    // a subscriber, may have switched it off for all.
    loop {
        call(&[(503, ""), (404, "")]).await;
        let spans = std::mem::take(&mut *recorder.spans.lock().unwrap());
        let events = std::mem::take(&mut *recorder.events.lock().unwrap());
        if (spans.len(), events.len()) == (1, 2) {
            break;
        }
        tracing::callsite::rebuild_interest_cache();
    }
    call(answers).await;
    let spans = recorder.spans.lock().unwrap().clone();
    let events = recorder.events.lock().unwrap().clone();
    (spans, events)
}

async fn call(answers: &'static [(u16, &'static str)]) {
    let attempt = AtomicUsize::new(0);
    let (builder, _) = builder_that(move || {
        let (status, body) = answers[attempt.fetch_add(1, Ordering::SeqCst)];
        Ok(answer(status, body))
    });
    let builder = builder.random(|| 0.5).default_query("default", CANARY).default_header("X-Default", CANARY);
    let client = builder.build().unwrap();
    let mut call = get_thing(&client);
    call.request.query("key", &CANARY);
    call.request.header("X-Key", &CANARY);
    _ = call.with_header("X-More", CANARY).with_query("more", CANARY).send().await;
}

fn fields(expected: &[(&'static str, &str)]) -> Fields {
    expected.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_call_is_a_span_and_an_attempt_is_an_event() {
    let (spans, events) = record(&[(503, CANARY), (200, r#"{"name": "a"}"#)]).await;
    let span = fields(&[
        ("name", "call"),
        ("otel.name", "getThing"),
        ("otel.kind", "client"),
        ("http.request.method", "GET"),
        ("http.request.resend_count", "1"),
        ("http.response.status_code", "200"),
        ("url.full", "https://api.example.com/things"),
        ("url.template", "/things"),
        ("server.address", "api.example.com"),
        ("server.port", "443"),
        ("request_id", REQUEST_ID),
        ("correlation_id", CORRELATION_ID),
    ]);
    assert_eq!(spans, [span]);
    let failed = fields(&[
        ("level", "WARN"),
        ("span", "1"),
        ("message", "the attempt failed; there is another one after the wait (in seconds)"),
        ("http.request.resend_count", "0"),
        ("http.response.status_code", "503"),
        ("error.type", "503"),
        ("wait", "0.4"),
    ]);
    let succeeded = fields(&[
        ("level", "DEBUG"),
        ("span", "1"),
        ("message", "the attempt ended"),
        ("http.request.resend_count", "1"),
        ("http.response.status_code", "200"),
    ]);
    assert_eq!(events, [failed, succeeded]);
    assert!(!format!("{spans:?} {events:?}").contains(CANARY));
}

#[tokio::test]
async fn an_answer_that_says_more_than_the_description_tells_where() {
    const ANSWER: &str = r#"{"name": "a", "age": "canary-0123456789", "nick": {"b": "canary-0123456789"}}"#;
    let (_, events) = record(&[(200, ANSWER)]).await;
    let more = fields(&[
        ("level", "DEBUG"),
        ("span", "1"),
        ("message", "the answer says what the description of the API does not"),
        ("places", "/age, /nick"),
    ]);
    assert_eq!(events[1..], [more]);
    assert!(!format!("{events:?}").contains(CANARY));
}

#[tokio::test]
async fn a_failed_call_says_what_kind_of_failure_it_is() {
    for (answer, kind) in [(&[(404, CANARY)], "404"), (&[(599, CANARY)], "599"), (&[(200, CANARY)], "unreadable")] {
        let (spans, events) = record(answer).await;
        assert_eq!(spans[0]["error.type"], kind);
        assert_eq!(spans[0]["otel.status_code"], "ERROR");
        assert!(!spans[0].contains_key("http.request.resend_count"));
        assert_eq!(events.len(), 1);
        assert!(!format!("{spans:?} {events:?}").contains(CANARY));
    }
}
