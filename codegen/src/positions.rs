//! JSON Pointer → byte range, from a parse that keeps only positions.
//!
//! It is a second opinion about the text and must never fail a run: whatever it cannot read ends
//! the tree early, and a pointer that is not in the tree falls back to the nearest parent that is.

mod flow;
mod json;

use std::ops::Range;
use std::sync::OnceLock;

use saphyr_parser::{Event, Parser, Span};

pub(crate) use self::json::Ends;
use crate::maps::HashMap;
use crate::parse::DEEPEST;
use crate::pointer;
use crate::source::{Language, Part};

/// Where the nodes of a document stand: of JSON those on the way to some pointers, of YAML all.
#[derive(Debug)]
pub(crate) struct Positions {
    root: Option<Node>,
    /// Byte offset of every character, where the tree counts characters.
    bytes: Option<Vec<usize>>,
}

#[derive(Debug, Default)]
struct Node {
    key: Option<(usize, usize)>,
    value: (usize, usize),
    /// A repeated key counts as its last occurrence.
    entries: HashMap<String, Node>,
}

impl Positions {
    /// Those of some pointers. `ends` belong to the text.
    pub fn of(text: &str, language: Language, pointers: &[&str], ends: &OnceLock<Ends>) -> Self {
        match language {
            Language::Json => {
                let wanted = pointer::Tree::of(pointers.iter().copied());
                Self { root: json::read(text, &wanted, ends), bytes: None }
            }
            Language::Yaml => {
                let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                Self { root: Builder::read(text), bytes: Some(bytes) }
            }
        }
    }

    /// The byte range of a node's value, if there is such a node.
    pub fn value(&self, pointer: &str) -> Option<Range<usize>> {
        let node = pointer::tokens(pointer).try_fold(self.root.as_ref()?, |node, token| node.entries.get(&*token))?;
        self.bytes_of(node.value)
    }

    /// The byte range of a node's key or value; of the nearest node around it, if there is no such node.
    pub fn span(&self, pointer: &str, part: Part) -> Option<Range<usize>> {
        let Some(mut node) = self.root.as_ref() else { return Some(0..0) };
        let mut found = true;
        for token in pointer::tokens(pointer) {
            match node.entries.get(&*token) {
                Some(child) => node = child,
                None => {
                    found = false;
                    break;
                }
            }
        }
        let part = if found { part } else { Part::Key };
        self.bytes_of(match (part, node.key) {
            (Part::Key, Some(key)) => key,
            _ => node.value,
        })
    }

    fn bytes_of(&self, (start, end): (usize, usize)) -> Option<Range<usize>> {
        let byte = |at: usize| match &self.bytes {
            Some(bytes) => bytes.get(at).or(bytes.last()).copied(),
            None => Some(at),
        };
        Some(byte(start)?..byte(end.max(start))?)
    }
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
        let (root, is_whole) = Self::attempt(text);
        if is_whole { root } else { Self::attempt(&flow::flattened(text)).0 }
    }

    /// What there is up to the first mistake, and whether there is none.
    fn attempt(text: &str) -> (Option<Node>, bool) {
        let mut builder = Self::default();
        let mut is_whole = true;
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else {
                is_whole = false;
                break;
            };
            // Nothing that is any deeper was read.
            if builder.open.len() > DEEPEST {
                break;
            }
            builder.event(&event, span);
        }
        while let Some(open) = builder.open.pop() {
            builder.place(open.node);
        }
        (builder.root, is_whole)
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
        parent.node.entries.insert(name, node);
    }
}
