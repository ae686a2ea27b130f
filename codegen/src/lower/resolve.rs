//! `$ref`: from the reference to what it points at, through any chain of references.

use std::borrow::{Borrow, Cow};
use std::collections::HashSet;

use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Lowering;
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;
use crate::{parse, pointer};

impl<'a> Lowering<'a> {
    /// What is meant: the item itself, or the end of the references, and where that stands.
    ///
    /// `None` after reporting a reference that leads nowhere.
    pub fn resolve<'b, T, B>(&mut self, item: &'b ReferenceOr<B>, origin: &Origin) -> Option<(Cow<'b, T>, Origin)>
    where
        T: Clone + DeserializeOwned,
        B: Borrow<T>,
    {
        match item {
            ReferenceOr::Item(item) => Some((Cow::Borrowed(item.borrow()), origin.clone())),
            ReferenceOr::Reference { reference } => {
                let (value, target) = self.follow(reference, origin)?;
                match T::deserialize(value) {
                    Ok(item) => Some((Cow::Owned(item), target)),
                    Err(error) => {
                        let message = format!("`{reference}` is not what belongs here: {error}");
                        self.push(Diagnostic::error(Rule::UnresolvedReference, &origin.child("$ref"), message));
                        None
                    }
                }
            }
        }
    }

    /// The place at the end of a chain of references that starts with `reference` at `origin`.
    pub fn follow(&mut self, reference: &str, origin: &Origin) -> Option<(&'a Value, Origin)> {
        let at = origin.child("$ref");
        let mut reference = reference;
        let mut seen = HashSet::new();
        loop {
            let Some(pointer) = local(reference) else {
                self.push(external(reference, &at));
                return None;
            };
            let Some(value) = self.document.tree.pointer(&pointer) else {
                self.push(self.unresolved(reference, &pointer, &at));
                return None;
            };
            if !seen.insert(reference) {
                let message = format!("`{reference}` refers to itself and never to anything else");
                self.push(Diagnostic::error(Rule::CyclicReference, &at, message));
                return None;
            }
            match value.get("$ref").and_then(Value::as_str) {
                Some(next) => reference = next,
                None => return Some((value, Origin::new(canonical(&pointer)))),
            }
        }
    }

    fn unresolved(&self, reference: &str, pointer: &str, at: &Origin) -> Diagnostic {
        let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
        let siblings = self.document.tree.pointer(parent).and_then(Value::as_object);
        let what = match parent {
            "/components/schemas" => "schema",
            "/components/parameters" => "parameter",
            "/components/responses" => "response",
            "/components/headers" => "header",
            "/components/requestBodies" => "request body",
            "/components/examples" => "example",
            _ => "place",
        };
        let shown = if what == "place" { reference } else { name };
        let diagnostic = Diagnostic::error(Rule::UnresolvedReference, at, format!("no such {what}: `{shown}`"));
        let names = siblings.into_iter().flat_map(|siblings| siblings.keys().map(String::as_str));
        match parse::closest(name, names) {
            Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
            None => diagnostic,
        }
    }
}

/// The pointer of a reference within the document; a URI fragment may be percent-encoded.
fn local(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let decoded = percent_decode(fragment);
    (decoded.is_empty() || decoded.starts_with('/')).then_some(decoded)
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The one spelling of a pointer: the same place must give the same type.
fn canonical(pointer: &str) -> String {
    pointer::tokens(pointer).map(|token| format!("/{}", pointer::escape(&token))).collect()
}

fn external(reference: &str, at: &Origin) -> Diagnostic {
    let message = format!("`{reference}` is not in this document");
    let diagnostic = Diagnostic::error(Rule::ExternalReference, at, message);
    diagnostic.help("bundle the description into one file first; a local reference starts with `#/`")
}
