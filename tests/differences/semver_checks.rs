//! What `cargo-semver-checks` says of the emitted crates, where it is installed.

use std::path::Path;
use std::process::Command;

use client_tests::{project, spec};
use codegen::{Options, Source, Step};
use libtest_mimic::Failed;

use super::{difference, edited, folders};

/// Whatever `cargo-semver-checks` calls a major change of a crate is one here. The opposite does not hold: it looks at
/// signatures only in part, and at nothing that is sent.
pub fn agree() -> Result<(), Failed> {
    if !Command::new("cargo").args(["semver-checks", "--version"]).output()?.status.success() {
        println!("notice: cargo-semver-checks is not installed here, so that nothing was compared with it");
        return Ok(());
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differences");
    let baseline = target.join("old");
    write(&spec(), &baseline)?;
    let mut missed = Vec::new();
    for folder in folders("edits") {
        let source = edited(&folder)?;
        let current = target.join("new");
        write(&source, &current)?;
        let finds_major = finds_major(&current, &baseline)?;
        if finds_major && difference(&source)?.step() != Step::Major {
            missed.push(folder.display().to_string());
        }
    }
    if missed.is_empty() { Ok(()) } else { Err(format!("these break callers: {}", missed.join(", ")).into()) }
}

fn write(source: &Source, folder: &Path) -> Result<(), Failed> {
    let options = Options::default().no_config();
    let generated = codegen::generate(source, &options).map_err(|messages| messages.to_string())?;
    generated.files().plan(folder)?.write()?;
    // The versions that the project itself was tested with.
    std::fs::copy(project("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Whether a minor version would not do.
fn finds_major(current: &Path, baseline: &Path) -> Result<bool, Failed> {
    let mut command = Command::new("cargo");
    command.args(["semver-checks", "--release-type", "minor", "--manifest-path"]).arg(current.join("Cargo.toml"));
    let output = command.arg("--baseline-root").arg(baseline).output()?;
    let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    match (output.status.success(), said.contains("semver requires new major version")) {
        (true, _) => Ok(false),
        (false, true) => Ok(said.lines().filter_map(failure).any(|check| check != DISCRIMINANTS)),
        (false, false) => Err(format!("cargo-semver-checks failed:\n{said}").into()),
    }
}

/// The numbers of variants, which are in the order of the description. They mean nothing, and nobody has a use for them.
const DISCRIMINANTS: &str = "enum_no_repr_variant_discriminant_changed";

/// The check that a line says to have failed.
fn failure(line: &str) -> Option<&str> {
    line.strip_prefix("--- failure ")?.split(':').next()?.split_whitespace().next()
}
