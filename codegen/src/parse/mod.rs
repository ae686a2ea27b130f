//! Text → a tree of values that has the structure of OpenAPI.
//!
//! What types a tree drops what it does not know, and reports the place of a mistake badly, so the tree is
//! held against the structure of OpenAPI first. After that, typing it can hardly fail.

mod bundle;
mod configuration;
mod depth;
mod identifiers;
mod overlay;
mod path;
mod prune;
mod repair;
mod spelling;
mod structure;
mod together;
mod tree;

use serde_json::{Map, Value};

use crate::api::Origin;
use crate::description::Description;
use crate::description::methods::operations_mut;
use crate::diagnostics::{Diagnostic, Report, Stop};
use crate::grammar::Version;
use crate::rule::Rule;
use crate::source::Source;

pub(crate) use crate::closest::closest;
pub(crate) use bundle::join;
pub(crate) use configuration::Configuration;
pub(crate) use depth::DEEPEST;
use overlay::Overlay;
pub(crate) use repair::NO_VALUE;
pub(crate) use spelling::spellings;

pub(crate) fn parse(source: &Source, configuration: &Configuration, report: &mut Report) -> Result<Description, Stop> {
    let mut tree = tree::read(source, 0, report).ok_or(Stop)?;
    report.checkpoint()?;
    let version = version(&tree).map_err(|diagnostic| report.push(*diagnostic));
    report.checkpoint()?;
    let version = version.map_err(|()| Stop)?;
    let name = source.portable_name();
    let document = identifiers::File { number: 0, base: name.rsplit('/').next().unwrap_or_default() };
    let identified = (version > Version::V3_0).then(|| identifiers::resolve(&mut tree, document, report));
    let mut tree = bundle::bundle((tree, identified), version, source, &configuration.stand_ins, report);
    if !configuration.is_empty() {
        Overlay::apply_all(&configuration.overlays, &mut tree, report);
        // What they were to mend is not worth a message.
        report.checkpoint()?;
        configuration.apply(&mut tree, report);
        report.checkpoint()?;
    }
    prune::prune(&mut tree, configuration.prune());
    let written = repair::repair(&mut tree, version, report);
    let newer = structure::check(&mut tree, version, report);
    report.checkpoint()?;
    without_callbacks(&mut tree);
    Ok(Description::of(tree, written, version, newer))
}

/// Callbacks are requests that the server makes: of these, the client has no more than the names.
fn without_callbacks(tree: &mut Value) {
    let paths = tree.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut);
    let callbacks = items.flat_map(operations_mut).filter_map(|member| member.get_mut("callbacks")?.as_object_mut());
    for callback in callbacks.flat_map(Map::values_mut) {
        *callback = Value::Object(Map::new());
    }
    if let Some(components) = tree.get_mut("components").and_then(Value::as_object_mut) {
        components.shift_remove("callbacks");
    }
}

/// The version of OpenAPI that a document is written in.
fn version(tree: &Value) -> Result<Version, Box<Diagnostic>> {
    let root = Origin::new("");
    let Some(object) = tree.as_object() else {
        let message = "a description is a mapping that starts with `openapi: 3.1.1`";
        return Err(Box::new(Diagnostic::error(Rule::InvalidValue, &root, message)));
    };
    if let Some(version) = object.get("swagger") {
        let message = format!("Swagger {} is not supported", plain(version));
        let diagnostic = Diagnostic::error(Rule::UnsupportedVersion, &root.child("swagger"), message);
        return Err(Box::new(diagnostic.help("convert the description to OpenAPI 3.0 or newer first")));
    }
    let Some(version) = object.get("openapi") else {
        let message = "the member `openapi`, which names the version, is missing";
        let diagnostic = Diagnostic::error(Rule::MissingMember, &root, message);
        return Err(Box::new(diagnostic.help("write `openapi: 3.1.1` at the top, or which version it is")));
    };
    // A version of two parts is a number unless it is in quotes; that is repaired later.
    Version::of(&plain(version)).ok_or_else(|| {
        let message = format!("OpenAPI {} is not supported", plain(version));
        let diagnostic = Diagnostic::error(Rule::UnsupportedVersion, &root.child("openapi"), message);
        Box::new(diagnostic.help("the supported versions are 3.0, 3.1 and 3.2, written as text such as `3.1.1`"))
    })
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
