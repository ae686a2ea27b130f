//! One block that holds no other block: a paragraph, a heading, a table, code.
//!
//! The source between two pieces of text is markup, such as `**` or `](https://…)`. It is copied.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::text::{Html, bare_url, fenced, heading, html_tag, paragraph, table};
use super::{ANGLE, BREAK, FIXED_BLANK, is_web};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Paragraph,
    Heading,
    Table,
    Code,
    Rule,
}

/// What becomes of the end of a link, `](target)`.
enum LinkEnd {
    Copied,
    Dropped,
    Replaced(String),
    /// The link is none any more, but what it leads to is said.
    Said(String),
}

impl LinkEnd {
    fn is_link(&self) -> bool {
        matches!(self, Self::Copied | Self::Replaced(_))
    }
}

pub(super) struct Leaf<'a> {
    pub(super) kind: Kind,
    /// Where the block starts in the source.
    pub(super) start: usize,
    pub(super) end: usize,
    source: &'a str,
    /// The source up to here is written, but for `run`.
    at: usize,
    /// Text that is not written yet: the parser cuts text into pieces that belong together.
    run: Option<Range<usize>>,
    /// Whether the source goes on with the margin of a line.
    margin: bool,
    /// The links and images that are open.
    links: Vec<LinkEnd>,
    /// How many of them are links still.
    depth: usize,
    /// Whether links may go by the definitions of their targets.
    has_definitions: bool,
    /// The target of the HTML link that is open.
    anchor: Option<String>,
    text: String,
}

impl<'a> Leaf<'a> {
    pub(super) fn new(source: &'a str, kind: Kind, range: Range<usize>, has_definitions: bool) -> Self {
        let Range { start, end } = range;
        Self {
            kind,
            start,
            end,
            source,
            at: start,
            run: None,
            margin: false,
            links: Vec::new(),
            depth: 0,
            has_definitions,
            anchor: None,
            text: String::new(),
        }
    }

    pub(super) fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        self.end = self.end.max(range.end);
        match event {
            Event::Text(text) if self.kind == Kind::Code => self.text.push_str(&text),
            Event::Text(_) | Event::FootnoteReference(_) => self.extend_run(range),
            Event::Html(_) | Event::InlineHtml(_) => self.extend_run(range),
            Event::Code(_) => {
                self.copy(range.start);
                // HTML may have kept it apart from other code.
                if self.text.ends_with('`') {
                    self.push(' ');
                }
                self.copy_fixed(range.end);
            }
            Event::HardBreak => {
                self.copy(range.start);
                self.push(BREAK);
                self.at = range.end;
                self.margin = true;
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.open_link(link_type, &dest_url, range, 1);
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                self.open_link(link_type, &dest_url, range, 2);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close_link(range.end),
            _ => self.flush(),
        }
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }

    fn in_link(&self) -> bool {
        self.depth > 0
    }

    /// Writes a character; no line is broken within a link.
    fn push(&mut self, character: char) {
        let blank = matches!(character, ' ' | '\n' | BREAK);
        self.text.push(if blank && self.in_link() { FIXED_BLANK } else { character });
    }

    /// Writes the source up to `to` without the margin that quotes and lists give its lines.
    fn copy(&mut self, to: usize) {
        self.flush();
        let mut margin = std::mem::take(&mut self.margin);
        for character in self.slice(self.at..to).chars() {
            margin = character == '\n' || margin && matches!(character, ' ' | '>');
            if !margin || character == '\n' {
                self.push(character);
            }
        }
        self.at = self.at.max(to);
    }

    /// The same for a part in which no line may be broken.
    fn copy_fixed(&mut self, to: usize) {
        self.depth += 1;
        self.copy(to);
        self.depth -= 1;
    }

    fn extend_run(&mut self, range: Range<usize>) {
        if range.start < self.at {
            return;
        }
        let between = self.slice(self.at..range.start);
        match &mut self.run {
            // An escaped character starts a new piece; the backslash is in none.
            Some(run) if matches!(between, "" | "\\") => run.end = range.end,
            _ => {
                let start = range.start - usize::from(between.ends_with('\\'));
                self.copy(start);
                self.run = Some(start..range.end);
            }
        }
        self.at = range.end;
    }

    /// Writes the text that is waiting, with all that rustdoc would misread changed.
    fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        let mut text = self.slice(run);
        while let Some(character) = text.chars().next() {
            let done = match character {
                '\\' => self.escape(text),
                ANGLE | '<' => self.angle(text),
                'h' if is_web(text) => self.url(text),
                '(' if self.ends_in_reference() => {
                    self.text.push_str("\\(");
                    1
                }
                '[' | ']' | '`' => {
                    self.text.extend(['\\', character]);
                    1
                }
                _ => {
                    self.push(character);
                    character.len_utf8()
                }
            };
            text = &text[done..];
        }
    }

    /// Whether a bracket would turn the link just written into another. HTML may have kept them apart.
    fn ends_in_reference(&self) -> bool {
        self.text.ends_with(']') && !self.text.ends_with("\\]")
    }

    fn escape(&mut self, text: &str) -> usize {
        self.push('\\');
        match text[1..].chars().next() {
            Some(next) if next == ANGLE || next.is_ascii_punctuation() => {
                self.push(next);
                return 2;
            }
            // An angle bracket will come before the address.
            Some('h') if is_web(&text[1..]) => self.push('\\'),
            _ => {}
        }
        1
    }

    /// Writes what stands for the HTML tag that `text` starts with, or the angle bracket as such.
    fn angle(&mut self, text: &str) -> usize {
        let Some((tag, length)) = html_tag(text) else {
            let comparison = text[1..].starts_with([' ', '=']);
            self.text.push_str(if comparison { "<" } else { "\\<" });
            return 1;
        };
        match tag {
            Html::Break => self.push(BREAK),
            Html::Style => {}
            Html::LinkStart(url) => self.anchor = url.map(str::to_owned),
            Html::LinkEnd => {
                let url = self.anchor.take().filter(|_| !self.in_link());
                self.text.extend(url.map(|url| format!(" (<{url}>)")));
            }
        }
        length
    }

    fn url(&mut self, text: &str) -> usize {
        let url = if self.in_link() { "" } else { bare_url(text) };
        if url.is_empty() {
            self.push('h');
            return 1;
        }
        // A backslash escapes nothing within an autolink.
        self.text.push_str(&format!("<{}>", url.replace('\\', "").replace("&amp;", "&")));
        url.len()
    }

    fn open_link(&mut self, kind: LinkType, target: &str, range: Range<usize>, bracket: usize) {
        self.copy(range.start);
        let reference = matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
        let torn = reference && !self.has_definitions;
        if !is_web(target) || torn && target.contains([ANGLE, '<', '>', '\\', '\n']) {
            self.at += bracket;
            self.links.push(match address(target).filter(|_| !self.in_link()) {
                Some(address) if !self.slice(self.at..range.end).starts_with(address) => {
                    LinkEnd::Said(format!(" ({address})"))
                }
                _ => LinkEnd::Dropped,
            });
            return;
        }
        if self.ends_in_reference() {
            self.push(' ');
        }
        if kind == LinkType::Autolink {
            self.copy_fixed(range.end);
        }
        self.links.push(if torn { LinkEnd::Replaced(format!("](<{target}>)")) } else { LinkEnd::Copied });
        self.depth += 1;
    }

    fn close_link(&mut self, end: usize) {
        self.flush();
        let link = self.links.pop();
        match &link {
            Some(LinkEnd::Copied) => self.copy(end),
            Some(LinkEnd::Replaced(tail) | LinkEnd::Said(tail)) => self.text.push_str(tail),
            Some(LinkEnd::Dropped) | None => {}
        }
        self.depth -= usize::from(link.is_some_and(|link| link.is_link()));
        self.at = self.at.max(end);
    }

    /// The lines of the block; those of a paragraph are at most `width` characters if possible.
    pub(super) fn finish(mut self, width: usize) -> Vec<String> {
        if self.kind == Kind::Code {
            return fenced(&self.text);
        }
        self.copy(self.end);
        if self.kind == Kind::Paragraph {
            return paragraph(&self.text, width);
        }
        let text = self.text.replace(BREAK, " ");
        let lines = text.trim_end().split('\n').map(str::trim);
        match self.kind {
            Kind::Heading => heading(lines.map(str::to_owned).collect()),
            Kind::Table => table(lines),
            _ => lines.map(str::to_owned).collect(),
        }
    }
}

/// The address that a link writes a message to, if there is nothing else in it.
fn address(target: &str) -> Option<&str> {
    let address = target.strip_prefix("mailto:")?;
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '+' | '@');
    address.chars().all(is_sign).then_some(address)
}
