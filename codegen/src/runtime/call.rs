//! A call that can be awaited.

use std::fmt;
use std::marker::PhantomData;

use super::client::Client;
use super::error::{Error, ErrorKind};
use super::exchange::exchange;
use super::reply::Reply;
use super::request::Request;
use super::response::Response;
use super::transport::BoxFuture;
use super::unreadable::Unreadable;

/// One operation of the API: what its answers mean.
///
/// Only the generated operations of this crate implement it.
pub trait Operation: 'static {
    /// The operation's name in the API description.
    const NAME: &'static str;

    /// What a successful call returns.
    type Output: Send + 'static;

    /// The error answers that the API description documents.
    type Error: fmt::Debug + Send + Sync + 'static;

    /// Reads an answer: its value, a documented error, or why it is neither.
    #[doc(hidden)]
    fn read(reply: &Reply) -> Result<Result<Self::Output, Self::Error>, Unreadable>;
}

/// A call that is prepared and not yet sent. `.await` it for the value, or [`send`](Self::send) it
/// for the whole answer.
#[must_use = "a call is not sent until it is awaited"]
pub struct Call<'a, O> {
    pub(crate) client: &'a Client,
    pub(crate) request: Request,
    operation: PhantomData<fn() -> O>,
}

impl<'a, O: Operation> Call<'a, O> {
    pub(crate) fn new(client: &'a Client, request: Request) -> Self {
        let operation = PhantomData;
        Self { client, request, operation }
    }

    /// Sends the call, and returns the value together with the answer's status, headers, body and
    /// ids.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send(self) -> Result<Response<O::Output>, Error<O::Error>> {
        let exchanged = exchange(self.client, O::NAME, self.request).await;
        let (call, reply) = exchanged.map_err(Error::widen)?;
        match O::read(&reply) {
            Ok(Ok(value)) => Ok(Response::new(value, call, reply)),
            Ok(Err(error)) => Err(Error::new(call, Some(reply), ErrorKind::Api(error))),
            Err(error) => Err(Error::new(call, Some(reply), ErrorKind::Unexpected(error))),
        }
    }
}

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Result<O::Output, Error<O::Error>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(Response::into_value) })
    }
}

impl<O: Operation> fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({}: {:?})", O::NAME, self.request)
    }
}
