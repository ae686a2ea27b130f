//! Sentences of ours in docs, with words of a description in them.

use std::ops::{Add, AddAssign};

use super::doc::Paragraph;
use super::markdown::{FIXED_BLANK, WIDTH, filled};
use super::signs::{one_line, visible};

/// Inline CommonMark that rustdoc reads as it is meant. Ours is `&'static str`; a word of a description
/// gets in by one of the functions below.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Prose(String);

impl From<&'static str> for Prose {
    fn from(ours: &'static str) -> Self {
        Self(ours.to_owned())
    }
}

impl<T: Into<Prose>> Add<T> for Prose {
    type Output = Self;

    fn add(mut self, more: T) -> Self {
        self += more;
        self
    }
}

impl<T: Into<Prose>> AddAssign<T> for Prose {
    fn add_assign(&mut self, more: T) {
        self.0.push_str(&more.into().0);
    }
}

impl Prose {
    /// As a paragraph of the lines that it has.
    pub fn kept(self) -> Paragraph {
        Paragraph::Kept(self)
    }

    /// As paragraph: the lines.
    pub(super) fn lines(&self) -> Vec<String> {
        filled(&self.0, WIDTH).into_iter().map(unfixed).collect()
    }

    /// As it stands, whatever its length.
    pub fn source(&self) -> String {
        unfixed(self.0.clone())
    }
}

fn unfixed(line: String) -> String {
    line.replace(FIXED_BLANK, " ")
}

/// The beginning of a sentence.
pub(crate) fn said(ours: &'static str) -> Prose {
    ours.into()
}

/// Several, with something between them.
pub(crate) fn joined(all: impl IntoIterator<Item = Prose>, between: &'static str) -> Prose {
    let mut joined = Prose::default();
    for (index, one) in all.into_iter().enumerate() {
        if index > 0 {
            joined += between;
        }
        joined += one;
    }
    joined
}

/// A text as inline code, in one line, with as many backticks around it as it takes.
pub(crate) fn code(text: &str) -> Prose {
    let text = one_line(text);
    let text = visible(&text);
    // There is no code without a sign in it.
    if text.trim().is_empty() {
        return Prose(format!("\"{text}\"").replace(' ', FIXED));
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let is_blank = |sign: char| sign == ' ' || sign == '`';
    let pad =
        if text.starts_with('`') || text.ends_with('`') || (text.starts_with(is_blank) && text.ends_with(is_blank)) {
            " "
        } else {
            ""
        };
    Prose([&fence, pad, &text, pad, &fence].concat().replace(' ', FIXED))
}

const FIXED: &str = "\u{2}";

/// How many backticks there are in a row at most.
fn longest_run(text: &str) -> usize {
    text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default()
}

/// A text as words of the sentence, if it is made of nothing else; else as inline code.
pub(crate) fn plain(text: &str) -> Prose {
    let is_word = |word: &str| {
        word.starts_with(char::is_alphanumeric)
            && word.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '+' | ','))
    };
    if text.split(' ').all(is_word) { Prose(text.to_owned()) } else { code(text) }
}

/// The digits of a number.
pub(crate) fn number(text: &str) -> Prose {
    let is_digit = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '-' | '+' | 'e' | 'E');
    if !text.is_empty() && text.chars().all(is_digit) { Prose(text.to_owned()) } else { code(text) }
}

/// A link to the item of this path, as rustdoc takes it.
pub(crate) fn item(path: &str) -> Prose {
    if is_path(path) { Prose(format!("[`{}`]", path.replace("r#", ""))) } else { code(path) }
}

/// A link to an item of ours, which calls it by another path.
pub(crate) fn link(path: &str, target: &'static str) -> Prose {
    if is_path(path) { Prose(format!("[`{path}`]({target})")) } else { code(path) }
}

/// A link from some code to the item of this path.
pub(crate) fn linked(shown: &str, path: &str) -> Prose {
    let shown = code(shown);
    if is_path(path) { Prose(format!("[{}]({})", shown.0, path.replace("r#", ""))) } else { shown }
}

fn is_path(text: &str) -> bool {
    text.split("::").all(|name| is_name(name.strip_prefix("r#").unwrap_or(name)))
}

/// Whether a text is a name in Rust, or could be one if it were no keyword.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|sign| sign == '_' || sign.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_has_room_for_any_text() {
        let shown = |text: &str| code(text).source();
        assert_eq!(shown("a b"), "`a b`");
        assert_eq!(shown("a`b"), "``a`b``");
        assert_eq!(shown("`a``"), "``` `a`` ```");
        assert_eq!(shown(" a "), "`  a  `");
        assert_eq!(shown(""), "\"\"");
        assert_eq!(shown("\n"), "\" \"");
        assert_eq!(shown("1\n\n```\nx();\n```\r\n\u{202e}"), "````1  ``` x(); ``` \\u{202e}````");
    }

    #[test]
    fn words_are_words_and_all_else_is_code() {
        let shown = |text: &str| plain(text).source();
        assert_eq!(shown("v1.0-beta 2"), "v1.0-beta 2");
        assert_eq!(shown("1 "), "`1 `");
        assert_eq!(shown("[a](b)"), "`[a](b)`");
        assert_eq!(shown("- a"), "`- a`");
        assert_eq!(number("-1.5e3").source(), "-1.5e3");
        assert_eq!(number("1]").source(), "`1]`");
    }

    #[test]
    fn a_link_leads_to_an_item_alone() {
        assert_eq!(item("Cats::r#move").source(), "[`Cats::move`]");
        assert_eq!(item("Cats`](https://q.r)").source(), "``Cats`](https://q.r)``");
        assert_eq!(link("A::Error", "Operation::Error").source(), "[`A::Error`](Operation::Error)");
    }

    #[test]
    fn a_sentence_is_made_of_its_pieces() {
        let sentence = said("One of ") + joined(["a b", "c"].map(code), ", ") + ".";
        assert_eq!(sentence.lines(), ["One of `a b`, `c`."]);
        let long = said("word ") + joined(["a b c d e f g h i j k l m n o p q r s t u v w"; 3].map(code), " ");
        assert_eq!(long.lines().len(), 2);
        assert!(long.lines().iter().all(|line| line.matches('`').count() % 2 == 0), "{long:?}");
    }
}
