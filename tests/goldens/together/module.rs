//! An emitted crate as a module.

use std::path::Path;

use client_tests::project;
use codegen::Files as Emitted;
use libtest_mimic::Failed;

use super::super::case::Case;
use super::{Files, NAME};

/// The modules of the support code that have `impl Client` of each API beside them, or are made of such a
/// client: each crate keeps its own.
const OWN: [&str; 3] = ["blocking", "call", "client"];

/// Adds an emitted crate with its tests, and gives the name of the module.
pub fn add(files: &mut Files, case: &Case, emitted: &Emitted) -> Result<String, Failed> {
    let name = case.name.replace('-', "_");
    for (path, text) in emitted.iter().filter(|(path, _)| path.ends_with(".rs")) {
        if let Some(path) = path.strip_prefix("src/runtime/") {
            add_support(files, &name, path, text)?;
        } else if path == "src/lib.rs" {
            files.add(format!("src/{name}/mod.rs"), as_root(&name, text));
        } else if let Some(path) = path.strip_prefix("src/") {
            files.add(format!("src/{name}/{path}"), as_module(&name, text));
        } else if path == "tests/documented_examples.rs" {
            files.add(format!("tests/examples/{name}/mod.rs"), as_test(&name, text));
        } else if let Some(path) = path.strip_prefix("tests/") {
            files.add(format!("tests/examples/{name}/{path}"), as_test(&name, text));
        }
    }
    if let Some(text) = case.golden("uses.rs")? {
        let exchange = std::fs::read_to_string(project("tests/exchange.rs"))?;
        files.add(format!("tests/uses/{name}/mod.rs"), as_test(&name, &text));
        files.add(format!("tests/uses/{name}/exchange/mod.rs"), as_test(&name, &exchange));
    }
    Ok(name)
}

/// Adds a file of the support code for all of them, and for this one the names of what it has of that.
fn add_support(files: &mut Files, name: &str, path: &str, text: &str) -> Result<(), Failed> {
    let shared = Path::new("src/runtime").join(path);
    if path == "mod.rs" {
        let line = |line: &str| match line.strip_prefix("pub mod ").and_then(|line| line.strip_suffix(';')) {
            Some(module) if !OWN.contains(&module) => format!("pub use crate::runtime::{module};\n"),
            _ => format!("{line}\n"),
        };
        files.add(format!("src/{name}/runtime/mod.rs"), text.lines().map(line).collect::<String>());
        add_modules(files, &shared, text);
        return Ok(());
    }
    if OWN.iter().any(|own| path.strip_suffix(".rs") == Some(own)) {
        files.add(format!("src/{name}/runtime/{path}"), with_shared_settings(text)?);
    }
    files.add(shared, text);
    Ok(())
}

/// The support code that any of them has.
fn add_modules(files: &mut Files, at: &Path, text: &str) {
    let all = files.0.entry(at.to_owned()).or_default();
    let (mut attribute, mut more) = (String::new(), String::new());
    for line in text.lines() {
        if line.starts_with("#[") {
            attribute = format!("{line}\n");
        } else if line.starts_with("pub mod ") {
            let declared = format!("{line}\n");
            if !all.contains(&declared) {
                more += &attribute;
                more += &declared;
            }
            attribute.clear();
        }
    }
    all.push_str(&more);
}

/// A client of one's own has the settings that requests know.
fn with_shared_settings(text: &str) -> Result<String, Failed> {
    const SETTINGS: &str = "pub(crate) struct Settings {";
    let Some((before, rest)) = text.split_once(SETTINGS) else { return Ok(text.to_owned()) };
    let (_, after) = rest.split_once("\n}\n").ok_or("the settings of a client do not end")?;
    Ok(format!("{before}pub(crate) use crate::runtime::client::Settings;\n{after}"))
}

/// The root of a crate as a module, whose documentation has examples for its users.
fn as_root(name: &str, text: &str) -> String {
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
