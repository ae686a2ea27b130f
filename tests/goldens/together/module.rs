//! An emitted crate as a module.

use std::path::Path;

use client_tests::project;
use codegen::Files as Emitted;
use libtest_mimic::Failed;

use super::super::case::Case;
use super::{Files, NAME};

/// Adds an emitted crate with its tests, and gives the name of the module.
pub fn add(files: &mut Files, case: &Case, emitted: &Emitted) -> Result<String, Failed> {
    let name = case.name.replace('-', "_");
    for (path, text) in emitted.iter().filter(|(path, _)| path.ends_with(".rs") || path.ends_with(".json")) {
        if let Some(path) = path.strip_prefix("runtime/src/") {
            add_support(files, &name, path, text);
        } else if path == "src/runtime/mod.rs" {
            add_index(files, &name, text, emitted.get("runtime/src/lib.rs").unwrap_or_default());
        } else if path == "src/lib.rs" {
            files.add(format!("src/{name}/mod.rs"), as_root(&name, text));
        } else if path.ends_with(".json") {
            files.add(path.replace("src/", &format!("src/{name}/")), text);
        } else if let Some(path) = path.strip_prefix("src/") {
            files.add(format!("src/{name}/{path}"), as_module(&name, text));
        } else if path == "tests/documented_examples.rs" {
            files.add(format!("tests/examples/{name}/mod.rs"), as_test(&name, text));
        } else if let Some(path) = path.strip_prefix("tests/") {
            files.add(format!("tests/examples/{name}/{path}"), as_test(&name, text));
        }
    }
    for (path, text) in emitted.iter().filter(|(path, _)| path.ends_with(".json")) {
        if let Some(path) = path.strip_prefix("tests/") {
            files.add(format!("tests/examples/{name}/{path}"), text);
        }
    }
    if let Some(text) = case.golden("uses.rs")? {
        let exchange = std::fs::read_to_string(project("tests/exchange.rs"))?;
        files.add(format!("tests/uses/{name}/mod.rs"), as_test(&name, &text));
        files.add(format!("tests/uses/{name}/exchange/mod.rs"), as_test(&name, &exchange));
    }
    Ok(name)
}

/// The file of the support code that is not the same for all crates.
const FOREIGN: &str = "foreign_types.rs";

/// Adds a file of the crate of the support code, as a module for all of them.
fn add_support(files: &mut Files, name: &str, path: &str, text: &str) {
    let at = match path {
        "lib.rs" => return add_modules(files, text),
        FOREIGN => Path::new("src").join(name).join("runtime").join(path),
        _ => Path::new("src/runtime").join(path),
    };
    files.add(at, text);
}

/// The support code that any of them has.
fn add_modules(files: &mut Files, text: &str) {
    let all = files.0.entry("src/runtime/mod.rs".into()).or_default();
    for (attribute, name) in modules(text) {
        let declared = format!("pub mod {name};\n");
        if !all.contains(&declared) {
            all.push_str(&format!("{attribute}{declared}"));
        }
    }
}

/// The modules that the root of a crate of support code declares, each with the attribute before it; but not the one
/// that is not the same for all crates.
fn modules(text: &str) -> impl Iterator<Item = (String, &str)> {
    let mut attribute = String::new();
    text.lines().filter_map(move |line| {
        if line.starts_with("#[cfg") {
            attribute = format!("{line}\n");
        }
        let name = line.strip_prefix("pub mod ")?.strip_suffix(';')?;
        let attribute = std::mem::take(&mut attribute);
        (FOREIGN.strip_suffix(".rs") != Some(name)).then_some((attribute, name))
    })
}

/// Adds the module of a crate through which it sees its support code: what others have of that is not there for it.
fn add_index(files: &mut Files, name: &str, text: &str, support: &str) {
    let seen = modules(support)
        .map(|(attribute, module)| format!("{attribute}#[allow(unused_imports)]\npub use crate::runtime::{module};\n"));
    let mut text = text.replace(&format!("pub use {name}_runtime::*;\n"), &seen.collect::<String>());
    if files.0.contains_key(&Path::new("src").join(name).join("runtime").join(FOREIGN)) {
        text += "mod foreign_types;\n";
    }
    files.add(format!("src/{name}/runtime/mod.rs"), text);
}

/// The root of a crate as a module, whose documentation has examples for its users. The crates that it shows are those
/// of all of them.
fn as_root(name: &str, text: &str) -> String {
    let text = text.replace("pub use runtime::crates::", "pub use ::");
    let line = |line| match str::starts_with(line, "//!") {
        true => as_test(name, line),
        false => as_module(name, line),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// A text of a crate as that of a module: `crate::` is the module.
fn as_module(name: &str, text: &str) -> String {
    replaced(text, "crate::", &format!("crate::{name}::"))
}

/// A test of a crate as a module of a test: the crate is one of many.
fn as_test(name: &str, text: &str) -> String {
    let text = as_module(name, text);
    let text = replaced(&text, &format!("{name}::"), &format!("{NAME}::{name}::"));
    text.replace(&format!("use {name} as "), &format!("use {NAME}::{name} as "))
}

/// Replaces the start of a path, but not where it is only a part of one.
fn replaced(text: &str, start: &str, by: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let (before, after) = rest.split_at(at);
        all.push_str(before);
        let is_start = !all.ends_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '_' | ':' | '$'));
        all.push_str(if is_start { by } else { start });
        rest = &after[start.len()..];
    }
    all + rest
}
