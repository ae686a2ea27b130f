//! `Cargo.toml` of the emitted crates.

use super::support;
use crate::api::{Api, Info};
use crate::dependencies::Dependency;
use crate::files::RUNTIME;
use crate::options::Settings;
use crate::texts::{Toml, one_line};

/// What the manifests of both crates have in common.
const PACKAGE: &str = "edition = \"2024\"\n\
                       rust-version = \"1.89\"\n\
                       publish = false\n";

/// `Cargo.toml` of the crate of the API.
pub(super) fn manifest(api: &Api, settings: &Settings) -> String {
    let runtime = support::crate_name(settings);
    let below = Dependency {
        name: runtime.clone(),
        source: vec![("version", "0.1.0".to_owned()), ("path", RUNTIME.to_owned())],
        default_features: false,
        features: Vec::new(),
        optional: false,
    };
    let asked = [api.dependencies.as_slice(), &[below]].concat();
    let azure = format!(
        "# Tokens of any credential of `azure_core`, such as those of `azure_identity`.\n\
         azure_core = [\"dep:azure_core\", {}]\n",
        Toml::text(&format!("{runtime}/azure_core")),
    );
    format!(
        "[package]\n\
         name = {name}\n\
         version = \"0.1.0\"\n\
         description = {description}\n\
         {PACKAGE}\
         {license}\
         \n\
         [features]\n\
         default = [\"reqwest\"]\n\
         # The default transport and clock. Without it, a caller brings a `Transport` and a `Clock`.\n\
         reqwest = [{reqwest}]\n\
         # `blocking::Client`, for programs without an async runtime.\n\
         blocking = [\"reqwest\", {blocking}, \"tokio/rt\"]\n\
         # `Client::mock`, for tests: answers with the documented examples, without a network.\n\
         mock = [{mock}]\n\
         {azure}\
         \n\
         [dependencies]\n\
         {dependencies}\n\
         \n\
         [dev-dependencies]\n\
         # Itself, for what is compiled to be tested.\n\
         {own} = {{ path = \".\", default-features = false, features = [\"mock\"] }}\n\
         tokio = {{ version = \"1\", features = [\"io-util\", \"macros\", \"net\", \"rt-multi-thread\"] }}\n",
        name = Toml::text(&settings.crate_name),
        description = Toml::text(&one_line(&description(api))),
        license = license(api),
        reqwest = Toml::text(&format!("{runtime}/reqwest")),
        blocking = Toml::text(&format!("{runtime}/blocking")),
        mock = Toml::text(&format!("{runtime}/mock")),
        own = Toml::key(&settings.crate_name),
        azure = if api.uses.azure { &azure } else { "" },
        dependencies = lines(&Dependency::of_the_api(&api.uses, &asked)),
    )
}

/// `Cargo.toml` of the crate of the runtime.
pub(super) fn of_the_runtime(api: &Api, settings: &Settings) -> String {
    // It says how the types of other crates are read.
    let asked = if api.foreign.is_empty() { &[] } else { api.dependencies.as_slice() };
    format!(
        "[package]\n\
         name = {name}\n\
         version = \"0.1.0\"\n\
         description = {description}\n\
         {PACKAGE}\
         \n\
         [features]\n\
         reqwest = [\"dep:hyper\", \"dep:reqwest\", \"dep:rustls\", \"dep:rustls-platform-verifier\", \"tokio/time\"]\n\
         blocking = [\"reqwest\", \"tokio/rt\"]\n\
         mock = [\"tokio/time\"]\n\
         {azure}\
         \n\
         [dependencies]\n\
         {dependencies}\n",
        name = Toml::text(&support::crate_name(settings)),
        description = Toml::text(&format!("Support code of {}", settings.crate_name)),
        azure = if api.uses.azure { "azure_core = [\"dep:azure_core\"]\n" } else { "" },
        dependencies = lines(&Dependency::of_the_runtime(&api.uses, asked)),
    )
}

fn lines(dependencies: &[Dependency]) -> String {
    dependencies.iter().map(Dependency::line).collect::<Vec<_>>().join("\n")
}

fn description(api: &Api) -> String {
    let Info { title, summary, .. } = &api.info;
    let summary = summary.as_deref().map(str::trim).filter(|summary| !summary.is_empty());
    summary.map_or_else(|| format!("Client of {title}"), |summary| format!("Client of {title}: {summary}"))
}

/// The line of the license that the description names.
fn license(api: &Api) -> String {
    let license = api.info.license.as_deref().map(str::trim).filter(|license| !license.is_empty());
    license.map(|license| format!("license = {}\n", Toml::text(&one_line(license)))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    #[test]
    fn a_crate_is_described_as_its_api_is() {
        let manifest = |info: &str| {
            let text = format!("openapi: 3.1.0\ninfo: {{ title: Cats, version: '1'{info} }}\npaths: {{}}\n");
            let generated = generate(&Source::new("cats.yaml", text), &Options::default()).expect("a crate");
            generated.files().get("Cargo.toml").expect("it is there").to_owned()
        };
        let plain = manifest("");
        assert!(plain.contains("\ndescription = \"Client of Cats\"\n") && !plain.contains("license"), "{plain}");
        let said = manifest(", summary: \"All\\n\\\"cats\\\"\", license: { name: MIT, identifier: MIT OR Apache-2.0 }");
        assert!(said.contains("\ndescription = \"Client of Cats: All \\\"cats\\\"\"\n"), "{said}");
        assert!(said.contains("\npublish = false\nlicense = \"MIT OR Apache-2.0\"\n\n"), "{said}");
        for evil in ["MIT\\nevil", "MIT\\\" }", "", "``` evil", "MIT; evil"] {
            let said = manifest(&format!(", license: {{ name: MIT, identifier: \"{evil}\" }}"));
            assert!(!said.contains("license"), "{said}");
        }
    }
}
