//! Texts that are made.

use super::parts::Parts;
use super::pattern;

/// The longest text that is made to be as long as it should be.
const LONGEST: usize = 1000;

/// A text of a format.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-01-31T12:00:00Z",
        "date" => "2024-01-31",
        "time" => "12:00:00Z",
        "duration" => "P1D",
        "uuid" => "123e4567-e89b-42d3-a456-426614174000",
        "email" | "idn-email" => "name@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ip" | "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" | "iri-reference" | "json-pointer" => "/example",
        "byte" | "base64" | "base64url" => "ZXhhbXBsZQ==",
        "decimal" => "1.50",
        "int32" | "int64" | "integer" | "number" | "float" | "double" => "1",
        "regex" => ".*",
        _ => return None,
    })
}

/// Whether a text is one of a format, as far as types are made of it.
pub fn is_of(format: &str, text: &str) -> bool {
    let has_shape = |shape: &str| {
        let is_like = |(sign, wanted): (u8, u8)| match wanted {
            b'0' => sign.is_ascii_digit(),
            b'f' => sign.is_ascii_hexdigit(),
            wanted => sign == wanted,
        };
        text.len() >= shape.len() && text.bytes().zip(shape.bytes()).all(is_like)
    };
    match format {
        "date-time" => has_shape("0000-00-00T00:00:00"),
        "date" => text.len() == 10 && has_shape("0000-00-00"),
        "time" => has_shape("00:00:00"),
        "uuid" => text.len() == 36 && has_shape("ffffffff-ffff-ffff-ffff-ffffffffffff"),
        "duration" => text.starts_with('P'),
        "ip" => text.parse::<std::net::IpAddr>().is_ok(),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => true,
    }
}

pub fn string(parts: &Parts<'_>) -> String {
    if let Some(text) = parts.text("format").and_then(of_format) {
        return text.to_owned();
    }
    if parts.text("contentEncoding").is_some_and(|encoding| encoding.starts_with("base64")) {
        return "ZXhhbXBsZQ==".to_owned();
    }
    let length = |name: &str| parts.natural(name).and_then(|length| usize::try_from(length).ok());
    let (least, most) = (length("minLength").unwrap_or(0).min(LONGEST), length("maxLength").unwrap_or(usize::MAX));
    if let Some(text) = parts.text("pattern").and_then(|pattern| pattern::example(pattern, least)) {
        return text;
    }
    let text = "text";
    text.chars().cycle().take(text.len().max(least).min(most)).collect()
}
