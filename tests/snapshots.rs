//! The emitted crate is what the generator makes of the description, and a person has read it.

use std::collections::BTreeSet;
use std::fs;

use client_tests::{is_support, options_of, project, spec};
use codegen::{Diagnostics, Generated, Options, Rule, Severity, Source};

fn generated() -> Generated {
    codegen::generate(&spec(), &Options::default()).expect("the project's description is good")
}

#[test]
fn the_committed_crate_is_fresh() {
    let plan = generated().files().plan(&project("generated-client")).expect("the crate can be read");
    assert!(plan.changes().is_empty(), "run `cargo xtask codegen`:\n{}", plan.diff());
}

#[test]
fn the_description_raises_no_warning() {
    let generated = generated();
    assert!(generated.warnings().is_empty(), "{}", generated.warnings());
}

/// The files that come from the description; the support code is the generator's own source.
#[test]
fn emitted_files() {
    let generated = generated();
    let files = generated.files().iter().filter(|(path, _)| !is_support(path));
    for (path, text) in files {
        insta::assert_snapshot!(path.replace('/', "__"), text);
    }
}

/// What every rule means.
#[test]
fn rules() {
    let rules: Vec<_> = Rule::ALL.iter().map(|rule| format!("{rule}: {}", rule.meaning())).collect();
    insta::assert_snapshot!("rules", rules.join("\n"));
}

/// Every message that the fixtures raise, in one place to be read; where each points is in `expected.err`.
#[test]
fn messages() {
    let mut messages = BTreeSet::new();
    for folder in fs::read_dir(project("tests/fixtures")).expect("the fixtures") {
        let folder = folder.expect("a fixture").path();
        let spec = ["spec.yaml", "spec.json"].map(|name| folder.join(name)).into_iter().find(|spec| spec.exists());
        let diagnostics = match Source::read_as("spec.yaml", &spec.expect("a description")) {
            Ok(source) => match codegen::generate(&source, &options_of(&folder)) {
                Ok(generated) => generated.warnings().clone(),
                Err(errors) => errors,
            },
            Err(errors) => errors,
        };
        messages.extend(lines(&diagnostics));
    }
    insta::assert_snapshot!("messages", messages.into_iter().collect::<Vec<_>>().join("\n"));
}

fn lines(diagnostics: &Diagnostics) -> Vec<String> {
    let line = |message: &codegen::Diagnostic| {
        let severity = match message.severity() {
            Severity::Error => "error",
            Severity::Note => "note",
            _ => "warning",
        };
        let help = message.help_text().map(|help| format!("\n    help: {}", help.replace('\n', "\n    help: ")));
        let help = help.unwrap_or_default();
        format!("{severity}[{}]: {}{help}", message.rule(), message.message())
    };
    diagnostics.iter().map(line).collect()
}
