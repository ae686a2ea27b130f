//! Some of the emitted crates on their own, as their users have them.
//!
//! That nothing is missing of the crates that one depends on, or of the support code that this is made of itself,
//! cannot be seen where all of them are one crate. What is missing is missed by something that is there. So there is a
//! crate here for each two parts that a crate may have, of which it has the first without the second.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use client_tests::is_support;
use client_tests::workspace::Workspace;
use codegen::{Files, Generated};
use libtest_mimic::Failed;

use super::case::{CRATES, Case};

/// Holds crates that lack different things, without the features of the default transport, to what clippy and rustdoc
/// think of them.
pub fn look_over(cases: &[Case]) -> Result<(), Failed> {
    let kinds = telling(kinds(cases)?);
    eprintln!("checking {} goldens on their own, which takes a minute", kinds.len());
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

/// What a crate has and another one may lack: files of the support code, and lines of the manifests.
type Parts = BTreeSet<String>;

/// The first of those that have the same parts.
fn kinds(cases: &[Case]) -> Result<BTreeMap<Parts, (&Case, Generated)>, Failed> {
    let mut kinds = BTreeMap::new();
    for case in cases {
        if let Ok(generated) = case.generate(Some(&case.name))? {
            kinds.entry(parts(case, generated.files())).or_insert((case, generated));
        }
    }
    Ok(kinds)
}

fn parts(case: &Case, files: &Files) -> Parts {
    let is_name = |line: &&str| ["#", "name = ", "description = "].iter().any(|start| line.starts_with(start));
    let mut parts = Parts::new();
    for (path, text) in files.iter() {
        if path.ends_with("Cargo.toml") {
            // What it calls itself says nothing of it.
            let text = text.replace(&format!("{}-runtime", case.name), "runtime");
            let text = text.replace(&format!("\n{} = ", case.name), "\nitself = ");
            parts.extend(text.lines().filter(|line| !is_name(line)).map(|line| format!("{path}: {line}")));
        } else if is_support(path) {
            parts.insert(path.to_owned());
        }
    }
    parts
}

/// So many of the kinds that all of it is told that any of them tells.
fn telling<T>(kinds: BTreeMap<Parts, T>) -> Vec<T> {
    let is_common = |part: &&String| kinds.keys().all(|parts| parts.contains(*part));
    let some: Parts = kinds.keys().flatten().filter(|part| !is_common(part)).cloned().collect();
    let mut left: Vec<_> = kinds.into_iter().map(|(parts, kind)| (told(&parts, &some), kind)).collect();
    let mut chosen = Vec::new();
    while let Some(most) = (0..left.len()).max_by_key(|at| left[*at].0.len()) {
        let (told, kind) = left.swap_remove(most);
        if told.is_empty() {
            break;
        }
        left.iter_mut().for_each(|(others, _)| others.retain(|pair| !told.contains(pair)));
        chosen.push(kind);
    }
    chosen
}

/// What a crate tells: that its parts do without others. Of those that are in every crate, which are all alike, the
/// empty text stands for one.
fn told<'a>(parts: &Parts, some: &'a Parts) -> HashSet<(&'a str, &'a str)> {
    let (there, missing): (Vec<_>, Vec<_>) = some.iter().map(String::as_str).partition(|part| parts.contains(*part));
    let pairs = |there| missing.iter().copied().chain([""]).map(move |missing| (there, missing));
    there.iter().copied().chain([""]).flat_map(pairs).collect()
}
