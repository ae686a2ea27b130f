//! One access token for all calls of a client: kept, and replaced in time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use tokio::sync::Mutex as Turnstile;

use super::credential::bearer;
use super::token::{AccessToken, TokenContext, TokenSource};
use super::token_error::TokenError;

/// How long before it expires a token is replaced; a fifth of its lifetime if that is shorter.
const MARGIN: Duration = Duration::from_secs(120);

/// How long a token that is about to expire is used without another try to replace it, after one
/// that failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// The token of a [`TokenSource`], for as long as it lasts.
pub struct TokenCache {
    source: Box<dyn TokenSource>,
    /// Held by the call that asks the source; the others wait here, and take what it got. A call
    /// that is cancelled lets go of it.
    turnstile: Turnstile<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// How often the source was asked and has answered.
    flights: u64,
    /// What the last answer was.
    last: Option<Result<HeaderValue, TokenError>>,
}

/// A token, in the form it is sent in.
struct Kept {
    value: HeaderValue,
    /// When to replace it; never, without.
    renew_at: Option<SystemTime>,
    expires_at: Option<SystemTime>,
}

impl TokenCache {
    pub fn new(source: impl TokenSource + 'static) -> Self {
        Self { source: Box::new(source), turnstile: Turnstile::new(()), state: Mutex::default() }
    }

    /// The value of the `Authorization` header.
    ///
    /// Whoever waits while another call asks the source gets what that one gets, be it a failure:
    /// what failed a moment ago would fail for each of them.
    pub async fn authorization(&self, context: TokenContext<'_>) -> Result<HeaderValue, TokenError> {
        let seen = {
            let state = self.state();
            match state.fresh(context.clock().wall()) {
                Some(value) => return Ok(value),
                None => state.flights,
            }
        };
        let _turn = self.turnstile.lock().await;
        {
            let state = self.state();
            match (&state.last, state.fresh(context.clock().wall())) {
                (_, Some(value)) => return Ok(value),
                (Some(last), None) if state.flights > seen => return last.clone(),
                _ => {}
            }
        }
        let asked_at = context.clock().wall();
        let answer = self.source.token(context).await;
        let now = context.clock().wall();
        self.state().land(answer, asked_at, now)
    }

    /// Forgets the token if it is the one that the server refused.
    pub fn refused(&self, value: &HeaderValue) {
        let mut state = self.state();
        if state.kept.as_ref().is_some_and(|kept| kept.value == value) {
            state.kept = None;
        }
    }

    /// No code that can panic runs while it is locked, and it is right after each statement.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The token, if it need not be replaced yet.
    fn fresh(&self, now: SystemTime) -> Option<HeaderValue> {
        let kept = self.kept.as_ref()?;
        kept.renew_at.is_none_or(|time| now < time).then(|| kept.value.clone())
    }

    /// Keeps what the source answered, and says what to go by.
    fn land(
        &mut self,
        answer: Result<AccessToken, TokenError>,
        asked_at: SystemTime,
        now: SystemTime,
    ) -> Result<HeaderValue, TokenError> {
        let kept = answer.and_then(|token| Kept::new(&token, asked_at));
        let outcome = match (kept, &mut self.kept) {
            (Ok(kept), _) => {
                let value = kept.value.clone();
                self.kept = Some(kept);
                Ok(value)
            }
            // What is there is still good, if not for long.
            (Err(_), Some(Kept { value, renew_at, expires_at: Some(end) })) if now < *end => {
                *renew_at = Some((now + PATIENCE).min(*end));
                Ok(value.clone())
            }
            (Err(error), _) => Err(error),
        };
        self.flights += 1;
        self.last = Some(outcome.clone());
        outcome
    }
}

impl Kept {
    fn new(token: &AccessToken, asked_at: SystemTime) -> Result<Self, TokenError> {
        let value = bearer(&token.secret).map_err(TokenError::credential)?;
        let renew_at = token.expires_at.map(|end| {
            let lifetime = end.duration_since(asked_at).unwrap_or_default();
            end.checked_sub(MARGIN.min(lifetime / 5)).unwrap_or(end)
        });
        Ok(Self { value, renew_at, expires_at: token.expires_at })
    }
}
