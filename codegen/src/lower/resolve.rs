//! `$ref`: from the reference to what it points at, through any chain of references.

use serde_json::Value;

use super::ground::Ground;
use super::references::End;
use crate::api::Origin;
use crate::description::Read;
use crate::diagnostics::Diagnostic;
use crate::grammar::kind_at;
use crate::pointer;
use crate::rule::Rule;

impl<'a> Ground<'a> {
    /// What is meant: the item itself, or the end of the references, and where that stands.
    ///
    /// `None` after reporting a reference that leads nowhere.
    pub fn resolve<T: Read<'a>>(&self, item: &'a Value, origin: &Origin) -> Option<(T, Origin)> {
        match pointer::child(item, "$ref").and_then(Value::as_str) {
            None => Some((T::read(item), origin.clone())),
            Some(reference) => {
                let (value, target) = self.follow(reference, origin)?;
                // That something else is there was said when the structure was looked at.
                if kind_at(target.pointer()).is_some_and(|kind| !T::is(kind)) {
                    return None;
                }
                let mut read = T::read(value);
                if let Some(description) = self.document.description_beside(item) {
                    read.describe(description);
                }
                Some((read, target))
            }
        }
    }

    /// The place at the end of a chain of references that starts with `reference` at `origin`.
    ///
    /// `None` after reporting a reference that leads nowhere.
    pub fn follow(&self, reference: &str, origin: &Origin) -> Option<(&'a Value, Origin)> {
        self.find(reference, origin).map_err(|diagnostic| self.push(diagnostic)).ok()
    }

    /// A schema, or what it refers to if it is nothing but a reference that leads somewhere; and where that stands.
    pub fn behind(&self, schema: &'a Value, at: &Origin) -> (&'a Value, Origin) {
        let reference = self.document.reference(schema, at.pointer());
        reference.and_then(|reference| self.find(reference, at).ok()).unwrap_or_else(|| (schema, at.clone()))
    }

    /// The same as [`follow`](Self::follow), without a report.
    pub fn find(&self, reference: &str, origin: &Origin) -> Result<(&'a Value, Origin), Diagnostic> {
        let at = || origin.child("$ref");
        let pointer = pointer::of_reference(reference).ok_or_else(|| external(reference, &at()))?;
        match self.references.end(self.document, &pointer) {
            End::Place(value, place) => Ok((value, Origin::new(place.as_str()))),
            End::External(reference) => Err(external(reference, &at())),
            End::Nowhere(pointer) => Err(self.unresolved(pointer, &at())),
            End::Circle => {
                let message = format!("`{reference}` refers to itself and never to anything else");
                Err(Diagnostic::error(Rule::CyclicReference, &at(), message))
            }
        }
    }

    fn unresolved(&self, pointer: &str, at: &Origin) -> Diagnostic {
        let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
        let what = match parent {
            "/components/schemas" => "schema",
            "/components/parameters" => "parameter",
            "/components/responses" => "response",
            "/components/headers" => "header",
            "/components/requestBodies" => "request body",
            "/components/examples" => "example",
            "/components/pathItems" => "path item",
            "/components/mediaTypes" => "media type",
            _ => "place",
        };
        let shown = if what == "place" { format!("#{pointer}") } else { name.to_owned() };
        let diagnostic = Diagnostic::error(Rule::UnresolvedReference, at, format!("no such {what}: `{shown}`"));
        match self.references.meant(self.document, pointer) {
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
