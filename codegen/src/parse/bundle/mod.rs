//! Several files → one document.
//!
//! What a reference to another file leads to becomes a component, so that the stages after this one
//! know references to components alone; so does what stands in a place of the document that OpenAPI
//! does not know. Where OpenAPI allows no reference, what it leads to is put in its place. All that is
//! noted, so that messages point at the file.

mod addresses;
mod assemble;
mod dynamic;
mod files;
mod needs;
mod parameters;
mod roots;

use std::collections::BTreeSet;
use std::mem;
use std::rc::Rc;

use serde_json::{Map, Value};

use self::addresses::Addresses;
pub(super) use self::addresses::{StandIn, is_address};
use self::assemble::section;
use self::files::Files;
pub(crate) use self::files::join;
use super::identifiers::Identified;
use crate::diagnostics::{Diagnostic, Report};
use crate::grammar::{OPENAPI, Shape, Version, Want};
use crate::maps::{HashMap, HashSet};
use crate::rule::Rule;
use crate::source::Source;
use crate::{api::Origin, pointer};

/// Makes the document one that refers to its own components alone, as far as its references lead anywhere.
/// Files stand for some addresses; those that nothing refers to are an error. What the document is known by is there
/// if that is a matter of its version.
pub(super) fn bundle(
    (tree, identified): (Value, Option<Identified>),
    version: Version,
    source: &Source,
    stand_ins: &[StandIn],
    report: &mut Report,
) -> Value {
    let addresses = Addresses::of(stand_ins);
    if !needs::bundling(&tree) {
        addresses.finish(&BTreeSet::new(), report);
        return tree;
    }
    let root = Rc::new(tree);
    let files = Files::new(source, (Rc::clone(&root), identified), addresses, report);
    let mut bundle = Bundle {
        report,
        version,
        files,
        targets: Vec::new(),
        known: HashMap::default(),
        homes: HashMap::default(),
        inlining: HashSet::default(),
        part: Part::default(),
        is_root: true,
    };
    let document = bundle.place(&root, &Want::Object(&OPENAPI), &mut At::default()).unwrap_or_default();
    let root = mem::take(&mut bundle.part);
    bundle.is_root = false;
    let mut parts = Vec::new();
    while let Some(target) = bundle.targets.get(parts.len()) {
        let (shape, file, pointer) = (target.shape, target.place.file, target.place.pointer.clone());
        let value = bundle.files.value(&target.place);
        let mut at = At { file, old: pointer.clone(), new: String::new() };
        bundle.part.notes.push((String::new(), file, pointer));
        let content = bundle.place(&value, &Want::Object(shape), &mut at).unwrap_or_default();
        parts.push((content, mem::take(&mut bundle.part)));
    }
    let Bundle { report, files, targets, homes, .. } = bundle;
    files.finish(report);
    assemble::assemble((document, root), (targets, parts), &homes, &files, report)
}

/// A place in one of the files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    file: usize,
    pointer: String,
}

/// What references lead to and the document has no place for yet.
struct Target {
    place: Place,
    shape: &'static Shape,
}

/// What is noted about a part of the document: the whole, or what becomes a component. The pointers
/// start at the part.
#[derive(Default)]
struct Part {
    /// What came from elsewhere: the pointer, and the file and pointer that it came from.
    notes: Vec<(String, usize, String)>,
    /// The texts that must name the place of a target.
    sites: Vec<(String, usize)>,
}

/// How much was noted of a part at some time.
type Mark = (usize, usize);

impl Part {
    fn mark(&self) -> Mark {
        (self.notes.len(), self.sites.len())
    }

    /// Takes what was noted since some time of the members of what is at a place, as far as they are chosen by their
    /// tokens. The pointers start at the place then.
    fn take(&mut self, since: Mark, place: &str, is_chosen: impl Fn(&str) -> bool) -> Self {
        let rest = |pointer: &str| {
            let rest = pointer.strip_prefix(place)?;
            let token = rest.strip_prefix('/')?.split('/').next()?;
            is_chosen(token).then(|| rest.to_owned())
        };
        let notes = self.notes.extract_if(since.0.., |(pointer, ..)| rest(pointer).is_some());
        let notes = notes.map(|(pointer, file, from)| (rest(&pointer).unwrap_or_default(), file, from)).collect();
        let sites = self.sites.extract_if(since.1.., |(pointer, _)| rest(pointer).is_some());
        let sites = sites.map(|(pointer, target)| (rest(&pointer).unwrap_or_default(), target)).collect();
        Self { notes, sites }
    }

    /// Adds what is noted of something that is put at a place.
    fn put(&mut self, place: &str, part: Self) {
        self.notes.extend(part.notes.into_iter().map(|(rest, file, from)| (format!("{place}{rest}"), file, from)));
        self.sites.extend(part.sites.into_iter().map(|(rest, target)| (format!("{place}{rest}"), target)));
    }
}

/// Where the walk stands: in a file, and in the part that is made.
#[derive(Clone, Default)]
struct At {
    file: usize,
    old: String,
    new: String,
}

impl At {
    fn child(&self, token: &str) -> Self {
        let token = pointer::escape(token);
        Self { file: self.file, old: format!("{}/{token}", self.old), new: format!("{}/{token}", self.new) }
    }
}

struct Bundle<'a> {
    report: &'a mut Report,
    version: Version,
    files: Files,
    targets: Vec<Target>,
    known: HashMap<(Place, &'static str), usize>,
    /// The components that are but references to other files: what they lead to is theirs.
    homes: HashMap<Place, String>,
    /// What is being put in the place of a reference.
    inlining: HashSet<Place>,
    part: Part,
    is_root: bool,
}

impl Bundle<'_> {
    /// A value as it stands in the bundled document; `None` if it is left out, after an error.
    fn place(&mut self, value: &Value, want: &Want, at: &mut At) -> Option<Value> {
        let solid = want.solid();
        if let (Some(reference), true) = (value.get("$ref").and_then(Value::as_str), solid.is_structure()) {
            return self.reference(value, reference, want, at);
        }
        Some(match (solid, value) {
            (Want::Object(shape) | Want::RefOr(shape), Value::Object(object)) => {
                self.entries(object, at, |key| shape.member(key))
            }
            (Want::Map(inner), Value::Object(object)) => self.entries(object, at, |_| Some(inner)),
            (Want::FlagOr(inner), Value::Object(_)) => return self.place(value, inner, at),
            (Want::List(item) | Want::Filled(item), Value::Array(items)) => {
                let mut placed: Vec<Value> = Vec::with_capacity(items.len());
                for (index, value) in items.iter().enumerate() {
                    let mut child = at.child(&index.to_string());
                    child.new = at.child(&placed.len().to_string()).new;
                    if index != placed.len() {
                        self.part.notes.push((child.new.clone(), child.file, child.old.clone()));
                    }
                    placed.extend(self.place(value, item, &mut child));
                }
                Value::Array(placed)
            }
            // A single one without its list.
            (Want::List(item) | Want::Filled(item), Value::Object(_)) => return self.place(value, item, at),
            (Want::Target, Value::String(text)) if is_reference(text) => self.named_target(text, at),
            _ => value.clone(),
        })
    }

    fn entries(&mut self, object: &Map<String, Value>, at: &At, want: impl Fn(&str) -> Option<&'static Want>) -> Value {
        let placed = object.iter().filter_map(|(key, value)| {
            let value = match want(key) {
                Some(want) => self.place(value, want, &mut at.child(key))?,
                None => value.clone(),
            };
            Some((key.clone(), value))
        });
        Value::Object(placed.collect())
    }

    /// What stands where a reference is.
    fn reference(&mut self, value: &Value, reference: &str, want: &Want, at: &mut At) -> Option<Value> {
        if at.file == 0 && needs::is_plain(self.files.root(), value, reference, want) {
            return Some(self.beside(value, want, at));
        }
        let (shape, is_aside, want) = (want.object(), matches!(want, Want::Aside(_)), want.solid());
        let origin = Origin::new(at.old.as_str()).child("$ref");
        let files = &mut self.files;
        let mut follow = |report: &mut Report| files.follow(reference, at.file, shape, &origin, report);
        let place = if is_aside { self.report.aside(follow) } else { follow(self.report) };
        match (place, want) {
            (Some(place), Want::RefOr(shape)) if section(shape).is_some() => Some(self.refer(value, place, shape, at)),
            (Some(place), _) => self.inline(value, place, want, at),
            // A schema that is not there is any value, and so is a mapping without what it was to take over.
            (None, Want::RefOr(shape)) if shape.is_schema() => Some(Value::Object(Map::new())),
            (None, Want::RefOr(shape)) if shape.name != "Path Item" => None,
            (None, _) if value.as_object().is_some_and(|object| object.len() == 1) && shape.is_none() => None,
            (None, _) => {
                let mut rest = Some(Value::Object(Map::new()));
                self.siblings(value, &mut rest, want, self.part.mark(), at);
                rest
            }
        }
    }

    /// A reference to a component: one that is there, or one that is to be.
    fn refer(&mut self, value: &Value, place: Place, shape: &'static Shape, at: &At) -> Value {
        let is_alone = !shape.is_json_schema(self.version) || value.as_object().is_some_and(|object| object.len() == 1);
        let is_home = self.is_root && is_alone && is_slot(&at.new, shape);
        if is_home && !self.homes.contains_key(&place) && !self.files.is_ours(&place) {
            self.homes.insert(place.clone(), at.new.clone());
            let content = self.files.value(&place);
            self.part.notes.push((at.new.clone(), place.file, place.pointer.clone()));
            let mut inner = At { file: place.file, old: place.pointer, new: at.new.clone() };
            return self.place(&content, &Want::Object(shape), &mut inner).unwrap_or_default();
        }
        let mut value = self.beside(value, &Want::RefOr(shape), at);
        let text = self.address(place, shape, format!("{}/$ref", at.new));
        if let Some(object) = value.as_object_mut() {
            object.insert("$ref".to_owned(), text.into());
        }
        value
    }

    /// A reference with what stands beside it, which in a schema is more than texts.
    fn beside(&mut self, value: &Value, want: &Want, at: &At) -> Value {
        let shape = want.object().filter(|shape| shape.is_json_schema(self.version));
        match shape.zip(value.as_object()) {
            Some((shape, object)) => self.entries(object, at, |key| shape.member(key).filter(|_| key != "$ref")),
            None => value.clone(),
        }
    }

    /// The text that refers to a place, or nothing yet if that is not known.
    fn address(&mut self, place: Place, shape: &'static Shape, site: String) -> String {
        if self.files.is_ours(&place) {
            return format!("#{}", place.pointer);
        }
        let next = self.targets.len();
        let number = *self.known.entry((place.clone(), shape.name)).or_insert(next);
        if number == next {
            self.targets.push(Target { place, shape });
        }
        self.part.sites.push((site, number));
        String::new()
    }

    /// A name in the mapping of a discriminator that is a reference.
    fn named_target(&mut self, text: &str, at: &At) -> Value {
        if at.file == 0 && text.starts_with('#') {
            return text.into();
        }
        let origin = Origin::new(at.old.as_str());
        let shape = &crate::grammar::SCHEMA;
        match self.files.follow(text, at.file, Some(shape), &origin, self.report) {
            Some(place) => self.address(place, shape, at.new.clone()).into(),
            None => text.into(),
        }
    }

    /// Puts what a reference leads to in its place, and over it what stands beside the reference.
    fn inline(&mut self, value: &Value, place: Place, want: &Want, at: &At) -> Option<Value> {
        let origin = Origin::new(at.old.as_str()).child("$ref");
        if !self.inlining.insert(place.clone()) {
            let message = "this reference leads back to itself";
            self.report.push(Diagnostic::error(Rule::CyclicReference, &origin, message).in_file(at.file));
            return None;
        }
        let is_newer =
            |want: &Want| want.object().is_some_and(|shape| shape.name == "Media Type") && self.version < Version::V3_2;
        if !matches!(want, Want::RefOr(_)) || is_newer(want) {
            let message = "OpenAPI has no reference here; it is read as what it leads to";
            let diagnostic = Diagnostic::warning(Rule::Repaired, &origin, message);
            self.report.push(diagnostic.help("write out what it refers to").in_file(at.file));
        }
        let content = self.files.value(&place);
        self.part.notes.push((at.new.clone(), place.file, place.pointer.clone()));
        let since = self.part.mark();
        let mut inner = At { file: place.file, old: place.pointer.clone(), new: at.new.clone() };
        let mut placed = self.place(&content, want, &mut inner);
        self.inlining.remove(&place);
        let shared = placed.as_ref().map(|placed| self.shared_parameters(value, placed, want, since, &inner));
        self.siblings(value, &mut placed, want, since, at);
        shared.into_iter().flatten().for_each(|(parameter, part)| self.add_parameter(parameter, part, &mut placed, at));
        placed
    }

    /// Puts what stands beside a reference over what the reference leads to, which was noted since some time.
    fn siblings(&mut self, value: &Value, placed: &mut Option<Value>, want: &Want, since: Mark, at: &At) {
        let is_beside = |token: &str| value.get(&*pointer::unescape(token)).is_some();
        // What is replaced has nothing to say any more.
        self.part.take(since, &at.new, is_beside);
        let siblings = value.as_object().into_iter().flatten().filter(|(key, _)| *key != "$ref");
        for (key, value) in siblings {
            let mut child = at.child(key);
            let (inner, is_named) = match want.solid() {
                Want::Object(shape) | Want::RefOr(shape) => (shape.member(key), shape.pattern.is_some()),
                Want::Map(inner) => (Some(*inner), true),
                _ => (None, true),
            };
            // Where names are the author's, a text about the whole has no place.
            let is_about_all = is_named
                && !key.starts_with("x-")
                && inner.is_none_or(|inner| !value.is_object() && inner.object().is_some());
            let object = placed.as_mut().and_then(Value::as_object_mut).filter(|_| !is_about_all);
            let Some(object) = object else {
                let message = format!("`{key}` stands beside a `$ref` and is ignored");
                let diagnostic = Diagnostic::warning(Rule::IgnoredSibling, &Origin::new(child.old), message).on_key();
                self.report.push(diagnostic.in_file(child.file));
                continue;
            };
            let own = match inner {
                Some(want) => self.place(value, want, &mut child),
                None => Some(value.clone()),
            };
            self.part.notes.push((child.new, child.file, child.old));
            if let Some(own) = own {
                object.insert(key.clone(), own);
            }
        }
    }
}

/// Whether a text in a mapping of names is a reference rather than a name.
fn is_reference(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default().to_ascii_lowercase();
    text.contains('#') || [".json", ".yaml", ".yml"].iter().any(|ending| path.ends_with(ending))
}

/// Whether a pointer is that of a component of a kind.
fn is_slot(pointer: &str, shape: &Shape) -> bool {
    let tokens: Vec<_> = pointer::tokens(pointer).collect();
    matches!(tokens.as_slice(), [first, kind, _] if first == "components" && Some(kind.as_ref()) == section(shape))
}
