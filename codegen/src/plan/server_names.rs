//! The names of servers, which hardly any description gives: each is called by what is short and tells it
//! from the others.

use std::collections::HashMap;

use super::names::{At, Case, Namer, identifier};
use super::reserved::Use;
use crate::api::{Server, ServerVariable};

pub(super) fn name(servers: &mut [Server], namer: &mut Namer<'_>) {
    choose(servers);
    for server in servers {
        let at = At::key(&server.origin);
        namer.assign(&mut server.name, Case::Type, Use::Own, at);
        // In messages, an address says more.
        server.name.wire = server.template();
        let name = server.name.rust.clone();
        server.type_name = namer.type_name(&format!("{name} server"), Use::Server, &server.origin);
        for variable in &mut server.variables {
            variable_names(&name, variable, namer);
        }
    }
}

/// Takes the first of its possible names for each server, and the next one for those that are not alone
/// with theirs, until all are or no names are left.
fn choose(servers: &mut [Server]) {
    for server in servers.iter_mut() {
        server.names.retain(|name| identifier(name, Case::Type).is_some());
        // The last one is kept.
        server.names.reverse();
    }
    loop {
        let mut counts: HashMap<String, usize> = HashMap::new();
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

fn rust(server: &Server) -> String {
    let chosen = server.names.last().and_then(|name| identifier(name, Case::Type));
    server.name.given.clone().or(chosen).unwrap_or_default()
}

fn variable_names(server: &str, variable: &mut ServerVariable, namer: &mut Namer<'_>) {
    namer.assign(&mut variable.name, Case::Value, Use::ServerVariable, At::key(&variable.origin));
    let plain = variable.name.rust.trim_start_matches("r#");
    variable.type_name = namer.type_name(&format!("{server} {plain}"), Use::Server, &variable.origin);
    for value in &mut variable.values {
        namer.assign(&mut value.name, Case::Type, Use::Own, At::value(&value.origin));
    }
}
