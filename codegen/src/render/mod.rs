//! [`Api`] → tokens, file by file. Nothing is decided here but how the code reads.

mod accessors;
mod bodies;
mod constants;
mod conversions;
mod credentials;
pub(crate) mod doc;
mod documented;
mod flows;
mod headers;
mod json;
mod library;
mod lints;
mod manifest;
mod mock;
mod open_servers;
mod operations;
mod overview;
mod pages;
mod params;
mod replies;
mod scope;
mod servers;
mod setters;
mod shared;
mod sign_in;
mod signatures;
mod statuses;
mod streamed;
mod structs;
mod support;
mod tokens;
mod types;
mod unions;
mod webhooks;

use proc_macro2::TokenStream;

pub(crate) use self::documented::type_in_tests;
pub(crate) use self::signatures::{Signatures, media_type_setters, sign_in_arguments};
pub(crate) use self::tokens::{Token, Tokens};
use crate::api::{Api, TypeDef};
use crate::files::RUNTIME;
use crate::options::Settings;

/// A file of the emitted crate, before it is formatted.
pub(crate) struct Rendered<'a> {
    pub path: String,
    pub content: Content<'a>,
}

pub(crate) enum Content<'a> {
    /// Rust code, to be formatted. Its tokens are made when they are wanted, and item by item: they take
    /// many times the memory of the text, and cannot go from one thread to another.
    Code(Box<Render<'a>>),
    /// Rust code that a person wrote and formatted.
    Verbatim(&'static str),
    /// Text that is not Rust; its comments start with `#`.
    Text(String),
    /// JSON, which has no comments.
    Json(String),
}

/// Makes the code of a file: hands over its items, and gives what stands in front of them.
pub(crate) type Render<'a> = dyn Fn(&mut Sink<'_>) -> Tokens + Send + Sync + 'a;

/// Takes items, one after the other.
pub(crate) type Sink<'a> = dyn FnMut(Code) + 'a;

/// Some of the items of a file.
pub(crate) enum Code {
    Tokens(Tokens),
    /// An item that is laid out already: one so regular, and so frequent, that tokens cost too much.
    Text(String),
}

impl<'a> Rendered<'a> {
    fn code(path: impl Into<String>, code: impl Fn() -> TokenStream + Send + Sync + 'a) -> Self {
        Self::items(path, move |_| code())
    }

    fn items<T: Into<Tokens>>(path: impl Into<String>, render: impl Fn(&mut Sink<'_>) -> T + Send + Sync + 'a) -> Self {
        Self { path: path.into(), content: Content::Code(Box::new(move |sink| render(sink).into())) }
    }
}

impl From<TokenStream> for Code {
    fn from(code: TokenStream) -> Self {
        Self::Tokens(code.into())
    }
}

/// Keeps `cargo fmt` away from files that are laid out already, and only from them.
fn rustfmt_config<'a>(folder: &str) -> Rendered<'a> {
    let text = "# The generator lays these files out.\ndisable_all_formatting = true\n";
    Rendered { path: format!("{folder}/rustfmt.toml"), content: Content::Text(text.to_owned()) }
}

/// What there is for the types: a file for all, or one for each of the files they are in and one that
/// names these.
fn type_files<'a>(
    module: &str,
    api: &'a Api,
    all: fn(&Api, &mut Sink<'_>) -> TokenStream,
    file: fn(&Api, &[&TypeDef], &mut Sink<'_>) -> TokenStream,
    index: fn(&Api) -> TokenStream,
) -> Vec<Rendered<'a>> {
    if api.type_files.is_empty() {
        return vec![Rendered::items(format!("src/{module}.rs"), move |sink| all(api, sink))];
    }
    let files = api.type_files.iter().map(|types| {
        let path = format!("src/{module}/{}.rs", types.name.trim_start_matches("r#"));
        let definitions = types.items.iter().filter_map(|index| api.types.get_index(*index));
        let definitions: Vec<_> = definitions.map(|(_, definition)| definition).collect();
        Rendered::items(path, move |sink| file(api, &definitions, sink))
    });
    let mut files: Vec<_> = files.collect();
    files.push(Rendered::code(format!("src/{module}.rs"), move || index(api)));
    files
}

/// Every file of the emitted crate.
pub(crate) fn render<'a>(api: &'a Api, source: &'a str, settings: &'a Settings) -> Vec<Rendered<'a>> {
    let mut files = vec![
        Rendered { path: "Cargo.toml".to_owned(), content: Content::Text(manifest::manifest(api, settings)) },
        rustfmt_config("src"),
        Rendered::code("src/lib.rs", || library::library(api, source, settings)),
        Rendered::items("src/operations.rs", |sink| operations::index(api, sink)),
        Rendered::code("src/runtime/mod.rs", || support::index(api, settings)),
        Rendered {
            path: format!("{}/Cargo.toml", RUNTIME),
            content: Content::Text(manifest::of_the_runtime(api, settings)),
        },
        rustfmt_config(RUNTIME),
        Rendered::code(format!("{}/src/lib.rs", RUNTIME), || support::library(api, settings)),
    ];
    files.extend(type_files("types", api, types::types, types::file, types::index));
    files.extend(type_files("json", api, json::json, json::file, json::index));
    if !api.foreign.is_empty() {
        files.push(Rendered::code(format!("{RUNTIME}/src/foreign_types.rs"), || support::foreign_types(api)));
    }
    if !api.servers.is_empty() {
        files.push(Rendered::code("src/servers.rs", || servers::servers(api)));
    }
    if !api.credentials.is_empty() {
        files.push(Rendered::code("src/credentials.rs", || credentials::credentials(api)));
    }
    if !api.webhooks.is_empty() {
        files.push(Rendered::code("src/webhooks.rs", || webhooks::webhooks(api)));
    }
    if !api.shared.is_empty() {
        files.push(Rendered::items("src/replies.rs", |sink| shared::shared(api, sink)));
    }
    for group in &api.groups {
        let module = group.name.rust.trim_start_matches("r#");
        let folder = if module.is_empty() { "src/operations".to_owned() } else { format!("src/operations/{module}") };
        if !module.is_empty() {
            files.push(Rendered::items(format!("{folder}.rs"), move |sink| operations::group(group, api, sink)));
        }
        for part in &group.files {
            let path = format!("{folder}/{}.rs", part.name.trim_start_matches("r#"));
            files.push(Rendered::items(path, move |sink| operations::part(group, part, api, sink)));
        }
    }
    if !api.examples.is_empty() {
        files.push(Rendered::items("tests/documented/mod.rs", |sink| documented::examples(api, sink)));
        files.extend(documented::large(api));
        let path = "tests/documented/difference.rs".to_owned();
        files.push(Rendered { path, content: Content::Verbatim(documented::DIFFERENCE) });
    }
    if documented::has_sent(api) {
        let path = "tests/documented/wire.rs".to_owned();
        files.push(Rendered { path, content: Content::Verbatim(documented::WIRE) });
        let tests = |sink: &mut Sink<'_>| documented::sent(api, settings, sink);
        files.push(Rendered::items("tests/documented/sent.rs", tests));
    }
    if !api.examples.is_empty() || !api.unfit.is_empty() {
        files.push(rustfmt_config("tests"));
        let tests = |sink: &mut Sink<'_>| documented::tests(api, settings, sink);
        files.push(Rendered::items("tests/documented_examples.rs", tests));
    }
    files.push(Rendered::code("src/mock.rs", || mock::mock(api)));
    files.push(Rendered { path: "src/mock.json".to_owned(), content: Content::Json(api.mock.clone()) });
    files.extend(support::modules(api));
    files
}
