//! Where the API is: the place that requests, and the credential, are sent to.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

use http::Uri;
use http::uri::InvalidUri;

use super::template::{self, Filling, Misplaced};

/// The address that the requests of a client go to, such as `https://api.example.com` or
/// `https://gateway.example.com/api`.
///
/// The credential is sent with the requests, so the address must use `https`; plain `http` is
/// taken for the own machine only (`localhost`, `127.0.0.0/8`, `[::1]`), unless it is asked for
/// with [`insecure`](Self::insecure). A trailing slash makes no difference.
///
/// Some APIs have operations that go to another server than the rest. They do for a client of a
/// server that the API description lists; a client of any other address, such as that of a proxy
/// or a mock, sends everything there.
///
/// ```text
/// let server: BaseUrl = "https://api.example.com".parse()?;
/// ```
#[derive(Clone)]
pub struct BaseUrl {
    /// Scheme and authority.
    origin: String,

    /// Empty, or starting with a slash and ending without one.
    path: String,

    /// How the API description writes it, if it is one of its servers.
    listed: Option<&'static str>,

    /// Whether the caller said that plain `http` is fine.
    insecure: bool,

    /// Why no request can be sent there; told when the client is built.
    fault: Option<Arc<BaseUrlError>>,
}

impl BaseUrl {
    /// The same as parsing `text`, but plain `http` is taken for any host.
    ///
    /// What is sent there, the credential above all, can be read and changed by everybody on the
    /// way: for networks that nobody else is in.
    ///
    /// # Errors
    ///
    /// If the text is no base URL.
    pub fn insecure(text: &str) -> Result<Self, BaseUrlError> {
        Ok(Self { insecure: true, ..read(text)? })
    }

    /// The address of a server that the API description lists. The generator has checked it.
    #[doc(hidden)]
    pub fn listed(url: &'static str) -> Self {
        let host = url.find("://").map_or(0, |colon| colon + 3);
        let path = url[host..].find('/').map_or(url.len(), |slash| host + slash);
        let (origin, path) = url.split_at(path);
        Self { listed: Some(url), ..Self::new(origin.to_owned(), path) }
    }

    /// The address of a server that the API description writes as `template`, with values in it.
    #[doc(hidden)]
    pub fn expanded(template: &'static str, fillings: &[Filling<'_>]) -> Self {
        let url = template::expand("", template, fillings).map_err(BaseUrlError::from);
        match url.and_then(|url| read(&url)) {
            Ok(address) => Self { listed: Some(template), ..address },
            // The values may hold what nobody should see.
            Err(fault) => Self { fault: Some(Arc::new(fault)), ..Self::new(template.to_owned(), "") },
        }
    }

    /// The address of a path under this one, which the API description writes as `template`.
    #[doc(hidden)]
    pub fn below(self, template: &str, fillings: &[Filling<'_>]) -> Self {
        if self.fault.is_some() {
            return self;
        }
        let path = template::expand("/", template, fillings).map_err(BaseUrlError::from);
        match path.and_then(|path| read(&format!("{self}/{}", path.trim_start_matches('/')))) {
            Ok(address) => Self { insecure: self.insecure, ..address },
            Err(fault) => {
                let path = format!("{}/{}", self.path, template.trim_start_matches('/'));
                Self { fault: Some(Arc::new(fault)), path, ..self }
            }
        }
    }

    /// The address of `path` on the same host.
    pub(crate) fn beside(&self, path: &str) -> Self {
        Self { path: path.trim_end_matches('/').to_owned(), ..self.clone() }
    }

    pub(crate) fn new(origin: String, path: &str) -> Self {
        let path = path.trim_end_matches('/').to_owned();
        Self { origin, path, listed: None, insecure: false, fault: None }
    }

    /// Whether `address` has the same scheme, host and port.
    pub(crate) fn is_of_origin(&self, address: &str) -> bool {
        let scheme = address.find("://").map_or(0, |colon| colon + 3);
        let end = address[scheme..].find(['/', '?', '#']).map_or(address.len(), |end| scheme + end);
        without_port(&address[..end]).eq_ignore_ascii_case(without_port(&self.origin))
    }

    /// How the API description writes it, if it is one of its servers.
    pub(crate) fn as_listed(&self) -> Option<&'static str> {
        self.listed
    }

    /// The same address, without the caller's permission for plain `http`.
    pub(crate) fn secured(self) -> Self {
        Self { insecure: false, ..self }
    }

    /// Whether requests may be sent there.
    #[doc(hidden)]
    pub fn check(&self, allow_http: bool) -> Result<(), ServerFault> {
        if let Some(fault) = &self.fault {
            return Err(ServerFault::NoUrl(self.to_string(), Arc::clone(fault)));
        }
        if allow_http || self.insecure {
            return Ok(());
        }
        match self.origin.strip_prefix("http://") {
            Some(authority) if !is_loopback(host(authority)) => Err(ServerFault::Http(self.origin.clone())),
            _ => Ok(()),
        }
    }

    /// The address of `path`, which starts with a slash and may carry a query.
    pub(crate) fn join(&self, path: &str) -> Result<Uri, InvalidUri> {
        Uri::try_from(format!("{self}{path}"))
    }
}

/// Two addresses are equal if their requests go to the same place.
impl PartialEq for BaseUrl {
    fn eq(&self, other: &Self) -> bool {
        (&self.origin, &self.path) == (&other.origin, &other.path)
    }
}

impl Eq for BaseUrl {}

impl Hash for BaseUrl {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.origin, &self.path).hash(state);
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        let url = read(text)?;
        match url.origin.split_once("://") {
            Some((scheme @ "http", authority)) if !is_loopback(host(authority)) => {
                Err(BaseUrlError::Insecure { scheme: scheme.to_owned(), host: host(authority).to_owned() })
            }
            _ => Ok(url),
        }
    }
}

/// The address that `text` is, with `https` or `http`.
fn read(text: &str) -> Result<BaseUrl, BaseUrlError> {
    // `Uri` takes them in a path.
    if text.contains(['{', '}']) {
        return Err(BaseUrlError::Brace);
    }
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
    if !matches!(scheme.as_str(), "https" | "http") {
        return Err(BaseUrlError::Insecure { scheme, host });
    }
    let port = authority.as_str().strip_prefix(authority.host());
    let port = port.filter(|port| is_port(port)).ok_or(BaseUrlError::Port)?;
    Ok(BaseUrl::new(format!("{scheme}://{host}{port}"), uri.path()))
}

/// An origin without the port that its scheme has anyway.
fn without_port(origin: &str) -> &str {
    let usual = if origin.starts_with("http:") { ":80" } else { ":443" };
    origin.strip_suffix(usual).unwrap_or(origin)
}

/// The host of an authority without a user.
fn host(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        // The colons within the brackets are part of an IPv6 address.
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
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
    // A number that is parsed may have a sign.
    let is_number = |port: &str| port.bytes().all(|digit| digit.is_ascii_digit()) && port.parse::<u16>().is_ok();
    text.is_empty() || text.strip_prefix(':').is_some_and(is_number)
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

    /// A value cannot stand where the API description has a name in the address.
    Value {
        /// The name.
        name: &'static str,

        /// What the value is not, and what to write; the value itself is not repeated.
        why: &'static str,
    },

    /// There is a `{` or a `}`, as around a name that wants a value in its place.
    Brace,

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
                 (`http` is for this machine only: localhost, 127.0.0.1, [::1]; for another one it \
                 takes `BaseUrl::insecure`)"
            ),
            Self::UserInfo => {
                f.write_str("holds a user name or a password: leave it out, and give the client a credential")
            }
            Self::Port => f.write_str("has something after the host that is no port (0 to 65535)"),
            Self::Value { name, why } => write!(f, "has {}", Misplaced { name, why }),
            Self::Brace => f.write_str("has a brace: put a value in the place of the name"),
            Self::Query => f.write_str("has a query: leave out the `?` and what follows it"),
            Self::Fragment => f.write_str("has a fragment: leave out the `#` and what follows it"),
        }
    }
}

impl From<Misplaced> for BaseUrlError {
    fn from(misplaced: Misplaced) -> Self {
        Self::Value { name: misplaced.name, why: misplaced.why }
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

/// Why requests cannot be sent to a server. It never shows more of an address than the API
/// description has of it.
#[derive(Clone, Debug)]
pub enum ServerFault {
    /// The server, and why it is no address.
    NoUrl(String, Arc<BaseUrlError>),

    /// Scheme, host and port.
    Http(String),
}

impl fmt::Display for ServerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl(server, fault) => {
                write!(f, "the values for the server `{server}` make no address: {fault}")
            }
            Self::Http(origin) => write!(
                f,
                "the server `{origin}` is reached by plain `http`, so that what is sent there, the \
                 credential too, can be read on the way: use one with `https`, or accept that with \
                 `ClientBuilder::allow_http`"
            ),
        }
    }
}
