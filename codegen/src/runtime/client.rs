//! The client: where calls go, with which credential, through which transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use super::IDEMPOTENCY_KEY;
use super::base_url::BaseUrl;
use super::build_error::BuildError;
use super::clock::Clock;
use super::credential::Credential;
use super::extras::Extras;
use super::pace::PaceBuilder;
use super::request_error::RequestError;
use super::retry::RetryPolicy;
use super::settings::Settings;
use super::transport::Transport;

/// The largest answer that a client reads unless told otherwise: 32 MiB.
const DEFAULT_MAX_BODY_SIZE: usize = 32 << 20;

/// The name and version of this crate.
const DEFAULT_USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The API, ready to be called.
///
/// One client serves a whole program: it is cheap to clone, its clones share their connections,
/// and any number of calls can be under way at once.
///
/// `M` is how its calls are waited for: those of an [`Async`] one are awaited, and those of
/// `blocking::Client` block the thread.
#[derive(Clone)]
pub struct Client<M = Async> {
    pub(crate) settings: Arc<Settings>,
    pub(crate) mode: M,
}

/// The mode of a client whose calls are awaited.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Async;

impl Client {
    /// A client that calls the API at `server` over HTTP, proving its identity with `credential`.
    ///
    /// # Errors
    ///
    /// If the server or the credential cannot be used, or TLS cannot be set up on this machine.
    #[cfg(feature = "reqwest")]
    pub fn new(server: impl Into<BaseUrl>, credential: impl Into<Credential>) -> Result<Self, BuildError> {
        Self::builder(server).credential(credential).build()
    }

    /// The way to a client that differs from the usual one.
    pub fn builder(server: impl Into<BaseUrl>) -> ClientBuilder {
        ClientBuilder {
            base_url: server.into(),
            allow_http: false,
            credentials: Vec::new(),
            transport: None,
            pace: PaceBuilder::default(),
            max_body_size: DEFAULT_MAX_BODY_SIZE,
            user_agent: DEFAULT_USER_AGENT.to_owned(),
            defaults: Extras::default(),
            idempotency_key: IDEMPOTENCY_KEY.map(str::to_owned),
            fault: None,
        }
    }
}

impl<M> fmt::Debug for Client<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.settings.base_url)
            .field("credentials", &self.settings.credentials)
            .field("max_body_size", &self.settings.max_body_size)
            .field("user_agent", &self.settings.user_agent)
            .finish_non_exhaustive()
    }
}

/// Makes a [`Client`]; from [`Client::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    base_url: BaseUrl,
    allow_http: bool,
    credentials: Vec<Credential>,
    transport: Option<Box<dyn Transport>>,
    pace: PaceBuilder,
    max_body_size: usize,
    user_agent: String,
    defaults: Extras,
    idempotency_key: Option<String>,
    /// Why one of the defaults cannot be sent.
    fault: Option<RequestError>,
}

impl ClientBuilder {
    /// What the client proves its identity with. Without one, calls carry no `Authorization`
    /// header: for a transport that adds its own, or a server that wants none.
    ///
    /// A client can have a credential for each security scheme of the API description; one more for the
    /// same scheme takes the place of the one before. Each call is sent with those that it asks for.
    pub fn credential(mut self, credential: impl Into<Credential>) -> Self {
        let credential = credential.into();
        self.credentials.retain(|other| other.scheme() != credential.scheme());
        self.credentials.push(credential);
        self
    }

    /// Whether servers that the API description lists with plain `http` may be called; they may
    /// not, unless this says so.
    ///
    /// What is sent there, the credential above all, can be read and changed by everybody on the
    /// way. Secrets for the token service are never sent so. This machine is always allowed.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Sends requests through `transport` instead of the one this crate brings.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Goes by `clock` instead of the one that comes with the feature `reqwest`.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.pace.clock = Some(Box::new(clock));
        self
    }

    /// How calls are tried again; see [`RetryPolicy`]. A call can have a policy of its own.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.pace.retry = Some(policy);
        self
    }

    /// How long one attempt of a call may take, from its first byte to the last one of the answer;
    /// 2 minutes unless set, and `None` for no limit. An attempt that takes longer has failed, and
    /// may be followed by another one.
    ///
    /// How long connecting may take is up to the transport.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.pace.attempt_timeout = Some(limit.into());
        self
    }

    /// How long a call may take in all, with its retries and the waits before them; 5 minutes
    /// unless set, and `None` for no limit. A wait that would take longer is not begun: the call
    /// ends with what the last attempt came to. A call can have a limit of its own.
    pub fn total_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.pace.total_timeout = Some(limit.into());
        self
    }

    /// Where the back-off gets its numbers from, each at least 0 and less than 1.
    pub(crate) fn random(mut self, random: fn() -> f64) -> Self {
        self.pace.random = random;
        self
    }

    /// The largest answer to read, in bytes; 32 MiB unless set. A call whose answer is larger
    /// fails, and no more than this of it is held in memory.
    ///
    /// JSON takes more than its text while it is read: at worst, as for a list of digits, 16 times as
    /// much. Set this to what your calls need where memory is scarce.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// What the client calls itself in the `User-Agent` header; the name and version of this
    /// crate unless set.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sends a header with each call that does not set it otherwise, such as the version of the API
    /// that a program was written for. Requests for tokens do not have it.
    pub fn default_header(mut self, name: &str, value: impl fmt::Display) -> Self {
        if let Err(fault) = self.defaults.header(name, &value.to_string()) {
            self.fault.get_or_insert(fault);
        }
        self
    }

    /// Sends a query parameter with each call that does not set it otherwise. Each further one of the
    /// same name is sent beside it.
    pub fn default_query(mut self, name: &str, value: impl fmt::Display) -> Self {
        _ = self.defaults.query(name, &value.to_string());
        self
    }

    /// Sends a fresh id in the header `name`, such as `Idempotency-Key`, with each call that may not be
    /// repeated without harm by its method, as `POST` may not; `None` for none. By the id, the server
    /// knows a call again and does not do it twice, so that these calls are tried again as well.
    ///
    /// Only for an API that says so of all its operations. A call can have an id of its own, by
    /// [`with_header`](super::call::Call::with_header).
    pub fn idempotency_key<'n>(mut self, name: impl Into<Option<&'n str>>) -> Self {
        self.idempotency_key = name.into().map(str::to_owned);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// If the server is no address, or one with plain `http`; if the credential, the user agent or a
    /// default header cannot be sent; if a default stands where a credential is sent; or if TLS cannot
    /// be set up. Without the feature `reqwest` of this crate, also if no transport was given, or no
    /// clock for the retries and time limits that were asked for.
    pub fn build(self) -> Result<Client, BuildError> {
        self.base_url.check(self.allow_http).map_err(BuildError::server)?;
        for credential in &self.credentials {
            credential.check().map_err(BuildError::credential)?;
        }
        let defaults = self.fault.map_or(Ok(self.defaults), Err);
        let defaults = defaults.and_then(|defaults| {
            defaults.check(self.credentials.iter().map(Credential::place))?;
            Ok(defaults)
        });
        let defaults = defaults.map_err(BuildError::default)?;
        let idempotency_key = match self.idempotency_key {
            Some(name) => {
                let known = HeaderName::try_from(&name);
                Some(known.map_err(|_| BuildError::default(RequestError::header_name(&name)))?)
            }
            None => None,
        };
        let user_agent = HeaderValue::from_str(&self.user_agent).map_err(|_| BuildError::user_agent())?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let settings = Settings {
            base_url: self.base_url,
            allow_http: self.allow_http,
            credentials: self.credentials,
            transport,
            pace: self.pace.build()?,
            max_body_size: self.max_body_size,
            user_agent,
            defaults,
            idempotency_key,
        };
        Ok(Client { settings: Arc::new(settings), mode: Async })
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Box<dyn Transport>, BuildError> {
    Ok(Box::new(super::http_reqwest::ReqwestTransport::new()?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Box<dyn Transport>, BuildError> {
    Err(BuildError::no_transport())
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .field("credentials", &self.credentials)
            .field("max_body_size", &self.max_body_size)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}
