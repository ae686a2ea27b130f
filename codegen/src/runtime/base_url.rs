//! Where the API is: the one place that requests, and the credential, are sent to.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use http::Uri;
use http::uri::InvalidUri;

/// The address that every request of a client goes to, such as `https://api.example.com` or
/// `https://gateway.example.com/api`.
///
/// The credential is sent with the requests, so the address must use `https`; plain `http` is
/// taken for the own machine only (`localhost`, `127.0.0.0/8`, `[::1]`). A trailing slash makes
/// no difference.
///
/// ```text
/// let server: BaseUrl = "https://api.example.com".parse()?;
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    /// Scheme and authority.
    origin: String,

    /// Empty, or starting with a slash and ending without one.
    path: String,
}

impl BaseUrl {
    /// The address of a server that the API description lists. The generator has checked it.
    pub(crate) fn listed(url: &'static str) -> Self {
        let host = url.find("://").map_or(0, |colon| colon + 3);
        let path = url[host..].find('/').map_or(url.len(), |slash| host + slash);
        let (origin, path) = url.split_at(path);
        Self { origin: origin.to_owned(), path: path.trim_end_matches('/').to_owned() }
    }

    /// The address of `path`, which starts with a slash and may carry a query.
    pub(crate) fn join(&self, path: &str) -> Result<Uri, InvalidUri> {
        Uri::try_from(format!("{self}{path}"))
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        if text.contains('?') {
            return Err(BaseUrlError::Query);
        }
        // `Uri` drops a fragment in silence.
        if text.contains('#') {
            return Err(BaseUrlError::Fragment);
        }
        let uri: Uri = text.parse().map_err(BaseUrlError::Invalid)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(BaseUrlError::Relative);
        };
        if authority.as_str().contains('@') {
            return Err(BaseUrlError::UserInfo);
        }
        let scheme = scheme.to_ascii_lowercase();
        let host = authority.host().to_ascii_lowercase();
        if host.is_empty() {
            return Err(BaseUrlError::Relative);
        }
        if scheme != "https" && !(scheme == "http" && is_loopback(&host)) {
            return Err(BaseUrlError::Insecure { scheme, host });
        }
        let port = authority.as_str().strip_prefix(authority.host());
        let port = port.filter(|port| is_port(port)).ok_or(BaseUrlError::Port)?;
        Ok(Self { origin: format!("{scheme}://{host}{port}"), path: uri.path().trim_end_matches('/').to_owned() })
    }
}

impl TryFrom<&str> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(text: &str) -> Result<Self, BaseUrlError> {
        text.parse()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({self})")
    }
}

/// Whether what is sent to `host` stays on this machine.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback())
        || address.parse().is_ok_and(|ip: Ipv6Addr| ip.is_loopback())
}

/// Whether `text`, which follows the host, is nothing or `:` and a port. `Uri` takes any.
fn is_port(text: &str) -> bool {
    text.is_empty() || text.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
}

/// A text that cannot be a [`BaseUrl`]; says why, and what to write instead.
///
/// The text itself is not repeated beyond its scheme and host: it may hold a password.
#[derive(Debug)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// The text is no URL at all.
    Invalid(InvalidUri),

    /// The scheme or the host is missing.
    Relative,

    /// The credential would travel in the clear.
    Insecure {
        /// The scheme that was given.
        scheme: String,

        /// The host that was given.
        host: String,
    },

    /// There is a user name or a password before the host.
    UserInfo,

    /// What follows the host is no port.
    Port,

    /// There is a query after the path.
    Query,

    /// There is a fragment after the path.
    Fragment,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the base URL ")?;
        match self {
            Self::Invalid(fault) => write!(f, "is not a URL: {fault}"),
            Self::Relative => f.write_str("needs a scheme and a host: write it as in `https://api.example.com/path`"),
            Self::Insecure { scheme, host } => write!(
                f,
                "uses `{scheme}` for `{host}`: use `https`, because the credential is sent there \
                 (`http` is for this machine only: localhost, 127.0.0.1, [::1])"
            ),
            Self::UserInfo => {
                f.write_str("holds a user name or a password: leave it out, and give the client a credential")
            }
            Self::Port => f.write_str("has something after the host that is no port (0 to 65535)"),
            Self::Query => f.write_str("has a query: leave out the `?` and what follows it"),
            Self::Fragment => f.write_str("has a fragment: leave out the `#` and what follows it"),
        }
    }
}

impl std::error::Error for BaseUrlError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(fault) => Some(fault),
            _ => None,
        }
    }
}
