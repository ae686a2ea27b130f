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
    let heading = Doc::from(Paragraph::Heading("Signing in"));
    let mut operations = api.operations();
    if api.credentials.is_empty() {
        let text = "The description says nothing about signing in. A client needs no credential; if it has a\n\
                    [`BearerToken`], that goes with every call.";
        let is_free = operations.any(|operation| operation.security == Security::Token);
        return is_free.then(|| heading.and(Some(text)));
    }
    let mut items: Vec<_> = api.credentials.iter().map(described).collect();
    if api.credentials.iter().any(|credential| matches!(credential.scheme, Scheme::Bearer(_))) {
        items.push((said("[`BearerToken`]"), said("a token that you have")));
        items.push((said("[`Credential::from_source`]"), said("tokens from a source of your own")));
    }
    let is_bound = api.credentials.iter().any(|credential| credential.is_bound);
    let start = if is_bound { "what it has of these" } else { "one of these" };
    let section = heading.and(Some(said("A client signs in with ") + start + ":")).and(Some(Paragraph::Items(items)));
    Some(section.and(is_bound.then_some(SEVERAL)))
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
