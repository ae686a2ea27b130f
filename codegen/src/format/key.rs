//! What pieces of code of one shape have in common.

use std::ops::Range;

use proc_macro2::{Delimiter, Spacing};

use super::shapes::Within;
use super::tokens::{Token, Tokens};

/// What stands for a name or a text while a shape is found out. Nothing else in emitted code has it.
pub(super) const BLANK: &str = "ªª";

/// What makes a blank longer.
pub(super) const PAD: char = 'a';

/// The shortest name that is exchanged. It has more letters than an indentation.
const NAME: usize = 5;

/// The shortest text that is exchanged, with its quotes.
const TEXT: usize = 6;

/// A struct expression of more bytes than this has a line for each of its fields: prettyplease allows for fewer, and
/// leaves out some signs.
const STRUCT: usize = 34 + 8;

/// Whether a name that is long enough to be exchanged is a word of Rust.
fn is_long_word(name: &str) -> bool {
    matches!(
        name,
        "abstract"
            | "async"
            | "await"
            | "become"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "false"
            | "final"
            | "macro"
            | "macro_rules"
            | "match"
            | "override"
            | "return"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "typeof"
            | "unsafe"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}

/// A piece of code without what can be exchanged in it, and what it is within.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub within: Within,
    bytes: Vec<u8>,
    /// The lines that are too long for it as it is.
    broken: Vec<usize>,
}

/// What can be exchanged in a piece of code.
pub(super) struct Slot {
    /// Which token it is.
    pub at: usize,
    /// Its text; of docs, their number.
    pub text: Range<usize>,
    pub is_docs: bool,
    is_name: bool,
    /// How long it is, where all of one shape are as long.
    length: Option<usize>,
}

impl Slot {
    /// What stands for it: as short as any of its kind, or as long as all of its shape.
    pub fn blank(&self) -> String {
        let (quote, shortest) = if self.is_name { ("", NAME) } else { ("\"", TEXT) };
        let length = self.length.unwrap_or(shortest) - BLANK.len() - 2 * quote.len();
        let pad: String = std::iter::repeat_n(PAD, length).collect();
        format!("{quote}{BLANK}{pad}{quote}")
    }

    /// Makes its blank longer.
    pub fn lengthen(&mut self, by: usize) {
        let shortest = if self.is_name { NAME } else { TEXT };
        self.length = Some(self.length.unwrap_or(shortest) + by);
    }
}

impl Key {
    /// The key of a piece, and what can be exchanged in it; `None` for what is like no other.
    pub fn of(tokens: &Tokens, range: Range<usize>, within: Within) -> Option<(Self, Vec<Slot>)> {
        if within == Within::File && tokens.is_punct(range.start + 1, '!') {
            return None;
        }
        let exact = match within {
            Within::File | Within::Impl | Within::Function(..) => short_structs(tokens, range.clone()),
            Within::Struct | Within::Enum | Within::Head(_) => Vec::new(),
        };
        let (mut bytes, mut slots) = (Vec::with_capacity(4 * range.len()), Vec::with_capacity(range.len() / 2));
        let (mut at, mut attribute) = (range.start, range.start);
        while at < range.end {
            if let Some(text) = docs(tokens, at) {
                bytes.push(sign::DOCS);
                slots.push(Slot { at: at + DOCS_LITERAL, text, is_docs: true, is_name: false, length: None });
                at += DOCS_TOKENS;
                continue;
            }
            let is_exact = exact.iter().any(|region| region.contains(&at));
            let mut exchange = |text: &Range<usize>, is_name: bool| {
                let length = is_exact.then_some(text.len());
                bytes.push(if is_name { sign::NAME } else { sign::TEXT });
                if let Some(length) = length {
                    bytes.push(sign::LENGTH);
                    bytes.extend(length.to_le_bytes());
                }
                slots.push(Slot { at, text: text.clone(), is_docs: false, is_name, length });
            };
            match tokens.get(at)? {
                Token::Ident(text) if at >= attribute && is_exchanged(tokens, at, text) => exchange(text, true),
                Token::Literal(text) if at >= attribute && is_text(tokens.text(text)) => exchange(text, false),
                Token::Ident(text) | Token::Literal(text) => {
                    let text = tokens.text(text);
                    if text.contains('\n') {
                        return None;
                    }
                    bytes.push(sign::KEPT);
                    bytes.extend(text.bytes());
                    bytes.push(sign::KEPT);
                }
                Token::Punct(punct, spacing) => {
                    bytes.extend(punct.encode_utf8(&mut [0; 4]).bytes());
                    bytes.extend((*spacing == Spacing::Joint).then_some(sign::JOINT));
                    if *punct == '#' {
                        attribute = attribute.max(tokens.behind(at + 1));
                    }
                }
                Token::Open(delimiter, _) => bytes.push(opening(*delimiter)),
                Token::Close => bytes.push(sign::CLOSE),
            }
            at += 1;
        }
        Some((Self { within, bytes, broken: Vec::new() }, slots))
    }

    /// The key of such a piece some of whose lines are broken; `None` if they were already.
    pub fn broken(self, lines: &[usize]) -> Option<Self> {
        self.broken.is_empty().then(|| Self { broken: lines.to_vec(), ..self })
    }
}

/// What a key has in place of tokens; none of these is in the text of one.
mod sign {
    pub const NAME: u8 = 1;
    pub const TEXT: u8 = 2;
    pub const DOCS: u8 = 3;
    pub const KEPT: u8 = 4;
    pub const JOINT: u8 = 5;
    pub const CLOSE: u8 = 6;
    pub const LENGTH: u8 = 7;
}

fn opening(delimiter: Delimiter) -> u8 {
    match delimiter {
        Delimiter::Parenthesis => b'(',
        Delimiter::Brace => b'{',
        Delimiter::Bracket => b'[',
        Delimiter::None => b' ',
    }
}

/// How many tokens docs are, and which of them has their number.
const DOCS_TOKENS: usize = 6;
const DOCS_LITERAL: usize = 4;

/// The number of the docs that begin at a token.
fn docs(tokens: &Tokens, at: usize) -> Option<Range<usize>> {
    if !tokens.is_punct(at, '#') || tokens.name(at + 2) != Some("doc") {
        return None;
    }
    let Some(Token::Literal(range)) = tokens.get(at + DOCS_LITERAL) else { return None };
    // As a literal spells the sign that docs are marked with.
    let number = tokens.text(range).strip_prefix("\"\\u{1f}")?.strip_suffix('"')?;
    Some(range.end - 1 - number.len()..range.end - 1)
}

fn is_exchanged(tokens: &Tokens, at: usize, text: &Range<usize>) -> bool {
    text.len() >= NAME && !tokens.is_punct(at + 1, '!') && !is_long_word(tokens.text(text))
}

fn is_text(literal: &str) -> bool {
    literal.len() >= TEXT && literal.starts_with('"') && literal.ends_with('"') && !literal.contains('\n')
}

/// Whether a word of Rust is no name.
pub(super) fn is_word(name: &str) -> bool {
    is_long_word(name) || matches!(name, "if" | "loop" | "for")
}

/// Whether a struct expression has a line for each of its fields, whatever stands in place of its names.
pub(super) fn is_long_struct(tokens: &Tokens, start: usize, close: usize) -> bool {
    (start..close).map(|at| shortest(tokens, at)).sum::<usize>() > STRUCT
}

/// How long a token is at least, whatever it is exchanged for.
fn shortest(tokens: &Tokens, at: usize) -> usize {
    match tokens.get(at) {
        Some(Token::Ident(text)) if is_exchanged(tokens, at, text) => NAME,
        Some(Token::Literal(text)) if is_text(tokens.text(text)) => TEXT,
        Some(Token::Ident(text) | Token::Literal(text)) => text.len(),
        _ => 1,
    }
}

/// The struct expressions that may be short enough for one line. Whatever has braces behind a name is taken for one.
fn short_structs(tokens: &Tokens, range: Range<usize>) -> Vec<Range<usize>> {
    let braces = range.clone().filter_map(|at| match tokens.get(at) {
        Some(Token::Open(Delimiter::Brace, close)) if at > range.start => Some((at, *close)),
        _ => None,
    });
    let expressions = braces.filter_map(|(open, close)| {
        let is_path = |at: &usize| tokens.name(*at).is_some() || tokens.is_punct(*at, ':');
        let start = (range.start..open).rev().take_while(is_path).last()?;
        (!is_long_struct(tokens, start, close)).then_some(start..close)
    });
    expressions.collect()
}
