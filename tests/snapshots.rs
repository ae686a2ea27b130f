//! The emitted crate is what the generator makes of the description, and a person has read it.

use client_tests::{project, spec};
use codegen::{Generated, Options};

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
    let files = generated.files().iter().filter(|(path, _)| !path.starts_with("src/runtime/"));
    for (path, text) in files {
        insta::assert_snapshot!(path.replace('/', "__"), text);
    }
}
