//! Tokens → text, as a careful person would lay it out: the header, and blank lines between items.

mod functions;
mod key;
mod shapes;
#[cfg(test)]
mod tests;
mod tokens;

use std::sync::Arc;

use proc_macro2::TokenStream;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use syn::File;

use self::shapes::Shapes;
use self::tokens::{Item, Kind, Tokens};

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::files::{Files, MARK};
use crate::options::Settings;
use crate::render::{Code, Content, Render, Rendered, doc};
use crate::rule::Rule;
use crate::texts::Comment;

/// The most characters that a line of code has, as prettyplease lays it out.
pub(crate) const WIDTH: usize = 89;

/// The files; or what is wrong with the code, which is not the description's fault.
pub(crate) fn format(
    rendered: &[Rendered<'_>],
    source: &str,
    settings: &Settings,
    docs: &Arc<doc::Known>,
) -> Result<Files, Vec<Diagnostic>> {
    let mut files = Files::default();
    let (command, source) = (Comment::of(&settings.command), Comment::of(source));
    let header = format!("{MARK} by `{command}` from {source}. Do not edit.");
    let shapes = Shapes::default();
    let texts: Vec<_> = rendered.par_iter().map(|file| text(&file.content, &header, &shapes, docs)).collect();
    let mut mistakes = Vec::new();
    for (Rendered { path, .. }, text) in rendered.iter().zip(texts) {
        match text {
            Ok(text) => {
                if files.insert(path.clone(), text).is_some() {
                    let message = format!("two files of the emitted crate would be called {path}");
                    mistakes.push(Diagnostic::error(Rule::NameCollision, &Origin::new(""), message));
                }
            }
            Err(error) => {
                let message = format!("the code of {path} is not valid Rust: {error}");
                let diagnostic = Diagnostic::error(Rule::Internal, &Origin::new(""), message);
                mistakes
                    .push(diagnostic.help("this is a mistake of the generator; please report it with the description"));
            }
        }
    }
    if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
}

/// The text of a file, or why its code is not Rust.
fn text(content: &Content<'_>, header: &str, shapes: &Shapes, docs: &Arc<doc::Known>) -> Result<String, String> {
    Ok(match content {
        Content::Code(render) => {
            let text = doc::keeping(docs, || code(render, shapes)).map_err(|error| error.to_string())?;
            format!("// {header}\n\n{text}")
        }
        Content::Verbatim(text) => format!("// {header}\n\n{text}"),
        Content::Text(text) => format!("# {header}\n\n{text}"),
        Content::Json(text) => format!("{text}\n"),
    })
}

fn code(render: &Render<'_>, shapes: &Shapes) -> syn::Result<String> {
    let (mut items, mut result) = (String::new(), Ok(()));
    let head = render(&mut |code| {
        let laid_out = match code {
            Code::Tokens(code) => lay_out(&code, shapes, &mut items),
            Code::Text(text) => {
                separate(&mut items);
                items.push_str(&text);
                Ok(())
            }
        };
        if result.is_ok() {
            result = laid_out;
        }
    });
    result?;
    let mut text = String::new();
    lay_out(&head, shapes, &mut text)?;
    if !items.is_empty() {
        separate(&mut text);
    }
    Ok(text + &items)
}

/// Puts a blank line behind what there is.
fn separate(text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
}

/// Puts items behind others, and what is said of all of them in front.
fn lay_out(tokens: &Tokens, shapes: &Shapes, text: &mut String) -> syn::Result<()> {
    let mut previous = None;
    let (head, items) = tokens.items();
    if !head.is_empty() {
        lay_out_head(tokens.code(head, &|_| None)?, text)?;
    }
    for item in items {
        let group = Group::of(&item);
        if group.is_none() || group != previous {
            separate(text);
        }
        previous = group;
        let mut laid_out = String::new();
        shapes.lay_out(tokens, &item, &mut laid_out)?;
        // A constant may be a text of several lines, which is not to be touched.
        text.push_str(&if item.kind == Kind::Constant { with_docs(&laid_out) } else { spaced(&laid_out) });
    }
    Ok(())
}

/// What is said of a whole file: its docs, and then its other attributes.
fn lay_out_head(code: TokenStream, text: &mut String) -> syn::Result<()> {
    let File { shebang, attrs, .. } = syn::parse2(code)?;
    let (docs, attrs): (Vec<_>, Vec<_>) = attrs.into_iter().partition(|attr| attr.path().is_ident("doc"));
    for attrs in [docs, attrs].into_iter().filter(|attrs| !attrs.is_empty()) {
        separate(text);
        let head = File { shebang: shebang.clone(), frontmatter: None, attrs, items: Vec::new() };
        text.push_str(&with_docs(&prettyplease::unparse(&head)));
    }
    Ok(())
}

/// Items that stand together without blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Modules,
    Uses,
    PublicUses,
}

impl Group {
    fn of(item: &Item) -> Option<Self> {
        match item.kind {
            Kind::Module if item.body.is_none() => Some(Self::Modules),
            Kind::Use if item.is_public => Some(Self::PublicUses),
            Kind::Use => Some(Self::Uses),
            _ => None,
        }
    }
}

/// Text with the docs in place of what stands for them.
fn with_docs(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    text.lines().for_each(|line| push_line(&mut output, line));
    output
}

/// Puts a line behind the others; in place of what stands for docs, these.
fn push_line(output: &mut String, line: &str) {
    // Most lines are none of docs, which is seen at a glance.
    let marked = memchr::memchr(doc::MARK as u8, line.as_bytes()).and_then(|at| line.split_at_checked(at));
    let Some((start, mark)) = marked.filter(|(start, _)| matches!(start.trim_start(), "///" | "//!")) else {
        output.push_str(line);
        output.push('\n');
        return;
    };
    doc::with_lines(mark, |lines| {
        for line in lines.split('\n') {
            output.extend([start, line, "\n"]);
        }
    });
}

/// An item with blank lines between its members, where a member is documented or has a body.
fn spaced(item: &str) -> String {
    const MEMBER: &str = "    ";
    let mut output = String::with_capacity(item.len());
    let mut previous = "";
    for line in item.lines() {
        let member = line.strip_prefix(MEMBER).filter(|rest| !rest.starts_with([' ', '}', ')']));
        let begins =
            member.is_some_and(|member| member.starts_with(['/', '#']) || is_body_start(member) || is_type(member));
        let ended = previous.strip_prefix(MEMBER).is_some_and(|rest| !rest.starts_with([' ', '/', '#']));
        let is_same_kind = || is_type(previous.trim_start()) && member.is_some_and(is_type);
        if begins && ended && !is_same_kind() {
            output.push('\n');
        }
        push_line(&mut output, line);
        previous = line;
    }
    output
}

fn is_body_start(member: &str) -> bool {
    ["fn ", "pub fn ", "pub(crate) fn ", "async fn ", "pub async fn "].iter().any(|start| member.starts_with(start))
}

fn is_type(member: &str) -> bool {
    member.starts_with("type ")
}
