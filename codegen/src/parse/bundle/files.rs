//! The files of a description, and what references in them lead to.

use std::path::PathBuf;
use std::rc::Rc;

use serde_json::Value;

use super::Place;
use super::assemble::section;
use super::needs::is_old;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::parse::wants::{Known, Shape};
use crate::parse::{closest, tree};
use crate::pointer;
use crate::rule::Rule;
use crate::source::Source;

/// More references in a row than anybody writes.
const CHAIN: usize = 100;

pub(super) struct Files {
    source: Source,
    files: Vec<File>,
}

struct File {
    id: Option<PathBuf>,
    /// Its path from the folder of the description, with slashes.
    path: String,
    /// `None` if it cannot be read, which was said.
    tree: Option<Rc<Value>>,
}

impl Files {
    /// `report` knows the description, and perhaps files that are no part of it.
    pub fn new(source: &Source, root: Rc<Value>, report: &Report) -> Self {
        let path = source.name().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let file = File { id: source.id(), path, tree: Some(root) };
        // So that each file has the number that messages know it by.
        let others = report.sources().iter().skip(1).map(|_| File { id: None, path: String::new(), tree: None });
        Self { source: source.clone(), files: [file].into_iter().chain(others).collect() }
    }

    /// The description itself.
    pub fn root(&self) -> &Value {
        self.files.first().and_then(|file| file.tree.as_deref()).unwrap_or(&Value::Null)
    }

    /// The path of a file from the folder of the description.
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

    /// What a reference in a file leads to, through other references; `None` after an error.
    pub fn follow(
        &mut self,
        reference: &str,
        file: usize,
        shape: Option<&'static Shape>,
        origin: &Origin,
        report: &mut Report,
    ) -> Option<Place> {
        let at = file;
        let (mut reference, mut file) = (reference.to_owned(), file);
        for _ in 0..CHAIN {
            let place = match self.target(&reference, file, shape, (at, origin), report) {
                Ok(place) => place,
                Err(diagnostic) => {
                    report.extend(diagnostic.map(|diagnostic| diagnostic.in_file(at)));
                    return None;
                }
            };
            // What the description refers to in its own places is followed later.
            if self.is_ours(&place) {
                return Some(place);
            }
            match self.step(&place) {
                Step::There => return Some(place),
                Step::On(next, from) => (reference, file) = (next, from),
                Step::Missing => {
                    report.push(self.missing(&place, origin).in_file(at));
                    return None;
                }
            }
        }
        let message = format!("`{reference}` refers to itself and never to anything else");
        report.push(Diagnostic::error(Rule::CyclicReference, origin, message).in_file(at));
        None
    }

    /// Whether something stands at a place, or a reference at it or on the way to it.
    fn step(&self, place: &Place) -> Step {
        let Some(tree) = self.files.get(place.file).and_then(|file| file.tree.as_deref()) else { return Step::Missing };
        let tokens: Vec<_> = pointer::tokens(&place.pointer).collect();
        let mut value = tree;
        for index in 0..=tokens.len() {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                let rest = tokens.iter().skip(index).map(|token| format!("/{}", pointer::escape(token)));
                let rest: String = rest.collect();
                if rest.is_empty() {
                    return Step::On(reference.to_owned(), place.file);
                }
                let start = if reference.contains('#') { reference.to_owned() } else { format!("{reference}#") };
                return Step::On(start + &rest, place.file);
            }
            let Some(token) = tokens.get(index) else { break };
            let next = match value {
                Value::Object(object) => object.get(token.as_ref()),
                Value::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => None,
            };
            match next {
                Some(next) => value = next,
                None => return Step::Missing,
            }
        }
        Step::There
    }

    fn missing(&self, place: &Place, origin: &Origin) -> Diagnostic {
        let message = format!("there is nothing at `{}` of {}", place.pointer, self.path(place.file));
        let diagnostic = Diagnostic::error(Rule::UnresolvedReference, origin, message);
        let (parent, name) = place.pointer.rsplit_once('/').unwrap_or_default();
        let tree = self.files.get(place.file).and_then(|file| file.tree.as_deref());
        let siblings = tree.and_then(|tree| tree.pointer(parent)?.as_object());
        match closest(name, siblings.into_iter().flat_map(|siblings| siblings.keys().map(String::as_str))) {
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
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() { file } else { self.file(path, file, (at, origin), report)? };
        match pointer::of_reference(&format!("#{fragment}")) {
            Some(pointer) => Ok(Place { file, pointer: pointer::canonical(&pointer) }),
            None => {
                let message = format!("`#{fragment}` is no place: a reference goes on with `/` after the `#`");
                Err(Some(Diagnostic::error(Rule::UnresolvedReference, origin, message)))
            }
        }
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
        let is_address =
            path.split_once(':').is_some_and(|(scheme, _)| scheme.len() > 1 && !scheme.contains(['/', '\\']));
        if is_address || path.starts_with("//") {
            let diagnostic = error(Rule::ExternalReference, format!("`{path}` is not a file, and nothing is fetched"));
            return Err(Some(
                diagnostic.help("download it, and refer to the file; or bundle the description into one file"),
            ));
        }
        let path = join(self.path(from), &pointer::percent_decode(path).replace('\\', "/"));
        let Some(loader) = self.source.loader() else {
            let diagnostic = error(Rule::ExternalReference, format!("`{path}` is not in this document"));
            return Err(Some(diagnostic.help("read the description from a file, or bundle it into one")));
        };
        let unread = |failure: std::io::Error| {
            if failure.kind() == std::io::ErrorKind::NotFound {
                error(Rule::UnresolvedReference, format!("no such file: `{path}`"))
                    .help("the path counts from the file that it stands in")
            } else {
                error(Rule::Unreadable, format!("cannot read `{path}`: {failure}"))
            }
        };
        let found = loader.find(&path).map_err(|failure| Some(unread(failure)))?;
        if let Some(known) = self.files.iter().position(|file| file.id.as_ref() == Some(&found.id)) {
            return if self.files[known].tree.is_some() { Ok(known) } else { Err(None) };
        }
        if found.is_outside {
            let message = format!("`{path}` is outside of the folder of the description");
            report.push(error(Rule::OutsideFile, message).in_file(at));
            if !report.allows(Rule::OutsideFile) {
                return Err(None);
            }
        }
        let bytes = loader.read(&found).map_err(|failure| Some(unread(failure)))?;
        let number = self.files.len();
        let tree = match self.source.beside(&path, &bytes) {
            Ok(source) => {
                let in_report = report.add_source(source.clone());
                tree::read(&source, in_report, report).map(Rc::new)
            }
            Err((broken, offset)) => {
                let in_report = report.add_source(broken);
                let diagnostic = Diagnostic::at_offset(Rule::NotUtf8, Some(offset), "this is not UTF-8");
                report.push(diagnostic.help("save the file as UTF-8").in_file(in_report));
                None
            }
        };
        let is_read = tree.is_some();
        self.files.push(File { id: Some(found.id), path, tree });
        if is_read { Ok(number) } else { Err(None) }
    }
}

enum Step {
    There,
    /// A reference, and the file that it stands in.
    On(String, usize),
    Missing,
}

/// A path that counts from the folder of another one, without `.` and, as far as possible, `..`.
fn join(from: &str, path: &str) -> String {
    let is_absolute = path.starts_with('/') || path.get(1..3) == Some(":/");
    let folder = if is_absolute { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') { format!("/{joined}") } else { joined }
}
