//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::for_rustdoc;
use crate::api::Doc;

/// What stands between the lines of docs that are one attribute until they are laid out: docs are a third
/// of all lines, and an attribute for each costs as much as the code. No text of a description has it.
pub(crate) const LINE_END: &str = "\u{1f}";

/// `///` lines of paragraphs of CommonMark.
pub(super) fn outer(doc: &Doc) -> TokenStream {
    outer_lines(lines(doc))
}

/// `//!` lines of paragraphs of CommonMark.
pub(super) fn inner(doc: &Doc) -> TokenStream {
    inner_lines(lines(doc))
}

/// `//!` lines of text that is known to be fit for rustdoc.
pub(super) fn inner_text(text: &str) -> TokenStream {
    inner_lines(text.lines().map(spaced).collect())
}

/// `///` lines of text that is known to be fit for rustdoc.
pub(super) fn outer_text(text: &str) -> TokenStream {
    outer_lines(text.lines().map(spaced).collect())
}

fn outer_lines(lines: Vec<String>) -> TokenStream {
    joined(&lines).map(|text| quote!(#[doc = #text])).unwrap_or_default()
}

fn inner_lines(lines: Vec<String>) -> TokenStream {
    joined(&lines).map(|text| quote!(#![doc = #text])).unwrap_or_default()
}

fn joined(lines: &[String]) -> Option<String> {
    (!lines.is_empty()).then(|| lines.join(LINE_END))
}

/// A list of what is said about some things, as CommonMark.
pub(super) fn list<'a>(described: impl Iterator<Item = (String, &'a Doc)>) -> String {
    let items: Vec<_> = described.map(|(name, doc)| list_item(&name, &doc.0)).collect();
    items.join("\n")
}

fn list_item(name: &str, paragraphs: &[String]) -> String {
    let text: Vec<_> = paragraphs.iter().map(|text| text.trim()).collect();
    if text.iter().all(|text| text.lines().count() == 1) {
        return format!("- `{name}`: {}", text.join(" ")).trim_end().to_owned();
    }
    let text = text.join("\n\n");
    let lines: Vec<_> = text.lines().map(|line| format!("  {line}")).collect();
    format!("- `{name}`:\n\n{}\n", lines.join("\n"))
}

fn lines(doc: &Doc) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in &doc.0 {
        let paragraph = for_rustdoc(paragraph);
        if !lines.is_empty() && !paragraph.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph.iter().map(|line| spaced(line)));
    }
    lines
}

fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}
