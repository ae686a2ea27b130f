//! `servers`.

use http::Uri;
use http::uri::Authority;
use indexmap::IndexMap;
use serde_json::Value;

use super::Lowering;
use crate::api::{Doc, Origin, Server};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

type Extensions = IndexMap<String, Value>;

/// The host and port of an absolute `https` address without user, query and fragment.
pub(super) fn address(url: &str) -> Option<Authority> {
    let uri: Uri = url.parse().ok().filter(is_plain)?;
    uri.authority().cloned().filter(|_| !url.contains('#'))
}

impl Lowering<'_> {
    /// The servers of the document.
    pub fn servers(&mut self) -> Vec<Server> {
        let origin = Origin::new("").child("servers");
        let document = self.document;
        let servers = document.openapi.servers.iter().enumerate();
        let servers: Vec<_> =
            servers.filter_map(|(index, server)| self.server(server, &origin.child(index.to_string()))).collect();
        if servers.iter().any(|server| server.authority.is_some()) {
            for server in servers.iter().filter(|server| server.authority.is_none()) {
                self.invalid(&server.origin, "other servers have an `x-authority`, so this one needs one too");
            }
        }
        servers
    }

    /// Where tokens for the server come from.
    fn authority(&mut self, extensions: &Extensions, origin: &Origin) -> Option<String> {
        let value = extensions.get("x-authority")?;
        match value.as_str().filter(|text| address(text).is_some()) {
            Some(text) => Some(text.trim_end_matches('/').to_owned()),
            None => {
                let message = "`x-authority` must be an absolute `https` address without query and fragment";
                self.invalid(&origin.child("x-authority"), message);
                None
            }
        }
    }

    fn server(&mut self, server: &openapiv3::Server, origin: &Origin) -> Option<Server> {
        let openapiv3::Server { url, description, variables, extensions } = server;
        if variables.as_ref().is_some_and(|variables| !variables.is_empty()) || url.contains('{') {
            let message = "server variables are not generated yet";
            self.push(Diagnostic::error(Rule::UnsupportedServer, &origin.child("url"), message));
            return None;
        }
        let Some(authority) = address(url) else {
            let message = format!("`{url}` is not an absolute `https` address without user, query and fragment");
            self.push(Diagnostic::error(Rule::UnsupportedServer, &origin.child("url"), message));
            return None;
        };
        // Without a name of its own a server is called by its description if that is a word or two.
        let short = description.as_deref().filter(|text| matches!(text.split_whitespace().count(), 1..=3));
        let wire = short.map_or_else(|| authority.to_string(), |text| text.trim_end_matches('.').to_owned());
        let name = self.name(wire, extensions, origin);
        Some(Server {
            name,
            url: url.trim_end_matches('/').to_owned(),
            authority: self.authority(extensions, origin),
            doc: Doc::of([description.as_ref()]),
            origin: origin.clone(),
        })
    }

    /// Servers of a path or an operation, which are not generated yet.
    pub fn no_servers(&mut self, servers: &[openapiv3::Server], origin: &Origin) {
        if !servers.is_empty() {
            let message = "servers of a single path or operation are not generated yet";
            self.push(Diagnostic::error(Rule::UnsupportedServer, &origin.child("servers"), message).on_key());
        }
    }
}

/// Whether an address has what it needs and no more.
fn is_plain(uri: &Uri) -> bool {
    let is_host = |authority: &Authority| {
        let (host, whole) = (authority.host(), authority.as_str());
        // Beside the host there can be a user, which no request has, and a port.
        whole == host || authority.port_u16().is_some_and(|port| whole == format!("{host}:{port}"))
    };
    uri.scheme_str() == Some("https") && uri.query().is_none() && uri.authority().is_some_and(is_host)
}
