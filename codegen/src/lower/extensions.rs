//! The `x-` extensions that the generator understands.

use indexmap::IndexMap;
use serde_json::Value;

use super::Lowering;
use crate::api::{CallId, Name, Origin};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

type Extensions = IndexMap<String, Value>;

impl Lowering<'_> {
    /// A name with its override, if the extensions have one.
    pub fn name(&mut self, wire: impl Into<String>, extensions: &Extensions, origin: &Origin) -> Name {
        Name::new(wire, self.rust_name(extensions, origin))
    }

    fn rust_name(&mut self, extensions: &Extensions, origin: &Origin) -> Option<String> {
        let value = extensions.get("x-rust-name")?;
        if let Some(text) = value.as_str() {
            return Some(text.to_owned());
        }
        self.invalid(&origin.child("x-rust-name"), "`x-rust-name` must be text");
        None
    }

    /// The Rust names of an enumeration's values, as many as there are values.
    pub fn variant_names(&mut self, extensions: &Extensions, values: usize, origin: &Origin) -> Option<Vec<String>> {
        let value = extensions.get("x-enum-varnames")?;
        let names: Option<Vec<_>> =
            value.as_array().and_then(|names| names.iter().map(|name| name.as_str().map(str::to_owned)).collect());
        match names {
            Some(names) if names.len() == values => Some(names),
            _ => {
                let message = format!("`x-enum-varnames` must be a list of {values} names, one for each value");
                self.invalid(&origin.child("x-enum-varnames"), message);
                None
            }
        }
    }

    /// What a header parameter identifies, if it does.
    pub fn call_id(&mut self, extensions: &Extensions, origin: &Origin) -> Option<CallId> {
        match extensions.get("x-call-id")?.as_str() {
            Some("request") => Some(CallId::Request),
            Some("correlation") => Some(CallId::Correlation),
            _ => {
                self.invalid(&origin.child("x-call-id"), "`x-call-id` must be `request` or `correlation`");
                None
            }
        }
    }

    /// Whether an operation may be repeated without harm, if the description says so.
    pub fn idempotent(&mut self, extensions: &Extensions, origin: &Origin) -> Option<bool> {
        let value = extensions.get("x-idempotent")?;
        if value.as_bool().is_none() {
            self.invalid(&origin.child("x-idempotent"), "`x-idempotent` must be `true` or `false`");
        }
        value.as_bool()
    }

    /// Whether an operation is not to be generated.
    pub fn is_skipped(&mut self, extensions: &Extensions, origin: &Origin) -> bool {
        let Some(value) = extensions.get("x-rust-skip") else { return false };
        if value.as_bool().is_none() {
            self.invalid(&origin.child("x-rust-skip"), "`x-rust-skip` must be `true` or `false`");
        }
        value.as_bool() == Some(true)
    }

    pub fn invalid(&mut self, origin: &Origin, message: impl Into<String>) {
        self.push(Diagnostic::error(Rule::InvalidExtension, origin, message));
    }
}
