//! `$ref`: from the reference to what it points at, through any chain of references.

use std::any::{Any, TypeId};
use std::borrow::Borrow;

use elsa::FrozenMap;
use openapiv3::ReferenceOr;
use serde::de::{DeserializeOwned, Error};
use serde_json::Value;

use super::Lowering;
use super::references::End;
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::rule::Rule;

/// Values of the document, by the type that they are read as, and by their place.
pub(super) type Typed = FrozenMap<TypeId, Box<FrozenMap<String, Box<dyn Any>>>>;

impl<'a> Lowering<'a> {
    /// What is meant: the item itself, or the end of the references, and where that stands.
    ///
    /// `None` after reporting a reference that leads nowhere.
    pub fn resolve<T, B>(&mut self, item: &'a ReferenceOr<B>, origin: &Origin) -> Option<(&'a T, Origin)>
    where
        T: DeserializeOwned + 'static,
        B: Borrow<T>,
    {
        match item {
            ReferenceOr::Item(item) => Some((item.borrow(), origin.clone())),
            ReferenceOr::Reference { reference } => {
                let (value, target) = self.follow(reference, origin)?;
                match self.typed(value, &target) {
                    Ok(item) => Some((item, target)),
                    Err(error) => {
                        let message = format!("`{reference}` is not what belongs here: {error}");
                        self.push(Diagnostic::error(Rule::UnresolvedReference, &origin.child("$ref"), message));
                        None
                    }
                }
            }
        }
    }

    /// A value of the document, typed. It is read once for each type that it is read as.
    pub fn typed<T: DeserializeOwned + 'static>(&self, value: &Value, at: &Origin) -> serde_json::Result<&'a T> {
        let of_type = TypeId::of::<T>();
        let known = match self.typed.get(&of_type) {
            Some(known) => known,
            None => self.typed.insert(of_type, Box::default()),
        };
        let item = match known.get(at.pointer()) {
            Some(item) => item,
            None => known.insert(at.pointer().to_owned(), Box::new(T::deserialize(value)?)),
        };
        item.downcast_ref().ok_or_else(|| serde_json::Error::custom("its type is another one"))
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
        let pointer = pointer::of_reference(reference).ok_or_else(|| external(reference, &at))?;
        match self.references.end(self.document, &pointer) {
            End::Place(value, place) => Ok((value, Origin::new(place.as_str()))),
            End::External(reference) => Err(external(reference, &at)),
            End::Nowhere(pointer) => Err(self.unresolved(pointer, &at)),
            End::Circle => {
                let message = format!("`{reference}` refers to itself and never to anything else");
                Err(Diagnostic::error(Rule::CyclicReference, &at, message))
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
