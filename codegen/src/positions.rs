//! JSON Pointer → byte range, from a parse that keeps only positions.
//!
//! It is a second opinion about the text and must never fail a run: whatever it cannot read ends
//! the tree early, and a pointer that is not in the tree falls back to the nearest parent that is.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use crate::pointer;
use crate::source::{Language, Part};

/// Where every node of a document stands.
pub(crate) struct Positions {
    root: Option<Node>,
    /// Byte offset of every character, so that the parser's character indices can be turned.
    bytes: Vec<usize>,
}

#[derive(Default)]
struct Node {
    key: Option<(usize, usize)>,
    value: (usize, usize),
    entries: Vec<(String, Node)>,
}

impl Positions {
    pub fn of(text: &str, language: Language) -> Self {
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let root = match language {
            Language::Yaml => Builder::read(text),
            Language::Json => Builder::read(&without_surrogates(text)),
        };
        Self { root, bytes }
    }

    /// The byte range of a node's key or value. A repeated key counts as its last occurrence.
    pub fn span(&self, pointer: &str, part: Part) -> Option<Range<usize>> {
        let Some(mut node) = self.root.as_ref() else { return Some(0..0) };
        let mut found = true;
        for token in pointer::tokens(pointer) {
            match node.entries.iter().rev().find(|(name, _)| *name == token) {
                Some((_, child)) => node = child,
                None => {
                    found = false;
                    break;
                }
            }
        }
        let part = if found { part } else { Part::Key };
        let (start, end) = match (part, node.key) {
            (Part::Key, Some(key)) => key,
            _ => node.value,
        };
        let byte = |character: usize| self.bytes.get(character).or(self.bytes.last()).copied();
        Some(byte(start)?..byte(end.max(start))?)
    }
}

/// Blanks `\ud83d`-like escapes: YAML does not know surrogate pairs. The length stays the same.
fn without_surrogates(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        output.push_str(before);
        let surrogate = escape.get(..6).filter(|escape| {
            escape.starts_with("\\u")
                && matches!(escape.as_bytes().get(2..4), Some([b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F']))
        });
        let length = match surrogate {
            Some(_) => 6,
            None => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        output.push_str(surrogate.map_or(&escape[..length], |_| "\\u0020"));
        rest = &escape[length..];
    }
    output + rest
}

/// Builds the tree from parser events, without recursion.
#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
}

struct Open {
    node: Node,
    mapping: bool,
    /// In a mapping: the key whose value comes next.
    key: Option<(String, (usize, usize))>,
}

impl Builder {
    fn read(text: &str) -> Option<Node> {
        let mut builder = Self::default();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            builder.event(&event, span);
        }
        while let Some(open) = builder.open.pop() {
            builder.place(open.node);
        }
        builder.root
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        let range = (span.start.index(), span.end.index());
        match event {
            Event::Scalar(text, ..) => self.scalar(text, range),
            Event::Alias(_) => self.scalar("*", range),
            Event::SequenceStart(..) => self.open(false, range),
            Event::MappingStart(..) => self.open(true, range),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(mut open) = self.open.pop() {
                    open.node.value.1 = range.1;
                    self.place(open.node);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, mapping: bool, range: (usize, usize)) {
        let node = Node { value: range, ..Node::default() };
        self.open.push(Open { node, mapping, key: None });
    }

    fn scalar(&mut self, text: &str, range: (usize, usize)) {
        match self.open.last_mut() {
            Some(open) if open.mapping && open.key.is_none() => open.key = Some((text.to_owned(), range)),
            _ => self.place(Node { value: range, ..Node::default() }),
        }
    }

    fn place(&mut self, mut node: Node) {
        let Some(parent) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        let name = match parent.key.take() {
            Some((name, range)) => {
                node.key = Some(range);
                name
            }
            None => parent.node.entries.len().to_string(),
        };
        parent.node.entries.push((name, node));
    }
}
