//! What the generator makes of small descriptions, each about one thing.
//!
//! Every folder of `fixtures/` is a test. It holds `spec.yaml` or `spec.json`, and perhaps more:
//!
//! - `files/` holds other files that these refer to;
//! - `config.yaml`, `overlay.yaml` and `overlay.json` say what else the generator is told;
//! - `spec.codegen.yaml` is a configuration that it finds;
//! - `crates/` holds crates that the emitted one depends on, by paths from its own folder.
//!
//! What is expected:
//!
//! - `expected.rs`: the emitted files, without those that are the same for every description;
//! - `expected.err` instead, if the description is refused: the messages;
//! - `expected.warn` beside `expected.rs`, if and only if there are warnings.
//!
//! Beside them there can be `uses.rs`: a test of the emitted crate, as its user would write it. What
//! several of them share is the module in `exchange.rs`.
//!
//! A difference fails. `BLESS=1 cargo test -p client-tests --test fixtures` writes what is there now;
//! read it before you commit it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use client_tests::workspace::{Workspace, write_if_changed};
use client_tests::{options_of, project};
use codegen::{Files, Generated, Options, Rule, Source};
use libtest_mimic::{Arguments, Failed, Trial};
use similar::TextDiff;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = cases();
    let mut trials: Vec<_> = cases
        .iter()
        .map(|case| {
            let case = case.clone();
            Trial::test(case.name.clone(), move || check(&case))
        })
        .collect();
    let of_rules = cases.clone();
    trials.push(Trial::test("every_rule_is_shown", move || every_rule_is_shown(&of_rules)));
    trials.push(Trial::test("goldens_compile", move || goldens_compile(&cases)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The crates that an emitted one depends on.
const CRATES: &str = "crates";

/// A folder of `fixtures/`.
#[derive(Clone)]
struct Case {
    name: String,
    folder: PathBuf,
}

fn cases() -> Vec<Case> {
    let folder = project("tests/fixtures");
    let mut cases: Vec<_> = fs::read_dir(&folder)
        .expect("there are fixtures")
        .map(|entry| entry.expect("a fixture").path())
        .map(|folder| Case { name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(), folder })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    fn source(&self) -> Result<Source, Failed> {
        let names = ["spec.yaml", "spec.json"].into_iter().filter(|name| self.folder.join(name).is_file());
        let [name] = names.collect::<Vec<_>>()[..] else {
            return Err("there must be one spec.yaml or spec.json".into());
        };
        Source::read_as(name, &self.folder.join(name)).map_err(|diagnostics| diagnostics.to_string().into())
    }

    fn generate(&self, name: Option<&str>) -> Result<Result<Generated, String>, Failed> {
        let options = options_of(&self.folder);
        let options = name.into_iter().fold(options, Options::crate_name);
        Ok(codegen::generate(&self.source()?, &options).map_err(|diagnostics| diagnostics.to_string() + "\n"))
    }

    fn golden(&self, name: &str) -> io::Result<Option<String>> {
        match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

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
        let common = path.starts_with("src/runtime/") || is_manifest || path == "src/lib.rs";
        if !common {
            let _ = write!(text, "// ==== {path} ====\n{file}\n");
        }
    }
    text
}

fn check(case: &Case) -> Result<(), Failed> {
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
fn every_rule_is_shown(cases: &[Case]) -> Result<(), Failed> {
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

/// What is emitted is a crate that compiles without a warning, keeps its own contract, and that
/// neither clippy nor rustdoc has anything to say about.
fn goldens_compile(cases: &[Case]) -> Result<(), Failed> {
    let workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "crates")?;
    let (mut members, mut with_tests, mut with_doctests) = (Vec::new(), Vec::new(), Vec::new());
    let (mut with_uses, mut with_features) = (Vec::new(), Vec::new());
    for case in cases {
        let Ok(generated) = case.generate(Some(&case.name))? else { continue };
        let name = case.name.as_str();
        generated.files().plan(&workspace.crates.join(name))?.write()?;
        copy(&case.folder.join(CRATES), &workspace.crates.join(name).join(CRATES))?;
        members.push(name);
        if generated.counts().examples > 0 {
            with_tests.extend(["--package", name]);
        }
        match copy_uses(&workspace, case)? {
            Some(Features::None) => with_uses.extend(["--package", name]),
            Some(Features::All) => with_features.extend(["--package", name]),
            None => {}
        }
        // Those of crates without security schemes show less of the same.
        let shows_sign_in = |library: &str| library.contains("```no_run") && library.contains(".credential(");
        let is_shown = generated.files().get("src/lib.rs").is_some_and(shows_sign_in);
        if is_shown || name == "security-unsaid" || name == HOSTILE {
            with_doctests.extend(["--package", name]);
        }
    }
    workspace.describe(&members)?;
    // All targets, but not the library once more as a test of itself: it has none.
    let clippy = ["--workspace", "--keep-going", "--lib", "--test", "*", "--", "-D", "warnings"];
    workspace.cargo("clippy", &[NO_FEATURES, &clippy].concat())?;
    workspace.cargo("doc", &[NO_FEATURES, &["--workspace", "--keep-going", "--no-deps"]].concat())?;
    // Clippy has seen that all of it compiles; only what there are tests of needs to be built.
    workspace.cargo("test", &[NO_FEATURES, &["--test", "documented_examples"], &with_tests].concat())?;
    workspace.cargo("test", &[NO_FEATURES, &["--doc"], &with_doctests].concat())?;
    examples_are_ours(&workspace)?;
    workspace.cargo("test", &[NO_FEATURES, &["--test", "uses"], &with_uses].concat())?;
    let clippy = ["--lib", "--test", "uses", "--", "-D", "warnings"];
    workspace.cargo("clippy", &[&["--all-features"], with_features.as_slice(), &clippy].concat())?;
    workspace.cargo("test", &[&["--all-features", "--test", "uses"], with_features.as_slice()].concat())?;
    Ok(())
}

/// The fixture whose texts would all be examples of their own.
const HOSTILE: &str = "texts-hostile";

/// Whatever a description says, rustdoc finds the examples of the generator alone: how a call is made, and
/// what a layer is.
fn examples_are_ours(workspace: &Workspace) -> Result<(), Failed> {
    let list = ["--doc", "--package", HOSTILE, "--", "--list"];
    let listed = workspace.cargo("test", &[NO_FEATURES, &list].concat())?;
    let examples: Vec<_> = listed.lines().filter(|line| line.contains(" (line ")).collect();
    let are_ours = examples.len() == 2 && examples.iter().all(|line| line.contains("/src/lib.rs - (line "));
    if are_ours { Ok(()) } else { Err(format!("rustdoc would run these:\n{listed}").into()) }
}

/// Without the default transport, which most of the crates are not about.
const NO_FEATURES: &[&str] = &["--no-default-features"];

/// The features that the test of a crate's uses is built with.
enum Features {
    None,
    All,
}

/// Puts the test that the case has of its crate beside the emitted ones, if there is one.
fn copy_uses(workspace: &Workspace, case: &Case) -> io::Result<Option<Features>> {
    let at = workspace.crates.join(&case.name).join("tests/uses.rs");
    match case.golden("uses.rs")? {
        Some(text) => {
            let shared = at.with_file_name("exchange").join("mod.rs");
            fs::create_dir_all(shared.parent().unwrap_or(&shared))?;
            write_if_changed(&shared, &fs::read_to_string(project("tests/exchange.rs"))?)?;
            write_if_changed(&at, &text)?;
            // What it says about features, it wants to have.
            Ok(Some(if text.contains("cfg(feature") { Features::All } else { Features::None }))
        }
        None if at.is_file() => fs::remove_file(&at).map(|()| None),
        None => Ok(None),
    }
}

/// Copies a folder, if it is there.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &to)?,
            false => write_if_changed(&to, &fs::read_to_string(entry.path())?)?,
        }
    }
    Ok(())
}
