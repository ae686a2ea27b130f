//! How callers can sign in.

use serde_json::Value;

use super::object::{Members, Object};
use super::{Extensions, Read};

pub(crate) struct SecurityScheme<'a> {
    pub description: Option<&'a str>,
    pub deprecated: bool,
    /// Where the token service describes itself.
    pub metadata_url: Option<&'a str>,
    pub kind: SchemeKind<'a>,
    pub extensions: Extensions<'a>,
}

pub(crate) enum SchemeKind<'a> {
    /// A key, in the `query`, the `header` or the `cookie` of a name.
    ApiKey {
        location: &'a str,
        name: &'a str,
    },
    /// What stands behind the name of an HTTP scheme.
    Http {
        scheme: &'a str,
        bearer_format: Option<&'a str>,
    },
    /// A certificate of the client, which belongs to the connection.
    MutualTls,
    OAuth2(Flows<'a>),
    /// The address that describes the service.
    OpenIdConnect(&'a str),
}

/// The ways to a token, by their names.
#[derive(Clone, Copy)]
pub(crate) struct Flows<'a>(Members<'a>);

#[derive(Clone, Copy)]
pub(crate) struct Flow<'a> {
    pub authorization_url: &'a str,
    pub device_authorization_url: &'a str,
    pub token_url: &'a str,
    pub refresh_url: Option<&'a str>,
    /// By their names.
    pub scopes: Members<'a>,
    pub extensions: Extensions<'a>,
}

/// The schemes that are needed at once, each with its scopes.
#[derive(Clone)]
pub(crate) struct Requirement<'a>(pub Vec<(&'a str, Vec<&'a str>)>);

impl<'a> Read<'a> for SecurityScheme<'a> {
    const KIND: &'static str = "Security Scheme";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        let text = |name: &str| object.text(name).unwrap_or_default();
        let kind = match text("type") {
            "apiKey" => SchemeKind::ApiKey { location: text("in"), name: text("name") },
            "mutualTLS" => SchemeKind::MutualTls,
            "oauth2" => SchemeKind::OAuth2(Flows(object.members("flows"))),
            "openIdConnect" => SchemeKind::OpenIdConnect(text("openIdConnectUrl")),
            _ => SchemeKind::Http { scheme: text("scheme"), bearer_format: object.text("bearerFormat") },
        };
        Self {
            description: object.text("description"),
            deprecated: object.flag("deprecated"),
            metadata_url: object.text("oauth2MetadataUrl"),
            kind,
            extensions: object.extensions(),
        }
    }

    fn describe(&mut self, description: &'a str) {
        self.description = Some(description);
    }
}

impl<'a> Flows<'a> {
    pub fn get(self, name: &str) -> Option<Flow<'a>> {
        self.0.get(name).map(Flow::read)
    }
}

impl<'a> Read<'a> for Flow<'a> {
    const KIND: &'static str = "OAuth Flow";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            authorization_url: object.text("authorizationUrl").unwrap_or_default(),
            device_authorization_url: object.text("deviceAuthorizationUrl").unwrap_or_default(),
            token_url: object.text("tokenUrl").unwrap_or_default(),
            refresh_url: object.text("refreshUrl"),
            scopes: object.members("scopes"),
            extensions: object.extensions(),
        }
    }
}

impl<'a> Read<'a> for Requirement<'a> {
    const KIND: &'static str = "Security Requirement";

    fn read(value: &'a Value) -> Self {
        let schemes = Members::of(value).iter();
        let scopes = |value: &'a Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        Self(schemes.map(|(name, value)| (name, scopes(value))).collect())
    }
}
