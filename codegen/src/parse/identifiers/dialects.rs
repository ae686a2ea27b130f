//! The dialects of JSON Schema that schemas say they are of.

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::maps::HashSet;
use crate::rule::Rule;

/// Those that were told of.
#[derive(Default)]
pub(super) struct Dialects(HashSet<String>);

impl Dialects {
    /// What is said of a dialect that is not that of OpenAPI, nor the one that this is made of; once of each.
    pub fn check(&mut self, dialect: &str, at: impl FnOnce() -> Origin) -> Option<Diagnostic> {
        if is_known(dialect) || !self.0.insert(dialect.to_owned()) {
            return None;
        }
        let message = format!("`{dialect}` is not known; schemas are read as those of JSON Schema 2020-12");
        let diagnostic = Diagnostic::warning(Rule::UnsupportedVersion, &at(), message);
        Some(diagnostic.help("leave it out if they are"))
    }
}

/// `https://spec.openapis.org/oas/3.1/dialect/base`, or with a date in place of the last word; or JSON Schema 2020-12.
fn is_known(dialect: &str) -> bool {
    let dialect = dialect.strip_suffix('#').unwrap_or(dialect);
    let rest = dialect.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http"));
    let Some((_, rest)) = rest else { return false };
    if rest == "json-schema.org/draft/2020-12/schema" {
        return true;
    }
    let versions = ["spec.openapis.org/oas/3.1/dialect/", "spec.openapis.org/oas/3.2/dialect/"];
    let name = versions.iter().find_map(|version| rest.strip_prefix(version));
    let is_date = |name: &str| {
        name.len() == 10
            && name.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    };
    name.is_some_and(|name| name == "base" || is_date(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dialects_of_openapi_and_json_schema_are_known() {
        for dialect in [
            "https://spec.openapis.org/oas/3.1/dialect/base",
            "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
            "https://json-schema.org/draft/2020-12/schema",
            "https://json-schema.org/draft/2020-12/schema#",
        ] {
            assert!(is_known(dialect), "{dialect}");
        }
        for dialect in [
            "http://json-schema.org/draft-07/schema#",
            "https://spec.openapis.org/oas/3.1/dialect/latest",
            "https://spec.openapis.org/oas/3.3/dialect/base",
            "json-schema.org/draft/2020-12/schema",
            "",
        ] {
            assert!(!is_known(dialect), "{dialect}");
        }
    }
}
