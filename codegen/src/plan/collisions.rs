//! Names that came out the same: reported with both places, never told apart by a number.

use std::collections::HashMap;

use crate::api::{Api, Name, Origin, Shape};
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;

/// Reports every scope of the emitted code in which two things would have the same name.
pub(super) fn report(api: &Api, report: &mut Report) {
    let mut check = |what: &str, names: Vec<(&str, &str, &Origin)>| scope(what, names, report);
    check(
        "types",
        api.types.values().map(|def| (def.name.wire.as_str(), def.name.rust.as_str(), &def.origin)).collect(),
    );
    check("servers", api.servers.iter().map(|server| entry(&server.name, &server.origin)).collect());
    check("tags", api.groups.iter().map(|group| entry(&group.name, &group.origin)).collect());
    check("examples", api.examples.iter().map(|example| entry(&example.name, &example.origin)).collect());
    for definition in api.types.values() {
        match &definition.shape {
            Shape::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| entry(&field.name, &field.origin));
                check("fields", fields.chain(shape.rest.iter().map(|rest| entry(&rest.name, &rest.origin))).collect());
            }
            Shape::Enum(shape) => {
                check("values", shape.variants.iter().map(|variant| entry(&variant.name, &variant.origin)).collect())
            }
            Shape::Union(shape) => {
                check("variants", shape.variants.iter().map(|variant| entry(&variant.name, &variant.origin)).collect())
            }
            Shape::Alias(_) => {}
        }
    }
    for group in &api.groups {
        check(
            "operations",
            group.operations.iter().map(|operation| entry(&operation.name, &operation.origin)).collect(),
        );
        for operation in &group.operations {
            check("parameters", operation.params.iter().map(|param| entry(&param.name, &param.origin)).collect());
            check("headers", operation.headers.iter().map(|header| entry(&header.name, &header.origin)).collect());
        }
    }
}

fn entry<'a>(name: &'a Name, origin: &'a Origin) -> (&'a str, &'a str, &'a Origin) {
    (&name.wire, &name.rust, origin)
}

fn scope(what: &str, names: Vec<(&str, &str, &Origin)>, report: &mut Report) {
    let mut seen: HashMap<&str, (&str, &Origin)> = HashMap::new();
    for (wire, rust, origin) in names {
        match seen.get(rust) {
            Some((other, at)) => {
                let message = format!("the {what} `{other}` and `{wire}` both become `{rust}` in Rust");
                let diagnostic = Diagnostic::error(Rule::NameCollision, origin, message).on_key();
                report.push(
                    diagnostic.also(at, "the other one").help("give one of them another name with `x-rust-name`"),
                );
            }
            None => {
                seen.insert(rust, (wire, origin));
            }
        }
    }
}
