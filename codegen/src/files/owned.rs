//! What of a folder the generator wrote, and where it may write.
//!
//! It lists what it wrote in a file beside it, [`LIST`]. What is listed, and still begins with the whole of
//! the generator's own first line, can be removed. Other people's tools write `@generated`, too, and people
//! copy files, so neither of the two is enough.

use std::borrow::Cow;
use std::collections::BTreeSet;
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

/// The member of a JSON document that is a comment.
pub(crate) const COMMENT: &str = "//";

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
pub(super) fn made_from(text: &[u8]) -> Option<String> {
    let line = text.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?.trim_end_matches('\r');
    let comment = comment(line)?;
    let (_, rest) = comment.strip_prefix(MARK)?.strip_prefix(" by `")?.split_once("` from ")?;
    rest.strip_suffix(". Do not edit.").map(str::to_owned)
}

/// The comment that a line is: of Rust, of TOML, or the first member of a JSON document.
fn comment(line: &str) -> Option<Cow<'_, str>> {
    if let Some(comment) = line.strip_prefix("// ").or_else(|| line.strip_prefix("# ")) {
        return Some(comment.into());
    }
    let (name, text) = line.strip_prefix('{')?.strip_suffix(',')?.split_once(": ")?;
    let is_comment = serde_json::from_str::<String>(name).is_ok_and(|name| name == COMMENT);
    serde_json::from_str(text).ok().filter(|_| is_comment).map(Cow::Owned)
}

/// Whether a file at a path is the generator's to replace.
pub(super) fn is_replaceable(path: &str, text: &[u8]) -> bool {
    if path == LIST { text.is_empty() || text.starts_with(HEAD.as_bytes()) } else { made_from(text).is_some() }
}

/// The text of the list; none if nothing is written.
pub(super) fn list<'a>(paths: impl Iterator<Item = &'a str>) -> Option<String> {
    let lines: String = paths.map(|path| format!("{path}\n")).collect();
    (!lines.is_empty()).then(|| format!("{HEAD}\n{lines}"))
}

/// The files that the generator wrote into a folder, as far as they are still there and still its own.
pub(super) fn written(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    let listed: BTreeSet<String> = match standing(folder, LIST)? {
        // Of lines that a merge left undone, those that are paths count.
        Some(text) => {
            String::from_utf8_lossy(&text).lines().filter(|line| is_emitted(line)).map(str::to_owned).collect()
        }
        None => former(folder)?,
    };
    let is_own = |path: &String| {
        let text = standing(folder, path);
        matches!(text, Ok(Some(text)) if is_replaceable(path, &text))
    };
    Ok(listed.into_iter().filter(is_own).collect())
}

/// Whether a path can be one of an emitted file. Nobody vouches for what a list says.
fn is_emitted(path: &str) -> bool {
    let is_plain =
        !path.contains('\\') && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let is_kind = [".json", ".rs", ".toml"].iter().any(|end| path.ends_with(end));
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
            (format!("{{\"//\": \"{own}\",\n\"title\": \"Cats\"}}"), Some("spec/cats v1.yaml")),
            (format!("{{\"//\": \"{own}\"}}"), None),
            (format!("{{\"title\": \"{own}\",\n\"//\": 1}}"), None),
            (own.to_owned(), None),
            (format!("// {own} Or do."), None),
            ("// @generated".to_owned(), None),
            ("// @generated automatically by Diesel CLI.".to_owned(), None),
            ("// @generated by prost-build from cats.proto. Do not edit.".to_owned(), None),
            ("// @generated by `cats`. Do not edit.".to_owned(), None),
            ("# This file is automatically @generated by Cargo.".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(made_from(line.as_bytes()).as_deref(), source, "{line:?}");
        }
        assert_eq!(made_from(b"// @generated by `\xff` from cats.yaml. Do not edit."), None);
    }

    #[test]
    fn a_list_leads_nowhere_else() {
        for path in
            ["Cargo.toml", "src/lib.rs", "src/mock.json", "src/operations/cats/toys.rs", "tests/documented/mod.rs"]
        {
            assert!(is_emitted(path), "{path}");
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
