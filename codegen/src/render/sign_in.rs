//! What the documentation of the crate shows of signing in.

use std::collections::BTreeSet;

use super::credentials::place;
use crate::api::{Api, CredentialKind, CredentialType, Grant, Operation, Scheme, Security};
use crate::texts::{Doc, Paragraph, Prose, Sample, code, item, name, said};

/// How a call is signed in the documentation.
#[derive(Default)]
pub(super) struct Shown {
    /// The credentials, as code.
    pub credentials: Vec<Sample>,
    /// What of the root of the crate they need.
    pub imports: BTreeSet<&'static str>,
    /// What of the module `credentials` they need.
    pub types: BTreeSet<String>,
}

/// The credentials that an operation is shown with.
pub(super) fn shown(api: &Api, operation: &Operation) -> Shown {
    let mut shown = Shown::default();
    let schemes: &[Scheme] = match &operation.security {
        // Without a scheme there may be nothing to sign in with.
        Security::Token if api.credentials.is_empty() => &[],
        Security::Token => &[Scheme::Token],
        Security::Unsaid | Security::Nothing => &[],
        Security::OneOf(alternatives) => {
            alternatives.iter().find(|schemes| !schemes.is_empty()).map_or(&[], |first| first)
        }
    };
    for scheme in schemes {
        let credential = api.credentials.iter().find(|credential| credential.scheme == *scheme);
        let arguments = match credential.map(|credential| &credential.kind) {
            None | Some(CredentialKind::Flow(_) | CredentialKind::Token) => {
                shown.imports.insert("BearerToken");
                shown.credentials.push("BearerToken::new(\"token\")".into());
                continue;
            }
            Some(CredentialKind::Basic) => "\"user\", \"password\"",
            Some(CredentialKind::Http(_)) => "\"value\"",
            Some(CredentialKind::Key(..)) => "\"key\"",
        };
        let type_name = credential.map_or("", |credential| &credential.name.rust);
        shown.credentials.push(name(type_name) + "::new(" + arguments + ")");
        shown.types.insert(type_name.to_owned());
    }
    shown
}

/// The ways to sign in, as a section of the documentation.
pub(super) fn section(api: &Api) -> Option<Doc> {
    let certificates = certificates(api);
    let ways = ways(api);
    if ways.is_none() && certificates.is_none() {
        return None;
    }
    let mut section = Doc::from(Paragraph::Heading("Signing in"));
    section.append(ways.unwrap_or_default());
    section.append(certificates.unwrap_or_default());
    Some(section)
}

/// What callers give the client.
fn ways(api: &Api) -> Option<Doc> {
    let mut operations = api.operations();
    if api.credentials.is_empty() {
        let text = "The description says nothing about signing in. A client needs no credential; if it has a\n\
                    [`BearerToken`], that goes with every call.";
        let is_free = operations.any(|operation| operation.security == Security::Token);
        return is_free.then(|| text.into());
    }
    let mut items: Vec<_> = api.credentials.iter().map(described).collect();
    if api.credentials.iter().any(|credential| matches!(credential.scheme, Scheme::Bearer(_))) {
        items.push((said("[`BearerToken`]"), said("a token that you have")));
        items.push((said("[`Credential::from_source`]"), said("tokens from a source of your own")));
    }
    let is_bound = api.credentials.iter().any(|credential| credential.is_bound);
    let start = if is_bound { "what it has of these" } else { "one of these" };
    let section = Doc::from(said("A client signs in with ") + start + ":").and(Some(Paragraph::Items(items)));
    Some(section.and(is_bound.then_some(SEVERAL)))
}

/// What the connection has to have.
fn certificates(api: &Api) -> Option<Doc> {
    let items = api.certificates.iter().map(|certificate| (code(&certificate.scheme), certificate.doc.clone()));
    let text = "Some calls need a certificate of the client, which belongs to the connection. Give\n\
                [`ClientBuilder::transport`] one that has it, for:";
    let list = Paragraph::List(items.collect());
    (!api.certificates.is_empty()).then(|| Doc::from(text).and(Some(list)))
}

const SEVERAL: &str = "A client can have several of them, which [`ClientBuilder::credential`] takes one by one. Each call\n\
     is sent with what it asks for, and with nothing else. What it asks for is one scheme, or several\n\
     together; of several ways, the first one is taken that the client has everything for. If there is\n\
     none, the call ends with a [`MissingCredential`] before anything is sent. A client without any\n\
     credential leaves signing in to its transport.";

fn described(credential: &CredentialType) -> (Prose, Prose) {
    let what = match &credential.kind {
        CredentialKind::Flow(flow) => match flow.grant {
            Grant::ClientCredentials => said("tokens for a client id and its secret"),
            Grant::RefreshToken => said("tokens for a refresh token"),
            Grant::DeviceCode => said("tokens for a person who signs in on another device"),
        },
        CredentialKind::Token if credential.is_bound => {
            said("a bearer token, for ") + code(credential.scheme.name()) + " alone"
        }
        CredentialKind::Token => said("a bearer token"),
        CredentialKind::Basic => said("a user name and a password"),
        CredentialKind::Http(scheme) => said("what stands behind ") + code(scheme) + " in the header `Authorization`",
        CredentialKind::Key(location, name) => said("a key, in the ") + place(*location, name),
    };
    (item(&format!("credentials::{}", credential.name.rust)), what)
}
