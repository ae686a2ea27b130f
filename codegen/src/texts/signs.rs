//! Characters that do something else than being seen.

use std::borrow::Cow;

/// Whether a character is a control character, or changes the direction of the text around it. In a
/// terminal the first give orders; rustc takes neither in comments and literals.
pub(super) fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{FEFF}')
        || matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character ends a line, for any reader.
fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text with the code points of what would not be seen in it, such as `\u{1b}`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if is_unseen(sign) => shown.extend(sign.escape_unicode()),
            _ => shown.push(sign),
        }
    }
    shown.into()
}

/// The text in one line, with a blank where a line ends or a tab is.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let is_gap = |sign: char| sign == '\t' || is_line_end(sign);
    if !text.contains(is_gap) {
        return text.into();
    }
    text.replace("\r\n", "\n").replace(is_gap, " ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_shown_as_its_code_point() {
        assert_eq!(visible("Größe ❤\u{fe0f} \u{5d0}"), "Größe ❤\u{fe0f} \u{5d0}");
        assert_eq!(visible("a\u{1b}[2J\n\u{202e}\0"), "a\\u{1b}[2J\\n\\u{202e}\\u{0}");
        assert_eq!(one_line("a\r\nb\rc\td\u{2028}e"), "a b c d e");
    }
}
