//! One call, from request to reply: the part that is the same for every operation.

use std::convert::Infallible;

use http::Method;

use super::call_id::CallIds;
use super::client::Client;
use super::error::{Error, ErrorKind};
use super::reply::Reply;
use super::request::Request;

/// Which call it was; for errors and answers.
#[derive(Clone, Debug)]
pub(crate) struct CallInfo {
    /// The operation's name in the API description.
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// Without the query: it may hold what should not be logged.
    pub(crate) url: String,
    /// As the answer repeats them, else as they were sent. None if nothing was sent.
    pub(crate) ids: CallIds,
}

/// Sends `request` and receives the whole reply, whatever it says.
pub(crate) async fn exchange(
    client: &Client,
    operation: &'static str,
    request: Request,
) -> Result<(CallInfo, Reply), Error<Infallible>> {
    let mut call = CallInfo {
        operation,
        method: request.method().clone(),
        url: format!("{}{}", client.base_url(), request.path_text()),
        ids: CallIds::default(),
    };
    let id_headers = request.call_ids().clone();
    let request = match request.into_http(client) {
        Ok(request) => request,
        Err(error) => return Err(Error::new(call, None, ErrorKind::Request(error))),
    };
    call.ids = id_headers.read(request.headers());
    let response = match client.transport().send(request).await {
        Ok(response) => response,
        Err(error) => return Err(Error::new(call, None, ErrorKind::Transport(error))),
    };
    call.ids = id_headers.read(response.headers()).or(call.ids);
    match Reply::receive(response, client.max_body_size()).await {
        (reply, Ok(())) => Ok((call, reply)),
        (reply, Err(kind)) => Err(Error::new(call, Some(reply), kind)),
    }
}
