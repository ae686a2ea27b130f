//! Names for what came from other files, and the one document of it all.

use serde_json::{Map, Value};

use super::files::Files;
use super::{Part, Place, Target};
use crate::diagnostics::Report;
use crate::grammar::Shape;
use crate::maps::{HashMap, HashSet};
use crate::pointer;

/// Where the components of a kind are.
pub(super) fn section(shape: &Shape) -> Option<&'static str> {
    Some(match shape.name {
        "Schema" => "schemas",
        "Response" => "responses",
        "Parameter" => "parameters",
        "Example" => "examples",
        "Request Body" => "requestBodies",
        "Header" => "headers",
        "Security Scheme" => "securitySchemes",
        "Link" => "links",
        "Callback" => "callbacks",
        _ => return None,
    })
}

/// Puts the targets among the components, and makes every reference name its target's place there.
pub(super) fn assemble(
    (mut document, root): (Value, Part),
    (targets, parts): (Vec<Target>, Vec<(Value, Part)>),
    homes: &HashMap<Place, String>,
    files: &Files,
    report: &mut Report,
) -> Value {
    let mut numbers: HashMap<&Place, Vec<usize>> = HashMap::default();
    for (number, target) in targets.iter().enumerate() {
        numbers.entry(&target.place).or_default().push(number);
    }
    let outer: Vec<_> = targets.iter().map(|target| outer(target, &targets, &numbers, homes)).collect();
    let names = names(&document, &targets, &outer, files);
    let address = |number: usize| match (outer.get(number), names.get(number)) {
        (Some(Some(Outer::Home(pointer))), _) => pointer.clone(),
        (Some(Some(Outer::Target(other, rest))), _) => {
            format!("{}{rest}", names.get(*other).map_or("", String::as_str))
        }
        (_, Some(name)) => name.clone(),
        _ => String::new(),
    };
    let mut sites = root.sites;
    notes(report, files, "", root.notes);
    for (number, (content, part)) in parts.into_iter().enumerate() {
        // What is part of another component, or is one already, stands there.
        if outer.get(number).is_some_and(Option::is_some) {
            continue;
        }
        let base = address(number);
        insert(&mut document, &base, content);
        notes(report, files, &base, part.notes);
        sites.extend(part.sites.into_iter().map(|(site, target)| (format!("{base}{site}"), target)));
    }
    for (site, target) in sites {
        if let Some(text) = document.pointer_mut(&site) {
            *text = format!("#{}", encode(&address(target))).into();
        }
    }
    document
}

fn notes(report: &mut Report, files: &Files, base: &str, notes: Vec<(String, usize, String)>) {
    for (at, file, pointer) in notes {
        for (rest, (file, from)) in files.in_text(&Place { file, pointer }) {
            report.places.put(format!("{base}{at}{rest}"), file, from);
        }
    }
}

/// What already holds a target.
enum Outer {
    /// A component, or a place in one.
    Home(String),
    /// A place in another target.
    Target(usize, String),
}

/// The outermost of those, with the numbers of the targets by their places.
fn outer(
    target: &Target,
    targets: &[Target],
    numbers: &HashMap<&Place, Vec<usize>>,
    homes: &HashMap<Place, String>,
) -> Option<Outer> {
    let pointer = target.place.pointer.as_str();
    let ends = pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]);
    let around: Vec<_> = ends
        .filter_map(|end| pointer.split_at_checked(end))
        .map(|(outer, rest)| (Place { file: target.place.file, pointer: outer.to_owned() }, rest))
        .collect();
    let holds = |shape: &'static Shape, rest: &str| {
        shape.below(pointer::tokens(rest)).is_some_and(|inner| inner.name == target.shape.name)
    };
    let home = around.iter().find_map(|(place, rest)| {
        let home = homes.get(place)?;
        holds(Shape::at(pointer::tokens(home))?, rest).then(|| Outer::Home(format!("{home}{rest}")))
    });
    let other = || {
        around.iter().filter(|(_, rest)| !rest.is_empty()).find_map(|(place, rest)| {
            let mut numbers = numbers.get(place)?.iter().rev();
            let holds = |number: &&usize| targets.get(**number).is_some_and(|other| holds(other.shape, rest));
            Some(Outer::Target(*numbers.find(holds)?, (*rest).to_owned()))
        })
    };
    home.or_else(other)
}

/// The pointers of the components that targets become. A target is called after the last part of its
/// pointer, or its file; by more than that if others are called the same, whichever comes first.
fn names(document: &Value, targets: &[Target], outer: &[Option<Outer>], files: &Files) -> Vec<String> {
    let plain = |name: &str| {
        name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let mut taken: HashMap<(Option<&str>, String), usize> = HashMap::default();
    for kind in document.get("components").and_then(Value::as_object).into_iter().flatten() {
        let (kind, members) = kind;
        for name in members.as_object().into_iter().flat_map(Map::keys) {
            *taken.entry((Some(kind.as_str()), plain(name))).or_default() += 1;
        }
    }
    let own = |target: &Target| {
        let path = files.path(target.place.file);
        let file = path.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        pointer::tokens(&target.place.pointer).next_back().map_or_else(|| stem.to_owned(), |token| token.into_owned())
    };
    for (target, _) in targets.iter().zip(outer).filter(|(_, outer)| outer.is_none()) {
        *taken.entry((section(target.shape), plain(&own(target)))).or_default() += 1;
    }
    let name = |target: &Target| {
        let name = own(target);
        let is_alone = taken.get(&(section(target.shape), plain(&name))) == Some(&1);
        if is_alone && name.contains(char::is_alphabetic) {
            return name;
        }
        let path = files.path(target.place.file);
        let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
        let tokens = path
            .split('/')
            .map(str::to_owned)
            .chain(pointer::tokens(&target.place.pointer).map(|token| token.into_owned()));
        tokens
            .filter(|token| !matches!(token.as_str(), "" | ".." | "components" | "schemas"))
            .collect::<Vec<_>>()
            .join("-")
    };
    let (mut pointers, mut known) = (Vec::new(), HashSet::default());
    for target in targets {
        let kind = section(target.shape).unwrap_or("schemas");
        let mut pointer = format!("/components/{kind}/{}", pointer::escape(&name(target)));
        if known.contains(&pointer) || document.pointer(&pointer).is_some() {
            // Two files whose names differ in their endings, or the like.
            let whole = format!("{}#{}", files.path(target.place.file), target.place.pointer);
            pointer = format!("/components/{kind}/{}", pointer::escape(&whole));
        }
        known.insert(pointer.clone());
        pointers.push(pointer);
    }
    pointers
}

/// Puts a value at a pointer, with the mappings around it.
fn insert(document: &mut Value, pointer: &str, value: Value) {
    let mut place = document;
    for token in pointer::tokens(pointer) {
        // What is left empty is an empty mapping.
        if place.is_null() || place.as_array().is_some_and(Vec::is_empty) {
            *place = Value::Object(Map::new());
        }
        let Some(object) = place.as_object_mut() else { return };
        place = object.entry(token.into_owned()).or_insert_with(|| Value::Object(Map::new()));
    }
    *place = value;
}

/// A pointer as the fragment of a reference.
fn encode(pointer: &str) -> String {
    pointer.replace('%', "%25")
}
