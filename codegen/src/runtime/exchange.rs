//! One call, from request to reply, over all its attempts: the part that is the same for every
//! operation.

use std::convert::Infallible;
use std::time::{Duration, Instant, SystemTime};

use http::{HeaderValue, Method, StatusCode};
use tracing::{Instrument, Span};

use super::body::Body;
use super::call_id::CallIds;
use super::deadline::Deadline;
use super::error::{Error, ErrorKind};
use super::prepared::Prepared;
use super::reply::Reply;
use super::request::Request;
use super::retry;
use super::security::{Alternatives, Signing};
use super::settings::Settings;
use super::token::TokenContext;
use super::token_error::TokenError;
use super::trace;
use super::unreadable::Unreadable;

/// Which call it was; for errors and answers.
#[derive(Clone, Debug)]
pub struct CallInfo {
    /// The operation's name in the API description.
    pub operation: &'static str,
    pub method: Method,
    /// Without the query: it may hold what should not be logged.
    pub url: String,
    /// What the request was signed with.
    pub security: Alternatives,
    /// Whether it went where nobody has to know who is calling.
    pub foreign: bool,
    /// As the last answer repeats them, else as they were sent. None if nothing was sent.
    pub ids: CallIds,
    /// How many requests were sent.
    pub attempts: u32,
    /// How long the last answer asks to wait.
    pub retry_after: Option<Duration>,
}

impl CallInfo {
    /// Before anything was sent.
    pub fn new(client: &Settings, operation: &'static str, request: &Request) -> Self {
        Self {
            operation,
            method: request.method().clone(),
            url: request.address(client),
            security: request.security,
            foreign: request.foreign,
            ids: CallIds::default(),
            attempts: 0,
            retry_after: None,
        }
    }
}

/// What an attempt came to: the whole reply, or a failure with as much of the reply as there is.
pub enum Outcome {
    Reply(Reply),
    Failure(Option<Reply>, ErrorKind<Infallible>),
}

/// Sends `request`, again if need be, and receives the whole reply, whatever it says.
pub async fn exchange(
    client: &Settings,
    operation: &'static str,
    request: Request,
) -> Result<Exchanged, Error<Infallible>> {
    let mut call = CallInfo::new(client, operation, &request);
    let span = trace::span(&call, request.template());
    let prepared = request.sign(client).map_err(ErrorKind::Credential);
    let prepared = prepared.and_then(|request| request.prepare(client).map_err(ErrorKind::Request));
    let (outcome, proof) = match prepared {
        Ok(request) => {
            trace::ids(&span, request.ids());
            let (outcome, authorization) = attempts(client, &request, &mut call).instrument(span.clone()).await;
            (outcome, Proof { signing: request.signing, authorization })
        }
        Err(kind) => (Outcome::Failure(None, kind), Proof::default()),
    };
    trace::end(&span, call.attempts, &outcome);
    match outcome {
        Outcome::Reply(reply) => Ok(Exchanged { call, reply, span, proof }),
        Outcome::Failure(reply, kind) => {
            let reply = reply.map(|reply| proof.redacted(&reply).unwrap_or(reply));
            Err(Error::new(call, reply, proof.redacted_kind(kind)))
        }
    }
}

/// A call that has its reply.
pub struct Exchanged {
    pub call: CallInfo,
    pub reply: Reply,
    /// For what is still to be said about the call.
    pub span: Span,
    proof: Proof,
}

impl Exchanged {
    /// The reply without the credentials, if it repeats them: what an error may show.
    pub fn redacted(&self) -> Option<Reply> {
        self.proof.redacted(&self.reply)
    }
}

/// What the last attempt of a call was sent with.
#[derive(Default)]
struct Proof {
    signing: Signing,
    authorization: Option<HeaderValue>,
}

impl Proof {
    fn redacted(&self, reply: &Reply) -> Option<Reply> {
        reply.redacted(&self.signing.secrets(self.authorization.as_ref())?)
    }

    /// A failure without the credentials, which a transport of the caller's own may show.
    fn redacted_kind(&self, kind: ErrorKind<Infallible>) -> ErrorKind<Infallible> {
        match (kind, self.signing.secrets(self.authorization.as_ref())) {
            (ErrorKind::Transport(error), Some(secrets)) => ErrorKind::Transport(error.without(&secrets)),
            (kind, _) => kind,
        }
    }
}

/// Attempts the call until its outcome is final; together with the token of the last attempt.
async fn attempts(client: &Settings, request: &Prepared, call: &mut CallInfo) -> (Outcome, Option<HeaderValue>) {
    let pace = &client.pace;
    let mut course = Course::new(client, request);
    loop {
        let mut deadline = Deadline::start(&*pace.clock, pace.attempt_timeout, course.time_left());
        let (outcome, authorization) = attempt(client, request, call, &mut deadline).await;
        call.retry_after = outcome.retry_after(pace.clock.wall());
        let wait = course.wait_after(&outcome, authorization.as_ref(), call.retry_after);
        trace::attempt(call.attempts, &outcome, wait);
        match wait {
            Some(wait) if wait.is_zero() => {}
            Some(wait) => pace.clock.sleep(wait).await,
            None => return (outcome, authorization),
        }
    }
}

/// One request, and what comes back; together with the token that it was sent with.
async fn attempt(
    client: &Settings,
    request: &Prepared,
    call: &mut CallInfo,
    deadline: &mut Deadline<'_>,
) -> (Outcome, Option<HeaderValue>) {
    call.ids = request.ids();
    let authorization = match deadline.race(authorization(client, request, call.ids)).await {
        Ok(Ok(value)) => value,
        Ok(Err(kind)) => return (Outcome::Failure(None, kind), None),
        Err(elapsed) => return (Outcome::Failure(None, ErrorKind::Token(TokenError::transport(elapsed))), None),
    };
    call.attempts += 1;
    let sending = client.transport.send(request.attempt(authorization.clone()));
    let response = match deadline.race(sending).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) | Err(error) => {
            return (Outcome::Failure(None, ErrorKind::Transport(error)), authorization);
        }
    };
    call.ids = request.ids_in(response.headers()).or(call.ids);
    let (reply, body) = Reply::head(response);
    if (request.streams)(&reply) {
        return (streamed(reply, body, client.max_body_size), authorization);
    }
    let outcome = match reply.with_body(body, client.max_body_size, deadline).await {
        (reply, Ok(())) => Outcome::Reply(reply),
        (reply, Err(kind)) => Outcome::Failure(Some(reply), kind),
    };
    (outcome, authorization)
}

/// An answer whose body is left to the caller. One that is packed would be taken for what it holds.
fn streamed(reply: Reply, body: Body, limit: usize) -> Outcome {
    match reply.packing().filter(|_| !body.is_empty()) {
        Some(encoding) => Outcome::Failure(Some(reply), ErrorKind::Unexpected(Unreadable::encoded(encoding))),
        None => Outcome::Reply(reply.with_stream(body, limit)),
    }
}

/// The `Authorization` header of the call's token, if it has one, else that of the caller.
async fn authorization(
    client: &Settings,
    request: &Prepared,
    ids: CallIds,
) -> Result<Option<HeaderValue>, ErrorKind<Infallible>> {
    let Some(credential) = &request.signing.token else {
        return Ok(request.own_authorization().cloned());
    };
    let context = TokenContext::new(&*client.transport, &*client.pace.clock)
        .with_user_agent(&client.user_agent)
        .with_correlation_id(ids.correlation);
    credential.authorization(context).await.map_err(ErrorKind::Token)
}

impl Outcome {
    /// As much of the reply as there is.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Reply(reply) => Some(reply),
            Self::Failure(reply, _) => reply.as_ref(),
        }
    }

    /// The failure, if it is one.
    pub fn failure(&self) -> Option<&ErrorKind<Infallible>> {
        match self {
            Self::Reply(_) => None,
            Self::Failure(_, kind) => Some(kind),
        }
    }

    /// How long the answer, of the API or of the token service, asks to wait, counted from `now`.
    fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        match (self.reply(), self.failure()) {
            (Some(reply), _) => retry::retry_after(reply.headers(), now),
            (None, Some(ErrorKind::Token(error))) => error.retry_after(),
            (None, _) => None,
        }
    }

    /// The status of the reply, if there is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(Reply::status_code)
    }
}

/// How far a call has come: what its next attempt depends on.
struct Course<'a> {
    client: &'a Settings,
    request: &'a Prepared,
    /// When the call began.
    start: Instant,
    retries: u32,
    /// Whether the token was replaced because the server refused it.
    renewed: bool,
}

impl<'a> Course<'a> {
    fn new(client: &'a Settings, request: &'a Prepared) -> Self {
        let start = client.pace.clock.now();
        Self { client, request, start, retries: 0, renewed: false }
    }

    /// How long the call may take in all, and how much of that is left.
    fn time_left(&self) -> Option<(Duration, Duration)> {
        let total = self.request.total_timeout?;
        let spent = self.client.pace.clock.now().saturating_duration_since(self.start);
        Some((total, total.saturating_sub(spent)))
    }

    /// How long to wait before the next attempt, for which a wait may be `asked`. None if the outcome
    /// is final, or if the wait would take longer than the call may.
    fn wait_after(
        &mut self,
        outcome: &Outcome,
        authorization: Option<&HeaderValue>,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        let wait = match self.renews(outcome, authorization) {
            true => Duration::ZERO,
            false => self.retry_after(outcome, asked)?,
        };
        match self.time_left() {
            Some((_, left)) if wait >= left => None,
            _ => Some(wait),
        }
    }

    /// Whether a refused token is replaced, which happens once in a call. That is no retry: the
    /// server did not do what it was asked.
    fn renews(&mut self, outcome: &Outcome, authorization: Option<&HeaderValue>) -> bool {
        let refused = authorization.filter(|_| outcome.status() == Some(StatusCode::UNAUTHORIZED));
        let token = self.request.signing.token.as_ref();
        let renews = !self.renewed && refused.zip(token).is_some_and(|(value, credential)| credential.refused(value));
        self.renewed |= renews;
        // The credential is replaced all the same: the next call needs it.
        renews && !self.request.is_spent()
    }

    fn retry_after(&mut self, outcome: &Outcome, asked: Option<Duration>) -> Option<Duration> {
        // Without a token nothing was sent, so there is nothing that could happen twice.
        let is_unsent = matches!(outcome.failure(), Some(ErrorKind::Token(_)));
        let repeatable = (self.request.idempotent && !self.request.is_spent()) || is_unsent;
        if !repeatable || !retry::is_retryable(outcome.failure(), outcome.status()) {
            return None;
        }
        let random = (self.client.pace.random)();
        let wait = self.request.retry.wait(self.retries, asked, random)?;
        self.retries += 1;
        Some(wait)
    }
}
