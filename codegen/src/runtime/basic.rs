//! A user name and a password: the HTTP scheme `Basic` of RFC 7617.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::credential::CredentialError;
use super::key::Key;

impl Key {
    /// A user name and a password, in UTF-8. One of them may be empty, as where a service takes a key
    /// in the place of either.
    pub fn basic(user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        let (user, password) = (user.into(), password.into());
        let pair = SecretString::from(format!("{}:{}", user.expose_secret(), password.expose_secret()));
        let fault = fault(user.expose_secret(), password.expose_secret());
        let value = STANDARD.encode(pair.expose_secret());
        let part = if password.expose_secret().is_empty() { user } else { password };
        let mut key = Self::http("Basic", value);
        (key.part, key.fault) = (Some(part), fault);
        key
    }
}

fn fault(user: &str, password: &str) -> Option<CredentialError> {
    if user.is_empty() && password.is_empty() {
        return Some(CredentialError::Missing("user name with its password"));
    }
    if user.contains(':') {
        return Some(CredentialError::UserColon);
    }
    [user, password].iter().any(|text| text.contains(char::is_control)).then_some(CredentialError::UserControl)
}
