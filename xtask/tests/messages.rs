//! Messages of `cargo xtask`: how many are shown, and what is said of their rules.

use std::fs;
use std::process::{Command, Output};

use codegen::Rule;
use tempfile::TempDir;

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().expect("xtask runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_rule_is_explained() {
    for rule in Rule::ALL {
        let output = xtask(&["--explain", rule.name()]);
        let said = text(&output.stdout);
        assert!(output.status.success() && said.starts_with(&format!("{rule}: {}", rule.meaning())), "{said}");
    }
    assert_eq!(xtask(&["--explain", "[repaired]"]).stdout, xtask(&["--explain", "repaired"]).stdout);
    let output = xtask(&["--explain", "repared"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("there is no rule `repared`") && said.contains("repaired"), "{said}");
}

#[test]
fn the_version_is_told() {
    let output = xtask(&["--version"]);
    assert_eq!(text(&output.stdout), concat!("xtask ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_help_says_what_can_be_allowed() {
    let said = text(&xtask(&["codegen", "--help"]).stdout);
    for rule in Rule::ALL.iter().filter(|rule| rule.allowed_meaning().is_some()) {
        assert!(said.contains(&format!("- {rule}: ")), "{said}");
    }
}

#[test]
fn messages_that_are_alike_are_folded_unless_all_are_wanted() {
    let folder = TempDir::new().expect("a folder");
    let (spec, out) = (folder.path().join("cats.yaml"), folder.path().join("cats"));
    let schemas: String = (0..20).map(|number| format!("    S{number}: {{ type: string, note: a }}\n")).collect();
    let description = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    fs::write(&spec, format!("{description}{schemas}")).expect("a file");
    let said = |more: &[&str]| {
        let [spec, out] = [&spec, &out].map(|path| path.to_str().expect("a path"));
        let output = xtask(&[&["codegen", "--spec", spec, "--out", out, "--name", "cats-client"], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stderr)
    };
    let folded = said(&[]);
    assert_eq!(folded.matches("has no member `note`").count(), 1, "{folded}");
    assert!(folded.contains("and 19 more like this") && folded.contains("`--all` shows every message"), "{folded}");
    let all = said(&["--all"]);
    assert_eq!((all.matches("has no member `note`").count(), all.contains("--all")), (20, false), "{all}");
}

#[test]
fn an_address_in_place_of_a_file_is_told_that_nothing_is_fetched() {
    let output = xtask(&["codegen", "--spec", "https://cats.example/openapi.yaml", "--out", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("nothing is fetched: download it, and name the file"), "{said}");
}
