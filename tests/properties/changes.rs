//! Overlays and configurations: any text is answered, and what changes nothing changes nothing.

use std::fs;
use std::path::Path;

use client_tests::{options_of, project};
use codegen::{Diagnostics, Generated, Options, Rule, Source};
use proptest::prelude::*;
use similar::TextDiff;

use crate::cases;
use crate::generator::located;
use crate::mutations::mutated_text;

fn fixture(path: &str) -> String {
    fs::read_to_string(project("tests/fixtures").join(path)).expect("a fixture")
}

fn with_overlay(spec: &str, overlay: &str) -> Result<Generated, Diagnostics> {
    let options = Options::default().overlay(Source::new("overlay.yaml", overlay));
    codegen::generate(&Source::new("spec.yaml", spec), &options)
}

fn with_config(spec: &str, config: &str) -> Result<Generated, Diagnostics> {
    let options = Options::default().config(Source::new("config.yaml", config));
    codegen::generate(&Source::new("spec.yaml", spec), &options)
}

fn answered(outcome: Result<Generated, Diagnostics>) -> Result<(), TestCaseError> {
    match outcome {
        Ok(generated) => located(generated.warnings()),
        Err(errors) => {
            prop_assert!(!errors.is_empty());
            located(&errors)
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_overlay_is_answered(text in prop_oneof![any::<String>(), "(overlay|actions|target|[-:?&*!|>'\"%@`{}\\[\\],# \n\t$.]|[a-z]){0,60}"]) {
        answered(with_overlay(&fixture("overlays/spec.yaml"), &text))?;
        answered(with_overlay(&fixture("overlays/spec.yaml"), &format!("overlay: 1.1.0\n{text}")))?;
    }

    #[test]
    fn any_target_is_answered(text in prop_oneof![any::<String>(), "\\$([.?@*'\"\\[\\]()&|=<>! ,:0-9]|name|paths|length){0,30}"]) {
        let target = serde_json::to_string(&text).expect("JSON");
        let head = "overlay: 1.1.0\ninfo: { title: Any, version: '1' }\nactions:\n";
        for what in ["remove: true", "update: { a: 1 }", "update: [a]", "update: a", "copy: $.info"] {
            let overlay = format!("{head}  - target: {target}\n    {what}\n");
            answered(with_overlay(&fixture("overlays/spec.yaml"), &overlay))?;
        }
    }

    #[test]
    fn an_overlay_with_changes_in_its_text_is_answered(text in mutated_text(fixture("overlays/overlay.yaml"))) {
        answered(with_overlay(&fixture("overlays/spec.yaml"), &text))?;
    }

    #[test]
    fn any_configuration_is_answered(text in prop_oneof![any::<String>(), "(rename|types|operations|keep|[-:?&*!|>'\"%@`{}\\[\\],# \n\t]|[a-z]){0,60}"]) {
        answered(with_config(&fixture("configuration/spec.yaml"), &text))?;
    }

    #[test]
    fn a_configuration_with_changes_in_its_text_is_answered(text in mutated_text(fixture("configuration/config.yaml"))) {
        answered(with_config(&fixture("configuration/spec.yaml"), &text))?;
    }

    #[test]
    fn a_selection_with_changes_in_its_text_is_answered(text in mutated_text(fixture("configuration-operations/config.yaml"))) {
        answered(with_config(&fixture("configuration-operations/spec.yaml"), &text))?;
    }
}

/// An overlay of empty updates, and an empty configuration, leave every fixture as it is, its messages
/// and their places among it.
#[test]
fn what_changes_nothing_changes_nothing() {
    let overlay = "overlay: 1.1.0\ninfo: { title: None, version: '1' }\nactions: [{ target: $, update: {} }]\n";
    for folder in fs::read_dir(project("tests/fixtures")).expect("the fixtures") {
        let folder = folder.expect("a fixture").path();
        let spec = ["spec.yaml", "spec.json"].map(|name| folder.join(name)).into_iter().find(|spec| spec.exists());
        let Ok(source) = Source::read_as("spec.yaml", &spec.expect("a description")) else { continue };
        let options = options_of(&folder);
        let shown = |options: &Options| match codegen::generate(&source, options) {
            Ok(generated) => {
                let files = generated.files().iter().map(|(path, text)| format!("{path}\n{text}\n"));
                Some(files.collect::<String>() + &generated.warnings().to_string())
            }
            Err(_) => None,
        };
        let before = shown(&options);
        // One that is given takes the place of one that is found.
        let is_configured = options.config.is_some() || folder.join("spec.codegen.yaml").exists();
        let mut changed = options.overlay(Source::new("overlay.yaml", overlay));
        if !is_configured {
            changed = changed.config(Source::new("config.yaml", "# Nothing yet.\n"));
        }
        same(&before, &shown(&changed), &folder);
    }
}

fn same(before: &Option<String>, after: &Option<String>, folder: &Path) {
    let (before, after) = (before.as_deref().unwrap_or_default(), after.as_deref().unwrap_or_default());
    assert!(before == after, "{}\n{}", folder.display(), TextDiff::from_lines(before, after).unified_diff());
}

/// Every action makes a list twice as long, or what is nested deeper.
#[test]
fn copies_of_copies_end() {
    let head = "overlay: 1.1.0\ninfo: { title: Much, version: '1' }\nactions:\n";
    let wide: String = (0..60).map(|_| "  - { target: $.info.x, copy: $.info.x }\n").collect();
    let deep: String = (0..200)
        .map(|_| "  - { target: $.info.y, update: { a: {} } }\n  - { target: $.info.y.a, copy: $.info.y }\n")
        .collect();
    let spec = fixture("overlays/spec.yaml").replace("version: '1'", "version: '1', x: [1], y: { b: 1 }");
    for (actions, message) in [(wide, "values"), (deep, "levels")] {
        let Err(errors) = with_overlay(&spec, &(head.to_owned() + &actions)) else { panic!("no end") };
        let first = errors.iter().next().expect("a message");
        assert_eq!(first.rule(), Rule::InvalidValue);
        assert!(first.message().contains(message), "{errors}");
    }
}
