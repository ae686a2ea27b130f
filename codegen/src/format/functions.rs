//! Functions are laid out part by part: hardly two of them are alike, but their arguments and statements are.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream};

use super::WIDTH;
use super::key::{is_long_struct, is_word};
use super::shapes::{Shapes, Within, braced, group, ours};
use super::tokens::{Item, Token, Tokens};

/// A part of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// All up to the name, with attributes and generics.
    Front,
    Argument,
    /// The type of what it gives, with the arrow.
    Result,
    Statement,
    /// What a `match` is about.
    Matched,
    Arm,
    /// Of a struct expression that has a line for each.
    Field,
}

impl Part {
    /// A function with the part in it.
    pub fn within(self, code: TokenStream) -> TokenStream {
        let joined = |codes: [TokenStream; 3]| TokenStream::from_iter(codes);
        let function = |body: TokenStream| braced(ours("fn x()"), body);
        match self {
            Self::Front => joined([code, ours("()"), ours("{}")]),
            Self::Argument => joined([ours("fn x"), group(Delimiter::Parenthesis, code), ours("{}")]),
            Self::Result => joined([ours("fn x()"), code, ours("{}")]),
            Self::Statement => function(code),
            Self::Matched => function(braced(code, ours("_ => x"))),
            Self::Arm => function(braced(ours("match x"), code)),
            Self::Field => {
                let fields = joined([code, ours(","), ours("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: x")]);
                function(braced(ours("X"), fields))
            }
        }
    }

    /// What stands before the part and behind it in the text of such a function.
    pub fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Front => ("", "() {}\n"),
            Self::Argument => ("fn x(", ") {}\n"),
            Self::Result => ("fn x()", " {}\n"),
            Self::Statement => ("fn x() {\n", "}\n"),
            Self::Matched => ("fn x() {\n", "        _ => x,\n    }\n}\n"),
            Self::Arm => ("fn x() {\n    match x {\n", "    }\n}\n"),
            Self::Field => ("fn x() {\n    X {\n", "        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: x,\n    }\n}\n"),
        }
    }
}

/// Lays out functions that are so deep in other items.
pub(super) struct Functions<'a> {
    pub shapes: &'a Shapes,
    pub tokens: &'a Tokens,
    pub depth: usize,
}

/// Where the parts of a signature are.
struct Signature {
    front: Range<usize>,
    arguments: Range<usize>,
    result: Range<usize>,
}

impl Functions<'_> {
    /// The text of a function; `None` if it is none, or not one of those that can be laid out part by part.
    pub fn lay_out(&self, function: &Item) -> Option<String> {
        let body = function.body.clone().filter(|body| !body.is_empty())?;
        let signature = self.parts(function.range.start..body.start - 1)?;
        let mut text = String::new();
        self.signature(&signature, &mut text)?;
        for statement in self.statements(body)? {
            self.statement(statement, &mut text)?;
        }
        text.push_str(self.indentation());
        text.push_str("}\n");
        Some(text)
    }

    fn indentation(&self) -> &'static str {
        if self.depth == 0 { "" } else { "    " }
    }

    fn part(&self, part: Part, range: Range<usize>, text: &mut String) -> Option<()> {
        self.shapes.piece(self.tokens, range, Within::Function(part, self.depth), text).ok()
    }

    /// The text of a part that takes no line of its own.
    fn inline(&self, part: Part, range: Range<usize>) -> Option<String> {
        let mut text = String::with_capacity(WIDTH);
        if !range.is_empty() {
            self.part(part, range, &mut text)?;
        }
        (!text.contains('\n')).then_some(text)
    }

    fn parts(&self, head: Range<usize>) -> Option<Signature> {
        let tokens = self.tokens;
        let top = |from: usize| tokens.top(from..head.end);
        let word = top(head.start).find(|at| tokens.name(*at) == Some("fn"))?;
        let mut angles = 0_usize;
        let open = top(word + 1).find(|at| {
            match tokens.get(*at) {
                Some(Token::Punct('<', _)) => angles += 1,
                Some(Token::Punct('>', _)) if !tokens.is_punct(at - 1, '-') => angles = angles.saturating_sub(1),
                _ => {}
            }
            angles == 0 && matches!(tokens.get(*at), Some(Token::Open(Delimiter::Parenthesis, _)))
        })?;
        let behind = tokens.behind(open);
        let is_plain = !top(behind).any(|at| tokens.name(at) == Some("where"));
        let signature =
            Signature { front: head.start..open, arguments: open + 1..behind - 1, result: behind..head.end };
        is_plain.then_some(signature)
    }

    /// On one line, if that is long enough, or else with a line for each argument.
    fn signature(&self, signature: &Signature, text: &mut String) -> Option<()> {
        self.part(Part::Front, signature.front.clone(), text)?;
        let arguments = self.tokens.fields(signature.arguments.clone()).into_iter();
        let arguments: Vec<_> = arguments.map(|range| self.inline(Part::Argument, range)).collect::<Option<_>>()?;
        let result = self.inline(Part::Result, signature.result.clone())?;
        let front = text.len() - text.rfind('\n').map_or(0, |end| end + 1);
        let in_line: usize = arguments.iter().map(|argument| argument.len() + ", ".len()).sum();
        if front + "(".len() + in_line.saturating_sub(", ".len()) + ")".len() + result.len() + " {".len() <= WIDTH {
            text.extend(["(", &arguments.join(", "), ")", &result, " {\n"]);
            return Some(());
        }
        let indentation = self.indentation();
        let longest = arguments.iter().map(|argument| indentation.len() + "    ,".len() + argument.len()).max()?;
        let last = indentation.len() + ")".len() + result.len() + " {".len();
        text.push_str("(\n");
        arguments.iter().for_each(|argument| text.extend([indentation, "    ", argument, ",\n"]));
        text.extend([indentation, ")", &result, " {\n"]);
        (front < WIDTH && longest <= WIDTH && last <= WIDTH).then_some(())
    }

    /// `None` if there are others than expressions and `let`.
    fn statements(&self, body: Range<usize>) -> Option<Vec<Range<usize>>> {
        const ITEMS: [&str; 8] = ["const", "enum", "fn", "impl", "pub", "static", "struct", "use"];
        const BLOCKS: [&str; 6] = ["for", "if", "loop", "match", "unsafe", "while"];
        let tokens = self.tokens;
        let (mut statements, mut start) = (Vec::new(), body.start);
        for at in tokens.top(body.clone()) {
            let first = tokens.name(start);
            if at == start && (tokens.is_punct(at, '#') || first.is_some_and(|first| ITEMS.contains(&first))) {
                return None;
            }
            let ends = match tokens.get(at) {
                Some(Token::Punct(';', _)) => true,
                Some(Token::Open(Delimiter::Brace, close)) => {
                    let is_block = at == start || first.is_some_and(|first| BLOCKS.contains(&first));
                    is_block && tokens.name(close + 1) != Some("else")
                }
                _ => false,
            };
            if ends {
                statements.push(start..tokens.behind(at));
                start = tokens.behind(at);
            }
        }
        statements.extend((start < body.end).then_some(start..body.end));
        Some(statements)
    }

    fn statement(&self, range: Range<usize>, text: &mut String) -> Option<()> {
        let open = self.tokens.top(range.clone()).last();
        match open.and_then(|open| Some((open, self.tokens.get(open)?))) {
            Some((open, Token::Open(Delimiter::Brace, close))) => {
                let (head, inside) = (range.start..open, open + 1..*close);
                if self.tokens.name(head.start) == Some("match") && !inside.is_empty() {
                    return self.choice(head, inside, text);
                }
                match self.fields(head.clone(), inside) {
                    Some(fields) => self.structure(head, fields, text),
                    None => self.part(Part::Statement, range, text),
                }
            }
            _ => self.part(Part::Statement, range, text),
        }
    }

    fn choice(&self, head: Range<usize>, inside: Range<usize>, text: &mut String) -> Option<()> {
        self.part(Part::Matched, head, text)?;
        let tokens = self.tokens;
        let (mut start, mut is_behind_arrow) = (inside.start, false);
        for at in tokens.top(inside.clone()) {
            let is_arrow = at > start && tokens.is_punct(at, '>') && tokens.is_punct(at - 1, '=');
            let is_block = is_behind_arrow && matches!(tokens.get(at), Some(Token::Open(Delimiter::Brace, _)));
            is_behind_arrow = is_arrow;
            let is_comma = tokens.is_punct(at, ',');
            if is_comma || is_block {
                let end = if is_comma { at } else { tokens.behind(at) };
                // There may be one behind a block, too.
                if start < end {
                    self.part(Part::Arm, start..end, text)?;
                }
                start = tokens.behind(at);
            }
        }
        if start < inside.end {
            self.part(Part::Arm, start..inside.end, text)?;
        }
        text.extend([self.indentation(), "    }\n"]);
        Some(())
    }

    /// The fields of a struct expression that has a line for each.
    fn fields(&self, head: Range<usize>, inside: Range<usize>) -> Option<Vec<Range<usize>>> {
        let tokens = self.tokens;
        let is_path = |at: usize| tokens.is_punct(at, ':') || tokens.name(at).is_some_and(|name| !is_word(name));
        if head.is_empty() || !head.clone().all(is_path) || !is_long_struct(tokens, head.start, inside.end) {
            return None;
        }
        let fields = tokens.fields(inside);
        let is_plain = |field: &Range<usize>| tokens.name(field.start).is_some();
        fields.iter().all(is_plain).then_some(fields)
    }

    fn structure(&self, path: Range<usize>, fields: Vec<Range<usize>>, text: &mut String) -> Option<()> {
        text.extend([self.indentation(), "    "]);
        for at in path {
            text.push_str(self.tokens.name(at).unwrap_or(":"));
        }
        text.push_str(" {\n");
        fields.into_iter().try_for_each(|field| self.part(Part::Field, field, text))?;
        text.extend([self.indentation(), "    }\n"]);
        Some(())
    }
}
