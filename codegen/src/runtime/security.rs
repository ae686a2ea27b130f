//! Which of its credentials a client sends with a call.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::credential::{BEARER, Credential};
use super::key::{Key, Place};
use super::secrets::Secrets;

/// A way to sign in that an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Any bearer token.
    Token,
    /// A security scheme of the API description that takes a bearer token: one that was made for it,
    /// else one that was made for none in particular.
    Bearer(&'static str),
    /// Another security scheme, which takes nothing but what was made for it.
    Own(&'static str),
    /// All that the client has, whatever it is for; of several for the same place, the first.
    Every,
}

/// What an operation takes: all the schemes of one of these. An empty list among them means that it can do
/// without; no list at all means that it wants nothing.
pub type Alternatives = &'static [&'static [Scheme]];

/// What operations take unless they say otherwise.
pub const ANY_TOKEN: Alternatives = &[&[Scheme::Token]];

impl Scheme {
    /// The credentials for it, among those of a client.
    fn find(self, held: &[Credential]) -> Option<Vec<&Credential>> {
        let of = |scheme| held.iter().find(|credential| credential.scheme() == scheme).map(|found| vec![found]);
        match self {
            Self::Token => of(None),
            Self::Bearer(name) => of(Some(name)).or_else(|| of(None)),
            Self::Own(name) => of(Some(name)),
            Self::Every => Some(in_places_of_their_own(held)),
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token => f.write_str(BEARER),
            Self::Bearer(name) => write!(f, "`{name}` ({BEARER})"),
            Self::Own(name) => write!(f, "`{name}`"),
            Self::Every => f.write_str("any credential"),
        }
    }
}

/// What requests of the caller's own are signed with.
pub const EVERY_CREDENTIAL: Alternatives = &[&[Scheme::Every]];

/// Those that can be sent together.
fn in_places_of_their_own(held: &[Credential]) -> Vec<&Credential> {
    let is_first = |(at, credential): &(usize, &Credential)| {
        !held[..*at].iter().any(|before| before.place().is_same(credential.place()))
    };
    held.iter().enumerate().filter(is_first).map(|(_, credential)| credential).collect()
}

/// What a call is signed with.
#[derive(Clone, Default)]
pub struct Signing {
    /// Gives the token of each attempt.
    pub token: Option<Credential>,
    /// The same for each attempt.
    pub keys: Vec<Arc<Key>>,
}

impl Signing {
    /// The first of the `wanted` alternatives of which `held` has everything.
    ///
    /// A client without any credential leaves signing to its transport, or to nobody.
    pub fn choose(wanted: Alternatives, held: &[Credential]) -> Result<Self, MissingCredential> {
        let alternatives = wanted.iter().filter(|alternative| !alternative.is_empty());
        let mut complete = alternatives
            .filter_map(|schemes| schemes.iter().map(|scheme| scheme.find(held)).collect::<Option<Vec<_>>>());
        let can_do_without = wanted.is_empty() || wanted.contains(&[].as_slice());
        match complete.next() {
            Some(credentials) => Ok(Self::of(&credentials.concat())),
            None if can_do_without || held.is_empty() => Ok(Self::default()),
            None => Err(MissingCredential { wanted, held: held.iter().map(Credential::scheme).collect() }),
        }
    }

    fn of(credentials: &[&Credential]) -> Self {
        let keys = credentials.iter().filter_map(|credential| credential.key()).collect();
        let token = credentials.iter().find(|credential| credential.key().is_none());
        Self { token: token.map(|credential| (*credential).clone()), keys }
    }

    /// Where it stands.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + Clone {
        let token = self.token.iter().map(Credential::place);
        token.chain(self.keys.iter().map(|key| key.place))
    }

    /// What must not be shown, should a server repeat it; `authorization` is the header of the token.
    pub fn secrets(&self, authorization: Option<&HeaderValue>) -> Option<Secrets> {
        let keys = self.keys.iter().flat_map(|key| key.secrets());
        (!self.keys.is_empty() || authorization.is_some()).then(|| Secrets::of_call(authorization, keys))
    }
}

/// The client has no credential that the operation takes, so the call was not sent.
///
/// Its Display says what would do.
#[derive(Clone, Debug)]
pub struct MissingCredential {
    wanted: Alternatives,
    /// The schemes that the client has credentials for.
    held: Vec<Option<&'static str>>,
}

impl fmt::Display for MissingCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let alternatives: Vec<_> = self.wanted.iter().map(|schemes| together(schemes)).collect();
        let held = self.held.iter().map(|scheme| scheme.map_or(BEARER.to_owned(), |name| format!("`{name}`")));
        write!(
            f,
            "the client has no credential for it: it takes {}, and the client has {}; give the client one more \
             with `ClientBuilder::credential`",
            alternatives.join(", or "),
            held.collect::<Vec<_>>().join(", ")
        )
    }
}

fn together(schemes: &[Scheme]) -> String {
    let schemes: Vec<_> = schemes.iter().map(Scheme::to_string).collect();
    schemes.join(" together with ")
}

impl std::error::Error for MissingCredential {}
