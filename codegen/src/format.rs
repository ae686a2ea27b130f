//! Tokens → text, as a careful person would lay it out: the header, and blank lines between items.

use proc_macro2::TokenStream;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use syn::{File, Item};

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::files::{Files, MARK};
use crate::options::Settings;
use crate::render::{Code, Content, LINE_END, Render, Rendered};
use crate::rule::Rule;
use crate::texts::Comment;

/// The files; or what is wrong with the code, which is not the description's fault.
pub(crate) fn format(rendered: &[Rendered<'_>], source: &str, settings: &Settings) -> Result<Files, Vec<Diagnostic>> {
    let mut files = Files::default();
    let (command, source) = (Comment::of(&settings.command), Comment::of(source));
    let header = format!("{MARK} by `{command}` from {source}. Do not edit.");
    let texts: Vec<_> = rendered.par_iter().map(|file| text(&file.content, &header)).collect();
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
fn text(content: &Content<'_>, header: &str) -> Result<String, String> {
    Ok(match content {
        Content::Code(render) => {
            let text = code(render).map_err(|error| error.to_string())?;
            format!("// {header}\n\n{text}")
        }
        Content::Verbatim(text) => format!("// {header}\n\n{text}"),
        Content::Text(text) => format!("# {header}\n\n{text}"),
    })
}

fn code(render: &Render<'_>) -> syn::Result<String> {
    let (mut items, mut result) = (String::new(), Ok(()));
    let head = render(&mut |code| {
        let laid_out = match code {
            Code::Tokens(tokens) => lay_out(tokens, &mut items),
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
    lay_out(head, &mut text)?;
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

/// Puts items behind others.
fn lay_out(tokens: TokenStream, text: &mut String) -> syn::Result<()> {
    let mut previous = None;
    let File { shebang, attrs, items, .. } = syn::parse2(tokens)?;
    if !attrs.is_empty() {
        let (docs, attrs): (Vec<_>, Vec<_>) = attrs.into_iter().partition(|attr| attr.path().is_ident("doc"));
        for attrs in [docs, attrs].into_iter().filter(|attrs| !attrs.is_empty()) {
            separate(text);
            let head = File { shebang: shebang.clone(), frontmatter: None, attrs, items: Vec::new() };
            text.push_str(&with_docs(&prettyplease::unparse(&head)));
        }
    }
    for item in items {
        let stands_with_previous = kind(&item) != Kind::Other && previous == Some(kind(&item));
        if !stands_with_previous {
            separate(text);
        }
        previous = Some(kind(&item));
        let is_constant = matches!(item, Item::Const(_));
        let item =
            prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] });
        // A constant may be a text of several lines, which is not to be touched.
        text.push_str(&if is_constant { with_docs(&item) } else { spaced(&item) });
    }
    Ok(())
}

/// Items that stand together without blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Use,
    PublicUse,
    Other,
}

fn kind(item: &Item) -> Kind {
    match item {
        Item::Mod(module) if module.content.is_none() => Kind::Module,
        Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => Kind::PublicUse,
        Item::Use(_) => Kind::Use,
        _ => Kind::Other,
    }
}

/// Text with the docs that are one line of it laid out.
fn with_docs(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    text.lines().for_each(|line| push_line(&mut output, line));
    output
}

/// Puts a line behind the others; docs as the lines that they have, each under the first.
fn push_line(output: &mut String, line: &str) {
    let text = line.trim_start();
    let mark = ["///", "//!"].into_iter().find(|mark| text.starts_with(mark) && text.contains(LINE_END));
    let Some(mark) = mark else {
        output.push_str(line);
        output.push('\n');
        return;
    };
    let (indentation, docs) = (&line[..line.len() - text.len()], &text[mark.len()..]);
    for doc in docs.split(LINE_END) {
        output.extend([indentation, mark, doc]);
        output.push('\n');
    }
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
        let same_kind = is_type(previous.trim_start()) && member.is_some_and(is_type);
        if begins && ended && !same_kind {
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
