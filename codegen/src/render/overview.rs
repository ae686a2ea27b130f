//! What the page of a crate shows first: its calls, and what is the same of all of them.

use std::collections::BTreeMap;

use crate::api::{Api, Group, Operation, Segment};
use crate::texts::{Doc, Paragraph, Prose, code, joined, linked, said};

/// The most operations that are listed one by one. Of more, their groups are.
const FEW: usize = 60;

/// What there is to be called.
pub(super) fn calls(api: &Api) -> Doc {
    let count = api.operations().count();
    if count == 0 {
        return Doc::default();
    }
    let mut docs = Doc::from(Paragraph::Heading("Calls"));
    if count <= FEW {
        let all = api.groups.iter().flat_map(|group| group.operations.iter().map(move |one| called(group, one)));
        docs.push(Paragraph::Linked(all.collect()));
        return docs;
    }
    let groups: Vec<_> = api.groups.iter().filter(|group| !group.name.wire.is_empty()).map(tagged).collect();
    let untagged = api.groups.iter().filter(|group| group.name.wire.is_empty());
    let untagged: Vec<_> = untagged.flat_map(|group| &group.operations).collect();
    let of_client = match groups.is_empty() {
        true => "Operations are methods of the [`Client`], here by where their paths begin:",
        false => "All others are methods of the [`Client`] itself, here by where their paths begin:",
    };
    if !groups.is_empty() {
        docs.push("Operations are methods of what the client has for their tags:");
        docs.push(Paragraph::Linked(groups));
    }
    if !untagged.is_empty() {
        docs.push(of_client);
        docs.push(Paragraph::Items(by_path(&untagged)));
    }
    docs
}

/// The methods of the client, by the paths up to the first part in which they differ.
fn by_path(operations: &[&Operation]) -> Vec<(Prose, Prose)> {
    let paths: Vec<_> = operations.iter().map(|operation| Segment::template(&operation.path)).collect();
    let parts = |path: &'_ str| -> Vec<String> { path.split('/').skip(1).map(str::to_owned).collect() };
    let first = paths.first().map(|path| parts(path)).unwrap_or_default();
    let common = |path: &String| first.iter().zip(parts(path)).take_while(|(one, other)| *one == other).count();
    let shared = paths.iter().map(common).min().unwrap_or_default();
    let mut all: BTreeMap<String, Vec<Prose>> = BTreeMap::new();
    for (operation, path) in operations.iter().zip(&paths) {
        let begin: Vec<_> = parts(path).into_iter().take(shared + 1).collect();
        let method = operation.name.rust.trim_start_matches("r#");
        let link = linked(method, &format!("Client::{method}"));
        all.entry(format!("/{}", begin.join("/"))).or_default().push(link);
    }
    all.into_iter().map(|(path, links)| (code(&path), joined(links, ", "))).collect()
}

/// An operation, as it is called.
fn called(group: &Group, operation: &Operation) -> (Prose, Doc) {
    let method = operation.name.rust.trim_start_matches("r#");
    let call = match group.name.wire.is_empty() {
        true => linked(&format!("client.{method}()"), &format!("Client::{method}")),
        false => linked(&format!("client.{}().{method}()", shown(group)), &format!("{}::{method}", path(group))),
    };
    let request = code(&format!("{} {}", operation.method, Segment::template(&operation.path)));
    (call + ", " + request, operation.doc.in_short())
}

/// The operations of a tag, as they are reached.
fn tagged(group: &Group) -> (Prose, Doc) {
    (linked(&format!("client.{}()", shown(group)), &path(group)), group.doc.in_short())
}

fn shown(group: &Group) -> &str {
    group.name.rust.trim_start_matches("r#")
}

fn path(group: &Group) -> String {
    format!("operations::{}::{}", group.name.rust, group.type_name)
}

/// What becomes of a call that does not go well.
pub(super) fn errors() -> Doc {
    let mut docs = Doc::from(Paragraph::Heading("Errors and retries"));
    docs.push(ERRORS);
    docs.push(RETRIES);
    docs
}

const ERRORS: &str = "A call that fails gives an [`Error`]: what was called, how often it was tried, and whatever was answered.\n\
                      Its [`kind`](Error::kind) is a documented error of the service with its type, an answer that the\n\
                      description does not have, or why there was no answer; [`api`](Error::api) is the first of these alone.";

const RETRIES: &str = "What may be repeated is tried again where that may go better, after as long as the server asks for:\n\
                       [`RetryPolicy`] says how often, for all calls or for one.";

/// What can be switched on.
pub(super) fn features(api: &Api) -> Doc {
    let mut docs = Doc::from(Paragraph::Heading("Features"));
    let azure = api.uses.azure.then_some(("azure_core", "tokens of any credential of `azure_core`"));
    let features = [
        ("reqwest", "sends requests; it is on by default, and not needed with a [`Transport`] of your own"),
        ("blocking", "a client for programs without an async runtime"),
        ("mock", "a client for tests, which needs no network"),
    ];
    let features = features.into_iter().chain(azure);
    docs.push(Paragraph::Items(features.map(|(name, what)| (code(name), said(what))).collect()));
    docs
}
