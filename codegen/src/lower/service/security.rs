//! `securitySchemes` and `security`: how callers can sign in, and what operations ask for.

use std::collections::BTreeSet;

use http::HeaderName;
use serde_json::Value;

use super::Service;
use crate::api::{Certificate, CredentialKind, CredentialType, Location, Origin, Scheme, Security};
use crate::description::{Extensions, Flows, Read as _, Requirement, SchemeKind, SecurityScheme};
use crate::diagnostics::Diagnostic;
use crate::maps::{HashSet, IndexMap, IndexSet};
use crate::pointer;
use crate::rule::Rule;
use crate::texts::{Doc, Paragraph, Prose, code, joined, said};

/// The schemes of the document by their names; `None` for one that no credential is sent for.
pub(in crate::lower) type Schemes = IndexMap<String, Option<Known>>;

/// What operations have to know about a scheme.
pub(in crate::lower) struct Known {
    scheme: Scheme,
    slot: Slot,
}

/// The place of a request that a scheme takes. A header is in lower case.
type Slot = (Location, String);

/// The slot of a token.
const TOKEN: (Location, &str) = (Location::Header, "authorization");

/// A scheme, as it is described.
struct Described<'a> {
    kind: &'a SchemeKind<'a>,
    origin: &'a Origin,
    doc: Doc,
    deprecated: bool,
    extensions: Extensions<'a>,
}

impl<'a> Service<'_, 'a> {
    /// The schemes, and the types of what satisfies them.
    pub fn security_schemes(&self) -> (Schemes, Vec<CredentialType>, Vec<Certificate>) {
        let (mut schemes, mut types, mut certificates) = (Schemes::default(), Vec::new(), Vec::new());
        let document = self.ground.document;
        let origin = Origin::new("").child("components").child("securitySchemes");
        for (name, scheme) in document.components("securitySchemes") {
            let origin = origin.child(name);
            if !self.ground.leads_somewhere(scheme, &origin) {
                continue;
            }
            let Some((scheme, place)) = self.ground.resolve::<SecurityScheme<'_>>(scheme, &origin) else { continue };
            if matches!(scheme.kind, SchemeKind::MutualTls) {
                // It comes with the connection, so that there is nothing to send.
                schemes.insert(name.to_owned(), None);
                certificates.push(Certificate { scheme: name.to_owned(), doc: Doc::of([scheme.description]) });
                continue;
            }
            let own = self.credentials_of(name, &scheme, &place);
            schemes.insert(name.to_owned(), own.first().map(known));
            types.extend(own);
        }
        (schemes, types, certificates)
    }

    /// The types of what satisfies a scheme: several for the flows of one, else one at most.
    fn credentials_of(&self, name: &str, scheme: &SecurityScheme<'_>, origin: &Origin) -> Vec<CredentialType> {
        let SecurityScheme { description, deprecated, metadata_url, kind, extensions } = scheme;
        if let SchemeKind::OAuth2(flows) = kind {
            let types = self.credential_types(name, *flows, scheme, origin);
            if !types.is_empty() {
                return types;
            }
        }
        let doc = Doc::of([*description]).and(about(kind)).and(metadata(*metadata_url));
        let described = Described { kind, origin, doc, deprecated: *deprecated, extensions: *extensions };
        self.credential_of(name, described).into_iter().collect()
    }

    /// The type of what callers have at hand.
    fn credential_of(&self, name: &str, described: Described<'_>) -> Option<CredentialType> {
        let Described { kind, origin, doc, deprecated, extensions } = described;
        let kind = match *kind {
            SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => CredentialKind::Token,
            SchemeKind::Http { scheme, .. } => self.http_scheme(scheme, origin)?,
            SchemeKind::ApiKey { location, name } => self.key(location, name, origin)?,
            SchemeKind::MutualTls => return None,
        };
        let scheme = match kind {
            CredentialKind::Flow(_) | CredentialKind::Token => Scheme::Bearer(name.to_owned()),
            CredentialKind::Basic | CredentialKind::Http(_) | CredentialKind::Key(..) => Scheme::Own(name.to_owned()),
        };
        let name = self.ground.name(name, extensions, origin);
        Some(CredentialType { name, scheme, is_bound: false, kind, deprecated, doc, origin: origin.clone() })
    }

    fn http_scheme(&self, scheme: &str, origin: &Origin) -> Option<CredentialKind> {
        match scheme.to_ascii_lowercase().as_str() {
            // What stood here could not be read, which was said then.
            "" => None,
            "bearer" => Some(CredentialKind::Token),
            "basic" => Some(CredentialKind::Basic),
            _ if is_token(scheme) => Some(CredentialKind::Http(scheme.to_owned())),
            _ => {
                let message = format!("`{scheme}` is not the name of an HTTP scheme; callers give the whole header");
                let diagnostic = Diagnostic::warning(Rule::UnsupportedSecurity, &origin.child("scheme"), message);
                self.ground
                    .push(diagnostic.help("write a word such as `bearer`, without what follows it in the header"));
                Some(CredentialKind::Key(Location::Header, "Authorization".to_owned()))
            }
        }
    }

    fn key(&self, location: &str, name: &str, origin: &Origin) -> Option<CredentialKind> {
        let (location, fits) = match location {
            "query" => (Location::Query, !name.is_empty()),
            "header" => (Location::Header, HeaderName::try_from(name).is_ok()),
            _ => (Location::Cookie, is_token(name)),
        };
        if !fits {
            let message = format!(
                "{name:?} cannot be the name of a {}; operations are sent without this scheme",
                location.name()
            );
            let diagnostic = Diagnostic::warning(Rule::UnsupportedSecurity, &origin.child("name"), message);
            self.ground.push(diagnostic.help("a layer around the transport can sign requests"));
            return None;
        }
        Some(CredentialKind::Key(location, name.to_owned()))
    }

    /// What an operation asks for: its own `security`, or else the document's.
    pub fn security(&self, own: Option<&[Value]>, origin: &Origin) -> Security {
        let root = Origin::new("");
        let document = self.ground.document;
        let (requirements, origin) = match (own, document.security()) {
            (Some(own), _) => (own, origin),
            (None, Some(all)) => (all, &root),
            (None, None) => return Security::Unsaid,
        };
        let origin = origin.child("security");
        let mut alternatives: IndexSet<Vec<Scheme>> = IndexSet::default();
        let mut known = HashSet::default();
        for (index, requirement) in requirements.iter().map(Requirement::read).enumerate() {
            let (ways, is_unknown) = self.ways_to_meet(&requirement, &origin.child(index.to_string()));
            if !is_unknown {
                alternatives.extend(ways);
            } else if known.insert(ways.clone()) {
                alternatives.extend(with_any_token(&ways, &self.schemes));
            }
        }
        match alternatives.iter().all(Vec::is_empty) {
            true => Security::Nothing,
            false => Security::OneOf(alternatives.into_iter().collect()),
        }
    }

    /// The schemes that are needed together: more than one list of them, if some exclude each other. Says too
    /// whether a token is needed besides, as one of the schemes is not known.
    fn ways_to_meet(&self, requirement: &Requirement<'_>, origin: &Origin) -> (Vec<Vec<Scheme>>, bool) {
        let mut slots: IndexMap<&Slot, Vec<&Scheme>> = IndexMap::default();
        let mut is_unknown = false;
        for (name, _) in &requirement.0 {
            match self.schemes.get(*name) {
                Some(Some(known)) => slots.entry(&known.slot).or_default().push(&known.scheme),
                Some(None) => {}
                None => {
                    is_unknown = true;
                    self.no_such_scheme(name, &origin.child(name));
                }
            }
        }
        for ((location, name), schemes) in slots.iter().filter(|(_, schemes)| schemes.len() > 1) {
            let names: Vec<_> = schemes.iter().map(|scheme| format!("`{}`", scheme.name())).collect();
            let message = format!(
                "{} cannot be sent together, as each is the {} `{name}`; any of them will do",
                names.join(" and "),
                location.name()
            );
            let diagnostic = Diagnostic::warning(Rule::UnsupportedSecurity, origin, message);
            self.ground.push(diagnostic.help("list schemes that each will do as items of their own"));
        }
        let count = slots.values().map(Vec::len).max().unwrap_or(1);
        let nth =
            |index: usize, schemes: &Vec<&Scheme>| schemes.get(index).or(schemes.last()).map(|one| (*one).clone());
        let way = |index: usize| slots.values().filter_map(|schemes| nth(index, schemes)).collect();
        let ways: Vec<_> = (0..count).map(way).collect();
        let has_token = slots.keys().any(|(location, name)| (*location, name.as_str()) == TOKEN);
        (ways, is_unknown && !has_token)
    }

    fn no_such_scheme(&self, name: &str, origin: &Origin) {
        // Once is enough.
        if !self.missing_schemes.borrow_mut().insert(name.to_owned()) {
            return;
        }
        let message = format!("no such security scheme: `{name}`; calls are sent with the token that the client has");
        let diagnostic = Diagnostic::warning(Rule::UnresolvedReference, origin, message).on_key();
        let close = self
            .ground
            .references
            .meant(self.ground.document, &format!("/components/securitySchemes/{}", pointer::escape(name)));
        // One that leads nowhere was left out, which was said.
        self.ground.push(match close.filter(|close| *close != name) {
            Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
            None => diagnostic.help("describe it under `components`, `securitySchemes`"),
        });
    }

    /// What is said about an operation that asks for something else than the others.
    pub fn asks(&self, own: &[Value]) -> Option<Paragraph> {
        let document = self.ground.document.security();
        if document == Some(own) || (document.is_none() && own.is_empty()) {
            return None;
        }
        let schemes: Vec<_> = own.iter().map(Requirement::read).collect();
        let alternatives: Vec<_> = schemes.iter().filter(|schemes| !schemes.0.is_empty()).map(together).collect();
        let optional = schemes.iter().any(|schemes| schemes.0.is_empty());
        let is_empty = alternatives.is_empty();
        let alternatives = joined(alternatives, ", or ");
        Some(match (is_empty, optional) {
            (true, _) => "Needs no credential.".into(),
            (false, false) => (said("Needs ") + alternatives + ".").into(),
            (false, true) => (said("Takes ") + alternatives + ", and needs none.").into(),
        })
    }
}

/// The same ways, each with a token for any scheme that takes one; and as they are, for whoever has none.
fn with_any_token(ways: &[Vec<Scheme>], schemes: &Schemes) -> Vec<Vec<Scheme>> {
    let known = schemes.values().flatten().map(|known| &known.scheme);
    let mut tokens: Vec<_> = known.filter(|scheme| matches!(scheme, Scheme::Bearer(_))).cloned().collect();
    if tokens.is_empty() {
        tokens.push(Scheme::Token);
    }
    let with = |way: &Vec<Scheme>, token: &Scheme| way.iter().chain([token]).cloned().collect();
    let signed = ways.iter().flat_map(|way| tokens.iter().map(move |token| with(way, token)));
    signed.chain(ways.iter().cloned()).collect()
}

/// Schemes that are needed at once, each with its scopes.
fn together(schemes: &Requirement<'_>) -> Prose {
    let each = schemes.0.iter().map(|(name, scopes)| match scopes.as_slice() {
        [] => code(name),
        scopes => code(name) + " with " + joined(scopes.iter().map(|scope| code(scope)), ", "),
    });
    joined(each, " together with ")
}

fn known(credential: &CredentialType) -> Known {
    let slot = match &credential.kind {
        CredentialKind::Key(Location::Header, name) => (Location::Header, name.to_ascii_lowercase()),
        CredentialKind::Key(location, name) => (*location, name.clone()),
        _ => (TOKEN.0, TOKEN.1.to_owned()),
    };
    Known { scheme: credential.scheme.clone(), slot }
}

/// What a scheme says about itself beside its description.
fn about(kind: &SchemeKind<'_>) -> Option<Prose> {
    match *kind {
        SchemeKind::Http { bearer_format: Some(format), .. } if !format.is_empty() => {
            Some(said("A bearer token of the format ") + code(format) + ".")
        }
        SchemeKind::OpenIdConnect(address) if !address.is_empty() => {
            Some(said("A bearer token from the service that is described at ") + code(address) + ".")
        }
        SchemeKind::OAuth2(flows) => sign_in(flows),
        _ => None,
    }
}

/// Where the token service says what it can do.
pub(super) fn metadata(url: Option<&str>) -> Option<Prose> {
    let url = url.filter(|url| !url.is_empty())?;
    Some(said("The token service describes itself at ") + code(url) + ".")
}

/// Where people sign in, by the flows that need one.
fn sign_in(flows: Flows<'_>) -> Option<Prose> {
    let flow = |name| flows.get(name);
    let (implicit, password) = (flow("implicit"), flow("password"));
    let (client_credentials, authorization_code) = (flow("clientCredentials"), flow("authorizationCode"));
    let addresses = [
        implicit.map(|flow| flow.authorization_url),
        password.map(|flow| flow.token_url),
        client_credentials.map(|flow| flow.token_url),
        authorization_code.map(|flow| flow.authorization_url),
        flow("deviceAuthorization").map(|flow| flow.device_authorization_url),
    ];
    let addresses: BTreeSet<_> = addresses.into_iter().flatten().filter(|url| !url.is_empty()).collect();
    let is_empty = addresses.is_empty();
    let addresses = joined(addresses.into_iter().map(code), " or ");
    (!is_empty).then(|| said("A bearer token from ") + addresses + ".")
}

/// Whether HTTP has such words, as the names of schemes and cookies are.
fn is_token(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_sign)
}
