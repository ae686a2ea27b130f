//! `servers`: those of the document, and those that an operation has instead.

use serde_json::Value;

use super::Service;
use super::server_url::{Kind, address, expand, kind, names, segments};
use crate::api::{Origin, OwnServers, Segment, Server};
use crate::description::{Extensions, Read as _, Server as Described};
use crate::diagnostics::Diagnostic;
use crate::maps::IndexSet;
use crate::rule::Rule;
use crate::texts::Doc;

impl Service<'_, '_> {
    /// The servers of the document.
    pub fn servers(&self) -> Vec<Server> {
        let document = self.ground.document;
        let mut servers = self.listed(document.servers(), &Origin::new(""));
        // Some only say that the host is not known.
        let is_empty = |server: &Server| server.url.is_empty() || is_hostless(&expand(&server.url, &server.variables));
        servers.retain(|server| !is_empty(server) || server.authority.is_some() || server.name.given.is_some());
        let servers = self.without_duplicates(servers);
        if servers.iter().any(|server| server.authority.is_some()) {
            for server in servers.iter().filter(|server| server.authority.is_none()) {
                self.ground.invalid(&server.origin, "other servers have an `x-authority`, so this one needs one too");
            }
        }
        servers
    }

    /// A server that says nothing new is left out.
    fn without_duplicates(&self, servers: Vec<Server>) -> Vec<Server> {
        let mut kept: IndexSet<Server> = IndexSet::default();
        for server in servers {
            let Some(other) = kept.get(&server) else {
                kept.insert(server);
                continue;
            };
            let message = format!("the server `{}` is here twice", server.template());
            let diagnostic = Diagnostic::warning(Rule::WithoutEffect, &server.origin, message);
            self.ground.push(diagnostic.also(&other.origin, "the other one"));
        }
        kept.into_iter().collect()
    }

    /// The servers that an operation, or all operations of a path, have instead of those of the document.
    pub fn own_servers(&self, described: &[Value], origin: &Origin) -> Option<OwnServers> {
        let servers = self.listed(described, origin);
        for server in servers.iter().filter(|server| server.authority.is_some()) {
            let message = "tokens come from where those for the document's server come from";
            self.ground
                .push(Diagnostic::warning(Rule::WithoutEffect, &server.origin.child("x-authority"), message).on_key());
        }
        let first = servers.first()?;
        if first.relative && self.document_lists(&first.template()) {
            return None;
        }
        let beside: Vec<_> = self.servers.iter().map(|server| (server, counterpart(server, &servers))).collect();
        if !beside.is_empty() && beside.iter().all(|(server, other)| server.template() == other.template()) {
            return None;
        }
        let url = |server: &Server| match expand(&server.url, &server.variables) {
            text if is_hostless(&text) => text,
            // The runtime refuses what has braces, and says so.
            _ if server.variables.iter().any(|variable| variable.default.is_none()) => server.template(),
            text if text.is_empty() => "/".to_owned(),
            text => text.trim_end_matches('/').to_owned(),
        };
        let beside = beside.into_iter().map(|(server, other)| match server.template() {
            // With the values that the client has.
            template if template == other.template() => (template.clone(), template),
            template => (template, url(other)),
        });
        Some(OwnServers {
            url: url(first),
            // A word or two is a name, which says nothing where there is no choice.
            doc: Doc::of(first.doc.texts().filter(|text| text.split_whitespace().count() > 3).map(Some)),
            beside: beside.filter(|(_, other)| *other != url(first)).collect(),
            others: servers.iter().skip(1).map(Server::template).collect(),
        })
    }

    /// Whether the document has a server of that address. Without any, it has `/`.
    fn document_lists(&self, template: &str) -> bool {
        let servers = self.ground.document.servers();
        let plain = |url: &str| url.trim_end_matches('/').to_owned();
        servers.iter().any(|server| plain(Described::read(server).url) == plain(template))
            || (servers.is_empty() && plain(template).is_empty())
    }

    /// The servers of a list, without those that no request can be sent to.
    fn listed(&self, servers: &[Value], origin: &Origin) -> Vec<Server> {
        let origin = origin.child("servers");
        let servers = servers.iter().map(Described::read).enumerate();
        servers.filter_map(|(index, server)| self.server(&server, &origin.child(index.to_string()))).collect()
    }

    fn server(&self, server: &Described<'_>, origin: &Origin) -> Option<Server> {
        let Described { url, name, description, variables, extensions } = *server;
        let url = url.trim();
        let Some(mut segments) = segments(url) else {
            let message = format!("`{url}` has a brace without its counterpart, or without a name in between");
            self.unusable_server(message, origin);
            return None;
        };
        let mut variables = self.server_variables(&segments, variables, origin);
        let expanded = expand(&segments, &variables);
        let relative = self.is_relative(&mut segments, &expanded, &origin.child("url"))?;
        if is_hostless(&expanded) {
            let message = format!("`{url}` has no host, so callers have to give the address");
            self.ground.push(Diagnostic::warning(Rule::InvalidServer, &origin.child("url"), message));
        } else {
            self.is_server(&segments, &mut variables, relative, origin).then_some(())?;
            trim(&mut segments);
        }
        Some(Server {
            name: self.ground.name("", extensions, origin),
            names: names(&Segment::template(&segments), name, description),
            key: name.map(str::to_owned),
            type_name: String::new(),
            url: segments,
            relative,
            variables,
            authority: self.authority(extensions, origin),
            doc: Doc::of([description]),
            origin: origin.clone(),
        })
    }

    /// Whether a URL is relative to where the description comes from. Makes up for what it lacks.
    fn is_relative(&self, segments: &mut Vec<Segment>, url: &str, at: &Origin) -> Option<bool> {
        match kind(url) {
            Kind::Absolute => Some(false),
            Kind::WithoutScheme => {
                segments.insert(0, Segment::Literal("https:".to_owned()));
                let message = format!("`{url}` has no scheme; `https` is used");
                self.ground.push(Diagnostic::warning(Rule::InvalidServer, at, message));
                Some(false)
            }
            Kind::Foreign(scheme) => {
                let message = format!("the client does not speak `{scheme}`, so this server is left out");
                self.ground.push(Diagnostic::warning(Rule::UnsupportedServer, at, message));
                None
            }
            Kind::Relative => {
                if let Some(Segment::Literal(first)) = segments.first_mut() {
                    *first = first.strip_prefix('.').filter(|rest| rest.starts_with('/')).unwrap_or(first).to_owned();
                }
                if !url.is_empty() && !url.starts_with('/') && !url.starts_with("./") {
                    segments.insert(0, Segment::Literal("/".to_owned()));
                    let message = format!("`{url}` is a path, relative to where the description comes from");
                    let help = "write `https://` before it if it is a host, and else a slash";
                    self.ground.push(Diagnostic::warning(Rule::InvalidServer, at, message).help(help));
                }
                Some(true)
            }
        }
    }

    /// Says that requests cannot be sent to a server. Callers can do without one of the document's, which is
    /// left out; an operation that has its own must not be sent elsewhere.
    pub fn unusable_server(&self, message: String, origin: &Origin) {
        let at = origin.child("url");
        self.ground.push(if origin.pointer().starts_with("/servers/") {
            Diagnostic::warning(Rule::InvalidServer, &at, format!("{message}; it is left out"))
        } else {
            Diagnostic::error(Rule::InvalidServer, &at, message)
        });
    }

    /// Where tokens for the server come from.
    fn authority(&self, extensions: Extensions<'_>, origin: &Origin) -> Option<String> {
        let value = extensions.get("x-authority")?;
        match value.as_str().filter(|text| address(text).is_some()) {
            Some(text) => Some(text.trim_end_matches('/').to_owned()),
            None => {
                let message = "`x-authority` must be an absolute `https` address without query and fragment";
                self.ground.invalid(&origin.child("x-authority"), message);
                None
            }
        }
    }
}

/// Whether a URL ends where the host should be.
fn is_hostless(url: &str) -> bool {
    matches!(url.to_ascii_lowercase().as_str(), "https://" | "http://")
}

/// A scheme is in lower case, and no slash is at the end.
fn trim(segments: &mut Vec<Segment>) {
    if let Some(Segment::Literal(first)) = segments.first_mut()
        && let Some((scheme, rest)) = first.split_once("://")
    {
        *first = format!("{}://{rest}", scheme.to_ascii_lowercase());
    }
    if let Some(Segment::Literal(last)) = segments.last_mut() {
        *last = last.trim_end_matches('/').to_owned();
    }
    segments.retain(|segment| !matches!(segment, Segment::Literal(text) if text.is_empty()));
}

/// What is chosen as the name of a server, and what its description has as one.
fn names_of(server: &Server) -> (Option<&String>, Option<&String>) {
    (server.name.given.as_ref(), server.key.as_ref())
}

/// The server of an operation for clients of `server`: the same one, or that of the same name, so that
/// a call to a sandbox stays in the sandbox; else the first.
fn counterpart<'a>(server: &Server, own: &'a [Server]) -> &'a Server {
    let same = own.iter().find(|other| other.template() == server.template());
    let is_namesake = |other: &&Server| match (names_of(server), names_of(other)) {
        ((Some(name), _), (Some(other), _)) | ((_, Some(name)), (_, Some(other))) => name == other,
        _ => !server.doc.is_empty() && server.doc == other.doc,
    };
    same.or_else(|| own.iter().find(is_namesake)).unwrap_or(&own[0])
}
