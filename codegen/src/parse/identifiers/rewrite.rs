//! The second walk: what each reference leads to, written as a pointer.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::Kind;
use super::edit::{Addition, Change, Edit};
use super::generics::{Bound, Copy, Generics, TooMuch};
use super::index::{Found, Index, Nowhere, Unit};
use super::uri;
use super::walk::{Visit, walk};
use crate::api::Origin;
use crate::closest::Names;
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::HashMap;
use crate::parse::path::Path;
use crate::pointer;
use crate::rule::Rule;

/// Changes the references of a document. Gives what is elsewhere than in the text, by its pointer, and where that was.
pub(super) fn rewrite(
    tree: &mut Value,
    kind: &Kind,
    index: &Index,
    file: usize,
    report: &mut Report,
) -> Vec<(String, String)> {
    let generics = Generics::of(tree, &kind.want(), index);
    let is_too_much = generics.is_err();
    let mut rewriting = Rewriting {
        tree,
        index,
        generics: generics.unwrap_or_default(),
        kind,
        names: HashMap::default(),
        anchors: HashMap::default(),
        edits: Vec::new(),
        additions: Vec::new(),
        wrong: Vec::new(),
        is_too_much,
    };
    if is_too_much {
        rewriting.too_much(&Origin::new(""));
    }
    let home = Rc::new(rewriting.generics.home(0).cloned().unwrap_or_default());
    let scope = Scope { unit: 0, resource: 0, bound: home, is_copy: false };
    walk(&mut rewriting, tree, &kind.want(), &mut Path::default(), &scope);
    while let Some(copy) = rewriting.generics.open.pop_front() {
        rewriting.copy(copy);
    }
    let Rewriting { edits, additions, wrong, .. } = rewriting;
    report.extend(wrong.into_iter().map(|diagnostic| diagnostic.in_file(file)));
    let mut moved = Vec::new();
    for addition in additions {
        addition.apply(tree, &mut moved);
    }
    for edit in edits {
        edit.apply(tree, &mut moved);
    }
    moved
}

#[derive(Clone)]
struct Scope {
    unit: usize,
    /// The resource of the unit.
    resource: usize,
    bound: Rc<Bound>,
    /// What is wrong with a copy is with what it was made of, too.
    is_copy: bool,
}

struct Rewriting<'a> {
    tree: &'a Value,
    index: &'a Index,
    generics: Generics,
    kind: &'a Kind,
    /// How many copies want each name.
    names: HashMap<String, usize>,
    /// The anchors of resources, as far as they were looked for.
    anchors: HashMap<usize, Names<String>>,
    edits: Vec<Edit>,
    additions: Vec<Addition>,
    wrong: Vec<Diagnostic>,
    is_too_much: bool,
}

impl Visit for Rewriting<'_> {
    type Scope = Scope;

    fn schema(&mut self, schema: &Map<String, Value>, path: &Path, scope: &Scope) -> Scope {
        let unit = self.index.unit_at(path.original());
        let scope = if unit == scope.unit {
            scope.clone()
        } else {
            let bound = Rc::new(self.enter(&scope.bound, unit, path));
            let resource = self.index.unit(unit).map_or(0, |unit| unit.resource);
            Scope { unit, resource, bound, is_copy: scope.is_copy }
        };
        for keyword in ["$ref", "$dynamicRef"] {
            if let Some(reference) = schema.get(keyword).and_then(Value::as_str) {
                self.refer(reference, keyword, schema, path, &scope);
            }
        }
        scope
    }

    fn reference(&mut self, reference: &str, path: &Path, scope: &Scope) {
        // What leads nowhere is told later, where it is followed.
        let Ok(Some(found)) = self.index.find(self.tree, reference, scope.resource) else { return };
        self.edit_reference(reference, found.pointer, path);
    }

    fn security(&mut self, requirement: &Map<String, Value>, path: &Path) {
        let names: HashMap<_, _> =
            requirement.keys().filter_map(|scheme| Some((scheme.clone(), self.scheme(scheme)?))).collect();
        if !names.is_empty() {
            self.edit(Change::Rename(names), path);
        }
    }

    fn target(&mut self, text: &str, path: &Path, scope: &Scope) {
        // A name of a schema is that, whatever else it may be.
        let component = format!("{}/{}", self.kind.container(), pointer::escape(text));
        if pointer::lookup(self.tree, &component).is_some() {
            return;
        }
        let Ok(Some(found)) = self.index.find(self.tree, text, scope.resource) else { return };
        let place = self.place(&found, &[], path, scope).unwrap_or(found.pointer);
        if let Some(change) = changed(text, &place).map(Change::Text) {
            self.edit(change, path);
        }
    }
}

impl Rewriting<'_> {
    fn refer(
        &mut self,
        reference: &str,
        keyword: &'static str,
        schema: &Map<String, Value>,
        path: &Path,
        scope: &Scope,
    ) {
        let origin = path.origin(Some(keyword));
        if let Some(place) = self.of_schema_around(reference, path).filter(|_| keyword == "$ref" && scope.resource == 0)
        {
            let message =
                format!("`{reference}` counts from the document, which has no such place; it is read as `#{place}`");
            let diagnostic = Diagnostic::warning(Rule::Repaired, &origin, message);
            self.wrong.push(diagnostic.help("write that, or give the schema around it an `$id`"));
            return self.edit_reference(reference, place, path);
        }
        let mut found = match self.index.find(self.tree, reference, scope.resource) {
            Ok(Some(found)) => found,
            // It is in another file, or nowhere.
            Ok(None) if keyword == "$ref" => return,
            Ok(None) => return self.edit(Change::ReferDynamically(reference.to_owned()), path),
            Err(nowhere) if keyword == "$ref" && self.is_habit(&nowhere) => return,
            Err(nowhere) => {
                if !scope.is_copy {
                    let diagnostic = self.nowhere((keyword, reference), nowhere, &origin);
                    self.wrong.push(diagnostic);
                }
                return self.edit(Change::Forget(keyword), path);
            }
        };
        if found.is_of_document && !scope.is_copy {
            let uri = self.index.resource(scope.resource).map_or("", |resource| &resource.base);
            let message = format!(
                "`{reference}` counts from the schema `{uri}`, which has no such place; it is read as one of the document"
            );
            let diagnostic = Diagnostic::warning(Rule::Repaired, &origin, message);
            self.wrong.push(
                diagnostic.help("leave out the `$id` of the schema, or write the URI of the document before the `#`"),
            );
        }
        if let (Some(name), "$dynamicRef") = (&found.dynamic, keyword) {
            let bound = self.generics.bound(name, &scope.bound).unwrap_or(found.resource);
            let anchor = self.index.resource(bound).and_then(|resource| resource.anchors.get(name));
            if let Some(anchor) = anchor {
                found.pointer.clone_from(&anchor.place);
            }
        }
        let siblings: Vec<_> = schema.iter().filter(|(key, _)| *key != keyword).collect();
        match (self.place(&found, &siblings, path, scope), keyword) {
            (Some(place), "$ref") => self.edit_reference(reference, place, path),
            (Some(place), _) => self.edit(Change::ReferDynamically(as_reference(&place)), path),
            (None, _) => {}
        }
    }

    /// The place of the schema around a reference that the reference counts from, as it does where the schema is a
    /// document of its own.
    fn of_schema_around(&self, reference: &str, path: &Path) -> Option<String> {
        let inner = pointer::of_reference(reference)?;
        let is_within = ["/$defs/", "/definitions/"].iter().any(|container| inner.starts_with(container));
        if !is_within || pointer::lookup(self.tree, &inner).is_some() {
            return None;
        }
        let mut around = path.original();
        while let Some((parent, _)) = around.rsplit_once('/') {
            let place = format!("{around}{inner}");
            if pointer::lookup(self.tree, &place).is_some() {
                return Some(place);
            }
            around = parent;
        }
        None
    }

    /// The name of the security scheme that a reference leads to.
    fn scheme(&self, reference: &str) -> Option<String> {
        const SCHEMES: &str = "/components/securitySchemes/";
        // Without a fragment it would be the document.
        if !reference.contains('#') {
            return None;
        }
        let is_name = pointer::lookup(self.tree, &format!("{SCHEMES}{}", pointer::escape(reference))).is_some();
        let found = self.index.find(self.tree, reference, 0).ok().flatten().filter(|_| !is_name)?;
        let name = found.pointer.strip_prefix(SCHEMES).filter(|name| !name.contains('/'))?;
        Some(pointer::unescape(name).into_owned())
    }

    /// The pointer of a reference's target as it is by the way to it; nothing if that is put here.
    fn place(&mut self, found: &Found, siblings: &[(&String, &Value)], path: &Path, scope: &Scope) -> Option<String> {
        let unit = self.index.unit_at(&found.pointer);
        let bound = self.enter(&scope.bound, unit, path);
        // The document as a whole is never copied.
        if self.is_too_much || unit == 0 || self.generics.home(unit) == Some(&bound) {
            return Some(found.pointer.clone());
        }
        let root = self.index.unit(unit).map_or("", |unit| &unit.root);
        let rest = found.pointer.strip_prefix(root).unwrap_or_default();
        if let Some(copy) = self.generics.copy(unit, &bound) {
            return Some(format!("{copy}{rest}"));
        }
        let content = pointer::lookup(self.tree, root)?;
        if let Err(TooMuch) = self.generics.spend(size(content)) {
            self.too_much(&path.origin(None));
            return Some(found.pointer.clone());
        }
        let is_merged =
            rest.is_empty() && !scope.is_copy && self.kind.is_slot(path.current()) && is_apart(siblings, content);
        let place = if is_merged {
            path.current().to_owned()
        } else {
            let name = self.name(unit, &bound);
            format!("{}/{}", self.kind.container(), pointer::escape(&name))
        };
        let addition = Addition { place: place.clone(), content: content.clone(), old: root.to_owned(), is_merged };
        self.additions.push(addition);
        self.generics.add_copy(unit, bound, place.clone());
        (!is_merged).then(|| format!("{place}{rest}"))
    }

    /// What is bound in a unit.
    fn enter(&mut self, outer: &Bound, unit: usize, path: &Path) -> Bound {
        if self.is_too_much {
            return Bound::new();
        }
        self.generics.enter(outer, unit).unwrap_or_else(|TooMuch| {
            self.too_much(&path.origin(None));
            Bound::new()
        })
    }

    /// A name for a copy: that of the unit, after those of the resources that it is bound to.
    fn name(&mut self, unit: usize, bound: &Bound) -> String {
        let home = self.generics.home(unit);
        let others = bound.iter().filter(|binding| home.is_none_or(|home| !home.contains(binding)));
        let others = others.filter_map(|(_, other)| self.index.resource(*other));
        let mut parts: Vec<_> = others.map(|other| self.label(&other.root, &other.base)).collect();
        let own = self.index.unit(unit);
        let base = own.and_then(|unit| self.index.resource(unit.resource)).map_or("", |resource| &resource.base);
        parts.push(self.label(own.map_or("", |unit| &unit.root), base));
        parts.dedup();
        let name = parts.join("-");
        loop {
            let count = self.names.entry(name.clone()).or_default();
            *count += 1;
            let numbered = if *count == 1 { name.clone() } else { format!("{name}-{count}") };
            let place = format!("{}/{}", self.kind.container(), pointer::escape(&numbered));
            if pointer::lookup(self.tree, &place).is_none() && (*count == 1 || !self.names.contains_key(&numbered)) {
                return numbered;
            }
        }
    }

    /// What a schema is called: as a component, by its URI, or by its place.
    fn label(&self, root: &str, base: &str) -> String {
        let segment = uri::last_segment(base);
        match segment.contains(char::is_alphabetic) && !self.kind.is_slot(root) {
            true => segment.to_owned(),
            false => pointer::tokens(root).next_back().unwrap_or_default().into_owned(),
        }
    }

    /// Looks through a copy.
    fn copy(&mut self, copy: Copy) {
        let Copy { unit, bound, root } = copy;
        let Some(Unit { root: old, resource, .. }) = self.index.unit(unit) else { return };
        let Some(content) = pointer::lookup(self.tree, old) else { return };
        let scope = Scope { unit, resource: *resource, bound: Rc::new(bound), is_copy: true };
        walk(self, content, &super::ONE_SCHEMA, &mut Path::at(root, old), &scope);
    }

    /// Whether a reference is one of those that are mended later: a pointer without its first slash.
    fn is_habit(&self, nowhere: &Nowhere) -> bool {
        matches!(nowhere, Nowhere::NoAnchor(name, 0) if pointer::lookup(self.tree, &format!("/{name}")).is_some())
    }

    fn nowhere(&mut self, (keyword, reference): (&str, &str), nowhere: Nowhere, origin: &Origin) -> Diagnostic {
        let error = |message: String| Diagnostic::error(Rule::UnresolvedReference, origin, message);
        let of = |resource: usize| match (resource, self.index.resource(resource)) {
            (1.., Some(resource)) => format!("the schema `{}`", resource.base),
            _ => "this document".to_owned(),
        };
        match nowhere {
            Nowhere::Several(uri, numbers) => {
                let diagnostic = error(format!("`{uri}` is the `$id` of several schemas"));
                let roots = numbers.iter().filter_map(|number| self.index.resource(*number));
                roots.fold(diagnostic, |diagnostic, resource| {
                    diagnostic.also(&Origin::new(resource.root.as_str()), "one of them")
                })
            }
            Nowhere::NoPlace(place, resource) => {
                error(format!("`{reference}` leads nowhere: there is nothing at `{place}` of {}", of(resource)))
            }
            Nowhere::NoAnchor(name, resource) => {
                let of = of(resource);
                let index = self.index;
                let known = self.anchors.entry(resource).or_insert_with(|| {
                    Names::of(
                        index.resource(resource).into_iter().flat_map(|resource| resource.anchors.keys().cloned()),
                    )
                });
                let message = format!("`{reference}` leads nowhere: no schema of {of} has the anchor `{name}`");
                let diagnostic = Diagnostic::error(Rule::UnresolvedReference, origin, message);
                match known.closest(&name) {
                    Some(close) => diagnostic.help(format!("did you mean `#{close}`?")),
                    None => {
                        let anchor = if keyword == "$ref" { "$anchor" } else { "$dynamicAnchor" };
                        diagnostic.help(format!("write `{anchor}: {name}` in the schema that is meant"))
                    }
                }
            }
        }
    }

    /// Says once that copies would go on.
    fn too_much(&mut self, origin: &Origin) {
        let message = "the schemas that `$dynamicRef` makes of those written here are too many";
        let diagnostic = Diagnostic::error(Rule::TooLarge, origin, message);
        self.wrong.push(diagnostic.help("refer to what is meant by `$ref`"));
        self.is_too_much = true;
        self.generics.open.clear();
    }

    fn edit_reference(&mut self, reference: &str, place: String, path: &Path) {
        if let Some(changed) = changed(reference, &place) {
            self.edit(Change::Refer(changed), path);
        }
    }

    fn edit(&mut self, change: Change, path: &Path) {
        let (place, old) = (path.current().to_owned(), path.original().to_owned());
        self.edits.push(Edit { place, old, change });
    }
}

/// The text of a reference to a place, if it says something else.
fn changed(reference: &str, place: &str) -> Option<String> {
    let is_same = pointer::of_reference(reference).is_some_and(|pointer| pointer::canonical(&pointer) == place);
    (!is_same).then(|| as_reference(place))
}

fn as_reference(place: &str) -> String {
    format!("#{}", place.replace('%', "%25"))
}

/// Whether what stands beside a reference only names or explains the schema, so that what the reference leads to can
/// stand in its place.
fn is_apart(siblings: &[(&String, &Value)], content: &Value) -> bool {
    const NAMING: &[&str] = &["$id", "$schema", "$comment", "$anchor", "$dynamicAnchor", "title", "description"];
    let definitions = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    let theirs = definitions(content.get("$defs"));
    siblings.iter().all(|(key, value)| match key.as_str() {
        "$defs" => !definitions(Some(value)).keys().any(|name| theirs.contains_key(name)),
        key => NAMING.contains(&key),
    })
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(size).sum::<usize>() + 1,
        Value::Object(members) => members.values().map(size).sum::<usize>() + 1,
        _ => 1,
    }
}
