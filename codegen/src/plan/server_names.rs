//! The names of servers, which hardly any description gives: each is called by what is short and tells it
//! from the others.

use super::collisions::{EXACT, USUAL, Wish};
use super::names::{At, Namer};
use super::reserved::Use;
use super::words::{Case, Words};
use crate::api::{Server, ServerVariable};
use crate::maps::HashMap;
use crate::texts::Doc;

pub(super) fn name(servers: &mut [Server], namer: &mut Namer) {
    let of_one_url: HashMap<_, _> = servers.iter().map(|server| (identity(server), of_one_url(server))).collect();
    choose(servers);
    let wishes: Vec<_> = servers
        .iter()
        .map(|server| {
            let wish = namer.wish(&server.name, Case::Type, Use::Own, At::key(&server.origin));
            // In messages, an address says more.
            Wish { wire: server.template(), identity: identity(server), ..wish }
        })
        .collect();
    let settled = namer.settle("servers", &wishes, |wish| {
        let told = of_one_url.get(&wish.identity).cloned().unwrap_or_default();
        [told, vec![Words::of(&wish.wire), Words::spoken(&wish.wire)]].concat()
    });
    for (server, rust) in servers.iter_mut().zip(settled) {
        server.name.rust = rust;
        server.name.wire = server.template();
        let variables = server.variables.iter_mut();
        let names =
            variables.map(|variable| (&mut variable.name, At::key(&variable.origin), Use::ServerVariable)).collect();
        namer.scope("variables", Case::Value, names);
        for variable in &mut server.variables {
            namer.values(&mut variable.values);
        }
    }
    types(servers, namer);
}

/// Takes the first of its possible names for each server, and the next one for those that are not alone
/// with theirs, until all are or no names are left.
fn choose(servers: &mut [Server]) {
    for server in servers.iter_mut() {
        server.names.retain(|name| name.contains(char::is_alphanumeric) && !Words::of(name).is_poor);
        // The last one is kept.
        server.names.reverse();
    }
    loop {
        let mut counts: HashMap<String, usize> = HashMap::default();
        for server in servers.iter() {
            *counts.entry(rust(server)).or_default() += 1;
        }
        let is_shared = |server: &&mut Server| {
            server.name.given.is_none() && server.names.len() > 1 && counts.get(&rust(server)).is_some_and(|&n| n > 1)
        };
        let mut shared = servers.iter_mut().filter(is_shared).peekable();
        if shared.peek().is_none() {
            break;
        }
        shared.for_each(|server| _ = server.names.pop());
    }
    for server in servers {
        server.name.wire = server.names.last().cloned().unwrap_or_else(|| server.template());
    }
}

/// What tells servers of one URL apart: that a variable may have any value, and the defaults.
fn of_one_url(server: &Server) -> Vec<Words> {
    let name = server.names.first().cloned().unwrap_or_default();
    let is_any = server.variables.iter().all(|variable| variable.values.is_empty());
    let defaults: Vec<_> = server.variables.iter().filter_map(|variable| variable.default.as_deref()).collect();
    let any = if is_any { format!("any {name}") } else { name.clone() };
    vec![Words::of(&any), Words::of(&format!("{name} {}", defaults.join(" ")))]
}

fn rust(server: &Server) -> String {
    let chosen = server.names.last().map(|name| Words::of(name).in_case(Case::Type));
    server.name.given.clone().or(chosen).unwrap_or_default()
}

/// All that two servers may differ in.
fn identity(server: &Server) -> String {
    let variables = server.variables.iter().map(|variable| {
        let values: Vec<_> = variable.values.iter().map(|value| &value.name.wire).collect();
        format!("{} {values:?} {:?} {:?}", variable.name.wire, variable.default, doc(&variable.doc))
    });
    let variables: Vec<_> = variables.collect();
    format!("{} {:?} {:?} {variables:?}", server.template(), doc(&server.doc), server.authority)
}

fn doc(doc: &Doc) -> Vec<&str> {
    doc.texts().collect()
}

/// The types of servers with something to fill in, and of the values that their variables list.
fn types(servers: &mut [Server], namer: &mut Namer) {
    let mut wishes = Vec::new();
    for server in servers.iter().filter(|server| server.is_open()) {
        let wish = |wire: &str, words: String, rank: u8, at: At| Wish {
            wire: wire.to_owned(),
            fixed: None,
            words: Words::of(&words),
            name: None,
            case: Case::Type,
            scope: Use::Server,
            rank,
            identity: words,
            at,
        };
        let name = &server.name.rust;
        wishes.push(wish(&server.name.wire, format!("{name} server"), EXACT, At::key(&server.origin)));
        for variable in listed(&server.variables) {
            let plain = variable.name.rust.trim_start_matches("r#");
            wishes.push(wish(&variable.name.wire, format!("{name} {plain}"), USUAL, At::key(&variable.origin)));
        }
    }
    let longer = |wish: &Wish| vec![wish.words.clone().and(if wish.rank == EXACT { "address" } else { "values" })];
    let mut names = namer.settle("types for servers", &wishes, longer).into_iter();
    for server in servers.iter_mut().filter(|server| server.is_open()) {
        server.type_name = names.next().unwrap_or_default();
        for variable in server.variables.iter_mut().filter(|variable| !variable.values.is_empty()) {
            variable.type_name = names.next().unwrap_or_default();
        }
    }
}

fn listed(variables: &[ServerVariable]) -> impl Iterator<Item = &ServerVariable> {
    variables.iter().filter(|variable| !variable.values.is_empty())
}
