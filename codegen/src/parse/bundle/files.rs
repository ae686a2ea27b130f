//! The files of a description, and what references in them lead to.

use std::borrow::Cow;
use std::path::PathBuf;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::Place;
use super::addresses::Addresses;
use super::assemble::section;
use super::dynamic::Dynamic;
use super::needs::is_old;
use super::roots::{From, Roots};
use crate::api::Origin;
use crate::closest::Names;
use crate::diagnostics::{Diagnostic, Report};
use crate::grammar::{Known, Shape};
use crate::maps::{HashMap, HashSet};
use crate::parse::identifiers::{self, Identified};
use crate::parse::tree;
use crate::places::Spot;
use crate::pointer;
use crate::rule::Rule;
use crate::source::Source;

pub(super) struct Files {
    roots: Roots,
    files: Vec<File>,
    /// Whether what they are known by is a matter of the description's version.
    are_identified: bool,
    /// The names that schemas ask for and have by the way to them.
    dynamic: Dynamic,
    /// The numbers of those that the loader knows.
    numbers: HashMap<PathBuf, usize>,
    /// What is known of where references lead.
    ends: HashMap<(Place, Way), End>,
    /// What the members of a place are called.
    names: HashMap<Place, Names<String>>,
}

/// How references are followed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Way {
    /// What is looked for.
    shape: Option<&'static str>,
    /// Whether what the description refers to in its own places is the end: it is followed later.
    ends_at_ours: bool,
    /// Whether it can be left out, so that what is wrong on the way is no error.
    is_aside: bool,
}

/// Where references lead.
#[derive(Clone)]
enum End {
    There(Place),
    /// Nothing is there.
    Missing(Place),
    /// None: they lead back to each other.
    Circle,
    /// Nowhere, which was said.
    Said,
}

enum Step {
    Known(End),
    /// What another place leads to is to be known first.
    Needs((Place, Way)),
    /// It is what another place leads to.
    Same((Place, Way)),
}

struct File {
    /// What its path counts from.
    root: usize,
    /// Its path from the folder of that, with slashes.
    path: String,
    /// The address that it takes the place of.
    address: Option<String>,
    /// `None` if it cannot be read, which was said.
    tree: Option<Rc<Value>>,
    /// What it and its schemas are known by.
    identified: Identified,
}

impl Files {
    /// `report` knows the description, and perhaps files that are no part of it.
    pub fn new(
        source: &Source,
        (root, identified): (Rc<Value>, Option<Identified>),
        addresses: Addresses,
        report: &mut Report,
    ) -> Self {
        let path = source.name().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let are_identified = identified.is_some();
        let identified = identified.unwrap_or_default();
        let mut dynamic = Dynamic::default();
        dynamic.add(&identified, 0, report);
        let file = File { root: 0, path, address: None, tree: Some(root), identified };
        // So that each file has the number that messages know it by.
        let other =
            || File { root: 0, path: String::new(), address: None, tree: None, identified: Identified::default() };
        let others = report.sources().iter().skip(1).map(|_| other());
        Self {
            roots: Roots::new(source, addresses),
            files: [file].into_iter().chain(others).collect(),
            are_identified,
            dynamic,
            numbers: source.id().map(|id| (id, 0)).into_iter().collect(),
            ends: HashMap::default(),
            names: HashMap::default(),
        }
    }

    /// Says which addresses nothing leads to, of those that there are files for.
    pub fn finish(&self, report: &mut Report) {
        self.roots.finish(report);
    }

    /// The description itself.
    pub fn root(&self) -> &Value {
        self.files.first().and_then(|file| file.tree.as_deref()).unwrap_or(&Value::Null)
    }

    /// The path of a file, from the folder that it counts from.
    pub fn path(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| file.path.as_str())
    }

    /// Whether a place is one that the description has for what stands there.
    pub fn is_ours(&self, place: &Place) -> bool {
        place.file == 0 && !matches!(Shape::known(pointer::tokens(&place.pointer)), Known::Nothing)
    }

    pub fn value(&self, place: &Place) -> Rc<Value> {
        let tree = self.files.get(place.file).and_then(|file| file.tree.clone()).unwrap_or_default();
        if place.pointer.is_empty() { tree } else { Rc::new(tree.pointer(&place.pointer).cloned().unwrap_or_default()) }
    }

    /// Where a place is in the text of its file, and what is below it and stands elsewhere there.
    pub fn in_text(&self, place: &Place) -> Vec<(String, Spot)> {
        let identified = self.files.get(place.file).map(|file| &file.identified);
        let mut origins = identified.map(|identified| identified.moved().part(&place.pointer)).unwrap_or_default();
        if origins.at("").is_none() {
            origins.put(String::new(), (place.file, place.pointer.clone()));
        }
        origins.into_iter().collect()
    }

    /// What a reference in a file leads to, through other references; `None` after an error.
    pub fn follow(
        &mut self,
        reference: &str,
        file: usize,
        shape: Option<&'static Shape>,
        origin: &Origin,
        report: &mut Report,
    ) -> Option<Place> {
        let from = (file, origin);
        let end = match self.target(reference, file, shape, from, report) {
            Ok(place) => self.end((place, Way::of(shape, report.is_aside())), shape, from, report),
            Err(diagnostic) => {
                report.extend(diagnostic.map(|diagnostic| diagnostic.in_file(file)));
                End::Said
            }
        };
        let diagnostic = match end {
            End::There(place) => return Some(place),
            End::Said => return None,
            End::Missing(place) => self.missing(&place, origin),
            End::Circle => {
                let message = format!("`{reference}` refers to itself and never to anything else");
                Diagnostic::error(Rule::CyclicReference, origin, message)
            }
        };
        report.push(diagnostic.in_file(file));
        None
    }

    /// What a place leads to. Each is followed once, and without recursion: a chain may be of any length.
    fn end(
        &mut self,
        start: (Place, Way),
        shape: Option<&'static Shape>,
        from: (usize, &Origin),
        report: &mut Report,
    ) -> End {
        // Each with the place whose end is its own, once that is known.
        let (mut open, mut waiting) = (vec![(start, None)], HashSet::default());
        let mut end = End::Circle;
        while let Some((current, same)) = open.last_mut() {
            let known = same.as_ref().and_then(|same| self.ends.get(same)).cloned();
            let step = known.map_or_else(|| self.step(current, shape, from, report), Step::Known);
            end = match step {
                Step::Known(end) => end,
                Step::Needs(other) | Step::Same(other) if other == *current || waiting.contains(&other) => End::Circle,
                Step::Needs(other) => {
                    waiting.insert(current.clone());
                    open.push((other, None));
                    continue;
                }
                Step::Same(other) => {
                    *same = Some(other.clone());
                    waiting.insert(current.clone());
                    open.push((other, None));
                    continue;
                }
            };
            waiting.remove(current);
            self.ends.insert(current.clone(), end.clone());
            open.pop();
        }
        end
    }

    /// Whether something stands at a place, or a reference at it or on the way to it.
    fn step(
        &mut self,
        current: &(Place, Way),
        shape: Option<&'static Shape>,
        from: (usize, &Origin),
        report: &mut Report,
    ) -> Step {
        let (place, way) = current;
        if let Some(end) = self.ends.get(current) {
            return Step::Known(end.clone());
        }
        if way.ends_at_ours && self.is_ours(place) {
            return Step::Known(End::There(place.clone()));
        }
        let missing = || Step::Known(End::Missing(place.clone()));
        let Some(tree) = self.files.get(place.file).and_then(|file| file.tree.clone()) else { return missing() };
        let (mut value, mut rest) = (&*tree, place.pointer.as_str());
        loop {
            let reference = value.get("$ref").and_then(Value::as_str);
            if let (Some(reference), "") = (reference, rest) {
                return match self.target(reference, place.file, shape, from, report) {
                    Ok(next) => Step::Same((next, *way)),
                    Err(diagnostic) => {
                        report.extend(diagnostic.map(|diagnostic| diagnostic.in_file(from.0)));
                        Step::Known(End::Said)
                    }
                };
            }
            if reference.is_some() {
                let pointer = place.pointer.strip_suffix(rest).unwrap_or_default().to_owned();
                let through = (Place { file: place.file, pointer }, Way { ends_at_ours: false, ..*way });
                return match self.ends.get(&through) {
                    Some(End::There(end)) => {
                        Step::Same((Place { file: end.file, pointer: format!("{}{rest}", end.pointer) }, *way))
                    }
                    Some(end) => Step::Known(end.clone()),
                    None => Step::Needs(through),
                };
            }
            let Some((token, after)) = first_token(rest) else { return Step::Known(End::There(place.clone())) };
            match pointer::child(value, &token) {
                Some(child) => (value, rest) = (child, after),
                None => return missing(),
            }
        }
    }

    fn missing(&mut self, place: &Place, origin: &Origin) -> Diagnostic {
        let message = format!("there is nothing at `{}` of {}", place.pointer, self.path(place.file));
        let diagnostic = Diagnostic::error(Rule::UnresolvedReference, origin, message);
        let (parent, name) = place.pointer.rsplit_once('/').unwrap_or_default();
        let parent = Place { file: place.file, pointer: parent.to_owned() };
        let tree = self.files.get(place.file).and_then(|file| file.tree.as_deref());
        let names = self.names.entry(parent).or_insert_with_key(|parent| {
            let siblings = tree.and_then(|tree| tree.pointer(&parent.pointer)?.as_object());
            Names::of(siblings.into_iter().flat_map(Map::keys).cloned())
        });
        match names.closest(name) {
            Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
            None => diagnostic,
        }
    }

    /// The place that a reference names. `Err(None)` if what is wrong was said before.
    fn target(
        &mut self,
        reference: &str,
        file: usize,
        shape: Option<&'static Shape>,
        (at, origin): (usize, &Origin),
        report: &mut Report,
    ) -> Result<Place, Option<Diagnostic>> {
        if let Some(pointer) = self.habit(reference, file, shape) {
            let message = format!("`{reference}` is read as `#{pointer}`");
            let diagnostic = Diagnostic::warning(Rule::Repaired, origin, message);
            report.push(diagnostic.help(format!("write `#{pointer}`")).in_file(at));
            return Ok(Place { file: 0, pointer });
        }
        if let Some(pointer) = self.by_uri(reference, file) {
            return Ok(Place { file: 0, pointer });
        }
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() { file } else { self.file(path, file, (at, origin), report)? };
        let named = self.files.get(file).and_then(|file| file.identified.named(fragment));
        if let Some(pointer) = named.map(str::to_owned) {
            return Ok(Place { file, pointer });
        }
        match pointer::of_reference(&format!("#{fragment}")) {
            Some(pointer) => {
                let pointer = pointer::canonical(&pointer);
                let Some(meant) = self.without_slash(&pointer, file) else { return Ok(Place { file, pointer }) };
                let (written, meant_as) = (format!("{path}#{fragment}"), format!("{path}#{meant}"));
                let message = format!("`{written}` is read as `{meant_as}`");
                let diagnostic = Diagnostic::warning(Rule::Repaired, origin, message);
                report.push(diagnostic.help(format!("write `{meant_as}`")).in_file(at));
                Ok(Place { file, pointer: meant })
            }
            None => {
                let message = format!("`#{fragment}` is no place: a reference goes on with `/` after the `#`");
                Err(Some(Diagnostic::error(Rule::UnresolvedReference, origin, message)))
            }
        }
    }

    /// The place that another file means by the URI of the description or of a schema in it.
    fn by_uri(&self, reference: &str, file: usize) -> Option<String> {
        if file == 0 || reference.starts_with('#') {
            return None;
        }
        let fragment = reference.split_once('#').map_or("", |(_, fragment)| fragment);
        let uri = format!("{}#{fragment}", self.files.get(file)?.identified.uri_of(reference));
        self.files.first()?.identified.find(self.root(), &uri)
    }

    /// What a pointer is meant as that ends with a slash, which leads to a member without a name.
    fn without_slash(&self, pointer: &str, file: usize) -> Option<String> {
        let tree = self.files.get(file)?.tree.as_deref()?;
        meant_without_slash(tree, pointer).filter(|meant| file != 0 || !meant.is_empty())
    }

    /// The component that is meant by a bare name, or by a reference as Swagger 2 writes it.
    fn habit(&self, reference: &str, file: usize, shape: Option<&'static Shape>) -> Option<String> {
        if file != 0 {
            return None;
        }
        let name = match reference.strip_prefix('#') {
            Some(pointer) if !pointer.starts_with('/') => {
                let pointer = pointer::of_reference(&format!("#/{pointer}"))?;
                return self.root().pointer(&pointer).map(|_| pointer);
            }
            Some(pointer) => {
                let is_there = pointer::of_reference(reference).is_some_and(|at| self.root().pointer(&at).is_some());
                let (_, name) = pointer.rsplit_once('/').filter(|_| is_old(pointer) && !is_there)?;
                name
            }
            None if reference.contains(['/', '.', ':']) => return None,
            None => reference,
        };
        let pointer = format!("/components/{}/{}", section(shape?)?, pointer::escape(name));
        self.root().pointer(&pointer).map(|_| pointer)
    }

    /// The file of a reference in another one, read if it was not.
    fn file(
        &mut self,
        path: &str,
        from: usize,
        (at, origin): (usize, &Origin),
        report: &mut Report,
    ) -> Result<usize, Option<Diagnostic>> {
        let error = |rule, message: String| Diagnostic::error(rule, origin, message);
        let uri = self.files.get(from).map(|from| from.identified.uri_of(path)).unwrap_or_default();
        let from = self.files.get(from).map_or_else(From::default, |file| From {
            root: file.root,
            path: &file.path,
            address: file.address.as_deref(),
        });
        let spot = self.roots.spot(path, &from, origin).map_err(Some)?;
        let path = spot.path.as_str();
        let source = self.roots.source(spot.root).clone();
        let unread = |failure| spot.unread(&failure, origin);
        let found = source.find(path).map_err(|failure| Some(unread(failure)))?;
        if let Some(known) = self.numbers.get(&found.id) {
            let is_read = self.files.get(*known).is_some_and(|file| file.tree.is_some());
            return if is_read { Ok(*known) } else { Err(None) };
        }
        if self.roots.is_outside(&found, spot.root) {
            let message = format!("`{path}` is outside of the folder of the description");
            report.push(error(Rule::OutsideFile, message).in_file(at));
            if !report.allows(Rule::OutsideFile) {
                return Err(None);
            }
        }
        let bytes = source.load(&found).map_err(|failure| Some(unread(failure)))?;
        let number = self.files.len();
        let mut tree = match source.beside(path, &bytes) {
            Ok(source) => {
                let in_report = report.add_source(source.clone());
                tree::read(&source, in_report, report)
            }
            Err((broken, offset)) => {
                let in_report = report.add_source(broken);
                let diagnostic = Diagnostic::at_offset(Rule::NotUtf8, Some(offset), "this is not UTF-8");
                report.push(diagnostic.help("save the file as UTF-8").in_file(in_report));
                None
            }
        };
        let base = spot.address.as_deref().unwrap_or(&uri);
        let file = identifiers::File { number, base };
        let identified = tree.as_mut().filter(|_| self.are_identified);
        let identified = identified.map(|tree| identifiers::resolve(tree, file, report)).unwrap_or_default();
        self.dynamic.add(&identified, number, report);
        let is_read = tree.is_some();
        // Where something else needs it, what is wrong with it is an error.
        if is_read || !report.is_aside() {
            self.numbers.insert(found.id, number);
        }
        let (path, address, tree) = (spot.path, spot.address, tree.map(Rc::new));
        self.files.push(File { root: spot.root, path, address, tree, identified });
        if is_read { Ok(number) } else { Err(None) }
    }
}

/// The same pointer without the slash at its end, if it leads somewhere then and does not otherwise.
pub(super) fn meant_without_slash(tree: &Value, pointer: &str) -> Option<String> {
    let meant = pointer.strip_suffix('/')?.trim_end_matches('/');
    (tree.pointer(pointer).is_none() && tree.pointer(meant).is_some()).then(|| meant.to_owned())
}

impl Way {
    fn of(shape: Option<&'static Shape>, is_aside: bool) -> Self {
        Self { shape: shape.map(|shape| shape.name), ends_at_ours: true, is_aside }
    }
}

/// The first token of a pointer, and what comes after it.
fn first_token(pointer: &str) -> Option<(Cow<'_, str>, &str)> {
    let tokens = pointer.strip_prefix('/')?;
    let end = tokens.find('/').unwrap_or(tokens.len());
    Some((pointer::unescape(&tokens[..end]), &tokens[end..]))
}

/// A path that counts from the folder of another one.
pub(crate) fn join(from: &str, path: &str) -> String {
    let is_absolute = path.starts_with('/') || path.get(1..3) == Some(":/");
    match from.rsplit_once('/').filter(|_| !is_absolute) {
        Some((folder, _)) => normal(&format!("{folder}/{path}")),
        None => normal(path),
    }
}

/// The same path without `.` and, as far as possible, `..`.
pub(super) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') { format!("/{joined}") } else { joined }
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
