//! A walk that holds a document against the table of what OpenAPI consists of.

mod words;

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde_json::{Map, Value};

use super::path::Path;
use super::together;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report, Severity};
use crate::grammar::{Member, OPENAPI, Shape, Version, Want};
use crate::maps::IndexMap;
use crate::pointer;
use crate::rule::Rule;

pub(super) use self::words::found;
use self::words::{
    is_ours, meant, mistaken, of_another_version, said_of_places, sibling, unknown, with_article, without_meaning,
};

/// Reports everything in the document that does not have the structure of OpenAPI.
///
/// What says nothing about requests and responses is taken away where it refers to something else than what
/// belongs there, and where it is of another version. If such references are allowed, a schema in the place of one
/// is any value. Gives the places of the keywords of schemas that OpenAPI 3.0 does not have.
pub(super) fn check(tree: &mut Value, version: Version, report: &mut Report) -> BTreeSet<String> {
    let mut walk = Walk { tree: Some(&*tree), ..Walk::of(version) };
    walk.value(tree, &Want::Object(&OPENAPI));
    let Walk { found, aside, strange, newer, others, .. } = walk;
    report.extend(found);
    report.extend(others.iter().flat_map(|((message, help), places)| said_of_places(message, help, places)));
    for pointer in aside {
        let (parent, token) = pointer.rsplit_once('/').unwrap_or_default();
        if let Some(parent) = tree.pointer_mut(parent).and_then(Value::as_object_mut) {
            parent.shift_remove(&*pointer::unescape(token));
        }
    }
    for pointer in strange.into_iter().filter(|_| report.allows(Rule::UnresolvedReference)) {
        if let Some(schema) = tree.pointer_mut(&pointer) {
            *schema = Value::Object(Map::new());
        }
    }
    newer
}

/// The same of a file that people write for the generator: there, what is not known is an error. Gives
/// whether there was none.
pub(super) fn check_ours(tree: &Value, shape: &'static Shape, file: usize, report: &mut Report) -> bool {
    let mut walk = Walk { is_ours: true, ..Walk::of(Version::NEWEST) };
    walk.value(tree, &Want::Object(shape));
    let is_good = walk.found.is_empty();
    report.extend(walk.found.into_iter().map(|diagnostic| diagnostic.in_file(file)));
    is_good
}

/// The first thing that keeps a value from having the structure that is wanted. What its references
/// lead to is not looked at.
pub(super) fn mistake(value: &Value, want: &Want, version: Version) -> Option<String> {
    let mut walk = Walk::of(version);
    walk.value(value, want);
    let mistake = walk.found.iter().find(|message| message.severity() == Severity::Error)?;
    Some(mistake.message().to_owned())
}

struct Walk<'a> {
    version: Version,
    tree: Option<&'a Value>,
    path: Path,
    found: Vec<Diagnostic>,
    /// What can be left out and must be.
    aside: Vec<String>,
    /// Schemas that refer to something else.
    strange: Vec<String>,
    /// Keywords of schemas that OpenAPI 3.0 does not have.
    newer: BTreeSet<String>,
    /// Where there are keywords of other versions, by what is said of each, and how it is written.
    others: IndexMap<(String, String), Vec<Origin>>,
    /// Whether the file is one of the generator's own kinds.
    is_ours: bool,
}

/// So many members of a mapping are looked at by several threads at once.
const MANY: usize = 64;

impl Walk<'_> {
    fn of(version: Version) -> Self {
        Self {
            version,
            tree: None,
            path: Path::default(),
            found: Vec::new(),
            aside: Vec::new(),
            strange: Vec::new(),
            newer: BTreeSet::new(),
            others: IndexMap::default(),
            is_ours: false,
        }
    }

    fn value(&mut self, value: &Value, want: &Want) {
        let fits = match want {
            Want::Anything => true,
            Want::Text | Want::Target => value.is_string(),
            Want::Flag => value.is_boolean(),
            Want::Number => value.is_number(),
            Want::Natural => value.is_u64(),
            Want::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Want::Types(words) => self.types(value, words),
            Want::FlagOr(_) if value.is_boolean() => true,
            Want::FlagOr(want) => return self.value(value, want),
            Want::Aside(want) => return self.aside(value, want),
            Want::List(want) => self.items(value, want),
            Want::Filled(want) => self.items(value, want) && value.as_array().is_some_and(|items| !items.is_empty()),
            Want::Map(want) => self.entries(value, want),
            Want::Object(shape) | Want::RefOr(shape) => match value.as_object() {
                Some(object) if matches!(want, Want::RefOr(_)) && pointer::member(object, "$ref").is_some() => {
                    self.reference(object, shape);
                    true
                }
                None if value.is_boolean() => shape.is_json_schema(self.version),
                Some(object) => {
                    self.object(object, shape);
                    true
                }
                None => false,
            },
        };
        if !fits {
            let message = format!("expected {}, found {}", want.describe(), found(value));
            let diagnostic = Diagnostic::error(Rule::InvalidValue, &self.path.origin(None), message);
            self.found.push(match meant(value, want) {
                Some(word) => diagnostic.help(format!("did you mean `{word}`?")),
                None => diagnostic,
            });
        }
    }

    fn types(&mut self, value: &Value, words: &[&str]) -> bool {
        let is_type = |value: &Value| value.as_str().is_some_and(|word| words.contains(&word));
        match value.as_array() {
            Some(items) => !items.is_empty() && items.iter().all(is_type),
            None => is_type(value),
        }
    }

    /// What can be left out is, with its mistakes. There are few that were not repaired before.
    fn aside(&mut self, value: &Value, want: &Want) {
        let before = self.found.len();
        self.value(value, want);
        let is_error = |message: &&mut Diagnostic| message.severity() == Severity::Error;
        let mut is_left_out = false;
        // Without the document, its mistakes are what was asked for.
        let of_document = self.tree.is_some();
        for message in self.found.iter_mut().skip(before).filter(|_| of_document).filter(is_error) {
            message.leave_out();
            is_left_out = true;
        }
        if is_left_out {
            self.aside.push(self.path.current().to_owned());
        }
    }

    fn within(&mut self, token: &str, value: &Value, want: &Want) {
        let mark = self.path.enter(token);
        self.value(value, want);
        self.path.leave(mark);
    }

    fn items(&mut self, value: &Value, want: &Want) -> bool {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            self.within(&index.to_string(), item, want);
        }
        value.is_array()
    }

    fn entries(&mut self, value: &Value, want: &Want) -> bool {
        let Some(entries) = value.as_object() else { return false };
        if entries.len() < MANY {
            entries.iter().for_each(|(key, entry)| self.within(key, entry, want));
            return true;
        }
        let entries: Vec<_> = entries.iter().collect();
        let walks = entries.into_par_iter().map(|(key, entry)| {
            let mut walk = self.fork();
            walk.within(key, entry, want);
            walk
        });
        walks.collect::<Vec<_>>().into_iter().for_each(|walk| self.join(walk));
        true
    }

    /// One that stands in the same place and has found nothing yet.
    fn fork(&self) -> Self {
        Self { tree: self.tree, path: self.path.here(), is_ours: self.is_ours, ..Self::of(self.version) }
    }

    /// Takes what another walk found behind what this one did.
    fn join(&mut self, other: Self) {
        let Self { version: _, tree: _, path: _, found, aside, strange, newer, others, is_ours: _ } = other;
        self.found.extend(found);
        self.aside.extend(aside);
        self.strange.extend(strange);
        self.newer.extend(newer);
        for (said, places) in others {
            self.others.entry(said).or_default().extend(places);
        }
    }

    fn object(&mut self, object: &Map<String, Value>, shape: &'static Shape) {
        for name in shape.required_in(self.version).filter(|name| pointer::member(object, name).is_none()) {
            let message = format!("the member `{name}` of this {} is missing", shape.title());
            self.found.push(Diagnostic::error(Rule::MissingMember, &self.path.origin(None), message).on_key());
        }
        for (key, value) in object {
            match shape.member_in(key, value, self.version) {
                Some(Member::Own(want)) => {
                    if self.version > Version::V3_0 {
                        self.note_newer(key, value, shape);
                    }
                    self.within(key, value, want);
                }
                Some(Member::Of(version, want)) => self.foreign(key, value, want, version, shape),
                None if shape.is_json_schema(self.version) && !key.starts_with("x-") => {}
                None if key.starts_with("x-") && self.is_ours && shape.is_extensible() => {}
                None if self.is_ours => self.found.push(mistaken(key, shape, &self.path.origin(Some(key)))),
                None if key.starts_with("x-") => {
                    self.found.extend(without_meaning(key, shape, || self.path.origin(Some(key))));
                }
                None => self.found.push(unknown(key, shape, &self.path.origin(Some(key)))),
            }
        }
        self.found.extend(together::check(object, shape, self.version, self.tree, || self.path.origin(None)));
    }

    /// Notes what `openapiv3` has no place for.
    fn note_newer(&mut self, key: &str, value: &Value, shape: &'static Shape) {
        if shape.is_schema() && matches!(shape.member_in(key, value, Version::V3_0), Some(Member::Of(..))) {
            let mark = self.path.enter(key);
            self.newer.insert(self.path.current().to_owned());
            self.path.leave(mark);
        }
    }

    /// A member that only another version has. In a schema it is read as meant there.
    fn foreign(&mut self, key: &str, value: &Value, want: &Want, version: Version, shape: &'static Shape) {
        let origin = self.path.origin(Some(key));
        if shape.is_schema() {
            self.note_newer(key, value, shape);
            if let Some(said) = of_another_version(key, value, version, self.version) {
                self.others.entry(said).or_default().push(origin);
            }
            return self.within(key, value, want);
        }
        if let (Want::Word(_), Some(word)) = (want, value.as_str()) {
            let message = format!("`{word}` belongs to OpenAPI {version}, and this is {}", self.version);
            let diagnostic = Diagnostic::error(Rule::InvalidValue, &origin, message);
            self.found.push(diagnostic.help(format!("write something else, or `openapi: {version}.0`")));
            return;
        }
        let message = format!("`{key}` belongs to OpenAPI {version}, and this is {}; it is ignored", self.version);
        let diagnostic = Diagnostic::warning(Rule::UnknownMember, &origin, message).on_key();
        self.found.push(diagnostic.help(format!("take it out, or write `openapi: {version}.0`")));
        let mark = self.path.enter(key);
        self.aside.push(self.path.current().to_owned());
        self.path.leave(mark);
    }

    fn reference(&mut self, object: &Map<String, Value>, shape: &'static Shape) {
        let at = || self.path.origin(Some("$ref"));
        match pointer::member(object, "$ref") {
            Some(Value::String(reference)) => {
                let wrong = self.wrong_target(reference, shape, at);
                if wrong.is_some() && shape.is_schema() {
                    self.strange.push(self.path.current().to_owned());
                }
                self.found.extend(wrong);
            }
            target => {
                let message = format!("expected text, found {}", found(target.unwrap_or(&Value::Null)));
                self.found.push(Diagnostic::error(Rule::InvalidValue, &at(), message));
            }
        }
        if shape.is_json_schema(self.version) {
            return self.object(object, shape);
        }
        let may_stand = |key: &str| match key {
            "$ref" => true,
            "summary" | "description" => self.version > Version::V3_0,
            key => key.starts_with("x-") && !is_ours(key),
        };
        let ignored = object.keys().filter(|key| !may_stand(key));
        let ignored: Vec<_> = ignored.map(|key| sibling(key, shape, &self.path.origin(Some(key)))).collect();
        self.found.extend(ignored);
    }

    /// What is wrong with a reference to something else than what belongs in its place. Whether there
    /// is anything at all is found out later, where references are followed.
    fn wrong_target(&self, reference: &str, shape: &'static Shape, at: impl Fn() -> Origin) -> Option<Diagnostic> {
        let pointer = pointer::of_reference(reference)?;
        let is_there = pointer::lookup(self.tree?, &pointer).is_some();
        let target = Shape::at(pointer::tokens(&pointer));
        if is_there && target.is_some_and(|target| target.name == shape.name) {
            return None;
        }
        if !is_there {
            // These are not followed later.
            return matches!(shape.name, "Callback" | "Link" | "Security Scheme").then(|| {
                let message = format!("there is no {} at `{reference}`", shape.title());
                Diagnostic::error(Rule::UnresolvedReference, &at(), message)
            });
        }
        let wanted = with_article(shape.name);
        if let (Some("Parameter"), "Header") = (target.map(|target| target.name), shape.name) {
            let message = format!("`{reference}` is a Parameter Object; it is read as a Header Object");
            let diagnostic = Diagnostic::warning(Rule::Repaired, &at(), message);
            return Some(diagnostic.help("put a header of its own under `components/headers`"));
        }
        let (message, help) = match target.map(|target| target.name) {
            Some(name) => (format!("`{reference}` is {} Object, not {wanted} Object", with_article(name)), None),
            None => (format!("`{reference}` is no place for {wanted} Object"), Some("put it under `components`")),
        };
        let diagnostic = Diagnostic::error(Rule::UnresolvedReference, &at(), message);
        Some(help.map_or(diagnostic.clone(), |help| diagnostic.help(help)))
    }
}
