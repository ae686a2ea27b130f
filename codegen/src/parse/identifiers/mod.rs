//! References by URI, by name, and by what is on the way → references by place.
//!
//! From OpenAPI 3.1 on, a schema with an `$id` is a resource with a URI of its own, `$anchor` and `$dynamicAnchor`
//! name places in it, and a `$dynamicRef` leads to where the way to it says. A document of OpenAPI 3.2 has a URI by
//! `$self`. After this, references within a document are pointers from its start, so that nobody else has to know.

mod dialects;
mod edit;
mod generics;
mod index;
mod rewrite;
mod uri;
mod walk;

use serde_json::Value;

use self::index::Index;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::grammar::{OPENAPI, SCHEMA, Want};
use crate::places::Origins;
use crate::rule::Rule;

/// What others know of a document by its URIs and names.
#[derive(Default)]
pub(super) struct Identified {
    index: Option<Index>,
    /// What is elsewhere than in the text.
    moved: Origins,
}

/// A file, by the number that messages know it by.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub number: usize,
    /// The URI that it was found by, or its path.
    pub base: &'a str,
}

/// Makes pointers of the references in a document to what has an URI or a name in it.
pub(super) fn resolve(tree: &mut Value, file: File<'_>, report: &mut Report) -> Identified {
    let kind = Kind::of(tree);
    let base = own_uri(tree, file, report).unwrap_or_else(|| file.base.to_owned());
    let (index, wrong) = Index::of(tree, &kind, base);
    report.extend(wrong.into_iter().map(|diagnostic| diagnostic.in_file(file.number)));
    let moved = rewrite::rewrite(tree, &kind, &index, file.number, report);
    let mut origins = Origins::default();
    for (to, from) in moved {
        if file.number == 0 {
            report.places.put(to.clone(), 0, from.clone());
        }
        origins.put(to, (file.number, from));
    }
    Identified { index: Some(index), moved: origins }
}

impl Identified {
    /// What is not where it is in the text.
    pub fn moved(&self) -> &Origins {
        &self.moved
    }

    /// The URI that references in the document count from.
    fn base(&self) -> Option<&str> {
        Some(&self.index.as_ref()?.resource(0)?.base)
    }

    /// The URI of what a reference in the document leads to.
    pub fn uri_of(&self, reference: &str) -> String {
        uri::resolve(self.base().unwrap_or_default(), reference)
    }

    /// The pointer of what a URI leads to, if that is in this document.
    pub fn find(&self, tree: &Value, uri: &str) -> Option<String> {
        let found = self.index.as_ref()?.find_from(tree, uri)?;
        found.ok().map(|found| found.pointer)
    }

    /// The names that a `$dynamicRef` of the document asks for, each with the place of one.
    pub fn asked(&self) -> impl Iterator<Item = (&str, Origin)> {
        let asked = self.index.iter().flat_map(|index| &index.asked);
        asked.map(|(name, place)| (name.as_str(), Origin::new(place.as_str()).child("$dynamicRef")))
    }

    /// The names that are a `$dynamicAnchor` in it.
    pub fn bound(&self) -> impl Iterator<Item = &str> {
        let resources = self.index.iter().flat_map(|index| &index.resources);
        let anchors = resources.flat_map(|resource| &resource.anchors).filter(|(_, anchor)| anchor.is_dynamic);
        anchors.map(|(name, _)| name.as_str())
    }

    /// The place that has a name in the document as a whole.
    pub fn named(&self, name: &str) -> Option<&str> {
        Some(&self.index.as_ref()?.resource(0)?.anchors.get(name)?.place)
    }
}

/// What a description says that its URI is.
fn own_uri(tree: &Value, file: File<'_>, report: &mut Report) -> Option<String> {
    let own = tree.get("$self")?.as_str()?;
    if own.contains('#') {
        let message = "the URI of a description has no fragment; it is ignored";
        let diagnostic = Diagnostic::warning(Rule::InvalidValue, &Origin::new("/$self"), message);
        let help = format!("write `{}`", uri::without_fragment(own));
        report.push(diagnostic.help(help).in_file(file.number));
    }
    Some(uri::resolve(file.base, own))
}

/// What a file is, by its members.
enum Kind {
    Description,
    Schema,
    /// Schemas by their names.
    Schemas,
}

static ONE_SCHEMA: Want = Want::RefOr(&SCHEMA);

impl Kind {
    fn of(tree: &Value) -> Self {
        let has = |keys: &[&str]| keys.iter().any(|key| tree.get(key).is_some());
        let is_typed = tree.get("type").is_some_and(|kind| kind.is_string() || kind.is_array());
        let is_composed = ["allOf", "anyOf", "oneOf"].iter().any(|key| tree.get(key).is_some_and(Value::is_array));
        if has(&["openapi", "paths", "components"]) {
            Self::Description
        } else if has(&["$id", "$schema", "$defs", "$ref", "$anchor", "$dynamicAnchor"]) || is_typed || is_composed {
            Self::Schema
        } else {
            Self::Schemas
        }
    }

    fn want(&self) -> Want {
        match self {
            Self::Description => Want::Object(&OPENAPI),
            Self::Schema => Want::RefOr(&SCHEMA),
            Self::Schemas => Want::Map(&ONE_SCHEMA),
        }
    }

    /// The place of schemas that have names.
    fn container(&self) -> &'static str {
        match self {
            Self::Description => "/components/schemas",
            Self::Schema => "/$defs",
            Self::Schemas => "",
        }
    }

    /// Whether a schema has a name by its place.
    fn is_slot(&self, place: &str) -> bool {
        place.strip_prefix(self.container()).is_some_and(|rest| rest.rfind('/') == Some(0))
    }
}

#[cfg(test)]
mod tests;
