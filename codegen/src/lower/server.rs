//! `servers`.

use super::Lowering;
use crate::api::{Doc, Origin, Server};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

impl Lowering<'_> {
    /// The servers of the document.
    pub fn servers(&mut self) -> Vec<Server> {
        let origin = Origin::new("").child("servers");
        let document = self.document;
        let servers = document.openapi.servers.iter().enumerate();
        servers.filter_map(|(index, server)| self.server(server, &origin.child(index.to_string()))).collect()
    }

    fn server(&mut self, server: &openapiv3::Server, origin: &Origin) -> Option<Server> {
        let openapiv3::Server { url, description, variables, extensions } = server;
        if variables.as_ref().is_some_and(|variables| !variables.is_empty()) || url.contains('{') {
            let message = "server variables are not generated yet";
            self.push(Diagnostic::error(Rule::UnsupportedServer, &origin.child("url"), message));
            return None;
        }
        let rest = url.strip_prefix("https://").unwrap_or_default();
        let host = rest.split('/').next().unwrap_or_default();
        let valid = !host.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_graphic())
            && !rest.contains(['?', '#', '@', '"', '\\']);
        if !valid {
            let message = format!("`{url}` is not an absolute `https` address without query and fragment");
            self.push(Diagnostic::error(Rule::UnsupportedServer, &origin.child("url"), message));
            return None;
        }
        // Without a name of its own a server is called by its description if that is a word or two.
        let short = description.as_deref().filter(|text| text.split_whitespace().count() <= 3);
        let wire = short.map_or_else(|| host.to_owned(), |text| text.trim_end_matches('.').to_owned());
        let name = self.name(wire, extensions, origin);
        Some(Server {
            name,
            url: url.trim_end_matches('/').to_owned(),
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
