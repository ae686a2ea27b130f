//! The `x-` extensions that the generator understands.

use super::ground::Ground;
use http::HeaderName;

use crate::api::{CallId, Name, Origin};
use crate::description::Extensions;
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

impl Ground<'_> {
    /// A name with its override, if the extensions have one.
    pub fn name(&self, wire: impl Into<String>, extensions: Extensions<'_>, origin: &Origin) -> Name {
        Name::new(wire, self.rust_name(extensions, origin))
    }

    fn rust_name(&self, extensions: Extensions<'_>, origin: &Origin) -> Option<String> {
        let value = extensions.get("x-rust-name")?;
        if let Some(text) = value.as_str() {
            return Some(text.to_owned());
        }
        self.invalid(&origin.child("x-rust-name"), "`x-rust-name` must be text");
        None
    }

    /// The names that an enumeration has for its values, of which those that are not `null` need one: as
    /// many as there are values, or as need one.
    pub fn variant_names(
        &self,
        extensions: Extensions<'_>,
        needs_name: impl Iterator<Item = bool> + Clone,
        origin: &Origin,
    ) -> Option<Vec<Option<String>>> {
        let names = extensions.get("x-enum-varnames")?;
        let all = needs_name.clone().count();
        let needed = needs_name.clone().filter(|needs| *needs).count();
        let Some(names) = names.as_array().filter(|names| names.len() == all || names.len() == needed) else {
            let message = format!("`x-enum-varnames` must be a list of {needed} names, one for each value");
            self.odd_varnames(origin, format!("{message}; it is ignored"));
            return None;
        };
        let has_all = names.len() == all;
        let mut names = names.iter().map(|name| name.as_str().map(str::to_owned));
        Some(needs_name.map(|needs| if has_all || needs { names.next().flatten() } else { None }).collect())
    }

    /// Other generators have these names too, so what cannot be used is no reason to refuse anything.
    pub fn odd_varnames(&self, origin: &Origin, message: impl Into<String>) {
        self.push(Diagnostic::warning(Rule::InvalidExtension, &origin.child("x-enum-varnames"), message));
    }

    /// What a header parameter identifies, if it does.
    pub fn call_id(&self, extensions: Extensions<'_>, origin: &Origin) -> Option<CallId> {
        match extensions.get("x-call-id")?.as_str() {
            Some("request") => Some(CallId::Request),
            Some("correlation") => Some(CallId::Correlation),
            Some("idempotency") => Some(CallId::Idempotency),
            _ => {
                let message = "`x-call-id` must be `request`, `correlation` or `idempotency`";
                self.invalid(&origin.child("x-call-id"), message);
                None
            }
        }
    }

    /// The header by which the service knows each call again that must not be made twice.
    pub fn idempotency_key(&self) -> Option<String> {
        let value = self.document.about().extensions.get("x-idempotency-key")?;
        let name = value.as_str().filter(|name| HeaderName::try_from(*name).is_ok());
        if name.is_none() {
            let at = Origin::new("").child("x-idempotency-key");
            self.invalid(&at, "`x-idempotency-key` must be the name of a header");
        }
        name.map(str::to_owned)
    }

    /// Whether an operation may be repeated without harm, if the description says so.
    pub fn idempotent(&self, extensions: Extensions<'_>, origin: &Origin) -> Option<bool> {
        let value = extensions.get("x-idempotent")?;
        if value.as_bool().is_none() {
            self.invalid(&origin.child("x-idempotent"), "`x-idempotent` must be `true` or `false`");
        }
        value.as_bool()
    }

    /// Whether an operation is not to be generated.
    pub fn is_skipped(&self, extensions: Extensions<'_>, origin: &Origin) -> bool {
        let Some(value) = extensions.get("x-rust-skip") else { return false };
        if value.as_bool().is_none() {
            self.invalid(&origin.child("x-rust-skip"), "`x-rust-skip` must be `true` or `false`");
        }
        value.as_bool() == Some(true)
    }

    pub fn invalid(&self, origin: &Origin, message: impl Into<String>) {
        self.push(Diagnostic::error(Rule::InvalidExtension, origin, message));
    }
}
