//! `securitySchemes` and `security`: which operations send the credential.

use std::collections::HashMap;

use openapiv3::{ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// The schemes of the document by name: whether a bearer token satisfies it.
pub(super) type Schemes = HashMap<String, bool>;

impl Lowering<'_> {
    pub fn security_schemes(&mut self) -> Schemes {
        let document = self.document;
        let Some(components) = &document.openapi.components else { return Schemes::new() };
        let origin = Origin::new("").child("components").child("securitySchemes");
        let mut schemes = Schemes::new();
        for (name, scheme) in &components.security_schemes {
            let bearer = self.is_bearer(scheme, &origin.child(name));
            schemes.insert(name.clone(), bearer);
        }
        schemes
    }

    fn is_bearer(&mut self, scheme: &ReferenceOr<SecurityScheme>, origin: &Origin) -> bool {
        let Some((scheme, origin)) = self.resolve::<SecurityScheme, _>(scheme, origin) else { return false };
        match &*scheme {
            SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => true,
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => true,
            SecurityScheme::HTTP { scheme, .. } => {
                let message = format!("signing in by HTTP `{scheme}` is not generated yet");
                self.push(Diagnostic::error(Rule::UnsupportedSecurity, &origin, message).on_key());
                false
            }
            SecurityScheme::APIKey { .. } => {
                let message = "signing in by an API key is not generated yet";
                self.push(Diagnostic::error(Rule::UnsupportedSecurity, &origin, message).on_key());
                false
            }
        }
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
                if !schemes.contains_key(name) {
                    let message = format!("no such security scheme: `{name}`");
                    self.push(Diagnostic::error(Rule::UnresolvedReference, &origin.child(name), message).on_key());
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
