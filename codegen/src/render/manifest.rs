//! `Cargo.toml` of the emitted crate.

use crate::api::Api;
use crate::dependencies::Dependency;
use crate::options::Settings;
use crate::texts::{Toml, one_line};

/// The feature that takes credentials of other people's making.
const AZURE: &str = "# Tokens of any credential of `azure_core`, such as those of `azure_identity`.\n\
                     azure_core = [\"dep:azure_core\"]\n";

pub(super) fn manifest(api: &Api, settings: &Settings) -> String {
    let lines: Vec<_> = Dependency::all(&api.uses, &api.dependencies).iter().map(Dependency::line).collect();
    format!(
        "[package]\n\
         name = {name}\n\
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
        name = Toml::text(&settings.crate_name),
        description = Toml::text(&one_line(&format!("Client of {}", api.info.title))),
        azure = if api.uses.azure { AZURE } else { "" },
        dependencies = lines.join("\n"),
    )
}
