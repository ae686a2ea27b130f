//! Names that came out the same: reported with both places, never told apart by a number.

use std::collections::{HashMap, HashSet};

use crate::api::{Api, Group, Name, Operation, Origin, Outcome, Server, Shape, TypeDef};
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;

/// Reports every scope of the emitted code in which two things would have the same name.
pub(super) fn report(api: &Api, report: &mut Report) {
    let mut scopes = Scopes { report };
    scopes.check("types", RENAME, api.types.values().map(|def| entry(&def.name, &def.origin)));
    scopes.check("servers", RENAME, api.servers.iter().map(|server| entry(&server.name, &server.origin)));
    for server in &api.servers {
        scopes.server(server);
    }
    let open = api.servers.iter().filter(|server| server.is_open());
    scopes.check("types for servers", RENAME, open.flat_map(server_types));
    let credentials = api.credentials.iter().map(|credential| entry(&credential.name, &credential.origin));
    scopes.check("security schemes", RENAME, credentials);
    for credential in &api.credentials {
        let variables = credential.variables.iter().map(|variable| entry(variable, &credential.origin));
        scopes.check("variables", "call one of them something else in the URL", variables);
    }
    let keys = "call one of the examples something else";
    scopes.check("examples", keys, api.examples.iter().map(|example| entry(&example.name, &example.origin)));
    for definition in api.types.values() {
        scopes.members(definition);
    }
    for group in &api.groups {
        scopes.group(group);
    }
    scopes.client(api);
}

const RENAME: &str = "give one of them another name with `x-rust-name`";

/// A name on the wire, in Rust, and where it stands.
type Entry<'a> = (&'a str, &'a str, &'a Origin);

fn entry<'a>(name: &'a Name, origin: &'a Origin) -> Entry<'a> {
    (&name.wire, &name.rust, origin)
}

struct Scopes<'a> {
    report: &'a mut Report,
}

impl Scopes<'_> {
    fn members(&mut self, definition: &TypeDef) {
        match &definition.shape {
            Shape::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| entry(&field.name, &field.origin));
                self.check(
                    "fields",
                    RENAME,
                    fields.chain(shape.rest.iter().map(|rest| entry(&rest.name, &rest.origin))),
                );
            }
            Shape::Enum(shape) => {
                let help = "give the values names with `x-enum-varnames`";
                let other = ("any other", shape.other.rust.as_str(), &definition.origin);
                let variants = shape.variants.iter().map(|variant| entry(&variant.name, &variant.origin));
                self.check("values", help, [other].into_iter().chain(variants));
            }
            Shape::Union(shape) => {
                let other = shape.other.iter().map(|other| ("any other", other.rust.as_str(), &definition.origin));
                let variants = shape.variants.iter().map(|variant| entry(&variant.name, &variant.origin));
                self.check("variants", RENAME, other.chain(variants));
            }
            Shape::Alias(_) | Shape::Wrapper(_) => {}
        }
    }

    fn server(&mut self, server: &Server) {
        let variables = server.variables.iter().map(|variable| entry(&variable.name, &variable.origin));
        self.check("variables", RENAME, variables);
        for variable in &server.variables {
            let help = "give the values names with `x-enum-varnames`";
            self.check("values", help, variable.values.iter().map(|value| entry(&value.name, &value.origin)));
        }
    }

    /// The methods of a tag, and the types of its module.
    fn group(&mut self, group: &Group) {
        let operations = &group.operations;
        let is_tag = !group.name.wire.is_empty();
        let tag = is_tag.then_some((group.name.wire.as_str(), group.type_name.as_str(), &group.origin));
        if is_tag {
            let methods = operations.iter().map(|operation| entry(&operation.name, &operation.origin));
            self.check("methods for", RENAME, methods);
        }
        // Where methods have the same name, so have their types: that is said once.
        let mut methods = HashSet::new();
        let distinct = operations.iter().filter(|operation| methods.insert(&operation.name.rust));
        self.check("types for", RENAME, tag.into_iter().chain(distinct.flat_map(types)));
        for operation in operations {
            self.check("parameters", RENAME, operation.params.iter().map(|param| entry(&param.name, &param.origin)));
            self.check("headers", RENAME, operation.headers.iter().map(|header| entry(&header.name, &header.origin)));
            for side in [&operation.success, &operation.errors] {
                if let Outcome::Enum(_) = side.outcome {
                    self.check(
                        "replies",
                        RENAME,
                        side.replies
                            .iter()
                            .map(|reply| (reply.name.wire.as_str(), reply.name.rust.as_str(), &reply.origin)),
                    );
                }
            }
        }
    }

    /// The methods of the client: the tags, and the operations without one.
    fn client(&mut self, api: &Api) {
        let (tagged, untagged): (Vec<_>, Vec<_>) = api.groups.iter().partition(|group| !group.name.wire.is_empty());
        let tags = tagged.iter().map(|group| entry(&group.name, &group.origin));
        let operations = untagged.iter().flat_map(|group| &group.operations);
        let operations = operations.map(|operation| entry(&operation.name, &operation.origin));
        let help = "give one of them another name with `x-rust-name`; that of a tag belongs under `tags`";
        self.check("methods for", help, tags.chain(operations));
    }

    fn check<'a>(&mut self, what: &str, help: &str, names: impl Iterator<Item = Entry<'a>>) {
        let mut seen: HashMap<&str, (&str, &Origin)> = HashMap::new();
        for (wire, rust, origin) in names {
            match seen.get(rust) {
                Some((other, at)) => {
                    let message = format!("the {what} `{other}` and `{wire}` both become `{rust}` in Rust");
                    let diagnostic = Diagnostic::error(Rule::NameCollision, origin, message).on_key();
                    self.report.push(diagnostic.also(at, "the other one").help(help));
                }
                None => {
                    seen.insert(rust, (wire, origin));
                }
            }
        }
    }
}

/// The types that are emitted for a server with something to fill in.
fn server_types(server: &Server) -> impl Iterator<Item = Entry<'_>> {
    let listed = server.variables.iter().filter(|variable| !variable.values.is_empty());
    let listed = listed.map(|variable| (variable.name.wire.as_str(), variable.type_name.as_str(), &variable.origin));
    [(server.name.wire.as_str(), server.type_name.as_str(), &server.origin)].into_iter().chain(listed)
}

/// The types that are emitted for an operation.
fn types(operation: &Operation) -> impl Iterator<Item = Entry<'_>> {
    let headers = (!operation.headers.is_empty()).then_some(&operation.headers_name);
    let outcomes =
        [&operation.success.outcome, &operation.errors.outcome].into_iter().filter_map(|outcome| match outcome {
            Outcome::Enum(name) => Some(name),
            Outcome::Same(_) | Outcome::Nothing => None,
        });
    let names = [&operation.type_name].into_iter().chain(headers).chain(outcomes);
    names.map(|name| (operation.name.wire.as_str(), name.as_str(), &operation.origin))
}
