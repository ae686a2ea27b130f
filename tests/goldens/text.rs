//! The text of what is emitted, and of the messages, is what a person has read.

use std::fmt::Write as _;
use std::{env, fs};

use client_tests::is_support;
use codegen::{Files, Generated, Rule};
use libtest_mimic::Failed;
use similar::TextDiff;

use super::case::{CRATES, Case};

/// The names of the goldens, each with what should be in it, if it should be there.
type Goldens = [(&'static str, Option<String>); 3];

fn goldens(case: &Case, outcome: Result<Generated, String>) -> Goldens {
    let (code, warnings, errors) = match outcome {
        Ok(generated) => {
            let warnings = generated.warnings();
            let warnings = (!warnings.is_empty()).then(|| warnings.to_string() + "\n");
            (Some(emitted(case, generated.files())), warnings, None)
        }
        Err(errors) => (None, None, Some(errors)),
    };
    [("expected.rs", code), ("expected.err", errors), ("expected.warn", warnings)]
}

/// The files that depend on the description: not the support code, nor what only lists it.
fn emitted(case: &Case, files: &Files) -> String {
    let has_crates = case.folder.join(CRATES).is_dir();
    let mut text = String::new();
    for (path, file) in files.iter() {
        let is_manifest = path.ends_with(".toml") && !(has_crates && path == "Cargo.toml");
        // What is mocked follows from the description, and is as long: a few fixtures are about that.
        let is_mock = path.starts_with("src/mock.") && !case.name.starts_with("mock");
        let common = is_support(path) || is_manifest || is_mock || path == "src/lib.rs";
        if !common {
            let _ = write!(text, "// ==== {path} ====\n{file}\n");
        }
    }
    text
}

pub fn check(case: &Case) -> Result<(), Failed> {
    only_known_files(case)?;
    let goldens = goldens(case, case.generate(None)?);
    if env::var_os("BLESS").is_some_and(|bless| bless == "1") {
        return bless(case, &goldens);
    }
    if case.golden("expected.rs")?.is_some() == case.golden("expected.err")?.is_some() {
        return Err("there must be either expected.rs or expected.err; BLESS=1 writes it".into());
    }
    let mut differences = String::new();
    for (name, actual) in &goldens {
        let expected = case.golden(name)?;
        if expected != *actual {
            let (old, new) = (expected.unwrap_or_default(), actual.clone().unwrap_or_default());
            let diff = TextDiff::from_lines(&old, &new);
            let _ = write!(differences, "{}", diff.unified_diff().header(name, "generated"));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(format!("{differences}\nBLESS=1 accepts this").into()) }
}

fn only_known_files(case: &Case) -> Result<(), Failed> {
    const KNOWN: [&str; 12] = [
        "spec.yaml",
        "spec.json",
        "files",
        "config.yaml",
        "spec.codegen.yaml",
        "overlay.yaml",
        "overlay.json",
        CRATES,
        "expected.rs",
        "expected.err",
        "expected.warn",
        "uses.rs",
    ];
    for entry in fs::read_dir(&case.folder)? {
        let name = entry?.file_name();
        if !KNOWN.iter().any(|known| name == *known) {
            return Err(format!("{} does not belong here", name.to_string_lossy()).into());
        }
    }
    Ok(())
}

/// Writes the goldens as they come out now.
fn bless(case: &Case, goldens: &Goldens) -> Result<(), Failed> {
    for (name, actual) in goldens {
        if case.golden(name)? == *actual {
            continue;
        }
        let at = case.folder.join(name);
        match actual {
            Some(text) => fs::write(&at, text)?,
            None => fs::remove_file(&at)?,
        }
        eprintln!("blessed {}/{name}", case.name);
    }
    Ok(())
}

/// Every message that a description can cause is among the goldens, so that a person has read one.
pub fn every_rule_is_shown(cases: &[Case]) -> Result<(), Failed> {
    let mut shown = String::new();
    for case in cases {
        for name in ["expected.err", "expected.warn"] {
            shown += &case.golden(name)?.unwrap_or_default();
        }
    }
    // The first two are about files, the third about the caller, and the last one about mistakes of the generator.
    let elsewhere = [Rule::Unreadable, Rule::NotUtf8, Rule::InvalidOption, Rule::Internal];
    let rules = Rule::ALL.iter().filter(|rule| !elsewhere.contains(rule));
    let missing: Vec<_> = rules.filter(|rule| !shown.contains(&format!("[{rule}]"))).map(|rule| rule.name()).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no fixture shows {}", missing.join(", ")).into()) }
}
