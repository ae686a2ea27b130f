//! Why a request cannot be sent.

use std::error::Error as StdError;
use std::fmt;

use http::uri::InvalidUri;

use super::base_url::ServerFault;

/// The arguments of a call cannot be turned into a request, so nothing was sent.
#[derive(Debug)]
pub struct RequestError(Fault);

#[derive(Debug)]
enum Fault {
    Server(ServerFault),
    Method(String),
    PathValue {
        name: String,
        value: String,
    },
    Path(String),
    Url(InvalidUri),
    /// What was to be an address.
    Address(&'static str),
    NoLocation,
    HeaderName(String),
    HeaderOfTransport(String),
    Header(String),
    /// What it is, and its name.
    Signed(&'static str, String),
    Cookie(String),
    /// The name of a part of a multipart body.
    Part(String),
    Value {
        name: String,
        fault: serde_json::Error,
    },
    Delimiter {
        name: String,
        sign: char,
    },
    Body(serde_json::Error),
    /// Of the body, or of a part of it.
    MediaType {
        part: Option<String>,
        named: Option<String>,
        taken: String,
    },
    /// The body, or a parameter.
    Form(String),
    NoClock,
}

impl RequestError {
    pub(crate) fn server(fault: ServerFault) -> Self {
        Self(Fault::Server(fault))
    }

    pub(crate) fn method(name: &str) -> Self {
        Self(Fault::Method(name.to_owned()))
    }

    pub(crate) fn path_value(name: &str, value: String) -> Self {
        let name = name.to_owned();
        Self(Fault::PathValue { name, value })
    }

    pub(crate) fn path(path: &str) -> Self {
        Self(Fault::Path(path.to_owned()))
    }

    pub(crate) fn url(fault: InvalidUri) -> Self {
        Self(Fault::Url(fault))
    }

    pub(crate) fn header(name: &str) -> Self {
        Self(Fault::Header(name.to_owned()))
    }

    pub(crate) fn address(what: &'static str) -> Self {
        Self(Fault::Address(what))
    }

    pub(crate) fn no_location() -> Self {
        Self(Fault::NoLocation)
    }

    #[doc(hidden)]
    pub fn header_name(name: &str) -> Self {
        Self(Fault::HeaderName(name.to_owned()))
    }

    /// A header that nobody but the transport sets.
    pub(crate) fn header_of_transport(name: &str) -> Self {
        Self(Fault::HeaderOfTransport(name.to_owned()))
    }

    /// The header or query parameter, `what`, that a credential stands in.
    pub(crate) fn signed(what: &'static str, name: &str) -> Self {
        Self(Fault::Signed(what, name.to_owned()))
    }

    pub(crate) fn cookie(name: &str) -> Self {
        Self(Fault::Cookie(name.to_owned()))
    }

    pub(crate) fn part(name: &str) -> Self {
        Self(Fault::Part(name.to_owned()))
    }

    pub(crate) fn body(fault: serde_json::Error) -> Self {
        Self(Fault::Body(fault))
    }

    pub(crate) fn value(name: &str, fault: serde_json::Error) -> Self {
        Self(Fault::Value { name: name.to_owned(), fault })
    }

    pub(crate) fn delimiter(name: &str, sign: char) -> Self {
        Self(Fault::Delimiter { name: name.to_owned(), sign })
    }

    /// The body, or a `part` of it, is `named` as of a media type, or of none, and this is none of those `taken`.
    pub(crate) fn media_type(part: Option<&str>, named: Option<&str>, taken: &str) -> Self {
        let (part, named) = (part.map(str::to_owned), named.map(str::to_owned));
        Self(Fault::MediaType { part, named, taken: taken.to_owned() })
    }

    pub(crate) fn form(of: &str) -> Self {
        Self(Fault::Form(of.to_owned()))
    }

    pub(crate) fn no_clock() -> Self {
        Self(Fault::NoClock)
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Fault::Server(fault @ ServerFault::NoUrl(..)) => {
                write!(f, "{fault}; give the call a server with `Call::server`")
            }
            Fault::Server(fault) => fault.fmt(f),
            Fault::Method(name) => write!(f, "HTTP has no method `{name}`"),
            Fault::PathValue { name, value } if value.is_empty() => {
                write!(f, "the path parameter `{name}` is empty")
            }
            Fault::PathValue { name, value } => {
                write!(f, "the path parameter `{name}` is `{value}`, which would address another resource")
            }
            Fault::Path(path) => {
                write!(f, "the path `{path}` does not start with a slash, lacks a value, or leads elsewhere")
            }
            Fault::Url(fault) => write!(f, "the URL is not valid: {fault}"),
            // It is not shown: it may hold a password.
            Fault::Address(what) => write!(
                f,
                "{what} is none that can be called: it takes a path that starts with a slash, or `https`, a host \
                 without a user name, and a path"
            ),
            Fault::NoLocation => f.write_str("the answer has no header `Location` that could be followed"),
            Fault::HeaderName(name) => {
                write!(f, "{name:?} is no name of a header: it has letters, digits and hyphens, and no space or colon")
            }
            Fault::HeaderOfTransport(name) => {
                write!(f, "the header `{name}` follows from the address, the body or the connection, and cannot be set")
            }
            Fault::Signed(what, name) => write!(
                f,
                "the {what} `{name}` is where the client's credential is sent, and cannot be set beside it: give \
                 the client another credential, or none"
            ),
            // The value is not shown: it may be a key.
            Fault::Header(name) => write!(
                f,
                "the header `{name}` has a character that a header cannot hold (only visible \
                 ASCII and spaces can be sent)"
            ),
            Fault::Cookie(name) => write!(
                f,
                "the cookie `{name}` has a character that a cookie cannot hold as it is: a semicolon, or what is \
                 not visible ASCII"
            ),
            Fault::Part(name) => write!(
                f,
                "the part {name:?} or its file is called by a name with a control character, such as NUL, which no \
                 name has"
            ),
            Fault::Value { name, fault } => write!(f, "the value of `{name}` cannot be written: {fault}"),
            Fault::Delimiter { name, sign } => write!(
                f,
                "the value of `{name}` has a {sign:?} within an item or a name, which would be read as \
                 the end of it"
            ),
            Fault::MediaType { part, named, taken } => {
                match part {
                    Some(part) => write!(f, "the part `{part}` ")?,
                    None => f.write_str("the body ")?,
                }
                let setter = if part.is_some() { "Part::content_type" } else { "sent_as" };
                match named {
                    Some(named) => write!(f, "cannot be sent as `{named}`")?,
                    None => write!(f, "needs a media type, which `{setter}` says")?,
                }
                write!(f, ": the API takes `{taken}`")
            }
            Fault::Form(of) if of == "body" => f.write_str("the body cannot be written as a form: it has no members"),
            Fault::Form(of) => write!(f, "the value of `{of}` cannot be written as a form: it has no members"),
            Fault::Body(fault) => write!(f, "the body cannot be written as JSON: {fault}"),
            Fault::NoClock => f.write_str(
                "retries and time limits need a clock: switch on the feature `reqwest` of this \
                 crate, or give one to `ClientBuilder::clock`",
            ),
        }
    }
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Fault::Server(ServerFault::NoUrl(_, fault)) => Some(&**fault),
            Fault::Url(fault) => Some(fault),
            Fault::Body(fault) | Fault::Value { fault, .. } => Some(fault),
            Fault::Server(ServerFault::Http(_))
            | Fault::Method(_)
            | Fault::PathValue { .. }
            | Fault::Path(_)
            | Fault::Address(_)
            | Fault::NoLocation
            | Fault::HeaderName(_)
            | Fault::HeaderOfTransport(_)
            | Fault::Header(_)
            | Fault::Signed(..)
            | Fault::Cookie(_)
            | Fault::Part(_)
            | Fault::Delimiter { .. }
            | Fault::MediaType { .. }
            | Fault::Form(_)
            | Fault::NoClock => None,
        }
    }
}
