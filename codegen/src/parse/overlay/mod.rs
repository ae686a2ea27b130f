//! Overlays: changes to a description that stand in files of their own.
//!
//! Source: the Overlay Specification 1.1.0, which reads 1.0.0 more closely and goes further where this
//! module says so.

mod apply;
mod merge;
mod query;
mod size;

use serde_json::Value;

use self::query::Query;
use super::{closest, structure, tree};
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::grammar::Want::{Anything, Filled, Flag, Object, Text};
use crate::grammar::{ALL, Shape};
use crate::rule::Rule;
use crate::source::Source;

static OVERLAY: Shape = Shape {
    name: "Overlay",
    required: &[("overlay", ALL), ("info", ALL), ("actions", ALL)],
    fields: &[
        ("overlay", Text, ALL),
        ("info", Object(&INFO), ALL),
        ("extends", Text, ALL),
        ("actions", Filled(&Object(&ACTION)), ALL),
    ],
    pattern: None,
};
static INFO: Shape = Shape {
    name: "Info",
    required: &[("title", ALL), ("version", ALL)],
    fields: &[("title", Text, ALL), ("version", Text, ALL), ("description", Text, ALL)],
    pattern: None,
};
static ACTION: Shape = Shape {
    name: "Action",
    required: &[("target", ALL)],
    fields: &[
        ("target", Text, ALL),
        ("description", Text, ALL),
        ("update", Anything, ALL),
        ("copy", Text, ALL),
        ("remove", Flag, ALL),
    ],
    pattern: None,
};

/// An overlay that was read.
pub(crate) struct Overlay {
    file: usize,
    version: Version,
    actions: Vec<Action>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    /// Knows no `copy`, and no target that is a plain value.
    V1_0,
    V1_1,
}

struct Action {
    target: Query,
    what: What,
    origin: Origin,
}

enum What {
    Update(Value),
    Copy(Query),
    Remove,
    Nothing,
}

impl Overlay {
    /// Reads an overlay; `None` after an error.
    pub fn read(source: &Source, report: &mut Report) -> Option<Self> {
        let file = report.add_source(source.clone());
        if tree::is_blank(source) {
            let diagnostic = Diagnostic::at_offset(Rule::EmptyDocument, None, "the overlay is empty");
            report.push(diagnostic.help("start with `overlay: 1.1.0`, `info` and `actions`").in_file(file));
            return None;
        }
        let tree = tree::read(source, file, report)?;
        let version = version(&tree).map_err(|diagnostic| report.push(diagnostic.in_file(file))).ok()?;
        let is_good = structure::check_ours(&tree, &OVERLAY, file, report);
        let list = tree.get("actions").and_then(Value::as_array).filter(|_| is_good)?;
        let at = Origin::new("/actions");
        let actions: Vec<_> = list
            .iter()
            .enumerate()
            .filter_map(|(index, action)| match self::action(action, version, &at.child(index.to_string())) {
                Ok(action) => Some(action),
                Err(diagnostic) => {
                    report.push(diagnostic.in_file(file));
                    None
                }
            })
            .collect();
        (actions.len() == list.len()).then_some(Self { file, version, actions })
    }
}

/// The feature set of an overlay. Patches of a version differ in words alone.
fn version(tree: &Value) -> Result<Version, Diagnostic> {
    const HELP: &str = "the supported versions are 1.0.0 and 1.1.0, written as text";
    let origin = Origin::new("");
    let Some(version) = tree.get("overlay") else {
        let message = "an overlay is a mapping that starts with its version";
        let diagnostic = Diagnostic::error(Rule::MissingMember, &origin, message);
        let keys = tree.as_object().into_iter().flat_map(|object| object.keys().map(String::as_str));
        return Err(match closest("overlay", keys) {
            Some(close) => diagnostic.help(format!("write `overlay` in place of `{close}`")),
            None => diagnostic.help("write `overlay: 1.1.0` at the top"),
        });
    };
    let text = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    let parts: Vec<_> = text.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        ["1", "0", patch] if is_number(patch) => Ok(Version::V1_0),
        ["1", "1", patch] if is_number(patch) => Ok(Version::V1_1),
        _ => {
            let message = format!("Overlay {text} is not supported");
            let at = origin.child("overlay");
            Err(Diagnostic::error(Rule::UnsupportedVersion, &at, message).help(HELP))
        }
    }
}

fn action(action: &Value, version: Version, origin: &Origin) -> Result<Action, Diagnostic> {
    let text = |member: &str| action.get(member).and_then(Value::as_str);
    let query = |member: &str| Query::parse(text(member).unwrap_or_default(), &origin.child(member));
    if version == Version::V1_0 && action.get("copy").is_some() {
        let message = "an Action Object of Overlay 1.0 has no member `copy`";
        let diagnostic = Diagnostic::error(Rule::UnknownMember, &origin.child("copy"), message).on_key();
        return Err(diagnostic.help("write `overlay: 1.1.0` at the top"));
    }
    let target = query("target")?;
    let removes = action.get("remove").and_then(Value::as_bool) == Some(true);
    let what = match (removes, action.get("update"), action.get("copy")) {
        (true, _, _) => What::Remove,
        (false, Some(_), Some(_)) => {
            let message = "an action has `update` or `copy`, not both";
            let diagnostic = Diagnostic::error(Rule::InvalidValue, &origin.child("update"), message).on_key();
            return Err(diagnostic.help("make them two actions"));
        }
        (false, Some(update), None) => What::Update(update.clone()),
        (false, None, Some(_)) => What::Copy(query("copy")?),
        (false, None, None) => What::Nothing,
    };
    Ok(Action { target, what, origin: origin.clone() })
}
