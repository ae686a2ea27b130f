//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::for_rustdoc;
use crate::api::Doc;

/// `///` lines of paragraphs of CommonMark.
pub(super) fn outer(doc: &Doc) -> TokenStream {
    let lines = lines(doc);
    quote!(#(#[doc = #lines])*)
}

/// `//!` lines of paragraphs of CommonMark.
pub(super) fn inner(doc: &Doc) -> TokenStream {
    let lines = lines(doc);
    quote!(#(#![doc = #lines])*)
}

/// `//!` lines of text that is known to be fit for rustdoc.
pub(super) fn inner_text(text: &str) -> TokenStream {
    let lines = text.lines().map(spaced);
    quote!(#(#![doc = #lines])*)
}

/// `///` lines of text that is known to be fit for rustdoc.
pub(super) fn outer_text(text: &str) -> TokenStream {
    let lines = text.lines().map(spaced);
    quote!(#(#[doc = #lines])*)
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
