//! What of a folder the generator wrote, and where it may write.
//!
//! It lists what it wrote in a file beside it, [`LIST`]. What is listed, and still begins with the whole of
//! the generator's own first line, can be removed. Other people's tools write `@generated`, too, and people
//! copy files, so neither of the two is enough. JSON has no such line: it is listed with what tells whether it
//! is still the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};
use std::{fs, io};

use super::WriteError;

/// The file that lists what was written, one path a line.
pub(super) const LIST: &str = ".codegen-files";

/// Its first line.
const HEAD: &str = "# What codegen wrote, by which it knows its files again. Do not edit.";

/// The folder of the crate that is emitted below the other one.
pub(crate) const RUNTIME: &str = "runtime";

/// What an emitted file begins with, after the comment sign.
pub(crate) const MARK: &str = "@generated";

/// Where those versions wrote that listed nothing.
const FORMER_FILES: [&str; 10] = [
    "Cargo.toml",
    "src/credentials.rs",
    "src/json.rs",
    "src/lib.rs",
    "src/operations.rs",
    "src/rustfmt.toml",
    "src/servers.rs",
    "src/types.rs",
    "tests/documented_examples.rs",
    "tests/rustfmt.toml",
];
const FORMER_FOLDERS: [&str; 5] = ["src/json", "src/operations", "src/runtime", "src/types", "tests/documented"];

/// The description that an emitted file names in its first line; `None` if that line is not the
/// generator's, from its comment sign to its end.
pub(super) fn made_from(text: &[u8]) -> Option<&str> {
    let line = text.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?.trim_end_matches('\r');
    let line = line.strip_prefix("// ").or_else(|| line.strip_prefix("# "))?;
    let (_, rest) = line.strip_prefix(MARK)?.strip_prefix(" by `")?.split_once("` from ")?;
    rest.strip_suffix(". Do not edit.")
}

/// What the generator wrote into a folder, as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The paths, each with what tells whether its text is still the same, if the text does not say whose it is.
    listed: BTreeMap<String, Option<String>>,
}

impl Written {
    pub fn read(folder: &Path) -> Result<Self, WriteError> {
        let listed = match standing(folder, LIST)? {
            // Of lines that a merge left undone, those that are paths count.
            Some(text) => String::from_utf8_lossy(&text).lines().filter_map(listed).collect(),
            None => former(folder)?.into_iter().map(|path| (path, None)).collect(),
        };
        Ok(Self { listed })
    }

    /// The files that are still there and still its own.
    pub fn still_there(&self, folder: &Path) -> BTreeSet<String> {
        let is_own = |path: &&String| {
            let text = standing(folder, path);
            matches!(text, Ok(Some(text)) if self.is_replaceable(path, &text))
        };
        self.listed.keys().filter(is_own).cloned().collect()
    }

    /// Whether a file at a path is the generator's to replace.
    pub fn is_replaceable(&self, path: &str, text: &[u8]) -> bool {
        match path {
            LIST => text.is_empty() || text.starts_with(HEAD.as_bytes()),
            _ if is_unmarked(path) => self.listed.get(path).is_some_and(|known| *known == Some(print(text))),
            _ => made_from(text).is_some(),
        }
    }
}

/// The text of the list; none if nothing is written.
pub(super) fn list<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let line = |(path, text): (&str, &str)| match is_unmarked(path) {
        true => format!("{path} {}\n", print(text.as_bytes())),
        false => format!("{path}\n"),
    };
    let lines: String = files.map(line).collect();
    (!lines.is_empty()).then(|| format!("{HEAD}\n{lines}"))
}

/// What a line of the list says, if it is one.
fn listed(line: &str) -> Option<(String, Option<String>)> {
    let (path, print) = match line.rsplit_once(' ') {
        Some((path, print)) if is_unmarked(path) => (path, Some(print.to_owned())),
        _ => (line, None),
    };
    (is_emitted(path) && is_unmarked(path) == print.is_some()).then(|| (path.to_owned(), print))
}

/// Whether a file has no place for a line that says whose it is.
fn is_unmarked(path: &str) -> bool {
    path.ends_with(".json")
}

/// What tells a text from others, wherever its lines end (FNV-1a, of 64 bits).
fn print(text: &[u8]) -> String {
    let bytes = text.iter().filter(|byte| **byte != b'\r');
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.fold(0xcbf2_9ce4_8422_2325, step))
}

/// Whether a path can be one of an emitted file. Nobody vouches for what a list says.
fn is_emitted(path: &str) -> bool {
    let is_plain =
        !path.contains('\\') && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let is_kind = path.ends_with(".rs") || path.ends_with(".toml") || is_unmarked(path);
    let is_placed = path == "Cargo.toml"
        || [RUNTIME, "src", "tests"]
            .iter()
            .any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
    is_plain && is_kind && is_placed
}

/// What may have been written without being listed.
fn former(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    if !matches!(standing(folder, "Cargo.toml"), Ok(Some(text)) if made_from(&text).is_some()) {
        return Ok(BTreeSet::new());
    }
    let mut found: BTreeSet<_> = FORMER_FILES.into_iter().map(str::to_owned).collect();
    let mut open: Vec<_> = FORMER_FOLDERS.into_iter().map(str::to_owned).collect();
    while let Some(below) = open.pop() {
        let at = folder.join(&below);
        let is_folder = fs::symlink_metadata(&at).is_ok_and(|about| about.is_dir());
        if !is_folder || at.join("Cargo.toml").symlink_metadata().is_ok() {
            continue;
        }
        for entry in fs::read_dir(&at).map_err(WriteError::at("read", &at))? {
            let entry = entry.map_err(WriteError::at("read", &at))?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let kind = entry.file_type().map_err(WriteError::at("read", &entry.path()))?;
            let path = format!("{below}/{name}");
            if kind.is_dir() {
                open.push(path);
            } else if is_emitted(&path) {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

/// What a file holds; `None` if there is nothing at its path.
///
/// An error if the way there leads through a link, or into another crate, or to anything but a file: there
/// is nothing to be written and removed then.
pub(super) fn standing(folder: &Path, path: &str) -> Result<Option<Vec<u8>>, WriteError> {
    let mut at = folder.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        at.push(part);
        let about = match fs::symlink_metadata(&at) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WriteError::at("read", &at)(error)),
        };
        let is_file = parts.peek().is_none();
        if about.is_symlink() {
            return Err(WriteError::Link { path: at });
        }
        if !is_file && is_other_crate(folder, &at) {
            return Err(WriteError::OtherCrate { path: at });
        }
        if is_file && !about.is_file() {
            return Err(WriteError::at("read", &at)(io::Error::other("it is not a file")));
        }
    }
    fs::read(&at).map(Some).map_err(WriteError::at("read", &at))
}

/// Whether a folder below the emitted crate has a manifest, other than that of its own runtime.
fn is_other_crate(folder: &Path, below: &Path) -> bool {
    let manifest = below.join("Cargo.toml");
    let is_own = || fs::read(&manifest).is_ok_and(|text| made_from(&text).is_some());
    match manifest.symlink_metadata() {
        Ok(about) => below != folder.join(RUNTIME) || !about.is_file() || !is_own(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_the_whole_line() {
        let own = "@generated by `cargo xtask codegen` from spec/cats v1.yaml. Do not edit.";
        for (line, source) in [
            (format!("// {own}"), Some("spec/cats v1.yaml")),
            (format!("# {own}\r\n\r\n[package]"), Some("spec/cats v1.yaml")),
            (format!("// {own}\n\n//! Cats."), Some("spec/cats v1.yaml")),
            (format!("//! {own}"), None),
            (format!("//! Mine.\n// {own}"), None),
            (own.to_owned(), None),
            (format!("// {own} Or do."), None),
            ("// @generated".to_owned(), None),
            ("// @generated automatically by Diesel CLI.".to_owned(), None),
            ("// @generated by prost-build from cats.proto. Do not edit.".to_owned(), None),
            ("// @generated by `cats`. Do not edit.".to_owned(), None),
            ("# This file is automatically @generated by Cargo.".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(made_from(line.as_bytes()), source, "{line:?}");
        }
        assert_eq!(made_from(b"// @generated by `\xff` from cats.yaml. Do not edit."), None);
    }

    #[test]
    fn a_list_leads_nowhere_else() {
        for path in ["Cargo.toml", "src/lib.rs", "src/operations/cats/toys.rs", "tests/documented/mod.rs"] {
            assert!(is_emitted(path), "{path}");
            assert_eq!(listed(path), Some((path.to_owned(), None)));
        }
        let print = Some("0123456789abcdef".to_owned());
        assert_eq!(listed("tests/a.json 0123456789abcdef"), Some(("tests/a.json".to_owned(), print)));
        for line in ["tests/a.json", "../a.json 0123456789abcdef", "src/lib.rs 0123456789abcdef"] {
            assert_eq!(listed(line), None, "{line}");
        }
        for path in [
            "",
            "<<<<<<< HEAD",
            "/etc/passwd",
            "/src/lib.rs",
            "../src/lib.rs",
            "src/../../lib.rs",
            "src/./lib.rs/..",
            "C:\\src\\lib.rs",
            "src\\..\\..\\lib.rs",
            "examples/demo.rs",
            "other/Cargo.toml",
            "build.rs",
            "src/notes.md",
            "src/",
            ".git/config.toml",
            LIST,
        ] {
            assert!(!is_emitted(path), "{path}");
        }
    }
}
