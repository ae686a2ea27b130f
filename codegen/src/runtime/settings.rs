//! What all calls of a client have in common.

use http::{HeaderName, HeaderValue};

use super::base_url::BaseUrl;
use super::credential::Credential;
use super::extras::Extras;
use super::pace::Pace;
use super::transport::Transport;

/// What all calls of a client have in common.
pub struct Settings {
    pub base_url: BaseUrl,
    pub allow_http: bool,
    /// No two are for the same security scheme.
    pub credentials: Vec<Credential>,
    pub transport: Box<dyn Transport>,
    pub pace: Pace,
    pub max_body_size: usize,
    pub user_agent: HeaderValue,
    /// What each call has unless it says otherwise.
    pub defaults: Extras,
    /// The header by which the server knows a call again that must not be made twice, if it does.
    pub idempotency_key: Option<HeaderName>,
}
