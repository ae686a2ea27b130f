//! What does not belong to a single operation: webhooks, servers, and the ways to sign in.

use crate::api::{
    Address, Api, CredentialKind, CredentialType, Flow, Grant, Origin, Segment, Server, ServerVariable, Target,
};
use crate::render::{Signatures, sign_in_arguments};

use super::super::callers::Callers;
use super::super::entry::{Entry, Kind};

pub(super) fn webhooks<'a>(api: &'a Api, signatures: &mut Signatures<'_>) -> Vec<Entry<'a>> {
    let typed = api.webhooks.iter().filter_map(|webhook| Some((webhook, webhook.json()?)));
    let webhooks = typed.map(|(webhook, content)| {
        let key = format!("{} {}", webhook.method, webhook.key);
        let own = Entry::new(Kind::Webhook, key, webhook.name.rust.as_str(), &webhook.origin).below("webhooks");
        Entry {
            code: signatures.ty(&content.ty),
            types: vec![&content.ty],
            is_deprecated: webhook.deprecated,
            doc: Some(&webhook.doc),
            users: Callers::READ,
            ..own
        }
    });
    webhooks.collect()
}

/// Whoever names a server calls it.
const SERVER: Callers = Callers::SEND.and(Callers::MATCH);

pub(super) fn servers<'a>(api: &'a Api, root: &'a Origin) -> Option<Entry<'a>> {
    let first = api.servers.first()?;
    let is_open = api.servers.iter().any(Server::is_open);
    let mut inner: Vec<_> = api.servers.iter().map(server).collect();
    if first.authority.is_some() {
        let own = Entry::new(Kind::ServerMethod, "authority()", "authority", root).below("Server");
        inner.push(Entry { users: Callers::SEND, ..own });
    }
    let own = Entry::new(Kind::Servers, "Server", "Server", root);
    // What is copied, and has addresses that are known when it is compiled, is neither where a server has a value.
    let form = if is_open { "Clone" } else { "Copy" };
    Some(Entry { code: form.to_owned(), form: form.to_owned(), users: SERVER, inner, ..own })
}

fn server(server: &Server) -> Entry<'_> {
    let own = Entry::new(Kind::Server, server.name.rust.as_str(), server.name.rust.as_str(), &server.origin);
    let path = format!("servers::{}", server.type_name);
    let (form, code) = match (server.is_open(), server.relative) {
        (false, _) => ("", String::new()),
        (true, false) => ("with values", path.clone()),
        (true, true) => ("at an address", path.clone()),
    };
    let own = Entry {
        second: server.template(),
        form: form.to_owned(),
        code,
        doc: Some(&server.doc),
        users: SERVER,
        inner: server.variables.iter().map(|own| variable(own, &path)).collect(),
        ..own.below("Server")
    };
    let own = own.fact("address", Some(server.template()).filter(|address| !address.is_empty()));
    own.fact("token service", server.authority.clone())
}

fn variable<'a>(variable: &'a ServerVariable, path: &str) -> Entry<'a> {
    let name = variable.name.rust.as_str();
    let own = Entry::new(Kind::ServerVariable, variable.name.wire.as_str(), name, &variable.origin).below(path);
    let values = variable.values.iter().map(|value| {
        let own = Entry::new(Kind::Value, value.name.wire.as_str(), value.name.rust.as_str(), &value.origin);
        Entry { users: SERVER, ..own.below(&format!("servers::{}", variable.type_name)) }
    });
    let (form, code) = match variable.values.is_empty() {
        true => ("text", "impl Into<String>".to_owned()),
        false => ("enum", format!("servers::{}", variable.type_name)),
    };
    let own = Entry {
        code,
        form: form.to_owned(),
        is_asked: variable.default.is_none(),
        doc: Some(&variable.doc),
        users: Callers::SEND,
        inner: values.collect(),
        ..own
    };
    own.fact("default", variable.default.clone())
}

pub(super) fn credentials(api: &Api) -> Vec<Entry<'_>> {
    let with_authority = api.servers.iter().any(|server| server.authority.is_some());
    api.credentials.iter().map(|own| credential(own, with_authority)).collect()
}

fn credential(credential: &CredentialType, with_authority: bool) -> Entry<'_> {
    let flow = credential.flow();
    let grant = flow.map_or("", |flow| match flow.grant {
        Grant::ClientCredentials => " clientCredentials",
        Grant::RefreshToken => " authorizationCode",
        Grant::DeviceCode => " deviceAuthorization",
    });
    let key = format!("{}{grant}", credential.scheme.name());
    let own = Entry::new(Kind::Credential, key, credential.name.rust.as_str(), &credential.origin);
    let arguments = match &credential.kind {
        CredentialKind::Flow(flow) => sign_in_arguments(flow, with_authority),
        CredentialKind::Token => vec!["token"],
        CredentialKind::Basic => vec!["user", "password"],
        CredentialKind::Http(_) => vec!["value"],
        CredentialKind::Key(..) => vec!["key"],
    };
    let code = format!("new({})", arguments.join(", "));
    let sent = match &credential.kind {
        CredentialKind::Http(scheme) => Some(format!("the header Authorization, behind {scheme}")),
        CredentialKind::Key(location, name) => Some(format!("the {} {name}", location.name())),
        CredentialKind::Flow(_) | CredentialKind::Token | CredentialKind::Basic => None,
    };
    let own = Entry {
        form: code.clone(),
        code,
        is_deprecated: credential.deprecated,
        doc: Some(&credential.doc),
        users: Callers::SEND,
        inner: flow.and_then(|flow| from_azure(flow, &credential.origin)).into_iter().collect(),
        ..own.below("credentials")
    };
    let address = |address: &Address| format!("{}{}", address.authority, address.path);
    let target = flow.and_then(|flow| flow.target.as_ref());
    let asked = |name: &str, pieces: &[Segment]| format!("{name} {}", Segment::template(pieces));
    let target = target.map(|target| match target {
        Target::Scope(pieces) => asked("scope", pieces),
        Target::Resource(pieces) => asked("resource", pieces),
    });
    let own = own.fact("place in requests", sent).fact("token address", flow.map(|flow| address(&flow.token)));
    let own = own.fact("device address", flow.and_then(|flow| flow.device.as_ref()).map(address));
    own.fact("scope or resource", target)
}

fn from_azure<'a>(flow: &Flow, origin: &'a Origin) -> Option<Entry<'a>> {
    let scope = flow.azure_scope()?;
    let own = Entry::new(Kind::CredentialMethod, "from_azure", "from_azure", origin);
    let form = if scope.needs_server() { "from_azure(server, credential)" } else { "from_azure(credential)" };
    Some(Entry { code: form.to_owned(), form: form.to_owned(), users: Callers::SEND, ..own })
}
