//! Security schemes that lack what says how to sign in, or say what OpenAPI does not know.

use serde_json::{Map, Value};

use super::Repair;
use crate::diagnostics::Diagnostic;
use crate::grammar::Version;
use crate::rule::Rule;

const MUTUAL_TLS: &str = "mutualTLS";

impl Repair {
    /// A scheme that no credential can be sent for becomes one of HTTP without a name.
    pub(super) fn security_scheme(&mut self, object: &mut Map<String, Value>) {
        let Some(kind) = self.kind_of_scheme(object) else { return };
        match kind.as_str() {
            "apikey" => self.key_scheme(object),
            "http" if is_missing(object, "scheme") => self.nameless_scheme(object),
            "oauth2" if !object.contains_key("flows") => {
                self.taken_as_empty("flows");
                object.insert("flows".to_owned(), Value::Object(Map::new()));
            }
            "openidconnect" if !object.contains_key("openIdConnectUrl") => {
                self.taken_as_empty("openIdConnectUrl");
                object.insert("openIdConnectUrl".to_owned(), "".into());
            }
            _ => {}
        }
    }

    /// The type in lower case; `None` for what is dealt with.
    fn kind_of_scheme(&mut self, object: &mut Map<String, Value>) -> Option<String> {
        let kind = object.get("type").and_then(Value::as_str).map(str::to_ascii_lowercase);
        match kind.as_deref() {
            Some("apikey" | "http" | "oauth2" | "openidconnect") => kind,
            Some(scheme @ ("basic" | "bearer")) => {
                self.says_of(
                    "type",
                    format!("there is no type `{scheme}`; it is read as `http` with the scheme `{scheme}`"),
                    format!("write `type: http` and `scheme: {scheme}`"),
                );
                object.insert("type".to_owned(), "http".into());
                object.insert("scheme".to_owned(), scheme.into());
                None
            }
            Some("mutualtls") if self.version > Version::V3_0 => {
                self.certificate(object);
                None
            }
            Some(_) => {
                let message =
                    format!("OpenAPI {} has no such type; operations are sent without this scheme", self.version);
                let others = if self.version > Version::V3_0 { ", `mutualTLS`" } else { "" };
                self.says_of(
                    "type",
                    message,
                    format!("it may be `apiKey`, `http`{others}, `oauth2` or `openIdConnect`"),
                );
                unusable(object);
                None
            }
            None => self.guessed_kind(object),
        }
    }

    /// A certificate of the client. Nothing of it is sent, so that a word that is only like it may be anything.
    fn certificate(&mut self, object: &mut Map<String, Value>) {
        let Some(written) = object.get("type").and_then(Value::as_str).filter(|kind| *kind != MUTUAL_TLS) else {
            return;
        };
        let message = format!("there is no type `{written}`");
        let diagnostic = Diagnostic::error(Rule::InvalidValue, &self.path.origin(Some("type")), message);
        self.messages.push(diagnostic.help(format!("did you mean `{MUTUAL_TLS}`?")));
        unusable(object);
    }

    /// The type, by the members that only one of them has.
    fn guessed_kind(&mut self, object: &mut Map<String, Value>) -> Option<String> {
        let members =
            [("flows", "oauth2"), ("openIdConnectUrl", "openIdConnect"), ("scheme", "http"), ("in", "apiKey")];
        let Some((member, kind)) = members.into_iter().find(|(member, _)| object.contains_key(*member)) else {
            self.says_of_key(
                "this Security Scheme Object has no `type`; operations are sent without it",
                "write `type`, and what it needs",
            );
            unusable(object);
            return None;
        };
        self.says_of_key(
            format!("the member `type` of this Security Scheme Object is missing; by its `{member}` it is `{kind}`"),
            format!("write `type: {kind}`"),
        );
        object.insert("type".to_owned(), kind.into());
        Some(kind.to_ascii_lowercase())
    }

    fn key_scheme(&mut self, object: &mut Map<String, Value>) {
        let place = object.get("in").and_then(Value::as_str).map(str::to_ascii_lowercase);
        if is_missing(object, "name") {
            self.says_of_key(
                "the `name` of this key is missing; operations are sent without it",
                "write `name`: what the header, the query parameter or the cookie is called",
            );
            unusable(object);
        } else if is_missing(object, "in") {
            self.says_of_key("it is not said where this key is sent; it is sent as a header", "write `in: header`");
            object.insert("in".to_owned(), "header".into());
        } else if !matches!(place.as_deref(), Some("header" | "query" | "cookie")) {
            self.says_of(
                "in",
                "a key cannot be sent here; operations are sent without it",
                "it may be in `header`, `query` or `cookie`",
            );
            unusable(object);
        }
    }

    fn nameless_scheme(&mut self, object: &mut Map<String, Value>) {
        if !is_missing(object, "bearerFormat") {
            self.says_of_key("the `scheme` is missing; by its `bearerFormat` it is `bearer`", "write `scheme: bearer`");
            object.insert("scheme".to_owned(), "bearer".into());
            return;
        }
        self.says_of_key(
            "the `scheme` is missing; callers give the whole header `Authorization`",
            "write `scheme`, such as `basic` or `bearer`",
        );
        object.remove("scheme");
        for (name, value) in [("type", "apiKey"), ("in", "header"), ("name", "Authorization")] {
            object.insert(name.to_owned(), value.into());
        }
    }

    fn taken_as_empty(&mut self, member: &str) {
        self.says_of_key(
            format!("the member `{member}` of this Security Scheme Object is missing; it is taken as empty"),
            format!("write `{member}`"),
        );
    }
}

fn is_missing(object: &Map<String, Value>, member: &str) -> bool {
    object.get(member).is_none_or(|value| value.is_null() || value.as_str() == Some(""))
}

fn unusable(object: &mut Map<String, Value>) {
    object.clear();
    object.insert("type".to_owned(), "http".into());
    object.insert("scheme".to_owned(), "".into());
}
