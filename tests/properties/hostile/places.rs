//! The texts of the fixtures, one by one, and the fixtures with another text in the place of one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, io};

use client_tests::project;
use codegen::{Files, Found, Loader, Options, Rule, Source};
use serde_json::{Map, Value};

/// A text of a fixture.
#[derive(Clone, Debug)]
pub struct Place {
    pub fixture: usize,
    pub at: At,
}

/// Where a text is.
#[derive(Clone, Debug)]
pub enum At {
    /// In a file of the fixture: the file, the way to a value, and whether the text is its key.
    Tree(usize, Vec<usize>, bool),
    /// Wherever one is in any file of the fixture, as it is or at the end of a reference.
    Everywhere(String),
    /// What the description is called.
    FileName,
    CrateName,
}

/// What a fixture gives to the generator: the description first.
pub struct Fixture {
    pub name: String,
    files: Vec<File>,
    /// What comes of it as it is, once that was asked for.
    emitted: OnceLock<Option<Files>>,
}

struct File {
    name: String,
    tree: Value,
}

/// The fixtures whose files can be read, in the order of their names.
pub fn fixtures() -> Vec<Fixture> {
    let folders = fs::read_dir(project("tests/fixtures")).expect("the fixtures");
    let mut folders: Vec<_> = folders.map(|folder| folder.expect("a fixture").path()).collect();
    folders.sort();
    // It takes long, and has no text that others do not have.
    let fixtures = folders.iter().filter(|folder| !folder.ends_with("types-too-many"));
    fixtures.filter_map(|folder| fixture(folder)).collect()
}

fn fixture(folder: &Path) -> Option<Fixture> {
    let mut files = Vec::new();
    for name in ["spec.yaml", "spec.json", "config.yaml", "overlay.yaml", "overlay.json"] {
        if let Ok(text) = fs::read_to_string(folder.join(name)) {
            files.push(File { name: name.to_owned(), tree: tree(&text)? });
        }
    }
    let mut open = vec![PathBuf::from("files")];
    while let Some(below) = open.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&below)) else { continue };
        for entry in entries.map(|entry| entry.expect("a file")) {
            let path = below.join(entry.file_name());
            match fs::read_to_string(entry.path()) {
                Ok(text) => files.extend(tree(&text).map(|tree| File { name: path.display().to_string(), tree })),
                Err(_) => open.push(path),
            }
        }
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_described = files.first().is_some_and(|file| file.name.starts_with("spec"));
    is_described.then(|| Fixture { name, files, emitted: OnceLock::new() })
}

/// A file as JSON, in which every text can be written.
fn tree(text: &str) -> Option<Value> {
    json(serde_yaml::from_str(text).ok()?)
}

fn json(value: serde_yaml::Value) -> Option<Value> {
    use serde_yaml::Value as Yaml;
    Some(match value {
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(json).collect::<Option<_>>()?),
        Yaml::Mapping(entries) => {
            let entries = entries.into_iter().map(|(key, value)| {
                let key = key.as_str().map(str::to_owned).or_else(|| serde_json::to_string(&key).ok());
                Some((key?, json(value)?))
            });
            Value::Object(entries.collect::<Option<_>>()?)
        }
        Yaml::Tagged(tagged) => json(tagged.value)?,
        plain => serde_json::to_value(plain).ok()?,
    })
}

impl Fixture {
    /// All its texts.
    pub fn places(&self, fixture: usize) -> Vec<Place> {
        let mut all = vec![At::FileName, At::CrateName];
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (file, File { tree, .. }) in self.files.iter().enumerate() {
            texts(tree, &mut Vec::new(), &mut |way, is_key, text| {
                all.push(At::Tree(file, way.to_vec(), is_key));
                *counts.entry(text.rsplit('/').next().unwrap_or(text)).or_default() += 1;
            });
        }
        let several = counts.into_iter().filter(|(_, count)| *count > 1);
        all.extend(several.map(|(text, _)| At::Everywhere(text.to_owned())));
        all.into_iter().map(|at| Place { fixture, at }).collect()
    }

    /// The files that come of it as it is, if there are any.
    pub fn emitted(&self) -> Option<&Files> {
        let emitted = self.emitted.get_or_init(|| {
            let (source, options) = self.with(None, "");
            codegen::generate(&source, &options).ok().map(|generated| generated.files().clone())
        });
        emitted.as_ref()
    }

    /// What kind of a place one is: the same for all that a description may have many of, and for all
    /// within what is only data.
    pub fn kind(&self, at: &At) -> String {
        let (file, way, is_key) = match at {
            At::Tree(file, way, is_key) => (file, way, is_key),
            At::Everywhere(_) => return format!("{} everywhere", self.name),
            At::FileName | At::CrateName => return format!("{at:?}"),
        };
        let File { name, tree } = &self.files[*file];
        let mut words = Vec::new();
        let mut value = tree;
        for &step in way {
            match value {
                Value::Object(members) => {
                    let (key, child) = members.iter().nth(step).expect("it was there");
                    let is_named =
                        words.last().is_some_and(|word: &&str| NAMED.contains(word)) || METHODS.contains(&key.as_str());
                    words.push(if is_named { "*" } else { key });
                    value = child;
                }
                Value::Array(items) => {
                    words.push("*");
                    value = &items[step];
                }
                _ => unreachable!("only these have others in them"),
            }
        }
        let data = words.iter().position(|word| DATA.contains(word)).map_or(words.len(), |at| at + 1);
        let kind = &words[data.saturating_sub(3)..data];
        format!("{} {} {is_key}", name.split('.').next().unwrap_or_default(), kind.join(" "))
    }

    /// The description and what else the generator is told, with another text in a place.
    pub fn with(&self, at: Option<&At>, text: &str) -> (Source, Options) {
        let mut spec_name = self.files[0].name.replace(".yaml", ".json");
        let mut options = Options::default().allow(Rule::UnresolvedReference).allow(Rule::DuplicateKey);
        options = options.allow(Rule::ForeignCode);
        let mut texts: Vec<_> = self.files.iter().map(|file| file.tree.to_string()).collect();
        match at {
            Some(At::Tree(file, way, is_key)) => {
                let mut tree = self.files[*file].tree.clone();
                replace(&mut tree, way, *is_key, text);
                texts[*file] = tree.to_string();
            }
            Some(At::Everywhere(old)) => {
                let trees = self.files.iter().map(|file| renamed(&file.tree, old, text));
                texts = trees.map(|tree| tree.to_string()).collect();
            }
            Some(At::FileName) => spec_name = format!("spec{text}.json"),
            Some(At::CrateName) => options = options.crate_name(text),
            None => {}
        }
        let mut others = BTreeMap::new();
        for (file, text) in self.files.iter().zip(&texts).skip(1) {
            match file.name.as_str() {
                "config.yaml" => options = options.config(Source::new("config.json", text)),
                name if name.starts_with("overlay") => options = options.overlay(Source::new("overlay.json", text)),
                name => _ = others.insert(name.to_owned(), text.clone()),
            }
        }
        (Source::new(spec_name, &texts[0]).with_files(InMemory(others)), options)
    }
}

/// What a path has operations for.
const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// What holds values of the API.
const DATA: [&str; 4] = ["default", "enum", "example", "value"];

/// What has members that somebody else named.
const NAMED: [&str; 18] = [
    "callbacks",
    "content",
    "dependencies",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
    "x-rust-dependencies",
];

/// Every text below, with the way to it, and whether it is a key.
fn texts<'a>(tree: &'a Value, way: &mut Vec<usize>, found: &mut impl FnMut(&[usize], bool, &'a str)) {
    let children: Vec<(Option<&str>, &Value)> = match tree {
        Value::String(text) => return found(way, false, text),
        Value::Array(items) => items.iter().map(|item| (None, item)).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (Some(key.as_str()), value)).collect(),
        _ => return,
    };
    for (index, (key, child)) in children.into_iter().enumerate() {
        way.push(index);
        if let Some(key) = key {
            found(way, true, key);
        }
        texts(child, way, found);
        way.pop();
    }
}

fn replace(tree: &mut Value, way: &[usize], is_key: bool, text: &str) {
    match (tree, way) {
        (value, []) => *value = text.into(),
        (Value::Object(members), [last]) if is_key => {
            let entries = std::mem::take(members).into_iter().enumerate();
            let renamed =
                entries.map(|(index, (key, value))| (if index == *last { text.to_owned() } else { key }, value));
            *members = renamed.collect::<Map<_, _>>();
        }
        (Value::Object(members), [first, rest @ ..]) => {
            replace(members.values_mut().nth(*first).expect("it was there"), rest, is_key, text);
        }
        (Value::Array(items), [first, rest @ ..]) => replace(&mut items[*first], rest, is_key, text),
        _ => unreachable!("only these have others in them"),
    }
}

/// The tree with another text wherever one is.
fn renamed(tree: &Value, old: &str, new: &str) -> Value {
    match tree {
        Value::String(text) if text == old => new.into(),
        Value::String(text) => match text.rsplit_once('/').filter(|(start, end)| start.contains('#') && *end == old) {
            Some((start, _)) => {
                let token = new.replace('~', "~0").replace('/', "~1");
                let encoded: String = token.bytes().map(|byte| format!("%{byte:02X}")).collect();
                format!("{start}/{encoded}").into()
            }
            None => tree.clone(),
        },
        Value::Array(items) => items.iter().map(|item| renamed(item, old, new)).collect(),
        Value::Object(members) => {
            let name = |key: &String| if key == old { new.to_owned() } else { key.clone() };
            members.iter().map(|(key, value)| (name(key), renamed(value, old, new))).collect()
        }
        plain => plain.clone(),
    }
}

/// The other files of a description.
#[derive(Debug)]
struct InMemory(BTreeMap<String, String>);

impl Loader for InMemory {
    fn find(&self, path: &str) -> io::Result<Found> {
        let is_there = self.0.contains_key(path) || path.starts_with("spec");
        is_there.then(|| Found { id: path.into(), is_outside: false }).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn read(&self, found: &Found) -> io::Result<Vec<u8>> {
        let text = found.id.to_str().and_then(|path| self.0.get(path));
        text.map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
