//! What the tests share: where the project is, its own description, and the documented exchange.

/// The examples that the description has, as the generator emits them for the client's tests.
#[path = "../generated-client/tests/documented/mod.rs"]
#[rustfmt::skip]
pub mod documented;

pub mod server;
pub mod transport;
pub mod workspace;

use std::path::{Path, PathBuf};

use codegen::{Options, Source};

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

/// Whether a file of an emitted crate is of the support code, which is the generator's own source.
pub fn is_support(path: &str) -> bool {
    path.starts_with("runtime/")
        || path.starts_with("src/runtime/")
        || matches!(path, "tests/documented/difference.rs" | "tests/documented/wire.rs")
}

/// What a fixture has beside its description: the configuration and the overlay.
pub fn options_of(fixture: &Path) -> Options {
    let read = |name: &str| {
        let path = fixture.join(name);
        path.exists().then(|| Source::read_as(name, &path).expect("a file of text"))
    };
    let overlays = ["overlay.yaml", "overlay.json"].into_iter().filter_map(read);
    let options = overlays.fold(Options::default(), Options::overlay);
    read("config.yaml").into_iter().fold(options, Options::config)
}

/// The exchange that the documentation prints, in its parts.
pub struct Exchange {
    /// The head of the request; it has no body.
    pub request: String,
    /// The status line and the headers of the response.
    pub response_head: String,
    /// The body of the response.
    pub body: String,
}

/// The exchange that the documentation prints.
pub fn exchange() -> Exchange {
    let text = std::fs::read_to_string(project("spec/get-invoice-summary.http")).expect("the documented exchange");
    let (request, response) = text.split_once("\n\n").expect("a request and a response");
    let (response_head, body) = response.split_once("\n\n").expect("a head and a body");
    Exchange { request: request.to_owned(), response_head: response_head.to_owned(), body: body.to_owned() }
}
