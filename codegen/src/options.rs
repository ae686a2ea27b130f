//! What the generator is told beside the description.

use std::path::PathBuf;

use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::parse::Configuration;
use crate::rule::Rule;
use crate::source::Source;

/// What the generator is told beside the description.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The name of the emitted crate. By default that of the configuration, else `generated-client`.
    pub crate_name: Option<String>,
    /// The command that the emitted files name as their maker.
    pub command: String,
    /// Whether a warning is an error.
    pub strict: bool,
    /// The rules whose errors are warnings, and none with [`strict`](Self::strict) either. Only those
    /// with an [`allowed_meaning`](Rule::allowed_meaning) can be here.
    pub allow: Vec<Rule>,
    /// The configuration. By default the one beside the description, if there is one.
    pub config: Option<Source>,
    /// Whether a configuration beside the description counts, where [`config`](Self::config) is not set.
    /// What is found is told among the [`warnings`](crate::Generated::warnings), as a note.
    pub find_config: bool,
    /// Overlays, which are applied after those of the configuration, in this order.
    pub overlays: Vec<Source>,
    /// Files that are read in place of addresses that the description refers to, beside those of the
    /// configuration. An address that ends with a slash stands for all that begin with it, and the path is
    /// that of a folder then.
    pub references: Vec<(String, PathBuf)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            crate_name: None,
            command: "cargo xtask codegen".to_owned(),
            strict: false,
            allow: Vec::new(),
            config: None,
            find_config: true,
            overlays: Vec::new(),
            references: Vec::new(),
        }
    }
}

impl Options {
    /// Sets the name of the emitted crate.
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.crate_name = Some(name.into());
        self
    }

    /// Makes warnings errors.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Makes errors of a rule warnings.
    pub fn allow(mut self, rule: Rule) -> Self {
        self.allow.push(rule);
        self
    }

    /// Sets the configuration, whatever stands beside the description.
    pub fn config(mut self, config: Source) -> Self {
        self.config = Some(config);
        self
    }

    /// Leaves aside what stands beside the description.
    pub fn no_config(mut self) -> Self {
        self.config = None;
        self.find_config = false;
        self
    }

    /// Adds a file that is read in place of an address; see [`references`](Self::references).
    pub fn reference(mut self, address: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.references.push((address.into(), path.into()));
        self
    }

    /// Adds an overlay, to be applied after the others.
    pub fn overlay(mut self, overlay: Source) -> Self {
        self.overlays.push(overlay);
        self
    }
}

/// What the emitted files say of the options and the configuration.
#[derive(Debug)]
pub(crate) struct Settings {
    pub crate_name: String,
    pub command: String,
}

impl Settings {
    pub fn of(options: &Options, configuration: &Configuration, report: &mut Report) -> Self {
        Self { crate_name: crate_name(options, configuration, report), command: options.command.clone() }
    }
}

pub(crate) fn check_allowances(allow: &[Rule], report: &mut Report) {
    for rule in allow.iter().filter(|rule| rule.allowed_meaning().is_none()) {
        let diagnostic =
            Diagnostic::at_offset(Rule::InvalidOption, None, format!("the rule `{rule}` cannot be allowed"));
        let can: Vec<_> =
            Rule::ALL.iter().filter(|rule| rule.allowed_meaning().is_some()).map(|rule| rule.name()).collect();
        report.push(diagnostic.help(format!("these can: `{}`", can.join("`, `"))));
    }
}

/// The name of the crate: what Cargo takes as the name of a package, and Rust as that of its library.
fn crate_name(options: &Options, configuration: &Configuration, report: &mut Report) -> String {
    const USUAL: &str = "generated-client";
    let (name, file) = match (&options.crate_name, configuration.name()) {
        (Some(name), _) => (name.as_str(), None),
        (None, Some((name, file))) => (name, Some(file)),
        (None, None) => (USUAL, None),
    };
    let library = name.replace('-', "_");
    let plain = name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
    if !plain || syn::parse_str::<syn::Ident>(&library).is_err() {
        let message = format!("`{name}` cannot be the name of a crate");
        let diagnostic = match file {
            Some(file) => Diagnostic::error(Rule::InvalidName, &Origin::new("/name"), message).in_file(file),
            None => Diagnostic::at_offset(Rule::InvalidName, None, message),
        };
        report.push(diagnostic.help("use letters, digits, `-` and `_`, starting with a letter"));
    }
    name.to_owned()
}
