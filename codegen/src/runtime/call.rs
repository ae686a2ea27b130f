//! A call that can be awaited.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::base_url::BaseUrl;
use super::client::{Async, Client};
use super::error::{Error, ErrorKind};
use super::exchange::{Exchanged, exchange};
use super::from_reply::FromReply;
use super::reply::Reply;
use super::request::Request;
use super::response::Response;
use super::retry::RetryPolicy;
use super::statuses::{self, Side};
use super::trace;
use super::transport::BoxFuture;
use super::unreadable::Unreadable;

/// One operation of the API: what its answers mean.
///
/// Only the generated operations of this crate implement it.
pub trait Operation: 'static {
    /// The operation's name in the API description.
    const NAME: &'static str;

    /// The media types to ask for.
    #[doc(hidden)]
    const ACCEPT: &'static str = "application/json";

    /// The statuses of its replies of success, as the API description has them: `200`, `2XX` or `default`, with spaces
    /// in between.
    #[doc(hidden)]
    const SUCCESS: &'static str = "200";

    /// The same of its errors.
    #[doc(hidden)]
    const ERRORS: &'static str = "";

    // Without `Send`: whether types that contain each other are is asked for each of them, and takes long.
    /// What a successful call returns.
    type Output: FromReply;

    /// The error answers that the API description documents.
    type Error: FromReply + fmt::Debug;

    /// Reads an answer of success.
    #[doc(hidden)]
    fn output(reply: &Reply) -> Result<Self::Output, Unreadable> {
        FromReply::from_reply(reply)
    }

    /// Reads an answer that is a documented error.
    #[doc(hidden)]
    fn error(reply: &Reply) -> Result<Self::Error, Unreadable> {
        FromReply::from_reply(reply)
    }

    /// What an answer is.
    #[doc(hidden)]
    fn side(reply: &Reply) -> Option<Side> {
        statuses::side(reply.status(), Self::SUCCESS, Self::ERRORS)
    }

    /// Whether the body of an answer with this head is left to the caller to read.
    #[doc(hidden)]
    fn streams(_head: &Reply) -> bool {
        false
    }
}

/// A call that is prepared and not yet sent. `.await` it for the value, or [`send`](Self::send) it
/// for the whole answer. `M` is the mode of the client that it goes through.
#[must_use = "a call is not sent until it is awaited"]
pub struct Call<'a, O, M = Async> {
    pub(crate) client: &'a Client<M>,
    pub(crate) request: Request,
    operation: PhantomData<fn() -> O>,
}

impl<'a, O: Operation, M> Call<'a, O, M> {
    pub(crate) fn new(client: &'a Client<M>, mut request: Request) -> Self {
        request.accept(O::ACCEPT);
        again(client, request)
    }

    /// Sends a header that the operation does not have, or another value of one that it has. Set
    /// again, it is replaced.
    ///
    /// A name or a value that no header has is an error of the call, and so is the header that the
    /// client's credential is sent in. Nothing prints the value.
    pub fn with_header(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.request.extra_header(name, &value.to_string());
        self
    }

    /// Sends a query parameter that the operation does not have, or another value in the place of
    /// one that it has. Each further one of the same name is sent beside it.
    ///
    /// The parameter that the client's credential is sent in is an error of the call.
    pub fn with_query(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.request.extra_query(name, &value.to_string());
        self
    }

    /// Tries this call again as `policy` says, instead of the way of the client.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.request.retry(policy);
        self
    }

    /// Sends this call to `server` instead of where it goes otherwise. The credential goes there
    /// too.
    ///
    /// Whether the server can be used is found out when the call is sent.
    pub fn server(mut self, server: impl Into<BaseUrl>) -> Self {
        self.request.send_to(server.into());
        self
    }

    /// Lets this call take no longer than `total`, with its retries and the waits before them,
    /// instead of the limit of the client.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.request.timeout(total);
        self
    }
}

impl<O: Operation> Call<'_, O> {
    /// Sends the call, and returns the value together with the answer's status, headers, body and
    /// ids.
    ///
    /// Dropping the future ends the call at once, whatever it is waiting for. The server may have
    /// acted on it all the same.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send(self) -> Result<Response<O::Output>, Error<O::Error>> {
        answer::<O>(exchange(&self.client.settings, O::NAME, self.request).await)
    }
}

/// The call of a request that one was made from before.
pub(crate) fn again<O: Operation, M>(client: &Client<M>, mut request: Request) -> Call<'_, O, M> {
    request.streams(O::streams);
    Call { client, request, operation: PhantomData }
}

/// What an exchange means to the operation.
pub(crate) fn answer<O: Operation>(
    exchanged: Result<Exchanged, Error<Infallible>>,
) -> Result<Response<O::Output>, Error<O::Error>> {
    let mut exchanged = exchanged.map_err(Error::widen)?;
    let mut read = understood::<O>(&exchanged.reply);
    if !matches!(read, Ok(Ok(_)))
        && let Some(redacted) = exchanged.redacted()
    {
        read = understood::<O>(&redacted);
        exchanged.reply = redacted;
    }
    let Exchanged { call, reply, span, .. } = exchanged;
    trace::undescribed(&span, &reply);
    match read {
        Ok(Ok(value)) => Ok(Response::new(value, call, reply)),
        Ok(Err(error)) => Err(Error::new(call, Some(reply), ErrorKind::Api(error))),
        Err(error) => {
            trace::unreadable(&span, &reply);
            Err(Error::new(call, Some(reply), ErrorKind::Unexpected(error)))
        }
    }
}

/// Reads an answer: its value, a documented error, or why it is neither.
fn understood<O: Operation>(reply: &Reply) -> Result<Result<O::Output, O::Error>, Unreadable> {
    match O::side(reply) {
        Some(Side::Success) => O::output(reply).map(Ok),
        Some(Side::Error) => O::error(reply).map(Err),
        None => Err(reply.undocumented()),
    }
}

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Result<O::Output, Error<O::Error>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(Response::into_value) })
    }
}

impl<O: Operation, M> fmt::Debug for Call<'_, O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({}: {:?})", O::NAME, self.request)
    }
}
