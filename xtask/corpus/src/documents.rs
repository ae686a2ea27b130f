//! Which files of a folder are documents, and what their crates are called.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::Shown;

/// A document to make a crate of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// The name of its file, as it is shown.
    pub file: String,
    /// The name of its crate, which no other document of the folder has.
    pub crate_name: String,
}

/// The documents of the folder itself, by name: its `.json`, `.yaml` and `.yml` files.
///
/// # Errors
///
/// When the folder cannot be read, or has none.
pub fn documents(folder: &Path) -> Result<Vec<Input>, String> {
    let failed = |error: std::io::Error| format!("error: cannot read {}: {error}", Shown::from(folder));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() && is_named_like_a_document(&path) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(format!("error: {} has no file that ends in .json, .yaml or .yml", Shown::from(folder)));
    }
    paths.sort();
    let mut taken = BTreeSet::new();
    Ok(paths.into_iter().map(|path| input(path, &mut taken)).collect())
}

fn is_named_like_a_document(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["json", "yaml", "yml"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn input(path: PathBuf, taken: &mut BTreeSet<String>) -> Input {
    let file = Shown::from(Path::new(path.file_name().unwrap_or_default())).to_string();
    let base = crate_name(&path.file_stem().unwrap_or_default().to_string_lossy());
    let mut name = base.clone();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{base}-{number}");
    }
    Input { path, file, crate_name: name }
}

/// A name that Cargo takes. Its end keeps it apart from keywords and from the crate's dependencies.
fn crate_name(stem: &str) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '-' };
    let plain: String = stem.chars().map(plain).collect();
    let start = if plain.starts_with(|sign: char| sign.is_ascii_alphabetic()) { "" } else { "api-" };
    format!("{start}{}-client", plain.trim_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_named_after_files() {
        let names = [
            ("cats.yaml", "cats-client"),
            ("Cats.json", "cats-client-2"),
            ("cats v1.2.yaml", "cats-v1-2-client"),
            ("http.yaml", "http-client"),
            ("7cats.yaml", "api-7cats-client"),
            ("猫.yaml", "api--client"),
        ];
        let mut taken = BTreeSet::new();
        for (file, name) in names {
            assert_eq!(input(PathBuf::from(file), &mut taken).crate_name, name);
            let source = codegen::Source::new(file, "");
            let errors = codegen::generate(&source, &codegen::Options::default().crate_name(name)).unwrap_err();
            assert!(errors.iter().all(|error| error.rule() != codegen::Rule::InvalidName), "{errors}");
        }
    }

    #[test]
    fn documents_are_files_of_the_folder_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.yml", "a.json", "c.yaml", "README.md", "d.jsonl"] {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        fs::create_dir_all(folder.path().join("below.json")).expect("a folder");
        fs::write(folder.path().join("below.json/e.json"), "").expect("a file");
        let files: Vec<_> =
            documents(folder.path()).expect("documents").into_iter().map(|document| document.file).collect();
        assert_eq!(files, ["a.json", "b.yml", "c.yaml"]);
    }
}
