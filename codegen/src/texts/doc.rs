//! What is said of a thing in its docs.

use super::markdown::{for_rustdoc, listing};
use super::prose::Prose;
use super::sample::Sample;
use super::signs::one_line;

/// Paragraphs, the first one being the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Doc(Vec<Paragraph>);

/// A part of docs that stands alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Paragraph {
    /// CommonMark of a description. It may be anything, and more than one paragraph.
    Described(String),
    /// What we say.
    Said(Prose),
    /// The same in the lines that it has, however long they are.
    Kept(Prose),
    /// The same as the title of a section.
    Heading(&'static str),
    /// What we say, with a list of what the description says of some things.
    List(Vec<(Prose, Doc)>),
    /// What the description says in short of items that are linked to.
    Linked(Vec<(Prose, Doc)>),
    /// What we say of some things, an item for each.
    Items(Vec<(Prose, Prose)>),
    /// A text as it is, in a block of its own behind a few words.
    Listing(&'static str, String),
    /// Code that is compiled, with what rustdoc has to know of it.
    Sample(&'static str, Sample),
    /// In place of a summary that the description does not give.
    NoSummary,
}

impl From<&'static str> for Paragraph {
    fn from(ours: &'static str) -> Self {
        Self::Said(ours.into())
    }
}

impl From<Prose> for Paragraph {
    fn from(prose: Prose) -> Self {
        Self::Said(prose)
    }
}

impl<T: Into<Paragraph>> From<T> for Doc {
    fn from(paragraph: T) -> Self {
        Self(vec![paragraph.into()])
    }
}

impl Paragraph {
    /// A text of a description.
    pub fn described(text: impl Into<String>) -> Self {
        Self::Described(text.into())
    }

    /// A text of a description in a line of ours.
    pub fn within(before: &'static str, text: &str, after: &'static str) -> Self {
        Self::Described([before, one_line(text).trim(), after].concat())
    }

    /// The lines, without a blank line around them. Those of a text of the description may be known.
    fn lines(&self, known: &dyn Fn(&str) -> Option<Vec<String>>) -> Vec<String> {
        match self {
            Self::Described(text) => known(text).unwrap_or_else(|| for_rustdoc(text)),
            Self::Said(prose) => prose.lines(),
            Self::Kept(prose) => prose.source().split('\n').map(str::to_owned).collect(),
            Self::Heading(title) => vec![format!("# {title}")],
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|(name, doc)| list_item(name, doc)).collect();
                for_rustdoc(&items.join("\n"))
            }
            Self::Linked(items) => items.iter().map(|(link, doc)| linked_item(link, doc)).collect(),
            Self::Items(items) => {
                items.iter().map(|(name, text)| format!("- {}: {}", name.source(), text.source())).collect()
            }
            Self::Listing(lead, text) => {
                let mut lines = vec![(*lead).to_owned(), String::new()];
                lines.extend(listing(text));
                lines
            }
            Self::Sample(attribute, sample) => sample.lines(attribute),
            Self::NoSummary => Vec::new(),
        }
    }

    /// As CommonMark that [`for_rustdoc`] makes the same lines of, but for links to items.
    fn source(&self) -> String {
        match self {
            // Another line end than this would end an item of a list.
            Self::Described(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
            Self::Said(prose) | Self::Kept(prose) => prose.source(),
            other => other.lines(&|_| None).join("\n"),
        }
    }
}

/// The first sentence of CommonMark, in one line. There is none where it begins with anything but words, or is long.
fn first_sentence(text: &str) -> Option<String> {
    const LONG: usize = 160;
    let paragraph = text.trim().split("\n\n").next().map(one_line)?;
    let is_sentence = |text: &str| {
        let count = |sign: char| text.matches(sign).count();
        text.chars().count() <= LONG && count('`') % 2 == 0 && count('[') == count(']') && count('*') % 2 == 0
    };
    let ends = paragraph.match_indices(". ").map(|(dot, _)| &paragraph[..=dot]).chain([paragraph.trim_end()]);
    let mut sentences = ends.filter(|text| is_sentence(text));
    let words = paragraph.starts_with(|sign: char| sign.is_alphanumeric() || sign == '`') && !paragraph.contains("```");
    sentences.next().filter(|_| words).map(str::to_owned)
}

/// An item of a list, whose link is no text of the description.
fn linked_item(link: &Prose, doc: &Doc) -> String {
    let link = link.source();
    if doc.is_empty() { format!("- {link}") } else { format!("- {link}: {}", doc.lines().join(" ")) }
}

/// An item of a list, as CommonMark: what is said of the thing is indented, so that it stays within.
fn list_item(name: &Prose, doc: &Doc) -> String {
    let name = name.source();
    if doc.is_empty() {
        return format!("- {name}");
    }
    let text: Vec<_> = doc.0.iter().map(|paragraph| paragraph.source().trim().to_owned()).collect();
    if text.iter().all(|text| text.lines().count() == 1) {
        return format!("- {name}: {}", text.join(" ")).trim_end().to_owned();
    }
    let text = text.join("\n\n");
    let lines: Vec<_> = text.lines().map(|line| format!("  {line}")).collect();
    format!("- {name}:\n\n{}\n", lines.join("\n"))
}

impl Doc {
    /// From the texts that a description has, without the empty ones, and those that say the same once more.
    pub fn of(texts: impl IntoIterator<Item = Option<impl Into<String>>>) -> Self {
        let bare = |text: &str| text.trim().trim_end_matches('.').to_owned();
        let mut known = Vec::new();
        let texts = texts.into_iter().flatten().map(Into::into).filter(|text: &String| {
            let text = bare(text);
            let is_new = !text.is_empty() && !known.contains(&text);
            known.push(text);
            is_new
        });
        Self(texts.map(Paragraph::Described).collect())
    }

    /// With one more paragraph, if there is one.
    pub fn and(mut self, paragraph: Option<impl Into<Paragraph>>) -> Self {
        self.0.extend(paragraph.map(Into::into));
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn push(&mut self, paragraph: impl Into<Paragraph>) {
        self.0.push(paragraph.into());
    }

    /// Puts what something else says behind.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Puts a paragraph in front of the others.
    pub fn lead(&mut self, paragraph: impl Into<Paragraph>) {
        self.0.insert(0, paragraph.into());
    }

    /// The first sentence of what the description says, if that is one that stands by itself in a line.
    pub fn in_short(&self) -> Self {
        let sentence = self.texts().next().and_then(first_sentence);
        Self(sentence.map(Paragraph::Described).into_iter().collect())
    }

    /// The same with a summary that is ours, if it has none.
    pub fn summed_up(mut self, summary: impl FnOnce() -> Prose) -> Self {
        match self.0.first_mut() {
            Some(first @ Paragraph::NoSummary) => *first = summary().into(),
            Some(_) => {}
            None => self.push(summary()),
        }
        self
    }

    /// The same, or something else if it is empty.
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_empty() { other() } else { self }
    }

    /// Whether it says all that others say, and that first.
    pub fn begins_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// Leaves out what is not in all of these.
    pub fn keep_common<'a>(&mut self, others: impl Iterator<Item = &'a Self> + Clone) {
        self.0.retain(|paragraph| others.clone().all(|other| other.0.contains(paragraph)));
    }

    /// Leaves out a paragraph.
    pub fn remove(&mut self, paragraph: &Paragraph) {
        self.0.retain(|other| other != paragraph);
    }

    /// The texts of the description in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|paragraph| match paragraph {
            Paragraph::Described(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The lines of the docs, each as it stands behind `///` and a blank.
    pub fn lines(&self) -> Vec<String> {
        self.lines_with(&|_| None)
    }

    /// The same, where some lines of texts of the description are known.
    pub fn lines_with(&self, known: &dyn Fn(&str) -> Option<Vec<String>>) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in &self.0 {
            let paragraph = paragraph.lines(known);
            if !lines.is_empty() && !paragraph.is_empty() {
                lines.push(String::new());
            }
            lines.extend(paragraph);
        }
        lines
    }
}

impl Extend<Paragraph> for Doc {
    fn extend<I: IntoIterator<Item = Paragraph>>(&mut self, paragraphs: I) {
        self.0.extend(paragraphs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_is_said_once() {
        let doc = Doc::of([Some("Lists cats."), Some(" Lists cats\n"), None, Some(""), Some("All of them.")]);
        assert_eq!(doc.lines(), ["Lists cats.", "", "All of them."]);
    }

    #[test]
    fn in_short_it_is_the_first_sentence_that_stands_by_itself() {
        let in_short = |text: &str| Doc::of([Some(text)]).in_short().lines().join("\n");
        for (text, expected) in [
            ("Lists cats. Not dogs.", "Lists cats."),
            ("Lists cats\nof `a. b` kinds. And so on", "Lists cats of `a. b` kinds."),
            ("Only one", "Only one"),
            ("First.\n\nSecond.", "First."),
            ("`id` of a cat. More.", "`id` of a cat."),
            ("# Title\n\nText.", ""),
            ("- a. b", ""),
            ("```\nx();\n```", ""),
        ] {
            assert_eq!(in_short(text), expected, "{text:?}");
        }
        assert_eq!(in_short(&"long ".repeat(100)), "");
    }
}
