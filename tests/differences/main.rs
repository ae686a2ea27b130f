//! What edits of a description do to those who call its crate.
//!
//! Every folder of `differences/edits/` is a test: `edit.diff` is applied to the project's own description, and
//! `expected.txt` is what is said of the difference. A hunk of an edit has no numbers of lines: it goes where its lines
//! are, of which there must be one such place.
//!
//! Every folder of `differences/histories/` is the history of an API: `1.yaml`, `2.yaml` and so on, with what is said
//! of each step in `expected.txt`.
//!
//! Whether callers break is for rustc to say as well, of a program that does whatever a caller can: it is asked with
//! `cargo test --workspace --test differences -- --ignored`, as is `cargo-semver-checks`, where that is installed.
//!
//! A difference fails. `BLESS=1 cargo test -p client-tests --test differences` writes what is there now; read it before
//! you commit it.

mod compiled;
mod semver_checks;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use client_tests::{SPEC, project, spec};
use codegen::{Analysis, Difference, Options, Source, Step};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let edits = folders("edits").into_iter();
    let mut trials: Vec<_> = edits.map(|folder| trial("edits", folder, |folder| told(&edited(folder)?))).collect();
    trials.extend(folders("histories").into_iter().map(|folder| trial("histories", folder, history)));
    trials.push(Trial::test("the_other_way_round", the_other_way_round));
    trials.push(Trial::test("the_version_stays_where_the_crate_does", the_version_stays_where_the_crate_does));
    trials.push(Trial::test("callers_agree", compiled::callers_agree).with_ignored_flag(true));
    trials.push(Trial::test("semver_checks_agree", semver_checks::agree).with_ignored_flag(true));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(kind: &str, folder: PathBuf, tell: fn(&Path) -> Result<String, Failed>) -> Trial {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    Trial::test(format!("{kind}::{name}"), move || check(&folder.join("expected.txt"), &tell(&folder)?))
}

/// The folders of tests of a kind.
fn folders(kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(project("tests/differences").join(kind)).expect("the folder of the tests");
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    folders
}

fn check(expected: &Path, told: &str) -> Result<(), Failed> {
    if env::var_os("BLESS").is_some() {
        return Ok(fs::write(expected, told)?);
    }
    let known = fs::read_to_string(expected).unwrap_or_default();
    if known == told {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(known.as_str(), told);
    Err(format!("{}", diff.unified_diff().header("expected", "told")).into())
}

/// The project's own description, after the edit of a test.
fn edited(folder: &Path) -> Result<Source, Failed> {
    let edit = fs::read_to_string(folder.join("edit.diff"))?;
    let mut text = spec().text().to_owned();
    for hunk in edit.split("@@\n").filter(|hunk| !hunk.is_empty()) {
        let side = |left_out: char| {
            let lines = hunk.lines().filter(|line| !line.starts_with(left_out));
            lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect::<String>()
        };
        let (from, to) = (side('+'), side('-'));
        match text.matches(&from).count() {
            1 => text = text.replacen(&from, &to, 1),
            found => return Err(format!("the description has {found} places like this, not one:\n{from}").into()),
        }
    }
    Ok(Source::new(SPEC, text))
}

fn analyzed(source: &Source) -> Result<Analysis, Failed> {
    Ok(codegen::analyze(source, &Options::default().no_config()).map_err(|messages| messages.to_string())?)
}

/// The difference from the project's own description.
fn difference(edited: &Source) -> Result<Difference, Failed> {
    let old = Source::new("old.yaml", spec().text());
    Ok(codegen::diff(&analyzed(&old)?, &analyzed(edited)?))
}

fn told(edited: &Source) -> Result<String, Failed> {
    Ok(difference(edited)?.to_string())
}

/// What is said of each step of a history.
fn history(folder: &Path) -> Result<String, Failed> {
    let read = |number: usize| {
        let name = format!("{number}.yaml");
        let text = fs::read_to_string(folder.join(&name)).ok()?;
        Some(analyzed(&Source::new(name, text)))
    };
    let versions = (1..).map_while(read).collect::<Result<Vec<_>, _>>()?;
    let steps = versions.windows(2).map(|pair| codegen::diff(&pair[0], &pair[1]).to_string());
    Ok(steps.collect::<Vec<_>>().join("\n"))
}

/// What is new one way is gone the other way, and what is the same is so both ways.
fn the_other_way_round() -> Result<(), Failed> {
    let count = |difference: &Difference, change: codegen::ItemChange| {
        difference.items().iter().filter(|item| item.change() == change).count()
    };
    for folder in folders("edits") {
        let (old, new) = (analyzed(&spec())?, analyzed(&edited(&folder)?)?);
        let (there, back) = (codegen::diff(&old, &new), codegen::diff(&new, &old));
        let (added, removed) = (codegen::ItemChange::Added, codegen::ItemChange::Removed);
        let counts = |difference: &Difference, one, other| {
            (difference.items().len(), count(difference, one), count(difference, other))
        };
        if counts(&there, added, removed) != counts(&back, removed, added) {
            return Err(format!("{}:\n{there}\n{back}", folder.display()).into());
        }
        if !codegen::diff(&new, &analyzed(&edited(&folder)?)?).items().is_empty() {
            return Err(format!("{} differs from itself", folder.display()).into());
        }
    }
    Ok(())
}

/// There is a step of the version if and only if another crate is made.
fn the_version_stays_where_the_crate_does() -> Result<(), Failed> {
    let texts = |source: &Source| -> Result<Vec<(String, String)>, Failed> {
        let generated = analyzed(source)?.generate().map_err(|messages| messages.to_string())?;
        Ok(generated.files().iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
    };
    let old = texts(&spec())?;
    for folder in folders("edits") {
        let source = edited(&folder)?;
        let (is_same, step) = (texts(&source)? == old, difference(&source)?.step());
        if is_same != (step == Step::None) {
            return Err(format!("{}: {step:?}, and whether the crate is the same: {is_same}", folder.display()).into());
        }
    }
    Ok(())
}
