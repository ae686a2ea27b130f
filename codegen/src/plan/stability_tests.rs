//! What is called how is a matter of the thing itself: where something else goes from a description, or comes, nothing gets
//! another name, unless a message says so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

use crate::api::{Api, Shape, TypeId};
use crate::{Item, Options, Source, analyze, diff};

/// What is called how in the crate of a description.
struct Names {
    /// By the place of what has the name, and what that is.
    all: BTreeMap<(String, &'static str), Name>,
    /// All that is said about it.
    messages: String,
    source: Source,
}

struct Name {
    rust: String,
    /// What it is made of, where that has a name itself.
    after: Option<String>,
    /// Whether it is that of a type of several places.
    is_shared: bool,
}

impl Names {
    fn of(description: &Value) -> Option<Self> {
        let source = Source::new("api.json", description.to_string());
        let analysis = analyze(&source, &Options::default()).ok()?;
        let all = of_operations(&analysis.api).chain(of_types(&analysis.api)).collect();
        Some(Self { all, messages: analysis.into_warnings().to_string(), source })
    }

    /// Those that others have otherwise, though nobody says so.
    fn changed(&self, others: &Self) -> Vec<String> {
        let told: BTreeSet<_> = self.told().chain(others.told()).collect();
        // What is called after something that has another name has one, too.
        let is_told_by = |name: &str, other: &str| {
            let mut parts = (1..=name.len()).filter_map(|end| name.split_at_checked(end));
            parts.any(|(start, rest)| told.contains(start) && other.ends_with(rest))
        };
        let is_told =
            |name: &Name, other: &Name| is_told_by(&name.rust, &other.rust) || is_told_by(&other.rust, &name.rust);
        let changed = self.all.iter().filter_map(|(key, name)| Some((key, name, others.all.get(key)?)));
        let changed = changed.filter(|(_, name, other)| name.rust != other.rust && name.after == other.after);
        let untold: Vec<_> = changed.filter(|(_, name, other)| !is_told(name, other)).collect();
        if untold.is_empty() {
            return Vec::new();
        }
        // A type of several places is called by what it is, which another one may be as well: that is told where
        // descriptions are compared.
        let [old, new] =
            [self, others].map(|names| analyze(&names.source, &Options::default()).expect("known to be one"));
        let difference = diff(&old, &new);
        let says = |item: &Item, name: &Name| {
            let mut words = item.says().split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
            words.any(|word| word == name.rust)
        };
        let is_compared = |name: &Name, other: &Name| {
            name.is_shared && difference.items().iter().any(|item| says(item, name) && says(item, other))
        };
        let untold = untold.into_iter().filter(|(_, name, other)| !is_compared(name, other));
        untold.map(|((place, what), name, other)| format!("{what} {place}: {} or {}", name.rust, other.rust)).collect()
    }

    /// The names that messages speak of.
    fn told(&self) -> impl Iterator<Item = &str> {
        self.messages.split('`').skip(1).step_by(2).filter(|name| name.len() > 1)
    }
}

fn of_operations(api: &Api) -> impl Iterator<Item = ((String, &'static str), Name)> {
    let groups = api.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
    groups.flat_map(|(group, operation)| {
        let name = |what, rust: &String, after: Option<&String>| {
            let name = Name { rust: rust.clone(), after: after.cloned(), is_shared: false };
            ((operation.identity(), what), name)
        };
        [
            name("module", &group.name.rust, None),
            name("method", &operation.name.rust, None),
            name("operation", &operation.type_name, Some(&operation.name.rust)),
        ]
    })
}

fn of_types(api: &Api) -> impl Iterator<Item = ((String, &'static str), Name)> {
    api.types.iter().flat_map(|(id, definition)| {
        let ids = || [id].into_iter().chain(&definition.also);
        let name = |rust: &str| Name { rust: rust.to_owned(), after: None, is_shared: !definition.also.is_empty() };
        let variants = match &definition.shape {
            Shape::Union(union) => union.variants.as_slice(),
            _ => &[],
        };
        let variants =
            variants.iter().map(|variant| (format!("{} {:?}", id.0, variant.ty), "variant", &variant.name.rust));
        let types = ids().map(|TypeId(place)| (place.to_string(), "type", &definition.name.rust));
        types.chain(variants).map(|(place, what, rust)| ((place, what), name(rust))).collect::<Vec<_>>()
    })
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The pointers of what can be left out of a description: its operations and its schemas.
fn parts(description: &Value) -> Vec<[String; 3]> {
    let members = |pointer: &str| description.pointer(pointer).and_then(Value::as_object).into_iter().flatten();
    let operations = members("/paths").flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten().map(|(method, _)| method);
        methods
            .filter(|method| METHODS.contains(&method.as_str()))
            .map(|method| ["paths".to_owned(), path.clone(), method.clone()])
    });
    let schemas = members("/components/schemas").map(|(name, _)| ["components", "schemas", name].map(str::to_owned));
    operations.chain(schemas).collect()
}

fn without(description: &Value, [section, group, name]: &[String; 3]) -> Value {
    let mut description = description.clone();
    let within = description.get_mut(section).and_then(|section| section.get_mut(group)).and_then(Value::as_object_mut);
    within.and_then(|within| within.remove(name));
    description
}

/// What gets another name, though nobody says so, where one of a few parts goes; `None` of what makes no crate.
fn unstable(path: &Path, most: usize) -> Option<Vec<String>> {
    let description: Value = serde_yaml::from_str(&fs::read_to_string(path).ok()?).ok()?;
    let names = Names::of(&description)?;
    let parts = parts(&description);
    let step = parts.len().div_ceil(most).max(1);
    let found = parts.iter().step_by(step).flat_map(|part| {
        let others = Names::of(&without(&description, part));
        let changed = others.map(|others| names.changed(&others)).unwrap_or_default();
        changed.into_iter().map(|changed| format!("{}, without {}: {changed}", path.display(), part.join(" ")))
    });
    Some(found.collect())
}

#[test]
fn names_of_fixtures_stay() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let folders: Vec<_> = fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()).collect();
    let found: Vec<_> =
        folders.iter().filter_map(|folder| unstable(&folder.join("spec.yaml"), 1000)).flatten().collect();
    assert!(found.is_empty(), "{} names changed:\n{}", found.len(), found.join("\n"));
}

/// The same of the descriptions that `STABILITY_OF` names, with colons between them, without so many parts of each.
#[test]
#[ignore = "for descriptions that are elsewhere, and takes minutes"]
fn names_of_large_descriptions_stay() {
    const PARTS: usize = 60;
    let paths = env::var_os("STABILITY_OF").expect("the paths of some descriptions");
    let found = env::split_paths(&paths).flat_map(|path: PathBuf| unstable(&path, PARTS).expect("a description"));
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{} names changed:\n{}", found.len(), found.join("\n"));
}
