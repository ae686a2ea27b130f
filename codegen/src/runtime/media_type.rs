//! Media types: what an answer is, by its `Content-Type` or else by its looks; what a body may be sent as.

use super::json::Json;

/// How a body of a media type is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Text,
    Bytes,
}

/// The index of the one of `described` that an answer has, which says it is `sent` and whose body is
/// `body`, as far as that is here yet.
///
/// The one that is described exactly, then one without its parameters, then one of a range, `image/*`
/// before `*/*`. If there is none of these, one that is read the same way, or in a way that suits what
/// it looks like.
pub fn choose(described: &[&str], sent: Option<&str>, body: &[u8]) -> usize {
    let sent = sent.map(normal).filter(|sent| !sent.is_empty());
    if let Some(found) = sent.as_deref().and_then(|sent| find(described, sent)) {
        return found;
    }
    let of = |kind| described.iter().position(|media_type| kind_of(&normal(media_type)) == kind);
    let order = match sent.as_deref().map(kind_of) {
        Some(Kind::Bytes) => [Kind::Bytes, Kind::Json, Kind::Text],
        _ if is_json(body) => [Kind::Json, Kind::Text, Kind::Bytes],
        Some(Kind::Text) | None => [Kind::Text, Kind::Bytes, Kind::Json],
        Some(Kind::Json) => [Kind::Json, Kind::Text, Kind::Bytes],
    };
    order.into_iter().find_map(of).unwrap_or_default()
}

fn find(described: &[&str], sent: &str) -> Option<usize> {
    let position = |wanted: &str| described.iter().position(|media_type| normal(media_type) == wanted);
    let essence = essence(sent);
    let of_essence = || described.iter().position(|media_type| self::essence(&normal(media_type)) == essence);
    let narrow = || described.iter().position(|media_type| normal(media_type) != "*/*" && takes(media_type, sent));
    position(sent).or_else(|| position(essence)).or_else(of_essence).or_else(narrow).or_else(|| position("*/*"))
}

/// Whether what is described as `described`, which may be a range such as `image/*`, can have the media type `sent`.
pub fn takes(described: &str, sent: &str) -> bool {
    let (described, sent) = (normal(described), normal(sent));
    let (described, sent) = (essence(&described), essence(&sent));
    let (Some((main, sub)), Some((mains, subs))) = (sent.split_once('/'), described.split_once('/')) else {
        return described == sent;
    };
    !is_range(sent) && is_like(main, mains) && is_like(sub, subs)
}

/// Whether a body of it is read as JSON.
pub fn is_of_json(media_type: &str) -> bool {
    kind_of(&normal(media_type)) == Kind::Json
}

/// Whether it stands for several media types.
pub fn is_range(media_type: &str) -> bool {
    media_type.split(';').next().is_some_and(|essence| essence.contains('*'))
}

fn is_like(word: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => word == pattern,
        Some((start, end)) => word.len() > start.len() + end.len() && word.starts_with(start) && word.ends_with(end),
    }
}

/// Without spaces, in lower case, for comparing.
fn normal(media_type: &str) -> String {
    media_type.chars().filter(|sign| !sign.is_whitespace() && *sign != '"').collect::<String>().to_ascii_lowercase()
}

/// Without parameters.
fn essence(normal: &str) -> &str {
    normal.split(';').next().unwrap_or_default()
}

fn kind_of(normal: &str) -> Kind {
    let essence = essence(normal);
    match essence {
        "application/json" | "text/json" | "*/*" | "application/*" => Kind::Json,
        "text/event-stream" => Kind::Bytes,
        "application/xml" => Kind::Text,
        _ if essence.ends_with("+json") => Kind::Json,
        _ if essence.starts_with("text/") || essence.ends_with("+xml") => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// Whether a body is JSON, or may become it: nothing of it is here yet.
fn is_json(body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(body) else { return false };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_ascii().is_empty() || Json::parse(text).is_ok()
}
