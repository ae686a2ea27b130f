//! Reads what is meant: whatever has one obvious meaning but is not written as OpenAPI writes it.
//!
//! The walk follows the table of OpenAPI's objects, as the check after it does. Every repair is a
//! warning; what has no obvious meaning is left to the check, which reports it.

mod coerce;
mod objects;
mod schema;
mod security;
mod types;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde_json::{Map, Value};

use self::coerce::Coerced;
pub(crate) use self::objects::NO_VALUE;
use super::path::{Mark, Path};
use super::spelling::{self, Spelling};
use super::structure;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::grammar::{Default, Member, OPENAPI, Shape, Version, Want};
use crate::maps::HashMap;
use crate::pointer;
use crate::rule::Rule;

/// Repairs the document. Gives limits and values of schemas that it may not hold, as they are written.
pub(super) fn repair(tree: &mut Value, version: Version, report: &mut Report) -> HashMap<String, String> {
    let mut repair = Repair::at(Path::default(), version);
    repair.value(tree, &Want::Object(&OPENAPI));
    let Repair { version: _, path, mut messages, texts, limits, listed } = repair;
    let places = |list: &[(String, String)]| list.iter().map(|(_, old)| report.places.before_repair(old)).collect();
    let spelled = spell(report, places(&texts), Spelling::AsText);
    for (new, old) in texts {
        let Some(place) = tree.pointer_mut(&new) else { continue };
        if let Some(text) = spelled.get(&report.places.before_repair(&old)) {
            *place = text.as_str().into();
        }
        // Without the quotes, it is what it was read as before.
        let text = place.as_str().unwrap_or_default();
        let message = format!("expected text, found {text} without quotes; it is read as text");
        let diagnostic = Diagnostic::warning(Rule::Repaired, &Origin::new(old), message);
        messages.push(diagnostic.help(format!("write {text:?}")));
    }
    let mut written = HashMap::default();
    for (list, how) in [(limits, Spelling::AsJson), (listed, Spelling::AsText)] {
        let spelled = spell(report, places(&list), how);
        let known = |old: &str| spelled.get(&report.places.before_repair(old)).cloned();
        written.extend(list.into_iter().filter_map(|(new, old)| Some((new, known(&old)?))));
    }
    for mut message in messages {
        message.settle(|pointer| report.places.before_repair(pointer));
        report.push(message);
    }
    report.places.repair(path.into_moved());
    written
}

/// How numbers are written in the files that they stand in.
fn spell(report: &Report, mut places: Vec<(usize, String)>, how: Spelling) -> HashMap<(usize, String), String> {
    places.sort();
    let mut spelled = HashMap::default();
    for group in places.chunk_by(|one, other| one.0 == other.0) {
        let file = group.first().map_or(0, |(file, _)| *file);
        let Some(source) = report.sources().get(file) else { continue };
        let found = spelling::written(source, group.iter().map(|(_, pointer)| pointer.as_str()), how);
        spelled.extend(found.into_iter().map(|(pointer, text)| ((file, pointer), text)));
    }
    spelled
}

struct Repair {
    version: Version,
    path: Path,
    messages: Vec<Diagnostic>,
    /// Texts that were written without quotes and read as something else: where they are, and where they were.
    texts: Vec<(String, String)>,
    /// Limits that a number of the tree does not hold as they are written.
    limits: Vec<(String, String)>,
    /// Values of an `enum` without a type, which may be meant as text.
    listed: Vec<(String, String)>,
}

/// Whether a value stays in its mapping or list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    Goes,
}

/// So many members of a mapping are looked at by several threads at once.
const MANY: usize = 64;

impl Repair {
    /// One that stands in a place and has repaired nothing yet.
    fn at(path: Path, version: Version) -> Self {
        Self { version, path, messages: Vec::new(), texts: Vec::new(), limits: Vec::new(), listed: Vec::new() }
    }

    /// Takes what another one did behind what this one did.
    fn join(&mut self, other: Self) {
        let Self { version: _, path, messages, texts, limits, listed } = other;
        self.path.join(path);
        self.messages.extend(messages);
        self.texts.extend(texts);
        self.limits.extend(limits);
        self.listed.extend(listed);
    }

    fn value(&mut self, value: &mut Value, want: &Want) -> Fate {
        let (solid, aside) = (want.solid(), matches!(want, Want::Aside(_)));
        match coerce::coerce(value, solid, self.version) {
            Coerced::Fits => {}
            Coerced::Spelled => self.texts.push((self.path.current().to_owned(), self.path.original().to_owned())),
            Coerced::Read { what, help, moved } => {
                for (to, from) in moved {
                    self.path.moved(&to, &from);
                }
                self.says(what, help);
            }
        }
        match solid {
            Want::FlagOr(inner) if !value.is_boolean() => _ = self.value(value, inner),
            Want::List(item) | Want::Filled(item) => self.items(value, item),
            Want::Map(item) => self.entries(value, item),
            Want::Object(shape) => self.object(value, shape),
            Want::RefOr(shape) if pointer::child(value, "$ref").is_none() || shape.is_json_schema(self.version) => {
                self.object(value, shape)
            }
            _ => {}
        }
        if let Some(mistake) = aside.then(|| structure::mistake(value, solid, self.version)).flatten() {
            self.says(format!("{mistake}; it is left out"), "write it right, or remove it");
            return Fate::Goes;
        }
        Fate::Stays
    }

    /// What can only be meant as text.
    fn text(&mut self, value: &mut Value) {
        if let Coerced::Spelled = coerce::coerce(value, &Want::Text, self.version) {
            self.texts.push((self.path.current().to_owned(), self.path.original().to_owned()));
        }
    }

    fn items(&mut self, value: &mut Value, want: &'static Want) {
        let Some(items) = value.as_array_mut() else { return };
        let is_nothing = |item: &Value| item.is_null() && !matches!(want.solid(), Want::Anything);
        let mut kept = 0;
        let mut index = 0;
        items.retain_mut(|item| {
            if kept != index {
                self.path.moved(&format!("/{kept}"), &format!("/{index}"));
            }
            index += 1;
            let mark = self.path.enter(&kept.to_string());
            let fate = if is_nothing(item) {
                self.says("there is nothing here; it is left out", "remove it");
                Fate::Goes
            } else {
                self.value(item, want)
            };
            self.path.leave(mark);
            match fate {
                Fate::Stays => kept += 1,
                Fate::Goes => self.path.forget(&kept.to_string()),
            }
            fate == Fate::Stays
        });
    }

    fn entries(&mut self, value: &mut Value, want: &'static Want) {
        let Some(entries) = value.as_object_mut() else { return };
        if entries.len() < MANY {
            entries.retain(|key, entry| self.within(key, |repair| repair.value(entry, want)) == Fate::Stays);
            return;
        }
        let apart = entries.iter_mut().map(|(key, entry)| (Self::at(self.path.apart(key), self.version), entry));
        let apart: Vec<_> = apart.collect();
        let done = apart.into_par_iter().map(|(mut repair, entry)| (repair.value(entry, want), repair));
        let (fates, done): (Vec<_>, Vec<_>) = done.unzip();
        done.into_iter().for_each(|repair| self.join(repair));
        let mut fates = fates.into_iter();
        entries.retain(|_, _| fates.next() == Some(Fate::Stays));
    }

    fn object(&mut self, value: &mut Value, shape: &'static Shape) {
        let Some(object) = value.as_object_mut() else { return };
        self.keys(object, shape);
        self.special(object, shape);
        object.retain(|key, member| {
            let Some(want) = shape.member_in(key, member, self.version).as_ref().map(Member::want) else { return true };
            let is_optional = !shape.required_in(self.version).any(|name| name == key);
            let fate = self.within(key, |repair| {
                let named = shape.fields.iter().any(|(name, ..)| name == key);
                if named && is_nothing(member, want) {
                    if is_optional {
                        repair.says_of_key(
                            format!("`{key}` says nothing here; it is left out"),
                            format!("remove `{key}`"),
                        );
                        return Fate::Goes;
                    }
                    // That it is missing is said below.
                    if shape.default(key).is_some() {
                        return Fate::Goes;
                    }
                }
                repair.value(member, want)
            });
            fate == Fate::Stays
        });
        for name in shape.required_in(self.version).filter(|name| !object.contains_key(*name)).collect::<Vec<_>>() {
            let (value, means) = match shape.default(name) {
                Some(Default::Empty) => (Value::from(""), "empty"),
                Some(Default::Mapping) => (Value::Object(Map::new()), "empty"),
                None => continue,
            };
            let message =
                format!("the member `{name}` of this {} Object is missing; it is taken as {means}", shape.name);
            self.says_of_key(message, format!("write `{name}`"));
            object.insert(name.to_owned(), value);
            // What was put there may lack something, too.
            let Some(want) = shape.member(name) else { continue };
            let Some(member) = object.get_mut(name) else { continue };
            self.within(name, |repair| repair.value(member, want));
        }
    }

    /// Keys that are written differently from how OpenAPI writes them.
    fn keys(&mut self, object: &mut Map<String, Value>, shape: &'static Shape) {
        let right =
            |object: &Map<String, Value>, key: &str| shape.right_key(key).filter(|right| !object.contains_key(right));
        if !object.keys().any(|key| right(object, key).is_some()) {
            return;
        }
        for (key, value) in std::mem::take(object) {
            let Some(right) = right(object, &key) else {
                object.insert(key, value);
                continue;
            };
            let token = |key: &str| format!("/{}", pointer::escape(key));
            self.path.moved(&token(&right), &token(&key));
            let message = format!("`{key}` is read as `{right}`");
            self.within(&right, |repair| repair.says_of_key(message, format!("write `{right}`")));
            object.insert(right, value);
        }
    }

    /// What only some objects need.
    fn special(&mut self, object: &mut Map<String, Value>, shape: &'static Shape) {
        match shape.name {
            "Schema" => self.schema(object),
            "Parameter" | "Header" => self.parameter(object, shape.name),
            "Security Scheme" => self.security_scheme(object),
            "Response" | "Request Body" => self.content(object, shape.name),
            "Path Item" if self.version >= Version::V3_2 => self.methods(object),
            "Server Variable" => self.server_variable(object),
            // Their extensions would be taken for what the other keys hold.
            "Callback" => object.retain(|key, _| !key.starts_with("x-")),
            _ => {}
        }
    }

    fn within<R>(&mut self, key: &str, act: impl FnOnce(&mut Self) -> R) -> R {
        let mark: Mark = self.path.enter(key);
        let result = act(self);
        self.path.leave(mark);
        result
    }

    /// Says what was repaired here.
    fn says(&mut self, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::warning(Rule::Repaired, &self.path.origin(None), message);
        self.messages.push(diagnostic.help(help));
    }

    /// The same, of the place as a whole.
    fn says_of_key(&mut self, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::warning(Rule::Repaired, &self.path.origin(None), message);
        self.messages.push(diagnostic.on_key().help(help));
    }

    /// The same, of a member of what is at a pointer of the text.
    fn says_at(&mut self, at: &str, member: &str, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::warning(Rule::Repaired, &Origin::new(at).child(member), message);
        self.messages.push(diagnostic.help(help));
    }

    /// The same, of its key.
    fn says_at_key(&mut self, at: &str, member: &str, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::warning(Rule::Repaired, &Origin::new(at).child(member), message);
        self.messages.push(diagnostic.on_key().help(help));
    }

    /// The same, of a member.
    fn says_of(&mut self, member: &str, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::warning(Rule::Repaired, &self.path.origin(Some(member)), message);
        self.messages.push(diagnostic.help(help));
    }
}

/// Whether a member might as well not be there.
fn is_nothing(member: &Value, want: &Want) -> bool {
    match want.solid() {
        Want::Anything => false,
        Want::Filled(_) => member.is_null() || member.as_array().is_some_and(Vec::is_empty),
        _ => member.is_null(),
    }
}
