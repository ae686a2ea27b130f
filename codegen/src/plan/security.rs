//! What operations ask for where the description leaves it open, and which credentials must be told apart.

use crate::api::{Api, CredentialType, Operation, Origin, Scheme, Security};
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::HashSet;
use crate::rule::Rule;

pub(super) fn settle(api: &mut Api, report: &mut Report) {
    leave_out_those_of_server(api);
    settle_unsaid(api, report);
    leave_out_unused(api, report);
    let asked = asked(api);
    let any_token = asked.iter().all(|scheme| !matches!(scheme, Scheme::Own(_)))
        && operations(api).all(|operation| takes_each(&operation.security, &asked));
    for credential in &mut api.credentials {
        credential.is_bound = !any_token;
    }
    if any_token {
        for security in securities(api).filter(|security| matches!(security, Security::OneOf(_))) {
            *security = Security::Token;
        }
    }
}

fn schemes_origin() -> Origin {
    Origin::new("").child("components").child("securitySchemes")
}

fn operations(api: &Api) -> impl Iterator<Item = &Operation> {
    api.operations()
}

fn securities(api: &mut Api) -> impl Iterator<Item = &mut Security> {
    let operations = api.operations_mut();
    operations.map(|operation| &mut operation.security)
}

/// An operation that says nothing wants nothing. But if no operation does, nobody knows: then each takes
/// what its caller has.
fn settle_unsaid(api: &mut Api, report: &mut Report) {
    let is_said = operations(api).any(|operation| matches!(operation.security, Security::OneOf(_)));
    let is_unsaid = operations(api).any(|operation| operation.security == Security::Unsaid);
    let schemes: Vec<_> = api.credentials.iter().map(|credential| credential.scheme.clone()).collect();
    if is_unsaid && !is_said && !schemes.is_empty() {
        let message =
            "no operation asks for a security scheme; each takes a credential for any of them, and needs none";
        report.push(Diagnostic::warning(Rule::Repaired, &schemes_origin(), message).on_key().help("write `security`"));
    }
    let unsaid = match (is_said, schemes.is_empty()) {
        (true, _) => Security::Nothing,
        (false, true) => Security::Token,
        (false, false) => {
            let mut alternatives: Vec<_> = schemes.into_iter().map(|scheme| vec![scheme]).collect();
            alternatives.dedup();
            alternatives.extend([vec![Scheme::Token], Vec::new()]);
            Security::OneOf(alternatives)
        }
    };
    for security in securities(api).filter(|security| **security == Security::Unsaid) {
        *security = unsaid.clone();
    }
}

/// What the server signs in with where it sends something is none of the client's.
fn leave_out_those_of_server(api: &mut Api) {
    let of_server: HashSet<_> = api.webhooks.iter_mut().flat_map(|webhook| webhook.schemes.drain(..)).collect();
    if !of_server.is_empty() {
        let asked: HashSet<_> = asked(api).iter().map(|scheme| scheme.name().to_owned()).collect();
        let stays = |name: &str| asked.contains(name) || !of_server.contains(name);
        api.credentials.retain(|credential| stays(credential.scheme.name()));
    }
}

/// A credential that no operation takes would never be sent.
fn leave_out_unused(api: &mut Api, report: &mut Report) {
    let asked: HashSet<_> = asked(api).iter().map(|scheme| scheme.name().to_owned()).collect();
    api.credentials.retain(|CredentialType { scheme, .. }| {
        let is_asked = asked.contains(scheme.name());
        if !is_asked {
            let origin = schemes_origin().child(scheme.name());
            let message = format!("no operation asks for the security scheme `{}`; it is left out", scheme.name());
            report.push(Diagnostic::warning(Rule::WithoutEffect, &origin, message).on_key());
        }
        is_asked
    });
}

/// The schemes of the description that operations ask for, each once.
fn asked(api: &Api) -> HashSet<Scheme> {
    let mut asked = HashSet::default();
    for operation in operations(api) {
        let Security::OneOf(alternatives) = &operation.security else { continue };
        for scheme in alternatives.iter().flatten().filter(|scheme| **scheme != Scheme::Token) {
            if !asked.contains(scheme) {
                asked.insert(scheme.clone());
            }
        }
    }
    asked
}

/// Whether any of the schemes will do, unless nothing is wanted.
fn takes_each(security: &Security, schemes: &HashSet<Scheme>) -> bool {
    match security {
        Security::OneOf(alternatives) => {
            let alone = alternatives.iter().filter_map(|alternative| match alternative.as_slice() {
                [only] => Some(only).filter(|only| schemes.contains(*only)),
                _ => None,
            });
            alone.collect::<HashSet<_>>().len() == schemes.len()
        }
        Security::Unsaid | Security::Nothing | Security::Token => true,
    }
}
