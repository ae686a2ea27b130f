//! What the tests share: where the project is, and its own description.

use std::path::{Path, PathBuf};

use codegen::Source;

/// The project's own description, as its commands name it.
pub const SPEC: &str = "spec/partner-center.yaml";

/// A path of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The project's own description.
pub fn spec() -> Source {
    let text = std::fs::read_to_string(project(SPEC)).expect("the project has its description");
    Source::new(SPEC, text)
}
