//! Code as a list of its tokens, to which more is added piece by piece.

use std::fmt::Write as _;
use std::ops::Range;

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};

/// Tokens in the order in which they stand. Other than streams of tokens, it is put together without copies of what is
/// put into it.
#[derive(Default)]
pub(crate) struct Tokens {
    all: Vec<Token>,
    /// The texts of names and literals.
    text: String,
}

#[derive(Clone, Debug)]
pub(crate) enum Token {
    /// A name, and where its text is.
    Ident(Range<usize>),
    Literal(Range<usize>),
    Punct(char, Spacing),
    /// A bracket, and which token closes it.
    Open(Delimiter, usize),
    Close,
}

impl From<TokenStream> for Tokens {
    fn from(code: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.push(code);
        tokens
    }
}

impl Extend<TokenStream> for Tokens {
    fn extend<I: IntoIterator<Item = TokenStream>>(&mut self, pieces: I) {
        pieces.into_iter().for_each(|piece| self.push(piece));
    }
}

impl Tokens {
    /// Puts a piece of code behind what there is.
    pub fn push(&mut self, code: TokenStream) {
        for tree in code {
            match tree {
                TokenTree::Ident(ident) => {
                    let range = self.write(&ident);
                    self.all.push(Token::Ident(range));
                }
                TokenTree::Literal(literal) => {
                    let range = self.write(&literal);
                    self.all.push(Token::Literal(range));
                }
                TokenTree::Punct(punct) => self.all.push(Token::Punct(punct.as_char(), punct.spacing())),
                TokenTree::Group(group) => {
                    let (delimiter, inner) = (group.delimiter(), group.stream());
                    // What nobody else has need not be copied.
                    drop(group);
                    self.group(delimiter, |tokens| tokens.push(inner));
                }
            }
        }
    }

    /// Puts a name or a keyword behind it.
    pub fn word(&mut self, name: &str) {
        let range = self.write(&name);
        self.all.push(Token::Ident(range));
    }

    /// Puts a text in quotes behind it.
    pub fn quoted(&mut self, text: &str) {
        let range = self.write(&Literal::string(text));
        self.all.push(Token::Literal(range));
    }

    /// Puts a sign behind it that stands alone.
    pub fn sign(&mut self, sign: char) {
        self.all.push(Token::Punct(sign, Spacing::Alone));
    }

    /// Puts braces behind it, with what is put into them.
    pub fn braces(&mut self, fill: impl FnOnce(&mut Self)) {
        self.group(Delimiter::Brace, fill);
    }

    /// Puts brackets behind it, with what is put into them.
    pub fn brackets(&mut self, fill: impl FnOnce(&mut Self)) {
        self.group(Delimiter::Bracket, fill);
    }

    /// Puts parentheses behind it, with what is put into them.
    pub fn parentheses(&mut self, fill: impl FnOnce(&mut Self)) {
        self.group(Delimiter::Parenthesis, fill);
    }

    fn group(&mut self, delimiter: Delimiter, fill: impl FnOnce(&mut Self)) {
        let open = self.all.len();
        self.all.push(Token::Open(delimiter, open));
        fill(self);
        let close = self.all.len();
        self.all.push(Token::Close);
        if let Some(Token::Open(_, end)) = self.all.get_mut(open) {
            *end = close;
        }
    }

    /// Puts what was put together by itself behind it.
    pub fn append(&mut self, other: &Self) {
        let (text, index) = (self.text.len(), self.all.len());
        let within = |range: &Range<usize>| range.start + text..range.end + text;
        self.text.push_str(&other.text);
        self.all.extend(other.all.iter().map(|token| match token {
            Token::Ident(range) => Token::Ident(within(range)),
            Token::Literal(range) => Token::Literal(within(range)),
            Token::Open(delimiter, close) => Token::Open(*delimiter, close + index),
            token => token.clone(),
        }));
    }

    fn write(&mut self, token: &impl std::fmt::Display) -> Range<usize> {
        let start = self.text.len();
        let _ = write!(self.text, "{token}");
        start..self.text.len()
    }

    /// How many tokens there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    pub fn get(&self, index: usize) -> Option<&Token> {
        self.all.get(index)
    }

    /// The text of a name or a literal.
    pub fn text(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}
