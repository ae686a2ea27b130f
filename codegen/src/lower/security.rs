//! `securitySchemes` and `security`: which operations send the credential.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::parse;
use crate::rule::Rule;

/// The names of the document's schemes.
pub(super) type Schemes = BTreeSet<String>;

impl Lowering<'_> {
    /// The schemes of the document, all of which a bearer token must satisfy.
    pub fn security_schemes(&mut self) -> Schemes {
        let document = self.document;
        let Some(components) = &document.openapi.components else { return Schemes::new() };
        let origin = Origin::new("").child("components").child("securitySchemes");
        for (name, scheme) in &components.security_schemes {
            self.security_scheme(scheme, &origin.child(name));
        }
        components.security_schemes.keys().cloned().collect()
    }

    /// How a token is got (flows, scopes) is not the client's matter: it is given one.
    fn security_scheme(&mut self, scheme: &ReferenceOr<SecurityScheme>, origin: &Origin) {
        let Some((scheme, origin)) = self.resolve::<SecurityScheme, _>(scheme, origin) else { return };
        let message = match &*scheme {
            SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => return,
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => return,
            SecurityScheme::HTTP { scheme, .. } => format!("signing in by HTTP `{scheme}` is not generated yet"),
            SecurityScheme::APIKey { .. } => "signing in by an API key is not generated yet".to_owned(),
        };
        self.push(Diagnostic::error(Rule::UnsupportedSecurity, &origin, message).on_key());
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
