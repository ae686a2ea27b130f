//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::texts::Doc;

/// What stands between the lines of docs that are one attribute until they are laid out: docs are a third
/// of all lines, and an attribute for each costs as much as the code. No text of a description has it.
pub(crate) const LINE_END: &str = "\u{1f}";

/// `///` lines.
pub(super) fn outer(doc: &Doc) -> TokenStream {
    joined(doc).map(|text| quote!(#[doc = #text])).unwrap_or_default()
}

/// `//!` lines.
pub(super) fn inner(doc: &Doc) -> TokenStream {
    joined(doc).map(|text| quote!(#![doc = #text])).unwrap_or_default()
}

fn joined(doc: &Doc) -> Option<String> {
    let lines: Vec<_> = doc.lines().iter().map(|line| spaced(line)).collect();
    (!lines.is_empty()).then(|| lines.join(LINE_END))
}

fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}
