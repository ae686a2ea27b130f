//! The manifest of the crate that the emitted ones are modules of.
//!
//! The crate depends on all that the project does, with the same features, and is built by the same profile: so Cargo has
//! compiled its dependencies already, for the project's own tests.

use std::fs;
use std::path::Path;

use client_tests::project;
use libtest_mimic::Failed;
use toml::{Table, Value};

use super::NAME;

/// What the packages of the project depend on, in any way, but not on each other.
pub fn of_the_project() -> Result<Table, Failed> {
    let workspace: Table = fs::read_to_string(project("Cargo.toml"))?.parse()?;
    let members = table(&workspace, "workspace")["members"].as_array().cloned().unwrap_or_default();
    let mut all = Table::new();
    for member in members.iter().filter_map(Value::as_str) {
        let manifest: Table = fs::read_to_string(project(member).join("Cargo.toml"))?.parse()?;
        let targets = table(&manifest, "target");
        for of in [&manifest].into_iter().chain(targets.values().filter_map(Value::as_table)) {
            for (name, dependency) in ["dependencies", "dev-dependencies"].iter().flat_map(|kind| table(of, kind)) {
                add(&mut all, name, dependency);
            }
        }
    }
    Ok(all)
}

/// Adds the crates of a fixture that an emitted one depends on, and that are in `folder` here.
pub fn add_local(all: &mut Table, manifest: &str, folder: &Path) -> Result<(), Failed> {
    let manifest: Table = manifest.parse()?;
    for (name, dependency) in table(&manifest, "dependencies") {
        let Some(path) = dependency.get("path").and_then(Value::as_str) else { continue };
        let Some(path) = path.strip_prefix("crates/") else { continue };
        let path = folder.join(path);
        all.insert(name, Table::from_iter([("path".to_owned(), path.to_string_lossy().as_ref().into())]).into());
    }
    Ok(())
}

/// The manifest with these dependencies.
pub fn text(dependencies: Table) -> Result<String, Failed> {
    let workspace: Table = fs::read_to_string(project("Cargo.toml"))?.parse()?;
    let mut profile = table(&table(&workspace, "profile"), "dev");
    profile.insert("debug".into(), false.into());
    profile.insert("incremental".into(), false.into());
    let pairs = |pairs: &[(&str, Value)]| {
        Value::from(pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<Table>())
    };
    let features = ["azure_core", "blocking", "mock", "reqwest"];
    let mut of_features: Vec<_> = features.map(|feature| (feature, Value::Array(Vec::new()))).into();
    of_features.push(("default", Value::from(features.map(Value::from).to_vec())));
    let package = [("name", NAME.into()), ("version", "0.1.0".into()), ("edition", "2024".into())];
    let manifest = pairs(&[
        ("workspace", Table::new().into()),
        ("package", pairs(&package)),
        ("lib", pairs(&[("test", false.into())])),
        ("features", pairs(&of_features)),
        ("dependencies", dependencies.into()),
        ("profile", pairs(&[("dev", profile.into())])),
    ]);
    Ok(toml::to_string(&manifest)?)
}

/// Adds a dependency, with the features that others want of it as well.
fn add(all: &mut Table, name: String, dependency: Value) {
    let new = match dependency {
        Value::Table(table) if table.contains_key("path") => return,
        Value::Table(table) => table,
        version => Table::from_iter([("version".to_owned(), version)]),
    };
    let has_defaults = |of: &Table| of.get("default-features").and_then(Value::as_bool).unwrap_or(true);
    let features = |of: &Table| of.get("features").and_then(Value::as_array).cloned().unwrap_or_default();
    let old = all.get(&name).and_then(Value::as_table).cloned();
    let mut both = features(&new);
    both.extend(old.iter().flat_map(features));
    let defaults = has_defaults(&new) || old.is_some_and(|old| has_defaults(&old));
    let mut merged = new;
    merged.remove("optional");
    merged.insert("features".into(), both.into());
    merged.insert("default-features".into(), defaults.into());
    all.insert(name, merged.into());
}

fn table(of: &Table, key: &str) -> Table {
    of.get(key).and_then(Value::as_table).cloned().unwrap_or_default()
}
