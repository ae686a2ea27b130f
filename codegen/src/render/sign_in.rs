//! What the documentation of the crate shows of signing in.

use std::collections::BTreeSet;

use super::credentials::place;
use crate::api::{Api, CredentialKind, CredentialType, Grant, Operation, Scheme, Security};

/// How a call is signed in the documentation.
#[derive(Default)]
pub(super) struct Shown {
    /// The credentials, as code.
    pub credentials: Vec<String>,
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
                shown.credentials.push("BearerToken::new(\"token\")".to_owned());
                continue;
            }
            Some(CredentialKind::Basic) => "\"user\", \"password\"",
            Some(CredentialKind::Http(_)) => "\"value\"",
            Some(CredentialKind::Key(..)) => "\"key\"",
        };
        let name = credential.map_or("", |credential| &credential.name.rust);
        shown.credentials.push(format!("{name}::new({arguments})"));
        shown.types.insert(name.to_owned());
    }
    shown
}

/// The ways to sign in, as a section of the documentation.
pub(super) fn section(api: &Api) -> Option<String> {
    let mut operations = api.groups.iter().flat_map(|group| &group.operations);
    if api.credentials.is_empty() {
        let text = "\n# Signing in\n\nThe description says nothing about signing in. A client needs no credential; if it has a\n\
                    [`BearerToken`], that goes with every call.";
        return operations.any(|operation| operation.security == Security::Token).then(|| text.to_owned());
    }
    let mut lines: Vec<_> = api.credentials.iter().map(line).collect();
    if api.credentials.iter().any(|credential| matches!(credential.scheme, Scheme::Bearer(_))) {
        lines.push("- [`BearerToken`]: a token that you have".to_owned());
        lines.push("- [`Credential::from_source`]: tokens from a source of your own".to_owned());
    }
    let is_bound = api.credentials.iter().any(|credential| credential.is_bound);
    let start = if is_bound { "what it has of these" } else { "one of these" };
    let end = match is_bound {
        true => {
            "\n\nA client can have several of them, which [`ClientBuilder::credential`] takes one by one. Each call is sent with\n\
             what it asks for, and with nothing else. What it asks for is one scheme, or several together; of\n\
             several ways, the first one is taken that the client has everything for. If there is none, the call\n\
             ends with a [`MissingCredential`] before anything is sent. A client without any credential leaves\n\
             signing in to its transport."
        }
        false => "",
    };
    Some(format!("\n# Signing in\n\nA client signs in with {start}:\n\n{}{end}", lines.join("\n")))
}

fn line(credential: &CredentialType) -> String {
    let what = match &credential.kind {
        CredentialKind::Flow(flow) => match flow.grant {
            Grant::ClientCredentials => "tokens for a client id and its secret".to_owned(),
            Grant::RefreshToken => "tokens for a refresh token".to_owned(),
        },
        CredentialKind::Token if credential.is_bound => {
            format!("a bearer token, for `{}` alone", credential.scheme.name())
        }
        CredentialKind::Token => "a bearer token".to_owned(),
        CredentialKind::Basic => "a user name and a password".to_owned(),
        CredentialKind::Http(scheme) => format!("what stands behind `{scheme}` in the header `Authorization`"),
        CredentialKind::Key(location, name) => format!("a key, in the {}", place(*location, name)),
    };
    format!("- [`credentials::{}`]: {what}", credential.name.rust)
}
