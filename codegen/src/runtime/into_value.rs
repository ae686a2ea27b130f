//! What callers pass for a value that has a form in text, such as a date.

use std::fmt;

use serde::{Serialize, Serializer, ser};

use super::request::Request;
use super::request_error::RequestError;
use super::spelled::{Format, Spelled, SpellingError};

/// What can be passed for a value that has a form in text: the value, what it is made of, or its text.
///
/// ```text
/// client.messages().list().date_sent(date(2024, 1, 1))
/// client.messages().list().date_sent("2024-01-01")
/// ```
///
/// A text of another form is an error of the call, before anything is sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value for `{V}`",
    note = "pass the value itself, such as a `jiff::Timestamp` for a date and time, or its text"
)]
pub trait IntoValue<V> {
    /// The value.
    ///
    /// # Errors
    ///
    /// A text is not of the form that it should have.
    fn into_value(self) -> Result<V, SpellingError>;
}

impl<T: Format> IntoValue<Spelled<T>> for Spelled<T> {
    fn into_value(self) -> Result<Spelled<T>, SpellingError> {
        Ok(self)
    }
}

impl<T: Format> IntoValue<Spelled<T>> for T {
    fn into_value(self) -> Result<Spelled<T>, SpellingError> {
        Ok(self.into())
    }
}

impl<T: Format> IntoValue<Spelled<T>> for &str {
    fn into_value(self) -> Result<Spelled<T>, SpellingError> {
        self.parse()
    }
}

impl<T: Format> IntoValue<Spelled<T>> for &String {
    fn into_value(self) -> Result<Spelled<T>, SpellingError> {
        self.parse()
    }
}

/// What a caller passed, or nothing, once the request has failed by it.
pub struct Passed<V>(Option<V>);

impl Request {
    /// Takes what was passed for a parameter.
    pub fn passed<V>(&mut self, name: &str, value: impl IntoValue<V>) -> Passed<V> {
        let value = value.into_value();
        Passed(value.map_err(|error| self.fail(RequestError::value(name, ser::Error::custom(error)))).ok())
    }
}

impl<V: fmt::Display> fmt::Display for Passed<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |value| value.fmt(f))
    }
}

impl<V: Serialize> Serialize for Passed<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
