//! The schema resources of a document, the places that have names in them, and the parts that can be copied.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Kind;
use super::dialects::Dialects;
use super::uri;
use super::walk::{Visit, walk};
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::maps::HashMap;
use crate::parse::path::Path;
use crate::pointer;
use crate::rule::Rule;

/// What says of which dialect the schemas of a document are.
const DIALECT: &str = "jsonSchemaDialect";

/// The document, and each schema in it that has an `$id`.
pub(super) struct Resource {
    /// Where it starts.
    pub root: String,
    pub base: String,
    pub anchors: BTreeMap<String, Anchor>,
}

pub(super) struct Anchor {
    pub place: String,
    pub is_dynamic: bool,
}

/// What can be copied on its own: a resource, or a component of the document that is none.
pub(super) struct Unit {
    /// Where it starts.
    pub root: String,
    /// The resource that it is, or is in.
    pub resource: usize,
    /// The one around it. It has a smaller number.
    pub parent: Option<usize>,
}

/// The document has the number 0, as a resource and as a unit.
pub(super) struct Index {
    pub resources: Vec<Resource>,
    pub units: Vec<Unit>,
    /// The names that any `$dynamicRef` asks for, and where one does.
    pub asked: BTreeMap<String, String>,
    by_root: HashMap<String, usize>,
    by_uri: HashMap<String, Vec<usize>>,
}

/// Where a reference leads.
pub(super) struct Found {
    /// By whose name it leads there, if it does by a name.
    pub resource: usize,
    pub pointer: String,
    /// The name by which it leads there, if that is a `$dynamicAnchor`.
    pub dynamic: Option<String>,
    /// Whether it is meant to count from the document, though it stands in a schema with an `$id`.
    pub is_of_document: bool,
}

/// Why a reference leads nowhere.
pub(super) enum Nowhere {
    /// A URI that several schemas have, two of which these are.
    Several(String, [usize; 2]),
    /// A name that nothing in a resource has.
    NoAnchor(String, usize),
    /// A place that a resource does not have.
    NoPlace(String, usize),
}

impl Index {
    /// What a document has, whose base URI is known, and what is wrong with it.
    pub fn of(tree: &Value, kind: &Kind, base: String) -> (Self, Vec<Diagnostic>) {
        let document = Resource { root: String::new(), base: base.clone(), anchors: BTreeMap::new() };
        let index = Self {
            resources: vec![document],
            units: vec![Unit { root: String::new(), resource: 0, parent: None }],
            asked: BTreeMap::new(),
            by_root: [(String::new(), 0)].into_iter().collect(),
            by_uri: [(base, vec![0])].into_iter().collect(),
        };
        let mut indexing = Indexing { index, kind, dialects: Dialects::default(), wrong: Vec::new() };
        if let Some(dialect) = tree.get(DIALECT).and_then(Value::as_str).filter(|_| matches!(kind, Kind::Description)) {
            let at = || Origin::new("").child(DIALECT);
            indexing.wrong.extend(indexing.dialects.check(dialect, at));
        }
        walk(&mut indexing, tree, &kind.want(), &mut Path::default(), &0);
        (indexing.index, indexing.wrong)
    }

    pub fn resource(&self, number: usize) -> Option<&Resource> {
        self.resources.get(number)
    }

    /// The number of the unit that a place is in.
    pub fn unit_at(&self, place: &str) -> usize {
        let ends = place.rmatch_indices('/').map(|(end, _)| end);
        let starts = [place.len()].into_iter().chain(ends).filter_map(|end| place.get(..end));
        starts.filter_map(|start| self.by_root.get(start)).next().copied().unwrap_or_default()
    }

    pub fn unit(&self, number: usize) -> Option<&Unit> {
        self.units.get(number)
    }

    /// Where a reference leads that stands in a resource; nothing if that is not in this document.
    pub fn find(&self, tree: &Value, reference: &str, from: usize) -> Result<Option<Found>, Nowhere> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let base = self.resource(from).map_or("", |resource| &resource.base);
        let numbers = if path.is_empty() { None } else { self.by_uri.get(&uri::resolve(base, path)) };
        let resource = match numbers.map(Vec::as_slice) {
            None if path.is_empty() => from,
            None => return Ok(None),
            Some([one]) => *one,
            Some([one, other, ..]) => return Err(Nowhere::Several(uri::resolve(base, path), [*one, *other])),
            Some([]) => return Ok(None),
        };
        self.within(tree, resource, fragment, path.is_empty()).map(Some)
    }

    /// The place of a URI from elsewhere, if it is one of this document.
    pub fn find_from(&self, tree: &Value, uri: &str) -> Option<Result<Found, Nowhere>> {
        let (uri, fragment) = uri.split_once('#').unwrap_or((uri, ""));
        let number = *self.by_uri.get(uri)?.first()?;
        Some(self.within(tree, number, fragment, false))
    }

    fn within(&self, tree: &Value, number: usize, fragment: &str, is_bare: bool) -> Result<Found, Nowhere> {
        let fragment = pointer::percent_decode(fragment);
        let root = self.resource(number).map_or("", |resource| &resource.root);
        let found =
            |pointer: String, is_of_document| Found { resource: number, pointer, dynamic: None, is_of_document };
        if fragment.is_empty() {
            return Ok(found(root.to_owned(), false));
        }
        if fragment.starts_with('/') {
            let fragment = pointer::canonical(&fragment);
            let pointer = format!("{root}{fragment}");
            // What the document itself does not have is told where it is followed.
            if root.is_empty() || pointer::lookup(tree, &pointer).is_some() {
                return Ok(found(pointer, false));
            }
            let is_of_document = is_bare && pointer::lookup(tree, &fragment).is_some();
            return if is_of_document { Ok(found(fragment, true)) } else { Err(Nowhere::NoPlace(fragment, number)) };
        }
        match self.resource(number).and_then(|resource| resource.anchors.get(&fragment)) {
            Some(anchor) => {
                let dynamic = anchor.is_dynamic.then_some(fragment);
                Ok(Found { resource: number, pointer: anchor.place.clone(), dynamic, is_of_document: false })
            }
            None => Err(Nowhere::NoAnchor(fragment, number)),
        }
    }
}

struct Indexing<'a> {
    index: Index,
    kind: &'a Kind,
    dialects: Dialects,
    wrong: Vec<Diagnostic>,
}

impl Visit for Indexing<'_> {
    type Scope = usize;

    fn schema(&mut self, schema: &Map<String, Value>, path: &Path, parent: &usize) -> usize {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        let mut resource = self.index.unit(*parent).map_or(0, |unit| unit.resource);
        let mut unit = *parent;
        if let Some(dialect) = text("$schema") {
            self.wrong.extend(self.dialects.check(dialect, || path.origin(Some("$schema"))));
        }
        match text("$id").map(|id| id.strip_suffix('#').unwrap_or(id)) {
            // As drafts before 2019-09 name a place.
            Some(id) if id.starts_with('#') => {
                let name = &id[1..];
                let message = format!("`$id: '{id}'` is read as `$anchor: {name}`");
                let diagnostic = Diagnostic::warning(Rule::Repaired, &path.origin(Some("$id")), message);
                self.wrong.push(diagnostic.help("an `$id` is a URI without a fragment"));
                self.anchor(name, "$id", false, path, resource);
            }
            Some(id) if !id.is_empty() => {
                if id.contains('#') {
                    let message = "an `$id` has no fragment; it is ignored";
                    self.wrong.push(Diagnostic::warning(Rule::Repaired, &path.origin(Some("$id")), message));
                }
                resource = self.resource(id, path, resource);
                unit = self.unit(path, resource, unit);
            }
            _ if self.kind.is_slot(path.original()) => unit = self.unit(path, resource, unit),
            _ => {}
        }
        if let Some((_, name)) = text("$dynamicRef").and_then(|reference| reference.split_once('#')) {
            self.index.asked.entry(name.to_owned()).or_insert_with(|| path.original().to_owned());
        }
        for (keyword, is_dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            if let Some(name) = text(keyword) {
                self.anchor(name, keyword, is_dynamic, path, resource);
            }
        }
        unit
    }
}

impl Indexing<'_> {
    fn resource(&mut self, id: &str, path: &Path, parent: usize) -> usize {
        let base = uri::resolve(self.index.resource(parent).map_or("", |resource| &resource.base), id);
        let root = path.original().to_owned();
        let number = match self.index.resources.first_mut() {
            // The document itself is the schema.
            Some(document) if root.is_empty() => {
                document.base.clone_from(&base);
                0
            }
            _ => {
                self.index.resources.push(Resource { root, base: base.clone(), anchors: BTreeMap::new() });
                self.index.resources.len() - 1
            }
        };
        let known = self.index.by_uri.entry(base).or_default();
        // The document may be known by it already.
        if known.first() != Some(&number) {
            known.push(number);
        }
        number
    }

    fn unit(&mut self, path: &Path, resource: usize, parent: usize) -> usize {
        let (root, next) = (path.original().to_owned(), self.index.units.len());
        let number = *self.index.by_root.entry(root.clone()).or_insert(next);
        if number == next {
            self.index.units.push(Unit { root, resource, parent: Some(parent) });
        }
        number
    }

    fn anchor(&mut self, name: &str, keyword: &str, is_dynamic: bool, path: &Path, resource: usize) {
        let Some(resource) = self.index.resources.get_mut(resource) else { return };
        let anchor = Anchor { place: path.original().to_owned(), is_dynamic };
        let Some(known) = resource.anchors.get_mut(name) else {
            resource.anchors.insert(name.to_owned(), anchor);
            return;
        };
        if known.place == anchor.place {
            known.is_dynamic |= is_dynamic;
            return;
        }
        let message = format!("the anchor `{name}` is that of another schema already");
        let diagnostic = Diagnostic::error(Rule::InvalidValue, &path.origin(Some(keyword)), message);
        let diagnostic = diagnostic.also(&Origin::new(known.place.as_str()), "this one");
        self.wrong.push(diagnostic.help("name another one, or give one of the schemas an `$id`, in which it counts"));
    }
}
