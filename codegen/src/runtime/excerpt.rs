//! What an error shows of the server's own words: one line, short, and safe to print.

use super::json::Json;

/// The most characters that an excerpt has.
pub const MAX_CHARS: usize = 300;

/// A body beyond this is not parsed just to be shown.
const MAX_PARSED: usize = 64 << 10;

/// The beginning of `text`, as one line: a run of white space becomes a space, and other control
/// characters are escaped.
pub fn excerpt(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for char in word.chars() {
            match is_control(char) {
                true => line.extend(char.escape_unicode()),
                false => line.push(char),
            }
        }
        if let Some((end, _)) = line.char_indices().nth(MAX_CHARS) {
            let kept = line[..end].char_indices().next_back().map_or(0, |(last, _)| last);
            line.truncate(kept);
            line.push('…');
            break;
        }
    }
    line
}

/// The [`excerpt`] of text that should be UTF-8, but may be anything.
pub fn of_bytes(bytes: &[u8]) -> String {
    let beginning = &bytes[..bytes.len().min(MAX_PARSED)];
    excerpt(&String::from_utf8_lossy(beginning))
}

/// What the body of an error answer says: the members of a JSON object as `name: value`, and the
/// text itself if it is something else.
pub fn of_body(body: &[u8]) -> String {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let said = members(body).iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join(", ");
    if said.is_empty() { of_bytes(body) } else { excerpt(&said) }
}

/// What a member of the body of an error answer says: of the JSON object, or of the only object in it.
pub fn member(body: &[u8], name: &str) -> Option<String> {
    members(body).into_iter().find(|(known, _)| known == name).map(|(_, text)| text)
}

/// The members that [`scalars`] finds in a JSON object, and in the only object in it.
fn members(body: &[u8]) -> Vec<(String, String)> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = std::str::from_utf8(body).ok().filter(|text| text.len() <= MAX_PARSED);
    let Some(Ok(Json::Object(members))) = text.map(Json::parse) else { return Vec::new() };
    let mut said: Vec<_> = scalars(&members).collect();
    let mut objects = members.iter().filter_map(|(_, value)| match value {
        Json::Object(members) => Some(members),
        _ => None,
    });
    // Many services wrap what they say: `{"error": {"code": …}}`.
    if let (Some(inner), None) = (objects.next(), objects.next()) {
        said.extend(scalars(inner));
    }
    said
}

/// Name and text of each member that is a string, a number or a boolean, and not empty.
fn scalars<'a, N: AsRef<str>>(members: &'a [(N, Json<'_>)]) -> impl Iterator<Item = (String, String)> + 'a {
    members.iter().filter_map(|(name, value)| {
        let text = match value {
            Json::String(text) | Json::Number(text) => text,
            Json::Bool(true) => "true",
            Json::Bool(false) => "false",
            Json::Null | Json::Array(_) | Json::Object(_) => "",
        };
        (!text.is_empty()).then(|| (name.as_ref().to_owned(), text.to_owned()))
    })
}

/// Whether a terminal would act on `char` instead of showing it. Besides the control characters
/// these are the marks that turn the direction of writing.
fn is_control(char: char) -> bool {
    char.is_control() || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
