//! `Cargo.toml` of the emitted crate.

use crate::Settings;
use crate::api::{Api, Uses};

/// A dependency: its line, and whether a client needs it.
struct Dependency {
    line: &'static str,
    needed: fn(&Uses) -> bool,
}

const fn always(line: &'static str) -> Dependency {
    Dependency { line, needed: |_| true }
}

/// The one place for the versions that emitted crates depend on.
const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        line: "azure_core = { version = \"1\", default-features = false, optional = true }",
        needed: |uses| uses.azure,
    },
    Dependency {
        line: "base64 = { version = \"0.23\", default-features = false, features = [\"alloc\"] }",
        needed: |uses| uses.basic,
    },
    always("bytes = \"1\""),
    always("futures-core = { version = \"0.3\", default-features = false, features = [\"std\"] }"),
    always("hifijson = \"0.5\""),
    always("http = \"1\""),
    always("http-body = \"1\""),
    always("httpdate = \"1\""),
    always("hyper = { version = \"1\", optional = true }"),
    Dependency {
        line: "jiff = { version = \"0.2\", default-features = false, features = [\"std\"] }",
        needed: |uses| uses.date_time || uses.date,
    },
    always("percent-encoding = \"2\""),
    always(
        "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls-no-provider\"], optional = true }",
    ),
    Dependency {
        line: "rust_decimal = { version = \"1\", default-features = false, features = [\"std\"] }",
        needed: |uses| uses.decimal,
    },
    always(
        "rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"], optional = true }",
    ),
    always("rustls-platform-verifier = { version = \"0.7\", optional = true }"),
    always("secrecy = \"0.10\""),
    always("serde = \"1\""),
    always("serde_json = { version = \"1\", features = [\"raw_value\"] }"),
    always("tokio = { version = \"1\", default-features = false, features = [\"sync\"] }"),
    always("tracing = { version = \"0.1\", default-features = false, features = [\"std\"] }"),
    always("uuid = { version = \"1\", features = [\"v4\"] }"),
];

/// The feature that takes credentials of other people's making.
const AZURE: &str = "# Tokens of any credential of `azure_core`, such as those of `azure_identity`.\n\
                     azure_core = [\"dep:azure_core\"]\n";

pub(super) fn manifest(api: &Api, settings: &Settings) -> String {
    let lines = DEPENDENCIES.iter().filter(|dependency| (dependency.needed)(&api.uses));
    let lines: Vec<_> = lines.map(|dependency| dependency.line).collect();
    format!(
        "[package]\n\
         name = \"{name}\"\n\
         version = \"0.1.0\"\n\
         description = {description}\n\
         edition = \"2024\"\n\
         rust-version = \"1.89\"\n\
         publish = false\n\
         \n\
         [features]\n\
         default = [\"reqwest\"]\n\
         # The default transport and clock. Without it, a caller brings a `Transport` and a `Clock`.\n\
         reqwest = [\"dep:hyper\", \"dep:reqwest\", \"dep:rustls\", \"dep:rustls-platform-verifier\", \"tokio/time\"]\n\
         # `blocking::Client`, for programs without an async runtime.\n\
         blocking = [\"reqwest\", \"tokio/rt\"]\n\
         {azure}\
         \n\
         [dependencies]\n\
         {dependencies}\n\
         \n\
         [dev-dependencies]\n\
         tokio = {{ version = \"1\", features = [\"io-util\", \"macros\", \"net\", \"rt-multi-thread\"] }}\n",
        name = settings.crate_name,
        description = toml_string(&format!("Client of {}", api.info.title)),
        azure = if api.uses.azure { AZURE } else { "" },
        dependencies = lines.join("\n"),
    )
}

/// A text as a basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => quoted.push(' '),
            plain => quoted.push(plain),
        }
    }
    quoted + "\""
}
