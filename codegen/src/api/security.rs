//! What operations ask callers to sign in with, and what they sign in by.

use super::{Location, Name, Origin, Segment};
use crate::texts::Doc;

/// A way to sign in: a type of the emitted crate.
#[derive(Clone, Debug)]
pub(crate) struct CredentialType {
    pub name: Name,
    /// The security scheme that it is for.
    pub scheme: Scheme,
    /// Whether it satisfies that scheme alone; set by `plan`.
    pub is_bound: bool,
    pub kind: CredentialKind,
    pub deprecated: bool,
    pub doc: Doc,
    pub origin: Origin,
}

/// A security scheme that a certificate of the client satisfies, which its transport has.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    /// As the description calls it.
    pub scheme: String,
    pub doc: Doc,
}

/// What a credential is made of.
#[derive(Clone, Debug)]
pub(crate) enum CredentialKind {
    /// What a token service takes.
    Flow(Flow),
    /// A bearer token.
    Token,
    /// A user name and a password.
    Basic,
    /// What stands behind the name of an HTTP scheme.
    Http(String),
    /// A key in a query, a header or a cookie of this name.
    Key(Location, String),
}

impl CredentialType {
    pub fn flow(&self) -> Option<&Flow> {
        match &self.kind {
            CredentialKind::Flow(flow) => Some(flow),
            _ => None,
        }
    }
}

/// A way to get tokens.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub grant: Grant,
    /// Where tokens are asked for.
    pub token: Address,
    /// Where codes are asked for that a person enters on another device.
    pub device: Option<Address>,
    /// What the addresses leave open; in Rust, parameters.
    pub variables: Vec<Name>,
    pub target: Option<Target>,
    pub correlation_header: Option<String>,
}

/// An address of a token service.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    /// The scheme and host.
    pub authority: String,
    /// The rest of it, with `{name}` for each variable.
    pub path: String,
}

impl Address {
    /// Whether it leaves something open by this name.
    pub fn has(&self, variable: &str) -> bool {
        [&self.authority, &self.path].iter().any(|part| part.contains(&format!("{{{variable}}}")))
    }
}

impl Flow {
    /// The scope that the credentials of `azure_core` can ask for in its place: only that of an
    /// application, and only one that stands for all that a resource has.
    pub fn azure_scope(&self) -> Option<&Target> {
        let is_default = |pieces: &[Segment]| {
            let text = Segment::template(pieces);
            text.ends_with("/.default") && !text.contains(' ')
        };
        match &self.target {
            Some(target @ Target::Scope(pieces)) if self.grant == Grant::ClientCredentials && is_default(pieces) => {
                Some(target)
            }
            _ => None,
        }
    }
}

/// How tokens are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grant {
    ClientCredentials,
    RefreshToken,
    DeviceCode,
}

/// What tokens are asked for; a parameter stands for the address of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Scope(Vec<Segment>),
    Resource(Vec<Segment>),
}

impl Target {
    pub fn pieces(&self) -> &[Segment] {
        let (Self::Scope(pieces) | Self::Resource(pieces)) = self;
        pieces
    }

    /// Whether it depends on the server.
    pub fn needs_server(&self) -> bool {
        self.pieces().iter().any(|piece| matches!(piece, Segment::Param(_)))
    }
}

/// A security scheme, as operations ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scheme {
    /// None of the description's: any bearer token.
    Token,
    /// One that takes a bearer token.
    Bearer(String),
    /// Any other one.
    Own(String),
}

impl Scheme {
    /// As the description calls it.
    pub fn name(&self) -> &str {
        match self {
            Self::Token => "",
            Self::Bearer(name) | Self::Own(name) => name,
        }
    }
}

/// What an operation asks callers to sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    /// Neither the operation nor the document says anything; `plan` decides.
    Unsaid,
    /// Nothing: no credential is sent.
    Nothing,
    /// Any bearer token; set by `plan`.
    Token,
    /// All schemes of one of these. It can do without if an empty list is among them.
    OneOf(Vec<Vec<Scheme>>),
}
