//! Secrets that are sent as they are: API keys, and what HTTP schemes put behind their names.

use std::fmt;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::credential::CredentialError;
use super::request::{Request, encode};
use super::request_error::RequestError;

/// A secret, and the place of a request that it is sent in.
#[derive(Clone)]
pub struct Key {
    pub(super) place: Place,
    /// What stands before it in a header: the name of an HTTP scheme.
    scheme: Option<&'static str>,
    value: SecretString,
    /// The part of the value that must not be shown alone either, as it was before it was encoded.
    pub(super) part: Option<SecretString>,
    /// Why there is no value.
    pub(super) fault: Option<CredentialError>,
}

/// Where a key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl Place {
    /// Whether it is the header `name`, or a part of it.
    pub(crate) fn is_in_header(self, name: &HeaderName) -> bool {
        match self {
            Self::Header(own) => name.as_str().eq_ignore_ascii_case(own),
            Self::Cookie(_) => *name == COOKIE,
            Self::Query(_) => false,
        }
    }

    /// Whether only one value can stand in both.
    pub(crate) fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Header(one), Self::Header(other)) => one.eq_ignore_ascii_case(other),
            (one, other) => one == other,
        }
    }

    /// Whether it is the query parameter `name`.
    pub(crate) fn is_in_query(self, name: &str) -> bool {
        matches!(self, Self::Query(own) if own == name)
    }

    /// What can stand there, in words.
    pub fn signs(self) -> &'static str {
        match self {
            Self::Header(_) => "only visible ASCII can be sent, with spaces in between",
            Self::Query(_) => "no line break can be sent, nor a space at its beginning or end",
            Self::Cookie(_) => "only visible ASCII can be sent, without quotes, commas, semicolons and backslashes",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Query(name) => write!(f, "the query parameter `{name}`"),
            Self::Cookie(name) => write!(f, "the cookie `{name}`"),
        }
    }
}

impl Key {
    fn new(place: Place, key: impl Into<SecretString>) -> Self {
        Self { place, scheme: None, value: key.into(), part: None, fault: None }
    }

    /// The value of the header `name`.
    pub fn header(name: &'static str, key: impl Into<SecretString>) -> Self {
        Self::new(Place::Header(name), key)
    }

    /// The value of the query parameter `name`.
    pub fn query(name: &'static str, key: impl Into<SecretString>) -> Self {
        Self::new(Place::Query(name), key)
    }

    /// The value of the cookie `name`, which must be a token of HTTP.
    pub fn cookie(name: &'static str, key: impl Into<SecretString>) -> Self {
        Self::new(Place::Cookie(name), key)
    }

    /// What stands behind the name of an HTTP scheme in the header `Authorization`.
    pub fn http(scheme: &'static str, key: impl Into<SecretString>) -> Self {
        Self { scheme: Some(scheme), ..Self::header("Authorization", key) }
    }

    /// Whether it can be sent in its place.
    pub fn check(&self) -> Result<(), CredentialError> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let value = self.value.expose_secret();
        let is_trimmed = value.trim() == value;
        let fits = match self.place {
            Place::Header(_) => is_trimmed && value.bytes().all(|byte| matches!(byte, b' '..=b'~')),
            Place::Query(_) => is_trimmed && !value.contains(char::is_control),
            Place::Cookie(_) => unquoted(value).bytes().all(is_cookie_octet),
        };
        match value {
            "" => Err(CredentialError::KeyEmpty(self.place)),
            _ if fits => Ok(()),
            _ => Err(CredentialError::KeyCharacter(self.place)),
        }
    }

    /// Puts it where it belongs, in the place of what is there.
    pub fn put(&self, request: &mut Request) {
        let value = self.value.expose_secret();
        match self.place {
            Place::Header(name) => match self.header_value() {
                Some((header, value)) => request.secret_header(header, value),
                None => request.fail(RequestError::header(name)),
            },
            Place::Query(name) => request.set_query(name, format!("{}={}", encode(name), encode(value))),
            Place::Cookie(name) => request.set_cookie(name, format!("{name}={value}")),
        }
    }

    /// The header, with a mark so that nothing prints it.
    fn header_value(&self) -> Option<(HeaderName, HeaderValue)> {
        let Place::Header(name) = self.place else { return None };
        let name = if self.scheme.is_some() { AUTHORIZATION } else { HeaderName::try_from(name).ok()? };
        let value = self.value.expose_secret();
        let text = self.scheme.map_or_else(|| value.to_owned(), |scheme| format!("{scheme} {value}"));
        let mut value = HeaderValue::try_from(text).ok()?;
        value.set_sensitive(true);
        Some((name, value))
    }

    /// What must not be shown.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        [Some(&self.value), self.part.as_ref()].into_iter().flatten()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The value of a cookie without the quotes that it may stand in.
fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

/// What the value of a cookie consists of: RFC 6265, section 4.1.1.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}
