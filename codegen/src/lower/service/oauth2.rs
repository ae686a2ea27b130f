//! The flows of `oauth2` that a program can go through, each of which becomes a type.

use super::Service;
use super::security::metadata;
use super::server_url::{address, segments};
use crate::api::{self, Address, CredentialKind, CredentialType, Grant, Name, Origin, Scheme, Segment, Target};
use crate::description::{Extensions, Flows, Members, Read as _, Requirement, SecurityScheme};
use crate::diagnostics::Diagnostic;
use crate::maps::IndexSet;
use crate::rule::Rule;
use crate::texts::Doc;

/// What these flows have in common.
struct Flow<'a> {
    scheme: &'a str,
    grant: Grant,
    /// The key among the flows.
    key: &'static str,
    /// The key of the URL, and the URL.
    token_url: (&'static str, &'a str),
    /// Where codes are asked for, with the same.
    device_url: Option<(&'static str, &'a str)>,
    scopes: Members<'a>,
    extensions: Extensions<'a>,
}

/// The flows from which a program can get tokens, on its own or by asking a person.
fn usable<'a>(scheme: &'a str, flows: Flows<'a>) -> Vec<Flow<'a>> {
    let application = flows.get("clientCredentials").map(|flow| Flow {
        scheme,
        grant: Grant::ClientCredentials,
        key: "clientCredentials",
        token_url: ("tokenUrl", flow.token_url),
        device_url: None,
        scopes: flow.scopes,
        extensions: flow.extensions,
    });
    let user = flows.get("authorizationCode").map(|flow| Flow {
        scheme,
        grant: Grant::RefreshToken,
        key: "authorizationCode",
        token_url: flow.refresh_url.map_or(("tokenUrl", flow.token_url), |url| ("refreshUrl", url)),
        device_url: None,
        scopes: flow.scopes,
        extensions: flow.extensions,
    });
    let device = flows.get("deviceAuthorization").map(|flow| Flow {
        scheme,
        grant: Grant::DeviceCode,
        key: "deviceAuthorization",
        token_url: ("tokenUrl", flow.token_url),
        device_url: Some(("deviceAuthorizationUrl", flow.device_authorization_url)),
        scopes: flow.scopes,
        extensions: flow.extensions,
    });
    application.into_iter().chain(user).chain(device).collect()
}

impl Service<'_, '_> {
    /// The types for the flows of the scheme `name`.
    pub fn credential_types(
        &self,
        name: &str,
        flows: Flows<'_>,
        scheme: &SecurityScheme<'_>,
        origin: &Origin,
    ) -> Vec<CredentialType> {
        let flows = usable(name, flows);
        let alone = flows.len() == 1;
        let mut types = Vec::new();
        for flow in flows {
            let at = origin.child("flows").child(flow.key);
            let mut name = match alone {
                true => self.ground.name(name, scheme.extensions, origin),
                false => self.ground.name(format!("{name} {}", flow.key), Extensions::NONE, origin),
            };
            let own = self.ground.name("", flow.extensions, &at).given;
            name.given = own.or(name.given);
            types.extend(self.credential_type(name, &flow, scheme, &at));
        }
        types
    }

    fn credential_type(
        &self,
        name: Name,
        flow: &Flow<'_>,
        scheme: &SecurityScheme<'_>,
        origin: &Origin,
    ) -> Option<CredentialType> {
        let mut variables = IndexSet::default();
        let target = self.target(flow, origin);
        let correlation_header = self.correlation_header(flow.extensions, origin);
        let token = self.address(flow.token_url, &mut variables, origin)?;
        let device = match flow.device_url {
            Some(url) => Some(self.address(url, &mut variables, origin)?),
            None => None,
        };
        let kind = CredentialKind::Flow(api::Flow {
            grant: flow.grant,
            token,
            device,
            variables: variables.into_iter().map(|variable| Name::new(variable, None)).collect(),
            target,
            correlation_header,
        });
        Some(CredentialType {
            name,
            scheme: Scheme::Bearer(flow.scheme.to_owned()),
            is_bound: false,
            kind,
            deprecated: scheme.deprecated,
            doc: Doc::of([scheme.description]).and(metadata(scheme.metadata_url)),
            origin: origin.child(flow.token_url.0),
        })
    }

    /// An address of the token service, and the variables that it has.
    fn address(
        &self,
        (key, url): (&'static str, &str),
        variables: &mut IndexSet<String>,
        origin: &Origin,
    ) -> Option<Address> {
        let Some((authority, path, own)) = parts(url) else {
            let message = format!("`{url}` is not an absolute `https` address, so no tokens can be asked for there");
            let diagnostic = Diagnostic::warning(Rule::UnsupportedSecurity, &origin.child(key), message);
            self.ground.push(diagnostic.help("callers have to bring a token"));
            return None;
        };
        variables.extend(own);
        Some(Address { authority, path })
    }

    /// What to ask a token for: what the extensions say, else the scopes that the API wants.
    fn target(&self, flow: &Flow<'_>, origin: &Origin) -> Option<Target> {
        let scope = self.template("x-scope", flow.extensions, origin);
        let resource = self.template("x-resource", flow.extensions, origin);
        match (scope, resource) {
            (Some(_), Some(_)) => {
                self.ground.invalid(&origin.child("x-resource"), "`x-resource` and `x-scope` cannot stand together");
                None
            }
            (Some(scope), None) => Some(Target::Scope(scope)),
            (None, Some(resource)) => Some(Target::Resource(resource)),
            (None, None) => {
                let wanted = self.wanted_scopes(flow.scheme);
                let scopes: Vec<_> = wanted.into_iter().filter(|scope| flow.scopes.get(scope).is_some()).collect();
                (!scopes.is_empty()).then(|| Target::Scope(vec![Segment::Literal(scopes.join(" "))]))
            }
        }
    }

    /// A text in which `{server}` stands for the address of the server.
    fn template(&self, key: &str, extensions: Extensions<'_>, origin: &Origin) -> Option<Vec<Segment>> {
        let value = extensions.get(key)?;
        let at = origin.child(key);
        let Some(text) = value.as_str().filter(|text| !text.is_empty()) else {
            self.ground.invalid(&at, format!("`{key}` must be text"));
            return None;
        };
        if text.replace("{server}", "").contains(['{', '}']) {
            self.ground.invalid(&at, format!("`{{server}}` is all that `{key}` can have in braces"));
            return None;
        }
        if text.contains("{server}") && self.servers.is_empty() {
            self.ground.invalid(&at, "there are no `servers`, so there is no `{server}`");
            return None;
        }
        segments(text)
    }

    fn correlation_header(&self, extensions: Extensions<'_>, origin: &Origin) -> Option<String> {
        let key = "x-correlation-header";
        let name = extensions.get(key)?.as_str().map(str::to_ascii_lowercase);
        // The runtime takes names in lower case only, as HTTP/2 does.
        let name = name.filter(|name| http::HeaderName::from_bytes(name.as_bytes()).is_ok());
        if name.is_none() {
            self.ground.invalid(&origin.child(key), format!("`{key}` must be the name of a header"));
        }
        name
    }

    /// The scopes that the document and its operations want from a scheme, each once.
    fn wanted_scopes(&self, scheme: &str) -> IndexSet<String> {
        let document = self.ground.document;
        let items = document.paths().iter().filter(|(_, item)| item.get("$ref").is_none());
        let members = items.filter_map(|(_, item)| item.as_object()).flatten();
        let own = members.filter_map(|(_, operation)| operation.get("security")?.as_array()).flatten();
        let requirements = document.security().into_iter().flatten().chain(own).map(Requirement::read);
        let schemes = requirements.flat_map(|requirement| requirement.0);
        schemes.filter(|(name, _)| *name == scheme).flat_map(|(_, scopes)| scopes).map(str::to_owned).collect()
    }
}

/// The scheme and host of a URL, the rest of it, and the names that it has in braces.
fn parts(url: &str) -> Option<(String, String, Vec<String>)> {
    let mut plain = String::new();
    let mut variables = IndexSet::default();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        variables.insert(name.to_owned());
        plain.extend([before, "x"]);
        rest = after;
    }
    plain.push_str(rest);
    let end = url.strip_prefix("https://").map(|rest| rest.find('/').map_or(url.len(), |slash| slash + 8))?;
    let (authority, path) = url.split_at(end);
    (address(&plain).is_some() && !plain.contains(['{', '}']))
        .then(|| (authority.to_owned(), path.to_owned(), variables.into_iter().collect()))
}
