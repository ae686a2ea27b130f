//! One emitted crate of each kind on its own, as its user has it: of those with equal manifests and equal support
//! code, one stands for all.
//!
//! That nothing is missing of what a crate depends on, or of the support code that this is made of itself, cannot
//! be seen where all of them are one crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use client_tests::is_support;
use client_tests::workspace::Workspace;
use codegen::{Files, Generated};
use libtest_mimic::Failed;

use super::case::{CRATES, Case};

/// Holds a crate of each kind, without the features of the default transport, to what clippy and rustdoc think of it.
pub fn look_over(cases: &[Case]) -> Result<(), Failed> {
    let kinds = kinds(cases)?;
    eprintln!("checking {} goldens on their own, which takes minutes", kinds.len());
    let workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "crates")?;
    for (case, generated) in &kinds {
        let folder = workspace.crates.join(&case.name);
        generated.files().plan(&folder)?.write()?;
        case.copy_crates(&folder.join(CRATES))?;
    }
    workspace.describe(&kinds.iter().map(|(case, _)| &case.name).collect::<Vec<_>>())?;
    let all = ["--no-default-features", "--workspace", "--keep-going"];
    // All targets, but not the library once more as a test of itself: it has none.
    let clippy = ["--lib", "--test", "*", "--", "-D", "warnings"];
    workspace.cargo("clippy", &[all.as_slice(), &clippy].concat())?;
    workspace.cargo("doc", &[all.as_slice(), &["--no-deps"]].concat())?;
    Ok(())
}

/// The first of each kind.
fn kinds(cases: &[Case]) -> Result<Vec<(&Case, Generated)>, Failed> {
    let mut kinds = BTreeMap::new();
    for case in cases {
        if let Ok(generated) = case.generate(Some(&case.name))? {
            kinds.entry(kind(case, generated.files())).or_insert((case, generated));
        }
    }
    Ok(kinds.into_values().collect())
}

/// The manifests without what they are called, and the names of the files of the support code.
fn kind(case: &Case, files: &Files) -> String {
    let is_name = |line: &&str| ["#", "name = ", "description = "].iter().any(|start| line.starts_with(start));
    let mut kind = String::new();
    for (path, text) in files.iter() {
        if path.ends_with("Cargo.toml") {
            let text = text.replace(&format!("{}-runtime", case.name), "runtime");
            text.lines().filter(|line| !is_name(line)).for_each(|line| kind += &format!("{line}\n"));
        } else if is_support(path) {
            let _ = writeln!(kind, "{path}");
        }
    }
    kind
}
