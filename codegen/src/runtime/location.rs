//! Requests for addresses that the API description does not have.

use http::Method;
use http::header::{HeaderMap, LOCATION};

use super::address::{Address, parts};
use super::error::Error;
use super::exchange::CallInfo;
use super::request::Request;
use super::request_error::RequestError;
use super::response::Response;
use super::security::EVERY_CREDENTIAL;
use super::settings::Settings;

impl Request {
    /// A request of the caller's own: for a path below the client's server, or for a whole address.
    pub fn own(client: &Settings, method: Method, target: &str) -> Self {
        let mut request = Self::new(method, "{path}");
        request.security(EVERY_CREDENTIAL);
        if target.starts_with('/') {
            let (path, query) = parts(target);
            request.target(path, query);
            return request;
        }
        match Address::read(target) {
            Some(address) => {
                request.foreign = !address.origin.is_of_origin(&client.base_url.to_string());
                request.address_to(address);
            }
            None => request.fail(RequestError::address("the address")),
        }
        request
    }

    /// A request for the address that an answer names, to the call that it answered.
    ///
    /// What proves to the API who is calling goes no further than where it went for that call.
    fn following(call: &CallInfo, answer: Option<&HeaderMap>) -> Self {
        let mut request = Self::new(Method::GET, "{location}");
        let Some(location) = answer.and_then(|headers| headers.get(LOCATION)) else {
            request.fail(RequestError::no_location());
            return request;
        };
        match Address::resolve(&call.url, &String::from_utf8_lossy(location.as_bytes())) {
            Some(address) => {
                request.foreign = call.foreign || !address.origin.is_of_origin(&call.url);
                request.security(call.security);
                request.address_to(address);
            }
            None => request.fail(RequestError::address("the header `Location` of the answer")),
        }
        request
    }

    fn address_to(&mut self, Address { origin, path, query }: Address) {
        self.send_to(origin);
        self.target(path, query);
        if self.foreign {
            self.security(&[]);
        }
    }

    /// The query is kept as it is, in front of what is added.
    fn target(&mut self, path: String, query: String) {
        self.path = path;
        self.set_query("", query);
    }
}

/// An answer that may say where something is: a [`Response`], or an [`Error`], as a redirect is that
/// nothing is described of.
///
/// Only types of this crate implement it.
pub trait Located {
    /// The request for what is there.
    #[doc(hidden)]
    fn following(&self) -> Request;
}

impl<T> Located for Response<T> {
    fn following(&self) -> Request {
        Request::following(self.call(), Some(self.headers()))
    }
}

impl<E> Located for Error<E> {
    fn following(&self) -> Request {
        Request::following(self.call(), self.headers())
    }
}
