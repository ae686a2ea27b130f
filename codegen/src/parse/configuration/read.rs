//! Finding and reading a configuration, and the overlays that it names.

use std::io;

use serde_json::Value;

use super::{CONFIGURATION, Configuration};
use crate::Options;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::parse::bundle::{StandIn, is_address};
use crate::parse::overlay::Overlay;
use crate::parse::{closest, structure, tree};
use crate::rule::Rule;
use crate::source::{Source, Word};

impl Configuration {
    /// What the options say, or what stands beside the description, and all overlays.
    pub fn read(source: &Source, options: &Options, report: &mut Report) -> Self {
        let given = |source: &Source| source.clone().spoken_by(Word::Given);
        let found = match &options.config {
            Some(config) => Some(given(config)),
            None if options.find_config => beside(source, report),
            None => None,
        };
        let mut configuration = found.map(|found| Self::of(&found, report)).unwrap_or_default();
        let overlays = options.overlays.iter().filter_map(|overlay| Overlay::read(&given(overlay), report));
        configuration.overlays.extend(overlays);
        configuration.stand_ins.extend(options.references.iter().filter_map(|(address, path)| {
            let (path, said_by) = (path.to_string_lossy().replace('\\', "/"), Source::here());
            checked(StandIn { address: address.clone(), path, said_by, place: None }, report)
        }));
        configuration
    }

    fn of(source: &Source, report: &mut Report) -> Self {
        let file = report.add_source(source.clone());
        // One that says nothing changes nothing.
        if tree::is_blank(source) {
            return Self::default();
        }
        let tree = tree::read(source, file, report);
        if source.word() == Word::Found {
            report.push(introduction(tree.as_ref().unwrap_or(&Value::Null), file));
        }
        let Some(tree) = tree else { return Self::default() };
        if !structure::check_ours(&tree, &CONFIGURATION, file, report) {
            return Self::default();
        }
        check_allowed(&tree, file, report);
        let overlays = overlays(&tree, source, file, report);
        let stand_ins = stand_ins(&tree, source, file, report);
        Self { written: Some((file, tree)), overlays, stand_ins }
    }
}

/// The configuration beside a description: `cats.codegen.yaml` for `cats.yaml`.
fn beside(source: &Source, report: &mut Report) -> Option<Source> {
    let name = source.name().rsplit(['/', '\\']).next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    for ending in ["yaml", "yml", "json"] {
        let path = format!("{stem}.codegen.{ending}");
        let at = |rule, message| Diagnostic::at_offset(rule, None, message);
        match load(source, &path, Word::Found, at, report) {
            Ok(bytes) => found.extend(bytes.map(|bytes| (path, bytes))),
            Err(failure) if failure.kind() == io::ErrorKind::NotFound => {}
            Err(failure) => report.push(at(Rule::Unreadable, format!("cannot read `{path}`: {failure}"))),
        }
    }
    match found.as_slice() {
        [] => None,
        [(path, bytes)] => decoded(source, path, bytes, Word::Found, report),
        [(one, _), (other, _), ..] => {
            let message = format!("both `{one}` and `{other}` are configurations of this description");
            let diagnostic = Diagnostic::at_offset(Rule::InvalidOption, None, message);
            report.push(diagnostic.help("keep one of them, or say which counts with `--config`"));
            None
        }
    }
}

/// What to say of a configuration that nobody named. The crates that it brings are told with the others.
fn introduction(tree: &Value, file: usize) -> Diagnostic {
    let texts = |member: &str| {
        let items = tree.get(member).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str)
    };
    let allowed = texts("allow").filter_map(|name| {
        let meaning = name.parse::<Rule>().ok()?.allowed_meaning()?;
        Some(format!("it allows `{name}`: {meaning}"))
    });
    let overlays = texts("overlays").map(|path| format!("it applies the overlay `{path}`"));
    let references = tree.get("references").and_then(Value::as_object).into_iter().flatten();
    let references =
        references.filter_map(|(address, path)| Some(format!("it reads `{}` for `{address}`", path.as_str()?)));
    let rest = "`--no-config` leaves it aside, `--config FILE` says which one counts";
    let lines = allowed.chain(overlays).chain(references).chain([rest.to_owned()]);
    let message = "this configuration counts, as it stands beside the description";
    let note = Diagnostic::note(Rule::FoundConfiguration, &Origin::new(""), message);
    note.in_file(file).help_lines(lines)
}

/// Reads a file beside another one. What was found must not lead outside of the folder, unless whoever
/// runs the generator allows that; `None` after saying that it does.
fn load(
    source: &Source,
    path: &str,
    word: Word,
    at: impl Fn(Rule, String) -> Diagnostic,
    report: &mut Report,
) -> io::Result<Option<Vec<u8>>> {
    let found = source.find(path)?;
    if found.is_outside && word == Word::Found {
        let message = format!("`{path}` is outside of the folder of the description");
        report.push(at(Rule::OutsideFile, message).help("say yourself that it counts, on the command line"));
        if !report.allows(Rule::OutsideFile) {
            return Ok(None);
        }
    }
    source.load(&found).map(Some)
}

/// A file beside another one; `None` after saying that it is not text.
fn decoded(source: &Source, path: &str, bytes: &[u8], word: Word, report: &mut Report) -> Option<Source> {
    source
        .beside(path, bytes)
        .map(|source| source.spoken_by(word))
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

/// The files that take the place of addresses.
fn stand_ins(tree: &Value, source: &Source, file: usize, report: &mut Report) -> Vec<StandIn> {
    let origin = Origin::new("/references");
    let entries = tree.get("references").and_then(Value::as_object).into_iter().flatten();
    let stand_ins = entries.filter_map(|(address, path)| {
        let (path, said_by) = (path.as_str()?.to_owned(), source.clone());
        let place = Some((file, origin.child(address)));
        checked(StandIn { address: address.clone(), path, said_by, place }, report)
    });
    stand_ins.collect()
}

/// The same; `None` after an error if it is about no address.
fn checked(stand_in: StandIn, report: &mut Report) -> Option<StandIn> {
    let address = &stand_in.address;
    let help = match address.split_once('#') {
        Some((whole, _)) => format!("write `{whole}`: what follows it is looked for in the file"),
        None if is_address(address) => return Some(stand_in),
        None => "write all of it, such as `https://schemas.example/cats.yaml`".to_owned(),
    };
    let message = format!("`{address}` is not the address of a file");
    let diagnostic = match &stand_in.place {
        Some((file, place)) => Diagnostic::error(Rule::InvalidValue, place, message).on_key().in_file(*file),
        None => Diagnostic::at_offset(Rule::InvalidOption, None, message),
    };
    report.push(diagnostic.help(help));
    None
}

fn overlays(tree: &Value, source: &Source, file: usize, report: &mut Report) -> Vec<Overlay> {
    let origin = Origin::new("/overlays");
    let paths = tree.get("overlays").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let mut overlays = Vec::new();
    for (index, path) in paths.enumerate() {
        let place = origin.child(index.to_string());
        let at = |rule, message| Diagnostic::error(rule, &place, message).in_file(file);
        match load(source, path, source.word(), at, report) {
            Ok(bytes) => {
                let overlay = bytes.and_then(|bytes| decoded(source, path, &bytes, source.word(), report));
                overlays.extend(overlay.and_then(|overlay| Overlay::read(&overlay, report)));
            }
            Err(failure) => report.push(match failure.kind() {
                io::ErrorKind::NotFound => at(Rule::Unreadable, format!("no such file: `{path}`"))
                    .help("the path counts from the folder of the configuration"),
                _ => at(Rule::Unreadable, format!("cannot read `{path}`: {failure}")),
            }),
        }
    }
    overlays
}
