//! Access tokens for a person who signs in on another device: RFC 8628.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http::{HeaderName, StatusCode};
use secrecy::{ExposeSecret, SecretString};

use super::credential::{Credential, CredentialError};
use super::json::Json;
use super::oauth2::{Ask, Hook, setters};
use super::oauth2_answer::{Granted, seconds, text_of};
use super::token::{AccessToken, TokenContext, TokenSource};
use super::token_error::{Refusal, TokenError, TokenErrorKind};
use super::token_url::TokenUrl;
use super::transport::BoxFuture;

/// How long to wait between two questions whether the person has signed in, unless the token service says so.
const INTERVAL: Duration = Duration::from_secs(5);

/// How much longer to wait when the token service wants to be asked less often.
const SLOWER: Duration = Duration::from_secs(5);

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// What a person needs to sign in: an address to go to, and a code to enter there.
#[derive(Clone)]
pub struct DevicePrompt {
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires_at: SystemTime,
}

impl DevicePrompt {
    /// The code to enter.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The address to go to, on any device.
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// The same with the code in it, such as to show it as a QR code, if the token service has that.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// When the code is of no use any more.
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }
}

impl fmt::Debug for DevicePrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DevicePrompt(… at {}, until {:?})", self.verification_uri, self.expires_at)
    }
}

/// A person signs in on another device, which has a browser: the grant of RFC 8628.
///
/// The first call asks the token service for a code and shows it to the caller's `prompt`. Then it waits until the
/// person has signed in, which takes as long as people take. If the call ends before, by its time limit or because
/// it was cancelled, the next call goes on to wait for the same code. Once there is a refresh token, that is used, and
/// nobody is asked again for as long as it is good. A refresh token that was stored can be there from the start:
/// [`refresh_token`](Self::refresh_token).
///
/// It needs a clock with timers.
#[derive(Clone)]
pub struct DeviceCode {
    ask: Ask,
    device_url: TokenUrl,
    prompt: Arc<dyn Fn(&DevicePrompt) + Send + Sync>,
    state: Arc<Mutex<State>>,
    on_rotated: Option<Arc<Hook>>,
}

#[derive(Clone, Default)]
struct State {
    refresh_token: Option<SecretString>,
    /// The code that the person was shown and has not entered yet.
    pending: Option<Pending>,
}

#[derive(Clone)]
struct Pending {
    device_code: SecretString,
    interval: Duration,
    expires_at: SystemTime,
}

impl DeviceCode {
    /// Asks for codes at `device_url`, and for tokens at `token_url`. `prompt` shows a person where to sign in; it
    /// runs within the call that needs the token, which waits for it.
    pub fn new(
        device_url: impl Into<TokenUrl>,
        token_url: impl Into<TokenUrl>,
        client_id: impl Into<String>,
        prompt: impl Fn(&DevicePrompt) + Send + Sync + 'static,
    ) -> Self {
        Self {
            ask: Ask::new(token_url.into(), client_id.into(), None),
            device_url: device_url.into(),
            prompt: Arc::new(prompt),
            state: Arc::default(),
            on_rotated: None,
        }
    }

    /// The secret of a client that has one. It is sent in the body of the requests for codes and tokens.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.ask.client_secret = Some(secret.into());
        self
    }

    /// A refresh token from an earlier sign-in. While it is good, nobody has to sign in.
    #[must_use]
    pub fn refresh_token(self, token: impl Into<SecretString>) -> Self {
        self.state().refresh_token = Some(token.into());
        self
    }

    /// Another address to ask for codes, such as that of a proxy or a test.
    #[must_use]
    pub fn device_url(mut self, url: impl Into<TokenUrl>) -> Self {
        self.device_url = url.into();
        self
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

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the access token, and keeps the refresh token for the next time.
    fn take(&self, granted: Granted, before: Option<&SecretString>) -> AccessToken {
        let known = before.map(ExposeSecret::expose_secret);
        if let Some(token) = granted.refresh_token
            && Some(token.expose_secret()) != known
        {
            self.state().refresh_token = Some(token.clone());
            if let Some(hook) = &self.on_rotated {
                hook(&token);
            }
        }
        granted.access_token
    }

    /// A token for the refresh token that is there; nothing if there is none that is good.
    async fn refreshed(&self, context: TokenContext<'_>) -> Result<Option<AccessToken>, TokenError> {
        let Some(current) = self.state().refresh_token.clone() else { return Ok(None) };
        match self.ask.send("refresh_token", Some(("refresh_token", &current)), context).await {
            Ok(granted) => Ok(Some(self.take(granted, Some(&current)))),
            Err(error) if is_about_sign_in(error.kind()) => {
                self.state().refresh_token = None;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The code that the person has to enter, which is shown unless it was before.
    async fn pending(&self, context: TokenContext<'_>) -> Result<Pending, TokenError> {
        let now = context.clock().wall();
        if let Some(pending) = self.state().pending.clone().filter(|pending| now < pending.expires_at) {
            return Ok(pending);
        }
        let (pending, prompt) = self.ask.exchange(&self.device_url, None, None, context, codes).await?;
        self.state().pending = Some(pending.clone());
        (self.prompt)(&prompt);
        Ok(pending)
    }

    /// Waits until the person has signed in.
    async fn signed_in(&self, context: TokenContext<'_>) -> Result<Granted, TokenError> {
        let mut pending = self.pending(context).await?;
        loop {
            let end = context.clock().wall().checked_add(pending.interval);
            if end.is_none_or(|end| end >= pending.expires_at) {
                self.state().pending = None;
                return Err(expired());
            }
            context.clock().sleep(pending.interval).await;
            let own = ("device_code", &pending.device_code);
            let error = match self.ask.send(GRANT, Some(own), context).await {
                Ok(granted) => {
                    self.state().pending = None;
                    return Ok(granted);
                }
                Err(error) => error,
            };
            match error.code() {
                Some("authorization_pending") => continue,
                Some("slow_down") => pending.interval += SLOWER,
                // What may pass by itself is asked again, and less often.
                _ if error.is_retryable() => pending.interval = pending.interval.saturating_mul(2),
                _ => {
                    self.state().pending = None;
                    return Err(error);
                }
            }
            self.state().pending = Some(pending.clone());
        }
    }
}

impl TokenSource for DeviceCode {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            if let Some(token) = self.refreshed(context).await? {
                return Ok(token);
            }
            let granted = self.signed_in(context).await?;
            Ok(self.take(granted, None))
        })
    }
}

/// Whether signing in again is what helps.
fn is_about_sign_in(kind: TokenErrorKind) -> bool {
    matches!(kind, TokenErrorKind::InvalidGrant | TokenErrorKind::InteractionRequired)
}

/// The codes of an answer: RFC 8628, section 3.2.
fn codes(object: &Json<'_>, asked_at: SystemTime) -> Result<(Pending, DevicePrompt), &'static str> {
    let text = |name| text_of(object, name).map(str::to_owned);
    let device_code = text("device_code").ok_or("its JSON has no `device_code`")?;
    let user_code = text("user_code").ok_or("its JSON has no `user_code`")?;
    // As it was called before the RFC.
    let verification_uri = text("verification_uri").or_else(|| text("verification_url"));
    let verification_uri = verification_uri.ok_or("its JSON has no `verification_uri`")?;
    let lifetime = object.get("expires_in").and_then(seconds).ok_or("its `expires_in` is not a number of seconds")?;
    let expires_at = asked_at.checked_add(lifetime).ok_or("its `expires_in` is more than can be counted")?;
    let interval = match object.get("interval") {
        None | Some(Json::Null) => INTERVAL,
        Some(value) => seconds(value).ok_or("its `interval` is not a number of seconds")?.max(Duration::from_secs(1)),
    };
    let pending = Pending { device_code: SecretString::from(device_code), interval, expires_at };
    let verification_uri_complete = text("verification_uri_complete");
    Ok((pending, DevicePrompt { user_code, verification_uri, verification_uri_complete, expires_at }))
}

/// What the token service would say if it were asked once more.
fn expired() -> TokenError {
    TokenError::refused(Refusal {
        status: StatusCode::BAD_REQUEST,
        code: "expired_token".to_owned(),
        description: Some("nobody has signed in with the code in time".to_owned()),
        ..Refusal::default()
    })
}

impl From<DeviceCode> for Credential {
    fn from(source: DeviceCode) -> Self {
        let is_empty = source.state().refresh_token.as_ref().is_some_and(|token| token.expose_secret().is_empty());
        let check = match is_empty {
            true => Err(CredentialError::Missing("refresh token")),
            false => source.device_url.get().map(drop).and_then(|()| source.ask.check()),
        };
        match check {
            Ok(()) => Self::from_source(source),
            Err(error) => Self::unusable(error),
        }
    }
}

impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceCode(client {} at {})", self.ask.client_id, self.ask.url)
    }
}
