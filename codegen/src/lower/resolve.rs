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
    ///
    /// `None` after reporting a reference that leads nowhere.
    pub fn follow(&mut self, reference: &str, origin: &Origin) -> Option<(&'a Value, Origin)> {
        self.find(reference, origin).map_err(|diagnostic| self.push(diagnostic)).ok()
    }

    /// The same, without a report.
    pub fn find(&self, reference: &str, origin: &Origin) -> Result<(&'a Value, Origin), Diagnostic> {
        let at = origin.child("$ref");
        let mut reference = reference;
        let mut seen = HashSet::new();
        loop {
            let pointer = pointer::of_reference(reference).ok_or_else(|| external(reference, &at))?;
            let target = self.document.at(&pointer);
            let value = target.ok_or_else(|| self.unresolved(reference, &pointer, &at))?;
            if !seen.insert(reference) {
                let message = format!("`{reference}` refers to itself and never to anything else");
                return Err(Diagnostic::error(Rule::CyclicReference, &at, message));
            }
            match value.get("$ref").and_then(Value::as_str) {
                Some(next) => reference = next,
                None => return Ok((value, Origin::new(pointer::canonical(&pointer)))),
            }
        }
    }

    fn unresolved(&self, reference: &str, pointer: &str, at: &Origin) -> Diagnostic {
        let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
        let siblings = self.document.at(parent).and_then(Value::as_object);
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

fn external(reference: &str, at: &Origin) -> Diagnostic {
    let message = format!("`{reference}` is no place in this document");
    let diagnostic = Diagnostic::error(Rule::UnresolvedReference, at, message);
    diagnostic.help("a reference within the document starts with `#/`")
}
