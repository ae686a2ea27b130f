//! Headers and query parameters beside those that an operation has.

use std::mem;

use http::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING, UPGRADE};

use super::key::Place;
use super::request::encode;
use super::request_error::RequestError;

/// Headers and query parameters that a caller adds: to one call, or to all calls of a client.
///
/// They take the place of what an operation has under the same name, and never that of a credential.
#[derive(Clone, Default)]
pub struct Extras {
    headers: HeaderMap,
    /// Names, and the whole encoded text of each: `name=a&name=b`.
    query: Vec<(String, String)>,
}

/// What follows from the address and the body, or from the connection.
const OF_TRANSPORT: [HeaderName; 5] = [CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, UPGRADE];

impl Extras {
    /// Sets a header, marked so that nothing prints its value: whose it is, is not known here.
    #[doc(hidden)]
    pub fn header(&mut self, name: &str, value: &str) -> Result<(), RequestError> {
        let Ok(known) = HeaderName::try_from(name) else { return Err(RequestError::header_name(name)) };
        if OF_TRANSPORT.contains(&known) {
            return Err(RequestError::header_of_transport(name));
        }
        match HeaderValue::from_str(value) {
            // `HeaderValue` takes what is beyond ASCII too, which servers read in different ways.
            Ok(mut header) if value.is_ascii() => {
                header.set_sensitive(true);
                self.headers.insert(known, header);
                Ok(())
            }
            _ => Err(RequestError::header(name)),
        }
    }

    /// Adds a query parameter, beside another one of the same name, and gives the text of all of them.
    #[doc(hidden)]
    pub fn query(&mut self, name: &str, value: &str) -> &str {
        let pair = format!("{}={}", encode(name), encode(value));
        let at = self.query.iter().position(|(known, _)| known == name).unwrap_or(self.query.len());
        match self.query.get_mut(at) {
            Some((_, text)) => text.extend(["&", &pair]),
            None => self.query.push((name.to_owned(), pair)),
        }
        &self.query[at].1
    }

    /// Checks that nothing here stands where a credential is sent.
    #[doc(hidden)]
    pub fn check(&self, places: impl Iterator<Item = Place> + Clone) -> Result<(), RequestError> {
        let header = self.headers.keys().find(|name| places.clone().any(|place| place.is_in_header(name)));
        let query = self.query.iter().find(|(name, _)| places.clone().any(|place| place.is_in_query(name)));
        match (header, query) {
            (Some(name), _) => Err(RequestError::signed("header", name.as_str())),
            (_, Some((name, _))) => Err(RequestError::signed("query parameter", name)),
            (None, None) => Ok(()),
        }
    }

    /// The headers, to be put in the place of what is there.
    pub(super) fn take_headers(&mut self) -> HeaderMap {
        mem::take(&mut self.headers)
    }

    /// Puts in what is not there yet.
    pub(super) fn fill(&self, headers: &mut HeaderMap, query: &mut Vec<(String, String)>) {
        for (name, value) in &self.headers {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        for (name, text) in &self.query {
            if !query.iter().any(|(known, _)| known == name) {
                query.push((name.clone(), text.clone()));
            }
        }
    }
}
