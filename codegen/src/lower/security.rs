//! `securitySchemes` and `security`: which operations send the credential.

use std::collections::BTreeSet;

use openapiv3::{SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::api::{CredentialType, Origin, Server};
use crate::diagnostics::Diagnostic;
use crate::parse;
use crate::rule::Rule;

/// The names of the document's schemes.
pub(super) type Schemes = BTreeSet<String>;

impl Lowering<'_> {
    /// The schemes, all of which a bearer token must satisfy, and the types for those of them by which a
    /// program can sign in on its own.
    pub fn security_schemes(&mut self, servers: &[Server]) -> (Schemes, Vec<CredentialType>) {
        let mut types = Vec::new();
        let document = self.document;
        let Some(components) = &document.openapi.components else { return (Schemes::new(), types) };
        let origin = Origin::new("").child("components").child("securitySchemes");
        for (name, scheme) in &components.security_schemes {
            let origin = origin.child(name);
            let Some((scheme, origin)) = self.resolve::<SecurityScheme, _>(scheme, &origin) else { continue };
            if let SecurityScheme::OAuth2 { flows, description, extensions } = &*scheme {
                types.extend(self.credential_types(name, flows, extensions, description.as_ref(), servers, &origin));
            }
            self.takes_bearer(&scheme, &origin);
        }
        (components.security_schemes.keys().cloned().collect(), types)
    }

    fn takes_bearer(&mut self, scheme: &SecurityScheme, origin: &Origin) {
        let message = match scheme {
            SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => return,
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => return,
            SecurityScheme::HTTP { scheme, .. } => format!("signing in by HTTP `{scheme}` is not generated yet"),
            SecurityScheme::APIKey { .. } => "signing in by an API key is not generated yet".to_owned(),
        };
        self.push(Diagnostic::error(Rule::UnsupportedSecurity, origin, message).on_key());
    }

    /// Whether an operation sends the credential: one of the alternatives of its own `security`, or
    /// else of the document's, wants one.
    pub fn is_authenticated(
        &mut self,
        own: Option<&Vec<SecurityRequirement>>,
        schemes: &Schemes,
        origin: &Origin,
    ) -> bool {
        let root = Origin::new("");
        let document = self.document;
        let (requirements, origin) = match own {
            Some(own) => (Some(own), origin),
            None => (document.openapi.security.as_ref(), &root),
        };
        let origin = origin.child("security");
        let mut authenticated = false;
        for (index, requirement) in requirements.into_iter().flatten().enumerate() {
            let origin = origin.child(index.to_string());
            for name in requirement.keys() {
                if !schemes.contains(name) {
                    let message = format!("no such security scheme: `{name}`");
                    let diagnostic =
                        Diagnostic::error(Rule::UnresolvedReference, &origin.child(name), message).on_key();
                    self.push(match parse::closest(name, schemes.iter().map(String::as_str)) {
                        Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
                        None => diagnostic,
                    });
                }
            }
            if requirement.len() > 1 {
                let message = "signing in by several schemes at once is not generated yet";
                self.push(Diagnostic::error(Rule::UnsupportedSecurity, &origin, message));
            }
            authenticated |= !requirement.is_empty();
        }
        authenticated
    }
}
