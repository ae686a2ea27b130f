//! Literals in code, but for those that `quote` makes of a text: it escapes what must not stand in one.

use std::borrow::Cow;

use super::signs::is_unseen;

/// JSON as a literal that reads as the JSON does.
pub(crate) fn verbatim(json: &str) -> String {
    let text = seen(json);
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    // A raw literal has no place for it.
    if text.contains('\r') { format!("{json:?}") } else { format!("r{fence}\"{text}\"{fence}") }
}

/// The same JSON with an escape for each character that is not seen. It can stand in a string alone.
pub(crate) fn seen(json: &str) -> Cow<'_, str> {
    // Most of it is ASCII, where only a single character is odd.
    let is_plain = if json.is_ascii() { !json.contains('\u{7f}') } else { !json.contains(is_odd) };
    if is_plain {
        return json.into();
    }
    let mut text = String::with_capacity(json.len() + 8);
    for sign in json.chars() {
        if is_odd(sign) {
            let units = sign.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            text.push_str(&units);
        } else {
            text.push(sign);
        }
    }
    text.into()
}

/// Whether rustc or clippy would rather see an escape.
fn is_odd(sign: char) -> bool {
    // Behind another character, so that an accent is no reason.
    let is_escaped = || ['a', sign].iter().collect::<String>().escape_debug().count() > 2;
    match sign {
        ..='\u{7e}' => false,
        '\u{2028}' | '\u{2029}' => true,
        _ => is_unseen(sign) || (!sign.is_whitespace() && is_escaped()),
    }
}

/// A piece of what `format!` takes, that stands for itself.
pub(crate) fn format(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_the_same_when_it_is_read() {
        let json = "[\"Größe\u{a0}e\u{301} ❤\u{fe0f}\", \"\u{202e}\u{7f}\u{200b}\u{e0001}\", \"\\\"##\"]";
        let code = verbatim(json);
        assert!(
            code.contains("Größe\u{a0}e\u{301} ❤\u{fe0f}") && code.contains(r"\u202e\u007f\u200b\udb40\udc01"),
            "{code}"
        );
        let literal: syn::LitStr = syn::parse_str(&code).expect("a literal");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&literal.value()), value(json));
    }

    #[test]
    fn braces_are_braces() {
        assert_eq!(format("{0}/{{x}}"), "{{0}}/{{{{x}}}}");
    }
}
