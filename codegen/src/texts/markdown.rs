//! CommonMark from an OpenAPI description, made fit for a Rust doc comment.
//!
//! A description is written for a web page. In a doc comment, its code would become doctests, its
//! `[brackets]` would become links to Rust items, and a lazy line break would upset the linters.
//! So the blocks are laid out anew, line by line, with the indentation that they need, while the
//! text within them is copied from the source, and only what rustdoc would misread is changed.
//!
//! Control characters never survive [`clean`]. Three of them carry marks from one step to the next.
//!
//! What comes of it is read once more, as rustdoc reads it: if there should be anything in it that must
//! not be, the text is shown as it is. So it need not be right about every text that there can be, as
//! long as it is about those that people write.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use leaf::{Kind, Leaf};

use super::signs::{is_unseen, visible};

mod check;
mod leaf;
mod text;

pub(super) use text::filled;

/// The longest line, so that it stays readable behind `/// ` and the indentation of a field.
pub(super) const WIDTH: usize = 96;

/// How many quotes and lists stand in each other. Each of them takes room on every line, and nobody could tell more.
const DEEPEST: usize = 40;

/// Stands for a `<` that opens no autolink, so that the parser never sees HTML.
const ANGLE: char = '\u{1}';
/// A blank at which a line must not be broken.
pub(super) const FIXED_BLANK: char = '\u{2}';
/// A line break that the reader must see.
const BREAK: char = '\u{3}';

/// The lines of a doc comment, without `///`, that shows `markdown`. No lines when there is no text.
///
/// Code becomes fenced `text`, HTML becomes plain text, links that only work on the web page of the
/// description become their text, bare URLs become links, and long lines are wrapped.
pub(crate) fn for_rustdoc(markdown: &str) -> Vec<String> {
    if let Some(lines) = plain(markdown) {
        return lines;
    }
    let source = clean(markdown);
    let lines = laid_out(&source);
    if check::is_fit(&lines) { lines } else { text::fenced(&source.replace(ANGLE, "<")) }
}

/// The lines of a text that is nothing but paragraphs, with nothing in them that means anything to a parser, or code in
/// lines that stay as they are. Most texts are.
fn plain(markdown: &str) -> Option<Vec<String>> {
    let text = markdown.trim_end_matches(['\n', ' ']);
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        // Where there are more blank lines than one, the next paragraph begins with a line end.
        let paragraph = paragraph.trim_start_matches('\n');
        if !paragraph.split('\n').all(is_plain) {
            return None;
        }
        let filled = filled(paragraph, WIDTH);
        if paragraph.contains('`') && !paragraph.split('\n').eq(&filled) {
            return None;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(filled);
    }
    Some(lines)
}

/// Whether a line of a paragraph reads as it is written.
fn is_plain(line: &str) -> bool {
    let is_inert = |sign: char| match sign {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '(' | ')' => true,
        '/' | '%' | '$' | '@' | '=' | '+' | '-' | '_' | '*' | '~' | '‘' | '’' | '“' | '”' | '–' | '—' | '…' => {
            true
        }
        // Code begins and ends in the line.
        '`' => true,
        _ => sign.is_alphanumeric(),
    };
    !line.is_empty()
        && !line.starts_with(' ')
        && !line.ends_with(' ')
        && line.chars().all(is_inert)
        && line.matches('`').count().is_multiple_of(2)
        && !line.as_bytes().windows(2).any(|pair| matches!(pair, b"//" | b"``"))
        && text::guarded(line) == line
}

/// The lines of the text with all that rustdoc would misread changed.
fn laid_out(source: &str) -> Vec<String> {
    // What rustdoc reads, so that both see the same blocks; footnotes and task lists, which are
    // not CommonMark, become plain text.
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(source, options).into_offset_iter();
    let definitions = events.reference_definitions().iter();
    let definitions = definitions.filter(|(_, definition)| is_web(&definition.dest));
    let mut definitions: Vec<_> = definitions.map(|(_, definition)| &source[definition.span.clone()]).collect();
    definitions.sort_by_key(|text| text.as_ptr());
    // Docs of ours link to items by code, which no definition may lead elsewhere.
    let is_clear = |text: &&str| !text.contains([ANGLE, '`', '\n']);
    if !definitions.iter().all(is_clear) {
        definitions.clear();
    }
    let mut page = Page { source, has_definitions: !definitions.is_empty(), ..Page::default() };
    for (event, range) in events {
        page.event(event, range);
    }
    page.finish(&definitions)
}

/// The lines of a block that shows a text as it is.
pub(super) fn listing(text: &str) -> Vec<String> {
    let lines: Vec<_> = text.lines().map(visible).collect();
    text::fenced(&lines.join("\n"))
}

/// Drops what must not be in a Rust comment, and marks each `<` that opens no autolink.
fn clean(markdown: &str) -> String {
    if markdown.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~') && byte != b'<') {
        return markdown.to_owned();
    }
    let markdown = markdown.replace("\r\n", "\n").replace('\r', "\n");
    let mut text = String::with_capacity(markdown.len());
    let mut column = 0;
    for (at, character) in markdown.char_indices() {
        match character {
            '\n' => column = 0,
            '\t' => {
                let blanks = 4 - column % 4;
                text.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
                continue;
            }
            '<' if !is_web(&markdown[at + 1..]) => {
                text.push(ANGLE);
                column += 1;
                continue;
            }
            _ if is_unseen(character) => continue,
            _ => column += 1,
        }
        text.push(character);
    }
    text
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The blocks written so far.
#[derive(Default)]
struct Page<'a> {
    source: &'a str,
    /// Whether links may go by the definitions of their targets, which are kept then.
    has_definitions: bool,
    lines: Vec<String>,
    /// Each open quote and list item: its indentation, and `lead` as it was before.
    containers: Vec<(String, Option<String>)>,
    /// What the next line starts with, when a container has just been opened.
    lead: Option<String>,
    /// Where the last written block ends in the source.
    end: usize,
    /// Whether the last written block would swallow a line of text that follows it.
    after_text: bool,
    /// Whether the next block needs a blank line before it in any case.
    apart: bool,
    leaf: Option<Leaf<'a>>,
}

impl<'a> Page<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        let start = range.start;
        match event {
            Event::Start(Tag::BlockQuote(_)) => self.open(start, "> ", "> ".to_owned()),
            Event::Start(Tag::Item) => {
                let marker = self.marker(start);
                self.open(start, &marker, " ".repeat(marker.len()));
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.end_leaf();
                self.apart = true;
                self.put(start..start, vec![format!("\\[^{}\\]:", label.replace(ANGLE, "\\<"))], true);
                self.apart = true;
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => self.close(),
            Event::End(TagEnd::FootnoteDefinition) => {
                self.end_leaf();
                self.apart = true;
            }
            Event::Start(Tag::Heading { .. }) => self.start_leaf(Kind::Heading, range),
            Event::Start(Tag::Table(_)) => self.start_leaf(Kind::Table, range),
            Event::Start(Tag::CodeBlock(_)) => self.start_leaf(Kind::Code, range),
            Event::Rule => {
                self.start_leaf(Kind::Rule, range);
                self.end_leaf();
            }
            Event::Start(Tag::Paragraph | Tag::HtmlBlock) => {
                self.start_leaf(Kind::Paragraph, range);
            }
            Event::Start(Tag::List(_)) | Event::End(TagEnd::List(_)) => self.end_leaf(),
            Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock) => self.end_leaf(),
            Event::End(TagEnd::Heading(_) | TagEnd::Table) => self.end_leaf(),
            _ => {
                if self.leaf.is_none() {
                    // The text of a tight list item is in no paragraph.
                    let escaped = self.source[..start].ends_with('\\');
                    let text = start - usize::from(escaped)..range.end;
                    self.start_leaf(Kind::Paragraph, text);
                }
                if let Some(leaf) = &mut self.leaf {
                    leaf.event(event, range);
                }
            }
        }
    }

    /// The marker of the list item at `start` with the blanks after it.
    fn marker(&self, start: usize) -> String {
        let item = self.source[start..].trim_start();
        let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let marker: String = item.chars().take(digits + 1).collect();
        let content = &item[marker.len()..];
        let text = content.trim_start_matches(' ');
        match content.len() - text.len() {
            blanks @ 1..=4 if !text.starts_with('\n') => marker + &" ".repeat(blanks),
            _ => marker + " ",
        }
    }

    fn open(&mut self, start: usize, lead: &str, indentation: String) {
        // What is any deeper stands in the innermost of these.
        let (lead, indentation) =
            if self.containers.len() < DEEPEST { (lead, indentation) } else { ("", String::new()) };
        self.end_leaf();
        self.separate(start, false);
        let before = self.lead.take();
        self.lead = Some(before.clone().unwrap_or_else(|| self.indentation()) + lead);
        self.containers.push((indentation, before));
    }

    fn close(&mut self) {
        self.end_leaf();
        let container = self.containers.pop();
        // Nothing was written since it was opened: an empty container is left out.
        if self.lead.is_some() {
            self.lead = container.and_then(|(_, before)| before);
        }
    }

    fn indentation(&self) -> String {
        self.containers.iter().map(|(indentation, _)| indentation.as_str()).collect()
    }

    /// Writes a blank line if the source has one before the block at `start`, or if the block is
    /// text that would otherwise continue the text before it.
    fn separate(&mut self, start: usize, text: bool) {
        if self.lead.is_some() || self.lines.is_empty() {
            return;
        }
        let margin = ['\n', ' ', '>'];
        let end = self.source[..self.end].trim_end_matches(margin).len();
        let between = self.source.get(end..start).unwrap_or_default();
        let mut between = between.split('\n').skip(1).collect::<Vec<_>>();
        between.pop();
        let blank = between.iter().any(|line| line.trim_matches(margin).is_empty());
        let line = self.indentation().trim_end().to_owned();
        if (blank || self.apart || (text && self.after_text)) && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
    }

    fn start_leaf(&mut self, kind: Kind, range: Range<usize>) {
        self.end_leaf();
        self.leaf = Some(Leaf::new(self.source, kind, range, self.has_definitions));
    }

    fn end_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        let (kind, range) = (leaf.kind, leaf.start..leaf.end);
        let prefix = self.lead.clone().unwrap_or_else(|| self.indentation());
        let lines = leaf.finish(WIDTH.saturating_sub(prefix.chars().count()));
        let underlined = kind == Kind::Heading && lines.len() > 1;
        self.put(range, lines, matches!(kind, Kind::Paragraph | Kind::Table) || underlined);
        // Its underline ends it.
        self.after_text &= !underlined;
    }

    /// Writes the lines of a block. They are `text` if they would continue a paragraph before them.
    fn put(&mut self, range: Range<usize>, lines: Vec<String>, text: bool) {
        if lines.is_empty() {
            return;
        }
        self.separate(range.start, text);
        for line in lines {
            let prefix = self.lead.take().unwrap_or_else(|| self.indentation());
            self.write(prefix + &line);
        }
        (self.end, self.after_text, self.apart) = (range.end, text, false);
    }

    fn write(&mut self, line: String) {
        let line = line.replace(ANGLE, "<").replace(FIXED_BLANK, " ");
        self.lines.push(line.trim_end().to_owned());
    }

    /// The lines, with the link definitions at the end: linters dislike them within lists.
    fn finish(mut self, definitions: &[&str]) -> Vec<String> {
        self.end_leaf();
        while self.lines.pop_if(|line| line.is_empty()).is_some() {}
        if !self.lines.is_empty() && !definitions.is_empty() {
            self.lines.push(String::new());
            definitions.iter().for_each(|definition| self.write(definition.trim().to_owned()));
        }
        self.lines
    }
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;
