//! Documented response headers.

use std::str::FromStr;

use http::HeaderMap;

/// The value of a header, if it is there and is what the API description says.
pub fn header<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().map(str::trim));
    let lines: Vec<_> = lines.collect::<Result<_, _>>().ok()?;
    let first = lines.first()?;
    // Several lines are one list (RFC 9110, section 5.3); of what is none, the first one counts.
    let whole = if lines.len() > 1 { lines.join(", ").parse().ok() } else { None };
    whole.or_else(|| first.parse().ok())
}

/// The values of a header that holds a list, from all of its lines. None of them, if there is no such
/// header or if one is not what the API description says.
pub fn header_list<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<Vec<T>> {
    // The one list whose values have commas of their own (RFC 9110, section 5.3).
    let whole = name.eq_ignore_ascii_case("set-cookie");
    let mut values = Vec::new();
    for line in headers.get_all(name) {
        let line = line.to_str().ok()?;
        let items = if whole { vec![line] } else { items(line) };
        for item in items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()) {
            values.push(item.parse().ok()?);
        }
    }
    headers.contains_key(name).then_some(values)
}

/// What stands between commas, but for those within quotes and within `<…>`: those of texts and of
/// addresses (RFC 9110, section 5.6.1; RFC 8288, section 3).
fn items(line: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut start, mut at) = (0, 0);
    // What has no end is no beginning; nor is it one further on.
    let mut unended = [false; 2];
    while let Some(sign) = line.as_bytes().get(at) {
        at += match sign {
            b',' => {
                items.push(&line[start..at]);
                start = at + 1;
                1
            }
            b'"' | b'<' => {
                let unended = &mut unended[usize::from(*sign == b'<')];
                let length = Some(&line[at..]).filter(|_| !*unended).and_then(enclosed);
                *unended = length.is_none();
                length.unwrap_or(1)
            }
            _ => 1,
        };
    }
    items.push(&line[start..]);
    items
}

/// How long what begins here is, with its ends, if it ends.
fn enclosed(text: &str) -> Option<usize> {
    if text.starts_with('<') {
        return text.find('>').map(|end| end + 1);
    }
    // As the first quote would be, if it were not the beginning.
    let mut is_escaped = true;
    for (at, sign) in text.bytes().enumerate() {
        match sign {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
