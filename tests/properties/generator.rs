//! Whatever the generator is given, it makes a crate that Rust can parse, or says what is wrong and where. It never
//! panics, and it never takes long.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, panic, thread};

use client_tests::{SPEC, is_support, project};
use codegen::{Diagnostics, Found, Generated, Loader, Options, Rule, Severity, Source};
use proptest::prelude::*;
use serde_yaml::Value;

use super::cases;
use super::hostile::complaint_about_messages;
use super::mutations::{mutated_text, mutated_tree};

/// Small, and full of what a description can have.
const PETS: &str = include_str!("pets.yaml");

/// Far more than any of these inputs needs, in a debug build on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

fn project_spec() -> String {
    fs::read_to_string(project(SPEC)).expect("the project has its description")
}

fn tree(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// Runs the generator, on a thread of its own so that it cannot hang the test.
fn generate(bytes: Vec<u8>) -> Result<Generated, Diagnostics> {
    let (done, result) = mpsc::channel();
    let run = move || {
        let generated =
            Source::from_bytes("spec.yaml", &bytes).and_then(|source| codegen::generate(&source, &Options::default()));
        // Nobody listens any more if it took too long.
        let _ = done.send(generated);
    };
    let thread = thread::spawn(run);
    match result.recv_timeout(DEADLINE) {
        Ok(generated) => generated,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the generator takes more than {DEADLINE:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic::resume_unwind(thread.join().expect_err("it panicked")),
    }
}

/// What holds for every input: there is a crate that can be parsed, or an error; and every message is [`clear`].
fn check(bytes: impl Into<Vec<u8>>, clear: fn(&Diagnostics) -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    match generate(bytes.into()) {
        Ok(generated) => {
            // Nobody's description has a say in the support code.
            let is_made = |path: &str| path.ends_with(".rs") && !is_support(path);
            for (path, text) in generated.files().iter().filter(|(path, _)| is_made(path)) {
                prop_assert!(syn::parse_file(text).is_ok(), "{} cannot be parsed:\n{}", path, text);
            }
            clear(generated.warnings())
        }
        Err(errors) => {
            prop_assert!(!errors.is_empty(), "there is neither a crate nor an error");
            clear(&errors)
        }
    }
}

/// Every message says something, and at which line and column.
fn exact(messages: &Diagnostics) -> Result<(), TestCaseError> {
    for message in messages.iter() {
        let place = messages.position(message);
        prop_assert!(place.is_some() || message.rule() == Rule::EmptyDocument, "no position: {}", message.message());
    }
    located(messages)
}

/// Every message says something, and where. In YAML at the edge of the standard, which the parsers read in different
/// ways, that may be a JSON Pointer without line and column.
pub fn located(messages: &Diagnostics) -> Result<(), TestCaseError> {
    for message in messages.iter() {
        let text = message.message();
        prop_assert!(!text.trim().is_empty());
        prop_assert!(message.rule() != Rule::Internal, "{}", text);
        let is_located = messages.position(message).is_some() || message.pointer().is_some();
        prop_assert!(is_located || message.rule() == Rule::EmptyDocument, "no place: {}", text);
    }
    prop_assert_eq!(messages.to_string().is_empty(), messages.is_empty());
    prop_assert_eq!(complaint_about_messages(messages), None);
    Ok(())
}

#[test]
fn what_is_mutated_is_good_to_begin_with() {
    for text in [PETS.to_owned(), project_spec(), serde_json::to_string(&tree(PETS)).expect("JSON")] {
        let generated = generate(text.into_bytes()).unwrap_or_else(|errors| panic!("{errors}"));
        assert!(generated.warnings().is_empty(), "{}", generated.warnings());
    }
}

/// Deeper than any parser may follow.
#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("{\"a\": ", "}"), ("- ", ""), ("? ", "")] {
        for depth in [100, 200, 2_000] {
            check(open.repeat(depth) + &close.repeat(depth), exact).expect("a message");
            check(format!("openapi: 3.0.3\nx: {}{}", open.repeat(depth), close.repeat(depth)), exact)
                .expect("a message");
        }
    }
}

/// Every line of this makes the document nine times larger.
#[test]
fn aliases_cannot_fill_the_memory() {
    let mut text = "openapi: 3.0.3\nx0: &x0 [lol]\n".to_owned();
    for level in 1..12 {
        let items = vec![format!("*x{}", level - 1); 9].join(", ");
        text += &format!("x{level}: &x{level} [{items}]\n");
    }
    check(text, exact).expect("a message");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_bytes_are_answered(bytes in any::<Vec<u8>>()) {
        check(bytes, located)?;
    }

    #[test]
    fn any_text_is_answered(text in prop_oneof![any::<String>(), "(openapi|info|paths|[-:?&*!|>'\"%@`{}\\[\\],# \n\t]|[a-z]){0,60}"]) {
        check(text.as_bytes(), located)?;
        check(format!("openapi: 3.0.3\n{text}"), located)?;
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_small_description_with_changes_in_its_text_is_answered(text in mutated_text(PETS.to_owned())) {
        check(text, located)?;
    }

    #[test]
    fn a_small_description_with_other_values_is_answered(value in mutated_tree(tree(PETS))) {
        check(serde_yaml::to_string(&value).expect("YAML"), exact)?;
    }
}

#[test]
fn a_rule_that_cannot_be_allowed_is_an_error() {
    let errors = codegen::generate(&Source::new("spec.yaml", PETS), &Options::default().allow(Rule::Syntax));
    let errors = errors.expect_err("the rule cannot be allowed");
    assert_eq!(errors.iter().map(|error| error.rule()).collect::<Vec<_>>(), [Rule::InvalidOption]);
    assert!(errors.to_string().contains("the rule `syntax` cannot be allowed"), "{errors}");
}

/// The files of a description that is in memory.
#[derive(Clone, Debug)]
struct InMemory(BTreeMap<&'static str, String>);

impl Loader for InMemory {
    fn find(&self, path: &str) -> io::Result<Found> {
        match self.0.contains_key(path) || path == "spec.yaml" {
            true => Ok(Found { id: path.into(), is_outside: false }),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn read(&self, found: &Found) -> io::Result<Vec<u8>> {
        let text = found.id.to_str().and_then(|path| self.0.get(path));
        text.map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// A description in two files: what the small one has for components is in the other.
fn in_two_files() -> (String, String) {
    let spec = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\nservers: [{ url: https://pets.example }]\n\
                paths: { $ref: 'pets.yaml#/paths' }\ncomponents:\n  schemas: { Home: { $ref: 'pets.yaml#/components/schemas/Pet' } }\n";
    (spec.to_owned(), PETS.to_owned())
}

fn bundled(spec: &str, pets: String) -> Result<Generated, Diagnostics> {
    let source = Source::new("spec.yaml", spec).with_files(InMemory([("pets.yaml", pets)].into()));
    codegen::generate(&source, &Options::default())
}

#[test]
fn a_description_in_two_files_is_as_good_as_one() {
    let (spec, pets) = in_two_files();
    let generated = bundled(&spec, pets).unwrap_or_else(|errors| panic!("{errors}"));
    let alone = generate(PETS.as_bytes().to_vec()).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(generated.counts().operations, alone.counts().operations);
}

proptest! {
    #![proptest_config(cases(50))]

    #[test]
    fn another_file_with_other_values_is_answered(value in mutated_tree(tree(PETS))) {
        let (spec, _) = in_two_files();
        match bundled(&spec, serde_yaml::to_string(&value).expect("YAML")) {
            Ok(generated) => exact(generated.warnings())?,
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                exact(&errors)?;
            }
        }
    }

    /// What is allowed changes what becomes of a mistake, but never that there is an answer.
    #[test]
    fn what_is_allowed_is_answered(value in mutated_tree(tree(PETS)), strict in any::<bool>()) {
        let source = Source::new("spec.yaml", serde_yaml::to_string(&value).expect("YAML"));
        let options = Options::default().allow(Rule::UnresolvedReference).allow(Rule::DuplicateKey).strict(strict);
        match codegen::generate(&source, &options) {
            Ok(generated) => {
                let allowed = generated.warnings().iter().filter(|warning| warning.is_allowed()).count();
                prop_assert_eq!(allowed == 0, generated.allowances().is_empty());
                prop_assert!(!strict || allowed == generated.warnings().len());
            }
            Err(errors) => prop_assert!(errors.iter().any(|error| error.severity() == Severity::Error)),
        }
    }
}

proptest! {
    #![proptest_config(cases(50))]

    #[test]
    fn a_small_description_in_json_with_other_values_is_answered(value in mutated_tree(tree(PETS))) {
        check(serde_json::to_string_pretty(&value).expect("JSON"), exact)?;
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn the_project_s_description_with_changes_in_its_text_is_answered(text in mutated_text(project_spec())) {
        check(text, located)?;
    }

    #[test]
    fn the_project_s_description_with_other_values_is_answered(value in mutated_tree(tree(&project_spec()))) {
        check(serde_yaml::to_string(&value).expect("YAML"), exact)?;
    }
}
