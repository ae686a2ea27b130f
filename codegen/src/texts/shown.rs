//! What is shown in a terminal.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use super::prose::code;
use super::signs::{is_unseen, visible};

/// A text in one line, without a character that a terminal would obey.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown(String);

impl Shown {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text in Markdown, where no sign of it is markup.
    pub fn in_markdown(&self) -> String {
        // A list may begin with a number.
        let is_number = self.0.trim().starts_with(|sign: char| sign.is_ascii_digit());
        let is_plain = |sign: char| !sign.is_ascii_punctuation() || ",.\"'/;?%=$^".contains(sign);
        let is_escaped = |sign: char| !is_plain(sign) || is_number && sign == '.';
        let signs = self.0.trim().chars().flat_map(|sign| [Some('\\').filter(|_| is_escaped(sign)), Some(sign)]);
        signs.flatten().collect()
    }

    /// The text as inline code of Markdown.
    pub fn as_code(&self) -> String {
        code(&self.0).source()
    }
}

impl From<&str> for Shown {
    fn from(text: &str) -> Self {
        Self(visible(text).into_owned())
    }
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        match visible(&text) {
            Cow::Borrowed(_) => Self(text),
            Cow::Owned(shown) => Self(shown),
        }
    }
}

impl From<&Path> for Shown {
    fn from(path: &Path) -> Self {
        path.to_string_lossy().into_owned().into()
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// JSON text that says the same without a character that a terminal would obey.
pub(crate) fn shown_json(json: &str) -> Cow<'_, str> {
    let is_seen = |sign: char| sign == '\n' || !is_unseen(sign);
    if json.chars().all(is_seen) {
        return json.into();
    }
    let mut shown = String::with_capacity(json.len() + 8);
    for sign in json.chars() {
        match is_seen(sign) {
            true => shown.push(sign),
            // All of these have four digits at most.
            false => shown += &format!("\\u{:04x}", u32::from(sign)),
        }
    }
    shown.into()
}

/// Lines of a file with something as long in place of each character that a terminal would obey, so
/// that what is said of places in them stays true.
pub(crate) fn same_length(lines: &str) -> Cow<'_, str> {
    let is_layout = |sign: char| matches!(sign, '\n' | '\t');
    if !lines.contains(|sign: char| is_unseen(sign) && !is_layout(sign)) {
        return lines.into();
    }
    let shown = lines.chars().map(|sign| match sign.len_utf8() {
        _ if is_layout(sign) || !is_unseen(sign) => sign,
        1 => '?',
        2 => '¤',
        _ => '\u{fffd}',
    });
    shown.collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_has_no_markup_of_it() {
        let shown = Shown::from("a *b* <c>\n# [d](e) `f`");
        assert_eq!(shown.in_markdown(), r"a \*b\* \<c\>\\n\# \[d\]\(e\) \`f\`");
        assert_eq!(shown.as_code(), r"``a *b* <c>\n# [d](e) `f` ``".replace("``a", "`` a"));
        assert_eq!(Shown::from("1. a.b").in_markdown(), r"1\. a\.b");
    }

    #[test]
    fn a_terminal_has_nothing_to_obey() {
        let json = serde_json::json!({ "a": "\u{1b}\u{9b}\u{202e}é\u{2066}" });
        let text = format!("{json:#}");
        assert_eq!(shown_json(&text), "{\n  \"a\": \"\\u001b\\u009b\\u202eé\\u2066\"\n}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown_json(&text)).expect("JSON"), json);
        assert_eq!(Shown::from("no `\u{1b}[2J\n\u{9b}`").as_str(), "no `\\u{1b}[2J\\n\\u{9b}`");
        let lines = "a: \u{1b}[2J\r\n\tb: \u{9b}\u{202e}é\n";
        let shown = same_length(lines);
        assert_eq!(shown, "a: ?[2J?\n\tb: ¤\u{fffd}é\n");
        assert_eq!(shown.len(), lines.len());
    }
}
