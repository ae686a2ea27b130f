//! What the parts of the generator may know of, held to their sources.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// The source files below a folder, each with its path from there.
fn sources(folder: &Path, below: &str, found: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        match entry.file_type().expect("a type").is_dir() {
            true => sources(&entry.path(), &format!("{name}/"), found),
            false if name.ends_with(".rs") => found.push((name, entry.path())),
            false => {}
        }
    }
}

/// Whether code has some tokens in a row, outside of texts and comments.
fn has(tokens: TokenStream, row: &[&str]) -> bool {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let texts: Vec<_> = tokens.iter().map(ToString::to_string).collect();
    let inner = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    texts.windows(row.len()).any(|window| window == row) || inner.into_iter().any(|inner| has(inner, row))
}

/// The files whose code has some tokens in a row.
fn files_with(row: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut files);
    let has = |path: &Path| has(fs::read_to_string(path).expect("a file").parse().expect("Rust"), row);
    let files = files.into_iter().filter(|(_, path)| has(path)).map(|(name, _)| name);
    files.filter(|name| !name.starts_with("runtime/")).collect()
}

#[test]
fn one_module_knows_what_types_openapi_3_0() {
    let mut files = files_with(&["openapiv3"]);
    files.sort_unstable();
    assert_eq!(files, ["description/v3_0.rs", "description/v3_0/read.rs"]);
}

#[test]
fn nobody_behind_the_model_asks_for_the_version() {
    let is_before = |name: &String| name.starts_with("grammar/") || name.starts_with("parse/");
    let behind: Vec<_> = files_with(&["Version"]).into_iter().filter(|name| !is_before(name)).collect();
    assert_eq!(behind, ["description/mod.rs"]);
}

#[test]
fn only_what_prints_knows_tokens() {
    let others: Vec<_> = files_with(&["quote", "!"]).into_iter().filter(|name| !name.starts_with("render/")).collect();
    assert_eq!(others, ["format/tests.rs"]);
}

#[test]
fn what_prints_knows_nothing_of_descriptions() {
    for module in ["description", "grammar", "lower", "parse"] {
        let printing = files_with(&["crate", ":", ":", module]).into_iter().filter(|name| name.starts_with("render/"));
        assert_eq!(printing.collect::<Vec<_>>(), [""; 0], "{module}");
    }
}
