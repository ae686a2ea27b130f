//! Access tokens by OAuth 2.0: how they are asked for, and the grants that need nobody at the keyboard.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use percent_encoding::utf8_percent_encode;
use secrecy::{ExposeSecret, SecretString};

use super::body::Body;
use super::credential::{Credential, CredentialError};
use super::deadline::Deadline;
use super::oauth2_answer::{self, Granted};
use super::reply::Reply;
use super::request::RESERVED;
use super::secrets::Secrets;
use super::token::{AccessToken, TokenContext, TokenSource};
use super::token_error::TokenError;
use super::token_url::TokenUrl;
use super::transport::BoxFuture;

/// The largest answer of a token service that is read: 1 MiB.
const MAX_ANSWER: usize = 1 << 20;

/// What all grants have in common: where to ask, as whom, and for what.
#[derive(Clone)]
pub struct Ask {
    pub url: TokenUrl,
    pub client_id: String,
    /// A client that cannot keep one has none.
    pub client_secret: Option<SecretString>,
    /// Further members of the form, such as `scope`.
    form: Vec<(&'static str, String)>,
    pub correlation_header: Option<HeaderName>,
}

impl Ask {
    pub fn new(url: TokenUrl, client_id: String, client_secret: Option<SecretString>) -> Self {
        Self { url, client_id, client_secret, form: Vec::new(), correlation_header: None }
    }

    /// Sets `name`, and takes back the members that say the same in another way.
    pub fn set(&mut self, name: &'static str, value: String, instead_of: &[&str]) {
        self.form.retain(|(known, _)| *known != name && !instead_of.contains(known));
        self.form.push((name, value));
    }

    pub fn check(&self) -> Result<(), CredentialError> {
        self.url.get()?;
        if self.client_id.is_empty() {
            return Err(CredentialError::Missing("client id"));
        }
        match self.client_secret.as_ref().map(ExposeSecret::expose_secret) {
            Some("") => Err(CredentialError::Missing("client secret")),
            _ => Ok(()),
        }
    }

    /// Asks for a token by a grant that sends `own` beside what every grant sends.
    pub async fn send(
        &self,
        grant: &'static str,
        own: Option<(&'static str, &SecretString)>,
        context: TokenContext<'_>,
    ) -> Result<Granted, TokenError> {
        self.exchange(&self.url, Some(grant), own, context, oauth2_answer::granted).await
    }

    /// Asks at an address of the token service. `taken` reads a good answer; it gets the time when it was asked.
    pub async fn exchange<T>(
        &self,
        url: &TokenUrl,
        grant: Option<&'static str>,
        own: Option<(&'static str, &SecretString)>,
        context: TokenContext<'_>,
        taken: oauth2_answer::Taken<T>,
    ) -> Result<T, TokenError> {
        let request = self.request(url, grant, own, context).map_err(TokenError::credential)?;
        let asked_at = context.clock().wall();
        let sending = context.transport().send(request);
        let response = sending.await.map_err(|error| TokenError::no_answer(url, error))?;
        let (reply, received) = Reply::receive(response, MAX_ANSWER, &mut Deadline::never()).await;
        let secrets = Secrets::new([self.client_secret.as_ref(), own.map(|(_, secret)| secret)]);
        oauth2_answer::read(url, &reply, received, asked_at, &secrets, taken)
    }

    fn request(
        &self,
        url: &TokenUrl,
        grant: Option<&str>,
        own: Option<(&'static str, &SecretString)>,
        context: TokenContext<'_>,
    ) -> Result<http::Request<Body>, CredentialError> {
        let url = url.get()?;
        let invalid = |error: http::uri::InvalidUri| CredentialError::TokenUrl(error.to_string().into());
        let mut request = http::Request::new(Body::from(self.form(grant, own)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = Uri::try_from(url.to_string()).map_err(invalid)?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(user_agent) = context.user_agent() {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        if let (Some(name), Some(id)) = (&self.correlation_header, context.correlation_id())
            && let Ok(id) = HeaderValue::try_from(id.to_string())
        {
            headers.insert(name, id);
        }
        Ok(request)
    }

    fn form(&self, grant: Option<&str>, own: Option<(&'static str, &SecretString)>) -> String {
        let mut form = String::new();
        let mut add = |name: &str, value: &str| {
            form.extend([if form.is_empty() { "" } else { "&" }, name, "="]);
            form.extend(utf8_percent_encode(value, RESERVED));
        };
        if let Some(grant) = grant {
            add("grant_type", grant);
        }
        add("client_id", &self.client_id);
        if let Some(secret) = &self.client_secret {
            add("client_secret", secret.expose_secret());
        }
        if let Some((name, secret)) = own {
            add(name, secret.expose_secret());
        }
        for (name, value) in &self.form {
            add(name, value);
        }
        form
    }
}

/// The setters that all grants have.
macro_rules! setters {
    () => {
        /// The scope to ask for: one, or several with a space in between. It takes the place of a
        /// resource.
        #[must_use]
        pub fn scope(mut self, scope: impl Into<String>) -> Self {
            self.ask.set("scope", scope.into(), &["resource"]);
            self
        }

        /// The resource to ask for, as older token services name what a token is for. It takes the
        /// place of a scope.
        #[must_use]
        pub fn resource(mut self, resource: impl Into<String>) -> Self {
            self.ask.set("resource", resource.into(), &["scope"]);
            self
        }

        /// A further member of the request, such as `audience`. It is no place for secrets.
        #[must_use]
        pub fn parameter(mut self, name: &'static str, value: impl Into<String>) -> Self {
            self.ask.set(name, value.into(), &[]);
            self
        }

        /// Another address of the token service, such as that of a proxy or a test.
        #[must_use]
        pub fn token_url(mut self, url: impl Into<TokenUrl>) -> Self {
            self.ask.url = url.into();
            self
        }

        /// The header in which the token service takes the id of the task that a call belongs to.
        #[must_use]
        pub fn correlation_header(mut self, name: HeaderName) -> Self {
            self.ask.correlation_header = Some(name);
            self
        }
    };
}

pub(crate) use setters;

/// The client signs in on its own: the grant `client_credentials` of RFC 6749, section 4.4.
#[derive(Clone)]
pub struct ClientCredentials {
    ask: Ask,
}

impl ClientCredentials {
    /// The secret is sent to `token_url`, in the body of the request, and nowhere else.
    pub fn new(
        token_url: impl Into<TokenUrl>,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        Self { ask: Ask::new(token_url.into(), client_id.into(), Some(client_secret.into())) }
    }

    setters!();
}

impl TokenSource for ClientCredentials {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move { Ok(self.ask.send("client_credentials", None, context).await?.access_token) })
    }
}

impl From<ClientCredentials> for Credential {
    fn from(source: ClientCredentials) -> Self {
        match source.ask.check() {
            Ok(()) => Self::from_source(source),
            Err(error) => Self::unusable(error),
        }
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientCredentials(client {} at {})", self.ask.client_id, self.ask.url)
    }
}

/// The client acts for a user who has signed in before: the grant `refresh_token` of RFC 6749,
/// section 6.
///
/// A token service may hand out a new refresh token with each access token. It is used from then
/// on, and [`on_rotated`](Self::on_rotated) is told, so that it can be stored. If the call that
/// asks is cancelled before the answer is there, a new refresh token in that answer is lost; the
/// old one is used again.
#[derive(Clone)]
pub struct RefreshToken {
    ask: Ask,
    current: Arc<Mutex<SecretString>>,
    on_rotated: Option<Arc<Hook>>,
}

/// Is told about each new refresh token.
pub type Hook = dyn Fn(&SecretString) + Send + Sync;

impl RefreshToken {
    /// The secrets are sent to `token_url`, in the body of the request, and nowhere else.
    pub fn new(
        token_url: impl Into<TokenUrl>,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
        refresh_token: impl Into<SecretString>,
    ) -> Self {
        Self {
            ask: Ask::new(token_url.into(), client_id.into(), Some(client_secret.into())),
            current: Arc::new(Mutex::new(refresh_token.into())),
            on_rotated: None,
        }
    }

    /// Calls `hook` with each new refresh token, before the access token that came with it is used.
    ///
    /// It runs within the call that needed the token, which waits for it.
    #[must_use]
    pub fn on_rotated(mut self, hook: impl Fn(&SecretString) + Send + Sync + 'static) -> Self {
        self.on_rotated = Some(Arc::new(hook));
        self
    }

    setters!();

    fn current(&self) -> SecretString {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn rotate(&self, token: SecretString) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = token.clone();
        if let Some(hook) = &self.on_rotated {
            hook(&token);
        }
    }
}

impl TokenSource for RefreshToken {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let current = self.current();
            let own = ("refresh_token", &current);
            let granted = self.ask.send("refresh_token", Some(own), context).await?;
            if let Some(token) = granted.refresh_token
                && token.expose_secret() != current.expose_secret()
            {
                self.rotate(token);
            }
            Ok(granted.access_token)
        })
    }
}

impl From<RefreshToken> for Credential {
    fn from(source: RefreshToken) -> Self {
        let check = match source.current().expose_secret() {
            "" => Err(CredentialError::Missing("refresh token")),
            _ => source.ask.check(),
        };
        match check {
            Ok(()) => Self::from_source(source),
            Err(error) => Self::unusable(error),
        }
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RefreshToken(client {} at {})", self.ask.client_id, self.ask.url)
    }
}
