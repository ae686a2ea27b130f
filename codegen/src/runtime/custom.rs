//! Calls of the caller's own, which the API description does not have.

use std::marker::PhantomData;

use http::{Method, StatusCode};
use serde::Serialize;

use super::body::Body;
use super::call::{Call, Operation};
use super::client::Client;
use super::from_reply::FromReply;
use super::json::JsonValue;
use super::location::Located;
use super::reply::Reply;
use super::request::Request;
use super::statuses::Side;

/// A call that the API description does not have, whose answer is read as `T`. Its error is the
/// status of an answer that is no success.
///
/// From [`Client::request`] and [`Client::follow`].
pub struct Custom<T>(PhantomData<fn() -> T>);

impl<T: FromReply> Operation for Custom<T> {
    const NAME: &'static str = "request";
    const ACCEPT: &'static str = T::ACCEPT;

    type Output = T;
    type Error = StatusCode;

    fn side(reply: &Reply) -> Option<Side> {
        let is_success = reply.status_code().is_success() || T::IS_ANY;
        Some(if is_success { Side::Success } else { Side::Error })
    }

    fn streams(head: &Reply) -> bool {
        T::STREAMS && (200..300).contains(&head.status())
    }
}

impl<M> Client<M> {
    /// A call that the API description does not have, such as one of a beta. It is signed with the
    /// credentials of this client, tried again and limited like any other, and its answer is read as
    /// JSON, unless [`reading`](Call::reading) says otherwise.
    ///
    /// ```text
    /// let value = client.request(Method::GET, "/beta/cats").with_query("limit", 10).await?;
    /// let cat: Cat = client.request(Method::POST, "/beta/cats").json(&cat).reading().await?;
    /// ```
    ///
    /// `path` starts with a slash and is below the address of the client's server; it may have a
    /// query, and must be encoded where it has values. It may be a whole address as well: one of
    /// another origin gets neither the credentials nor the default headers and parameters.
    pub fn request(&self, method: Method, path: &str) -> Call<'_, Custom<JsonValue>, M> {
        let request = Request::own(&self.settings, method, path);
        Call::new(self, request)
    }

    /// Asks for what an answer, or an error, says to be elsewhere: follows its header `Location` by a
    /// GET, which no call does by itself. What comes is the body, piece by piece, unless [`reading`](Call::reading) says
    /// otherwise.
    ///
    /// ```text
    /// let answer = client.files().download("7").send().await?;
    /// let mut body = client.follow(&answer).await?;
    /// ```
    ///
    /// The address is signed as the call was that was answered, if it has the same scheme, host and
    /// port. Any other one gets neither credentials nor the default headers and parameters, nor
    /// does what that one leads to.
    pub fn follow(&self, answer: &impl Located) -> Call<'_, Custom<Body>, M> {
        Call::new(self, answer.following())
    }
}

impl<'a, T: FromReply, M> Call<'a, Custom<T>, M> {
    /// Reads the answer as another type; see [`FromReply`] for those that there are.
    pub fn reading<U: FromReply>(self) -> Call<'a, Custom<U>, M> {
        Call::new(self.client, self.request)
    }

    /// Sends `body` as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.request.json(body);
        self
    }

    /// Sends `body`, which has this media type.
    pub fn body(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        self.request.body(media_type, body);
        self
    }
}
