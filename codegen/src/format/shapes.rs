//! How code of a shape is laid out: found out once, and done again with other names.
//!
//! Emitted code says the same thing of thousands of names. To parse and print each of them takes most of the time that
//! a crate takes. So pieces of code that differ only in their names, texts and docs are parsed and printed once, with
//! names that are as short as names of their kind can be. Longer ones in their place change no line, as long as each
//! line still fits: what did not fit with shorter names does not fit with longer ones either. If a line does not fit any
//! more, the shape is another one: that of code whose names are just so long that this line does not fit.
//!
//! How prettyplease breaks lines depends on three things besides: on whether a name has more letters than an
//! indentation, on whether a struct expression is short, and on the names of macros and
//! attributes. Pieces are of one shape only if they are alike in these.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::File;

use super::WIDTH;
use super::functions::{Functions, Part};
use super::key::{BLANK, Key, PAD, Slot};
use super::tokens::{Item, Kind, Tokens};
use crate::maps::HashMap;
use crate::render::doc;

/// The shapes that are known.
#[derive(Default)]
pub(super) struct Shapes(Mutex<HashMap<Key, Option<Arc<Shape>>>>);

/// The text of a piece of code around what can be exchanged.
struct Shape {
    pieces: Vec<Piece>,
    /// How long each line is at least.
    lines: Vec<usize>,
}

/// A text, and how long its lines are.
struct Piece {
    text: String,
    lines: Vec<usize>,
}

/// What a piece of code is within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Within {
    File,
    Struct,
    Enum,
    Impl,
    /// It is what stands in front of the members of one of these.
    Head(Kind),
    /// It is a part of a function that is so deep in other items.
    Function(Part, usize),
}

impl Shapes {
    /// Puts the text of an item behind others.
    pub fn lay_out(&self, tokens: &Tokens, item: &Item, text: &mut String) -> syn::Result<()> {
        let within = match item.kind {
            Kind::Struct => Within::Struct,
            Kind::Enum => Within::Enum,
            Kind::Impl => Within::Impl,
            _ => return self.whole(tokens, item, Within::File, text),
        };
        let Some(body) = item.body.clone().filter(|body| !body.is_empty()) else {
            return self.piece(tokens, item.range.clone(), Within::File, text);
        };
        self.piece(tokens, item.range.start..body.start - 1, Within::Head(item.kind), text)?;
        match within {
            Within::Impl => {
                let mut members = tokens.items_of(body).into_iter();
                members.try_for_each(|member| self.whole(tokens, &member, within, text))?;
            }
            _ => {
                let mut members = tokens.fields(body).into_iter();
                members.try_for_each(|member| self.piece(tokens, member, within, text))?;
            }
        }
        text.push_str("}\n");
        Ok(())
    }

    /// Puts the text of what has no members behind others.
    fn whole(&self, tokens: &Tokens, item: &Item, within: Within, text: &mut String) -> syn::Result<()> {
        let functions = Functions { shapes: self, tokens, depth: usize::from(within == Within::Impl) };
        match functions.lay_out(item) {
            Some(function) => text.push_str(&function),
            None => self.piece(tokens, item.range.clone(), within, text)?,
        }
        Ok(())
    }

    /// Puts the text of a piece of code behind others.
    pub fn piece(&self, tokens: &Tokens, range: Range<usize>, within: Within, text: &mut String) -> syn::Result<()> {
        let start = text.len();
        let mut next = Key::of(tokens, range.clone(), within);
        // What is too long for its shape has another one, in which the lines are broken that are too long.
        while let Some((key, slots)) = next.take() {
            let Some(shape) = self.shape(&key, &slots, tokens, range.clone())? else { break };
            let too_long = shape.fill(tokens, &slots, text);
            if too_long.is_empty() {
                return Ok(());
            }
            text.truncate(start);
            next = shape.longer(slots, &too_long).and_then(|slots| Some((key.broken(&too_long)?, slots)));
        }
        text.push_str(&within.laid_out(tokens.code(range, &|_| None)?)?);
        Ok(())
    }

    /// The shape of a piece of code; `None` if it has none.
    fn shape(
        &self,
        key: &Key,
        slots: &[Slot],
        tokens: &Tokens,
        range: Range<usize>,
    ) -> syn::Result<Option<Arc<Shape>>> {
        let known = self.known().get(key).cloned();
        if let Some(shape) = known {
            return Ok(shape);
        }
        let blank = |at: usize| {
            let index = slots.binary_search_by_key(&at, |slot| slot.at).ok()?;
            slots.get(index).map(Slot::blank)
        };
        let laid_out = key.within.laid_out(tokens.code(range, &blank)?)?;
        let shape = Shape::of(&laid_out, slots.len()).map(Arc::new);
        self.known().insert(key.clone(), shape.clone());
        Ok(shape)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Key, Option<Arc<Shape>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Piece {
    fn of(text: &str) -> Self {
        Self { text: text.to_owned(), lines: text.split('\n').map(str::len).collect() }
    }
}

impl Shape {
    /// The pieces between so many blanks; `None` if there are others than these.
    fn of(text: &str, blanks: usize) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once(BLANK) {
            let behind = behind.trim_start_matches(PAD);
            // A text is exchanged with its quotes.
            let text = before.strip_suffix('"').zip(behind.strip_prefix('"'));
            let (before, behind) = text.unwrap_or((before, behind));
            pieces.push(Piece::of(before));
            rest = behind;
        }
        pieces.push(Piece::of(rest));
        let lines = text.split('\n').map(str::len).collect();
        (pieces.len() == blanks + 1).then_some(Self { pieces, lines })
    }

    /// Puts the text with what is to stand in place of the blanks behind others; gives the lines that get too long.
    fn fill(&self, tokens: &Tokens, slots: &[Slot], text: &mut String) -> Vec<usize> {
        let mut lines = Lines::default();
        let mut pieces = self.pieces.iter();
        if let Some(first) = pieces.next() {
            lines.push(first, text);
        }
        for (slot, piece) in slots.iter().zip(pieces) {
            if slot.is_docs {
                // They have a line of their own, and are laid out later.
                text.push(doc::MARK);
                text.push_str(tokens.text(&slot.text));
            } else {
                let other = tokens.text(&slot.text);
                text.push_str(other);
                lines.lengthen(other.len());
            }
            lines.push(piece, text);
        }
        lines.too_long
    }

    /// What can be exchanged, with blanks that are just long enough together for some lines to be too long.
    fn longer(&self, mut slots: Vec<Slot>, too_long: &[usize]) -> Option<Vec<Slot>> {
        let mut line = 0;
        let mut lines: Vec<Vec<usize>> = vec![Vec::new(); self.lines.len()];
        for (index, (piece, slot)) in self.pieces.iter().zip(&slots).enumerate() {
            line += piece.lines.len() - 1;
            lines.get_mut(line)?.extend((!slot.is_docs).then_some(index));
        }
        for line in too_long {
            let missing = (WIDTH + 1).checked_sub(*self.lines.get(*line)?)?;
            let blanks = lines.get(*line)?;
            let each = missing.checked_div(blanks.len())?;
            let rest = missing % blanks.len();
            for (count, index) in blanks.iter().enumerate() {
                slots.get_mut(*index)?.lengthen(each + usize::from(count < rest));
            }
        }
        Some(slots)
    }
}

/// How long the lines of a text get.
#[derive(Default)]
struct Lines {
    count: usize,
    /// How much there is of the last one.
    length: usize,
    too_long: Vec<usize>,
}

impl Lines {
    /// Puts a piece behind others.
    fn push(&mut self, piece: &Piece, text: &mut String) {
        text.push_str(&piece.text);
        for (index, length) in piece.lines.iter().enumerate() {
            if index > 0 {
                self.count += 1;
                self.length = 0;
            }
            self.lengthen(*length);
        }
    }

    /// Makes the last line longer.
    fn lengthen(&mut self, by: usize) {
        self.length += by;
        if self.length > WIDTH && self.too_long.last() != Some(&self.count) {
            self.too_long.push(self.count);
        }
    }
}

impl Within {
    /// The text of code in this place, by prettyplease.
    fn laid_out(self, code: TokenStream) -> syn::Result<String> {
        let (item, start, end) = match self {
            Self::File => (code, "", ""),
            Self::Struct => (braced(ours("struct X"), code), "struct X {\n", "}\n"),
            Self::Enum => (braced(ours("enum X"), code), "enum X {\n", "}\n"),
            Self::Impl => (braced(ours("impl X"), code), "impl X {\n", "}\n"),
            Self::Head(Kind::Struct) => (braced(code, ours("x: X")), "", "    x: X,\n}\n"),
            Self::Head(Kind::Enum) => (braced(code, ours("X")), "", "    X,\n}\n"),
            Self::Head(_) => (braced(code, ours("type X = X;")), "", "    type X = X;\n}\n"),
            Self::Function(part, 0) => {
                let (start, end) = part.around();
                (part.within(code), start, end)
            }
            Self::Function(part, _) => {
                let text = Self::Impl.laid_out(part.within(code))?;
                let (start, end) = part.around();
                let start = indented(start);
                let end = if start.ends_with('\n') { indented(end) } else { end.to_owned() };
                return within(&text, &start, &end).map(str::to_owned);
            }
        };
        within(&printed(syn::parse2(item)?), start, end).map(str::to_owned)
    }
}

/// Lines as they are in an `impl`.
fn indented(lines: &str) -> String {
    lines.split_inclusive('\n').flat_map(|line| ["    ", line]).collect()
}

/// What is between two texts.
fn within<'a>(text: &'a str, start: &str, end: &str) -> syn::Result<&'a str> {
    let inner = text.strip_prefix(start).and_then(|text| text.strip_suffix(end));
    inner.ok_or_else(|| syn::Error::new(Span::call_site(), "this is not laid out as it is elsewhere"))
}

/// Code that is always the same.
pub(super) fn ours(code: &'static str) -> TokenStream {
    code.parse().unwrap_or_default()
}

/// Code with something in braces behind it.
pub(super) fn braced(head: TokenStream, body: TokenStream) -> TokenStream {
    [head, group(Delimiter::Brace, body)].into_iter().collect()
}

/// Code in brackets.
pub(super) fn group(delimiter: Delimiter, code: TokenStream) -> TokenStream {
    TokenTree::from(Group::new(delimiter, code)).into()
}

/// The text of an item, by prettyplease.
fn printed(item: syn::Item) -> String {
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] })
}
