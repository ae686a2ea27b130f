//! `$ref`: from the reference to what it points at, through any chain of references.

use std::any::{Any, TypeId};
use std::borrow::{Borrow, Cow};
use std::collections::HashSet;

use elsa::FrozenMap;
use openapiv3::ReferenceOr;
use serde::de::{DeserializeOwned, Error};
use serde_json::Value;

use super::Lowering;
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;
use crate::{parse, pointer};

/// Values of the document, by the type that they are read as, and by their place.
pub(super) type Typed = FrozenMap<TypeId, Box<FrozenMap<String, Box<dyn Any>>>>;

/// More references in a row than anybody writes.
const CHAIN: usize = 100;

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
        let mut reference = Cow::Borrowed(reference);
        let mut seen = HashSet::new();
        loop {
            let pointer = pointer::of_reference(&reference).ok_or_else(|| external(&reference, &at))?;
            if !seen.insert(pointer.clone()) || seen.len() > CHAIN {
                let message = format!("`{reference}` refers to itself and never to anything else");
                return Err(Diagnostic::error(Rule::CyclicReference, &at, message));
            }
            reference = match self.document.at(&pointer) {
                Some(value) => match value.get("$ref").and_then(Value::as_str) {
                    Some(next) => Cow::Borrowed(next),
                    None => return Ok((value, Origin::new(pointer::canonical(&pointer)))),
                },
                None => self.on_the_way(&pointer).ok_or_else(|| self.unresolved(&reference, &pointer, &at))?.into(),
            };
        }
    }

    /// The reference that goes on where a pointer comes by another reference.
    fn on_the_way(&self, pointer: &str) -> Option<String> {
        let mut ends = pointer.match_indices('/').map(|(end, _)| end);
        ends.find_map(|end| {
            let (before, after) = pointer.split_at(end);
            let reference = self.document.at(before)?.get("$ref")?.as_str()?;
            Some(format!("{reference}{}", after.replace('%', "%25")))
        })
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
