//! What a token service answers: RFC 6749, sections 5.1 and 5.2, and what services add to it.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;

use super::error::ErrorKind;
use super::excerpt::excerpt;
use super::json::Json;
use super::reply::Reply;
use super::retry;
use super::secrets::Secrets;
use super::token::AccessToken;
use super::token_error::{Refusal, TokenError};
use super::token_url::TokenUrl;

/// What a grant comes to.
pub struct Granted {
    pub access_token: AccessToken,
    pub refresh_token: Option<SecretString>,
}

/// Reads what is wanted of a good answer to a request that was sent at some time, or says why there is none.
pub type Taken<T> = fn(&Json<'_>, SystemTime) -> Result<T, &'static str>;

/// Reads an answer to a request that was sent at `asked_at`, from which its lifetime counts.
pub fn read<T>(
    url: &TokenUrl,
    reply: &Reply,
    received: Result<(), ErrorKind<Infallible>>,
    asked_at: SystemTime,
    secrets: &Secrets,
    taken: Taken<T>,
) -> Result<T, TokenError> {
    let status = reply.status_code();
    let retry_after = retry::retry_after(reply.headers(), asked_at);
    let unreadable = |why: &str| TokenError::unreadable(status, retry_after, why);
    match received {
        Ok(()) => {}
        Err(ErrorKind::Transport(error)) => return Err(TokenError::no_answer(url, error)),
        Err(_) => return Err(unreadable("the answer is too large for one of a token service")),
    }
    if let Some(encoding) = reply.content_encoding() {
        return Err(unreadable(&format!("the body has the Content-Encoding {encoding}, which was not asked for")));
    }
    let text = std::str::from_utf8(reply.body()).unwrap_or_default();
    let json = Json::parse(text.trim_start_matches('\u{feff}'));
    let Some(object) = json.ok().filter(|json| matches!(json, Json::Object(_))) else {
        return Err(unreadable(&no_object(reply, secrets)));
    };
    if let Some(code) = text_of(&object, "error") {
        let refusal = Refusal { status, retry_after, ..refusal(&object, code, secrets) };
        return Err(TokenError::refused(refusal));
    }
    if !status.is_success() {
        return Err(unreadable("its JSON does not name an error"));
    }
    taken(&object, asked_at).map_err(unreadable)
}

/// The tokens of an answer.
pub fn granted(object: &Json<'_>, asked_at: SystemTime) -> Result<Granted, &'static str> {
    let token = text_of(object, "access_token").ok_or("its JSON has no `access_token`")?;
    if text_of(object, "token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err("the token is not a bearer token");
    }
    let lifetime = match object.get("expires_in") {
        None | Some(Json::Null) => None,
        Some(value) => Some(seconds(value).ok_or("its `expires_in` is not a number of seconds")?),
    };
    let access_token = AccessToken {
        secret: SecretString::from(token),
        expires_at: lifetime.and_then(|lifetime| asked_at.checked_add(lifetime)),
    };
    let refresh_token = text_of(object, "refresh_token").map(SecretString::from);
    Ok(Granted { access_token, refresh_token })
}

/// A duration that is a number, or a text with one: some services write it so.
pub fn seconds(value: &Json<'_>) -> Option<Duration> {
    let text = value.as_number().or_else(|| value.as_str())?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let seconds = text.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0)?;
            // More seconds than can be counted are more than anybody waits for.
            Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
        }
    }
}

fn refusal(object: &Json<'_>, code: &str, secrets: &Secrets) -> Refusal {
    let shown = |name| text_of(object, name).map(|text| secrets.redact(text));
    let description = text_of(object, "error_description").and_then(|text| text.trim().lines().next());
    let numbers = object.get("error_codes").and_then(Json::as_array).unwrap_or_default();
    Refusal {
        code: secrets.redact(code),
        description: description.map(|line| secrets.redact(line)),
        error_codes: numbers.iter().filter_map(|number| number.as_number()?.parse().ok()).collect(),
        trace_id: shown("trace_id"),
        correlation_id: shown("correlation_id"),
        ..Refusal::default()
    }
}

/// A member that is a text, and not an empty one.
pub fn text_of<'a>(object: &'a Json<'_>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// What to say about a body that is no JSON object.
///
/// A good answer holds a token, even if it is cut off, so nothing of that is shown; and nothing
/// that repeats a secret in any spelling.
fn no_object(reply: &Reply, secrets: &Secrets) -> String {
    let body = String::from_utf8_lossy(reply.body());
    let shown = !reply.status_code().is_success() && !body.contains("_token") && !secrets.occur_in(&body);
    match body.trim() {
        "" => "the body is empty".to_owned(),
        body if shown => format!("the body is no JSON object ({})", excerpt(body)),
        body => format!("the body is no JSON object ({} bytes)", body.len()),
    }
}
