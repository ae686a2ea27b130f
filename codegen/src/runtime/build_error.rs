//! Why there is no client.

use std::error::Error as StdError;
use std::fmt;

use super::base_url::ServerFault;
use super::credential::CredentialError;
use super::request_error::RequestError;

/// A client cannot be made from what was given.
#[derive(Debug)]
pub struct BuildError(Fault);

#[derive(Debug)]
enum Fault {
    Server(ServerFault),
    Credential(CredentialError),
    UserAgent,
    /// What all calls were to have.
    Default(RequestError),
    #[cfg(not(feature = "reqwest"))]
    NoTransport,
    NoClock,
    #[cfg(feature = "blocking")]
    Thread(std::io::Error),
    #[cfg(feature = "reqwest")]
    Tls(Box<dyn StdError + Send + Sync>),
}

impl BuildError {
    #[doc(hidden)]
    pub fn server(fault: ServerFault) -> Self {
        Self(Fault::Server(fault))
    }

    #[doc(hidden)]
    pub fn credential(fault: CredentialError) -> Self {
        Self(Fault::Credential(fault))
    }

    #[doc(hidden)]
    pub fn user_agent() -> Self {
        Self(Fault::UserAgent)
    }

    #[doc(hidden)]
    pub fn default(fault: RequestError) -> Self {
        Self(Fault::Default(fault))
    }

    #[cfg(not(feature = "reqwest"))]
    #[doc(hidden)]
    pub fn no_transport() -> Self {
        Self(Fault::NoTransport)
    }

    pub(crate) fn no_clock() -> Self {
        Self(Fault::NoClock)
    }

    #[cfg(feature = "blocking")]
    #[doc(hidden)]
    pub fn thread(fault: std::io::Error) -> Self {
        Self(Fault::Thread(fault))
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn tls(fault: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Fault::Tls(fault.into()))
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the client cannot be made: ")?;
        match &self.0 {
            Fault::Server(fault) => fault.fmt(f),
            Fault::Credential(fault) => fault.fmt(f),
            Fault::Default(fault) => fault.fmt(f),
            Fault::UserAgent => f.write_str("the user agent has a character that a header cannot hold"),
            #[cfg(not(feature = "reqwest"))]
            Fault::NoTransport => f.write_str(
                "it has no transport: switch on the feature `reqwest` of this crate, or give one \
                 to `ClientBuilder::transport`",
            ),
            Fault::NoClock => f.write_str(
                "retries and time limits need a clock: switch on the feature `reqwest` of this \
                 crate, or give one to `ClientBuilder::clock`",
            ),
            #[cfg(feature = "blocking")]
            Fault::Thread(fault) => write!(f, "its thread cannot be started: {fault}"),
            #[cfg(feature = "reqwest")]
            Fault::Tls(fault) => write!(f, "TLS cannot be set up: {fault}"),
        }
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Fault::Server(ServerFault::NoUrl(_, fault)) => Some(&**fault),
            #[cfg(feature = "blocking")]
            Fault::Thread(fault) => Some(fault),
            #[cfg(feature = "reqwest")]
            Fault::Tls(fault) => Some(&**fault),
            _ => None,
        }
    }
}
