//! What was sent and must not be shown, even if a server repeats it.

use http::HeaderValue;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

use super::excerpt::excerpt;
use super::request::RESERVED;

/// What a query cannot hold as it is.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'&').add(b'+').add(b'%');

/// What stands in the place of a secret.
const REDACTED: &str = "[secret]";

/// What is shorter is hardly a secret, and would be found in any text.
const SHORTEST: usize = 6;

/// What was sent and must not be shown.
pub struct Secrets(Vec<SecretString>);

impl Secrets {
    pub fn new<'a>(secrets: impl IntoIterator<Item = Option<&'a SecretString>>) -> Self {
        let mut spellings = Vec::new();
        for secret in secrets.into_iter().flatten().map(ExposeSecret::expose_secret) {
            spellings.extend(spellings_of(secret));
        }
        // Longer ones first: one may be a part of another.
        spellings.retain(|spelling| !spelling.is_empty());
        spellings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        Self(spellings.into_iter().map(SecretString::from).collect())
    }

    /// What a call is sent with: the token in the `Authorization` header, and keys.
    pub fn of_call<'a>(authorization: Option<&HeaderValue>, keys: impl IntoIterator<Item = &'a SecretString>) -> Self {
        let token = authorization.map(|value| {
            let value = String::from_utf8_lossy(value.as_bytes());
            SecretString::from(value.split_once(' ').map_or(&*value, |(_, token)| token))
        });
        let keys: Vec<_> = keys.into_iter().collect();
        let secrets = token.iter().chain(keys);
        Self::new(secrets.map(|secret| (secret.expose_secret().len() >= SHORTEST).then_some(secret)))
    }

    pub fn occur_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret.expose_secret()))
    }

    /// `text` as one short line without the secrets.
    pub fn redact(&self, text: &str) -> String {
        excerpt(&self.replaced(text))
    }

    /// `bytes` without the secrets, if any of them is there.
    pub fn remove(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let is_there = bytes.utf8_chunks().any(|chunk| self.occur_in(chunk.valid()));
        is_there.then(|| {
            let redacted =
                bytes.utf8_chunks().map(|chunk| [self.replaced(chunk.valid()).as_bytes(), chunk.invalid()].concat());
            redacted.collect::<Vec<_>>().concat()
        })
    }

    fn replaced(&self, text: &str) -> String {
        let replace = |text: String, secret: &SecretString| text.replace(secret.expose_secret(), REDACTED);
        self.0.iter().fold(text.to_owned(), replace)
    }
}

/// A secret as it is, and as it stands in a query, in a form, in HTML and in JSON.
fn spellings_of(secret: &str) -> [String; 8] {
    let encoded = utf8_percent_encode(secret, RESERVED).to_string();
    let form = encoded.replace("%20", "+");
    let query = utf8_percent_encode(secret, QUERY).to_string();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let html = html.replace('"', "&quot;").replace('\'', "&#39;");
    let json = secret.replace('\\', "\\\\").replace('"', "\\\"");
    [secret.to_owned(), encoded.to_lowercase(), encoded, form, query, html, json.replace('/', "\\/"), json]
}
