//! Finding and reading a configuration, and the overlays that it names.

use std::io;

use serde_json::Value;

use super::{CONFIGURATION, Configuration};
use crate::Options;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::parse::overlay::Overlay;
use crate::parse::{closest, structure, tree};
use crate::rule::Rule;
use crate::source::Source;

impl Configuration {
    /// What the options say, or what stands beside the description, and all overlays.
    pub fn read(source: &Source, options: &Options, report: &mut Report) -> Self {
        let found = options.config.clone().or_else(|| beside(source, report));
        let mut configuration = found.map(|found| Self::of(&found, report)).unwrap_or_default();
        let given = options.overlays.iter().filter_map(|overlay| Overlay::read(overlay, report));
        configuration.overlays.extend(given);
        configuration
    }

    fn of(source: &Source, report: &mut Report) -> Self {
        let file = report.add_source(source.clone());
        // One that says nothing changes nothing.
        if tree::is_blank(source) {
            return Self::default();
        }
        let Some(tree) = tree::read(source, file, report) else { return Self::default() };
        if !structure::check_ours(&tree, &CONFIGURATION, file, report) {
            return Self::default();
        }
        check_allowed(&tree, file, report);
        let overlays = overlays(&tree, source, file, report);
        Self { written: Some((file, tree)), overlays }
    }
}

/// The configuration beside a description: `cats.codegen.yaml` for `cats.yaml`.
fn beside(source: &Source, report: &mut Report) -> Option<Source> {
    let name = source.name().rsplit(['/', '\\']).next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    for ending in ["yaml", "yml", "json"] {
        let path = format!("{stem}.codegen.{ending}");
        match source.load(&path) {
            Ok(bytes) => found.push((path, bytes)),
            Err(failure) if failure.kind() == io::ErrorKind::NotFound => {}
            Err(failure) => {
                let message = format!("cannot read `{path}`: {failure}");
                report.push(Diagnostic::at_offset(Rule::Unreadable, None, message));
            }
        }
    }
    match found.as_slice() {
        [] => None,
        [(path, bytes)] => decoded(source, path, bytes, report),
        [(one, _), (other, _), ..] => {
            let message = format!("both `{one}` and `{other}` are configurations of this description");
            let diagnostic = Diagnostic::at_offset(Rule::InvalidOption, None, message);
            report.push(diagnostic.help("keep one of them, or say which counts with `--config`"));
            None
        }
    }
}

/// A file beside another one; `None` after saying that it is not text.
fn decoded(source: &Source, path: &str, bytes: &[u8], report: &mut Report) -> Option<Source> {
    source
        .beside(path, bytes)
        .map_err(|(broken, offset)| {
            let file = report.add_source(broken);
            let diagnostic = Diagnostic::at_offset(Rule::NotUtf8, Some(offset), "this is not UTF-8");
            report.push(diagnostic.help("save the file as UTF-8").in_file(file));
        })
        .ok()
}

fn check_allowed(tree: &Value, file: usize, report: &mut Report) {
    let origin = Origin::new("/allow");
    let names = tree.get("allow").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for (index, name) in names.enumerate() {
        if name.parse::<Rule>().is_ok_and(|rule| rule.allowed_meaning().is_some()) {
            continue;
        }
        let can = Rule::ALL.iter().filter(|rule| rule.allowed_meaning().is_some()).map(|rule| rule.name());
        let can: Vec<_> = can.collect();
        let message = format!("`{name}` is not a rule that can be allowed");
        let diagnostic = Diagnostic::error(Rule::InvalidValue, &origin.child(index.to_string()), message);
        let help = match closest(name, can.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("these can: `{}`", can.join("`, `")),
        };
        report.push(diagnostic.help(help).in_file(file));
    }
}

fn overlays(tree: &Value, source: &Source, file: usize, report: &mut Report) -> Vec<Overlay> {
    let origin = Origin::new("/overlays");
    let paths = tree.get("overlays").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let mut overlays = Vec::new();
    for (index, path) in paths.enumerate() {
        let at = origin.child(index.to_string());
        match source.load(path) {
            Ok(bytes) => {
                let overlay = decoded(source, path, &bytes, report);
                overlays.extend(overlay.and_then(|overlay| Overlay::read(&overlay, report)));
            }
            Err(failure) => {
                let diagnostic = match failure.kind() {
                    io::ErrorKind::NotFound => {
                        Diagnostic::error(Rule::Unreadable, &at, format!("no such file: `{path}`"))
                            .help("the path counts from the folder of the configuration")
                    }
                    _ => Diagnostic::error(Rule::Unreadable, &at, format!("cannot read `{path}`: {failure}")),
                };
                report.push(diagnostic.in_file(file));
            }
        }
    }
    overlays
}
