//! What emitted crates depend on: the client itself, and the Rust types that descriptions name.

use std::path::Path;

use crate::api::Uses;
use crate::texts::Toml;

/// A dependency of the client itself.
pub(crate) struct Own {
    pub name: &'static str,
    pub version: &'static str,
    default_features: bool,
    features: &'static [&'static str],
    /// Whether it stands behind a feature of the client.
    pub optional: bool,
    /// Whether the crate of the API has it, too, and not only that of its runtime.
    is_of_both: bool,
    /// Whether values of the client are made of its values, and turned into them.
    has_values: bool,
    needed: fn(&Uses) -> bool,
}

/// The one place for the versions that emitted crates depend on.
pub(crate) const OWN: &[Own] = &[
    Own { needed: |uses| uses.azure, ..plain("azure_core", "1").bare().optional().of_both() },
    Own { needed: |uses| uses.basic || uses.texts.need("base64"), ..plain("base64", "0.23").bare().with(&["alloc"]) },
    plain("bytes", "1").of_both(),
    plain("futures-core", "0.3").bare().with(&["std"]),
    plain("hifijson", "0.5"),
    plain("http", "1").of_both(),
    plain("http-body", "1"),
    plain("httpdate", "1"),
    plain("hyper", "1").optional(),
    Own { needed: |uses| uses.texts.need("jiff"), ..plain("jiff", "0.2").bare().with(&["std"]).of_values() },
    plain("percent-encoding", "2"),
    plain("reqwest", "0.13").bare().with(&["rustls-no-provider"]).optional(),
    Own { needed: |uses| uses.decimal, ..plain("rust_decimal", "1").bare().with(&["std"]).of_values() },
    plain("rustls", "0.23").bare().with(&["ring", "std", "tls12"]).optional(),
    plain("rustls-platform-verifier", "0.7").optional(),
    plain("secrecy", "0.10").of_both(),
    plain("serde", "1").of_both(),
    plain("serde_json", "1").with(&["raw_value"]).of_both(),
    plain("tokio", "1").bare().with(&["sync"]).of_both(),
    plain("tracing", "0.1").bare().with(&["std"]),
    plain("uuid", "1").with(&["v4"]).of_both().of_values(),
];

const fn plain(name: &'static str, version: &'static str) -> Own {
    Own {
        name,
        version,
        default_features: true,
        features: &[],
        optional: false,
        is_of_both: false,
        has_values: false,
        needed: |_| true,
    }
}

impl Own {
    const fn bare(self) -> Self {
        Self { default_features: false, ..self }
    }

    const fn with(self, features: &'static [&'static str]) -> Self {
        Self { features, ..self }
    }

    const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    const fn of_both(self) -> Self {
        Self { is_of_both: true, ..self }
    }

    const fn of_values(self) -> Self {
        Self { has_values: true, ..self }
    }

    /// The crates whose values callers have.
    pub fn of_callers(uses: &Uses) -> impl Iterator<Item = &'static str> {
        OWN.iter().filter(|own| own.has_values && (own.needed)(uses)).map(|own| own.name)
    }

    /// The dependency of a name, if the client has it.
    pub fn of(name: &str) -> Option<&'static Self> {
        OWN.iter().find(|own| own.name == name)
    }

    /// Whether the code of every client may name it.
    pub fn is_always(&self) -> bool {
        self.is_of_both && !self.optional && (self.needed)(&Uses::default())
    }

    fn dependency(&self) -> Dependency {
        Dependency {
            name: self.name.to_owned(),
            source: vec![("version", self.version.to_owned())],
            default_features: self.default_features,
            features: self.features.iter().map(|feature| (*feature).to_owned()).collect(),
            optional: self.optional,
        }
    }
}

/// A dependency as `Cargo.toml` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dependency {
    pub name: String,
    /// `version`, `path`, `git` and the like, each with its text.
    pub source: Vec<(&'static str, String)>,
    pub default_features: bool,
    pub features: Vec<String>,
    pub optional: bool,
}

impl Dependency {
    /// Those of the runtime, by name, with those that the description `asked` for.
    pub fn of_the_runtime(uses: &Uses, asked: &[Self]) -> Vec<Self> {
        let below = asked.iter().map(|asked| Self { source: from_below(&asked.source), ..asked.clone() });
        Self::with_asked(OWN.iter().filter(|own| (own.needed)(uses)), &below.collect::<Vec<_>>())
    }

    /// Those of the crate of the API beside its runtime, by name, with those that the description `asked` for.
    pub fn of_the_api(uses: &Uses, asked: &[Self]) -> Vec<Self> {
        Self::with_asked(OWN.iter().filter(|own| own.is_of_both && (own.needed)(uses)), asked)
    }

    fn with_asked(own: impl Iterator<Item = &'static Own>, asked: &[Self]) -> Vec<Self> {
        let mut all: Vec<_> = own.map(Own::dependency).collect();
        for asked in asked {
            if let Some(own) = Own::of(&asked.name).filter(|own| all.iter().all(|known| known.name != own.name)) {
                all.push(own.dependency());
            }
            match all.iter_mut().find(|known| known.name == asked.name) {
                Some(known) => {
                    let new = asked.features.iter().filter(|feature| !known.features.contains(feature));
                    let new: Vec<_> = new.cloned().collect();
                    known.features.extend(new);
                    known.default_features |= asked.default_features;
                }
                None => all.push(asked.clone()),
            }
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// Its line.
    pub fn line(&self) -> String {
        let Self { name, source, default_features, features, optional } = self;
        let name = Toml::key(name);
        if let ([("version", version)], true, [], false) =
            (source.as_slice(), default_features, features.as_slice(), optional)
        {
            return format!("{name} = {}", Toml::text(version));
        }
        let mut members: Vec<_> = source.iter().map(|(key, text)| format!("{key} = {}", Toml::text(text))).collect();
        members.extend((!default_features).then(|| "default-features = false".to_owned()));
        members.extend((!features.is_empty()).then(|| format!("features = {}", Toml::list(features))));
        members.extend(optional.then(|| "optional = true".to_owned()));
        format!("{name} = {{ {} }}", members.join(", "))
    }
}

/// The source of a dependency, seen from the folder of the runtime.
fn from_below(source: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let seen = |(key, text): &(&'static str, String)| match *key {
        "path" if Path::new(text).is_relative() => (*key, format!("../{text}")),
        _ => (*key, text.clone()),
    };
    source.iter().map(seen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: &str, features: &[&str]) -> Dependency {
        let features = features.iter().map(|feature| (*feature).to_owned()).collect();
        let source = vec![("path", "../my \"crate\"".to_owned())];
        Dependency { name: name.to_owned(), source, default_features: false, features, optional: false }
    }

    #[test]
    fn what_is_asked_for_stands_among_the_others_or_adds_features() {
        let asked = [asked("my-crate", &[]), asked("uuid", &["serde", "v4"]), asked("jiff", &[])];
        let all = Dependency::of_the_api(&Uses::default(), &asked);
        let line = |name: &str| all.iter().find(|one| one.name == name).map(Dependency::line);
        assert!(all.is_sorted_by_key(|one| &one.name));
        assert_eq!(
            line("my-crate").as_deref(),
            Some(r#"my-crate = { path = "../my \"crate\"", default-features = false }"#)
        );
        assert_eq!(line("uuid").as_deref(), Some(r#"uuid = { version = "1", features = ["v4", "serde"] }"#));
        assert_eq!(
            line("jiff").as_deref(),
            Some(r#"jiff = { version = "0.2", default-features = false, features = ["std"] }"#)
        );
        assert_eq!(line("rust_decimal"), None);
    }
}
