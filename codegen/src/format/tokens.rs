//! What tokens are, as far as that can be seen without a parser, and pieces of them.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Span, TokenStream, TokenTree};

pub(super) use crate::render::{Token, Tokens};

/// What a name or a literal is to be instead.
pub(super) type Instead<'a> = dyn Fn(usize) -> Option<String> + 'a;

impl Tokens {
    /// The name at an index.
    pub(super) fn name(&self, index: usize) -> Option<&str> {
        match self.get(index) {
            Some(Token::Ident(range)) => Some(self.text(range)),
            _ => None,
        }
    }

    pub(super) fn is_punct(&self, index: usize, sign: char) -> bool {
        matches!(self.get(index), Some(Token::Punct(known, _)) if *known == sign)
    }

    /// What comes behind the token at an index, or behind the bracket that it opens.
    pub(super) fn behind(&self, index: usize) -> usize {
        match self.get(index) {
            Some(Token::Open(_, close)) => close + 1,
            _ => index + 1,
        }
    }

    /// Some tokens without those that are in brackets.
    pub(super) fn top(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let first = Some(range.start).filter(|_| !range.is_empty());
        std::iter::successors(first, move |at| Some(self.behind(*at)).filter(|next| *next < range.end))
    }

    /// The code of some of the tokens again, with other names and literals in place of some.
    pub(super) fn code(&self, range: Range<usize>, instead: &Instead<'_>) -> syn::Result<TokenStream> {
        let mut trees = Vec::new();
        let mut at = range.start;
        while at < range.end {
            trees.push(match self.get(at) {
                Some(Token::Ident(range)) => {
                    let text = instead(at);
                    let text = text.as_deref().unwrap_or(self.text(range));
                    TokenTree::Ident(match text.strip_prefix("r#") {
                        Some(text) => Ident::new_raw(text, Span::call_site()),
                        None => Ident::new(text, Span::call_site()),
                    })
                }
                Some(Token::Literal(range)) => {
                    let text = instead(at);
                    let literal: Literal = text.as_deref().unwrap_or(self.text(range)).parse()?;
                    TokenTree::Literal(literal)
                }
                Some(Token::Punct(sign, spacing)) => TokenTree::Punct(Punct::new(*sign, *spacing)),
                Some(Token::Open(delimiter, close)) => {
                    let inner = self.code(at + 1..*close, instead)?;
                    TokenTree::Group(Group::new(*delimiter, inner))
                }
                Some(Token::Close) | None => break,
            });
            at = self.behind(at);
        }
        Ok(trees.into_iter().collect())
    }

    /// What is said of all the code, which stands in front, and the items behind it.
    pub(super) fn items(&self) -> (Range<usize>, Vec<Item>) {
        let mut start = 0;
        while self.is_punct(start, '#') && self.is_punct(start + 1, '!') {
            start = self.behind(start + 2);
        }
        (0..start, self.items_of(start..self.count()))
    }

    /// The items that some tokens are.
    pub(super) fn items_of(&self, range: Range<usize>) -> Vec<Item> {
        let mut items = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let item = self.item(start, range.end);
            start = item.range.end;
            items.push(item);
        }
        items
    }

    fn item(&self, start: usize, end: usize) -> Item {
        let mut at = start;
        while self.is_punct(at, '#') {
            at = self.behind(at + 1);
        }
        let mut is_public = self.name(at) == Some("pub");
        if is_public {
            at += 1;
            if matches!(self.get(at), Some(Token::Open(Delimiter::Parenthesis, _))) {
                // Only within the crate.
                is_public = false;
                at = self.behind(at);
            }
        }
        let kind = match (self.name(at), self.name(at + 1)) {
            (Some("use"), _) => Kind::Use,
            (Some("const"), name) if !matches!(name, Some("fn" | "unsafe" | "async")) => Kind::Constant,
            (Some("type"), _) => Kind::Type,
            (Some("mod"), _) => Kind::Module,
            (Some("struct"), _) => Kind::Struct,
            (Some("enum"), _) => Kind::Enum,
            (Some("impl"), _) => Kind::Impl,
            _ => Kind::Other,
        };
        let ends_with_semicolon = matches!(kind, Kind::Use | Kind::Constant | Kind::Type);
        let mut body = None;
        while at < end {
            let next = self.behind(at);
            match self.get(at) {
                Some(Token::Punct(';', _)) => return Item { range: start..next, kind, is_public, body },
                Some(Token::Open(Delimiter::Brace, close)) if !ends_with_semicolon => {
                    body = Some(at + 1..*close);
                    return Item { range: start..next, kind, is_public, body };
                }
                _ => at = next,
            }
        }
        // What does not end is for the parser to complain about.
        Item { range: start..end, kind: Kind::Other, is_public, body: None }
    }

    /// The fields or the variants that some tokens are: what stands between commas.
    pub(super) fn fields(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut fields = Vec::new();
        let (mut start, mut at, mut angles) = (range.start, range.start, 0_usize);
        while at < range.end {
            match self.get(at) {
                Some(Token::Punct('<', _)) => angles += 1,
                Some(Token::Punct('>', _)) if at == 0 || !self.is_punct(at - 1, '-') => {
                    angles = angles.saturating_sub(1);
                }
                Some(Token::Punct(',', _)) if angles == 0 => {
                    fields.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
            at = self.behind(at);
        }
        if start < range.end {
            fields.push(start..range.end);
        }
        fields
    }
}

/// An item, or what is like one in an `impl`.
pub(super) struct Item {
    pub range: Range<usize>,
    pub kind: Kind,
    pub is_public: bool,
    /// What is in the braces that it ends with.
    pub body: Option<Range<usize>>,
}

/// What an item is, as far as that decides how it is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Module,
    Use,
    Constant,
    Type,
    Struct,
    Enum,
    Impl,
    Other,
}
