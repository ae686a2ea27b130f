//! Rust that the description names itself: types in place of schemas, derives, and their crates.

use serde_json::Value;
use syn::Path;

use super::Schemas;
use super::node::Node;
use crate::api::{Integer, Origin, Type};
use crate::dependencies::{Dependency, Own};
use crate::diagnostics::Diagnostic;
use crate::parse::closest;
use crate::rule::Rule;
use crate::source::Word;

/// The crates that every program has.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// Types without a path that serde knows and the generator does not make itself.
const PRIMITIVES: [&str; 7] = ["char", "f32", "f64", "i128", "isize", "u128", "usize"];

/// The derives of the standard library, but for those that every type has.
const DERIVES: [&str; 6] = ["Copy", "Default", "Eq", "Hash", "Ord", "PartialOrd"];

impl<'a> Schemas<'_, 'a> {
    /// The type that a schema has in Rust by `x-rust-type`.
    pub fn replacement(&mut self, node: &Node<'a>) -> Option<Type> {
        let target = self.reading.schema_of(node)?;
        let value = target.schema.extensions().get("x-rust-type")?;
        // With members, it is what another generator understands by the same name.
        if value.is_object() {
            return None;
        }
        let origin = target.origin.child("x-rust-type");
        let Some(text) = value.as_str() else {
            self.ground.invalid(&origin, "`x-rust-type` must be the path of a Rust type");
            return None;
        };
        let own = match text {
            "bool" => Some(Type::Boolean),
            "String" | "std::string::String" => Some(Type::String),
            text => Integer::ALL.into_iter().find(|integer| integer.name() == text).map(Type::Integer),
        };
        if own.is_some() {
            return own;
        }
        if PRIMITIVES.contains(&text) {
            return Some(Type::Foreign(text.into()));
        }
        self.rust_path(text, "my_crate::Money", &origin).map(|path| Type::Foreign(format!("::{path}").into()))
    }

    /// What a type derives by `x-rust-derive`, of which `at` is the place.
    pub fn derives(&mut self, value: Option<&Value>, at: &Origin) -> Vec<String> {
        let Some(value) = value else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.ground.invalid(at, "`x-rust-derive` must be a list of derives, such as `Eq` or `my_crate::Describe`");
            return Vec::new();
        };
        let items = items.iter().enumerate();
        let derives = items.filter_map(|(index, item)| self.derive(item, &at.child(index.to_string())));
        derives.collect()
    }

    /// Adds what all types derive.
    pub fn derive_all(&mut self) {
        let origin = Origin::new("").child("x-rust-derive");
        let document = self.ground.document;
        let derives = self.derives(document.about().extensions.get("x-rust-derive"), &origin);
        for definition in self.types.values_mut() {
            let new: Vec<_> = derives.iter().filter(|derive| !definition.derives.contains(derive)).cloned().collect();
            definition.derives.extend(new);
        }
    }

    fn derive(&mut self, item: &Value, at: &Origin) -> Option<String> {
        let Some(text) = item.as_str() else {
            self.ground.invalid(at, "a derive is text, such as `Eq` or `my_crate::Describe`");
            return None;
        };
        if DERIVES.contains(&text) {
            return Some(text.to_owned());
        }
        if ["Clone", "Debug", "PartialEq"].contains(&text) {
            return None;
        }
        if matches!(text.rsplit("::").next(), Some("Serialize" | "Deserialize")) {
            self.ground.invalid(at, "every type can be serialized and deserialized by serde as it is");
            return None;
        }
        if let Some(close) = closest(text, DERIVES).filter(|_| !text.contains("::")) {
            let diagnostic = Diagnostic::error(Rule::InvalidExtension, at, format!("there is no derive `{text}`"));
            self.ground.push(diagnostic.help(format!("did you mean `{close}`?")));
            return None;
        }
        self.rust_path(text, "my_crate::Describe", at).map(|path| format!("::{path}"))
    }

    /// A path that begins with a crate.
    fn rust_path(&mut self, text: &str, example: &str, at: &Origin) -> Option<String> {
        let text = text.strip_prefix("::").unwrap_or(text);
        let parsed = syn::parse_str::<Path>(text).ok().filter(|path| path.leading_colon.is_none());
        let plain = parsed.filter(|path| path.segments.iter().all(|segment| segment.arguments.is_none()));
        let names = plain.map(|path| path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>());
        let Some([first, _, ..]) = names.as_deref().filter(|names| !is_relative(names)) else {
            let message = format!("`{text}` is not a path that begins with a crate");
            let diagnostic = Diagnostic::error(Rule::InvalidExtension, at, message);
            self.ground.push(diagnostic.help(format!(
                "write it as in `{example}`; what has parameters needs a `type` without them in a crate of yours"
            )));
            return None;
        };
        if STANDARD.contains(&first.as_str()) {
            return names.map(|names| names.join("::"));
        }
        if !self.is_welcome(at, || format!("the description names `{text}`, which is code of another crate")) {
            return None;
        }
        let library = |name: &str| name.replace('-', "_");
        let asked = self.dependencies.iter().any(|dependency| library(&dependency.name) == *first);
        let is_own = || crate::dependencies::OWN.iter().any(|own| own.is_always() && library(own.name) == *first);
        if !asked && !is_own() {
            let message = format!("the crate `{first}` is not among the dependencies");
            let diagnostic = Diagnostic::error(Rule::InvalidExtension, at, message);
            self.ground.push(diagnostic.help(format!(
                "list it under `dependencies` of the configuration, or `x-rust-dependencies` of an overlay: \
                 `{first}: \"1\"`"
            )));
            return None;
        }
        names.map(|names| names.join("::"))
    }

    /// Whether code of other crates may be named at a place: whoever runs the generator decides that, by an
    /// overlay, a configuration or an allowance, and not a description.
    fn is_welcome(&mut self, at: &Origin, message: impl FnOnce() -> String) -> bool {
        if self.ground.word_at(at.pointer()) != Word::Described {
            return true;
        }
        let diagnostic = Diagnostic::error(Rule::ForeignCode, at, message());
        self.ground.push(diagnostic.help("if you want it, name it in a configuration or an overlay of yours"));
        self.ground.allows(Rule::ForeignCode)
    }

    /// Says of a dependency, of which these are the parts, that nobody asked for it.
    fn check_word(&mut self, name: &str, parts: &[Origin]) {
        let of = |word| parts.iter().find(|part| self.ground.word_at(part.pointer()) == word).cloned();
        let (described, found) = (of(Word::Described), of(Word::Found));
        if let Some(at) = described {
            self.is_welcome(&at, || format!("the description brings the crate `{name}`"));
        }
        if let Some(at) = found {
            let message = format!("this brings the crate `{name}`");
            self.ground.push(Diagnostic::note(Rule::FoundConfiguration, &at, message));
        }
    }

    /// The crates that `x-rust-dependencies` lists.
    pub fn asked_dependencies(&mut self) -> Vec<Dependency> {
        let origin = Origin::new("").child("x-rust-dependencies");
        let document = self.ground.document;
        let Some(value) = document.about().extensions.get("x-rust-dependencies") else { return Vec::new() };
        let Some(entries) = value.as_object() else {
            self.ground.invalid(&origin, "`x-rust-dependencies` must be a mapping of the names of crates");
            return Vec::new();
        };
        let mut dependencies: Vec<Dependency> = Vec::new();
        for (name, value) in entries {
            let at = origin.child(name);
            self.check_word(name, &leaves(value, &at));
            match dependency(name, value, &at) {
                Ok(dependency) => dependencies.push(dependency),
                Err(diagnostic) => self.ground.push(*diagnostic),
            }
        }
        dependencies
    }
}

/// The places that a value consists of. Each can have been written by somebody else.
fn leaves(value: &Value, at: &Origin) -> Vec<Origin> {
    let parts: Vec<_> = match value {
        Value::Object(members) => members.iter().flat_map(|(key, value)| leaves(value, &at.child(key))).collect(),
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, item)| leaves(item, &at.child(index.to_string()))).collect()
        }
        _ => Vec::new(),
    };
    if parts.is_empty() { vec![at.clone()] } else { parts }
}

fn is_relative(names: &[String]) -> bool {
    names.iter().any(|name| matches!(name.as_str(), "crate" | "self" | "super" | "Self"))
}

/// The members of a dependency that have a text.
const SOURCES: [&str; 8] = ["version", "path", "git", "branch", "tag", "rev", "registry", "package"];

fn dependency(name: &str, value: &Value, at: &Origin) -> Result<Dependency, Box<Diagnostic>> {
    let error = |at: &Origin, message: &str| Box::new(Diagnostic::error(Rule::InvalidExtension, at, message));
    let is_name = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
    if !is_name {
        let message = format!("`{name}` cannot be the name of a crate");
        return Err(Box::new((*error(at, &message)).on_key()));
    }
    let mut dependency = Dependency {
        name: name.to_owned(),
        source: Vec::new(),
        default_features: Own::of(name).is_none(),
        features: Vec::new(),
        optional: false,
    };
    match value {
        Value::String(version) => dependency.source.push(("version", version.clone())),
        Value::Object(members) => {
            for (key, value) in members {
                member(&mut dependency, key, value, &at.child(key))?;
            }
        }
        _ => return Err(error(at, "a dependency is a version as text, or a mapping as in Cargo.toml")),
    }
    let is_placed = dependency.source.iter().any(|(key, _)| matches!(*key, "version" | "path" | "git"));
    match Own::of(name) {
        Some(own) if own.optional => {
            Err(error(at, "the client depends on this for one of its features; leave it to that"))
        }
        Some(own) if dependency.source.iter().any(|(key, text)| *key != "version" || *text != own.version) => {
            let message =
                format!("the client depends on version {} of this itself; only `features` can be added", own.version);
            Err(error(at, &message))
        }
        None if !is_placed => Err(error(at, "this needs a `version`, a `path` or a `git`")),
        _ => Ok(dependency),
    }
}

fn member(dependency: &mut Dependency, key: &str, value: &Value, at: &Origin) -> Result<(), Box<Diagnostic>> {
    let error = |message: String| Diagnostic::error(Rule::InvalidExtension, at, message);
    match (key, value) {
        ("default-features", Value::Bool(flag)) => dependency.default_features = *flag,
        ("default-features", _) => return Err(Box::new(error("`default-features` is `true` or `false`".to_owned()))),
        ("features", value) => {
            let names =
                value.as_array().map(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
            let Some(Some(names)) = names else {
                return Err(Box::new(error("`features` is a list of names".to_owned())));
            };
            dependency.features = names;
        }
        (key, value) => match (SOURCES.into_iter().find(|known| *known == key), value.as_str()) {
            (Some(known), Some(text)) => dependency.source.push((known, text.to_owned())),
            (Some(_), None) => return Err(Box::new(error(format!("`{key}` is text")))),
            (None, _) => {
                let diagnostic = error(format!("a dependency has no member `{key}`")).on_key();
                let known = SOURCES.into_iter().chain(["features", "default-features"]);
                return Err(Box::new(match closest(key, known) {
                    Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
                    None => diagnostic,
                }));
            }
        },
    }
    Ok(())
}
