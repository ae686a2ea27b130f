//! The answer to a request that the description allows.

use std::cmp::Reverse;

use http::header::{
    ACCEPT, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::super::body::Body;
use super::super::media_type;
use super::super::request::encode;
use super::Mock;
use super::refusal::Refusal;
use super::rules::Told;
use super::table::{Answer, Example, Offer, Operation, Table};
use super::text::{compact, of_header, plain};

/// The headers that say how a message is sent, which is not for a description to say.
const OF_THE_MESSAGE: [HeaderName; 7] =
    [CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRAILER, TRANSFER_ENCODING, UPGRADE];

impl Operation {
    /// What its examples are called.
    pub fn example_names(&self) -> Vec<&str> {
        let offers = self.answers.iter().flat_map(|answer| &answer.response.content);
        let mut names: Vec<_> = offers.flat_map(Offer::names).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The answers, those of success first.
    fn by_success(&self) -> Vec<&Answer> {
        let mut answers: Vec<_> = self.answers.iter().collect();
        answers.sort_by_key(|answer| match answer.status.as_bytes() {
            [b'2', b'X', _] => (1, 0),
            [b'2', ..] => (0, answer.code(None)),
            b"default" => (2, 0),
            [b'3', ..] => (3, answer.code(None)),
            _ => (4, answer.code(None)),
        });
        answers
    }

    /// The answer of a status.
    fn of_status(&self, status: u16) -> Option<&Answer> {
        let of = |text: &str| self.answers.iter().find(|answer| answer.status == text);
        of(&status.to_string()).or_else(|| of(&format!("{}XX", status / 100))).or_else(|| of("default"))
    }
}

impl Answer {
    /// The status of an answer as it is described, or one that it was told to have.
    fn code(&self, told: Option<u16>) -> u16 {
        let described = self.status.replace('X', "0").parse().unwrap_or(200);
        told.unwrap_or(described)
    }
}

impl Offer {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.examples.iter().filter_map(|example| example.name.as_deref())
    }

    fn named(&self, name: &str) -> Option<&Example> {
        self.examples.iter().find(|example| example.name.as_deref() == Some(name))
    }
}

/// Where an answer comes from that is what the mock was told, or has something of that.
const TOLD: &str = "told";

/// What a body is, and where it comes from.
struct Chosen<'t> {
    offer: &'t Offer,
    example: &'t Example,
}

pub fn answer(table: &Table, operation: &Operation, headers: &HeaderMap, told: &Told) -> http::Response<Body> {
    let answers = match told.status {
        Some(status) => operation.of_status(status).into_iter().collect(),
        None => operation.by_success(),
    };
    let named = told.example.as_deref().and_then(|name| named(&answers, name));
    let answer = named.as_ref().map(|(answer, _)| *answer).or_else(|| answers.first().copied());
    let status = answer.map_or_else(|| told.status.unwrap_or(200), |answer| answer.code(told.status));
    let mut response = http::Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    if let Some(answer) = answer {
        put_headers(table, answer, response.headers_mut());
    }
    for (name, value) in &told.headers {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    if let Some((media_type, body)) = &told.body {
        let of = Source { media_type, from: TOLD.to_owned() };
        return of.put(body.clone().into(), operation, response);
    }
    let chosen = match (named, answer) {
        (Some((_, chosen)), _) => Some(chosen),
        (None, Some(answer)) if !answer.response.content.is_empty() => {
            match acceptable(&answer.response.content, headers) {
                Some(offer) => offer.first(),
                // What it was told to answer, it answers.
                None if told.status.is_some() => answer.response.content.first().and_then(Offer::first),
                None => return not_acceptable(answer).response(&operation.method),
            }
        }
        _ => None,
    };
    match chosen {
        Some(Chosen { offer, example }) => {
            let json = table.example(example.value);
            let body = if offer.is_json { compact(json) } else { plain(json) };
            let of = Source {
                media_type: sent(&offer.media_type, offer.is_json),
                from: if told.headers.is_empty() { from(example) } else { TOLD.to_owned() },
            };
            of.put(body.into(), operation, response)
        }
        None => {
            response.headers_mut().insert(Mock::HEADER, HeaderValue::from_static("empty"));
            response
        }
    }
}

impl Offer {
    /// The first example of the description, or else what is made.
    fn first(&self) -> Option<Chosen<'_>> {
        let documented = self.examples.iter().find(|example| !example.is_made);
        let example = documented.or_else(|| self.examples.first())?;
        Some(Chosen { offer: self, example })
    }
}

/// The example of a name, and the answer that it is one of.
fn named<'t>(answers: &[&'t Answer], name: &str) -> Option<(&'t Answer, Chosen<'t>)> {
    let of = |answer: &'t Answer| {
        let found = answer.response.content.iter().find_map(|offer| Some((offer, offer.named(name)?)));
        found.map(|(offer, example)| (answer, Chosen { offer, example }))
    };
    answers.iter().find_map(|answer| of(answer))
}

/// Where a body comes from.
struct Source<'t> {
    media_type: &'t str,
    from: String,
}

impl Source<'_> {
    /// Puts the body into an answer, if that can have one.
    fn put(self, body: Body, operation: &Operation, mut response: http::Response<Body>) -> http::Response<Body> {
        let headers = response.headers_mut();
        for (name, value) in [(CONTENT_TYPE, self.media_type), (HeaderName::from_static(Mock::HEADER), &self.from)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        let has_body = operation.method != Method::HEAD && !matches!(response.status().as_u16(), 100..200 | 204 | 304);
        if has_body {
            *response.body_mut() = body;
        }
        response
    }
}

fn from(example: &Example) -> String {
    match &example.name {
        _ if example.is_made => "made-from-schema".to_owned(),
        Some(name) => format!("documented; example={}", encode(name)),
        None => "documented".to_owned(),
    }
}

fn put_headers(table: &Table, answer: &Answer, headers: &mut HeaderMap) {
    for (name, value) in &answer.response.headers {
        let Ok(name) = HeaderName::try_from(name.as_str()) else { continue };
        if let Ok(value) = HeaderValue::try_from(of_header(table.example(*value)))
            && !OF_THE_MESSAGE.contains(&name)
        {
            headers.insert(name, value);
        }
    }
}

/// What a media type is sent as that may be a range of them.
fn sent(media_type: &str, is_json: bool) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "*/*" | "application/*" if is_json => "application/json",
        "text/*" => "text/plain",
        "image/*" => "image/png",
        "audio/*" => "audio/mpeg",
        "video/*" => "video/mp4",
        _ if media_type::is_range(media_type) => "application/octet-stream",
        _ => media_type,
    }
}

/// The first of what is offered that the request wants most.
fn acceptable<'t>(offers: &'t [Offer], headers: &HeaderMap) -> Option<&'t Offer> {
    let lines: Vec<_> = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
    let mut wanted: Vec<_> = lines.iter().flat_map(|line| line.split(',')).map(wish).collect();
    if wanted.is_empty() {
        return offers.first();
    }
    wanted.retain(|(_, weight)| *weight > 0);
    wanted.sort_by_key(|(_, weight)| Reverse(*weight));
    wanted.iter().find_map(|(wish, _)| offers.iter().find(|offer| is_wanted(&offer.media_type, wish)))
}

/// A media type of the header `Accept`, and its weight in thousandths.
fn wish(text: &str) -> (&str, u32) {
    let weight = text.split(';').skip(1).find_map(|parameter| parameter.trim().strip_prefix("q="));
    let weight = weight.and_then(|weight| weight.parse::<f64>().ok()).unwrap_or(1.0);
    (text.trim(), (weight.clamp(0.0, 1.0) * 1000.0).round() as u32)
}

fn is_wanted(offered: &str, wanted: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence(offered) == essence(wanted) || media_type::takes(offered, wanted) || media_type::takes(wanted, offered)
}

fn not_acceptable(answer: &Answer) -> Refusal {
    let offered: Vec<_> = answer.response.content.iter().map(|offer| format!("`{}`", offer.media_type)).collect();
    let fault = format!("the header `Accept` has none of the media types of the answer: {}", offered.join(", "));
    Refusal::new(StatusCode::NOT_ACCEPTABLE, vec![fault])
}
