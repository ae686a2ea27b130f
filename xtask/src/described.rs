//! What a command is told about a description: where it is, and what else counts.

use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::Args;
use codegen::{Diagnostics, Options, Rule, Severity, Source};

use crate::Home;

/// A description, and how it is to be read.
#[derive(Args, Clone)]
pub struct Described {
    /// The description: OpenAPI 3.0, 3.1 or 3.2, as YAML or JSON
    #[arg(long, value_name = "PATH")]
    pub spec: PathBuf,

    /// Apply an overlay to the description: Overlay 1.0 or 1.1, as YAML or JSON; may be given several
    /// times, and is applied after those of the configuration
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,

    /// Read a file in place of an address that the description refers to, which is never fetched; or a
    /// folder in place of all addresses that begin with one that ends in a slash; may be given several times
    #[arg(long, value_name = "URL=PATH", value_parser = reference)]
    reference: Vec<(String, PathBuf)>,

    /// What to make of the description [default: theirs.codegen.yaml beside theirs.yaml, if it is there;
    /// that it counts, and what it brings, is said then]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Leave aside the configuration that is beside the description
    #[arg(long, conflicts_with = "config")]
    no_config: bool,

    /// Take warnings for errors, but for those of the rules that are allowed
    #[arg(long)]
    strict: bool,

    #[arg(long, value_name = "RULE", value_parser = allowable, help = allow_help())]
    allow: Vec<Rule>,
}

impl Described {
    /// What the generator is told; `read` reads the files that are named.
    pub fn options(&self, read: impl Fn(&Path) -> Result<Source, String>) -> Result<Options, String> {
        let mut options = Options::default().strict(self.strict);
        options.allow.clone_from(&self.allow);
        options.references.clone_from(&self.reference);
        options.find_config = !self.no_config;
        options.config = self.config.as_deref().map(&read).transpose()?;
        options.overlays = self.overlay.iter().map(|overlay| read(overlay)).collect::<Result<_, _>>()?;
        Ok(options)
    }

    /// The same with some of the files that are named.
    pub fn only(&self, is_there: impl Fn(&Path) -> Result<bool, String>) -> Result<Self, String> {
        let mut only = Self { overlay: Vec::new(), config: None, ..self.clone() };
        for overlay in &self.overlay {
            if is_there(overlay)? {
                only.overlay.push(overlay.clone());
            }
        }
        if let Some(config) = &self.config {
            match is_there(config)? {
                true => only.config = Some(config.clone()),
                // What is beside the description was not meant either.
                false => only.no_config = true,
            }
        }
        Ok(only)
    }
}

/// Reads a file.
pub fn read(home: &Home, path: &Path) -> Result<Source, String> {
    Source::read_as(home.name_of(path), path).map_err(|diagnostics| failed(&diagnostics))
}

/// What is said where messages end a command.
pub fn failed(diagnostics: &Diagnostics) -> String {
    let colors = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    format!("{}\n\n{errors} {}", diagnostics.render(colors), if errors == 1 { "error" } else { "errors" })
}

/// An address, and the file to read in its place.
fn reference(text: &str) -> Result<(String, PathBuf), String> {
    let parts = text.rsplit_once('=').filter(|(address, path)| !address.is_empty() && !path.is_empty());
    let (address, path) = parts.ok_or("write the address, `=`, and the path of the file")?;
    Ok((address.to_owned(), path.into()))
}

/// A rule that can be allowed, by its name.
fn allowable(name: &str) -> Result<Rule, String> {
    let rules = || Rule::ALL.iter().filter(|rule| rule.allowed_meaning().is_some()).map(|rule| rule.name());
    let list = format!("these can be allowed: {}", rules().collect::<Vec<_>>().join(", "));
    let rule: Rule = name.parse().map_err(|error| format!("{error}; {list}"))?;
    match rule.allowed_meaning() {
        Some(_) => Ok(rule),
        None => Err(format!("the rule `{rule}` cannot be allowed; {list}")),
    }
}

/// What can be allowed, and what comes of it.
fn allow_help() -> String {
    let allowed = Rule::ALL.iter().filter_map(|rule| Some(format!("\n- {rule}: {}", rule.allowed_meaning()?)));
    let list: String = allowed.collect();
    format!("Take errors of this rule for warnings, and go on; may be given several times. One of:{list}")
}
