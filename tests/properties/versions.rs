//! What OpenAPI 3.0 says, a newer version says as well: two readers, one of which is `openapiv3`, read the same.

use std::fs;

use client_tests::{options_of, project};
use codegen::{Files, Source};

/// Fixtures about what the versions differ in: how numbers are spelled that went through a float, an example that is
/// `null`, what stands beside references, what only one version knows, and mistakes that one of them takes for others.
const DIFFERENT: [&str; 11] = [
    "constants",
    "enums",
    "json-wrong",
    "references-siblings",
    "repairs-text",
    "repairs-types",
    "repairs-yaml",
    "security-odd",
    "security-undefined",
    "texts-hostile",
    "unknown-members",
];

/// What is made of a description, but for what only lists its places.
fn code(text: &str, folder: &std::path::Path) -> Option<Vec<(String, String)>> {
    let generated = codegen::generate(&Source::new("spec.yaml", text), &options_of(folder)).ok()?;
    let of = |files: &Files| files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    Some(of(generated.files()))
}

#[test]
fn schemas_of_3_0_are_the_same_in_the_words_of_3_1() {
    let mut tried = 0;
    for entry in fs::read_dir(project("tests/fixtures")).expect("fixtures") {
        let folder = entry.expect("a fixture").path();
        let Ok(text) = fs::read_to_string(folder.join("spec.yaml")) else { continue };
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(newer) = text.contains("openapi: 3.0.").then(|| text.replacen("openapi: 3.0.", "openapi: 3.1.", 1))
        else {
            continue;
        };
        let Some(code_of_3_0) = code(&text, &folder).filter(|_| !DIFFERENT.contains(&name.as_str())) else { continue };
        let code_of_3_1 = code(&newer, &folder).unwrap_or_else(|| panic!("{name} is refused as 3.1"));
        assert!(code_of_3_0 == code_of_3_1, "{name} is not the same in 3.1");
        tried += 1;
    }
    assert!(tried > 100, "{tried} fixtures were tried");
}
