//! Text → a tree of values that has the structure of OpenAPI.
//!
//! What types a tree drops what it does not know, and reports the place of a mistake badly, so the tree is
//! held against the structure of OpenAPI first. After that, typing it can hardly fail.

mod bundle;
mod configuration;
mod depth;
mod overlay;
mod path;
mod prune;
mod repair;
mod shapes;
mod spelling;
mod structure;
mod together;
mod tree;
mod wants;

use serde_json::{Map, Value};

use crate::api::Origin;
use crate::description::Description;
use crate::diagnostics::{Diagnostic, Report, Stop};
use crate::pointer;
use crate::rule::Rule;
use crate::source::Source;

pub(crate) use crate::closest::closest;
pub(crate) use configuration::Configuration;
pub(crate) use depth::DEEPEST;
use overlay::Overlay;
pub(crate) use repair::NO_VALUE;
pub(crate) use spelling::spellings;
use wants::Shape;

pub(crate) fn parse(source: &Source, configuration: &Configuration, report: &mut Report) -> Result<Description, Stop> {
    let tree = tree::read(source, 0, report).ok_or(Stop)?;
    report.checkpoint()?;
    check_version(&tree, report);
    report.checkpoint()?;
    let mut tree = bundle::bundle(tree, source, &configuration.stand_ins, report);
    if !configuration.is_empty() {
        Overlay::apply_all(&configuration.overlays, &mut tree, report);
        // What they were to mend is not worth a message.
        report.checkpoint()?;
        configuration.apply(&mut tree, report);
        report.checkpoint()?;
    }
    prune::prune(&mut tree, configuration.prune());
    let written = repair::repair(&mut tree, report);
    structure::check(&mut tree, report);
    report.checkpoint()?;
    without_callbacks(&mut tree);
    Description::of(tree, written).map_err(|diagnostic| {
        report.push(diagnostic);
        Stop
    })
}

/// What the specification calls the object that belongs to a place of a document, such as `Response`.
pub(crate) fn kind_at(place: &str) -> Option<&'static str> {
    Shape::at(pointer::tokens(place)).map(|shape| shape.name)
}

/// Callbacks are requests that the server makes: of these, the client has no more than the names.
fn without_callbacks(tree: &mut Value) {
    let paths = tree.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut);
    let members = items.flat_map(Map::values_mut);
    let callbacks = members.filter_map(|member| member.get_mut("callbacks")?.as_object_mut());
    for callback in callbacks.flat_map(Map::values_mut) {
        *callback = Value::Object(Map::new());
    }
    if let Some(components) = tree.get_mut("components").and_then(Value::as_object_mut) {
        components.shift_remove("callbacks");
    }
}

fn check_version(tree: &Value, report: &mut Report) {
    let root = Origin::new("");
    let Some(object) = tree.as_object() else {
        let message = "a description is a mapping that starts with `openapi: 3.0.3`";
        report.push(Diagnostic::error(Rule::InvalidValue, &root, message));
        return;
    };
    if let Some(version) = object.get("swagger") {
        let message = format!("Swagger {} is not supported", plain(version));
        let diagnostic = Diagnostic::error(Rule::UnsupportedVersion, &root.child("swagger"), message);
        report.push(diagnostic.help("convert the description to OpenAPI 3.0 first"));
        return;
    }
    let Some(version) = object.get("openapi") else {
        let message = "the member `openapi`, which names the version, is missing";
        report.push(Diagnostic::error(Rule::MissingMember, &root, message).help("write `openapi: 3.0.3` at the top"));
        return;
    };
    // A version of two parts is a number unless it is in quotes; that is repaired later.
    let version_text = plain(version);
    let supported = version_text == "3.0" || version_text.starts_with("3.0.");
    if !supported {
        let message = format!("OpenAPI {} is not supported", plain(version));
        let diagnostic = Diagnostic::error(Rule::UnsupportedVersion, &root.child("openapi"), message);
        report.push(diagnostic.help("the supported versions are 3.0.0 to 3.0.4, written as text"));
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
